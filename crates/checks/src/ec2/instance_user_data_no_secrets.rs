//! `ec2_instance_user_data_no_secrets`

use macros::check;
use model::Verdict;

use crate::credentials::{assigns_credential, holds_credential};
use crate::views::ec2::Machine;

/// User data of instances holds no credentials
///
/// User data is no safe: every process on the instance can read it from the metadata service, everyone
/// who may describe the instance or the template can read it in the console, and it stays in the
/// history of the code. A credential there has to be taken as known.
///
/// ## Fix
/// Keep the credential in Secrets Manager or as a SecureString in Parameter Store, let the role of the
/// instance read it, and fetch it when the instance starts. Then change the credential: the old one was
/// exposed.
/// ```yaml,fail
/// Type: AWS::EC2::Instance
/// Properties:
///   UserData:
///     Fn::Base64: |
///       #!/bin/bash
///       export DB_PASSWORD=korrekt-pferd-9
///       /opt/app/start
/// ```
/// ```yaml,pass
/// Type: AWS::EC2::Instance
/// Properties:
///   UserData:
///     Fn::Base64: |
///       #!/bin/bash
///       export DB_PASSWORD=$(aws secretsmanager get-secret-value --secret-id shop --query SecretString)
///       /opt/app/start
/// ```
#[check(SEC02_BP03, severity = Critical, needs = [Downtime])]
fn ec2_instance_user_data_no_secrets(machine: &Machine) -> Verdict {
    machine
        .launch
        .user_data
        .must_hold_no_literal("no credential", |text| holds_credential(text) || assigns_credential(text))
}
