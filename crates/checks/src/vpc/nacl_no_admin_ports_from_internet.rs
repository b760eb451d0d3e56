//! `vpc_nacl_no_admin_ports_from_internet`

use macros::check;
use model::{Inventory, Verdict, when};

use crate::views::vpc::{NetworkAcl, NetworkAclEntry, Vpc};

/// Entries of network access lists do not let the internet in to SSH or Remote Desktop
///
/// A network access list is the second line behind the security groups. An entry that lets everyone in
/// to port 22 or 3389 leaves one mistake in one security group between the internet and a login. Each
/// entry is judged by itself: an earlier entry that denies the same is not taken into account. In an account, entries for
/// a default network that nothing is in are left out.
///
/// ## Fix
/// Give the entry the addresses that need the port as `CidrBlock`, or narrow its `PortRange`. For answers
/// to outgoing connections it is enough to allow ports 1024 to 65535; put an entry that denies 3389
/// before it, and waive the check for the wide one.
/// ```yaml,fail
/// Type: AWS::EC2::NetworkAclEntry
/// Properties:
///   NetworkAclId: acl-1
///   RuleNumber: 100
///   RuleAction: allow
///   Protocol: -1
///   CidrBlock: 0.0.0.0/0
/// ```
/// ```yaml,pass
/// Type: AWS::EC2::NetworkAclEntry
/// Properties:
///   NetworkAclId: acl-1
///   RuleNumber: 100
///   RuleAction: allow
///   Protocol: 6
///   PortRange: { From: 443, To: 443 }
///   CidrBlock: 0.0.0.0/0
/// ```
/// ```yaml,not_applicable
/// Type: AWS::EC2::NetworkAclEntry
/// Properties: { NetworkAclId: acl-1, RuleNumber: 100, Egress: true, RuleAction: allow, Protocol: -1, CidrBlock: 0.0.0.0/0 }
/// ```
#[check(
    SEC05_BP02,
    severity = Medium,
    needs = [Testing],
    fsbp = ["EC2.21"],
    cis = ["v3.0.0:5.1", "v5.0.0:5.2"]
)]
fn vpc_nacl_no_admin_ports_from_internet(entry: &NetworkAclEntry, around: &Inventory) -> Verdict {
    let limited = || {
        when(entry.lets_in(), || {
            when(entry.covers(22) | entry.covers(3389), || entry.must_not_admit_the_internet()).or_clear(&entry.at)
        })
    };
    if !entry.at.is_in_account() {
        return limited();
    }
    // Whether anything is behind the list shows in its network.
    around
        .linked::<NetworkAcl>(&entry.network_acl_id)
        .and_then(|list| around.linked::<Vpc>(&list.vpc_id).and_then(|network| network.unless_idle(around, limited)))
}
