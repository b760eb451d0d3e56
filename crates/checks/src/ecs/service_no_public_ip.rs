//! `ecs_service_no_public_ip`

use macros::check;
use model::Verdict;

use crate::views::ecs::Service;

/// ECS services do not give their tasks public addresses
///
/// A task with a public address can be reached from the internet past the load balancer, its certificate, its
/// firewall and its logs, as far as a security group lets anyone through. Each address also costs money.
///
/// ## Fix
/// Set `AssignPublicIp` to `DISABLED` and run the tasks in private subnets, behind a load balancer, with a NAT
/// gateway or VPC endpoints for what they call, image registry included.
/// ```yaml,fail
/// Type: AWS::ECS::Service
/// Properties:
///   NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: ENABLED, Subnets: [subnet-1, subnet-2] } }
/// ```
/// ```yaml,pass
/// Type: AWS::ECS::Service
/// Properties:
///   NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [subnet-1, subnet-2] } }
/// ```
#[check(SEC05_BP01, severity = High, effort = Medium, needs = [Money, Testing], fsbp = ["ECS.2"])]
fn ecs_service_no_public_ip(service: &Service) -> Verdict {
    service.assign_public_ip.must_be("DISABLED")
}
