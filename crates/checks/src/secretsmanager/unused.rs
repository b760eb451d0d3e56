//! `secretsmanager_unused`

use findings::Settings;
use macros::check;
use model::{At, Fact, Text, Verdict, View, when};

use crate::cost::Cost;
use crate::moment::must_be_in_use;

/// What is observed of a secret.
#[derive(Debug, View)]
#[view("AWS::SecretsManager::Secret")]
struct Secret<'a> {
    at: At<'a>,
    #[view(path = "Observed.LastAccessedDate")]
    last_accessed: Fact<'a, Text<'a>>,
    #[view(path = "Observed.CreatedDate")]
    created: Fact<'a, Text<'a>>,
    #[view(path = "Observed.OwningService")]
    owning_service: Fact<'a, Text<'a>>,
    #[view(path = "Observed.PrimaryRegion")]
    primary_region: Fact<'a, Text<'a>>,
}

/// Secrets are read by somebody
///
/// A secret that nothing has read for months is a password that still works and that nobody would miss: it
/// is billed each month and waits for the wrong reader. Secrets that a service keeps for itself and copies
/// for another region are not judged.
///
/// ## Fix
/// Make the password behind it worthless, then delete the secret; it can be restored within the recovery
/// window. `days` is how long a secret may lie unread.
/// ```account,fail
/// { "Type": "AWS::SecretsManager::Secret",
///   "Properties": { "Observed": { "CreatedDate": 1672531200, "LastAccessedDate": 1767225600 } } }
/// ```
/// ```account,fail
/// { "Type": "AWS::SecretsManager::Secret", "Properties": { "Observed": { "CreatedDate": 1672531200 } } }
/// ```
/// ```account,pass
/// { "Type": "AWS::SecretsManager::Secret",
///   "Properties": { "Observed": { "CreatedDate": 1672531200, "LastAccessedDate": 1793318400 } } }
/// ```
/// ```account,not_applicable
/// { "Type": "AWS::SecretsManager::Secret",
///   "Properties": { "Observed": { "CreatedDate": 1672531200, "OwningService": "rds" } } }
/// ```
/// ```account,not_applicable
/// { "Type": "AWS::SecretsManager::Secret", "Region": "eu-west-1",
///   "Properties": { "Observed": { "CreatedDate": 1672531200, "PrimaryRegion": "us-east-1" } } }
/// ```
#[check(
    COST04_BP03, SEC02_BP05,
    severity = Low, needs = [Testing], fsbp = ["SecretsManager.3"], code = Never,
    thresholds(days = 90),
    saves = Cost::monthly(1, "secret", pricing::price("secretsmanager", "secret")?)?.saved()
)]
fn secretsmanager_unused(secret: &Secret, settings: &Settings) -> Verdict {
    let region = secret.at.resource().region.as_deref().unwrap_or_default();
    let is_original = secret.primary_region.must_be_unset() | secret.primary_region.must_be(region);
    when(secret.owning_service.must_be_unset() & is_original, || {
        must_be_in_use(&secret.last_accessed, &secret.created, settings.number("days"), settings)
    })
}
