//! `autoscaling_group_multi_az`

use macros::check;
use model::{Inventory, Verdict, at_least_distinct, when};

use crate::views::autoscaling::Group;
use crate::views::vpc::must_span_zones;

/// Auto Scaling groups cover two or more zones
///
/// A group in one zone cannot replace instances when the zone fails, nor when the zone has run out of
/// the instance type. Over several zones it keeps the instances spread and starts new ones where it can.
/// Two subnets of the same zone are one zone.
///
/// ## Fix
/// Add subnets of other zones to `VPCZoneIdentifier`. The group then spreads its instances by itself.
/// ```yaml,fail
/// Type: AWS::AutoScaling::AutoScalingGroup
/// Properties: { MinSize: "2", MaxSize: "4", VPCZoneIdentifier: [subnet-1] }
/// ```
/// ```yaml,pass
/// Type: AWS::AutoScaling::AutoScalingGroup
/// Properties: { MinSize: "2", MaxSize: "4", AvailabilityZones: [eu-west-1a, eu-west-1b] }
/// ```
/// ```yaml,unknown
/// Type: AWS::AutoScaling::AutoScalingGroup
/// Properties: { MinSize: "2", MaxSize: "4", VPCZoneIdentifier: [subnet-1, subnet-2] }
/// ```
#[check(REL10_BP01, REL11_BP03, severity = Medium, fsbp = ["AutoScaling.2"])]
fn autoscaling_group_multi_az(group: &Group, around: &Inventory) -> Verdict {
    // Subnets decide where they are given; the zones are then no more than theirs.
    let by_subnets = when(group.subnets.must_not_be_empty(), || must_span_zones(&group.subnets, around));
    let by_zones = when(group.subnets.must_be_empty(), || match group.availability_zones.state() {
        model::State::Set(zones) if zones.len() > 1 => {
            at_least_distinct(group.availability_zones.at(), zones, 2, "zones")
        }
        _ => group.availability_zones.must_have_at_least(2),
    });
    by_subnets & by_zones
}
