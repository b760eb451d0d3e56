//! `accessanalyzer_enabled`

use macros::check;
use model::{At, Fact, Inventory, List, Text, Verdict, View, when};

#[derive(Debug, View)]
#[view("AWS::AccessAnalyzer::Analyzer", "Pilaster::Region")]
struct Place<'a> {
    at: At<'a>,
}

/// An analyzer of IAM Access Analyzer.
#[derive(Debug, View)]
#[view("AWS::AccessAnalyzer::Analyzer")]
struct Analyzer<'a> {
    at: At<'a>,
    #[view(path = "Type")]
    kind: Fact<'a, Text<'a>>,
    archive_rules: List<'a, ArchiveRule<'a>>,
    #[view(path = "Observed.Status")]
    status: Fact<'a, Text<'a>>,
}

/// What is put aside before anybody sees it.
#[derive(Debug, View)]
struct ArchiveRule<'a> {
    at: At<'a>,
    filter: List<'a, Criterion<'a>>,
}

#[derive(Debug, View)]
struct Criterion<'a> {
    at: At<'a>,
    property: Fact<'a, Text<'a>>,
    eq: List<'a, Fact<'a, Text<'a>>>,
}

/// Analyzers of external access report what is open to the public
///
/// Access Analyzer works out from all policies together what can be reached from outside, and says so
/// within minutes of a change. An archive rule that matches everything public puts just those findings
/// aside unseen. In an account every enabled region needs an active one, which for members of an organization may be that
/// of the administrator: waive it there. Whether every region has one, a template does not say. An analyzer for unused
/// access is left out.
///
/// ## Fix
/// Create an analyzer of the type `ACCOUNT` or `ORGANIZATION` in every region. Let archive rules name the
/// resources that are meant to be public (`resource`), next to `isPublic`.
/// ```yaml,fail
/// Type: AWS::AccessAnalyzer::Analyzer
/// Properties:
///   Type: ACCOUNT
///   ArchiveRules: [{ RuleName: public, Filter: [{ Property: isPublic, Eq: ["true"] }] }]
/// ```
/// ```yaml,pass
/// Type: AWS::AccessAnalyzer::Analyzer
/// Properties:
///   Type: ORGANIZATION
///   ArchiveRules:
///     - RuleName: website
///       Filter: [{ Property: isPublic, Eq: ["true"] }, { Property: resource, Eq: ["arn:aws:s3:::www.example.com"] }]
/// ```
/// ```yaml,not_applicable
/// Type: AWS::AccessAnalyzer::Analyzer
/// Properties: { Type: ACCOUNT_UNUSED_ACCESS }
/// ```
/// ```account,fail
/// [
///   { "Type": "Pilaster::Region" },
///   { "Type": "AWS::AccessAnalyzer::Analyzer", "Properties": { "Type": "ACCOUNT_UNUSED_ACCESS", "Observed": { "Status": "ACTIVE" } } }
/// ]
/// ```
/// ```account,pass
/// [
///   { "Type": "Pilaster::Region" },
///   { "Type": "AWS::AccessAnalyzer::Analyzer", "Properties": { "Type": "ACCOUNT", "ArchiveRules": [], "Observed": { "Status": "ACTIVE" } } }
/// ]
/// ```
#[check(SEC03_BP07, SEC03_BP04, severity = High, fsbp = ["IAM.28"], cis = ["v3.0.0:1.20", "v5.0.0:1.19"], code = Partly)]
fn accessanalyzer_enabled(place: &Place, around: &Inventory) -> Verdict {
    around.one_of::<Analyzer>(&place.at, "an analyzer of external access", |analyzer| {
        when(analyzer.kind.must_be_one_of(&["ACCOUNT", "ORGANIZATION"]), || {
            let shows = analyzer.archive_rules.all(|rule| {
                rule.filter.any("a criterion beside isPublic", |criterion| {
                    criterion.property.must_not_be("isPublic") | criterion.eq.must_not_contain("true")
                })
            });
            if analyzer.at.is_in_account() { analyzer.status.must_be("ACTIVE") & shows } else { shows }
        })
    })
}
