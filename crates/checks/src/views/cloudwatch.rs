//! Amazon CloudWatch.

use model::{At, Fact, Inventory, List, Outcome, Text, Verdict, View};

/// An alarm on a metric, or on an expression over several.
#[derive(Debug, View)]
#[view("AWS::CloudWatch::Alarm")]
pub(crate) struct Alarm<'a> {
    pub(crate) at: At<'a>,
    pub(crate) namespace: Fact<'a, Text<'a>>,
    pub(crate) metric_name: Fact<'a, Text<'a>>,
    pub(crate) dimensions: List<'a, At<'a>>,
    pub(crate) metrics: List<'a, MetricQuery<'a>>,
}

/// One metric of an alarm on an expression.
#[derive(Debug, View)]
pub(crate) struct MetricQuery<'a> {
    pub(crate) at: At<'a>,
    #[view(path = "MetricStat.Metric.MetricName")]
    pub(crate) metric_name: Fact<'a, Text<'a>>,
    expression: Fact<'a, Text<'a>>,
}

impl<'a> Alarm<'a> {
    /// An alarm whose dimensions name `resource` watches one of `metrics`.
    pub(crate) fn must_watch(around: &'a Inventory, resource: &At<'a>, metrics: &[&'a str], expected: &str) -> Verdict {
        let single = around
            .referring::<Alarm>("Dimensions.*.Value", resource)
            .any(expected, |alarm| alarm.metric_name.must_be_one_of(metrics));
        let combined = around
            .referring::<Alarm>("Metrics.*.MetricStat.Metric.Dimensions.*.Value", resource)
            .any(expected, |alarm| alarm.metrics.any(expected, |query| query.metric_name.must_be_one_of(metrics)));
        // Where neither does, saying so once is enough.
        if combined.outcome == Outcome::Fail { single } else { single | combined }
    }

    /// It watches one of `metrics` over all resources of `namespace` together: it names no dimension, or asks for all of
    /// them by a query.
    pub(crate) fn must_watch_all_of(&self, namespace: &'a str, metrics: &[&'a str]) -> Verdict {
        let total = self.namespace.must_be(namespace)
            & self.metric_name.must_be_one_of(metrics)
            & self.dimensions.must_be_empty();
        let query = self.metrics.any("a query over all", |query| {
            query.expression.must("a query over all", |text| {
                text.contains("SELECT")
                    && text.contains(namespace)
                    && metrics.iter().any(|metric| text.contains(metric))
            })
        });
        total | query
    }
}

/// Anything that goes off: an alarm on a metric, or one on the state of others.
#[derive(Debug, View)]
#[view("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm")]
pub(crate) struct AnyAlarm<'a> {
    pub(crate) at: At<'a>,
    #[view(default = true)]
    pub(crate) actions_enabled: Fact<'a, bool>,
    pub(crate) alarm_actions: List<'a, Fact<'a, Text<'a>>>,
}

impl AnyAlarm<'_> {
    /// Going off makes something happen.
    pub(crate) fn must_act(&self) -> Verdict {
        self.actions_enabled.must_be(true) & self.alarm_actions.must_not_be_empty()
    }
}
