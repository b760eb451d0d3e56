//! The credential report of IAM: how each user and the root user sign in.

use std::collections::BTreeMap;
use std::time::Duration;

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Origin, Value, Why};
use serde_json::json;

use crate::shape::text_in_base64;
use crate::{Draft, Run};

pub(crate) static IAM: Service = Service {
    endpoint: "iam",
    signing: "iam",
    variable: "IAM",
    protocol: Protocol::Query { version: "2010-05-08", items: &[] },
    scope: Scope::Global,
};

/// IAM makes a report when the last one is older than four hours. This is the one call of a scan that is no
/// plain read.
pub(crate) static GENERATE: Call = Call {
    service: &IAM,
    operation: "GenerateCredentialReport",
    path: "",
    action: "iam:GenerateCredentialReport",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

pub(crate) static REPORT: Call = Call {
    service: &IAM,
    operation: "GetCredentialReport",
    path: "",
    action: "iam:GetCredentialReport",
    pages: Pages::One,
    yields: &["AWS::IAM::AccessKey", "Pilaster::CredentialReport"],
    unset: &[],
};

/// How often IAM is asked whether the report is ready.
const ATTEMPTS: usize = 30;

const PAUSE: Duration = Duration::from_secs(1);

/// How the report calls the root user.
const ROOT: &str = "<root_account>";

/// The columns that name the user.
const NAMED: [&str; 2] = ["user", "arn"];

/// What the report says, by the name of the user.
#[derive(Debug)]
pub(crate) struct Credentials {
    origin: Origin,
    generated: Option<Node>,
    /// Why nothing is known.
    unknown: Option<Node>,
    users: BTreeMap<String, BTreeMap<String, String>>,
}

/// Has the report made, and reads it.
pub(crate) async fn read(run: &Run) -> Credentials {
    for _ in 0..if run.makes_reports { ATTEMPTS } else { 0 } {
        let state = run.get(&GENERATE, json!({})).await.at("State");
        match state.map(|state| state.value) {
            Some(Value::Text(state)) if &*state != "COMPLETE" => tokio::time::sleep(PAUSE).await,
            // Who may not have one made may still read the last one.
            _ => break,
        }
    }
    let report = run.get(&REPORT, json!({})).await;
    let origin = run.origin(&REPORT);
    let mut credentials =
        Credentials { origin, generated: report.at("GeneratedTime"), unknown: None, users: BTreeMap::new() };
    match report.at("Content") {
        Some(Node { value: Value::Text(content), .. }) => {
            match text_in_base64(&content).and_then(|text| table(&text)) {
                Some(users) => credentials.users = users,
                None => credentials.unknown = Some(not_known("the report could not be understood", origin)),
            }
        }
        Some(node @ Node { value: Value::Unknown(_), .. }) => credentials.unknown = Some(node),
        _ => credentials.unknown = Some(not_known("there is no report", origin)),
    }
    credentials
}

/// Not malformed: that would say that there is something.
fn not_known(reason: &str, origin: Origin) -> Node {
    Node::new(Value::Unknown(Why::Denied(format!("{} ({reason})", REPORT.action).into())), origin)
}

impl Credentials {
    /// What is known of the root user.
    pub(crate) fn root(&self) -> Option<Node> {
        if let Some(unknown) = &self.unknown {
            return Some(unknown.clone());
        }
        let Some(row) = self.users.get(ROOT) else { return Some(not_known("it lacks the root user", self.origin)) };
        let entries = row.iter().map(|(column, value)| (property(column), self.value(value)));
        Some(Node::new(Value::Map(entries.collect()), self.origin))
    }

    /// Sets what is known of a user: `LoginProfile` where there is a password, and all the rest as
    /// observed. A user who is newer than the report is not in it.
    pub(crate) fn set(&self, mut draft: Draft, user: &str) -> Draft {
        let row = match (&self.unknown, self.users.get(user)) {
            (Some(unknown), _) => Err(unknown.clone()),
            (None, None) => Err(not_known("the user is newer than the report", self.origin)),
            (None, Some(row)) => Ok(row),
        };
        let row = match row {
            Ok(row) => row,
            Err(unknown) => {
                return draft.set("LoginProfile", Some(unknown.clone())).set("Observed.Credentials", Some(unknown));
            }
        };
        if is_true(row.get("password_enabled")) {
            draft = draft.set("LoginProfile", Some(Node::new(Value::Map(Default::default()), self.origin)));
        }
        for (column, value) in row {
            draft = draft.set(&format!("Observed.Credentials.{}", property(column)), Some(self.value(value)));
        }
        draft
    }

    /// The report, and the access keys it tells of; it does not give their ids.
    pub(crate) fn drafts(&self, account: &str) -> Vec<Draft> {
        if self.unknown.is_some() {
            return Vec::new();
        }
        let report = Draft::new("Pilaster::CredentialReport", account, self.origin);
        let mut drafts = vec![report.set("GeneratedTime", self.generated.clone())];
        for (user, row) in &self.users {
            for key in ["access_key_1", "access_key_2"] {
                let is_active = is_true(row.get(&format!("{key}_active")));
                // A key that is not active has a date; one that does not exist has none.
                let has_date = row.get(&format!("{key}_last_rotated")).is_some_and(|date| !is_nothing(date));
                if !is_active && !has_date {
                    continue;
                }
                let text = |text: &str| Some(Node::new(Value::Text(text.into()), self.origin));
                let mut draft = Draft::new("AWS::IAM::AccessKey", format!("{user} {key}"), self.origin)
                    .set("UserName", text(user))
                    .set("Status", text(if is_active { "Active" } else { "Inactive" }));
                for (column, value) in row {
                    if let Some(column) = column.strip_prefix(key).filter(|column| *column != "_active") {
                        draft = draft.set(&format!("Observed.{}", property(column)), Some(self.value(value)));
                    }
                }
                drafts.push(draft);
            }
        }
        drafts
    }

    fn value(&self, text: &str) -> Node {
        let value = match text {
            text if is_nothing(text) => Value::Null,
            text if text.eq_ignore_ascii_case("true") => Value::Bool(true),
            text if text.eq_ignore_ascii_case("false") => Value::Bool(false),
            text => Value::Text(text.into()),
        };
        Node::new(value, self.origin)
    }
}

fn is_true(value: Option<&String>) -> bool {
    value.is_some_and(|value| value.eq_ignore_ascii_case("true"))
}

/// Words of the report for what does not exist or never happened.
fn is_nothing(value: &str) -> bool {
    matches!(value, "" | "N/A" | "no_information" | "not_supported")
}

/// `access_key_1_active` is `AccessKey1Active`.
fn property(column: &str) -> String {
    let words = column.split('_').map(|word| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
    });
    words.collect()
}

/// The rows of the report. Names and paths may hold commas, so the columns after them count from the end
/// of the line.
fn table(text: &str) -> Option<BTreeMap<String, BTreeMap<String, String>>> {
    let mut lines = text.lines();
    let columns: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
    let columns = columns.strip_prefix(&NAMED)?;
    let row = |line: &str| {
        let (user, rest) = line.split_once(",arn:")?;
        let mut values: Vec<&str> = rest.rsplitn(columns.len() + 1, ',').take(columns.len()).collect();
        if values.len() < columns.len() {
            return None;
        }
        values.reverse();
        let named = columns.iter().zip(values).map(|(column, value)| ((*column).to_owned(), value.to_owned()));
        Some((user.to_owned(), named.collect()))
    };
    Some(lines.filter_map(row).collect())
}
