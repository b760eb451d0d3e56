//! `eventbridge_bus_not_public`

use macros::check;
use model::{At, FromAt, Verdict, View};

use crate::views::eventbridge::{EventBus, EventBusPolicy};

/// A bus or an addition to its policy.
#[derive(Debug, View)]
#[view("AWS::Events::EventBus", "AWS::Events::EventBusPolicy")]
struct Admission<'a> {
    at: At<'a>,
}

/// EventBridge buses do not take events from every AWS account
///
/// Rules act on what arrives on a bus: they start functions, workflows and deployments. A policy that
/// admits every principal lets any account send events that look like your own.
///
/// ## Fix
/// Name the accounts in `Principal`, or add a condition on `aws:PrincipalOrgID`. Let rules match on
/// `account` as well.
/// ```yaml,fail
/// Type: AWS::Events::EventBusPolicy
/// Properties: { StatementId: everyone, Principal: "*", Action: events:PutEvents }
/// ```
/// ```yaml,fail
/// Type: AWS::Events::EventBus
/// Properties:
///   Name: orders
///   Policy: { Statement: [{ Effect: Allow, Principal: "*", Action: events:PutEvents, Resource: "*" }] }
/// ```
/// ```yaml,pass
/// Type: AWS::Events::EventBusPolicy
/// Properties:
///   StatementId: organization
///   Principal: "*"
///   Action: events:PutEvents
///   Condition: { Type: StringEquals, Key: aws:PrincipalOrgID, Value: o-a1b2c3d4e5 }
/// ```
/// ```yaml,pass
/// Type: AWS::Events::EventBus
/// Properties: { Name: orders }
/// ```
#[check(SEC03_BP07, SEC03_BP08, severity = High)]
fn eventbridge_bus_not_public(admission: &Admission) -> Verdict {
    match admission.at.resource().kind.as_str() {
        "AWS::Events::EventBus" => EventBus::from_at(admission.at.clone()).policy.must_not_admit_everyone(),
        _ => EventBusPolicy::from_at(admission.at.clone()).must_not_admit_everyone(),
    }
}
