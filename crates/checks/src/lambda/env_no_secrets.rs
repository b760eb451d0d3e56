//! `lambda_env_no_secrets`

use macros::check;
use model::Verdict;

use crate::environment::must_hold_no_credential;
use crate::views::lambda::Function;

/// Environment variables of Lambda functions hold no credentials
///
/// A credential that is written into a template is in every copy of it, in version control, and in the
/// configuration of the function, which everyone with read access to Lambda can see. It cannot be
/// rotated without a deployment, and its use cannot be told from anyone else's.
///
/// ## Fix
/// Keep the credential in AWS Secrets Manager or Parameter Store, give the function the name of it and the
/// permission to read it, and read it at run time. Replace the credential that was exposed.
/// ```yaml,fail
/// Type: AWS::Lambda::Function
/// Properties: { Environment: { Variables: { DB_PASSWORD: correct-horse } } }
/// ```
/// ```yaml,pass
/// Type: AWS::Lambda::Function
/// Properties: { Environment: { Variables: { DB_PASSWORD_ARN: !Sub "arn:aws:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:db" } } }
/// ```
#[check(SEC02_BP03, severity = Critical, effort = Medium, needs = [Testing])]
fn lambda_env_no_secrets(function: &Function) -> Verdict {
    function.variables.all(|name, value| must_hold_no_credential(name, &value))
}
