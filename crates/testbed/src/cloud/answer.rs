//! Answers and errors in the forms of the protocols.

use serde_json::{Value, json};

use super::question::{Question, Speech};

/// What a service answers.
#[derive(Debug, Clone)]
pub(super) enum Answer {
    /// A structure. In XML a list is an element for each item under the list's name, so a list that has a
    /// name of its own around the items is an entry in an entry: `{"Topics": {"member": […]}}`. Of a path
    /// that answers in XML, the only entry is the root.
    Tree(Value),
    /// A body as it is: policies of buckets.
    Text(String),
    /// An error: status and code.
    Error(u16, &'static str),
}

/// Status, headers and body of an answer.
pub(super) type Written = (u16, Vec<(&'static str, String)>, String);

impl Answer {
    /// What is said where nothing is set up.
    pub(super) fn nothing(question: &Question) -> Self {
        match question.speech {
            Speech::RestXml => Self::Tree(json!({ "Result": {} })),
            _ => Self::Tree(json!({})),
        }
    }

    pub(super) fn written(self, question: &Question) -> Written {
        let operation = &question.operation;
        match (self, question.speech) {
            (Self::Error(status, code), _) => error(question, status, code),
            (Self::Text(text), _) => (200, Vec::new(), text),
            (Self::Tree(tree), Speech::Json) => {
                (200, vec![("content-type", "application/x-amz-json-1.1".to_owned())], tree.to_string())
            }
            (Self::Tree(tree), Speech::RestJson) => {
                (200, vec![("content-type", "application/json".to_owned())], tree.to_string())
            }
            (Self::Tree(tree), Speech::Query) => {
                let (response, result) = (format!("{operation}Response"), format!("{operation}Result"));
                let tree = json!({ result: tree, "ResponseMetadata": { "RequestId": "0" } });
                (200, xml(), document(&response, &tree))
            }
            (Self::Tree(mut tree), Speech::Ec2) => {
                tree["requestId"] = json!("0");
                (200, xml(), document(&format!("{operation}Response"), &tree))
            }
            (Self::Tree(tree), Speech::RestXml) => {
                let root = tree.as_object().and_then(|entries| entries.iter().next());
                (200, xml(), root.map(|(name, value)| document(name, value)).unwrap_or_default())
            }
        }
    }
}

fn xml() -> Vec<(&'static str, String)> {
    vec![("content-type", "text/xml".to_owned())]
}

fn error(question: &Question, status: u16, code: &str) -> Written {
    let message = "the stand-in says so";
    match question.speech {
        Speech::Json => {
            let body = json!({ "__type": format!("com.amazonaws.{}#{code}", question.service), "message": message });
            (status, Vec::new(), body.to_string())
        }
        Speech::RestJson => {
            (status, vec![("x-amzn-errortype", code.to_owned())], json!({ "message": message }).to_string())
        }
        Speech::Query => {
            let tree = json!({ "Error": { "Type": "Sender", "Code": code, "Message": message }, "RequestId": "0" });
            (status, xml(), document("ErrorResponse", &tree))
        }
        Speech::Ec2 => {
            let error = json!({ "Error": { "Code": code, "Message": message } });
            (status, xml(), document("Response", &json!({ "Errors": error, "RequestID": "0" })))
        }
        Speech::RestXml if question.service == "s3" => {
            (status, xml(), document("Error", &json!({ "Code": code, "Message": message })))
        }
        Speech::RestXml => {
            let tree = json!({ "Error": { "Type": "Sender", "Code": code, "Message": message } });
            (status, xml(), document("ErrorResponse", &tree))
        }
    }
}

fn document(root: &str, tree: &Value) -> String {
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    element(&mut text, root, tree);
    text
}

fn element(text: &mut String, name: &str, value: &Value) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| element(text, name, item)),
        Value::Null => text.push_str(&format!("<{name}/>")),
        value => {
            text.push_str(&format!("<{name}>"));
            match value {
                Value::Object(entries) => entries.iter().for_each(|(name, value)| element(text, name, value)),
                Value::String(words) => {
                    text.push_str(&words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"));
                }
                other => text.push_str(&other.to_string()),
            }
            text.push_str(&format!("</{name}>"));
        }
    }
}
