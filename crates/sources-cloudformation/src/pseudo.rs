//! Pseudo parameters: what the deployment supplies.

use model::{Expression, ExpressionKind, Node, Origin, Value};

use crate::Options;
use crate::expression::written;

/// What the options tell of the deployment.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pseudo {
    account: Option<String>,
    region: Option<String>,
    partition: Option<String>,
}

impl Pseudo {
    pub(crate) fn new(options: &Options) -> Self {
        let region = options.region.clone();
        let partition =
            options.partition.clone().or_else(|| region.as_deref().map(|region| partition_of(region).to_owned()));
        Self { account: options.account.clone(), region, partition }
    }

    /// The value of `AWS::...`; none when there is no such pseudo parameter. `AWS::NoValue` is not
    /// one of them: it has no value.
    pub(crate) fn value(&self, name: &str, origin: Origin) -> Option<Node> {
        let known = match name {
            "AWS::AccountId" => self.account.as_deref(),
            "AWS::Region" => self.region.as_deref(),
            "AWS::Partition" => self.partition.as_deref(),
            "AWS::URLSuffix" => match self.partition.as_deref() {
                Some("aws" | "aws-us-gov") => Some("amazonaws.com"),
                Some("aws-cn") => Some("amazonaws.com.cn"),
                _ => None,
            },
            "AWS::StackId" | "AWS::StackName" | "AWS::NotificationARNs" => None,
            _ => return None,
        };
        let text = format!("!Ref {name}");
        Some(match known {
            Some(value) => {
                let mut node = Node::new(Value::Text(value.into()), origin);
                node.written = written(text, ExpressionKind::Pseudo);
                node
            }
            None => {
                // A stack need not notify anyone; everything else always has a value.
                let set = name != "AWS::NotificationARNs";
                Node::unresolved(Expression { text: text.into(), kind: ExpressionKind::Pseudo, set }, origin)
            }
        })
    }
}

fn partition_of(region: &str) -> &'static str {
    match region {
        _ if region.starts_with("cn-") => "aws-cn",
        _ if region.starts_with("us-gov-") => "aws-us-gov",
        _ if region.starts_with("us-isob-") => "aws-iso-b",
        _ if region.starts_with("us-isof-") => "aws-iso-f",
        _ if region.starts_with("eu-isoe-") => "aws-iso-e",
        _ if region.starts_with("us-iso-") => "aws-iso",
        _ if region.starts_with("eusc-") => "aws-eusc",
        _ => "aws",
    }
}
