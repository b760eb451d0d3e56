//! `ssm_automation_runbooks`

use macros::check;
use model::{At, Fact, Text, Verdict, View, when};

/// A document of Systems Manager.
#[derive(Debug, View)]
#[view("AWS::SSM::Document")]
struct Document<'a> {
    at: At<'a>,
    document_type: Fact<'a, Text<'a>>,
    #[view(path = "Content.description")]
    description: Fact<'a, Text<'a>>,
    #[view(path = "Content.assumeRole")]
    role: Fact<'a, Text<'a>>,
}

/// Automation runbooks say what they are for and which role they run as
///
/// A runbook is read by somebody who is under pressure and did not write it. Without a description he has
/// to work out from the steps what it does. Without a role of its own it does only what he may do
/// himself, fails halfway where that is not enough, and cannot be started by an alarm or on a schedule.
/// That procedures exist as runbooks at all is more than code can tell; judged are those that do.
///
/// ## Fix
/// Add `description` (when to run it, what it changes, how to take it back) and `assumeRole` with a role
/// that may do just what the steps do.
/// ```yaml,fail
/// Type: AWS::SSM::Document
/// Properties:
///   DocumentType: Automation
///   Content:
///     schemaVersion: "0.3"
///     mainSteps: [{ name: restart, action: "aws:changeInstanceState", inputs: { InstanceIds: [i-0a1b2c3d], DesiredState: running } }]
/// ```
/// ```yaml,pass
/// Type: AWS::SSM::Document
/// Properties:
///   DocumentType: Automation
///   Content:
///     schemaVersion: "0.3"
///     description: Starts the web server again after it was stopped by a failed update.
///     assumeRole: arn:aws:iam::111122223333:role/runbooks
///     mainSteps: [{ name: restart, action: "aws:changeInstanceState", inputs: { InstanceIds: [i-0a1b2c3d], DesiredState: running } }]
/// ```
/// ```yaml,not_applicable
/// Type: AWS::SSM::Document
/// Properties: { DocumentType: Session, Content: { schemaVersion: "1.0", sessionType: Standard_Stream } }
/// ```
#[check(
    OPS07_BP03, REL08_BP01, OPS10_BP07, REL12_BP01, OPS07_BP04, COST11_BP01,
    severity = Low, code = Partly
)]
fn ssm_automation_runbooks(document: &Document) -> Verdict {
    when(document.document_type.must_be("Automation"), || {
        document.description.must_be_set() & document.role.must_be_set()
    })
}
