//! `ssm_document_public_sharing_blocked`

use macros::check;
use model::{At, Fact, Text, Verdict, View};

/// Whether documents of a region may be made public.
#[derive(Debug, View)]
#[view("Pilaster::SsmDocumentSharing")]
struct Sharing<'a> {
    at: At<'a>,
    public_sharing: Fact<'a, Text<'a>>,
}

/// Systems Manager documents cannot be made public
///
/// Unless the setting is on, anyone who may change the permissions of a document can show it to every
/// account of the region. Few ever have a reason to. The setting belongs to one region and is off at first.
///
/// ## Fix
/// Turn on "Block public sharing" in the preferences for documents of every region that is used. Documents
/// that are public already stay so.
/// ```account,fail
/// { "Type": "Pilaster::SsmDocumentSharing", "Properties": { "PublicSharing": "Enable" } }
/// ```
/// ```account,pass
/// { "Type": "Pilaster::SsmDocumentSharing", "Properties": { "PublicSharing": "Disable" } }
/// ```
/// ```account,unknown
/// { "Type": "Pilaster::SsmDocumentSharing", "Properties": { "PublicSharing": { "Denied": "ssm:GetServiceSetting" } } }
/// ```
#[check(SEC03_BP07, severity = High, fsbp = ["SSM.7"], code = Never)]
fn ssm_document_public_sharing_blocked(sharing: &Sharing) -> Verdict {
    sharing.public_sharing.must_be("Disable")
}
