//! `dms_instance_not_public`

use macros::check;
use model::{At, Fact, Verdict, View};

#[derive(Debug, View)]
#[view("AWS::DMS::ReplicationInstance")]
struct ReplicationInstance<'a> {
    at: At<'a>,
    /// AWS DMS API Reference, `CreateReplicationInstance`.
    #[view(default = true)]
    publicly_accessible: Fact<'a, bool>,
}

/// DMS replication instances have no public address
///
/// A replication instance holds the credentials of source and target and copies whole databases through itself.
/// Unless told otherwise it gets a public address, which it needs only to reach databases over the internet.
///
/// ## Fix
/// Set `PubliclyAccessible: false`, which replaces the instance, and reach databases outside of the VPC through a
/// VPN, Direct Connect or a NAT gateway. Stop the tasks of the instance first.
/// ```yaml,fail
/// Type: AWS::DMS::ReplicationInstance
/// Properties: { ReplicationInstanceClass: dms.t3.medium }
/// ```
/// ```yaml,pass
/// Type: AWS::DMS::ReplicationInstance
/// Properties: { ReplicationInstanceClass: dms.t3.medium, PubliclyAccessible: false }
/// ```
#[check(SEC05_BP01, SEC03_BP07, severity = Critical, effort = Medium, needs = [Downtime], fsbp = ["DMS.1"])]
fn dms_instance_not_public(instance: &ReplicationInstance) -> Verdict {
    instance.publicly_accessible.must_be(false)
}
