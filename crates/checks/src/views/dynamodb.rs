//! Amazon DynamoDB.

use model::{At, Fact, FromAt, List, Text, Verdict, View};

const GLOBAL: &str = "AWS::DynamoDB::GlobalTable";

/// A table in one Region, or a global table with a replica in each of several.
#[derive(Debug, View)]
#[view("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable")]
pub(crate) struct Table<'a> {
    pub(crate) at: At<'a>,
    #[view(default = "PROVISIONED")]
    pub(crate) billing_mode: Fact<'a, Text<'a>>,
    replicas: List<'a, Replica<'a>>,
}

/// What a table has in each of its Regions.
#[derive(Debug, View)]
pub(crate) struct Replica<'a> {
    pub(crate) at: At<'a>,
    #[view(path = "PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled", default = false)]
    pub(crate) point_in_time_recovery: Fact<'a, bool>,
    #[view(default = false)]
    pub(crate) deletion_protection_enabled: Fact<'a, bool>,
}

impl<'a> Table<'a> {
    /// It holds in every Region of the table.
    pub(crate) fn everywhere(&self, judge: impl Fn(Replica<'a>) -> Verdict) -> Verdict {
        match self.at.resource().kind.as_str() {
            GLOBAL => self.replicas.all(judge),
            _ => judge(Replica::from_at(self.at.clone())),
        }
    }
}
