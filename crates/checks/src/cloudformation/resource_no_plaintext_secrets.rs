//! `cloudformation_resource_no_plaintext_secrets`

use macros::check;
use model::{At, Verdict, View};

use crate::credentials::{can_be_credential, holds_credential, is_credential_name};

/// Any resource.
#[derive(Debug, View)]
#[view("*")]
struct Anything<'a> {
    at: At<'a>,
}

/// Properties that have a check of their own.
const JUDGED_ELSEWHERE: [(&str, &str); 9] = [
    ("AWS::CodeBuild::Project", "Environment"),
    ("AWS::CodeBuild::Project", "Source"),
    ("AWS::EC2::Instance", "UserData"),
    ("AWS::EC2::LaunchTemplate", "LaunchTemplateData"),
    ("AWS::ECS::TaskDefinition", "ContainerDefinitions"),
    ("AWS::Lambda::Function", "Environment"),
    ("AWS::RDS::DBCluster", "MasterUserPassword"),
    ("AWS::RDS::DBInstance", "MasterUserPassword"),
    ("AWS::SSM::Parameter", "Value"),
];

/// Resources are declared without secrets written out
///
/// A password or key that stands in code is in the repository for good, in every clone of it and in the
/// logs of every deployment, and everyone who may read the stack can read it. Whoever finds it need not
/// break into anything. Values of properties with the name of a secret are judged, and text that has the
/// form of a known kind of key. Properties with a check of their own are left out.
///
/// ## Fix
/// Keep the secret in Secrets Manager and put `{{resolve:secretsmanager:<name>:SecretString:<key>}}` in
/// its place. Then change the secret: removing it from the code does not remove it from the history.
/// ```yaml,fail
/// Type: AWS::AmazonMQ::Broker
/// Properties: { Users: [{ Username: shop, Password: hunter22hunter22 }] }
/// ```
/// ```yaml,pass
/// Type: AWS::AmazonMQ::Broker
/// Properties: { Users: [{ Username: shop, Password: "{{resolve:secretsmanager:broker:SecretString:password}}" }] }
/// ```
#[check(SEC02_BP03, severity = Critical, effort = Medium, needs = [Testing], live = Never)]
fn cloudformation_resource_no_plaintext_secrets(anything: &Anything) -> Verdict {
    let kind = anything.at.resource().kind.as_str();
    anything.at.must_hold_no_literal("no credential", |names, text| {
        let judged_elsewhere =
            |first: &str| JUDGED_ELSEWHERE.iter().any(|(k, property)| *k == kind && *property == first);
        let has_name = names.last().is_some_and(|name| is_credential_name(name));
        (has_name && can_be_credential(text) || holds_credential(text))
            && !names.first().is_some_and(|first| judged_elsewhere(first))
    })
}
