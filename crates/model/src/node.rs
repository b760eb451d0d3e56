//! The property tree: values, where each was written, and what is not known about them.

use std::sync::Arc;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::{ResourceId, SourceId};

/// Where a node was read: a place in a file (`line` and `column` count from 1), or an API call
/// (both are 0).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Origin {
    /// The file or call.
    pub source: SourceId,
    /// Line, from 1; 0 where the source has no lines.
    pub line: u32,
    /// Column in characters, from 1; 0 where the source has no columns.
    pub column: u32,
}

impl Origin {
    /// A place in a source; line and column count from 1.
    pub fn new(source: SourceId, line: u32, column: u32) -> Self {
        Self { source, line, column }
    }
}

/// A value of the property tree and where it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// What was read.
    #[serde(rename = "v")]
    pub value: Value,
    /// For an entry of a map the place of its key, for an item of a list the place of the item.
    #[serde(rename = "o")]
    pub origin: Origin,
    /// What stood in the source when that was not a literal: `!Ref Encrypted` for a value that came
    /// from the default of a parameter.
    #[serde(rename = "w", default, skip_serializing_if = "Option::is_none")]
    pub written: Option<Arc<Expression>>,
}

impl Node {
    /// A literal value.
    pub fn new(value: Value, origin: Origin) -> Self {
        Self { value, origin, written: None }
    }

    /// A value that is not known because `expression` cannot be resolved from the source alone.
    pub fn unresolved(expression: Expression, origin: Origin) -> Self {
        Self::new(Value::Unknown(Why::Unresolved(Arc::new(expression))), origin)
    }

    /// The tree of a JSON value, every node with the same origin.
    pub fn from_json(value: serde_json::Value, origin: Origin) -> Self {
        let value = match value {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(value) => Value::Bool(value),
            serde_json::Value::Number(number) => Value::Number(number.to_string().into()),
            serde_json::Value::String(text) => Value::Text(text.into()),
            serde_json::Value::Array(items) => {
                Value::List(items.into_iter().map(|item| Self::from_json(item, origin)).collect())
            }
            serde_json::Value::Object(entries) => {
                Value::Map(entries.into_iter().map(|(key, value)| (key, Self::from_json(value, origin))).collect())
            }
        };
        Self::new(value, origin)
    }

    /// The entry `key`, when this node is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.value {
            Value::Map(entries) => entries.get(key),
            _ => None,
        }
    }

    /// The expression this node was written with, if it was not a literal.
    pub fn expression(&self) -> Option<&Expression> {
        match &self.value {
            Value::Unknown(Why::Unresolved(expression)) => Some(expression),
            _ => self.written.as_deref(),
        }
    }
}

/// The forms a value can take.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// Written as null.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number as it was written: `1.10` stays `1.10`, an engine version is not a fraction.
    Number(Box<str>),
    /// Text that is known to the last character.
    Text(Box<str>),
    /// Text of which only parts are known: `arn:aws:s3:::${Bucket}/*`.
    Pattern(Box<[Part]>),
    /// Items in order.
    List(Vec<Node>),
    /// Entries in the order they were written.
    Map(IndexMap<String, Node>),
    /// An attribute of another resource of the inventory. That it is set is known; its text is not.
    Reference(Reference),
    /// Not known, and why.
    Unknown(Why),
}

/// A part of a text that is not known as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Part {
    /// These characters, exactly.
    Text(Box<str>),
    /// An attribute of another resource.
    Reference(Reference),
    /// Any characters, or none.
    Unknown(Arc<Expression>),
}

/// An attribute of another resource of the inventory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// The resource pointed to.
    pub target: ResourceId,
    /// `Ref` or the name of the attribute, such as `Arn`.
    pub attribute: Box<str>,
}

/// Why a value is not known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Why {
    /// The call that would tell was refused; the permission it lacks, such as `s3:GetBucketPolicy`.
    Denied(Box<str>),
    /// It depends on something the source does not hold.
    Unresolved(Arc<Expression>),
    /// Only a running account can tell.
    NotInCode,
    /// It could be asked for, and was not.
    NotRead,
    /// It is there, but is not what it has to be; what was expected, such as `a boolean`.
    Malformed(Box<str>),
}

impl Why {
    /// Whether there may be a literal text behind it that nobody has seen. What code leaves open is no
    /// literal, and what is malformed was seen.
    pub(crate) fn hides_literals(&self) -> bool {
        matches!(self, Why::Denied(_) | Why::NotInCode | Why::NotRead)
    }
}

/// Something written in place of a literal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expression {
    /// As people write it: `!Ref Encrypted`, `{{resolve:ssm:/db/size}}`, `var.encrypted`.
    pub text: Box<str>,
    /// What it depends on.
    pub kind: ExpressionKind,
    /// Whether it certainly stands for a value that is there and not empty. An attribute of a
    /// resource does; a parameter may be empty, a condition may leave the property out.
    pub set: bool,
}

impl Expression {
    /// An expression that may turn out to be empty or absent.
    pub fn new(text: impl Into<Box<str>>, kind: ExpressionKind) -> Self {
        Self { text: text.into(), kind, set: false }
    }

    /// An expression that certainly stands for a value.
    pub fn set(text: impl Into<Box<str>>, kind: ExpressionKind) -> Self {
        Self { text: text.into(), kind, set: true }
    }

    /// Whether AWS supplies it: a pseudo parameter or an attribute of a resource, which is neither
    /// empty nor a wildcard.
    pub fn is_supplied(&self) -> bool {
        self.set && matches!(self.kind, ExpressionKind::Pseudo | ExpressionKind::Attribute)
    }
}

/// What an expression depends on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExpressionKind {
    /// A parameter (or variable) of the template.
    Parameter {
        /// Its name.
        name: Box<str>,
        /// Whether its value is hidden (`NoEcho`, `sensitive`).
        hidden: bool,
    },
    /// What the deployment supplies: `AWS::AccountId`, `AWS::Region`.
    Pseudo,
    /// A value that another stack exports.
    Import,
    /// A dynamic reference; the service that resolves it: `ssm`, `ssm-secure`, `secretsmanager`.
    Dynamic(Box<str>),
    /// An attribute of a resource.
    Attribute,
    /// A lookup that has no entry for what it was asked, or was asked for something unknown.
    Lookup,
    /// A choice whose condition is not known.
    Choice,
    /// A macro or transform that runs only on deployment.
    Macro,
    /// Any other function of something unknown.
    Function,
}
