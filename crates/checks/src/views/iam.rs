//! AWS Identity and Access Management.

use model::{At, Fact, List, Outcome, Text, Verdict, View, when};

use crate::policy::Policy;

/// Whatever holds policies for identities.
#[derive(Debug, View)]
#[view(
    "AWS::IAM::ManagedPolicy",
    "AWS::IAM::Policy",
    "AWS::IAM::RolePolicy",
    "AWS::IAM::UserPolicy",
    "AWS::IAM::GroupPolicy",
    "AWS::IAM::Role",
    "AWS::IAM::User",
    "AWS::IAM::Group"
)]
pub(crate) struct Grants<'a> {
    pub(crate) at: At<'a>,
    /// The document of a policy that is a resource.
    policy_document: Policy<'a>,
    /// The policies that stand within an identity.
    policies: List<'a, InlinePolicy<'a>>,
    /// The policies of others that an identity takes in.
    pub(crate) managed_policy_arns: List<'a, Fact<'a, Text<'a>>>,
}

impl<'a> Grants<'a> {
    /// Every policy document in it passes; not applicable where it holds none.
    pub(crate) fn each_policy(&self, judge: impl Fn(&Policy<'a>) -> Verdict) -> Verdict {
        let is_there = |verdict: Verdict| verdict.outcome != Outcome::Fail;
        let mut verdict = Verdict::not_applicable();
        if is_there(self.policy_document.at.must_be_set()) {
            verdict = judge(&self.policy_document);
        }
        if is_there(self.policies.must_not_be_empty()) {
            verdict = verdict & self.policies.all(|inline| judge(&inline.policy_document));
        }
        verdict
    }
}

#[derive(Debug, View)]
struct InlinePolicy<'a> {
    at: At<'a>,
    policy_document: Policy<'a>,
}

/// A role.
#[derive(Debug, View)]
#[view("AWS::IAM::Role")]
pub(crate) struct Role<'a> {
    pub(crate) at: At<'a>,
    #[view(path = "AssumeRolePolicyDocument")]
    pub(crate) trust: Policy<'a>,
}

/// A user.
#[derive(Debug, View)]
#[view("AWS::IAM::User")]
pub(crate) struct User<'a> {
    pub(crate) at: At<'a>,
    pub(crate) login_profile: At<'a>,
    pub(crate) policies: List<'a, At<'a>>,
    pub(crate) managed_policy_arns: List<'a, Fact<'a, Text<'a>>>,
    #[view(path = "Observed.Credentials")]
    pub(crate) credentials: Credentials<'a>,
}

/// How somebody signs in, as the credential report says it. What does not exist, or never happened, is
/// unset.
#[derive(Debug, View)]
pub(crate) struct Credentials<'a> {
    pub(crate) at: At<'a>,
    pub(crate) user_creation_time: Fact<'a, Text<'a>>,
    pub(crate) mfa_active: Fact<'a, bool>,
    pub(crate) password_enabled: Fact<'a, bool>,
    pub(crate) password_last_used: Fact<'a, Text<'a>>,
    pub(crate) password_last_changed: Fact<'a, Text<'a>>,
    #[view(path = "AccessKey1Active")]
    first_active: Fact<'a, bool>,
    #[view(path = "AccessKey1LastRotated")]
    first_last_rotated: Fact<'a, Text<'a>>,
    #[view(path = "AccessKey1LastUsedDate")]
    first_last_used: Fact<'a, Text<'a>>,
    #[view(path = "AccessKey2Active")]
    second_active: Fact<'a, bool>,
    #[view(path = "AccessKey2LastRotated")]
    second_last_rotated: Fact<'a, Text<'a>>,
    #[view(path = "AccessKey2LastUsedDate")]
    second_last_used: Fact<'a, Text<'a>>,
}

/// What the credential report says of an access key.
#[derive(Debug)]
pub(crate) struct ReportedKey<'c, 'a> {
    pub(crate) active: &'c Fact<'a, bool>,
    /// When it was made.
    pub(crate) last_rotated: &'c Fact<'a, Text<'a>>,
    pub(crate) last_used: &'c Fact<'a, Text<'a>>,
}

impl<'a> Credentials<'a> {
    /// The access keys; there are never more than two.
    pub(crate) fn access_keys(&self) -> [ReportedKey<'_, 'a>; 2] {
        [
            ReportedKey {
                active: &self.first_active,
                last_rotated: &self.first_last_rotated,
                last_used: &self.first_last_used,
            },
            ReportedKey {
                active: &self.second_active,
                last_rotated: &self.second_last_rotated,
                last_used: &self.second_last_used,
            },
        ]
    }
}

/// The root user of an account. The numbers are 1 for yes and 0 for no, as the account's summary has them.
#[derive(Debug, View)]
#[view("Pilaster::RootUser")]
pub(crate) struct RootUser<'a> {
    pub(crate) at: At<'a>,
    #[view(path = "AccountMFAEnabled")]
    pub(crate) mfa_enabled: Fact<'a, i64>,
    #[view(path = "AccountAccessKeysPresent")]
    pub(crate) access_keys_present: Fact<'a, i64>,
    #[view(path = "AccountPasswordPresent")]
    password_present: Fact<'a, i64>,
    #[view(path = "VirtualMFADevices")]
    pub(crate) virtual_devices: List<'a, Fact<'a, Text<'a>>>,
    pub(crate) credentials: Credentials<'a>,
}

impl RootUser<'_> {
    /// It has a password or a key. In member accounts of an organization that manages root access centrally
    /// it has neither. Where the summary does not speak of the password, the report does; before 2024 it
    /// said `not_supported`, and there always was one.
    pub(crate) fn can_sign_in(&self) -> Verdict {
        self.password_present.must_be(1)
            | self.access_keys_present.must_be_at_least(1)
            | when(self.password_present.must_be_unset(), || self.credentials.password_enabled.must_not_be(false))
    }
}

/// Whoever takes in managed policies.
#[derive(Debug, View)]
#[view("AWS::IAM::Role", "AWS::IAM::User", "AWS::IAM::Group")]
pub(crate) struct Identity<'a> {
    pub(crate) at: At<'a>,
    pub(crate) managed_policy_arns: List<'a, Fact<'a, Text<'a>>>,
}

/// An access key of a user.
#[derive(Debug, View)]
#[view("AWS::IAM::AccessKey")]
pub(crate) struct AccessKey<'a> {
    pub(crate) at: At<'a>,
    #[view(default = "Active")]
    pub(crate) status: Fact<'a, Text<'a>>,
}

/// A policy that names the users it is attached to.
#[derive(Debug, View)]
#[view("AWS::IAM::ManagedPolicy", "AWS::IAM::Policy")]
pub(crate) struct AttachedPolicy<'a> {
    pub(crate) at: At<'a>,
    pub(crate) users: List<'a, At<'a>>,
}

/// A policy that belongs to one user.
#[derive(Debug, View)]
#[view("AWS::IAM::UserPolicy")]
pub(crate) struct UserPolicy<'a> {
    pub(crate) at: At<'a>,
    pub(crate) user_name: At<'a>,
}
