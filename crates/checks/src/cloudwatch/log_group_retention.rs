//! `cloudwatch_log_group_retention`

use findings::Settings;
use macros::check;
use model::{At, Fact, Text, Verdict, View, when};

#[derive(Debug, View)]
#[view("AWS::Logs::LogGroup")]
struct LogGroup<'a> {
    at: At<'a>,
    retention_in_days: Fact<'a, i64>,
    #[view(default = "STANDARD")]
    log_group_class: Fact<'a, Text<'a>>,
}

/// Log groups keep their events for a set time that is long enough
///
/// Without a retention events are kept and paid for forever, personal data in them included. With one of a few days they
/// are gone before anyone looks into an incident. A group of the class `DELIVERY` is not judged: AWS sets its retention.
/// The minimum here is a month, less than the year of the Security Hub control, because logs of many kinds are of no use
/// for longer; raise it for what auditors ask for.
///
/// ## Fix
/// Set `RetentionInDays`. What has to be kept for years is cheaper in Amazon S3.
/// ```yaml,fail
/// Type: AWS::Logs::LogGroup
/// ```
/// ```yaml,fail
/// Type: AWS::Logs::LogGroup
/// Properties: { RetentionInDays: 3 }
/// ```
/// ```yaml,pass
/// Type: AWS::Logs::LogGroup
/// Properties: { RetentionInDays: 90 }
/// ```
#[check(COST04_BP05, SUS04_BP03, SEC04_BP01, severity = Medium, fsbp = ["CloudWatch.16"], thresholds(min_days = 30))]
fn cloudwatch_log_group_retention(group: &LogGroup, settings: &Settings) -> Verdict {
    when(group.log_group_class.must_not_be("DELIVERY"), || {
        group.retention_in_days.must_be_at_least(settings.number("min_days"))
    })
}
