//! Databases, file systems, containers and what belongs to them: read from a stand-in, judged by checks.

mod support;

use serde_json::json;
use support::{found, is_empty_or_denied, property, route, scanned, statuses};
use testbed::cloud::{Asked, Reply};

#[tokio::test]
async fn dynamodb_tables() {
    let reply = |denied: bool| {
        move |asked: &Asked| match asked.operation() {
            "GetResources" => Reply::json(json!({ "ResourceTagMappingList": [{
                "ResourceARN": "arn:aws:dynamodb:us-east-1:1:table/kept", "Tags": [{ "Key": "k", "Value": "v" }],
            }] })),
            "ListTables" => Reply::json(json!({ "TableNames": ["kept", "loose"] })),
            "DescribeTable" => Reply::json(json!({ "Table": {
                "DeletionProtectionEnabled": asked.json()["TableName"] == "kept",
                "BillingModeSummary": { "BillingMode": "PAY_PER_REQUEST" },
            } })),
            "DescribeContinuousBackups" if denied => Reply::error("AccessDeniedException"),
            "DescribeContinuousBackups" => {
                let status = if asked.json()["TableName"] == "kept" { "ENABLED" } else { "DISABLED" };
                Reply::json(json!({ "ContinuousBackupsDescription": {
                    "PointInTimeRecoveryDescription": { "PointInTimeRecoveryStatus": status },
                } }))
            }
            _ => Reply::json(json!({})),
        }
    };
    let inventory = scanned("dynamodb", reply(false)).await;
    assert_eq!(statuses(&inventory, "dynamodb_table_deletion_protection"), ["kept pass", "loose fail"]);
    assert_eq!(statuses(&inventory, "dynamodb_table_pitr"), ["kept pass", "loose fail"]);
    assert_eq!(property(&inventory, "kept", "Tags"), json!([{ "Key": "k", "Value": "v" }]));
    assert_eq!(property(&inventory, "loose", "Tags"), json!(null));
    let inventory = scanned("dynamodb", reply(true)).await;
    assert_eq!(statuses(&inventory, "dynamodb_table_pitr"), ["kept unknown", "loose unknown"]);
    let inventory = scanned("dynamodb", |_| Reply::json(json!({}))).await;
    assert!(found(&inventory).is_empty() && inventory.gaps.is_empty());
}

#[tokio::test]
async fn ecr_repositories() {
    let inventory = scanned("ecr", |asked| match asked.operation() {
        "DescribeRepositories" => Reply::json(json!({ "repositories": [
            { "repositoryName": "fixed", "repositoryArn": "arn:aws:ecr:us-east-1:1:repository/fixed", "imageTagMutability": "IMMUTABLE" },
            { "repositoryName": "loose", "repositoryArn": "arn:aws:ecr:us-east-1:1:repository/loose", "imageTagMutability": "MUTABLE" },
        ] })),
        "GetLifecyclePolicy" if asked.json()["repositoryName"] == "loose" => Reply::error("AccessDeniedException"),
        "GetRepositoryPolicy" => Reply::error("RepositoryPolicyNotFoundException"),
        _ => Reply::json(json!({ "lifecyclePolicyText": "{\"rules\":[]}" })),
    })
    .await;
    assert_eq!(statuses(&inventory, "ecr_tag_immutability"), ["fixed pass", "loose fail"]);
    assert_eq!(statuses(&inventory, "ecr_lifecycle_policy"), ["fixed pass", "loose unknown"]);
}

#[tokio::test]
async fn efs_file_systems() {
    let inventory = scanned("efs", |asked| match asked.path.as_str() {
        path if path.contains("/backup-policy") => Reply::error("AccessDeniedException"),
        path if path.contains("/file-systems?") => Reply::json(json!({ "FileSystems": [
            { "FileSystemId": "fs-1", "Encrypted": true }, { "FileSystemId": "fs-2", "Encrypted": false },
        ] })),
        _ => Reply::json(json!({})),
    })
    .await;
    assert_eq!(statuses(&inventory, "efs_encrypted"), ["fs-1 pass", "fs-2 fail"]);
    assert_eq!(statuses(&inventory, "efs_backup_enabled"), ["fs-1 unknown", "fs-2 unknown"]);
}

#[tokio::test]
async fn replication_instances() {
    let inventory = scanned("dms", |asked| {
        let instance = |id: &str, public: bool| {
            json!({ "ReplicationInstanceIdentifier": id, "ReplicationInstanceArn": format!("arn:{id}"),
                "PubliclyAccessible": public, "ReplicationSubnetGroup": { "ReplicationSubnetGroupIdentifier": "g" } })
        };
        Reply::json(match asked.json()["Marker"].as_str() {
            None => json!({ "ReplicationInstances": [instance("kept", false)], "Marker": "more" }),
            Some(_) => json!({ "ReplicationInstances": [instance("open", true)] }),
        })
    })
    .await;
    assert_eq!(statuses(&inventory, "dms_instance_not_public"), ["kept pass", "open fail"]);
    assert_eq!(property(&inventory, "kept", "ReplicationSubnetGroupIdentifier"), "g");
    let empty = Reply::json(json!({ "ReplicationInstances": [] }));
    let denied = Reply::error("AccessDeniedException");
    is_empty_or_denied("dms", empty, denied, "dms:DescribeReplicationInstances").await;
}

#[tokio::test]
async fn notebooks() {
    let reply = |asked: &Asked| {
        let notebook =
            |name: &str| json!({ "NotebookInstanceName": name, "NotebookInstanceArn": format!("arn:{name}") });
        let body = asked.json();
        Reply::json(match asked.operation() {
            "ListNotebookInstances" if body["NextToken"].is_null() => {
                json!({ "NotebookInstances": [notebook("kept")], "NextToken": "more" })
            }
            "ListNotebookInstances" => json!({ "NotebookInstances": [notebook("open")] }),
            "DescribeNotebookInstance" if body["NotebookInstanceName"] == "kept" => {
                json!({ "SubnetId": "subnet-1", "DirectInternetAccess": "Disabled", "RootAccess": "Disabled",
                    "SecurityGroups": ["sg-1"] })
            }
            "DescribeNotebookInstance" => json!({ "DirectInternetAccess": "Enabled", "RootAccess": "Enabled" }),
            _ => json!({ "Tags": [{ "Key": "Owner", "Value": "shop" }] }),
        })
    };
    let inventory = scanned("sagemaker", reply).await;
    assert_eq!(statuses(&inventory, "sagemaker_notebook_restricted"), ["kept pass", "open fail"]);
    assert_eq!(property(&inventory, "kept", "SecurityGroupIds"), json!(["sg-1"]));
    let inventory = scanned("sagemaker", move |asked| match asked.operation() {
        "DescribeNotebookInstance" => Reply::error("AccessDeniedException"),
        _ => reply(asked),
    })
    .await;
    assert_eq!(statuses(&inventory, "sagemaker_notebook_restricted"), ["kept unknown", "open unknown"]);
    let denied = Reply::error("AccessDeniedException");
    is_empty_or_denied("sagemaker", Reply::json(json!({})), denied, "sagemaker:ListNotebookInstances").await;
}

fn backup(asked: &Asked) -> Reply {
    let more = asked.path.contains("nextToken=");
    if asked.operation() == "GetResources" {
        let mapping = json!({ "ResourceARN": "arn:aws:backup:us-east-1:1:backup-vault:kept", "Tags": [{ "Key": "k", "Value": "v" }] });
        return Reply::json(json!({ "ResourceTagMappingList": [mapping] }));
    }
    Reply::json(match route(asked) {
        "/backup/plans/" if !more => {
            json!({ "BackupPlansList": [{ "BackupPlanId": "kept", "BackupPlanName": "daily" }], "NextToken": "more" })
        }
        "/backup/plans/" => json!({ "BackupPlansList": [{ "BackupPlanId": "open" }] }),
        "/backup/plans/kept/" => json!({ "BackupPlan": { "Rules": [
            { "RuleName": "daily", "TargetBackupVaultName": "kept", "Lifecycle": { "DeleteAfterDays": 35 },
              "CopyActions": [{ "DestinationBackupVaultArn": "arn:aws:backup:eu-west-1:1:backup-vault:far" }] },
        ] } }),
        "/backup/plans/open/" => {
            json!({ "BackupPlan": { "Rules": [{ "RuleName": "for ever", "TargetBackupVaultName": "open" }] } })
        }
        "/backup/plans/kept/selections/" => {
            json!({ "BackupSelectionsList": [{ "SelectionId": "all", "BackupPlanId": "kept" }] })
        }
        "/backup/plans/kept/selections/all" => json!({ "BackupSelection": { "SelectionName": "all", "Resources": ["*"],
            "Conditions": { "StringEquals": [], "StringLike": [] } } }),
        "/backup/plans/open/selections/" => json!({ "BackupSelectionsList": [] }),
        "/backup-vaults/" => json!({ "BackupVaultList": [
            { "BackupVaultName": "kept", "BackupVaultArn": "arn:aws:backup:us-east-1:1:backup-vault:kept", "Locked": true,
              "MinRetentionDays": 7 },
            { "BackupVaultName": "open", "BackupVaultArn": "arn:aws:backup:us-east-1:1:backup-vault:open", "Locked": false },
        ] }),
        "/restore-testing/plans" => json!({ "RestoreTestingPlans": [
            { "RestoreTestingPlanName": "tested", "RestoreTestingPlanArn": "arn:tested" }, { "RestoreTestingPlanName": "idle" },
        ] }),
        "/restore-testing/plans/tested/selections" => json!({ "RestoreTestingSelections": [
            { "RestoreTestingPlanName": "tested", "RestoreTestingSelectionName": "s", "ProtectedResourceType": "EBS" },
        ] }),
        "/restore-testing/plans/idle/selections" => json!({ "RestoreTestingSelections": [] }),
        _ => json!({}),
    })
}

#[tokio::test]
async fn backups() {
    let inventory = scanned("backup", backup).await;
    assert!(inventory.gaps.is_empty(), "{:?}", inventory.gaps);
    for check in ["backup_cross_region_copy", "backup_plan_retention_bounded", "backup_vault_locked"] {
        assert_eq!(statuses(&inventory, check), ["kept pass", "open fail"], "{check}");
    }
    assert_eq!(statuses(&inventory, "backup_plan_exists"), ["1 pass"]);
    assert_eq!(statuses(&inventory, "backup_restore_tested"), ["1 pass"]);
    assert_eq!(property(&inventory, "kept", "BackupPlan.BackupPlanRule")[0]["TargetBackupVault"], "kept");
    assert_eq!(property(&inventory, "all", "BackupSelection.Conditions"), json!(null));
    let vault =
        |name: &str| found(&inventory).into_iter().find(|found| found.kind.ends_with("Vault") && found.id == name);
    let tags = |name: &str| vault(name).and_then(|vault| vault.properties.get("BackupVaultTags")).is_some();
    assert!(tags("kept") && !tags("open"));
    let denied = || Reply::error("AccessDeniedException");
    let inventory = scanned("backup", move |asked| match route(asked) {
        "/backup/plans/open/" | "/backup/plans/open/selections/" => denied(),
        _ => backup(asked),
    })
    .await;
    assert_eq!(statuses(&inventory, "backup_plan_retention_bounded"), ["kept pass", "open unknown"]);
    assert_eq!(statuses(&inventory, "backup_plan_exists"), ["1 pass"]);
    is_empty_or_denied("backup", Reply::json(json!({})), denied(), "backup:ListBackupPlans").await;
}
