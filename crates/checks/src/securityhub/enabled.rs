//! `securityhub_enabled`

use macros::check;
use model::{At, Fact, Inventory, Outcome, Verdict, View};

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
}

/// Security Hub judges by at least one standard
///
/// A hub without a standard only collects what others find. The standards are what it judges the account
/// by, day after day. Unless told otherwise a hub turns on the foundational best practices and the CIS
/// benchmark. Whether every region has a hub, a template does not say.
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
#[check(SEC04_BP02, SEC01_BP03, severity = Medium, needs = [Money], cis = ["v3.0.0:4.16", "v5.0.0:4.16"], code = Partly)]
fn securityhub_enabled(hub: &Hub, around: &Inventory) -> Verdict {
    let by_default = hub.enable_default_standards.must_be(true);
    // One of them is enough; that there is none shows in the hub.
    match around.all::<Standard>().next().map(|standard| standard.standards_arn.must_be_set()) {
        Some(chosen) if chosen.outcome != Outcome::Fail => by_default | chosen,
        _ => by_default,
    }
}
