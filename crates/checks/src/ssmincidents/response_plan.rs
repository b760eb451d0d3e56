//! `ssmincidents_response_plan`

use macros::check;
use model::{At, List, Verdict, View};

#[derive(Debug, View)]
#[view("AWS::SSMIncidents::ResponsePlan")]
struct ResponsePlan<'a> {
    at: At<'a>,
    engagements: List<'a, At<'a>>,
    integrations: List<'a, At<'a>>,
}

/// Incident Manager response plans call someone
///
/// A response plan that engages nobody opens an incident, starts a timeline and waits for people who do not know of
/// it. Who is called first, and who next when they do not answer, has to be settled before the night it is needed.
///
/// ## Fix
/// List in `Engagements` the ARN of an escalation plan or on-call schedule (`AWS::SSMContacts::Contact`), or
/// connect PagerDuty under `Integrations`.
/// ```yaml,fail
/// Type: AWS::SSMIncidents::ResponsePlan
/// Properties: { Name: shop, IncidentTemplate: { Title: The shop is down, Impact: 1 } }
/// ```
/// ```yaml,pass
/// Type: AWS::SSMIncidents::ResponsePlan
/// Properties:
///   Name: shop
///   IncidentTemplate: { Title: The shop is down, Impact: 1 }
///   Engagements: ["arn:aws:ssm-contacts:eu-west-1:123456789012:contact/shop-on-call"]
/// ```
#[check(OPS10_BP01, OPS10_BP04, SEC10_BP02, severity = Low, effort = Medium, code = Partly)]
fn ssmincidents_response_plan(plan: &ResponsePlan) -> Verdict {
    plan.engagements.must_not_be_empty() | plan.integrations.must_not_be_empty()
}
