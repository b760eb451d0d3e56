//! `cloudwatch_log_group_retention`

use findings::Settings;
use macros::check;
use model::{At, Fact, Inventory, Text, Verdict, View, when};

/// What is logged to, or a function that Lambda makes a log group for.
#[derive(Debug, View)]
#[view("AWS::Logs::LogGroup", "Custom::LogRetention", "AWS::Lambda::Function")]
struct Logged<'a> {
    at: At<'a>,
    retention_in_days: Fact<'a, i64>,
    #[view(default = "STANDARD")]
    log_group_class: Fact<'a, Text<'a>>,
    /// Of functions: a log group of their own choice.
    #[view(path = "LoggingConfig.LogGroup")]
    chosen: Fact<'a, Text<'a>>,
}

/// What gives a log group its retention: the group itself, or what the AWS CDK sets it with afterwards.
#[derive(Debug, View)]
#[view("AWS::Logs::LogGroup", "Custom::LogRetention")]
struct LogGroup<'a> {
    at: At<'a>,
}

impl<'a> Logged<'a> {
    /// The code makes the log group that Lambda would otherwise make, without a retention.
    fn must_have_log_group(&self, around: &'a Inventory) -> Verdict {
        let named = self.at.resource().name.as_deref().map(|name| format!("/aws/lambda/{name}"));
        when(self.chosen.must_be_unset(), || {
            match named.and_then(|name| around.named("AWS::Logs::LogGroup", &name, self.at.resource())) {
                // Its retention is judged by itself.
                Some(group) => around.at(group).must_be_a("AWS::Logs::LogGroup"),
                None => {
                    around.referring::<LogGroup>("LogGroupName", &self.at).must_exist("a log group with a retention")
                }
            }
        })
    }
}

/// Log groups keep their events for a set time that is long enough
///
/// Without a retention events are kept and paid for forever, personal data in them included. With one of a few days they
/// are gone before anyone looks into an incident. A group of the class `DELIVERY` is not judged: AWS sets its retention.
/// The minimum here is a month, less than the year of the Security Hub control, because logs of many kinds are of no use
/// for longer; raise it for what auditors ask for. A Lambda function without a log group in the code is a failure, too:
/// Lambda makes one for it that keeps everything.
///
/// ## Fix
/// Set `RetentionInDays`; for a function add a log group called `/aws/lambda/` and its name. What has to be kept for years is cheaper in Amazon S3.
/// ```yaml,fail
/// Type: AWS::Logs::LogGroup
/// ```
/// ```yaml,fail
/// Type: AWS::Logs::LogGroup
/// Properties: { RetentionInDays: 3 }
/// ```
/// ```yaml,fail
/// Type: AWS::Lambda::Function
/// Properties: { Runtime: python3.14 }
/// ```
/// ```yaml,pass
/// Type: AWS::Logs::LogGroup
/// Properties: { RetentionInDays: 90 }
/// ```
/// ```yaml,pass
/// Resources:
///   Orders: { Type: AWS::Lambda::Function, Properties: { Runtime: python3.14 } }
///   OrdersLogs: { Type: AWS::Logs::LogGroup, Properties: { LogGroupName: !Sub "/aws/lambda/${Orders}", RetentionInDays: 90 } }
/// ```
#[check(COST04_BP05, SUS04_BP03, SEC04_BP01, severity = Medium, fsbp = ["CloudWatch.16"], thresholds(min_days = 30))]
fn cloudwatch_log_group_retention(logged: &Logged, around: &Inventory, settings: &Settings) -> Verdict {
    if logged.at.resource().kind == "AWS::Lambda::Function" {
        // In an account, a group that does not exist keeps nothing, and one that does is judged by itself.
        return match logged.at.is_in_account() {
            true => Verdict::not_applicable(),
            false => logged.must_have_log_group(around),
        };
    }
    when(logged.log_group_class.must_not_be("DELIVERY"), || {
        logged.retention_in_days.must_be_at_least(settings.number("min_days"))
    })
}
