//! `resiliencehub_app_assessed`

use macros::check;
use model::{At, Fact, Text, Verdict, View};

#[derive(Debug, View)]
#[view("AWS::ResilienceHub::App")]
struct App<'a> {
    at: At<'a>,
    resiliency_policy_arn: Fact<'a, Text<'a>>,
    app_assessment_schedule: Fact<'a, Text<'a>>,
}

/// Resilience Hub applications have recovery objectives and are assessed every day
///
/// Resilience Hub compares how an application is built with how long it may be down and how much data it may
/// lose. Without a policy there is nothing to compare with, and without a schedule the answer is as old as the day
/// someone last asked.
///
/// ## Fix
/// Set `ResiliencyPolicyArn` to an `AWS::ResilienceHub::ResiliencyPolicy` with an RTO and an RPO for each kind of
/// disruption, and `AppAssessmentSchedule: Daily`.
/// ```yaml,fail
/// Type: AWS::ResilienceHub::App
/// Properties: { Name: shop, AppTemplateBody: "{}", ResourceMappings: [] }
/// ```
/// ```yaml,pass
/// Type: AWS::ResilienceHub::App
/// Properties:
///   Name: shop
///   AppTemplateBody: "{}"
///   ResourceMappings: []
///   ResiliencyPolicyArn: arn:aws:resiliencehub:eu-west-1:123456789012:resiliency-policy/1
///   AppAssessmentSchedule: Daily
/// ```
#[check(REL13_BP01, REL11_BP07, severity = Low, effort = Medium, needs = [Money], code = Partly)]
fn resiliencehub_app_assessed(app: &App) -> Verdict {
    app.resiliency_policy_arn.must_be_set() & app.app_assessment_schedule.must_be("Daily")
}
