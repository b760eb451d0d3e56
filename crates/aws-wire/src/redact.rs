//! Taking secrets out of answers before they are written to disk.

use serde_json::Value;

/// What stands in place of a secret. When it is read again it is a value that was not read.
pub(crate) const REDACTED: &str = "pilaster:redacted";

/// Fields whose value is secret, or often holds secrets.
const SECRET: &[&str] = &[
    "authtoken",
    "basicauth",
    "clientsecret",
    // With the pre-shared keys of the tunnels.
    "customergatewayconfiguration",
    "masteruserpassword",
    "oauthtoken",
    "outputvalue",
    "parametervalue",
    "password",
    "presharedkey",
    "privatekey",
    "secretaccesskey",
    "secretstring",
    "sessiontoken",
    "sharedsecret",
    "tokenvalue",
    "userdata",
];

/// Fields that hold variables, in which every value may be secret: environments and stage variables.
const VARIABLES: [&str; 4] = ["environment", "environmentvariables", "stagevariables", "variables"];

/// What tells about a variable without being its value.
const NAMES: [&str; 4] = ["error", "name", "type", "valuefrom"];

/// The text of an answer without secrets: values of fields known to hold them, links that let their bearer
/// in, and ids of access keys.
pub(crate) fn redacted(text: &str) -> String {
    let text = match serde_json::from_str::<Value>(text) {
        Ok(mut value) if value.is_object() || value.is_array() => {
            in_json(&mut value, false);
            value.to_string()
        }
        _ => in_xml(text),
    };
    without_keys(text)
}

fn in_json(value: &mut Value, secret: bool) {
    match value {
        Value::Object(entries) => {
            // `{"name": …, "value": …}` names a variable; in a map of variables `name` may be one.
            let is_pair = entries.contains_key("value") || entries.contains_key("Value");
            for (key, value) in entries {
                let key = key.to_ascii_lowercase();
                let named = is_pair && NAMES.contains(&key.as_str()) && !value.is_object();
                let holds = SECRET.contains(&key.as_str()) || VARIABLES.contains(&key.as_str());
                in_json(value, (secret && !named) || holds);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| in_json(item, secret)),
        Value::String(text) if secret || is_presigned(text) => *text = REDACTED.to_owned(),
        _ => {}
    }
}

/// A link with a signature in it.
fn is_presigned(text: &str) -> bool {
    text.contains("X-Amz-Signature=") || text.contains("X-Amz-Security-Token=")
}

/// The contents of elements that hold secrets, tags and all.
fn in_xml(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        result.push_str(before);
        result.push('<');
        let name: &str = after.split(['>', ' ', '/']).next().unwrap_or_default();
        let is_secret = SECRET.contains(&name.to_ascii_lowercase().as_str());
        let end = format!("</{name}>");
        match after.split_once('>').filter(|(head, _)| is_secret && !head.ends_with('/')) {
            Some((head, inside)) => {
                let (content, after) = inside.split_once(&end).unwrap_or((inside, ""));
                result.push_str(head);
                result.push('>');
                // `<userData><value>…`: the shape stays.
                match content.trim_start().strip_prefix("<value>") {
                    Some(_) => result.push_str(&format!("<value>{REDACTED}</value>")),
                    None if content.is_empty() => {}
                    None => result.push_str(REDACTED),
                }
                result.push_str(&end);
                rest = after;
            }
            None => rest = after,
        }
    }
    result.push_str(rest);
    result
}

/// Ids of access keys, each replaced by the same one wherever it stands.
fn without_keys(text: String) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(start) = rest.find("IA") {
        // `AKIA` and `ASIA` begin two letters before.
        let begin = start.checked_sub(2).filter(|begin| matches!(rest.get(*begin..start), Some("AK" | "AS")));
        let Some((before, found)) = begin.map(|begin| rest.split_at(begin)) else {
            let (before, after) = rest.split_at(start + 2);
            result.push_str(before);
            rest = after;
            continue;
        };
        let length = found.bytes().take_while(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()).count();
        let (key, after) = found.split_at(length);
        result.push_str(before);
        match length {
            // An id of a key has twenty characters.
            20 => result.push_str(&format!("{}EXAMPLE{:09}", &key[..4], digest(key) % 1_000_000_000)),
            _ => result.push_str(key),
        }
        rest = after;
    }
    result.push_str(rest);
    result
}

/// FNV-1a: the same in every run and on every machine.
fn digest(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_go_and_names_stay() {
        for (text, expected) in [
            (
                r#"{"Environment":{"Variables":{"DB_PASSWORD":"hunter2"}},"Code":{"Location":"https://x/?X-Amz-Signature=1"}}"#,
                r#"{"Environment":{"Variables":{"DB_PASSWORD":"pilaster:redacted"}},"Code":{"Location":"pilaster:redacted"}}"#,
            ),
            (
                r#"{"environment":[{"name":"TOKEN","value":"abc"}],"memory":512}"#,
                r#"{"environment":[{"name":"TOKEN","value":"pilaster:redacted"}],"memory":512}"#,
            ),
            (
                "<r><userData><value>c2VjcmV0</value></userData><name>web</name></r>",
                "<r><userData><value>pilaster:redacted</value></userData><name>web</name></r>",
            ),
            (
                "<r><customerGatewayConfiguration>&lt;pre_shared_key&gt;x</customerGatewayConfiguration></r>",
                "<r><customerGatewayConfiguration>pilaster:redacted</customerGatewayConfiguration></r>",
            ),
            ("<r><userData/><x a='1'/></r>", "<r><userData/><x a='1'/></r>"),
            ("<Password>p</Password", "<Password>pilaster:redacted</Password>"),
            ("plain < text", "plain < text"),
        ] {
            assert_eq!(redacted(text), expected);
        }
    }

    #[test]
    fn ids_of_access_keys_are_replaced_by_the_same_ones() {
        let text = "AKIAIOSFODNN7EXAMPLE,AKIAshort,ASIAIOSFODNN7EXAMPLE,AKIAIOSFODNN7EXAMPLE";
        let redacted = redacted(text);
        let keys: Vec<&str> = redacted.split(',').collect();
        assert_eq!((keys[0], keys[1], keys[0].len()), (keys[3], "AKIAshort", 20));
        assert!(!redacted.contains("IOSFODNN7"), "{redacted}");
        assert!(keys[2].starts_with("ASIAEXAMPLE"), "{redacted}");
    }
}
