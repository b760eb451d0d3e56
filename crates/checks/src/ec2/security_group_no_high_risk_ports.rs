//! `ec2_security_group_no_high_risk_ports`

use findings::Settings;
use macros::check;
use model::{Inventory, Verdict};

use crate::views::security_group::Ingress;

/// Security groups do not open ports of databases, caches, file shares or administration to the internet
///
/// These services are built for trusted networks. Many of them ask for no password unless told to, and
/// lists of those that can be reached are kept and searched: open data stores are copied, wiped and held
/// for ransom. SSH and Remote Desktop have checks of their own. Of the ports Security Hub lists, 3000,
/// 5000 and 8080 are left out, because ordinary web applications are served there; add them to `ports`
/// if yours are not.
///
/// ## Fix
/// Replace `CidrIp` by `SourceSecurityGroupId` with the group of the clients. For people, use a VPN or
/// port forwarding through Session Manager.
/// ```yaml,fail
/// Type: AWS::EC2::SecurityGroup
/// Properties:
///   GroupDescription: Database
///   SecurityGroupIngress:
///     - { IpProtocol: tcp, FromPort: 5432, ToPort: 5432, CidrIp: 0.0.0.0/0 }
/// ```
/// ```yaml,pass
/// Type: AWS::EC2::SecurityGroup
/// Properties:
///   GroupDescription: Database
///   SecurityGroupIngress:
///     - { IpProtocol: tcp, FromPort: 5432, ToPort: 5432, CidrIp: 10.0.0.0/16 }
/// ```
#[check(
    SEC05_BP02,
    severity = Critical,
    fsbp = ["EC2.19"],
    cis = ["v5.0.0:5.1.2"],
    thresholds(ports = [
        "20", "21", "23", "25", "110", "111", "135", "137", "139", "143", "389", "445", "873", "1433", "1434", "1521",
        "2049", "2375", "2376", "2379", "3306", "4333", "5432", "5500", "5601", "5900", "5984", "5985", "5986", "6379",
        "7000", "7199", "8088", "8888", "9042", "9092", "9160", "9200", "9300", "10250", "11211", "27017", "27018",
        "50070"
    ])
)]
fn ec2_security_group_no_high_risk_ports(ingress: &Ingress, around: &Inventory, settings: &Settings) -> Verdict {
    let ports: Vec<i64> = settings.words("ports").iter().filter_map(|port| port.parse().ok()).collect();
    ingress.all(around, |rule| rule.must_open_none_of(&ports))
}
