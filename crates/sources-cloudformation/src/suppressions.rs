//! What other tools were told to overlook: metadata and comments.

use indexmap::IndexMap;
use model::{Node, Origin, ResourceId, SourceId, Suppression, Value};

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

/// The words that begin a suppression in a comment, and whose they are.
const COMMENTS: [(&str, &str); 3] =
    [("checkov:skip=", "checkov"), ("trivy:ignore:", "trivy"), ("tfsec:ignore:", "tfsec")];

/// The lines that the resources of a template stand in.
pub(crate) struct Lines {
    /// The line each resource begins in, and its logical id; ascending.
    resources: Vec<(u32, String)>,
    /// The line behind the last resource.
    end: u32,
}

impl Lines {
    /// Of resources as they are written, in a section that ends before `end`.
    pub(crate) fn new(resources: &IndexMap<String, Node>, end: u32) -> Self {
        let mut resources: Vec<(u32, String)> =
            resources.iter().map(|(name, node)| (node.origin.line, name.clone())).collect();
        resources.sort_by_key(|(line, _)| *line);
        Self { resources, end }
    }

    /// The resource whose lines enclose a line.
    fn enclosing(&self, line: u32) -> Option<&str> {
        let behind = self.resources.partition_point(|(start, _)| *start <= line);
        let (_, name) = self.resources.get(behind.checked_sub(1)?)?;
        (line < self.end).then_some(name)
    }

    /// The resource that begins in a line.
    fn beginning(&self, line: u32) -> Option<&str> {
        let place = self.resources.binary_search_by_key(&line, |(start, _)| *start).ok()?;
        self.resources.get(place).map(|(_, name)| name.as_str())
    }
}

/// The suppressions in the comments of a YAML text. `id` gives the number of a logical id.
pub(crate) fn in_comments(
    text: &str,
    source: SourceId,
    lines: &Lines,
    id: impl Fn(&str) -> Option<ResourceId>,
) -> Vec<Suppression> {
    let mut found: Vec<Suppression> = Vec::new();
    if is_json(text) || !COMMENTS.iter().any(|(word, _)| text.contains(word)) {
        return found;
    }
    // Those in lines of their own whose resource is not decided yet: the next line that is no comment
    // may begin one.
    let mut above = 0;
    for (number, content) in (1_u32..).zip(text.lines()) {
        let trimmed = content.trim_start();
        if !trimmed.is_empty() && !trimmed.starts_with('#') {
            if let Some(name) = lines.beginning(number) {
                let resource = id(name);
                found.iter_mut().rev().take(above).for_each(|one| one.resource = resource);
            }
            above = 0;
        }
        let Some(hash) = content.find('#') else { continue };
        let before = found.len();
        let resource = lines.enclosing(number).and_then(&id);
        comment(content, hash, &mut |tool, rule, reason, column| {
            found.push(Suppression {
                tool: tool.to_owned(),
                rules: vec![rule],
                reason,
                resource,
                origin: Origin::new(source, number, column),
            });
        });
        if trimmed.starts_with('#') {
            above += found.len() - before;
        }
    }
    found
}

/// Hears of a tool, a rule, the reason given and the column.
type Hear<'a> = dyn FnMut(&str, String, Option<String>, u32) + 'a;

/// Finds the suppressions behind the hash of a line.
fn comment(line: &str, hash: usize, found: &mut Hear<'_>) {
    for (word, tool) in COMMENTS {
        let (mut counted, mut column) = (0, 1);
        for (position, _) in line.match_indices(word).filter(|(position, _)| *position > hash) {
            column += line[counted..position].chars().count();
            counted = position;
            let rest = &line[position + word.len()..];
            let end = rest
                .find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_' && letter != '-')
                .unwrap_or(rest.len());
            let (rule, rest) = rest.split_at(end);
            if rule.is_empty() {
                continue;
            }
            let reason = match tool {
                "checkov" => rest.strip_prefix(':').map(|reason| reason.trim().to_owned()),
                _ => None,
            };
            let column = u32::try_from(column).unwrap_or(u32::MAX);
            found(tool, rule.to_owned(), reason.filter(|reason| !reason.is_empty()), column);
        }
    }
}
