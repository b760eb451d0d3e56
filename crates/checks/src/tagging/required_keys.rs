//! `tagging_required_keys`

use findings::Settings;
use macros::check;
use model::{Verdict, all, when};

use crate::views::tagging::Taggable;

/// Resources that cost money carry the tags that tell whose they are
///
/// A bill can only be split, and an alarm or an unused machine only be taken to somebody, by what is
/// written on the resource. Added later, tags never cover everything, and they do not reach back into the
/// bills of past months. Tags that a deployment adds to the whole stack do not stand in a template: name
/// the keys that resources have to carry themselves in the threshold `keys`, and leave the check out
/// where all come from the stack. In an account, default networks are left out, which nobody made.
///
/// ## Fix
/// Add the missing keys under `Tags`, or give them to the whole stack on deployment, which passes them on
/// to every resource. Activate the keys as cost allocation tags.
/// ```yaml,fail
/// Type: AWS::S3::Bucket
/// Properties: { Tags: [{ Key: Owner, Value: shop }] }
/// ```
/// ```yaml,pass
/// Type: AWS::S3::Bucket
/// Properties:
///   Tags:
///     - { Key: Owner, Value: shop }
///     - { Key: Environment, Value: production }
///     - { Key: CostCenter, Value: "4711" }
/// ```
/// ```account,not_applicable
/// { "Type": "AWS::EC2::VPC", "Properties": { "Observed": { "IsDefault": "true" } } }
/// ```
#[check(
    COST03_BP02, COST02_BP06, OPS02_BP01, COST03_BP03,
    severity = Medium, code = Partly, thresholds(keys = ["Owner", "Environment", "CostCenter"])
)]
fn tagging_required_keys(resource: &Taggable, settings: &Settings) -> Verdict {
    let tagged = || all(settings.words("keys").iter().map(|key| resource.tags().must_have(key, &[])));
    match resource.at.is_in_account() {
        true => when(resource.is_default.must_be(false), tagged),
        false => tagged(),
    }
}
