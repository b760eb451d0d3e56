//! Amazon DynamoDB and Amazon RDS.

use serde_json::{Value, json};

use super::{Account, with};
use crate::cloud::answer::Answer;
use crate::cloud::population::{Kind, name, number_of};

pub(super) fn tables(account: &Account<'_>) -> Option<Answer> {
    let (population, region, question) = (account.population, account.region(), account.question);
    let total = population.count(Kind::Table, region);
    let named = [question.text("TableName"), question.text("ResourceArn")];
    let number = named.into_iter().find_map(number_of).filter(|number| *number < total);
    let dice = |what: &str| population.dice(Kind::Table, &format!("{region} {what}"), number.unwrap_or(0));
    let status = |on: bool| if on { "ENABLED" } else { "DISABLED" };
    Some(match (question.operation.as_str(), number) {
        ("ListTables", _) => {
            let (names, next) = account.items(total, "Limit", 100, |number| json!(name(number)));
            with(json!({ "TableNames": names }), "LastEvaluatedTableName", next)
        }
        ("DescribeTable", Some(number)) => Answer::Tree(json!({ "Table": table(account, number) })),
        ("DescribeContinuousBackups", Some(_)) => {
            let recovery = json!({ "PointInTimeRecoveryStatus": status(dice("backups").happens(50)) });
            Answer::Tree(json!({ "ContinuousBackupsDescription": {
                "ContinuousBackupsStatus": "ENABLED", "PointInTimeRecoveryDescription": recovery } }))
        }
        ("DescribeTimeToLive", Some(_)) => Answer::Tree(json!({ "TimeToLiveDescription": {
            "TimeToLiveStatus": status(dice("expiry").happens(30)) } })),
        ("ListTagsOfResource", Some(_)) => {
            Answer::Tree(json!({ "Tags": [{ "Key": "Environment", "Value": "production" }] }))
        }
        _ if named.iter().any(|name| !name.is_empty()) => Answer::Error(400, "ResourceNotFoundException"),
        _ => return None,
    })
}

fn table(account: &Account<'_>, number: usize) -> Value {
    let mut dice = account.population.dice(Kind::Table, account.region(), number);
    let named = name(number);
    let mut table = json!({
        "TableName": named,
        "TableArn": account.arn("dynamodb", &format!("table/{named}")),
        "TableStatus": "ACTIVE",
        "AttributeDefinitions": [{ "AttributeName": "id", "AttributeType": "S" }],
        "KeySchema": [{ "AttributeName": "id", "KeyType": "HASH" }],
        "CreationDateTime": 1_714_550_400.5,
        "ProvisionedThroughput": { "NumberOfDecreasesToday": 0, "ReadCapacityUnits": 5, "WriteCapacityUnits": 5 },
        "TableSizeBytes": dice.below(1 << 30),
        "ItemCount": dice.below(1 << 20),
        "DeletionProtectionEnabled": dice.happens(30),
    });
    if dice.happens(50) {
        table["BillingModeSummary"] = json!({ "BillingMode": "PAY_PER_REQUEST" });
    }
    if dice.happens(30) {
        let key = account.arn("kms", "key/00000000-0000-4000-8000-000000000000");
        table["SSEDescription"] = json!({ "Status": "ENABLED", "SSEType": "KMS", "KMSMasterKeyArn": key });
    }
    table
}

pub(super) fn instances(account: &Account<'_>) -> Option<Answer> {
    let total = account.population.count(Kind::Database, account.region());
    if account.question.operation != "DescribeDBInstances" {
        return None;
    }
    let (items, next) = account.items(total, "MaxRecords", 100, |number| instance(account, number));
    Some(with(json!({ "DBInstances": { "DBInstance": items } }), "Marker", next))
}

fn instance(account: &Account<'_>, number: usize) -> Value {
    let (population, region) = (account.population, account.region());
    let mut dice = population.dice(Kind::Database, region, number);
    let named = name(number);
    let engine = dice.one(&["postgres", "mysql", "mariadb"]);
    json!({
        "DBInstanceIdentifier": named,
        "DBInstanceArn": account.arn("rds", &format!("db:{named}")),
        "DBInstanceClass": dice.one(&["db.t3.medium", "db.r6g.large", "db.m5.large"]),
        "Engine": engine,
        "EngineVersion": if engine == "postgres" { "16.3" } else { "8.0.35" },
        "DBInstanceStatus": "available",
        "MasterUsername": "admin",
        "AllocatedStorage": 100,
        "InstanceCreateTime": "2024-05-01T09:00:00.000Z",
        "PreferredBackupWindow": "03:00-03:30",
        "BackupRetentionPeriod": dice.one(&["0", "1", "7", "30"]),
        "VpcSecurityGroups": { "VpcSecurityGroupMembership": [
            { "VpcSecurityGroupId": population.id("sg", Kind::SecurityGroup, region, 0), "Status": "active" },
        ] },
        "DBSubnetGroup": { "DBSubnetGroupName": "default",
                           "VpcId": population.id("vpc", Kind::Vpc, region, 0) },
        "PreferredMaintenanceWindow": "sun:04:00-sun:04:30",
        "MultiAZ": dice.happens(50),
        "AutoMinorVersionUpgrade": dice.happens(80),
        "LicenseModel": "general-public-license",
        "PubliclyAccessible": dice.happens(10),
        "StorageType": "gp3",
        "StorageEncrypted": dice.happens(70),
        "CACertificateIdentifier": "rds-ca-rsa2048-g1",
        "CopyTagsToSnapshot": dice.happens(60),
        "MonitoringInterval": if dice.happens(50) { 60 } else { 0 },
        "IAMDatabaseAuthenticationEnabled": dice.happens(30),
        "PerformanceInsightsEnabled": dice.happens(50),
        "DeletionProtection": dice.happens(60),
        "TagList": { "Tag": [{ "Key": "Environment", "Value": "production" }] },
    })
}
