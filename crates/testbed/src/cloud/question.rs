//! What a request asks, whatever protocol it is written in.

use std::collections::HashMap;

use serde_json::Value;

use super::Asked;
use super::services::ROUTES;

/// How a service speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Speech {
    Json,
    Query,
    Ec2,
    RestJson,
    RestXml,
}

/// A request, understood.
#[derive(Debug, Clone)]
pub(super) struct Question {
    /// The service it was signed for.
    pub(super) service: String,
    pub(super) region: String,
    pub(super) speech: Speech,
    /// `ListQueues`; of a path that is not known, the path.
    pub(super) operation: String,
    parameters: HashMap<String, String>,
    json: Value,
}

/// Services that answer in XML to requests that are a path.
const XML: [&str; 3] = ["s3", "route53", "cloudfront"];

/// What names the page that is asked for.
const TOKENS: [&str; 7] =
    ["NextToken", "nextToken", "Marker", "marker", "continuation-token", "ExclusiveStartTableName", "PaginationToken"];

impl Question {
    pub(super) fn of(asked: &Asked) -> Self {
        let (service, region) = (asked.service().to_owned(), asked.region().to_owned());
        let (path, query) = asked.path.split_once('?').unwrap_or((&asked.path, ""));
        let mut parameters = form(query);
        let mut json = Value::Null;
        let (speech, operation) = if asked.headers.contains_key("x-amz-target") {
            json = asked.json();
            (Speech::Json, asked.operation().to_owned())
        } else if asked.body.starts_with("Action=") {
            parameters = form(&asked.body);
            let speech = if service == "ec2" { Speech::Ec2 } else { Speech::Query };
            (speech, parameters.remove("Action").unwrap_or_default())
        } else {
            let speech = if XML.contains(&service.as_str()) { Speech::RestXml } else { Speech::RestJson };
            json = asked.json();
            let known = ROUTES.iter().filter(|route| route.service == service && route.method == asked.method);
            let found = known.into_iter().find_map(|route| {
                let placed = matched(route.path, path)?;
                let marked = route.marks.is_none_or(|mark| parameters.contains_key(mark));
                marked.then_some((route.operation.to_owned(), placed))
            });
            match found {
                Some((operation, placed)) => {
                    parameters.extend(placed);
                    (speech, operation)
                }
                None => (speech, format!("{} {path}", asked.method)),
            }
        };
        Self { service, region, speech, operation, parameters, json }
    }

    /// A parameter, or nothing.
    pub(super) fn text(&self, name: &str) -> &str {
        match self.json.get(name) {
            Some(Value::String(text)) => text,
            _ => self.parameters.get(name).map_or("", String::as_str),
        }
    }

    /// A parameter that is a number.
    pub(super) fn number(&self, name: &str) -> Option<usize> {
        match self.json.get(name) {
            Some(Value::Number(number)) => number.as_u64().and_then(|number| usize::try_from(number).ok()),
            _ => self.text(name).parse().ok(),
        }
    }

    /// A parameter that is a list: `Names.member.1`, `Name.1`, or a list in JSON.
    pub(super) fn list(&self, name: &str) -> Vec<String> {
        if let Some(Value::Array(items)) = self.json.get(name) {
            return items.iter().filter_map(Value::as_str).map(str::to_owned).collect();
        }
        let numbered = (1..).map_while(|number| {
            let found = self.parameters.get(&format!("{name}.member.{number}"));
            found.or_else(|| self.parameters.get(&format!("{name}.{number}"))).cloned()
        });
        numbered.collect()
    }

    /// The token of the page that is asked for; none for the first.
    pub(super) fn token(&self) -> Option<&str> {
        TOKENS.iter().map(|name| self.text(name)).find(|token| !token.is_empty())
    }

    /// Of what it is asked: what the parameters say, the token aside.
    pub(super) fn subject(&self) -> String {
        let told = |name: &str| !TOKENS.contains(&name);
        let mut told: Vec<String> = match &self.json {
            Value::Object(entries) => {
                entries.iter().filter(|(name, _)| told(name)).map(|(name, value)| format!("{name}={value}")).collect()
            }
            _ => self.parameters.iter().filter(|(name, _)| told(name)).map(|(n, v)| format!("{n}={v}")).collect(),
        };
        told.sort();
        told.join("&")
    }
}

/// What a path holds in the places of a route: `/functions/{FunctionName}/policy`.
fn matched(route: &str, path: &str) -> Option<Vec<(String, String)>> {
    let (route, path): (Vec<&str>, Vec<&str>) = (route.split('/').collect(), path.split('/').collect());
    if route.len() != path.len() {
        return None;
    }
    let mut placed = Vec::new();
    for (expected, found) in route.into_iter().zip(path) {
        match expected.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(_) if found.is_empty() => return None,
            Some(name) => placed.push((name.to_owned(), decoded(found))),
            None if expected == found => {}
            None => return None,
        }
    }
    Some(placed)
}

fn form(text: &str) -> HashMap<String, String> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).map(|(n, v)| (decoded(n), decoded(v))).collect()
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes().iter();
    while let Some(&byte) = rest.next() {
        let digits = rest.as_slice().get(..2).filter(|_| byte == b'%');
        match digits.and_then(|digits| std::str::from_utf8(digits).ok()).and_then(|d| u8::from_str_radix(d, 16).ok()) {
            Some(decoded) => {
                bytes.push(decoded);
                rest.nth(1);
            }
            None if byte == b'+' => bytes.push(b' '),
            None => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
