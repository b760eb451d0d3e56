//! `iam_role_oidc_trust_scoped`

use macros::check;
use model::{Outcome, Verdict, when};

use crate::views::iam::Role;

/// Providers that sign in people of the whole world, and whose subjects are not known beforehand: the
/// audience, which is one's own application, is what limits them.
const CONSUMER: [&str; 4] =
    ["cognito-identity.amazonaws.com", "accounts.google.com", "www.amazon.com", "graph.facebook.com"];

/// IAM roles for web identities pin who may assume them
///
/// GitHub, GitLab and the like sign tokens for everybody's pipelines by one issuer. A role that trusts
/// the issuer without pinning the subject can be assumed from any repository, a stranger's included. The
/// audience has to be pinned as well, so that a token meant for another service does not open the role.
///
/// ## Fix
/// Add a condition on the provider's `sub` that names the repository, project or service account, such as
/// `repo:my-org/my-repo:ref:refs/heads/main`, and one on its `aud`, usually `sts.amazonaws.com`. A
/// wildcard may stand only behind the project's name.
/// ```yaml,fail
/// Type: AWS::IAM::Role
/// Properties:
///   AssumeRolePolicyDocument:
///     Statement:
///       - Effect: Allow
///         Principal: { Federated: !Sub "arn:aws:iam::${AWS::AccountId}:oidc-provider/token.actions.githubusercontent.com" }
///         Action: sts:AssumeRoleWithWebIdentity
///         Condition:
///           StringEquals: { "token.actions.githubusercontent.com:aud": sts.amazonaws.com }
/// ```
/// ```yaml,pass
/// Type: AWS::IAM::Role
/// Properties:
///   AssumeRolePolicyDocument:
///     Statement:
///       - Effect: Allow
///         Principal: { Federated: !Sub "arn:aws:iam::${AWS::AccountId}:oidc-provider/token.actions.githubusercontent.com" }
///         Action: sts:AssumeRoleWithWebIdentity
///         Condition:
///           StringEquals: { "token.actions.githubusercontent.com:aud": sts.amazonaws.com }
///           StringLike: { "token.actions.githubusercontent.com:sub": "repo:my-org/my-repo:*" }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::IAM::Role
/// Properties:
///   AssumeRolePolicyDocument:
///     Statement: [{ Effect: Allow, Principal: { Service: ec2.amazonaws.com }, Action: sts:AssumeRole }]
/// ```
#[check(SEC02_BP02, SEC03_BP02, SEC11_BP07, severity = High, needs = [Testing])]
fn iam_role_oidc_trust_scoped(role: &Role) -> Verdict {
    role.trust.statements.all(|statement| {
        when(statement.allows("sts:AssumeRoleWithWebIdentity"), || {
            let audience = statement.must_require(
                "a condition on the audience",
                |key| key.ends_with(":aud"),
                |_, value| !value.is_empty() && !value.contains(['*', '?']),
            );
            let consumer = statement.each_principal("Federated", |name| name.must_be_one_of(&CONSUMER));
            if consumer.outcome == Outcome::Pass {
                return audience;
            }
            audience
                & statement.must_require(
                    "a condition on the subject",
                    |key| key.ends_with(":sub"),
                    |_, value| is_pinned(value),
                )
        })
    })
}

/// Whether a subject is fixed up to the name of the project: `repo:my-org/my-repo:*`.
fn is_pinned(subject: &str) -> bool {
    let Some(wildcard) = subject.find(['*', '?']) else { return !subject.is_empty() };
    // What stands before a separator is whole; what stands right before the wildcard may go on.
    let whole = subject[..wildcard].split([':', '/']).collect::<Vec<_>>();
    whole.len() > 3 && whole.iter().take(3).all(|step| !step.is_empty())
}
