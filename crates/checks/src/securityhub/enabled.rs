//! `securityhub_enabled`

use macros::check;
use model::{At, Fact, Inventory, Text, Verdict, View};

#[derive(Debug, View)]
#[view("AWS::SecurityHub::Hub", "Pilaster::Region")]
struct Place<'a> {
    at: At<'a>,
}

/// The hub of a region.
#[derive(Debug, View)]
#[view("AWS::SecurityHub::Hub")]
struct Hub<'a> {
    at: At<'a>,
    #[view(default = true)]
    enable_default_standards: Fact<'a, bool>,
}

/// A standard that a hub judges by.
#[derive(Debug, View)]
#[view("AWS::SecurityHub::Standard")]
struct Standard<'a> {
    at: At<'a>,
    standards_arn: At<'a>,
    #[view(path = "Observed.StandardsStatus")]
    status: Fact<'a, Text<'a>>,
}

/// Security Hub judges by at least one standard
///
/// A hub without a standard only collects what others find. The standards are what it judges the account
/// by, day after day. Unless told otherwise a hub turns on the foundational best practices and the CIS
/// benchmark. In an account every enabled region needs a hub; whether every region has one, a template does not say.
///
/// ## Fix
/// Leave `EnableDefaultStandards` on, or add an `AWS::SecurityHub::Standard` for the one you have chosen.
/// Organizations configure hubs best by a central policy.
/// ```yaml,fail
/// Type: AWS::SecurityHub::Hub
/// Properties: { EnableDefaultStandards: false }
/// ```
/// ```yaml,pass
/// Type: AWS::SecurityHub::Hub
/// ```
/// ```yaml,pass
/// Resources:
///   Hub:
///     Type: AWS::SecurityHub::Hub
///     Properties: { EnableDefaultStandards: false }
///   Foundational:
///     Type: AWS::SecurityHub::Standard
///     Properties:
///       StandardsArn: !Sub arn:${AWS::Partition}:securityhub:${AWS::Region}::standards/aws-foundational-security-best-practices/v/1.0.0
/// ```
/// ```account,fail
/// {
///   "Listed": ["AWS::SecurityHub::Standard"],
///   "Resources": [
///     { "Type": "Pilaster::Region" },
///     { "Type": "AWS::SecurityHub::Hub", "Properties": { "EnableDefaultStandards": false } }
///   ]
/// }
/// ```
/// ```account,pass
/// [
///   { "Type": "Pilaster::Region" },
///   { "Type": "AWS::SecurityHub::Hub", "Properties": { "EnableDefaultStandards": false } },
///   { "Type": "AWS::SecurityHub::Standard",
///     "Properties": { "StandardsArn": "arn:aws:securityhub:::standards/cis", "Observed": { "StandardsStatus": "READY" } } }
/// ]
/// ```
#[check(SEC04_BP02, SEC01_BP03, severity = Medium, needs = [Money], cis = ["v3.0.0:4.16", "v5.0.0:4.16"], code = Partly)]
fn securityhub_enabled(place: &Place, around: &Inventory) -> Verdict {
    let expected = "a hub that judges by a standard";
    around.one_of::<Hub>(&place.at, expected, |hub| {
        let by_default = hub.enable_default_standards.must_be(true);
        // One of them is enough; that there is none shows in the hub.
        by_default.or_perhaps(around.beside::<Standard>(&hub.at).any(expected, |standard| {
            let chosen = standard.standards_arn.must_be_set();
            // One that is being disabled, or failed to be enabled, judges nothing (Security Hub API, "StandardsSubscription").
            if hub.at.is_in_account() {
                chosen & standard.status.must_not_be_one_of(&["DELETING", "FAILED"])
            } else {
                chosen
            }
        }))
    })
}
