//! `codebuild_no_plaintext_credentials`

use macros::check;
use model::{Verdict, when};

use crate::credentials::holds_credential;
use crate::environment::must_hold_no_credential;
use crate::views::codebuild::{Project, Source};

/// CodeBuild projects carry no credentials in source addresses or plain variables
///
/// A build has the keys to what it deploys. A credential in the address of its source or in a plain variable is shown to
/// everyone who may look at the project, stands in the template and its history, and easily ends up in the build's log.
///
/// ## Fix
/// Connect the repository with AWS CodeConnections instead of a token in the address. Set `Type` of the variable to
/// `SECRETS_MANAGER` or `PARAMETER_STORE` and `Value` to the name of the secret. Give the project's role what keys were for.
/// Replace the credential that was exposed.
/// ```yaml,fail
/// Type: AWS::CodeBuild::Project
/// Properties:
///   Source: { Type: GITHUB, Location: "https://github.com/example/shop.git" }
///   Environment: { EnvironmentVariables: [{ Name: NPM_TOKEN, Value: correct-horse }] }
/// ```
/// ```yaml,fail
/// Type: AWS::CodeBuild::Project
/// Properties: { Source: { Type: BITBUCKET, Location: "https://builder:correcthorse@bitbucket.org/example/shop.git" } }
/// ```
/// ```yaml,pass
/// Type: AWS::CodeBuild::Project
/// Properties:
///   Source: { Type: GITHUB, Location: "https://github.com/example/shop.git" }
///   Environment: { EnvironmentVariables: [{ Name: NPM_TOKEN, Type: SECRETS_MANAGER, Value: "build/npm:token" }] }
/// ```
#[check(SEC02_BP03, SEC11_BP07, severity = Critical, effort = Medium, needs = [Testing], fsbp = ["CodeBuild.1", "CodeBuild.2"])]
fn codebuild_no_plaintext_credentials(project: &Project) -> Verdict {
    let plain = |source: &Source| source.location.must_hold_no_literal("no credential", holds_credential);
    let variables = project.variables.all(|variable| {
        when(variable.kind.must_be("PLAINTEXT"), || {
            variable.name.and_then(|name| must_hold_no_credential(name, &variable.value))
        })
    });
    plain(&project.source) & project.secondary_sources.all(|source| plain(&source)) & variables
}
