//! `macie_enabled`

use macros::check;
use model::{At, Fact, Inventory, Text, Verdict, View, when};

use crate::views::s3::Bucket;

#[derive(Debug, View)]
#[view("AWS::Macie::Session", "Pilaster::Region")]
struct Place<'a> {
    at: At<'a>,
}

/// Macie in a region.
#[derive(Debug, View)]
#[view("AWS::Macie::Session")]
struct Session<'a> {
    at: At<'a>,
    #[view(default = "ENABLED")]
    status: Fact<'a, Text<'a>>,
}

/// Macie is not paused
///
/// Macie looks into buckets for what should not be there unprotected: names, card numbers, credentials.
/// Paused, it neither looks at objects nor at how buckets are configured, while everybody believes that
/// it does. In an account it has to run in every region that has a bucket; whether it does, a template does not say.
///
/// ## Fix
/// Set `Status: ENABLED`, and turn on automated discovery of sensitive data, which samples all buckets
/// at a bounded cost.
/// ```yaml,fail
/// Type: AWS::Macie::Session
/// Properties: { Status: PAUSED }
/// ```
/// ```yaml,pass
/// Type: AWS::Macie::Session
/// Properties: { FindingPublishingFrequency: SIX_HOURS }
/// ```
/// ```account,fail
/// { "Listed": ["AWS::Macie::Session"], "Resources": [{ "Type": "Pilaster::Region" }, { "Type": "AWS::S3::Bucket" }] }
/// ```
/// ```account,pass
/// [
///   { "Type": "Pilaster::Region" },
///   { "Type": "AWS::S3::Bucket" },
///   { "Type": "AWS::Macie::Session", "Properties": { "Status": "ENABLED" } }
/// ]
/// ```
/// ```account,not_applicable
/// { "Listed": ["AWS::Macie::Session", "AWS::S3::Bucket"], "Resources": [{ "Type": "Pilaster::Region" }] }
/// ```
#[check(
    SEC07_BP03,
    severity = Medium, needs = [Money], fsbp = ["Macie.1"], cis = ["v3.0.0:2.1.3", "v5.0.0:2.1.3"], code = Partly
)]
fn macie_enabled(place: &Place, around: &Inventory) -> Verdict {
    let runs = || around.one_of::<Session>(&place.at, "Macie", |session| session.status.must_be("ENABLED"));
    if place.at.is_in_account() {
        when(around.beside::<Bucket>(&place.at).must_exist("a bucket to look into"), runs)
    } else {
        runs()
    }
}
