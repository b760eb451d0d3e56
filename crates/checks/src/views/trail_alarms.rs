//! Alarms on what a trail of AWS CloudTrail records: trail, log group, metric filter, alarm.

use model::{At, Fact, FromAt, Inventory, List, Text, Verdict, View, when};

use crate::views::cloudtrail::{Trail, TrailOfAccount};
use crate::views::cloudwatch::{Alarm, AnyAlarm};

#[derive(Debug, View)]
#[view("AWS::Logs::LogGroup")]
struct LogGroup<'a> {
    at: At<'a>,
}

/// A filter that counts the events of a log group that match a pattern.
#[derive(Debug, View)]
#[view("AWS::Logs::MetricFilter")]
struct MetricFilter<'a> {
    at: At<'a>,
    filter_pattern: Fact<'a, Text<'a>>,
    #[view(path = "MetricTransformations")]
    metrics: List<'a, Transformation<'a>>,
}

#[derive(Debug, View)]
struct Transformation<'a> {
    at: At<'a>,
    metric_name: Fact<'a, Text<'a>>,
}

/// Events to look for.
pub(crate) struct Watch {
    /// What they are, in a few words.
    pub(crate) what: &'static str,
    /// What a pattern that finds them has in it.
    pub(crate) words: &'static [&'static str],
}

impl TrailOfAccount<'_> {
    /// For each of `watches` a filter on the log group of the trail finds the events, and an alarm that acts watches
    /// what the filter counts. One trail that does is enough. In code, the question does not arise for a trail without a
    /// log group; in an account such a trail is none.
    pub(crate) fn must_alarm_on(&self, around: &Inventory, watches: &[Watch]) -> Verdict {
        self.must_have(around, "a trail with a log group that is watched", |trail| {
            if trail.at.is_in_account() {
                trail.is_logging.must_be(true) & trail.log_group.must_be_set() & trail.alarms_on(around, watches)
            } else {
                trail.or_another(around, |trail| trail.alarms_on(around, watches))
            }
        })
    }
}

impl Trail<'_> {
    fn alarms_on(&self, around: &Inventory, watches: &[Watch]) -> Verdict {
        when(self.log_group.must_be_set(), || {
            around.linked::<LogGroup>(&self.log_group).and_then(|group| {
                model::all(watches.iter().map(|watch| {
                    let expected = format!("a metric filter and an alarm for {}", watch.what);
                    around
                        .referring::<MetricFilter>("LogGroupName", &group.at)
                        .any(&expected, |filter| filter.must_alarm_on(around, watch))
                }))
            })
        })
    }
}

impl MetricFilter<'_> {
    fn must_alarm_on(&self, around: &Inventory, watch: &Watch) -> Verdict {
        let pattern =
            self.filter_pattern.must(watch.what, |pattern| watch.words.iter().all(|word| pattern.contains(word)));
        pattern
            & self.metrics.any("an alarm on the metric", |metric| {
                metric.metric_name.and_then(|name| {
                    around
                        .holding::<Alarm>("MetricName", name, &metric.at)
                        .any("an alarm on the metric", |alarm| AnyAlarm::from_at(alarm.at.clone()).must_act())
                })
            })
    }
}
