//! `rds_ca_certificate_current`

use findings::Settings;
use macros::check;
use model::{At, Fact, Inventory, Text, Verdict, View};

use crate::moment::must_be_beyond;

#[derive(Debug, View)]
#[view("AWS::RDS::DBInstance", "AWS::DocDB::DBInstance", "AWS::Neptune::DBInstance")]
struct Instance<'a> {
    at: At<'a>,
    #[view(path = "CACertificateIdentifier")]
    authority: Fact<'a, Text<'a>>,
}

#[derive(Debug, View)]
#[view("Pilaster::DatabaseAuthority")]
struct Authority<'a> {
    at: At<'a>,
    valid_till: Fact<'a, Text<'a>>,
}

/// The authority that signs a database's certificate is valid for another year
///
/// On the day it expires, every client that verifies certificates, as it should, is refused. Certificates of databases
/// are renewed by themselves; their authority is not, because clients have to trust the new one first. That takes
/// releases of everything that connects.
///
/// ## Fix
/// Give clients the bundle of all authorities that AWS publishes, then set `CACertificateIdentifier` to
/// `rds-ca-rsa2048-g1` or another that is valid for long. Some engines restart. How many days are enough is the
/// threshold `min_days`.
/// ```account,fail
/// [
///   { "Type": "AWS::RDS::DBInstance", "Properties": { "CACertificateIdentifier": "rds-ca-2019" } },
///   {
///     "Type": "Pilaster::DatabaseAuthority", "Id": "rds-ca-2019",
///     "Properties": { "ValidTill": "2024-08-22T17:08:50Z" }
///   }
/// ]
/// ```
/// ```account,pass
/// [
///   { "Type": "AWS::RDS::DBInstance", "Properties": { "CACertificateIdentifier": "rds-ca-rsa2048-g1" } },
///   {
///     "Type": "Pilaster::DatabaseAuthority", "Id": "rds-ca-rsa2048-g1",
///     "Properties": { "ValidTill": "2061-05-21T23:00:16Z" }
///   }
/// ]
/// ```
#[check(
    SEC09_BP01,
    severity = High, effort = Medium, needs = [Downtime, Testing], code = Never, thresholds(min_days = 365)
)]
fn rds_ca_certificate_current(instance: &Instance, around: &Inventory, settings: &Settings) -> Verdict {
    around
        .linked::<Authority>(&instance.authority)
        .and_then(|authority| must_be_beyond(&authority.valid_till, settings.number("min_days"), settings))
}
