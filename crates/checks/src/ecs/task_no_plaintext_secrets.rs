//! `ecs_task_no_plaintext_secrets`

use macros::check;
use model::Verdict;

use crate::environment::must_hold_no_credential;
use crate::views::ecs::TaskDefinition;

/// Environment variables of ECS containers hold no credentials
///
/// Every revision of a task definition is kept, and whoever may describe it reads its variables. A credential
/// in one is in the template, in version control, in each revision and in what the container logs when it
/// starts, and it cannot be rotated without a deployment.
///
/// ## Fix
/// Keep the credential in AWS Secrets Manager or Parameter Store and name it under `Secrets` with `ValueFrom`;
/// let the execution role read it. Replace the credential that was exposed.
/// ```yaml,fail
/// Type: AWS::ECS::TaskDefinition
/// Properties:
///   ContainerDefinitions: [{ Name: web, Image: web, Environment: [{ Name: DB_PASSWORD, Value: correct-horse }] }]
/// ```
/// ```yaml,pass
/// Type: AWS::ECS::TaskDefinition
/// Properties:
///   ContainerDefinitions:
///     - Name: web
///       Image: web
///       Environment: [{ Name: DB_HOST, Value: db.internal }]
///       Secrets: [{ Name: DB_PASSWORD, ValueFrom: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db" }]
/// ```
#[check(SEC02_BP03, severity = High, effort = Medium, needs = [Testing], fsbp = ["ECS.8"])]
fn ecs_task_no_plaintext_secrets(task: &TaskDefinition) -> Verdict {
    task.containers.all(|container| {
        container
            .variables
            .all(|variable| variable.name.and_then(|name| must_hold_no_credential(name, &variable.value)))
    })
}
