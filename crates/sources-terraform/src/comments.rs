//! What comments say to Pilaster and to other tools.

use std::ops::RangeInclusive;

use indexmap::IndexMap;
use model::{Node, Origin, SourceId, Suppression, Value};

/// Begins a waiver: `# pilaster:waive s3_bucket_versioning reason="made anew every night" until=2027-01-31`.
const WAIVE: &str = "pilaster:waive";

/// What the comments of a file hold, each with the number of the block it stands in or directly above.
#[derive(Debug, Default)]
pub(crate) struct Comments {
    /// Maps with `check`, `reason`, `owner` and `until`. One that stands at no block waives nothing.
    pub(crate) waivers: Vec<(usize, Node)>,
    /// What other tools are told to overlook.
    pub(crate) suppressions: Vec<(Option<usize>, Suppression)>,
}

/// Reads the comments of a file. The lines of its blocks ascend.
pub(crate) fn of(text: &str, source: SourceId, blocks: &[RangeInclusive<u32>]) -> Comments {
    let [checkov, trivy, tfsec] = Suppression::WORDS;
    let mut comments = Comments::default();
    for remark in model::remarks(text, &["#", "//", "/*", "*"], &[WAIVE, checkov, trivy, tfsec], blocks) {
        match (remark.word, remark.block) {
            (WAIVE, Some(block)) => {
                let origin = Origin::new(source, remark.line, remark.column);
                comments.waivers.push((block, waiver(remark.rest, origin)));
            }
            (WAIVE, None) => {}
            (_, block) => {
                comments.suppressions.extend(Suppression::in_comment(&remark, source).map(|one| (block, one)))
            }
        }
    }
    comments
}

/// A waiver of a check's id and fields as `name=value`, where a value with spaces stands in quotes.
fn waiver(text: &str, origin: Origin) -> Node {
    let text = text.trim().trim_end_matches("*/").trim_end();
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let (check, mut rest) = text.split_at(end);
    let node = |text: &str| Node::new(Value::Text(text.into()), origin);
    let mut fields = IndexMap::from([("check".to_owned(), node(check))]);
    loop {
        rest = rest.trim_start();
        let Some((name, after)) = rest.split_once('=') else { break };
        let (value, after) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => after.split_at(after.find(char::is_whitespace).unwrap_or(after.len())),
        };
        fields.insert(name.trim().to_owned(), node(value));
        rest = after;
    }
    Node::new(Value::Map(fields), origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waivers_and_suppressions_find_their_blocks() {
        let text = "\
# pilaster:waive s3_* reason=\"made anew, every night\" until=2027-01-31
resource \"aws_s3_bucket\" \"a\" {
  // checkov:skip=CKV_AWS_18:no logs
}
# pilaster:waive lonely reason=x

resource \"aws_s3_bucket\" \"b\" { # pilaster:waive one reason=short owner=ops
}
";
        let comments = of(text, SourceId(0), &[2..=4, 7..=8]);
        let shown = |node: &Node, key: &str| match node.get(key).map(|node| &node.value) {
            Some(Value::Text(text)) => text.to_string(),
            _ => String::new(),
        };
        let waivers: Vec<String> = comments
            .waivers
            .iter()
            .map(|(block, node)| {
                format!(
                    "{block} {} {} {} {}",
                    shown(node, "check"),
                    shown(node, "reason"),
                    shown(node, "until"),
                    shown(node, "owner")
                )
            })
            .collect();
        assert_eq!(waivers, ["0 s3_* made anew, every night 2027-01-31 ", "1 lonely x  ", "1 one short  ops"]);
        assert_eq!(comments.suppressions.len(), 1);
        assert_eq!(comments.suppressions[0].0, Some(0));
        assert_eq!(comments.suppressions[0].1.reason.as_deref(), Some("no logs"));
    }
}
