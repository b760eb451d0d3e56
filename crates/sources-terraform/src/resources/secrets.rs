//! Keys and secrets.

use model::{Node, Value};

use crate::mapping::{From, Is, List, Mapping, One, Rule, Take, Unless, With, argument};
use crate::shape::{json, unless_zero};

pub(crate) static MAPPINGS: &[Mapping] = &[
    Mapping::own(
        "aws_kms_key",
        "AWS::KMS::Key",
        &[
            Take("description", "Description"),
            With("policy", "KeyPolicy", json),
            Take("enable_key_rotation", "EnableKeyRotation"),
            With("rotation_period_in_days", "RotationPeriodInDays", unless_zero),
            Take("is_enabled", "Enabled"),
            Take("customer_master_key_spec", "KeySpec"),
            Take("key_usage", "KeyUsage"),
            Take("multi_region", "MultiRegion"),
            Take("deletion_window_in_days", "PendingWindowInDays"),
            From(&["custom_key_store_id", "xks_key_id"], "Origin", origin),
            Take("tags_all", "Tags"),
        ],
    ),
    Mapping::own(
        "aws_kms_external_key",
        "AWS::KMS::Key",
        &[
            Is("Origin", "EXTERNAL"),
            Take("description", "Description"),
            With("policy", "KeyPolicy", json),
            Take("enabled", "Enabled"),
            Take("multi_region", "MultiRegion"),
            Take("deletion_window_in_days", "PendingWindowInDays"),
            Take("tags_all", "Tags"),
        ],
    ),
    Mapping::own(
        "aws_kms_replica_key",
        "AWS::KMS::ReplicaKey",
        &[
            Take("description", "Description"),
            Take("primary_key_arn", "PrimaryKeyArn"),
            With("policy", "KeyPolicy", json),
            Take("enabled", "Enabled"),
            Take("deletion_window_in_days", "PendingWindowInDays"),
            Take("tags_all", "Tags"),
        ],
    ),
    Mapping::part(
        "aws_kms_key_policy",
        &["AWS::KMS::Key", "AWS::KMS::ReplicaKey"],
        "key_id",
        &[With("policy", "KeyPolicy", json)],
    ),
    Mapping::own(
        "aws_kms_alias",
        "AWS::KMS::Alias",
        &[Take("name", "AliasName"), Take("target_key_id", "TargetKeyId")],
    )
    .named("name"),
    Mapping::own(
        "aws_secretsmanager_secret",
        "AWS::SecretsManager::Secret",
        &[
            Take("name", "Name"),
            Take("description", "Description"),
            Take("kms_key_id", "KmsKeyId"),
            List("replica", "ReplicaRegions", &[Take("region", "Region"), Take("kms_key_id", "KmsKeyId")]),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::part(
        "aws_secretsmanager_secret_version",
        &["AWS::SecretsManager::Secret"],
        "secret_id",
        &[
            With("secret_string", "SecretString", json),
            Unless("secret_string", &With("secret_string_wo", "SecretString", json)),
        ],
    ),
    Mapping::each(
        "aws_secretsmanager_secret",
        "policy",
        "AWS::SecretsManager::ResourcePolicy",
        "SecretId",
        &[With("", "ResourcePolicy", json)],
    ),
    Mapping::own(
        "aws_secretsmanager_secret_policy",
        "AWS::SecretsManager::ResourcePolicy",
        &[
            Take("secret_arn", "SecretId"),
            With("policy", "ResourcePolicy", json),
            Take("block_public_policy", "BlockPublicPolicy"),
        ],
    ),
    Mapping::own(
        "aws_secretsmanager_secret_rotation",
        "AWS::SecretsManager::RotationSchedule",
        &[
            Take("secret_id", "SecretId"),
            Take("rotation_lambda_arn", "RotationLambdaARN"),
            Take("rotate_immediately", "RotateImmediatelyOnUpdate"),
            One("rotation_rules", "RotationRules", ROTATION_RULES),
        ],
    ),
    // Up to version 4 of the provider.
    Mapping::each(
        "aws_secretsmanager_secret",
        "rotation_rules",
        "AWS::SecretsManager::RotationSchedule",
        "SecretId",
        &[One("", "RotationRules", ROTATION_RULES)],
    ),
];

const ROTATION_RULES: &[Rule] = &[
    With("automatically_after_days", "AutomaticallyAfterDays", unless_zero),
    Take("duration", "Duration"),
    Take("schedule_expression", "ScheduleExpression"),
];

/// Where the material of a key comes from, where that is not KMS itself.
fn origin(key: &Node) -> Option<Node> {
    let (store, name) = match (argument(key, "xks_key_id"), argument(key, "custom_key_store_id")) {
        (Some(outside), _) => (outside, "EXTERNAL_KEY_STORE"),
        (None, Some(store)) => (store, "AWS_CLOUDHSM"),
        (None, None) => return None,
    };
    Some(match &store.value {
        Value::Unknown(_) => store.clone(),
        _ => Node::new(Value::Text(name.into()), store.origin),
    })
}

#[cfg(test)]
mod tests {
    use model::{Origin, SourceId};
    use serde_json::json;

    use super::*;

    #[test]
    fn where_the_material_of_a_key_comes_from() {
        let node = |value| Node::from_json(value, Origin::new(SourceId(0), 1, 1));
        let origin = |values| origin(&node(values));
        assert_eq!(origin(json!({ "custom_key_store_id": "cks-1" })), Some(node(json!("AWS_CLOUDHSM"))));
        let outside = json!({ "custom_key_store_id": "cks-1", "xks_key_id": "k" });
        assert_eq!(origin(outside), Some(node(json!("EXTERNAL_KEY_STORE"))));
        assert_eq!(origin(json!({ "custom_key_store_id": null })), None);
    }
}
