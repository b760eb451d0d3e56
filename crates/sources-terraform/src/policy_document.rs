//! The data source `aws_iam_policy_document`.

use indexmap::IndexMap;
use model::{Expression, ExpressionKind, Node, Part, Value};

use crate::mapping::argument;

/// The policy that the data source makes of its arguments. What is not known in them is not known in its place.
pub(crate) fn document(values: &Node) -> Node {
    let mut policy = Policy::default();
    for name in ["source_json", "source_policy_documents"] {
        for (source, _) in documents(values, name) {
            policy.merge(source);
        }
    }
    policy.merge(written(values));
    for name in ["override_json", "override_policy_documents"] {
        for (over, is_known) in documents(values, name) {
            if !is_known {
                policy.leave_open(values);
            }
            policy.merge(over);
        }
    }
    let mut entries = IndexMap::new();
    let version = || Node::new(Value::Text("2012-10-17".into()), values.origin);
    entries.insert("Version".to_owned(), policy.version.unwrap_or_else(version));
    if let Some(id) = policy.id {
        entries.insert("Id".to_owned(), id);
    }
    let place = policy.statements.first().map_or(values.origin, |first| first.origin);
    entries.insert("Statement".to_owned(), Node::new(Value::List(policy.statements), place));
    Node::new(Value::Map(entries), values.origin)
}

/// A policy that others are merged into.
#[derive(Default)]
struct Policy {
    version: Option<Node>,
    id: Option<Node>,
    statements: Vec<Node>,
}

impl Policy {
    /// Statements replace those with the same identifier, and come after all others.
    fn merge(&mut self, other: Policy) {
        self.version = other.version.or(self.version.take());
        self.id = other.id.or(self.id.take());
        for statement in other.statements {
            let same = self.statements.iter().position(|known| sid(known).is_some() && sid(known) == sid(&statement));
            match same.and_then(|place| self.statements.get_mut(place)) {
                Some(known) => *known = statement,
                None => self.statements.push(statement),
            }
        }
    }

    /// A document that is not known may replace any statement that has an identifier.
    fn leave_open(&mut self, values: &Node) {
        for statement in self.statements.iter_mut().filter(|statement| sid(statement).is_some()) {
            let text = "a statement that override_policy_documents may replace";
            *statement = Node::unresolved(Expression::new(text, ExpressionKind::Choice), values.origin);
        }
    }
}

fn sid(statement: &Node) -> Option<&str> {
    match &statement.get("Sid")?.value {
        Value::Text(text) if !text.is_empty() => Some(text),
        _ => None,
    }
}

/// What the blocks of the data source itself say.
fn written(values: &Node) -> Policy {
    let statements = match argument(values, "statement") {
        None => Vec::new(),
        Some(Node { value: Value::List(items), .. }) => items.iter().map(statement).collect(),
        Some(node) => vec![statement(node)],
    };
    Policy { version: argument(values, "version").cloned(), id: argument(values, "policy_id").cloned(), statements }
}

/// The policies that an argument holds, and whether each is known.
fn documents(values: &Node, name: &str) -> Vec<(Policy, bool)> {
    let nodes = match argument(values, name) {
        None => &[][..],
        Some(Node { value: Value::List(items), .. }) => items,
        Some(node) => std::slice::from_ref(node),
    };
    let mut policies = Vec::new();
    for node in nodes.iter().filter(|node| !crate::mapping::is_unset(node)) {
        let policy = crate::json::unfold(node.clone());
        let Value::Map(mut entries) = policy.value else {
            policies.push((Policy { statements: vec![open(node)], ..Policy::default() }, false));
            continue;
        };
        let statements = match entries.shift_remove("Statement") {
            None => Vec::new(),
            Some(Node { value: Value::List(items), .. }) => items,
            Some(node) => vec![node],
        };
        let policy = Policy { version: entries.shift_remove("Version"), id: entries.shift_remove("Id"), statements };
        policies.push((policy, true));
    }
    policies
}

/// Statements that nobody can tell.
fn open(node: &Node) -> Node {
    match &node.value {
        Value::Unknown(_) => node.clone(),
        _ => {
            let text = node.expression().map_or("a policy that is not known", |expression| &expression.text);
            Node::unresolved(Expression::new(text, ExpressionKind::Attribute), node.origin)
        }
    }
}

/// Arguments of a statement that are lists of text, and what they are called in a policy.
const LISTS: [(&str, &str); 4] =
    [("actions", "Action"), ("not_actions", "NotAction"), ("resources", "Resource"), ("not_resources", "NotResource")];

fn statement(block: &Node) -> Node {
    if !matches!(block.value, Value::Map(_)) {
        return block.clone();
    }
    let mut entries = IndexMap::new();
    if let Some(sid) = argument(block, "sid") {
        entries.insert("Sid".to_owned(), sid.clone());
    }
    let effect = argument(block, "effect").cloned();
    let allow = || Node::new(Value::Text("Allow".into()), block.origin);
    entries.insert("Effect".to_owned(), effect.unwrap_or_else(allow));
    for (name, key) in LISTS {
        if let Some(list) = listed(block, name) {
            entries.insert(key.to_owned(), list);
        }
    }
    for (name, key) in [("principals", "Principal"), ("not_principals", "NotPrincipal")] {
        if let Some(principals) = argument(block, name).and_then(principals) {
            entries.insert(key.to_owned(), principals);
        }
    }
    if let Some(conditions) = argument(block, "condition").and_then(conditions) {
        entries.insert("Condition".to_owned(), conditions);
    }
    Node { value: Value::Map(entries), ..block.clone() }
}

/// A list that is not empty. The provider leaves empty ones out.
fn listed(block: &Node, name: &str) -> Option<Node> {
    let mut list = argument(block, name).cloned()?;
    if matches!(&list.value, Value::List(items) if items.is_empty()) {
        return None;
    }
    unescape(&mut list);
    Some(list)
}

/// `&{aws:username}` is how variables of IAM are written where Terraform would take `${` for its own.
fn unescape(node: &mut Node) {
    let variables = |text: &mut Box<str>| {
        if text.contains("&{") {
            *text = text.replace("&{", "${").into();
        }
    };
    match &mut node.value {
        Value::Text(text) => variables(text),
        Value::List(items) => items.iter_mut().for_each(unescape),
        Value::Pattern(parts) => {
            for part in parts.iter_mut() {
                if let Part::Text(text) = part {
                    variables(text);
                }
            }
        }
        _ => {}
    }
}

/// The blocks of an argument, or the one that is not known: then nothing can be made of the others either.
fn blocks(node: &Node) -> Result<&[Node], Node> {
    let items = match &node.value {
        Value::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    match items.iter().find(|item| !matches!(item.value, Value::Map(_))) {
        Some(item) => Err(item.clone()),
        None => Ok(items),
    }
}

fn principals(node: &Node) -> Option<Node> {
    let items = match blocks(node) {
        Ok(items) => items,
        Err(unknown) => return Some(unknown),
    };
    let first = items.first()?;
    let mut entries: IndexMap<String, Node> = IndexMap::new();
    for item in items {
        let Some(kind) = argument(item, "type") else { continue };
        let Value::Text(name) = &kind.value else { return Some(kind.clone()) };
        let Some(identifiers) = listed(item, "identifiers") else { continue };
        let everyone = matches!(&identifiers.value, Value::List(list)
            if matches!(list.as_slice(), [Node { value: Value::Text(text), .. }] if &**text == "*"));
        if &**name == "*" && everyone && items.len() == 1 {
            return Some(Node { value: Value::Text("*".into()), ..identifiers });
        }
        add(&mut entries, name, identifiers);
    }
    Some(Node::new(Value::Map(entries), first.origin))
}

fn conditions(node: &Node) -> Option<Node> {
    let items = match blocks(node) {
        Ok(items) => items,
        Err(unknown) => return Some(unknown),
    };
    let first = items.first()?;
    let mut tests: IndexMap<String, Node> = IndexMap::new();
    for item in items {
        let (Some(test), Some(variable)) = (argument(item, "test"), argument(item, "variable")) else { continue };
        let (Value::Text(name), Value::Text(key)) = (&test.value, &variable.value) else {
            return Some(if matches!(test.value, Value::Text(_)) { variable.clone() } else { test.clone() });
        };
        let mut values =
            argument(item, "values").cloned().unwrap_or_else(|| Node::new(Value::List(vec![]), item.origin));
        unescape(&mut values);
        let empty = || Node::new(Value::Map(IndexMap::new()), item.origin);
        if let Value::Map(variables) = &mut tests.entry(name.to_string()).or_insert_with(empty).value {
            add(variables, key, values);
        }
    }
    Some(Node::new(Value::Map(tests), first.origin))
}

/// Lists under one name become one list.
fn add(entries: &mut IndexMap<String, Node>, name: &str, list: Node) {
    match entries.get_mut(name) {
        None => {
            entries.insert(name.to_owned(), list);
        }
        Some(known) => match (&mut known.value, list.value) {
            (Value::List(items), Value::List(more)) => items.extend(more),
            (Value::List(items), value) => items.push(Node { value, ..Node::new(Value::Null, list.origin) }),
            (_, Value::List(mut more)) => {
                let single = std::mem::replace(known, Node::new(Value::Null, list.origin));
                more.insert(0, single);
                known.value = Value::List(more);
            }
            (_, value) => {
                let single = std::mem::replace(known, Node::new(Value::Null, list.origin));
                known.value = Value::List(vec![single, Node::new(value, list.origin)]);
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use model::{Origin, SourceId};
    use serde_json::{Value as Json, json};

    use super::*;

    fn made(values: Json) -> Json {
        shown(&document(&Node::from_json(values, Origin::new(SourceId(0), 1, 1))))
    }

    fn shown(node: &Node) -> Json {
        match &node.value {
            Value::Null => Json::Null,
            Value::Bool(value) => json!(value),
            Value::Number(text) | Value::Text(text) => json!(text),
            Value::List(items) => items.iter().map(shown).collect(),
            Value::Map(entries) => entries.iter().map(|(key, node)| (key.clone(), shown(node))).collect(),
            other => json!(format!("{other:?}")),
        }
    }

    #[test]
    fn statements_are_those_the_provider_makes() {
        let policy = made(json!({"statement": [
            {"sid": "A", "actions": ["s3:Get*"], "resources": ["arn:aws:s3:::b/&{aws:username}"], "effect": null,
             "principals": [{"type": "AWS", "identifiers": ["*"]}, {"type": "Service", "identifiers": ["a"]},
                            {"type": "AWS", "identifiers": ["1"]}],
             "condition": [{"test": "Bool", "variable": "aws:SecureTransport", "values": ["false"]},
                           {"test": "Bool", "variable": "aws:ViaAWSService", "values": ["true"]}]},
            {"effect": "Deny", "not_actions": ["iam:*"], "not_resources": ["*"], "actions": [],
             "principals": [{"type": "*", "identifiers": ["*"]}]},
        ]}));
        let expected = json!({"Version": "2012-10-17", "Statement": [
            {"Sid": "A", "Effect": "Allow", "Action": ["s3:Get*"], "Resource": ["arn:aws:s3:::b/${aws:username}"],
             "Principal": {"AWS": ["*", "1"], "Service": ["a"]},
             "Condition": {"Bool": {"aws:SecureTransport": ["false"], "aws:ViaAWSService": ["true"]}}},
            {"Effect": "Deny", "NotAction": ["iam:*"], "NotResource": ["*"], "Principal": "*"},
        ]});
        assert_eq!(policy, expected);
    }

    #[test]
    fn documents_are_merged_by_identifier() {
        let policy = made(json!({
            "source_policy_documents": [r#"{"Version": "2008-10-17", "Id": "x",
                "Statement": {"Sid": "A", "Effect": "Deny"}}"#],
            "statement": [{"sid": "A", "actions": ["a"]}, {"actions": ["b"]}],
            "override_json": r#"{"Statement": [{"Sid": "A", "Effect": "Deny", "Action": "c"}]}"#,
        }));
        let expected = json!({"Version": "2008-10-17", "Id": "x", "Statement": [
            {"Sid": "A", "Effect": "Deny", "Action": "c"}, {"Effect": "Allow", "Action": ["b"]},
        ]});
        assert_eq!(policy, expected);
    }

    #[test]
    fn what_is_not_known_stays_in_its_place() {
        let origin = Origin::new(SourceId(0), 1, 1);
        let unknown = |text: &str| Node::unresolved(Expression::new(text, ExpressionKind::Attribute), origin);
        let map = |entries: Vec<(&str, Node)>| {
            Node::new(Value::Map(entries.into_iter().map(|(key, node)| (key.to_owned(), node)).collect()), origin)
        };
        let list = |items| Node::new(Value::List(items), origin);
        let text = |text: &str| Node::new(Value::Text(text.into()), origin);
        let values = map(vec![
            (
                "statement",
                list(vec![
                    map(vec![("sid", text("A")), ("actions", list(vec![text("x")]))]),
                    map(vec![("principals", unknown("p")), ("actions", list(vec![text("a"), unknown("b")]))]),
                    unknown("s"),
                ]),
            ),
            ("override_policy_documents", list(vec![unknown("o")])),
        ]);
        let policy = document(&values);
        let Some(Value::List(statements)) = policy.get("Statement").map(|node| &node.value) else {
            panic!("{policy:?}")
        };
        let texts: Vec<_> = statements.iter().map(|node| node.expression().map(|e| &*e.text)).collect();
        assert_eq!(texts, [Some("a statement that override_policy_documents may replace"), None, Some("s"), Some("o")]);
        assert_eq!(statements[1].get("Principal"), Some(&unknown("p")));
        assert_eq!(statements[1].get("Action"), Some(&list(vec![text("a"), unknown("b")])));
    }
}
