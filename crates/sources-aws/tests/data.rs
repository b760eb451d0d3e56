//! Databases, file systems, containers and what belongs to them: read from a stand-in, judged by checks.

mod support;

use serde_json::json;
use support::{found, scanned, statuses};
use testbed::cloud::Reply;

#[tokio::test]
async fn dynamodb_tables() {
    let reply = |denied: bool| {
        move |asked: &testbed::cloud::Asked| match asked.operation() {
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
