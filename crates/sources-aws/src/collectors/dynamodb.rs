//! Amazon DynamoDB: tables, their backups, their expiry and their tags.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value};
use serde_json::json;

use crate::shape::{flag, part, text};
use crate::{Collector, Draft, Halt, Reach, Run};

static DYNAMODB: Service = Service {
    endpoint: "dynamodb",
    signing: "dynamodb",
    variable: "DYNAMODB",
    protocol: Protocol::Json { target: "DynamoDB_20120810", version: "1.0" },
    scope: Scope::Regional,
};

static LIST: Call = Call {
    service: &DYNAMODB,
    operation: "ListTables",
    path: "",
    action: "dynamodb:ListTables",
    pages: Pages::Token { answer: "LastEvaluatedTableName", parameter: "ExclusiveStartTableName" },
    yields: &["AWS::DynamoDB::Table"],
    unset: &[],
};

static TABLE: Call = Call {
    service: &DYNAMODB,
    operation: "DescribeTable",
    path: "",
    action: "dynamodb:DescribeTable",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

static BACKUPS: Call = Call {
    service: &DYNAMODB,
    operation: "DescribeContinuousBackups",
    path: "",
    action: "dynamodb:DescribeContinuousBackups",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

static EXPIRY: Call = Call {
    service: &DYNAMODB,
    operation: "DescribeTimeToLive",
    path: "",
    action: "dynamodb:DescribeTimeToLive",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

static TAGS: Call = Call {
    service: &DYNAMODB,
    operation: "ListTagsOfResource",
    path: "",
    action: "dynamodb:ListTagsOfResource",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &[],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "dynamodb",
    reach: Reach::EveryRegion,
    calls: &[&LIST, &TABLE, &BACKUPS, &EXPIRY, &TAGS],
    collect: |run| Box::pin(collect(run)),
};

async fn collect(run: &Run) -> Result<(), Halt> {
    let names = run.list(&LIST, json!({ "Limit": 100 }), "TableNames").await?;
    run.each(names, table).await;
    Ok(())
}

async fn table(run: &Run, name: Node) -> Vec<Draft> {
    let Value::Text(id) = &name.value else { return Vec::new() };
    let (described, backups, expiry) = tokio::join!(
        run.get(&TABLE, json!({ "TableName": &**id })),
        run.get(&BACKUPS, json!({ "TableName": &**id })),
        run.get(&EXPIRY, json!({ "TableName": &**id })),
    );
    let mut draft = Draft::new("AWS::DynamoDB::Table", &**id, name.origin).name(&**id);
    if let Some(table) = described.at("Table") {
        draft = draft.take(
            &table,
            &[
                ("BillingModeSummary.BillingMode", "BillingMode"),
                ("KeySchema", "KeySchema"),
                ("AttributeDefinitions", "AttributeDefinitions"),
                ("ProvisionedThroughput", "ProvisionedThroughput"),
                ("StreamSpecification", "StreamSpecification"),
                ("DeletionProtectionEnabled", "DeletionProtectionEnabled"),
                ("TableClassSummary.TableClass", "TableClass"),
                ("GlobalSecondaryIndexes", "GlobalSecondaryIndexes"),
                ("LocalSecondaryIndexes", "LocalSecondaryIndexes"),
                ("SSEDescription.SSEType", "SSESpecification.SSEType"),
                ("SSEDescription.KMSMasterKeyArn", "SSESpecification.KMSMasterKeyId"),
                ("TableStatus", "Observed.TableStatus"),
                ("CreationDateTime", "Observed.CreationDateTime"),
                ("ItemCount", "Observed.ItemCount"),
                ("TableSizeBytes", "Observed.TableSizeBytes"),
                ("Replicas", "Observed.Replicas"),
            ],
        );
        draft = draft.set(
            "SSESpecification.SSEEnabled",
            flag(part(&table, "SSEDescription.Status"), &["ENABLED"], &["DISABLED"]),
        );
        if let Some(arn) = text(&table, "TableArn") {
            let tags = run.get_list(&TAGS, json!({ "ResourceArn": arn }), "Tags").await;
            draft = draft.arn(arn).set("Tags", tags);
        } else if matches!(table.value, Value::Unknown(_)) {
            // Tags are asked for by ARN, which only the description tells.
            draft = draft.set("Tags", Some(table));
        }
    }
    let point_in_time = "ContinuousBackupsDescription.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus";
    let draft = draft
        .set(
            "PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled",
            flag(backups.at(point_in_time), &["ENABLED"], &["DISABLED"]),
        )
        .set(
            "TimeToLiveSpecification.Enabled",
            flag(expiry.at("TimeToLiveDescription.TimeToLiveStatus"), &["ENABLED"], &["DISABLED"]),
        )
        .set("TimeToLiveSpecification.AttributeName", expiry.at("TimeToLiveDescription.AttributeName"))
        .set("TableName", Some(name.clone()));
    vec![draft]
}
