//! `secretsmanager_rotation`

use macros::check;
use model::{At, Inventory, Outcome, Verdict, when};

use crate::views::secretsmanager::{RotationSchedule, Secret, TargetAttachment};

/// Secrets are rotated on a schedule
///
/// A secret that never changes is known to everyone who has ever seen it: former colleagues, old laptops,
/// logs and backups. Rotation bounds how long a copy is worth anything, and makes sure that changing it
/// in a hurry works. In an account, copies of a secret of another region and secrets of services of AWS are left out.
///
/// ## Fix
/// Add an `AWS::SecretsManager::RotationSchedule` with a function that changes the secret at both ends;
/// for databases Secrets Manager brings one (`HostedRotationLambda`). Better still, let RDS manage its
/// own secret. Clients have to read the secret again when it is refused.
/// ```yaml,fail
/// Type: AWS::SecretsManager::Secret
/// Properties: { GenerateSecretString: { PasswordLength: 32 } }
/// ```
/// ```yaml,pass
/// Resources:
///   Admin:
///     Type: AWS::SecretsManager::Secret
///     Properties: { GenerateSecretString: { PasswordLength: 32 } }
///   AdminRotation:
///     Type: AWS::SecretsManager::RotationSchedule
///     Properties:
///       SecretId: !Ref Admin
///       HostedRotationLambda: { RotationType: PostgreSQLSingleUser }
///       RotationRules: { AutomaticallyAfterDays: 30 }
/// ```
/// ```account,fail
/// {
///   "Listed": ["AWS::SecretsManager::RotationSchedule", "AWS::SecretsManager::SecretTargetAttachment"],
///   "Resources": [{ "Type": "AWS::SecretsManager::Secret", "Properties": { "Name": "db" } }]
/// }
/// ```
/// ```account,not_applicable
/// { "Type": "AWS::SecretsManager::Secret", "Properties": { "Observed": { "PrimaryRegion": "us-east-1" } } }
/// ```
#[check(
    SEC02_BP05, SEC02_BP03,
    severity = Medium, effort = Medium, needs = [Testing],
    fsbp = ["SecretsManager.1", "SecretsManager.4"], code = Partly
)]
fn secretsmanager_rotation(secret: &Secret, around: &Inventory) -> Verdict {
    match secret.at.is_in_account() {
        true => when(secret.is_own(), || must_rotate(secret, around)),
        false => must_rotate(secret, around),
    }
}

fn must_rotate(secret: &Secret, around: &Inventory) -> Verdict {
    let schedule = |of: &At<'_>| {
        around
            .referring::<RotationSchedule>("SecretId", of)
            .any("a rotation schedule", |schedule| schedule.rotation_rules.must_be_set())
    };
    let own = schedule(&secret.at);
    let through_attachment = around
        .referring::<TargetAttachment>("SecretId", &secret.at)
        .any("a rotation schedule", |attachment| schedule(&attachment.at));
    if through_attachment.outcome == Outcome::Fail { own } else { own | through_attachment }
}
