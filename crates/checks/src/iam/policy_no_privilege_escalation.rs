//! `iam_policy_no_privilege_escalation`

use macros::check;
use model::{Verdict, when};

use crate::views::iam::Grants;

/// Actions that, allowed together on every resource, are as good as all actions: who has them can give
/// himself the rest, or take over an identity that has it.
const COMBINATIONS: [&[&str]; 24] = [
    // Changing what a policy that one already has says.
    &["iam:CreatePolicyVersion"],
    &["iam:SetDefaultPolicyVersion"],
    // Attaching or writing a policy.
    &["iam:AttachUserPolicy"],
    &["iam:AttachGroupPolicy"],
    &["iam:AttachRolePolicy"],
    &["iam:PutUserPolicy"],
    &["iam:PutGroupPolicy"],
    &["iam:PutRolePolicy"],
    &["iam:AddUserToGroup"],
    // Taking the place of somebody else.
    &["iam:CreateAccessKey"],
    &["iam:CreateLoginProfile"],
    &["iam:UpdateLoginProfile"],
    &["iam:UpdateAssumeRolePolicy"],
    // Starting something that runs as a stronger role.
    &["iam:PassRole", "ec2:RunInstances"],
    &["iam:PassRole", "lambda:CreateFunction"],
    &["iam:PassRole", "ecs:RunTask"],
    &["iam:PassRole", "ecs:CreateService"],
    &["iam:PassRole", "cloudformation:CreateStack"],
    &["iam:PassRole", "codebuild:CreateProject"],
    &["iam:PassRole", "glue:CreateJob"],
    &["iam:PassRole", "glue:CreateDevEndpoint"],
    &["iam:PassRole", "sagemaker:CreateNotebookInstance"],
    &["iam:PassRole", "states:CreateStateMachine"],
    &["iam:PassRole", "ssm:StartAutomationExecution"],
];

/// IAM policies do not let their holder raise their own rights
///
/// Some actions are worth more than they look. Who may write policies or pass any role to a machine that
/// they start can do everything that the strongest role in the account can do. A policy that confines
/// those actions to certain resources, or ties them to a condition, passes; what allows everything is
/// the matter of `iam_policy_no_full_admin`.
///
/// ## Fix
/// Name the roles in the `Resource` of `iam:PassRole` and tie it to `iam:PassedToService`. Confine actions
/// that change policies to a path and demand a permissions boundary (`iam:PermissionsBoundary`). Split
/// what deploys from what runs.
/// ```yaml,fail
/// Type: AWS::IAM::ManagedPolicy
/// Properties:
///   PolicyDocument:
///     Statement: [{ Effect: Allow, Action: [iam:PassRole, ec2:RunInstances], Resource: "*" }]
/// ```
/// ```yaml,fail
/// Type: AWS::IAM::ManagedPolicy
/// Properties:
///   PolicyDocument:
///     Statement: [{ Effect: Allow, Action: iam:Put*, Resource: "arn:aws:iam::*:role/*" }]
/// ```
/// ```yaml,pass
/// Type: AWS::IAM::ManagedPolicy
/// Properties:
///   PolicyDocument:
///     Statement:
///       - { Effect: Allow, Action: ec2:RunInstances, Resource: "*" }
///       - { Effect: Allow, Action: iam:PassRole, Resource: !Sub "arn:aws:iam::${AWS::AccountId}:role/web" }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::IAM::ManagedPolicy
/// Properties:
///   PolicyDocument:
///     Statement: [{ Effect: Allow, Action: "*", Resource: "*" }]
/// ```
#[check(SEC03_BP02, severity = High, effort = Medium, needs = [Testing])]
fn iam_policy_no_privilege_escalation(grants: &Grants) -> Verdict {
    grants
        .each_policy(|policy| when(policy.must_not_grant_everything(), || policy.must_not_allow_any_of(&COMBINATIONS)))
}
