//! `ecs_task_no_host_namespace`

use macros::check;
use model::Verdict;

use crate::views::ecs::TaskDefinition;

/// ECS tasks do not share the processes or the network of their host
///
/// In the host's process namespace a container sees and signals what everyone else runs there, environment
/// variables included. In its network it listens on the host's addresses, reaches what is bound to
/// `localhost`, and escapes the security group of the task.
///
/// ## Fix
/// Set `NetworkMode` to `awsvpc`, which gives each task an address and a security group of its own, and leave
/// out `PidMode` or set it to `task`. A change of the network mode replaces the service.
/// ```yaml,fail
/// Type: AWS::ECS::TaskDefinition
/// Properties: { NetworkMode: host, ContainerDefinitions: [{ Name: web, Image: web }] }
/// ```
/// ```yaml,fail
/// Type: AWS::ECS::TaskDefinition
/// Properties: { NetworkMode: awsvpc, PidMode: host, ContainerDefinitions: [{ Name: web, Image: web }] }
/// ```
/// ```yaml,pass
/// Type: AWS::ECS::TaskDefinition
/// Properties: { NetworkMode: awsvpc, ContainerDefinitions: [{ Name: web, Image: web }] }
/// ```
#[check(SEC06_BP02, SEC05_BP02, severity = High, effort = Medium, needs = [Downtime, Testing], fsbp = ["ECS.3", "ECS.17"])]
fn ecs_task_no_host_namespace(task: &TaskDefinition) -> Verdict {
    task.pid_mode.must_not_be("host") & task.network_mode.must_not_be("host")
}
