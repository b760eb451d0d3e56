//! `ebs_default_encryption`

use macros::check;
use model::{At, Fact, Verdict, View};

/// What counts for all new volumes of a region.
#[derive(Debug, View)]
#[view("Pilaster::EbsDefaults")]
struct Defaults<'a> {
    at: At<'a>,
    encryption_by_default: Fact<'a, bool>,
}

/// New volumes are encrypted by default
///
/// With the setting on, every new volume and every copy of a snapshot is encrypted, whoever makes it and
/// whatever they forget. Without it, each template, console click and service has to remember. The setting
/// belongs to one region, and each new region begins without it.
///
/// ## Fix
/// Turn on "Always encrypt new EBS volumes" in the EC2 settings of every region that is enabled, with a key
/// of your own where others are to restore snapshots. It costs nothing and changes nothing that exists;
/// those who start instances need permission to use the key.
/// ```account,fail
/// { "Type": "Pilaster::EbsDefaults", "Properties": { "EncryptionByDefault": false } }
/// ```
/// ```account,pass
/// { "Type": "Pilaster::EbsDefaults", "Properties": { "EncryptionByDefault": true } }
/// ```
/// ```account,unknown
/// { "Type": "Pilaster::EbsDefaults", "Properties": { "EncryptionByDefault": { "Denied": "ec2:GetEbsEncryptionByDefault" } } }
/// ```
#[check(SEC08_BP02, SEC08_BP03, severity = Medium, fsbp = ["EC2.7"], cis = ["v3.0.0:2.2.1", "v5.0.0:5.1.1"], code = Never)]
fn ebs_default_encryption(defaults: &Defaults) -> Verdict {
    defaults.encryption_by_default.must_be(true)
}
