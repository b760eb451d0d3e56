//! `dynamodb_table_deletion_protection`

use macros::check;
use model::Verdict;

use crate::views::dynamodb::Table;

/// DynamoDB tables are protected against deletion
///
/// A table is deleted by one call and within seconds: by a script that ran in the wrong account, a stack
/// that is removed, or a new key schema that makes CloudFormation replace the table. With deletion
/// protection such a call fails until someone turns the protection off on purpose.
///
/// ## Fix
/// Set `DeletionProtectionEnabled: true`; in a global table on every replica.
/// ```yaml,fail
/// Type: AWS::DynamoDB::Table
/// Properties: { BillingMode: PAY_PER_REQUEST, KeySchema: [{ AttributeName: id, KeyType: HASH }] }
/// ```
/// ```yaml,pass
/// Type: AWS::DynamoDB::Table
/// Properties:
///   BillingMode: PAY_PER_REQUEST
///   KeySchema: [{ AttributeName: id, KeyType: HASH }]
///   DeletionProtectionEnabled: true
/// ```
#[check(OPS06_BP01, SEC08_BP04, severity = Medium, fsbp = ["DynamoDB.6"])]
fn dynamodb_table_deletion_protection(table: &Table) -> Verdict {
    table.everywhere(|replica| replica.deletion_protection_enabled.must_be(true))
}
