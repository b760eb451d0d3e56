//! Roles, users, groups, what they may do, and how users sign in.

use indexmap::IndexMap;
use model::{Node, Value};

use crate::mapping::{From, List, Mapping, Take, With, argument, is_open, properties};
use crate::shape::{json, listed};

const ROLE: &[&str] = &["AWS::IAM::Role"];
const USER: &[&str] = &["AWS::IAM::User"];
const GROUP: &[&str] = &["AWS::IAM::Group"];

pub(crate) static MAPPINGS: &[Mapping] = &[
    Mapping::own(
        "aws_iam_role",
        "AWS::IAM::Role",
        &[
            Take("name", "RoleName"),
            Take("path", "Path"),
            Take("description", "Description"),
            With("assume_role_policy", "AssumeRolePolicyDocument", json),
            Take("managed_policy_arns", "ManagedPolicyArns"),
            With("inline_policy", "Policies", inline_policies),
            Take("permissions_boundary", "PermissionsBoundary"),
            Take("max_session_duration", "MaxSessionDuration"),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::part("aws_iam_role_policy_attachment", ROLE, "role", &[Take("policy_arn", "ManagedPolicyArns[]")]),
    Mapping::part(
        "aws_iam_role_policy_attachments_exclusive",
        ROLE,
        "role_name",
        &[Take("policy_arns", "ManagedPolicyArns[]")],
    ),
    // It names the policies that are written elsewhere, and adds none.
    Mapping::part("aws_iam_role_policies_exclusive", ROLE, "role_name", &[]),
    Mapping::own(
        "aws_iam_user",
        "AWS::IAM::User",
        &[
            Take("name", "UserName"),
            Take("path", "Path"),
            Take("permissions_boundary", "PermissionsBoundary"),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::part("aws_iam_user_policy_attachment", USER, "user", &[Take("policy_arn", "ManagedPolicyArns[]")]),
    Mapping::part(
        "aws_iam_user_policy_attachments_exclusive",
        USER,
        "user_name",
        &[Take("policy_arns", "ManagedPolicyArns[]")],
    ),
    Mapping::part("aws_iam_user_policies_exclusive", USER, "user_name", &[]),
    Mapping::part("aws_iam_user_group_membership", USER, "user", &[Take("groups", "Groups[]")]),
    Mapping::part(
        "aws_iam_user_login_profile",
        USER,
        "user",
        &[From(&["password_reset_required"], "LoginProfile", login_profile)],
    ),
    Mapping::own("aws_iam_group", "AWS::IAM::Group", &[Take("name", "GroupName"), Take("path", "Path")]).named("name"),
    Mapping::part("aws_iam_group_policy_attachment", GROUP, "group", &[Take("policy_arn", "ManagedPolicyArns[]")]),
    Mapping::part(
        "aws_iam_group_policy_attachments_exclusive",
        GROUP,
        "group_name",
        &[Take("policy_arns", "ManagedPolicyArns[]")],
    ),
    Mapping::part("aws_iam_group_policies_exclusive", GROUP, "group_name", &[]),
    Mapping::own(
        "aws_iam_group_membership",
        "AWS::IAM::UserToGroupAddition",
        &[Take("group", "GroupName"), Take("users", "Users")],
    ),
    Mapping::part("aws_iam_policy_attachment", ROLE, "roles", &[Take("policy_arn", "ManagedPolicyArns[]")]),
    Mapping::part("aws_iam_policy_attachment", USER, "users", &[Take("policy_arn", "ManagedPolicyArns[]")]),
    Mapping::part("aws_iam_policy_attachment", GROUP, "groups", &[Take("policy_arn", "ManagedPolicyArns[]")]),
    Mapping::own(
        "aws_iam_role_policy",
        "AWS::IAM::Policy",
        &[Take("name", "PolicyName"), With("role", "Roles", listed), With("policy", "PolicyDocument", json)],
    )
    .named("name"),
    Mapping::own(
        "aws_iam_user_policy",
        "AWS::IAM::Policy",
        &[Take("name", "PolicyName"), With("user", "Users", listed), With("policy", "PolicyDocument", json)],
    )
    .named("name"),
    Mapping::own(
        "aws_iam_group_policy",
        "AWS::IAM::Policy",
        &[Take("name", "PolicyName"), With("group", "Groups", listed), With("policy", "PolicyDocument", json)],
    )
    .named("name"),
    Mapping::own(
        "aws_iam_policy",
        "AWS::IAM::ManagedPolicy",
        &[
            Take("name", "ManagedPolicyName"),
            Take("path", "Path"),
            Take("description", "Description"),
            With("policy", "PolicyDocument", json),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::own("aws_iam_access_key", "AWS::IAM::AccessKey", &[Take("user", "UserName"), Take("status", "Status")]),
    Mapping::own(
        "aws_iam_instance_profile",
        "AWS::IAM::InstanceProfile",
        &[
            Take("name", "InstanceProfileName"),
            Take("path", "Path"),
            With("role", "Roles", listed),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_iam_server_certificate",
        "AWS::IAM::ServerCertificate",
        &[
            Take("name", "ServerCertificateName"),
            Take("path", "Path"),
            Take("certificate_body", "CertificateBody"),
            Take("certificate_chain", "CertificateChain"),
            Take("private_key", "PrivateKey"),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_iam_openid_connect_provider",
        "AWS::IAM::OIDCProvider",
        &[
            Take("url", "Url"),
            Take("client_id_list", "ClientIdList"),
            Take("thumbprint_list", "ThumbprintList"),
            Take("tags_all", "Tags"),
        ],
    ),
    Mapping::own(
        "aws_iam_saml_provider",
        "AWS::IAM::SAMLProvider",
        &[Take("name", "Name"), Take("saml_metadata_document", "SamlMetadataDocument"), Take("tags_all", "Tags")],
    )
    .named("name"),
    Mapping::own(
        "aws_iam_service_linked_role",
        "AWS::IAM::ServiceLinkedRole",
        &[
            Take("aws_service_name", "AWSServiceName"),
            Take("custom_suffix", "CustomSuffix"),
            Take("description", "Description"),
        ],
    ),
    Mapping::own(
        "aws_iam_account_password_policy",
        "Pilaster::PasswordPolicy",
        &[
            Take("minimum_password_length", "MinimumPasswordLength"),
            Take("password_reuse_prevention", "PasswordReusePrevention"),
            Take("max_password_age", "MaxPasswordAge"),
            Take("require_lowercase_characters", "RequireLowercaseCharacters"),
            Take("require_uppercase_characters", "RequireUppercaseCharacters"),
            Take("require_numbers", "RequireNumbers"),
            Take("require_symbols", "RequireSymbols"),
            Take("allow_users_to_change_password", "AllowUsersToChangePassword"),
            Take("hard_expiry", "HardExpiry"),
        ],
    ),
];

/// The policies within a role. An empty block says that it has none.
fn inline_policies(mut node: Node) -> Option<Node> {
    const RULES: &[crate::mapping::Rule] =
        &[List("", "Policies", &[Take("name", "PolicyName"), With("policy", "PolicyDocument", json)])];
    if let Value::List(blocks) = &mut node.value {
        blocks.retain(|block| is_open(block) || argument(block, "policy").is_some());
    }
    properties(RULES, &node).get("Policies").cloned()
}

/// That a user has a password, which no code tells.
fn login_profile(values: &Node) -> Option<Node> {
    let reset = argument(values, "password_reset_required").cloned();
    let entries: IndexMap<_, _> = reset.map(|node| ("PasswordResetRequired".to_owned(), node)).into_iter().collect();
    Some(Node::new(Value::Map(entries), values.origin))
}

#[cfg(test)]
mod tests {
    use model::{Origin, SourceId};
    use serde_json::json;

    use super::*;

    fn node(value: serde_json::Value) -> Node {
        Node::from_json(value, Origin::new(SourceId(0), 1, 1))
    }

    #[test]
    fn an_empty_block_is_no_policy() {
        let policies = |value| inline_policies(node(value));
        assert_eq!(policies(json!([{}])), None);
        let written = json!([{ "name": null, "policy": "" }, { "name": "read", "policy": "{\"Statement\": []}" }]);
        let wanted = json!([{ "PolicyName": "read", "PolicyDocument": { "Statement": [] } }]);
        assert_eq!(policies(written), Some(node(wanted)));
    }

    #[test]
    fn a_login_profile_is_there_whatever_it_says() {
        assert_eq!(login_profile(&node(json!({ "user": "ann" }))), Some(node(json!({}))));
        let written = json!({ "user": "ann", "password_reset_required": true });
        assert_eq!(login_profile(&node(written)), Some(node(json!({ "PasswordResetRequired": true }))));
    }
}
