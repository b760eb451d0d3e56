//! `ec2_security_group_no_ssh_from_internet`

use macros::check;
use model::{Inventory, Verdict};

use crate::views::security_group::Ingress;

/// Security groups do not open SSH to the internet
///
/// Every address of the internet is probed for open SSH within minutes. A leaked key, a weak password
/// or a flaw in the server is then enough to get in. A rule for all traffic, a range of ports around 22
/// and two rules that each admit half of all addresses let the same callers in.
///
/// ## Fix
/// Remove the rule and use Session Manager of AWS Systems Manager, which needs no open port. Where SSH
/// has to stay, set `CidrIp` to the addresses of your own network, or `SourceSecurityGroupId` to the
/// group of a bastion host.
/// ```yaml,fail
/// Type: AWS::EC2::SecurityGroup
/// Properties:
///   GroupDescription: Application
///   SecurityGroupIngress:
///     - { IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0 }
/// ```
/// ```yaml,pass
/// Type: AWS::EC2::SecurityGroup
/// Properties:
///   GroupDescription: Application
///   SecurityGroupIngress:
///     - { IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 10.20.0.0/16 }
///     - { IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0 }
/// ```
#[check(
    SEC05_BP02,
    SEC06_BP03,
    severity = High,
    fsbp = ["EC2.13", "EC2.53", "EC2.54"],
    cis = ["v3.0.0:5.2", "v3.0.0:5.3", "v5.0.0:5.3", "v5.0.0:5.4"]
)]
fn ec2_security_group_no_ssh_from_internet(ingress: &Ingress, around: &Inventory) -> Verdict {
    ingress.all(around, |rule| rule.must_not_open_tcp(22))
}
