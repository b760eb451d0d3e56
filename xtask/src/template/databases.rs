//! Databases and caches.

use serde_json::{Value, json};

use super::{Draft, reference, when};

pub(super) fn add(draft: &mut Draft) {
    draft.add(
        "DatabaseSubnets",
        "AWS::RDS::DBSubnetGroup",
        json!({
            "DBSubnetGroupDescription": "Private",
            "SubnetIds": [draft.to("SubnetA"), draft.to("SubnetB")],
        }),
    );
    instance(draft);
    cluster(draft);
    table(draft);
    cache(draft);
}

fn instance(draft: &mut Draft) {
    let sound = draft.sound();
    draft.add_with(
        "Database",
        "AWS::RDS::DBInstance",
        json!({
            "Engine": "postgres",
            "EngineVersion": if sound { "17.4" } else { "11.22" },
            "DBInstanceClass": { "Fn::FindInMap": ["Sizes", reference("Environment"), "Database"] },
            "AllocatedStorage": "100",
            "StorageType": if sound { "gp3" } else { "gp2" },
            "StorageEncrypted": sound,
            "KmsKeyId": when(sound, || draft.to("Key")),
            "MultiAZ": { "Fn::If": ["IsProduction", sound, false] },
            "PubliclyAccessible": !sound,
            "BackupRetentionPeriod": if sound { reference("RetentionDays") } else { json!(0) },
            "DeletionProtection": sound,
            "AutoMinorVersionUpgrade": sound,
            "EnablePerformanceInsights": when(sound, || true.into()),
            "MasterUsername": "master",
            "ManageMasterUserPassword": when(sound, || true.into()),
            "MasterUserPassword": when(!sound, || reference("DatabasePassword")),
            "DBSubnetGroupName": draft.to("DatabaseSubnets"),
            "VPCSecurityGroups": [draft.attribute("DataSecurityGroup", "GroupId")],
            "Tags": draft.tags(sound),
        }),
        json!({ "DeletionPolicy": if sound { "Snapshot" } else { "Delete" }, "UpdateReplacePolicy": "Snapshot" }),
    );
}

fn cluster(draft: &mut Draft) {
    let sound = draft.sound();
    draft.add_with(
        "Cluster",
        "AWS::RDS::DBCluster",
        json!({
            "Engine": "aurora-postgresql",
            "MasterUsername": "master",
            "MasterUserPassword": { "Fn::Sub": format!("{{{{resolve:secretsmanager:${{{}}}}}}}", draft.id("Secret")) },
            "StorageEncrypted": sound,
            "BackupRetentionPeriod": if sound { 14 } else { 1 },
            "DeletionProtection": sound,
            "EnableCloudwatchLogsExports": when(sound, || json!(["postgresql"])),
            "EnableIAMDatabaseAuthentication": sound,
            "DBSubnetGroupName": draft.to("DatabaseSubnets"),
            "VpcSecurityGroupIds": [draft.attribute("DataSecurityGroup", "GroupId")],
            "CopyTagsToSnapshot": sound,
        }),
        json!({ "DeletionPolicy": "Snapshot" }),
    );
    let class = draft.pick(&["db.r5.large", "db.r7g.large", "db.serverless"]);
    draft.add(
        "ClusterMember",
        "AWS::RDS::DBInstance",
        json!({
            "Engine": "aurora-postgresql",
            "DBClusterIdentifier": draft.to("Cluster"),
            "DBInstanceClass": class,
            "PubliclyAccessible": false,
        }),
    );
}

fn table(draft: &mut Draft) {
    let sound = draft.sound();
    draft.add(
        "Table",
        "AWS::DynamoDB::Table",
        json!({
            "AttributeDefinitions": [{ "AttributeName": "id", "AttributeType": "S" }],
            "KeySchema": [{ "AttributeName": "id", "KeyType": "HASH" }],
            "BillingMode": if sound { "PAY_PER_REQUEST" } else { "PROVISIONED" },
            "ProvisionedThroughput": when(!sound, || json!({ "ReadCapacityUnits": 50, "WriteCapacityUnits": 50 })),
            "PointInTimeRecoverySpecification": { "PointInTimeRecoveryEnabled": sound },
            "SSESpecification": when(sound, || json!({
                "SSEEnabled": true,
                "SSEType": "KMS",
                "KMSMasterKeyId": draft.attribute("Key", "Arn"),
            })),
            "DeletionProtectionEnabled": { "Fn::If": ["HasTeam", sound, reference("AWS::NoValue")] },
            "Tags": draft.tags(sound),
        }),
    );
}

fn cache(draft: &mut Draft) {
    let sound = draft.sound();
    draft.add(
        "CacheSubnets",
        "AWS::ElastiCache::SubnetGroup",
        json!({ "Description": "Private", "SubnetIds": subnets(draft) }),
    );
    draft.add(
        "Cache",
        "AWS::ElastiCache::ReplicationGroup",
        json!({
            "ReplicationGroupDescription": "Sessions",
            "Engine": "redis",
            "CacheNodeType": "cache.t4g.small",
            "NumCacheClusters": if sound { 2 } else { 1 },
            "AutomaticFailoverEnabled": sound,
            "MultiAZEnabled": sound,
            "AtRestEncryptionEnabled": sound,
            "TransitEncryptionEnabled": sound,
            "SnapshotRetentionLimit": when(sound, || json!(7)),
            "CacheSubnetGroupName": draft.to("CacheSubnets"),
            "SecurityGroupIds": [draft.to("DataSecurityGroup")],
        }),
    );
}

fn subnets(draft: &Draft) -> Value {
    json!([draft.to("SubnetA"), draft.to("SubnetB")])
}
