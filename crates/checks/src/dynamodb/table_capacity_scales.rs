//! `dynamodb_table_capacity_scales`

use macros::check;
use model::{At, Fact, Inventory, List, Text, Verdict, View, when};

use crate::views::dynamodb::Table;

#[derive(Debug, View)]
#[view("AWS::ApplicationAutoScaling::ScalableTarget")]
struct ScalableTarget<'a> {
    at: At<'a>,
    scalable_dimension: Fact<'a, Text<'a>>,
    /// Changes of its bounds by the clock.
    scheduled_actions: List<'a, At<'a>>,
}

/// A rule by which Application Auto Scaling moves a number.
#[derive(Debug, View)]
#[view("AWS::ApplicationAutoScaling::ScalingPolicy")]
struct ScalingPolicy<'a> {
    at: At<'a>,
    scalable_dimension: Fact<'a, Text<'a>>,
}

/// DynamoDB tables follow demand with their capacity
///
/// A table of fixed capacity refuses requests beyond it, and charges for all of it in the hours when nobody
/// asks for anything. On-demand tables charge by request; provisioned ones can be scaled between bounds.
/// Global tables with provisioned capacity are scaled in any case.
///
/// ## Fix
/// Set `BillingMode: PAY_PER_REQUEST`, or register an `AWS::ApplicationAutoScaling::ScalableTarget` with a
/// target-tracking policy for `dynamodb:table:ReadCapacityUnits` and for `dynamodb:table:WriteCapacityUnits`.
/// ```yaml,fail
/// Type: AWS::DynamoDB::Table
/// Properties:
///   KeySchema: [{ AttributeName: id, KeyType: HASH }]
///   ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 }
/// ```
/// ```yaml,pass
/// Type: AWS::DynamoDB::Table
/// Properties: { BillingMode: PAY_PER_REQUEST, KeySchema: [{ AttributeName: id, KeyType: HASH }] }
/// ```
#[check(
    REL07_BP03, COST09_BP03, SUS02_BP01, PERF03_BP02,
    severity = Medium, fsbp = ["DynamoDB.1"], code = Partly
)]
fn dynamodb_table_capacity_scales(table: &Table, around: &Inventory) -> Verdict {
    let scales = |dimension: &'static str| {
        around.referring_as::<ScalableTarget>("ResourceId", &table.at, "table/").any(
            &format!("a scalable target for {dimension}"),
            |target| {
                let own =
                    around.referring::<ScalingPolicy>("ScalingTargetId", &target.at).must_exist("a scaling policy");
                let by_name = around
                    .referring_as::<ScalingPolicy>("ResourceId", &table.at, "table/")
                    .any("a scaling policy", |policy| policy.scalable_dimension.must_be(dimension));
                let policy = own.or_perhaps(by_name).or_perhaps(target.scheduled_actions.must_not_be_empty());
                target.scalable_dimension.must_be(dimension) & policy
            },
        )
    };
    when(table.at.must_be_a("AWS::DynamoDB::Table"), || {
        table.billing_mode.must_be("PAY_PER_REQUEST")
            | (scales("dynamodb:table:ReadCapacityUnits") & scales("dynamodb:table:WriteCapacityUnits"))
    })
}
