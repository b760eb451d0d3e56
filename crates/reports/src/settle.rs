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
    let (node, rest) = reached(resource, &evidence.path);
    match &node.value {
        Value::Unknown(why) => Some(for_why(why)),
        Value::Pattern(parts) => parts.iter().find_map(|part| match part {
            Part::Unknown(expression) => Some(for_expression(expression)),
            Part::Text(_) | Part::Reference(_) => None,
        }),
        // Something that is not in it is not what is unknown about it.
        Value::List(_) | Value::Map(_) if !rest.is_empty() => None,
        // Any entry may be what is not known; the first is a start.
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
        // Behind an action that was not refused stands why it failed.
        Why::Denied(action) if action.contains(" (") => "scan again, or look at the resource itself".to_owned(),
        Why::Denied(action) => format!("allow {}", safe(action)),
        Why::Unresolved(expression) => for_expression(expression),
        Why::NotInCode => "scan the account it runs in".to_owned(),
        Why::NotRead => "look at the resource itself".to_owned(),
        Why::Malformed(expected) => format!("write {} there", safe(expected)),
    }
}

fn for_expression(expression: &Expression) -> String {
    let text = safe(&expression.text);
    match &expression.kind {
        ExpressionKind::Parameter { name, .. } if text.contains("var.") => format!("give --var {}=...", safe(name)),
        ExpressionKind::Parameter { name, .. } => format!("give --parameter {}=...", safe(name)),
        ExpressionKind::Pseudo if text.contains("AccountId") => "give --account".to_owned(),
        ExpressionKind::Pseudo if text.contains("Region") => "give --region".to_owned(),
        ExpressionKind::Choice => format!("give what decides {text}"),
        ExpressionKind::Macro => "assess the template as the macro leaves it".to_owned(),
        ExpressionKind::Lookup => format!("give what {text} looks up"),
        ExpressionKind::Function => format!("give what {text} depends on"),
        ExpressionKind::Pseudo | ExpressionKind::Import | ExpressionKind::Dynamic(_) | ExpressionKind::Attribute => {
            format!("scan the account: {text} is known once it is deployed")
        }
    }
}

/// The deepest node on the way to a path, and what is left of the path. A key may itself hold dots.
fn reached<'a, 'p>(resource: &'a Resource, path: &'p str) -> (&'a Node, &'p str) {
    let attribute = resource.attributes.iter().find_map(|(key, node)| Some((node, after(path, key)?)));
    let (mut node, mut rest) = match attribute {
        Some(found) if after_any(&resource.properties, path).is_none() => found,
        _ => (&resource.properties, path),
    };
    while let Some((child, below)) = after_any(node, rest) {
        (node, rest) = (child, below);
    }
    (node, rest)
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

#[cfg(test)]
mod tests {
    use model::{Builder, Medium, Origin};

    use super::*;

    fn node(value: Value, place: Origin) -> Node {
        Node::new(value, place)
    }

    /// A resource with what is unknown at several places, and the hint for a path.
    fn hint(path: &str) -> Option<String> {
        let mut builder = Builder::new();
        let place = Origin::new(builder.file("a.yaml", ""), 1, 1);
        let parameter = ExpressionKind::Parameter { name: "Size".into(), hidden: false };
        let unknown = |kind| Node::unresolved(Expression::new("!Ref X", kind), place);
        let part = Part::Unknown(Expression::new("${AWS::Region}", ExpressionKind::Pseudo).into());
        let item = Value::Map([("Size".to_owned(), unknown(parameter))].into());
        let entries = [
            ("List".to_owned(), node(Value::List(vec![node(item, place)]), place)),
            ("aws:dotted.key".to_owned(), unknown(ExpressionKind::Import)),
            ("Arn".to_owned(), node(Value::Pattern(vec![part].into()), place)),
            ("Denied".to_owned(), node(Value::Unknown(Why::Denied("s3:GetBucketPolicy".into())), place)),
            ("Whole".to_owned(), unknown(ExpressionKind::Macro)),
            ("Known".to_owned(), node(Value::Bool(true), place)),
        ];
        let condition = Expression::new("IsTest", ExpressionKind::Choice);
        let id = builder.resource(Resource {
            kind: "AWS::S3::Bucket".to_owned(),
            id: "A".to_owned(),
            name: None,
            arn: None,
            account: None,
            region: None,
            origin: place,
            presence: Presence::Possible(condition.into()),
            medium: Medium::Code,
            properties: node(Value::Map(entries.into()), place),
            attributes: [("DeletionPolicy".to_owned(), unknown(ExpressionKind::Function))].into(),
        });
        let (observed, expected) = (String::new(), String::new());
        let path = path.to_owned();
        settle(&builder.build(), &Evidence { resource: id, path, observed, expected, origin: place, sensitive: false })
    }

    #[test]
    fn what_is_not_known_tells_what_would_settle_it() {
        for (path, expected) in [
            ("List[0].Size", Some("give --parameter Size=...")),
            ("aws:dotted.key", Some("scan the account: !Ref X is known once it is deployed")),
            ("Arn", Some("give --region")),
            ("Denied", Some("allow s3:GetBucketPolicy")),
            ("Whole.Below[3].It", Some("assess the template as the macro leaves it")),
            ("DeletionPolicy", Some("give what !Ref X depends on")),
            ("Condition", Some("give what decides IsTest")),
            ("Known", None),
            ("Nothing.Here", None),
        ] {
            assert_eq!(hint(path).as_deref(), expected, "{path}");
        }
    }
}
