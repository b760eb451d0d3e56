//! What other tools were told to overlook: metadata and comments.

use std::ops::RangeInclusive;

use indexmap::IndexMap;
use model::{Node, ResourceId, SourceId, Suppression, Value};

use crate::document::is_json;

/// The suppressions in the metadata of a resource, or of the template.
pub(crate) fn in_metadata(metadata: &Node, resource: Option<ResourceId>) -> Vec<Suppression> {
    let mut found = Vec::new();
    let Value::Map(tools) = &metadata.value else { return found };
    for (key, node) in tools {
        let (tool, list) = match key.as_str() {
            "checkov" => ("checkov", node.get("skip")),
            "guard" => ("cfn-guard", node.get("SuppressedRules")),
            "cfn_nag" => ("cfn_nag", node.get("rules_to_suppress")),
            "cdk_nag" => ("cdk_nag", node.get("rules_to_suppress")),
            "cfn-lint" => ("cfn-lint", node.get("config").and_then(|node| node.get("ignore_checks"))),
            _ => continue,
        };
        let Some(Node { value: Value::List(items), .. }) = list else { continue };
        for item in items {
            let (rule, reason) = match &item.value {
                Value::Text(rule) => (rule.to_string(), None),
                _ => {
                    let Some(rule) = text_of(item.get("id")) else { continue };
                    (rule, text_of(item.get("comment")).or_else(|| text_of(item.get("reason"))))
                }
            };
            found.push(Suppression { tool: tool.to_owned(), rules: vec![rule], reason, resource, origin: item.origin });
        }
    }
    found
}

fn text_of(node: Option<&Node>) -> Option<String> {
    match &node?.value {
        Value::Text(text) | Value::Number(text) => Some(text.to_string()),
        _ => None,
    }
}

/// The lines that the resources of a template stand in.
pub(crate) struct Lines {
    /// Ascending.
    blocks: Vec<RangeInclusive<u32>>,
    /// The logical id of each.
    names: Vec<String>,
}

impl Lines {
    /// Of resources as they are written, in a section that ends before `end`.
    pub(crate) fn new(resources: &IndexMap<String, Node>, end: u32) -> Self {
        let mut starts: Vec<(u32, &String)> = resources.iter().map(|(name, node)| (node.origin.line, name)).collect();
        starts.sort_by_key(|(line, _)| *line);
        let ends = starts.iter().skip(1).map(|(line, _)| *line).chain([end]);
        let blocks = starts.iter().zip(ends).map(|((start, _), end)| *start..=end.saturating_sub(1)).collect();
        Self { blocks, names: starts.into_iter().map(|(_, name)| name.clone()).collect() }
    }
}

/// The suppressions in the comments of a YAML text. `id` gives the number of a logical id.
pub(crate) fn in_comments(
    text: &str,
    source: SourceId,
    lines: &Lines,
    id: impl Fn(&str) -> Option<ResourceId>,
) -> Vec<Suppression> {
    if is_json(text) {
        return Vec::new();
    }
    let remarks = model::remarks(text, &["#"], &Suppression::WORDS, &lines.blocks);
    let suppressions = remarks.iter().filter_map(|remark| {
        let resource = remark.block.and_then(|block| lines.names.get(block)).and_then(|name| id(name));
        Some(Suppression { resource, ..Suppression::in_comment(remark, source)? })
    });
    suppressions.collect()
}
