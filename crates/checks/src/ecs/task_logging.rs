//! `ecs_task_logging`

use macros::check;
use model::Verdict;

use crate::views::ecs::TaskDefinition;

/// Containers of ECS tasks send their output to a log
///
/// What a container writes is gone with the container, unless a log driver takes it elsewhere. Without one,
/// nobody can tell afterwards why a task died or what an intruder did in it; on AWS Fargate there is no host
/// to look at either.
///
/// ## Fix
/// Give every container a `LogConfiguration`, with the driver `awslogs` or `awsfirelens`, and let the execution
/// role write to the log group.
/// ```yaml,fail
/// Type: AWS::ECS::TaskDefinition
/// Properties: { ContainerDefinitions: [{ Name: web, Image: web }] }
/// ```
/// ```yaml,pass
/// Type: AWS::ECS::TaskDefinition
/// Properties:
///   ContainerDefinitions:
///     - Name: web
///       Image: web
///       LogConfiguration: { LogDriver: awslogs, Options: { awslogs-group: /shop/web, awslogs-region: eu-west-1, awslogs-stream-prefix: web } }
/// ```
#[check(OPS04_BP02, SEC04_BP01, severity = High, needs = [Money], fsbp = ["ECS.9"])]
fn ecs_task_logging(task: &TaskDefinition) -> Verdict {
    task.containers.all(|container| container.log_driver.must_be_set() & container.log_driver.must_not_be("none"))
}
