//! `ssm_document_not_public`

use macros::check;
use model::{At, Fact, List, Text, Verdict, View};

/// A document of the account's own.
#[derive(Debug, View)]
#[view("AWS::SSM::Document")]
struct Document<'a> {
    at: At<'a>,
    #[view(path = "Observed.SharedWith")]
    shared_with: List<'a, Fact<'a, Text<'a>>>,
}

/// Systems Manager documents are not open to the public
///
/// A document says how you run your machines: names of hosts, paths, accounts and sometimes passwords. A
/// public one is listed for every account of the region.
///
/// ## Fix
/// Set the document to private under "Modify permissions", share it by account numbers, and block public
/// sharing in the preferences for documents. Replace what secrets it held.
/// ```account,fail
/// { "Type": "AWS::SSM::Document", "Properties": { "Observed": { "SharedWith": ["all"] } } }
/// ```
/// ```account,pass
/// { "Type": "AWS::SSM::Document", "Properties": { "Observed": { "SharedWith": ["444455556666"] } } }
/// ```
/// ```account,pass
/// { "Type": "AWS::SSM::Document", "Properties": { "Observed": { "SharedWith": [] } } }
/// ```
/// ```account,unknown
/// { "Type": "AWS::SSM::Document", "Properties": { "Observed": { "SharedWith": { "Denied": "ssm:DescribeDocumentPermission" } } } }
/// ```
#[check(SEC03_BP07, severity = Critical, fsbp = ["SSM.4"], code = Never)]
fn ssm_document_not_public(document: &Document) -> Verdict {
    document.shared_with.all(|account| account.must("an account", |account| !account.eq_ignore_ascii_case("all")))
}
