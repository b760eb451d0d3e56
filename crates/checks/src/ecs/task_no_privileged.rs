//! `ecs_task_no_privileged`

use macros::check;
use model::Verdict;

use crate::views::ecs::TaskDefinition;

/// Containers of ECS tasks do not run privileged
///
/// A privileged container has the rights of root on the host it runs on: it sees the host's devices, disks and
/// memory, and every other container there. Whoever breaks into it owns the host and its role.
///
/// ## Fix
/// Remove `Privileged`. Where a container needs a single right of the kernel, name it in
/// `LinuxParameters.Capabilities.Add`. On AWS Fargate privileged containers do not exist.
/// ```yaml,fail
/// Type: AWS::ECS::TaskDefinition
/// Properties: { ContainerDefinitions: [{ Name: agent, Image: agent, Privileged: true }] }
/// ```
/// ```yaml,pass
/// Type: AWS::ECS::TaskDefinition
/// Properties: { ContainerDefinitions: [{ Name: agent, Image: agent }] }
/// ```
#[check(SEC06_BP02, SEC03_BP02, severity = High, effort = Medium, needs = [Testing], fsbp = ["ECS.4"])]
fn ecs_task_no_privileged(task: &TaskDefinition) -> Verdict {
    task.containers.all(|container| container.privileged.must_be(false))
}
