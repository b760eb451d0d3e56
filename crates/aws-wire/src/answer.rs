//! Reading what comes back.

use model::{Node, Origin, Value};

use crate::failure::ServiceError;
use crate::xml::{self, Items};
use crate::{Call, Class, Failure, Pages, Protocol};

/// Reads the answer to a call: the tree of what it holds, every node with `origin`.
///
/// # Errors
/// When the status is no success, or the body is not what the protocol says.
pub fn answer(
    call: &Call,
    status: u16,
    error_header: Option<&str>,
    body: &[u8],
    origin: Origin,
    works_elsewhere: bool,
) -> Result<Node, Failure> {
    let malformed = || Failure::new(call, Class::Malformed);
    let Ok(text) = std::str::from_utf8(body) else { return Err(malformed()) };
    if !(200..300).contains(&status) {
        let error = ServiceError::read(call.service.protocol, error_header, text);
        return Err(Failure::of_service(call, status, &error, works_elsewhere));
    }
    match call.service.protocol {
        Protocol::Json { .. } | Protocol::RestJson => {
            // Nothing at all is no answer, but where the status says that there is none.
            if status == 204 {
                return Ok(Node::new(Value::Map(Default::default()), origin));
            }
            structure(serde_json::from_str(text).map(|value| Node::from_json(value, origin)).ok(), call)
        }
        Protocol::Query { items, .. } => {
            let items: Vec<&str> = items.iter().copied().chain(["member"]).collect();
            let root = xml::parse(text, Items { wrapped: &items, flat: &[] }, origin).map_err(|_| malformed())?;
            // `<ListUsersResponse><ListUsersResult>…`
            let result = format!("{}Result", call.operation);
            let mut root = structure(Some(root), call)?;
            Ok(match &mut root.value {
                Value::Map(entries) => entries.shift_remove(&result).unwrap_or(root),
                _ => root,
            })
        }
        Protocol::Ec2 { .. } => structure(xml::parse(text, Items { wrapped: &["item"], flat: &[] }, origin).ok(), call),
        Protocol::RestXml { items, flat } => {
            if text.trim().is_empty() {
                return Ok(Node::new(Value::Map(Default::default()), origin));
            }
            // S3 hands out policies as they are.
            let root = match text.starts_with('{') {
                true => serde_json::from_str(text).map(|value| Node::from_json(value, origin)).ok(),
                false => xml::parse(text, Items { wrapped: items, flat }, origin).ok(),
            };
            // Where a bucket is, is the one answer that is text.
            match root {
                Some(root) if call.operation == "GetBucketLocation" => Ok(root),
                root => structure(root, call),
            }
        }
    }
}

/// An answer that holds something under names, or nothing. No other is the service's, but a proxy's.
fn structure(node: Option<Node>, call: &Call) -> Result<Node, Failure> {
    let is_xml = !matches!(call.service.protocol, Protocol::Json { .. } | Protocol::RestJson);
    let is_structure = |value: &Value| matches!(value, Value::Map(_)) || (is_xml && *value == Value::Null);
    node.filter(|node| is_structure(&node.value)).ok_or_else(|| Failure::new(call, Class::Malformed))
}

/// The parameter that asks for what comes after an answer; none when it was the last one.
pub fn next_page(call: &Call, answer: &Node) -> Option<(&'static str, String)> {
    let Pages::Token { answer: path, parameter } = call.pages else { return None };
    let token = path.split('.').try_fold(answer, |node, key| node.get(key))?;
    match &token.value {
        Value::Text(token) if !token.is_empty() => Some((parameter, token.to_string())),
        Value::Number(token) => Some((parameter, token.to_string())),
        _ => None,
    }
}
