//! AWS Identity and Access Management.

use model::{At, Fact, List, Outcome, Text, Verdict, View};

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
