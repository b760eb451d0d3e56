//! AWS Secrets Manager.

use model::{At, Fact, Text, Verdict, View};

/// A secret.
#[derive(Debug, View)]
#[view("AWS::SecretsManager::Secret")]
pub(crate) struct Secret<'a> {
    pub(crate) at: At<'a>,
    /// The service that made it and looks after it, where that is not its owner.
    #[view(path = "Observed.OwningService")]
    pub(crate) service: At<'a>,
    /// Where the secret is that it is a copy of, or is itself.
    #[view(path = "Observed.PrimaryRegion")]
    pub(crate) primary_region: Fact<'a, Text<'a>>,
}

impl Secret<'_> {
    /// Its owner decides when it changes: it is neither a copy of one in another region nor that of a service.
    pub(crate) fn is_own(&self) -> Verdict {
        let here = self.at.resource().region.as_deref().unwrap_or_default();
        let original = self.primary_region.must_be_unset() | self.primary_region.must_be(here);
        original & self.service.must_be_unset()
    }
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
