//! Names as CloudFormation writes them.

use model::{Node, Value};

/// Maps whose keys are data in the answers of most services.
const DATA: [&str; 3] = ["tags", "stageVariables", "variables"];

/// The tree with every name beginning in upper case, for services that begin them in lower case. Maps of
/// tags and of variables stay as they are.
pub(crate) fn capitals(node: Node) -> Node {
    capitals_but(node, &DATA)
}

/// As [`capitals`], but only what stands in maps under these names stays as it is. A list is a list under
/// any name: what its items hold is named by the service.
pub(crate) fn capitals_but(node: Node, data: &[&str]) -> Node {
    let Node { value, origin, written } = node;
    let value = match value {
        Value::Map(entries) => {
            let entry = |(name, node): (String, Node)| {
                let is_data = matches!(node.value, Value::Map(_)) && data.contains(&name.as_str());
                (capital(&name), if is_data { node } else { capitals_but(node, data) })
            };
            Value::Map(entries.into_iter().map(entry).collect())
        }
        Value::List(items) => Value::List(items.into_iter().map(|item| capitals_but(item, data)).collect()),
        value => value,
    };
    Node { value, origin, written }
}

/// Names as Amazon EC2 writes them in XML, made into those of its API and of CloudFormation, at every
/// depth: `httpTokens` is `HttpTokens`, and, which makes the difference to [`capitals`], `tagSet` is
/// `Tags`.
pub(crate) fn ec2_names(node: Node) -> Node {
    let Node { value, origin, written } = node;
    let value = match value {
        Value::Map(entries) => {
            Value::Map(entries.into_iter().map(|(name, node)| (ec2_name(&name), ec2_names(node))).collect())
        }
        Value::List(items) => Value::List(items.into_iter().map(ec2_names).collect()),
        value => value,
    };
    Node { value, origin, written }
}

fn ec2_name(name: &str) -> String {
    let (stem, plural) = match name.strip_suffix("Set") {
        Some(stem) if !stem.is_empty() => (stem, if stem.ends_with('s') { "" } else { "s" }),
        _ => (name, ""),
    };
    capital(stem) + plural
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use model::{Origin, SourceId};
    use serde_json::json;

    use super::*;

    fn node(value: serde_json::Value) -> Node {
        Node::from_json(value, Origin::new(SourceId(0), 0, 0))
    }

    #[test]
    fn ec2_names_are_those_of_cloudformation() {
        for (name, expected) in [
            ("instanceType", "InstanceType"),
            ("tagSet", "Tags"),
            ("ipv6AddressesSet", "Ipv6Addresses"),
            ("vCpuCount", "VCpuCount"),
            ("Set", "Set"),
            ("", ""),
        ] {
            assert_eq!(ec2_name(name), expected);
        }
        let found = node(json!({ "tagSet": [{ "key": "a" }] }));
        assert_eq!(ec2_names(found.clone()), node(json!({ "Tags": [{ "Key": "a" }] })));
        assert_eq!(capitals(found), node(json!({ "TagSet": [{ "Key": "a" }] })));
    }

    #[test]
    fn names_that_people_gave_stay_as_they_are() {
        let found = node(json!({ "tags": { "owner": "a" }, "logConfiguration": { "options": { "mode": "b" } } }));
        let capital = json!({ "Tags": { "owner": "a" }, "LogConfiguration": { "Options": { "Mode": "b" } } });
        assert_eq!(capitals(found.clone()), node(capital));
        let kept = json!({ "Tags": { "Owner": "a" }, "LogConfiguration": { "Options": { "mode": "b" } } });
        assert_eq!(capitals_but(found, &["options"]), node(kept));
        // As a list, the same tags have the service's names.
        let found = node(json!({ "tags": [{ "key": "owner", "value": "a" }] }));
        assert_eq!(capitals(found), node(json!({ "Tags": [{ "Key": "owner", "Value": "a" }] })));
    }
}
