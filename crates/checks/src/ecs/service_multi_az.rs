//! `ecs_service_multi_az`

use findings::Settings;
use macros::check;
use model::{Inventory, Verdict, when};

use crate::views::ecs::Service;
use crate::views::vpc::must_span_zones;

/// ECS services keep two or more tasks, spread over zones
///
/// A single task is an outage whenever it is replaced, its host fails or its zone does. Several tasks in a
/// single zone share it. Services that run one task on every host are not judged.
/// Code does not tell production from the rest, so every service is: waive those that may be away for a while.
///
/// ## Fix
/// Set `DesiredCount`, or the least capacity that auto scaling may go to, to two or more, and list subnets of at
/// least two Availability Zones.
/// ```yaml,fail
/// Type: AWS::ECS::Service
/// Properties:
///   NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [subnet-1, subnet-2] } }
/// ```
/// ```yaml,fail
/// Type: AWS::ECS::Service
/// Properties:
///   DesiredCount: 2
///   NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [subnet-1] } }
/// ```
/// ```yaml,pass
/// Resources:
///   A: { Type: AWS::EC2::Subnet, Properties: { VpcId: vpc-1, CidrBlock: 10.0.0.0/24, AvailabilityZone: eu-west-1a } }
///   B: { Type: AWS::EC2::Subnet, Properties: { VpcId: vpc-1, CidrBlock: 10.0.1.0/24, AvailabilityZone: eu-west-1b } }
///   Web:
///     Type: AWS::ECS::Service
///     Properties: { DesiredCount: 2, NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [!Ref A, !Ref B] } } }
/// ```
/// ```yaml,unknown
/// Type: AWS::ECS::Service
/// Properties:
///   DesiredCount: 2
///   NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [subnet-1, subnet-2] } }
/// ```
#[check(REL10_BP01, REL11_BP03, severity = Medium, needs = [Money], thresholds(min_tasks = 2))]
fn ecs_service_multi_az(service: &Service, around: &Inventory, settings: &Settings) -> Verdict {
    let least = settings.number("min_tasks");
    when(service.scheduling_strategy.must_be("REPLICA"), || {
        let tasks = service.desired_count.must_be_at_least(least)
            | service.must_scale(around, "a scalable target with such a minimum", |target| {
                target.min_capacity.must_be_at_least(least)
            });
        // Outside of `awsvpc` the tasks are where their hosts are.
        tasks & when(service.subnets.must_not_be_empty(), || must_span_zones(&service.subnets, around))
    })
}
