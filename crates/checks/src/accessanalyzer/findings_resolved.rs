//! `accessanalyzer_findings_resolved`

use macros::check;
use model::{At, Fact, List, Text, Verdict, View, when};

#[derive(Debug, View)]
#[view("AWS::AccessAnalyzer::Analyzer")]
struct Analyzer<'a> {
    at: At<'a>,
    #[view(path = "Type")]
    kind: Fact<'a, Text<'a>>,
    #[view(path = "Observed.Status")]
    status: Fact<'a, Text<'a>>,
    #[view(path = "Observed.ActiveFindings")]
    findings: List<'a, At<'a>>,
}

/// Analyzers of external access have no finding that nobody has decided on
///
/// A finding is a bucket, a role, a key or a queue that somebody outside can get at. Either that is meant, and an archive
/// rule or an archived finding says so, or it is a hole. As long as findings are left as they come, the one that
/// matters stands among those that do not.
///
/// ## Fix
/// Look at each active finding. Take the access away, or archive what is meant; for patterns that come again, such as a
/// partner's account, write an archive rule.
/// ```account,fail
/// {
///   "Type": "AWS::AccessAnalyzer::Analyzer",
///   "Properties": { "Type": "ACCOUNT", "Observed": {
///     "Status": "ACTIVE",
///     "ActiveFindings": [{ "Resource": "arn:aws:s3:::exports", "ResourceType": "AWS::S3::Bucket" }]
///   } }
/// }
/// ```
/// ```account,pass
/// {
///   "Type": "AWS::AccessAnalyzer::Analyzer",
///   "Properties": { "Type": "ACCOUNT", "Observed": { "Status": "ACTIVE", "ActiveFindings": [] } }
/// }
/// ```
/// ```account,not_applicable
/// {
///   "Type": "AWS::AccessAnalyzer::Analyzer",
///   "Properties": { "Type": "ACCOUNT_UNUSED_ACCESS", "Observed": { "Status": "ACTIVE" } }
/// }
/// ```
#[check(SEC03_BP07, severity = High, code = Never)]
fn accessanalyzer_findings_resolved(analyzer: &Analyzer) -> Verdict {
    let looks_outside = analyzer.kind.must_be_one_of(&["ACCOUNT", "ORGANIZATION"]);
    when(looks_outside & analyzer.status.must_be("ACTIVE"), || analyzer.findings.must_be_empty())
}
