//! Amazon CloudWatch Logs: log groups, metric filters, saved queries.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value};
use serde_json::json;

use crate::names::capitals;
use crate::shape::{pairs, part, text};
use crate::tags::{TAGS, Tags};
use crate::{Collector, Draft, Halt, Reach, Run};

static LOGS: Service = Service {
    endpoint: "logs",
    signing: "logs",
    variable: "CLOUDWATCH_LOGS",
    protocol: Protocol::Json { target: "Logs_20140328", version: "1.1" },
    scope: Scope::Regional,
};

static GROUPS: Call = Call {
    service: &LOGS,
    operation: "DescribeLogGroups",
    path: "",
    action: "logs:DescribeLogGroups",
    pages: Pages::Token { answer: "nextToken", parameter: "nextToken" },
    yields: &["AWS::Logs::LogGroup"],
    unset: &[],
};

static FILTERS: Call = Call {
    service: &LOGS,
    operation: "DescribeMetricFilters",
    path: "",
    action: "logs:DescribeMetricFilters",
    pages: Pages::Token { answer: "nextToken", parameter: "nextToken" },
    yields: &["AWS::Logs::MetricFilter"],
    unset: &[],
};

static QUERIES: Call = Call {
    service: &LOGS,
    operation: "DescribeQueryDefinitions",
    path: "",
    action: "logs:DescribeQueryDefinitions",
    pages: Pages::Token { answer: "nextToken", parameter: "nextToken" },
    yields: &["AWS::Logs::QueryDefinition"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "logs",
    reach: Reach::EveryRegion,
    calls: &[&GROUPS, &FILTERS, &QUERIES, &TAGS],
    collect: |run| Box::pin(logs(run)),
};

async fn logs(run: &Run) -> Result<(), Halt> {
    let (groups, filters, queries) = tokio::join!(
        groups(run),
        run.list(&FILTERS, json!({}), "metricFilters"),
        run.list(&QUERIES, json!({ "maxResults": 1000 }), "queryDefinitions"),
    );
    filters.iter().flatten().filter_map(filter).for_each(|draft| run.add(draft));
    queries.iter().flatten().filter_map(query).for_each(|draft| run.add(draft));
    groups.and(filters).and(queries).map(drop)
}

async fn groups(run: &Run) -> Result<(), Halt> {
    let groups = run.list(&GROUPS, json!({ "limit": 50 }), "logGroups").await?;
    if groups.is_empty() {
        return Ok(());
    }
    let tags = Tags::read(run, &["logs:log-group"]).await;
    for found in &groups {
        let Some(draft) = group(found) else { continue };
        run.add(draft.set("Tags", text(found, "arn").and_then(|arn| tags.of(arn))));
    }
    Ok(())
}

fn group(found: &Node) -> Option<Draft> {
    let name = text(found, "logGroupName")?;
    let mut draft = Draft::new("AWS::Logs::LogGroup", name, found.origin).name(name);
    if let Some(arn) = text(found, "arn") {
        draft = draft.arn(arn);
    }
    Some(draft.take(
        found,
        &[
            ("logGroupName", "LogGroupName"),
            ("retentionInDays", "RetentionInDays"),
            ("kmsKeyId", "KmsKeyId"),
            ("logGroupClass", "LogGroupClass"),
            ("deletionProtectionEnabled", "DeletionProtectionEnabled"),
            ("creationTime", "Observed.CreationTime"),
            ("storedBytes", "Observed.StoredBytes"),
            ("dataProtectionStatus", "Observed.DataProtectionStatus"),
        ],
    ))
}

/// Filters of different groups may have the same name.
fn filter(found: &Node) -> Option<Draft> {
    let (group, name) = (text(found, "logGroupName")?, text(found, "filterName")?);
    let draft = Draft::new("AWS::Logs::MetricFilter", format!("{group}|{name}"), found.origin).name(name);
    let names = [("filterName", "FilterName"), ("filterPattern", "FilterPattern"), ("logGroupName", "LogGroupName")];
    let metrics = part(found, "metricTransformations").map(metrics);
    Some(draft.take(found, &names).set("MetricTransformations", metrics))
}

/// Dimensions are a map from names of dimensions to what gives their values, and a list as a property.
fn metrics(node: Node) -> Node {
    let Value::List(items) = node.value else { return node };
    let metric = |item: Node| {
        let dimensions = part(&item, "dimensions").map(pairs);
        let mut metric = capitals(item);
        if let (Some(dimensions), Value::Map(properties)) = (dimensions, &mut metric.value) {
            properties.insert("Dimensions".to_owned(), dimensions);
        }
        metric
    };
    Node::new(Value::List(items.into_iter().map(metric).collect()), node.origin)
}

fn query(found: &Node) -> Option<Draft> {
    let draft = Draft::new("AWS::Logs::QueryDefinition", text(found, "queryDefinitionId")?, found.origin);
    Some(draft.take(
        found,
        &[
            ("name", "Name"),
            ("queryString", "QueryString"),
            ("logGroupNames", "LogGroupNames"),
            ("lastModified", "Observed.LastModified"),
        ],
    ))
}
