//! `acm_certificate_expiring`

use findings::Settings;
use macros::check;
use model::{At, Fact, List, Text, Verdict, View, when};

use crate::moment::must_be_beyond;

/// A certificate.
#[derive(Debug, View)]
#[view("AWS::CertificateManager::Certificate")]
struct Certificate<'a> {
    at: At<'a>,
    #[view(path = "Observed.InUse")]
    in_use: Fact<'a, bool>,
    #[view(path = "Observed.InUseBy")]
    in_use_by: List<'a, At<'a>>,
    #[view(path = "Observed.NotAfter")]
    not_after: Fact<'a, Text<'a>>,
    #[view(path = "Observed.RenewalSummary.RenewalStatus")]
    renewal: Fact<'a, Text<'a>>,
}

/// Certificates in use do not expire soon
///
/// On the day a certificate expires, every client turns away and the site is down. Certificate Manager
/// renews what it issued some 60 days ahead, so one that comes near its end cannot be renewed: its DNS
/// record is gone, or it was imported and nobody renews it. Certificates that nothing uses are not judged.
///
/// ## Fix
/// For an issued certificate, restore the CNAME record of its validation; renewal follows within hours. For
/// an imported one, import its successor under the same ARN, or change to an issued one. `days` is how many
/// days must be left.
/// ```account,fail
/// { "Type": "AWS::CertificateManager::Certificate",
///   "Properties": { "Observed": { "InUse": true, "NotAfter": 1794096000, "Type": "IMPORTED" } } }
/// ```
/// ```account,fail
/// { "Type": "AWS::CertificateManager::Certificate",
///   "Properties": { "Observed": { "InUse": true, "NotAfter": 1801440000, "RenewalSummary": { "RenewalStatus": "FAILED" } } } }
/// ```
/// ```account,pass
/// { "Type": "AWS::CertificateManager::Certificate",
///   "Properties": { "Observed": { "InUse": true, "NotAfter": 1801440000 } } }
/// ```
/// ```account,not_applicable
/// { "Type": "AWS::CertificateManager::Certificate",
///   "Properties": { "Observed": { "InUse": false, "NotAfter": 1794096000 } } }
/// ```
#[check(SEC09_BP01, severity = High, effort = Medium, fsbp = ["ACM.1"], code = Never, thresholds(days = 30))]
fn acm_certificate_expiring(certificate: &Certificate, settings: &Settings) -> Verdict {
    let is_used = certificate.in_use.must_be(true)
        | when(certificate.in_use.must_be_unset(), || certificate.in_use_by.must_not_be_empty());
    // One that is yet to be issued has no end.
    when(is_used & certificate.not_after.must_be_set(), || {
        must_be_beyond(&certificate.not_after, settings.number("days"), settings)
            & certificate.renewal.must_not_be("FAILED")
    })
}
