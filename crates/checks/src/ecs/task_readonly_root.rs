//! `ecs_task_readonly_root`

use macros::check;
use model::{Verdict, when};

use crate::views::ecs::TaskDefinition;

/// Containers of ECS tasks cannot write to their root file system
///
/// What breaks into a container first brings its tools and changes the program. On a root file system that is
/// read-only it finds no place to put them, and what runs stays what was built and tested. Windows
/// containers do not offer it and are not judged.
///
/// ## Fix
/// Set `ReadonlyRootFilesystem` to true for every container, and mount a volume where a program has to write,
/// such as `/tmp`.
/// ```yaml,fail
/// Type: AWS::ECS::TaskDefinition
/// Properties: { ContainerDefinitions: [{ Name: web, Image: web }] }
/// ```
/// ```yaml,pass
/// Type: AWS::ECS::TaskDefinition
/// Properties: { ContainerDefinitions: [{ Name: web, Image: web, ReadonlyRootFilesystem: true }] }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::ECS::TaskDefinition
/// Properties:
///   RuntimePlatform: { OperatingSystemFamily: WINDOWS_SERVER_2022_CORE }
///   ContainerDefinitions: [{ Name: web, Image: web }]
/// ```
#[check(SEC06_BP02, REL08_BP04, severity = High, needs = [Testing], fsbp = ["ECS.5"])]
fn ecs_task_readonly_root(task: &TaskDefinition) -> Verdict {
    when(task.runs_linux(), || task.containers.all(|container| container.readonly_root_filesystem.must_be(true)))
}
