//! `eks_nodegroup_resilient`

use macros::check;
use model::{At, Fact, Inventory, List, Text, Verdict, View};

use crate::views::vpc::must_span_zones;

/// The nodes of a cluster that EKS manages.
#[derive(Debug, View)]
#[view("AWS::EKS::Nodegroup")]
struct Nodegroup<'a> {
    at: At<'a>,
    subnets: List<'a, Fact<'a, Text<'a>>>,
    #[view(path = "ScalingConfig.MinSize")]
    min_size: Fact<'a, i64>,
    #[view(path = "ScalingConfig.MaxSize")]
    max_size: Fact<'a, i64>,
}

/// EKS node groups span zones and have room to scale
///
/// Nodes in one zone go down with it, and two subnets may be of the same zone. A group whose largest size is its smallest cannot make up
/// for nodes that fail or load that grows, and keeps paying for all of them when there is none.
///
/// ## Fix
/// List subnets of at least two Availability Zones and set `MaxSize` above `MinSize`; an autoscaler in the cluster
/// does the rest. Subnets can be changed only by replacing the group.
/// ```yaml,fail
/// Type: AWS::EKS::Nodegroup
/// Properties: { Subnets: [subnet-1], ScalingConfig: { MinSize: 2, MaxSize: 6 } }
/// ```
/// ```yaml,fail
/// Type: AWS::EKS::Nodegroup
/// Properties: { Subnets: [subnet-1, subnet-2], ScalingConfig: { MinSize: 3, MaxSize: 3 } }
/// ```
/// ```yaml,pass
/// Resources:
///   A: { Type: AWS::EC2::Subnet, Properties: { VpcId: vpc-1, CidrBlock: 10.0.0.0/24, AvailabilityZone: eu-west-1a } }
///   B: { Type: AWS::EC2::Subnet, Properties: { VpcId: vpc-1, CidrBlock: 10.0.1.0/24, AvailabilityZone: eu-west-1b } }
///   Nodes:
///     Type: AWS::EKS::Nodegroup
///     Properties: { Subnets: [!Ref A, !Ref B], ScalingConfig: { MinSize: 2, MaxSize: 6 } }
/// ```
/// ```yaml,unknown
/// Type: AWS::EKS::Nodegroup
/// Properties: { Subnets: [subnet-1, subnet-2], ScalingConfig: { MinSize: 2, MaxSize: 6 } }
/// ```
#[check(REL10_BP01, REL07_BP01, SUS02_BP01, severity = Medium, effort = Medium, needs = [Downtime, Money])]
fn eks_nodegroup_resilient(nodes: &Nodegroup, around: &Inventory) -> Verdict {
    must_span_zones(&nodes.subnets, around)
        & nodes.min_size.and_then(|least| nodes.max_size.must("more than the smallest size", |most| *most > least))
}
