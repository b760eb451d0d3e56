//! IAM Access Analyzer: analyzers and what they put aside.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use indexmap::IndexMap;
use model::{Node, Value};
use serde_json::json;

use crate::shape::{pairs, part, text};
use crate::{Collector, Draft, Halt, Reach, Run};

static ACCESS_ANALYZER: Service = Service {
    endpoint: "access-analyzer",
    signing: "access-analyzer",
    variable: "ACCESSANALYZER",
    protocol: Protocol::RestJson,
    scope: Scope::Regional,
};

static ANALYZERS: Call = Call {
    service: &ACCESS_ANALYZER,
    operation: "ListAnalyzers",
    path: "GET /analyzer",
    action: "access-analyzer:ListAnalyzers",
    pages: Pages::Token { answer: "nextToken", parameter: "nextToken" },
    yields: &["AWS::AccessAnalyzer::Analyzer"],
    unset: &[],
};

static ARCHIVE_RULES: Call = Call {
    service: &ACCESS_ANALYZER,
    operation: "ListArchiveRules",
    path: "GET /analyzer/{analyzerName}/archive-rule",
    action: "access-analyzer:ListArchiveRules",
    pages: Pages::Token { answer: "nextToken", parameter: "nextToken" },
    yields: &[],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "accessanalyzer",
    reach: Reach::EveryRegion,
    calls: &[&ANALYZERS, &ARCHIVE_RULES],
    collect: |run| Box::pin(analyzers(run)),
};

async fn analyzers(run: &Run) -> Result<(), Halt> {
    let analyzers = run.list(&ANALYZERS, json!({}), "analyzers").await?;
    run.each(analyzers, analyzer).await;
    Ok(())
}

async fn analyzer(run: &Run, analyzer: Node) -> Vec<Draft> {
    let Some(name) = text(&analyzer, "name") else { return Vec::new() };
    let rules = run.get_list(&ARCHIVE_RULES, json!({ "analyzerName": name }), "archiveRules").await;
    let mut draft = Draft::new("AWS::AccessAnalyzer::Analyzer", name, analyzer.origin).name(name);
    if let Some(arn) = text(&analyzer, "arn") {
        draft = draft.arn(arn);
    }
    let draft = draft.take(
        &analyzer,
        &[
            ("name", "AnalyzerName"),
            ("type", "Type"),
            (
                "configuration.unusedAccess.unusedAccessAge",
                "AnalyzerConfiguration.UnusedAccessConfiguration.UnusedAccessAge",
            ),
            ("createdAt", "Observed.CreatedAt"),
            ("lastResourceAnalyzedAt", "Observed.LastResourceAnalyzedAt"),
            ("status", "Observed.Status"),
            ("statusReason.code", "Observed.StatusReason"),
        ],
    );
    vec![draft.set("ArchiveRules", rules.map(archive_rules)).set("Tags", part(&analyzer, "tags").map(pairs))]
}

/// `{"isPublic": {"eq": ["true"]}}` is `[{"Property": "isPublic", "Eq": ["true"]}]`.
fn archive_rules(rules: Node) -> Node {
    let Value::List(items) = rules.value else { return rules };
    let rule = |item: Node| {
        let filter = match item.get("filter") {
            Some(Node { value: Value::Map(criteria), .. }) => criteria
                .iter()
                .map(|(property, criterion)| {
                    let origin = criterion.origin;
                    let property = Node::new(Value::Text(property.as_str().into()), origin);
                    let mut entries = IndexMap::from([("Property".to_owned(), property)]);
                    for (name, operator) in
                        [("eq", "Eq"), ("neq", "Neq"), ("contains", "Contains"), ("exists", "Exists")]
                    {
                        if let Some(values) = criterion.get(name) {
                            entries.insert(operator.to_owned(), values.clone());
                        }
                    }
                    Node::new(Value::Map(entries), origin)
                })
                .collect(),
            _ => Vec::new(),
        };
        let mut entries = IndexMap::from([("Filter".to_owned(), Node::new(Value::List(filter), item.origin))]);
        if let Some(name) = item.get("ruleName") {
            entries.insert("RuleName".to_owned(), name.clone());
        }
        Node::new(Value::Map(entries), item.origin)
    };
    Node::new(Value::List(items.into_iter().map(rule).collect()), rules.origin)
}
