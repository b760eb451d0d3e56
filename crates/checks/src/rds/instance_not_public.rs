//! `rds_instance_not_public`

use macros::check;
use model::{Inventory, Verdict, when};

use crate::views::rds::Database;

/// RDS databases have no public address
///
/// A publicly accessible database has a name that resolves to an address on the internet. From then on
/// one security group rule is all that stands between the data and everyone who scans for open
/// database ports. Applications reach the database over its private address just as well.
///
/// ## Fix
/// Set `PubliclyAccessible: false`, and place the database in a `DBSubnetGroupName` of private subnets.
/// Without a subnet group RDS makes it public unless told otherwise. People connect through a VPN or
/// Session Manager port forwarding instead.
/// ```yaml,fail
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: postgres, DBInstanceClass: db.t4g.medium, PubliclyAccessible: true }
/// ```
/// ```yaml,fail
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: postgres, DBInstanceClass: db.t4g.medium }
/// ```
/// ```yaml,pass
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: postgres, DBInstanceClass: db.t4g.medium, PubliclyAccessible: false }
/// ```
/// ```yaml,pass
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: postgres, DBInstanceClass: db.t4g.medium, DBSubnetGroupName: private }
/// ```
#[check(
    SEC05_BP01, SEC03_BP07,
    severity = Critical, needs = [Testing], fsbp = ["RDS.2"], cis = ["v3.0.0:2.3.3", "v5.0.0:2.2.3"]
)]
fn rds_instance_not_public(database: &Database, around: &Inventory) -> Verdict {
    when(database.has_address(), || database.must_be_private(around))
}
