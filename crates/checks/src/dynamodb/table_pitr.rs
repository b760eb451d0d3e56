//! `dynamodb_table_pitr`

use macros::check;
use model::Verdict;

use crate::views::dynamodb::Table;

/// DynamoDB tables can be restored to any point in time
///
/// DynamoDB keeps three copies of every item, and a faulty release overwrites all three within minutes.
/// With point-in-time recovery, a table as it was at any second of the last 35 days is one call away;
/// without it there is only what someone backed up by hand.
///
/// ## Fix
/// Set `PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }`; in a global table on every
/// replica you want to be able to restore. It is charged by the size of the table.
/// ```yaml,fail
/// Type: AWS::DynamoDB::Table
/// Properties: { BillingMode: PAY_PER_REQUEST, KeySchema: [{ AttributeName: id, KeyType: HASH }] }
/// ```
/// ```yaml,pass
/// Type: AWS::DynamoDB::Table
/// Properties:
///   BillingMode: PAY_PER_REQUEST
///   KeySchema: [{ AttributeName: id, KeyType: HASH }]
///   PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }
/// ```
#[check(REL09_BP03, REL09_BP01, severity = Medium, needs = [Money], fsbp = ["DynamoDB.2"])]
fn dynamodb_table_pitr(table: &Table) -> Verdict {
    table.everywhere(|replica| replica.point_in_time_recovery.must_be(true))
}
