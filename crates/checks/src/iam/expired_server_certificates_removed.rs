//! `iam_expired_server_certificates_removed`

use findings::Settings;
use macros::check;
use model::{At, Fact, Text, Verdict, View};

use crate::moment::must_be_beyond;

/// A certificate that is kept in IAM.
#[derive(Debug, View)]
#[view("AWS::IAM::ServerCertificate")]
struct ServerCertificate<'a> {
    at: At<'a>,
    #[view(path = "Observed.Expiration")]
    expiration: Fact<'a, Text<'a>>,
}

/// No expired certificate is kept in IAM
///
/// A certificate that has expired is still there to be chosen for a load balancer or a distribution, and
/// visitors then meet a warning that they learn to click away. IAM neither warns nor renews.
///
/// ## Fix
/// Move what still uses it to a certificate of AWS Certificate Manager, which renews itself, and delete this
/// one with `aws iam delete-server-certificate`; there is no button for it in the console.
/// ```account,fail
/// { "Type": "AWS::IAM::ServerCertificate", "Properties": { "Observed": { "Expiration": "2025-03-01T00:00:00Z" } } }
/// ```
/// ```account,pass
/// { "Type": "AWS::IAM::ServerCertificate", "Properties": { "Observed": { "Expiration": "2027-03-01T00:00:00Z" } } }
/// ```
#[check(SEC09_BP01, severity = Medium, fsbp = ["IAM.26"], cis = ["v3.0.0:1.19", "v5.0.0:1.18"], code = Never)]
fn iam_expired_server_certificates_removed(certificate: &ServerCertificate, settings: &Settings) -> Verdict {
    must_be_beyond(&certificate.expiration, 0, settings)
}
