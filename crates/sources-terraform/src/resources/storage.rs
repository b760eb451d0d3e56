//! File systems and backups.

use model::{Node, Value};

use crate::mapping::{From, Is, List, Mapping, One, Rule, Take, With, argument, is_open, properties};
use crate::shape::{as_bool, items, json, map, snapshot_unless, unless_zero};

pub(crate) static MAPPINGS: &[Mapping] = &[
    Mapping::own(
        "aws_efs_file_system",
        "AWS::EFS::FileSystem",
        &[
            Take("encrypted", "Encrypted"),
            Take("kms_key_id", "KmsKeyId"),
            Take("performance_mode", "PerformanceMode"),
            Take("throughput_mode", "ThroughputMode"),
            With("provisioned_throughput_in_mibps", "ProvisionedThroughputInMibps", unless_zero),
            Take("availability_zone_name", "AvailabilityZoneName"),
            List(
                "lifecycle_policy",
                "LifecyclePolicies",
                &[
                    Take("transition_to_ia", "TransitionToIA"),
                    Take("transition_to_archive", "TransitionToArchive"),
                    Take("transition_to_primary_storage_class", "TransitionToPrimaryStorageClass"),
                ],
            ),
            Take("tags_all", "FileSystemTags"),
        ],
    ),
    Mapping::part(
        "aws_efs_backup_policy",
        &["AWS::EFS::FileSystem"],
        "file_system_id",
        &[One("backup_policy", "BackupPolicy", &[Take("status", "Status")])],
    ),
    Mapping::part(
        "aws_efs_file_system_policy",
        &["AWS::EFS::FileSystem"],
        "file_system_id",
        &[With("policy", "FileSystemPolicy", json)],
    ),
    Mapping::own(
        "aws_fsx_windows_file_system",
        "AWS::FSx::FileSystem",
        &[
            Is("FileSystemType", "WINDOWS"),
            One("", "", FILE_SYSTEM),
            One(
                "",
                "WindowsConfiguration",
                &[
                    One("", "", FILE_SERVER),
                    Take("active_directory_id", "ActiveDirectoryId"),
                    Take("aliases", "Aliases"),
                    One(
                        "self_managed_active_directory",
                        "SelfManagedActiveDirectoryConfiguration",
                        &[
                            Take("domain_name", "DomainName"),
                            Take("dns_ips", "DnsIps"),
                            Take("username", "UserName"),
                            Take("password", "Password"),
                        ],
                    ),
                ],
            ),
            From(&["skip_final_backup"], "@DeletionPolicy", |values| snapshot_unless(values, "skip_final_backup")),
            From(&["skip_final_backup"], "@UpdateReplacePolicy", |values| snapshot_unless(values, "skip_final_backup")),
        ],
    ),
    Mapping::own(
        "aws_fsx_ontap_file_system",
        "AWS::FSx::FileSystem",
        &[
            Is("FileSystemType", "ONTAP"),
            One("", "", FILE_SYSTEM),
            One(
                "",
                "OntapConfiguration",
                &[
                    One("", "", FILE_SERVER),
                    Take("fsx_admin_password", "FsxAdminPassword"),
                    Take("ha_pairs", "HAPairs"),
                ],
            ),
        ],
    ),
    Mapping::own(
        "aws_fsx_openzfs_file_system",
        "AWS::FSx::FileSystem",
        &[
            Is("FileSystemType", "OPENZFS"),
            One("", "", FILE_SYSTEM),
            One("", "OpenZFSConfiguration", FILE_SERVER),
            From(&["skip_final_backup"], "@DeletionPolicy", |values| snapshot_unless(values, "skip_final_backup")),
            From(&["skip_final_backup"], "@UpdateReplacePolicy", |values| snapshot_unless(values, "skip_final_backup")),
        ],
    ),
    Mapping::own(
        "aws_fsx_lustre_file_system",
        "AWS::FSx::FileSystem",
        &[
            Is("FileSystemType", "LUSTRE"),
            One("", "", FILE_SYSTEM),
            One(
                "",
                "LustreConfiguration",
                &[
                    Take("deployment_type", "DeploymentType"),
                    Take("automatic_backup_retention_days", "AutomaticBackupRetentionDays"),
                    Take("copy_tags_to_backups", "CopyTagsToBackups"),
                    Take("data_compression_type", "DataCompressionType"),
                    Take("per_unit_storage_throughput", "PerUnitStorageThroughput"),
                ],
            ),
            From(&["skip_final_backup"], "@DeletionPolicy", backed_up_if_asked),
            From(&["skip_final_backup"], "@UpdateReplacePolicy", backed_up_if_asked),
        ],
    ),
    Mapping::own(
        "aws_backup_plan",
        "AWS::Backup::BackupPlan",
        &[
            Take("name", "BackupPlan.BackupPlanName"),
            List(
                "rule",
                "BackupPlan.BackupPlanRule",
                &[
                    Take("rule_name", "RuleName"),
                    Take("target_vault_name", "TargetBackupVault"),
                    Take("schedule", "ScheduleExpression"),
                    Take("enable_continuous_backup", "EnableContinuousBackup"),
                    One("lifecycle", "Lifecycle", LIFECYCLE),
                    List(
                        "copy_action",
                        "CopyActions",
                        &[
                            Take("destination_vault_arn", "DestinationBackupVaultArn"),
                            One("lifecycle", "Lifecycle", LIFECYCLE),
                        ],
                    ),
                ],
            ),
            Take("tags_all", "BackupPlanTags"),
        ],
    ),
    Mapping::own(
        "aws_backup_selection",
        "AWS::Backup::BackupSelection",
        &[
            Take("plan_id", "BackupPlanId"),
            Take("name", "BackupSelection.SelectionName"),
            Take("iam_role_arn", "BackupSelection.IamRoleArn"),
            Take("resources", "BackupSelection.Resources"),
            Take("not_resources", "BackupSelection.NotResources"),
            List(
                "selection_tag",
                "BackupSelection.ListOfTags",
                &[Take("type", "ConditionType"), Take("key", "ConditionKey"), Take("value", "ConditionValue")],
            ),
            From(&["condition"], "BackupSelection.Conditions", conditions),
        ],
    ),
    Mapping::own(
        "aws_backup_vault",
        "AWS::Backup::BackupVault",
        &[
            Take("name", "BackupVaultName"),
            Take("kms_key_arn", "EncryptionKeyArn"),
            Take("tags_all", "BackupVaultTags"),
        ],
    )
    .named("name"),
    Mapping::part(
        "aws_backup_vault_lock_configuration",
        &["AWS::Backup::BackupVault"],
        "backup_vault_name",
        &[One(
            "",
            "LockConfiguration",
            &[
                Take("min_retention_days", "MinRetentionDays"),
                Take("max_retention_days", "MaxRetentionDays"),
                Take("changeable_for_days", "ChangeableForDays"),
            ],
        )],
    ),
    Mapping::part(
        "aws_backup_vault_policy",
        &["AWS::Backup::BackupVault"],
        "backup_vault_name",
        &[With("policy", "AccessPolicy", json)],
    ),
    Mapping::own(
        "aws_backup_restore_testing_plan",
        "AWS::Backup::RestoreTestingPlan",
        &[
            Take("name", "RestoreTestingPlanName"),
            Take("schedule_expression", "ScheduleExpression"),
            Take("start_window_hours", "StartWindowHours"),
            One(
                "recovery_point_selection",
                "RecoveryPointSelection",
                &[
                    Take("algorithm", "Algorithm"),
                    Take("include_vaults", "IncludeVaults"),
                    Take("recovery_point_types", "RecoveryPointTypes"),
                    Take("selection_window_days", "SelectionWindowDays"),
                ],
            ),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_backup_restore_testing_selection",
        "AWS::Backup::RestoreTestingSelection",
        &[
            Take("name", "RestoreTestingSelectionName"),
            Take("restore_testing_plan_name", "RestoreTestingPlanName"),
            Take("protected_resource_type", "ProtectedResourceType"),
            Take("protected_resource_arns", "ProtectedResourceArns"),
            Take("iam_role_arn", "IamRoleArn"),
            Take("validation_window_hours", "ValidationWindowHours"),
        ],
    )
    .named("name"),
];

const FILE_SYSTEM: &[Rule] = &[
    With("storage_capacity", "StorageCapacity", unless_zero),
    Take("storage_type", "StorageType"),
    Take("kms_key_id", "KmsKeyId"),
    Take("subnet_ids", "SubnetIds"),
    Take("security_group_ids", "SecurityGroupIds"),
    Take("tags_all", "Tags"),
];

const FILE_SERVER: &[Rule] = &[
    Take("deployment_type", "DeploymentType"),
    Take("throughput_capacity", "ThroughputCapacity"),
    Take("preferred_subnet_id", "PreferredSubnetId"),
    Take("automatic_backup_retention_days", "AutomaticBackupRetentionDays"),
    Take("daily_automatic_backup_start_time", "DailyAutomaticBackupStartTime"),
];

const LIFECYCLE: &[Rule] = &[
    With("delete_after", "DeleteAfterDays", unless_zero),
    With("cold_storage_after", "MoveToColdStorageAfterDays", unless_zero),
    Take("opt_in_to_archive_for_supported_resources", "OptInToArchiveForSupportedResources"),
];

/// The provider makes no last backup of these by itself.
fn backed_up_if_asked(file_system: &Node) -> Option<Node> {
    let skip = argument(file_system, "skip_final_backup")?;
    if as_bool(skip) == Some(true) { None } else { snapshot_unless(file_system, "skip_final_backup") }
}

/// The conditions of a selection by how they compare. Without any, there is nothing.
fn conditions(selection: &Node) -> Option<Node> {
    let blocks = argument(selection, "condition")?;
    if is_open(blocks) {
        return Some(blocks.clone());
    }
    let kinds = [
        ("string_equals", "StringEquals"),
        ("string_like", "StringLike"),
        ("string_not_equals", "StringNotEquals"),
        ("string_not_like", "StringNotLike"),
    ];
    let mut made = Vec::new();
    for (block, name) in kinds {
        let mut compared = Vec::new();
        for condition in items(Some(blocks)) {
            match argument(condition, block).or(Some(condition).filter(|condition| is_open(condition))) {
                Some(open) if is_open(open) => return Some(Node { origin: blocks.origin, ..open.clone() }),
                found => compared.extend(items(found).iter().map(condition_of)),
            }
        }
        if !compared.is_empty() {
            made.push((name, Node::new(Value::List(compared), blocks.origin)));
        }
    }
    if made.is_empty() { None } else { Some(map(made, blocks.origin)) }
}

fn condition_of(block: &Node) -> Node {
    if is_open(block) {
        return block.clone();
    }
    properties(&[Take("key", "ConditionKey"), Take("value", "ConditionValue")], block)
}

#[cfg(test)]
mod tests {
    use model::{Expression, ExpressionKind, Origin, SourceId};
    use serde_json::json;

    use super::*;

    fn node(value: serde_json::Value) -> Node {
        Node::from_json(value, Origin::new(SourceId(0), 1, 1))
    }

    #[test]
    fn conditions_of_a_selection() {
        let blank = json!({ "string_equals": [], "string_like": [] });
        assert_eq!(conditions(&node(json!({ "condition": [blank] }))), None);
        let equals =
            json!({ "condition": [{ "string_equals": [{ "key": "aws:ResourceTag/Tier", "value": "gold" }] }] });
        let wanted = json!({ "StringEquals": [{ "ConditionKey": "aws:ResourceTag/Tier", "ConditionValue": "gold" }] });
        assert_eq!(conditions(&node(equals)), Some(node(wanted)));
        let open = Node::unresolved(Expression::new("var.tags", ExpressionKind::Choice), node(json!(0)).origin);
        let mut selection = node(json!({}));
        crate::mapping::put(&mut selection, "condition", Node::new(Value::List(vec![open.clone()]), open.origin));
        assert_eq!(conditions(&selection), Some(open));
    }

    #[test]
    fn a_last_backup_of_lustre_is_made_when_it_is_asked_for() {
        assert_eq!(backed_up_if_asked(&node(json!({}))), None);
        assert_eq!(backed_up_if_asked(&node(json!({ "skip_final_backup": true }))), None);
        assert_eq!(backed_up_if_asked(&node(json!({ "skip_final_backup": false }))), Some(node(json!("Snapshot"))));
    }
}
