//! `cloudwatch_canary_or_rum_in_use`

use macros::check;
use model::{At, Fact, Text, Verdict, View};

/// What sees a workload as its users do.
#[derive(Debug, View)]
#[view("AWS::Synthetics::Canary", "AWS::RUM::AppMonitor")]
struct Monitor<'a> {
    at: At<'a>,
    #[view(path = "Schedule.Expression")]
    schedule: Fact<'a, Text<'a>>,
    #[view(default = false)]
    start_canary_after_creation: Fact<'a, bool>,
    #[view(path = "AppMonitorConfiguration.SessionSampleRate", default = 0.1)]
    sample_rate: Fact<'a, f64>,
}

/// Canaries run and real-user monitors take samples
///
/// Metrics of servers can all be fine while users get an error: a certificate ran out, a name does not resolve, a script
/// fails to load. Only what acts like a user, or watches users, sees that. A canary that is not started, or a monitor that
/// samples no session, does not. Code without either is not judged.
///
/// ## Fix
/// Set `StartCanaryAfterCreation` to true with a schedule that repeats; for a monitor set a `SessionSampleRate` above zero.
/// ```yaml,fail
/// Type: AWS::Synthetics::Canary
/// Properties: { Schedule: { Expression: rate(5 minutes) } }
/// ```
/// ```yaml,fail
/// Type: AWS::RUM::AppMonitor
/// Properties: { Domain: shop.example, AppMonitorConfiguration: { SessionSampleRate: 0 } }
/// ```
/// ```yaml,pass
/// Type: AWS::Synthetics::Canary
/// Properties: { Schedule: { Expression: rate(5 minutes) }, StartCanaryAfterCreation: true }
/// ```
#[check(OPS04_BP03, REL11_BP01, severity = Low, needs = [Money], code = Partly)]
fn cloudwatch_canary_or_rum_in_use(monitor: &Monitor) -> Verdict {
    if monitor.at.resource().kind == "AWS::RUM::AppMonitor" {
        return monitor.sample_rate.must("more than none", |rate| *rate > 0.0);
    }
    // An expression of zero runs the canary once.
    monitor.start_canary_after_creation.must_be(true)
        & monitor.schedule.must_not_be_one_of(&["rate(0 minute)", "rate(0 minutes)", "rate(0 hour)"])
}
