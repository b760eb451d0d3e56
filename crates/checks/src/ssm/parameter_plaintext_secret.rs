//! `ssm_parameter_plaintext_secret`

use macros::check;
use model::{BLANK, Outcome, Verdict, when};

use crate::credentials::{can_be_credential, is_credential_name};
use crate::views::ssm::Parameter;

/// Parameters with the name of a secret are not stored as plain text
///
/// Whoever may read parameters reads a `String` in the clear, in the console, in the history of its
/// versions and in the template it came from. Roles that need some harmless setting often may read them
/// all. CloudFormation cannot create a `SecureString`, so a secret has to be made elsewhere. In an account values are
/// never read: there a name that ends like that of a secret is enough, and what only names a secret kept elsewhere is
/// waived.
///
/// ## Fix
/// Create the secret in Secrets Manager (`GenerateSecretString` makes one that nobody ever sees) or as a
/// `SecureString` outside of the template, and pass on its name or ARN. Change the value that stood in
/// plain text.
/// ```yaml,fail
/// Type: AWS::SSM::Parameter
/// Properties: { Name: /shop/db/password, Type: String, Value: hunter22 }
/// ```
/// ```yaml,pass
/// Type: AWS::SSM::Parameter
/// Properties: { Name: /shop/db/secret, Type: String, Value: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db" }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::SSM::Parameter
/// Properties: { Name: /shop/db/host, Type: String, Value: db.example.com }
/// ```
/// ```account,fail
/// { "Type": "AWS::SSM::Parameter", "Properties": {
///   "Name": "/shop/db/password", "Type": "String", "Value": { "Denied": "ssm:GetParameter" } } }
/// ```
/// ```account,pass
/// { "Type": "AWS::SSM::Parameter", "Properties": {
///   "Name": "/shop/db/password", "Type": "SecureString", "Value": { "Denied": "ssm:GetParameter" } } }
/// ```
#[check(SEC02_BP03, severity = High, effort = Medium, needs = [Testing])]
fn ssm_parameter_plaintext_secret(parameter: &Parameter) -> Verdict {
    let named = match parameter.name.must_be_set() {
        // CloudFormation makes a name of the logical id.
        unnamed if unnamed.outcome == Outcome::Fail => {
            if !is_credential_name(&parameter.at.resource().id) {
                return Verdict::not_applicable();
            }
            Verdict { outcome: Outcome::Pass, ..unnamed }
        }
        _ => parameter.name.must_read("a name of a secret", is_credential_name),
    };
    when(named, || {
        let encrypted = parameter.kind.must_be("SecureString");
        if parameter.at.is_in_account() {
            return encrypted;
        }
        let kept_elsewhere = parameter.value.must_read("the place where the secret is kept", |value| {
            value.starts_with(BLANK) || value != "*" && !can_be_credential(value)
        });
        encrypted | kept_elsewhere.concealed()
    })
}
