//! Writing a call down in the protocol of its service.

use serde_json::{Map, Value};

use crate::form::{Numbering, append, encode, pair, plain};
use crate::{Call, Protocol};

/// A request before it is addressed and signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The path, encoded, with its query: `/2015-03-31/functions?MaxItems=50`.
    pub path: String,
    /// Headers beside those of signing.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: String,
    /// The bucket that the path begins with; S3 wants it in the name of the host.
    pub bucket: Option<String>,
    /// What the name of the host begins with, with the dot behind it.
    pub host_prefix: Option<String>,
}

/// Writes down a call with its parameters.
pub fn request(call: &Call, parameters: &Map<String, Value>) -> Request {
    match call.service.protocol {
        Protocol::Json { target, version } => Request {
            method: "POST",
            path: "/".to_owned(),
            headers: vec![
                ("content-type", format!("application/x-amz-json-{version}")),
                ("x-amz-target", format!("{target}.{}", call.operation)),
            ],
            body: Value::Object(parameters.clone()).to_string(),
            bucket: None,
            host_prefix: None,
        },
        Protocol::Query { version, .. } => form(call, parameters, version, Numbering::Member),
        Protocol::Ec2 { version } => form(call, parameters, version, Numbering::Plain),
        Protocol::RestJson | Protocol::RestXml { .. } => rest(call, parameters),
    }
}

fn form(call: &Call, parameters: &Map<String, Value>, version: &str, numbering: Numbering) -> Request {
    let mut body = String::new();
    pair(&mut body, "Action", call.operation);
    pair(&mut body, "Version", version);
    for (name, value) in parameters {
        append(&mut body, name, value, numbering);
    }
    Request {
        method: "POST",
        path: "/".to_owned(),
        headers: vec![("content-type", "application/x-www-form-urlencoded; charset=utf-8".to_owned())],
        body,
        bucket: None,
        host_prefix: None,
    }
}

/// Parameters that the path names go there. Of the others, a `GET` takes them in its query and the rest
/// in the body.
fn rest(call: &Call, parameters: &Map<String, Value>) -> Request {
    let (method, template) = match call.path.split_once(' ') {
        Some(("POST", template)) => ("POST", template),
        Some((_, template)) => ("GET", template),
        None => ("GET", call.path),
    };
    let mut parts = template.split(' ');
    let template = parts.next().unwrap_or_default();
    let (host, template) = template.split_at(template.find('/').unwrap_or_default());
    let (template, fixed) = template.split_once('?').unwrap_or((template, ""));
    let mut left = parameters.clone();
    let path = filled(template, parameters, &mut left, encode);
    let as_it_is = |value: &str, _: bool| value.to_owned();
    let host_prefix = (!host.is_empty()).then(|| filled(host, parameters, &mut left, as_it_is));
    let mut headers = Vec::new();
    for (name, value) in parts.filter_map(|header| header.split_once(':')) {
        headers.push((name, filled(value, parameters, &mut left, as_it_is)));
    }
    let bucket = match template.starts_with("/{Bucket}") {
        true => parameters.get("Bucket").map(plain),
        false => None,
    };
    let (mut path, mut query, mut body) = (path, fixed.to_owned(), String::new());
    if method == "GET" {
        for (name, value) in &left {
            match value {
                Value::Array(items) => items.iter().for_each(|item| pair(&mut query, name, &plain(item))),
                Value::Null => {}
                value => pair(&mut query, name, &plain(value)),
            }
        }
    } else {
        headers.push(("content-type", "application/json".to_owned()));
        body = Value::Object(left).to_string();
    }
    if !query.is_empty() {
        path.push('?');
        path.push_str(&query);
    }
    Request { method, path, headers, body, bucket, host_prefix }
}

/// A template with its parameters filled in, which are then no longer left. `{Key+}` may hold slashes.
fn filled(
    template: &str,
    parameters: &Map<String, Value>,
    left: &mut Map<String, Value>,
    write: impl Fn(&str, bool) -> String,
) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        text.push_str(before);
        let (name, greedy) = name.strip_suffix('+').map_or((name, false), |name| (name, true));
        let value = parameters.get(name).map(plain).unwrap_or_default();
        left.remove(name);
        text.push_str(&write(&value, greedy));
        rest = after;
    }
    text.push_str(rest);
    text
}
