//! `ecs_fargate_arm64`

use findings::Saving;
use macros::check;
use model::{At, Fact, Inventory, Text, Verdict, View, when};
use pricing::Usd;

use crate::cost::{Cost, given, known, within};
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
#[check(
    COST06_BP02, SUS05_BP02,
    severity = Low, effort = Medium, needs = [Testing],
    saves = on_graviton(task, around)
)]
fn ecs_fargate_arm64(task: &TaskDefinition) -> Verdict {
    when(task.requires_compatibilities.must_contain("FARGATE") & task.runs_linux(), || {
        task.architecture.must_be("ARM64")
    })
}

#[derive(Debug, View)]
#[view("AWS::ECS::Service")]
struct Service<'a> {
    at: At<'a>,
    launch_type: Fact<'a, Text<'a>>,
    #[view(default = 1)]
    desired_count: Fact<'a, i64>,
    #[view(path = "Observed.RunningCount")]
    running: Fact<'a, i64>,
}

/// The largest task in CPU units and in MiB, and the most tasks of a service (Amazon ECS Developer Guide, "Troubleshoot Amazon
/// ECS task definition invalid CPU or memory errors" and "Amazon ECS service quotas").
const MOST_CPU: i64 = 16_384;
const MOST_MEMORY: i64 = 122_880;
const MOST_TASKS: i64 = 5_000;

/// The tasks that services keep running. Those that are started otherwise are not counted.
fn on_graviton(task: &TaskDefinition<'_>, around: &Inventory) -> Option<Saving> {
    let services = around.referring::<Service>("TaskDefinition", &task.at);
    let (mut tasks, mut also) = (0_i64, Vec::new());
    for service in services.known() {
        // Of a capacity provider it may be Spot capacity.
        given(service.launch_type.must_be("FARGATE"))?;
        let count = if service.at.is_in_account() { &service.running } else { &service.desired_count };
        tasks = tasks.checked_add(within(known(count)?, 0, MOST_TASKS)?)?;
        also.push(service.at.id());
    }
    let (cpu, memory) = (within(known(&task.cpu)?, 256, MOST_CPU)?, within(known(&task.memory)?, 512, MOST_MEMORY)?);
    let cost = |architecture: &str| {
        let price = |what| pricing::price("fargate", &format!("linux-{architecture}:{what}"));
        let hour: Usd = (price("vcpu")? * cpu + price("memory")? * memory) / 1024;
        Cost::hourly(tasks, &format!("tasks with {cpu} CPU units and {memory} MiB on {architecture}"), hour)
    };
    Some(Saving { also, ..cost("x86")?.less(cost("arm64")?)? })
}
