//! `vpc_default_security_group_closed`

use macros::check;
use model::{At, Fact, List, Text, Verdict, View, when};

/// A security group and all of its rules.
#[derive(Debug, View)]
#[view("AWS::EC2::SecurityGroup")]
struct SecurityGroup<'a> {
    at: At<'a>,
    group_name: Fact<'a, Text<'a>>,
    security_group_ingress: List<'a, At<'a>>,
    security_group_egress: List<'a, At<'a>>,
}

/// The default security groups of VPCs let nothing through
///
/// Whatever is started without naming a security group gets the default one of its VPC. As AWS makes it, its
/// members reach each other on every port and the whole internet outwards, so a forgotten setting puts a
/// machine beside all others that somebody forgot. Without rules, the mistake shows at once. No other group
/// can have the name.
///
/// ## Fix
/// Give what uses the default group a group of its own, then remove all rules from the default one, in every
/// VPC of every region.
/// ```account,fail
/// { "Type": "AWS::EC2::SecurityGroup",
///   "Properties": { "GroupName": "default", "SecurityGroupIngress": [],
///     "SecurityGroupEgress": [{ "IpProtocol": "-1", "CidrIp": "0.0.0.0/0" }] } }
/// ```
/// ```account,pass
/// { "Type": "AWS::EC2::SecurityGroup",
///   "Properties": { "GroupName": "default", "SecurityGroupIngress": [], "SecurityGroupEgress": [] } }
/// ```
/// ```account,not_applicable
/// { "Type": "AWS::EC2::SecurityGroup",
///   "Properties": { "GroupName": "web", "SecurityGroupIngress": [{ "IpProtocol": "tcp", "CidrIp": "0.0.0.0/0" }] } }
/// ```
#[check(SEC05_BP02, severity = High, needs = [Testing], fsbp = ["EC2.2"], cis = ["v3.0.0:5.4", "v5.0.0:5.5"], code = Never)]
fn vpc_default_security_group_closed(group: &SecurityGroup) -> Verdict {
    when(group.group_name.must_be("default"), || {
        group.security_group_ingress.must_be_empty() & group.security_group_egress.must_be_empty()
    })
}
