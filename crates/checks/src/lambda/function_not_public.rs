//! `lambda_function_not_public`

use macros::check;
use model::{Verdict, when};

use crate::views::lambda::Permission;

/// Permissions of Lambda functions do not let everyone invoke them
///
/// A permission for the principal `*` lets any account, and for some calls anyone on the internet, run
/// the function: with its role, on your bill, as often as they like. A permission for Amazon S3 as a
/// whole does so for every bucket of every account. Other services are left to the checks that read
/// what they are connected to, and a permission that holds for an unauthenticated function URL only to
/// `lambda_function_url_authenticated`: the same decision would be reported twice.
///
/// ## Fix
/// Name the account or the service that invokes the function in `Principal`, and for a service the
/// resource in `SourceArn` or the account in `SourceAccount`.
/// ```yaml,fail
/// Type: AWS::Lambda::Permission
/// Properties: { FunctionName: orders, Action: lambda:InvokeFunction, Principal: "*" }
/// ```
/// ```yaml,fail
/// Type: AWS::Lambda::Permission
/// Properties: { FunctionName: orders, Action: lambda:InvokeFunction, Principal: s3.amazonaws.com }
/// ```
/// ```yaml,pass
/// Type: AWS::Lambda::Permission
/// Properties:
///   FunctionName: orders
///   Action: lambda:InvokeFunction
///   Principal: s3.amazonaws.com
///   SourceAccount: !Ref AWS::AccountId
/// ```
#[check(SEC03_BP07, severity = Critical, fsbp = ["Lambda.1"])]
fn lambda_function_not_public(permission: &Permission) -> Verdict {
    let by_itself =
        permission.url_authentication.must_not_be("NONE") & permission.invoked_via_function_url.must_be(false);
    when(by_itself, || {
        permission
            .principal
            .must_read("neither everyone nor all of Amazon S3", |who| !["*", "s3.amazonaws.com"].contains(&who))
            | permission.source_account.must_be_set()
            | (permission.source_arn.must_be_set() & permission.source_arn.must_not_be_one_of(&["*", "arn:aws:s3:::*"]))
            | permission.principal_organization.must_be_set()
    })
}
