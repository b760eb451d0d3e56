//! `ecs_fargate_arm64`

use macros::check;
use model::{Verdict, when};

use crate::views::ecs::TaskDefinition;

/// Fargate tasks on Linux run on Arm
///
/// A vCPU on Graviton costs a fifth less than one on x86, does about as much, and uses less energy. Most base images
/// and languages are built for both.
///
/// ## Fix
/// Build the images for `linux/arm64`, set `RuntimePlatform.CpuArchitecture` to `ARM64`, and test.
/// ```yaml,fail
/// Type: AWS::ECS::TaskDefinition
/// Properties: { RequiresCompatibilities: [FARGATE], Cpu: 256, Memory: 512 }
/// ```
/// ```yaml,pass
/// Type: AWS::ECS::TaskDefinition
/// Properties: { RequiresCompatibilities: [FARGATE], Cpu: 256, Memory: 512, RuntimePlatform: { CpuArchitecture: ARM64 } }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::ECS::TaskDefinition
/// Properties: { RequiresCompatibilities: [EC2] }
/// ```
#[check(COST06_BP02, SUS05_BP02, severity = Low, effort = Medium, needs = [Testing])]
fn ecs_fargate_arm64(task: &TaskDefinition) -> Verdict {
    when(task.requires_compatibilities.must_contain("FARGATE") & task.runs_linux(), || {
        task.architecture.must_be("ARM64")
    })
}
