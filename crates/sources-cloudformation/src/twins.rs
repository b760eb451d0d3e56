//! The same template in two syntaxes.

use model::{Node, Value};

use crate::document;

/// Whether two texts are one template: what decides on its resources is equal in content.
pub(crate) fn are_twins(left: &str, right: &str) -> bool {
    let (Ok(left), Ok(right)) = (document::parse(left), document::parse(right)) else {
        return false;
    };
    ["Parameters", "Mappings", "Conditions", "Resources", "Globals", "Transform"].iter().all(|section| {
        match (left.get(section), right.get(section)) {
            (Some(left), Some(right)) => equal(left, right),
            (None, None) => true,
            _ => false,
        }
    })
}

fn equal(left: &Node, right: &Node) -> bool {
    match (&left.value, &right.value) {
        (Value::List(left), Value::List(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| equal(left, right))
        }
        (Value::Map(left), Value::Map(right)) => {
            left.len() == right.len()
                && left.iter().all(|(name, left)| {
                    right.get(name).is_some_and(|right| match name.as_str() {
                        "Fn::GetAtt" => attribute(left) == attribute(right),
                        _ => equal(left, right),
                    })
                })
        }
        (left, right) => match (scalar(left), scalar(right)) {
            (Some(left), Some(right)) => left == right,
            _ => false,
        },
    }
}

/// The text of a scalar: `"80"` and `80` are one to AWS.
fn scalar(value: &Value) -> Option<&str> {
    Some(match value {
        Value::Null => "",
        Value::Bool(true) => "true",
        Value::Bool(false) => "false",
        Value::Number(text) | Value::Text(text) => text,
        _ => return None,
    })
}

fn attribute(argument: &Node) -> Option<String> {
    match &argument.value {
        Value::List(items) => {
            let parts: Option<Vec<&str>> = items.iter().map(|item| scalar(&item.value)).collect();
            parts.map(|parts| parts.join("."))
        }
        value => scalar(value).map(str::to_owned),
    }
}
