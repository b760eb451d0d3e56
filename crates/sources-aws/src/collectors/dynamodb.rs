//! Amazon DynamoDB: tables, their backups, their expiry and their tags.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value};
use serde_json::json;

use crate::shape::{flag, part};
use crate::tags::{TAGS, Tags};
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

pub(crate) static COLLECTOR: Collector = Collector {
    name: "dynamodb",
    reach: Reach::EveryRegion,
    calls: &[&LIST, &TABLE, &BACKUPS, &EXPIRY, &TAGS],
    collect: |run| Box::pin(collect(run)),
};

async fn collect(run: &Run) -> Result<(), Halt> {
    let names = run.list(&LIST, json!({ "Limit": 100 }), "TableNames").await?;
    if !names.is_empty() {
        let tags = Tags::read(run, &["dynamodb:table"]).await;
        run.each(names.into_iter().map(|name| (name, &tags)).collect(), table).await;
    }
    Ok(())
}

async fn table(run: &Run, (name, tags): (Node, &Tags)) -> Vec<Draft> {
    let Value::Text(id) = &name.value else { return Vec::new() };
    let (described, backups, expiry) = tokio::join!(
        run.get(&TABLE, json!({ "TableName": &**id })),
        run.get(&BACKUPS, json!({ "TableName": &**id })),
        run.get(&EXPIRY, json!({ "TableName": &**id })),
    );
    let arn = run.arn("dynamodb", &format!("table/{id}"));
    let mut draft =
        Draft::new("AWS::DynamoDB::Table", &**id, name.origin).name(&**id).set("Tags", tags.of(&arn)).arn(arn);
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
