//! What would settle a finding that is unknown.

use model::{Evidence, Expression, ExpressionKind, Inventory, Node, Part, Presence, Resource, Value, Why};

use crate::safe::safe;

/// What somebody can do to have a fact known, harmless; nothing where that cannot be told.
pub(crate) fn settle(inventory: &Inventory, evidence: &Evidence) -> Option<String> {
    let resource = inventory.resources.get(evidence.resource.0 as usize)?;
    if evidence.path == "Condition" {
        return match &resource.presence {
            Presence::Possible(condition) => Some(for_expression(condition)),
            Presence::Certain => None,
        };
    }
    match &reached(resource, &evidence.path).value {
        Value::Unknown(why) => Some(for_why(why)),
        Value::Pattern(parts) => parts.iter().find_map(|part| match part {
            Part::Unknown(expression) => Some(for_expression(expression)),
            Part::Text(_) | Part::Reference(_) => None,
        }),
        // Of a list or a map any entry may be what is not known; the first is a start.
        Value::List(items) => items.iter().find_map(of_entry),
        Value::Map(entries) => entries.values().find_map(of_entry),
        _ => None,
    }
}

fn of_entry(node: &Node) -> Option<String> {
    match &node.value {
        Value::Unknown(why) => Some(for_why(why)),
        _ => None,
    }
}

fn for_why(why: &Why) -> String {
    match why {
        Why::Denied(action) => format!("allow {}", safe(action)),
        Why::Unresolved(expression) => for_expression(expression),
        Why::NotInCode => "scan the account it runs in".to_owned(),
        Why::Malformed(expected) => format!("write {} there", safe(expected)),
    }
}

fn for_expression(expression: &Expression) -> String {
    let text = safe(&expression.text);
    match &expression.kind {
        ExpressionKind::Parameter { name, .. } => format!("give --parameter {}=...", safe(name)),
        ExpressionKind::Pseudo if text.contains("AccountId") => "give --account".to_owned(),
        ExpressionKind::Pseudo if text.contains("Region") => "give --region".to_owned(),
        ExpressionKind::Choice => format!("give the parameters that decide {text}"),
        ExpressionKind::Macro => "assess the template as the macro leaves it".to_owned(),
        ExpressionKind::Lookup => format!("give what {text} looks up"),
        ExpressionKind::Function => format!("give the parameters of {text}"),
        ExpressionKind::Pseudo | ExpressionKind::Import | ExpressionKind::Dynamic(_) | ExpressionKind::Attribute => {
            format!("scan the account: {text} is known once it is deployed")
        }
    }
}

/// The deepest node on the way to a path. A key may itself hold dots.
fn reached<'a>(resource: &'a Resource, path: &str) -> &'a Node {
    let attribute = resource.attributes.iter().find_map(|(key, node)| Some((node, after(path, key)?)));
    let (mut node, mut rest) = match attribute {
        Some(found) if after_any(&resource.properties, path).is_none() => found,
        _ => (&resource.properties, path),
    };
    while let Some((child, below)) = after_any(node, rest) {
        (node, rest) = (child, below);
    }
    node
}

/// The child of a node that a path leads through, and the rest of the path.
fn after_any<'a, 'p>(node: &'a Node, path: &'p str) -> Option<(&'a Node, &'p str)> {
    match &node.value {
        Value::Map(entries) => entries.iter().find_map(|(key, child)| Some((child, after(path, key)?))),
        Value::List(items) => {
            let (number, rest) = path.strip_prefix('[')?.split_once(']')?;
            Some((items.get(number.parse::<usize>().ok()?)?, rest.trim_start_matches('.')))
        }
        _ => None,
    }
}

fn after<'p>(path: &'p str, key: &str) -> Option<&'p str> {
    let rest = path.strip_prefix(key).filter(|_| !key.is_empty())?;
    (rest.is_empty() || rest.starts_with(['.', '['])).then(|| rest.trim_start_matches('.'))
}
