//! AWS Secrets Manager.

use model::{At, View};

/// A secret.
#[derive(Debug, View)]
#[view("AWS::SecretsManager::Secret")]
pub(crate) struct Secret<'a> {
    pub(crate) at: At<'a>,
}

/// When and how a secret is rotated.
#[derive(Debug, View)]
#[view("AWS::SecretsManager::RotationSchedule")]
pub(crate) struct RotationSchedule<'a> {
    pub(crate) at: At<'a>,
    pub(crate) rotation_rules: At<'a>,
}

/// What ties a secret to its database. Its own reference is the ARN of the secret.
#[derive(Debug, View)]
#[view("AWS::SecretsManager::SecretTargetAttachment")]
pub(crate) struct TargetAttachment<'a> {
    pub(crate) at: At<'a>,
}
