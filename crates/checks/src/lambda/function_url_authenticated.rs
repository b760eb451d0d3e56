//! `lambda_function_url_authenticated`

use macros::check;
use model::{At, Fact, Text, Verdict, View};

/// The address at which a function answers.
#[derive(Debug, View)]
#[view("AWS::Lambda::Url")]
struct Url<'a> {
    at: At<'a>,
    auth_type: Fact<'a, Text<'a>>,
}

/// Function URLs of Lambda require a signed request
///
/// A function URL is on the public internet. With the authentication type `NONE` whoever finds it can
/// invoke the function, and nothing but its own code stands in between; addresses are found by scanning.
/// With `AWS_IAM` Lambda turns away every request that is not signed by a principal that may invoke it.
///
/// ## Fix
/// Set `AuthType` to `AWS_IAM` and sign the requests. For callers that cannot sign, put Amazon CloudFront
/// with origin access control or an API with an authorizer in front.
/// ```yaml,fail
/// Type: AWS::Lambda::Url
/// Properties: { TargetFunctionArn: orders, AuthType: NONE }
/// ```
/// ```yaml,pass
/// Type: AWS::Lambda::Url
/// Properties: { TargetFunctionArn: orders, AuthType: AWS_IAM }
/// ```
#[check(SEC03_BP07, SEC09_BP03, severity = High, effort = Medium, needs = [Testing])]
fn lambda_function_url_authenticated(url: &Url) -> Verdict {
    url.auth_type.must_be("AWS_IAM")
}
