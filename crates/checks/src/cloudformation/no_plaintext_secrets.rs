//! `cloudformation_no_plaintext_secrets`

use macros::check;
use model::{At, Entries, Fact, State, Text, Verdict, View, when};

use crate::credentials::{can_be_credential, holds_credential, is_credential_name, may_name_a_place};

/// What a template says beside its resources.
#[derive(Debug, View)]
#[view("Pilaster::Template")]
struct Template<'a> {
    at: At<'a>,
    parameters: Entries<'a, Parameter<'a>>,
    outputs: Entries<'a, Fact<'a, Text<'a>>>,
}

#[derive(Debug, View)]
struct Parameter<'a> {
    at: At<'a>,
    #[view(path = "Type", default = "String")]
    kind: Fact<'a, Text<'a>>,
    #[view(path = "Default")]
    initial: Fact<'a, Text<'a>>,
    #[view(default = false)]
    no_echo: Fact<'a, bool>,
}

/// Templates show no secrets in their parameters and outputs
///
/// A template is kept in a repository, passed around and logged. The default of a parameter is readable
/// in all of these, the value of one that is not marked `NoEcho` is shown to everyone who may look at the
/// stack, and so is every output, even one that repeats a hidden parameter. So it is with the variables of Terraform that are not
/// `sensitive`, and with keys in a `provider` block; outputs Terraform refuses to show itself.
///
/// ## Fix
/// Let Secrets Manager make the secret (`GenerateSecretString`) and refer to it by
/// `{{resolve:secretsmanager:...}}`. Where it has to come from outside, mark the parameter `NoEcho: true`
/// (`sensitive = true` in Terraform) and give it no default. Remove outputs that show it, and change every secret that has been shown.
/// ```yaml,fail
/// Parameters:
///   DbPassword: { Type: String, Default: hunter22, NoEcho: true }
/// Resources:
///   Topic: { Type: AWS::SNS::Topic }
/// ```
/// ```yaml,fail
/// Parameters:
///   DbPassword: { Type: String }
/// Resources:
///   Topic: { Type: AWS::SNS::Topic }
/// ```
/// ```yaml,fail
/// Parameters:
///   DbPassword: { Type: String, NoEcho: true }
/// Resources:
///   Topic: { Type: AWS::SNS::Topic }
/// Outputs:
///   Login: { Value: !Ref DbPassword }
/// ```
/// ```yaml,pass
/// Parameters:
///   DbPassword: { Type: String, NoEcho: true }
///   DbSecretArn: { Type: String }
/// Resources:
///   Topic: { Type: AWS::SNS::Topic }
/// Outputs:
///   Topic: { Value: !Ref Topic }
/// ```
/// ```yaml,not_applicable
/// Resources:
///   Topic: { Type: AWS::SNS::Topic }
/// ```
#[check(SEC02_BP03, severity = Critical, effort = Medium, needs = [Testing], live = Never, plan = Never)]
fn cloudformation_no_plaintext_secrets(template: &Template) -> Verdict {
    // That nothing is shown by a template in which nothing stands is no merit.
    if template.parameters.is_empty() && template.outputs.is_empty() {
        return Verdict::not_applicable();
    }
    let parameters = template.parameters.all(|name, parameter| parameter.must_be_safe(name));
    let outputs = template.outputs.all(|name, value| {
        let literal = value.must_hold_no_literal("no credential", |text| {
            holds_credential(text) || is_credential_name(name) && !may_name_a_place(name) && can_be_credential(text)
        });
        literal & value.must_hold_no_hidden_parameter()
    });
    parameters & outputs
}

impl Parameter<'_> {
    fn must_be_safe(&self, name: &str) -> Verdict {
        let form = self.must_not_begin_with("no credential", holds_credential);
        if !is_credential_name(name) {
            return form;
        }
        // Other types are names of things, or read their value from the Parameter Store.
        form & when(self.kind.must_be_one_of(&["String", "CommaDelimitedList"]), || {
            let initial = self.must_not_begin_with("no default", can_be_credential);
            if may_name_a_place(name) { initial } else { initial & self.no_echo.must_be(true) }
        })
    }
    /// Its default passes no `test`. A default stands in the template, also that of a parameter whose value is hidden.
    fn must_not_begin_with(&self, expected: &str, test: fn(&str) -> bool) -> Verdict {
        match self.initial.state() {
            State::Set(_) => self.initial.must(expected, |text| !test(text)).concealed(),
            State::Unset | State::Unknown(_) => self.initial.must_hold_no_literal(expected, test),
        }
    }
}
