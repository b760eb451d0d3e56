//! `ec2_security_group_no_all_traffic_from_internet`

use macros::check;
use model::{Inventory, Verdict};

use crate::views::security_group::Ingress;

/// Security groups do not open every port to the internet
///
/// Such a rule makes the group no firewall at all. Whatever listens on the instance, now or after the
/// next update, can be reached by anyone: databases, debug ports, agents that were meant to be local.
///
/// ## Fix
/// Write one rule for each port that has to be public, 443 as a rule, and give everything else the
/// security group or the network that needs it as its source.
/// ```yaml,fail
/// Type: AWS::EC2::SecurityGroup
/// Properties:
///   GroupDescription: Application
///   SecurityGroupIngress:
///     - { IpProtocol: -1, CidrIp: 0.0.0.0/0 }
/// ```
/// ```yaml,pass
/// Type: AWS::EC2::SecurityGroup
/// Properties:
///   GroupDescription: Application
///   SecurityGroupIngress:
///     - { IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0 }
/// ```
#[check(SEC05_BP02, severity = Critical, needs = [Testing], fsbp = ["EC2.18"])]
fn ec2_security_group_no_all_traffic_from_internet(ingress: &Ingress, around: &Inventory) -> Verdict {
    ingress.all(around, |rule| rule.must_not_open_everything())
}
