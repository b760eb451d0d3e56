//! `ecs_service_oversized`

use findings::Settings;
use macros::check;
use model::{At, Fact, Inventory, Text, Verdict, View, when};

use crate::views::computeoptimizer::{OfService, estimated, must_not_find, recommended};
use crate::views::metrics::Metric;

#[derive(Debug, View)]
#[view("AWS::ECS::Service")]
struct Service<'a> {
    at: At<'a>,
    task_definition: Fact<'a, Text<'a>>,
    #[view(path = "Observed.RunningCount")]
    running: Fact<'a, i64>,
    #[view(path = "Observed.Metrics.CPUUtilization")]
    cpu: Metric<'a>,
    #[view(path = "Observed.Metrics.MemoryUtilization")]
    memory: Metric<'a>,
}

#[derive(Debug, View)]
#[view("AWS::ECS::TaskDefinition")]
struct TaskDefinition<'a> {
    at: At<'a>,
    cpu: Fact<'a, i64>,
    memory: Fact<'a, i64>,
}

/// ECS services have tasks of the size that their work needs
///
/// Tasks are charged by the processors and the memory they reserve, on Fargate directly and elsewhere by the
/// instances that have to be there for them. Where neither processors nor memory ever came to two fifths of
/// what is reserved, half of it would do. AWS Compute Optimizer weighs both minute by minute, and where it
/// recommends something, that counts.
///
/// ## Fix
/// Lower `Cpu` and `Memory` of the task definition to what Compute Optimizer recommends
/// (`RecommendationOptions`), or by half, and watch latency and restarts for lack of memory after the
/// deployment.
/// ```account,fail
/// {"Listed": ["Pilaster::ServiceRecommendation", "AWS::ECS::TaskDefinition"], "Resources": [
///   {"Type": "AWS::ECS::Service", "Properties": {"TaskDefinition": "web:3", "Observed": {"RunningCount": 2,
///     "Metrics": {"CPUUtilization": {"Maximum": 18, "Average": 3, "Days": 14},
///       "MemoryUtilization": {"Maximum": 22, "Average": 20, "Days": 14}}}}},
///   {"Type": "AWS::ECS::TaskDefinition", "Name": "web:3", "Properties": {"Cpu": "1024", "Memory": "4096"}}]}
/// ```
/// ```account,pass
/// {"Listed": ["Pilaster::ServiceRecommendation", "AWS::ECS::TaskDefinition"], "Resources": [
///   {"Type": "AWS::ECS::Service", "Properties": {"TaskDefinition": "web:3", "Observed": {"RunningCount": 2,
///     "Metrics": {"CPUUtilization": {"Maximum": 18, "Average": 3, "Days": 14},
///       "MemoryUtilization": {"Maximum": 83, "Average": 70, "Days": 14}}}}},
///   {"Type": "AWS::ECS::TaskDefinition", "Name": "web:3", "Properties": {"Cpu": "1024", "Memory": "4096"}}]}
/// ```
/// ```account,fail
/// [{"Type": "AWS::ECS::Service", "Id": "web", "Arn": "arn:aws:ecs:eu-west-1:111122223333:service/shop/web",
///   "Properties": {"TaskDefinition": "web:3", "Observed": {"RunningCount": 2}}},
///  {"Type": "Pilaster::ServiceRecommendation", "Properties": {"Finding": "Overprovisioned",
///   "ResourceArn": "arn:aws:ecs:eu-west-1:111122223333:service/shop/web"}}]
/// ```
#[check(
    COST06_BP02, PERF02_BP04, SUS05_BP01,
    severity = Medium, needs = [Testing], code = Never,
    thresholds(percent = 40, days = 7),
    saves = estimated(around, &service.at)
)]
fn ecs_service_oversized(service: &Service, around: &Inventory, settings: &Settings) -> Verdict {
    let (days, percent) = (settings.number("days"), settings.number("percent") as f64);
    let large = |metric: &Metric| metric.over(days, |metric| metric.maximum.must_be_at_least(percent));
    when(service.running.must_be_at_least(1), || {
        recommended::<OfService>(
            around,
            &service.at,
            |recommendation| must_not_find(&recommendation.finding, "Overprovisioned"),
            || {
                let use_of_both = large(&service.cpu) | large(&service.memory);
                // There is nothing smaller on Fargate (Amazon ECS Developer Guide, "Task size").
                let smallest = around
                    .linked::<TaskDefinition>(&service.task_definition)
                    .and_then(|task| task.cpu.must_be_at_most(256) & task.memory.must_be_at_most(512));
                use_of_both.or_perhaps(smallest)
            },
        )
    })
}
