//! Streams, desktops, portfolios and exports of costs.

mod support;

use model::{Inventory, Node, Value};
use serde_json::json;
use testbed::cloud::{Asked, Reply};

use support::{scanned, statuses};

fn missing(inventory: &Inventory) -> Vec<&str> {
    inventory.gaps.iter().filter_map(|gap| gap.action.as_deref()).collect()
}

fn ids<'i>(inventory: &'i Inventory, kind: &str) -> Vec<&'i str> {
    inventory.resources.iter().filter(|found| found.kind == kind).map(|found| found.id.as_str()).collect()
}

fn property<'i>(inventory: &'i Inventory, id: &str, path: &str) -> Option<&'i Node> {
    let found = inventory.resources.iter().find(|found| found.id == id).expect(id);
    path.split('.').try_fold(&found.properties, |node, key| node.get(key))
}

fn says(inventory: &Inventory, id: &str, path: &str) -> String {
    match &property(inventory, id, path).expect(path).value {
        Value::Text(text) | Value::Number(text) => text.to_string(),
        value => serde_json::to_string(value).expect("JSON"),
    }
}

fn is_unknown(inventory: &Inventory, id: &str, path: &str) -> bool {
    property(inventory, id, path).is_some_and(|node| matches!(node.value, Value::Unknown(_)))
}

async fn comes_to_nothing(collector: &str, refusal: &str) {
    let empty = scanned(collector, |_| Reply::json(json!({}))).await;
    let found = empty.resources.iter().filter(|found| found.kind.starts_with("AWS::")).count();
    assert!(found == 0 && empty.gaps.is_empty(), "{collector}: {:?}", empty.gaps);
    let denied = scanned(collector, |_| Reply::error("AccessDeniedException")).await;
    assert!(missing(&denied).contains(&refusal), "{collector}: {:?}", denied.gaps);
}

#[tokio::test]
async fn streams_are_described() {
    let reply = |asked: &Asked| {
        let plain = asked.json()["StreamName"] == "plain";
        Reply::json(match asked.operation() {
            "ListStreams" => json!({ "StreamNames": ["plain", "sealed"], "HasMoreStreams": false }),
            "DescribeStreamSummary" if plain => {
                json!({ "StreamDescriptionSummary": { "EncryptionType": "NONE", "OpenShardCount": 2 } })
            }
            "DescribeStreamSummary" => json!({ "StreamDescriptionSummary": { "EncryptionType": "KMS",
                "KeyId": "alias/aws/kinesis", "RetentionPeriodHours": 24 } }),
            _ => json!({ "Tags": [{ "Key": "Owner", "Value": "ops" }], "HasMoreTags": false }),
        })
    };
    let inventory = scanned("kinesis", reply).await;
    assert_eq!(ids(&inventory, "AWS::Kinesis::Stream"), ["plain", "sealed"]);
    assert!(property(&inventory, "plain", "StreamEncryption").is_none());
    assert_eq!(says(&inventory, "sealed", "StreamEncryption.KeyId"), "alias/aws/kinesis");
    assert_eq!(
        inventory.resources.iter().find(|found| found.id == "plain").and_then(|found| found.arn.as_deref()),
        Some("arn:aws:kinesis:us-east-1:1:stream/plain")
    );
    let denied = scanned("kinesis", move |asked| match asked.operation() {
        "DescribeStreamSummary" => Reply::error("AccessDeniedException"),
        _ => reply(asked),
    })
    .await;
    assert!(is_unknown(&denied, "sealed", "StreamEncryption.EncryptionType"));
    comes_to_nothing("kinesis", "kinesis:ListStreams").await;
}

#[tokio::test]
async fn desktops_run_always_or_when_they_are_used() {
    let inventory = scanned("workspaces", |_| {
        let desktop = |id: &str, mode: &str, state: &str| {
            json!({ "WorkspaceId": id, "State": state, "UserName": "alice",
                "WorkspaceProperties": { "RunningMode": mode } })
        };
        Reply::json(json!({ "Workspaces": [
            desktop("ws-1", "ALWAYS_ON", "AVAILABLE"), desktop("ws-2", "AUTO_STOP", "STOPPED"),
            desktop("ws-3", "ALWAYS_ON", "TERMINATED"),
        ] }))
    })
    .await;
    assert_eq!(statuses(&inventory, "workspaces_running_mode_fit"), ["ws-1 fail", "ws-2 pass"]);
    assert!(!serde_json::to_string(&inventory).expect("JSON").contains("alice"));
    comes_to_nothing("workspaces", "workspaces:DescribeWorkspaces").await;
}

#[tokio::test]
async fn portfolios_have_products_or_none() {
    let reply = |asked: &Asked| {
        let full = asked.json()["PortfolioId"] == "port-full";
        Reply::json(match asked.operation() {
            "ListPortfolios" => json!({ "PortfolioDetails": [
                { "Id": "port-full", "DisplayName": "Full" }, { "Id": "port-none", "DisplayName": "None" } ] }),
            _ if full => json!({ "ProductViewDetails": [{ "ProductViewSummary": { "ProductId": "prod-1" } }] }),
            _ => json!({ "ProductViewDetails": [] }),
        })
    };
    let check = "servicecatalog_portfolio_in_use";
    assert_eq!(statuses(&scanned("servicecatalog", reply).await, check), ["port-full pass", "port-none fail"]);
    let denied = scanned("servicecatalog", move |asked| match asked.operation() {
        "SearchProductsAsAdmin" => Reply::error("AccessDeniedException"),
        _ => reply(asked),
    })
    .await;
    assert_eq!(statuses(&denied, check), ["port-full unknown", "port-none unknown"]);
    comes_to_nothing("servicecatalog", "servicecatalog:ListPortfolios").await;
}

fn exports(asked: &Asked) -> Reply {
    let table = |include: &str| json!({ "COST_AND_USAGE_REPORT": { "INCLUDE_RESOURCES": include } });
    let fine = asked.json()["ExportArn"] == "arn:export/fine";
    Reply::json(match asked.operation() {
        "ListExports" => json!({ "Exports": [
            { "ExportArn": "arn:export/coarse", "ExportName": "coarse" },
            { "ExportArn": "arn:export/fine", "ExportName": "fine", "ExportStatus": { "StatusCode": "HEALTHY" } },
        ] }),
        "GetExport" => json!({ "Export": { "Name": "e", "DataQuery": {
            "QueryStatement": "SELECT x FROM COST_AND_USAGE_REPORT",
            "TableConfigurations": table(if fine { "TRUE" } else { "FALSE" }) } } }),
        _ => json!({ "ReportDefinitions": [
            { "ReportName": "old", "AdditionalSchemaElements": ["RESOURCES"], "TimeUnit": "HOURLY" },
            { "ReportName": "short", "AdditionalSchemaElements": [], "TimeUnit": "DAILY" },
        ] }),
    })
}

#[tokio::test]
async fn exports_name_resources_or_do_not() {
    let check = "dataexports_cost_and_usage_configured";
    let inventory = scanned("data_exports", exports).await;
    assert_eq!(statuses(&inventory, check), ["coarse fail", "fine pass", "old pass", "short fail"]);
    let denied = scanned("data_exports", |asked| match asked.operation() {
        "GetExport" => Reply::error("AccessDeniedException"),
        _ => exports(asked),
    })
    .await;
    assert_eq!(statuses(&denied, check), ["coarse unknown", "fine unknown", "old pass", "short fail"]);
    comes_to_nothing("data_exports", "bcm-data-exports:ListExports").await;
    comes_to_nothing("data_exports", "cur:DescribeReportDefinitions").await;
}
