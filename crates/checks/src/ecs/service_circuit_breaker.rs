//! `ecs_service_circuit_breaker`

use macros::check;
use model::{Outcome, Verdict, when};

use crate::views::ecs::Service;

/// ECS services roll back deployments that fail
///
/// A new version that does not start is tried again and again until someone sees it; with tasks replaced
/// meanwhile, capacity shrinks. The circuit breaker notices that tasks fail to start or to stay healthy, and goes
/// back to the last version that worked. Alarms on the deployment do so for what only metrics show.
///
/// ## Fix
/// Set `Enable` and `Rollback` of `DeploymentConfiguration.DeploymentCircuitBreaker` to true.
/// ```yaml,fail
/// Type: AWS::ECS::Service
/// Properties: { DesiredCount: 2 }
/// ```
/// ```yaml,pass
/// Type: AWS::ECS::Service
/// Properties:
///   DesiredCount: 2
///   DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true, Rollback: true } }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::ECS::Service
/// Properties: { DeploymentController: { Type: CODE_DEPLOY } }
/// ```
#[check(OPS06_BP04, OPS06_BP03, REL08_BP05, severity = Medium)]
fn ecs_service_circuit_breaker(service: &Service) -> Verdict {
    when(service.deployment_controller.must_be("ECS"), || {
        let breaker = service.circuit_breaker.must_roll_back();
        let alarms = service.alarms.must_roll_back();
        // That there are no alarms either is worth no words of its own.
        if alarms.outcome == Outcome::Fail { breaker } else { breaker | alarms }
    })
}
