//! `ec2_security_group_no_rdp_from_internet`

use macros::check;
use model::{Inventory, Verdict};

use crate::views::security_group::Ingress;

/// Security groups do not open Remote Desktop to the internet
///
/// Remote Desktop is what ransomware most often comes in by: passwords are guessed by the million, and
/// flaws in the service have been exploited before a login was needed. Port 3389 is used over TCP and
/// UDP.
///
/// ## Fix
/// Remove the rule and connect with Fleet Manager of AWS Systems Manager. Where the port has to stay,
/// set `CidrIp` to the addresses of your own network, or `SourceSecurityGroupId` to the group of a
/// gateway.
/// ```yaml,fail
/// Type: AWS::EC2::SecurityGroup
/// Properties:
///   GroupDescription: Windows
///   SecurityGroupIngress:
///     - { IpProtocol: tcp, FromPort: 3000, ToPort: 4000, CidrIpv6: "::/0" }
/// ```
/// ```yaml,pass
/// Type: AWS::EC2::SecurityGroup
/// Properties:
///   GroupDescription: Windows
///   SecurityGroupIngress:
///     - { IpProtocol: tcp, FromPort: 3389, ToPort: 3389, SourceSecurityGroupId: sg-0123456789abcdef0 }
/// ```
#[check(
    SEC05_BP02,
    SEC06_BP03,
    severity = High,
    fsbp = ["EC2.14", "EC2.53", "EC2.54"],
    cis = ["v3.0.0:5.2", "v3.0.0:5.3", "v5.0.0:5.3", "v5.0.0:5.4"]
)]
fn ec2_security_group_no_rdp_from_internet(ingress: &Ingress, around: &Inventory) -> Verdict {
    ingress.all(around, |rule| rule.must_open_none_of(&[3389]))
}
