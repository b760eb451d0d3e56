//! IAM Access Analyzer: analyzers and what they put aside.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use indexmap::IndexMap;
use model::{Node, Value};
use serde_json::json;

use crate::shape::{each, pairs, part, text};
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

/// Whether there are any is all that is asked: one page tells.
static FINDINGS: Call = Call {
    service: &ACCESS_ANALYZER,
    operation: "ListFindingsV2",
    path: "POST /findingv2",
    action: "access-analyzer:ListFindingsV2",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "accessanalyzer",
    reach: Reach::EveryRegion,
    calls: &[&ANALYZERS, &ARCHIVE_RULES, &FINDINGS],
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
    let draft = draft.set("Observed.ActiveFindings", active_findings(run, &analyzer).await);
    vec![draft.set("ArchiveRules", rules.map(archive_rules)).set("Tags", part(&analyzer, "tags").map(pairs))]
}

/// What analyzers of external access have found and nobody has put aside. Those of unused access find what is
/// another question.
async fn active_findings(run: &Run, analyzer: &Node) -> Option<Node> {
    let arn = text(analyzer, "arn").filter(|_| matches!(text(analyzer, "type"), Some("ACCOUNT" | "ORGANIZATION")))?;
    let active = json!({ "status": { "eq": ["ACTIVE"] } });
    let answer = run.get(&FINDINGS, json!({ "analyzerArn": arn, "filter": active, "maxResults": 100 })).await;
    answer.at("findings").map(|findings| {
        let names = [("id", "Id"), ("resource", "Resource"), ("resourceType", "ResourceType")];
        each(findings, |finding| {
            let parts = names.into_iter().filter_map(|(from, to)| Some((to.to_owned(), part(&finding, from)?)));
            Node::new(Value::Map(parts.collect()), finding.origin)
        })
    })
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
