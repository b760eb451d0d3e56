//! Keys, roles, policies and secrets.

use serde_json::{Value, json};

use super::{Draft, when};

pub(super) fn add(draft: &mut Draft) {
    let sound = draft.sound();
    draft.add(
        "Key",
        "AWS::KMS::Key",
        json!({
            "EnableKeyRotation": sound,
            "KeyPolicy": {
                "Version": "2012-10-17",
                "Statement": [{
                    "Effect": "Allow",
                    "Principal": { "AWS": { "Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root" } },
                    "Action": "kms:*",
                    "Resource": "*",
                }],
            },
            "Tags": draft.tags(sound),
        }),
    );
    role(draft, "FunctionRole", "lambda.amazonaws.com");
    role(draft, "TaskRole", "ecs-tasks.amazonaws.com");
    role(draft, "InstanceRole", "ec2.amazonaws.com");
    draft.add("InstanceProfile", "AWS::IAM::InstanceProfile", json!({ "Roles": [draft.to("InstanceRole")] }));
    let sound = draft.sound();
    let (action, resource) = if sound { ("sqs:SendMessage", account_arn("sqs")) } else { ("*", "*".into()) };
    draft.add(
        "SharedPolicy",
        "AWS::IAM::ManagedPolicy",
        json!({
            "PolicyDocument": policy(json!([{ "Effect": "Allow", "Action": action, "Resource": resource }])),
            "Roles": [draft.to("TaskRole")],
        }),
    );
    let sound = draft.sound();
    draft.add(
        "Secret",
        "AWS::SecretsManager::Secret",
        json!({
            "GenerateSecretString": { "PasswordLength": 32, "ExcludePunctuation": true },
            "KmsKeyId": when(sound, || draft.to("Key")),
            "Tags": draft.tags(sound),
        }),
    );
}

fn role(draft: &mut Draft, stem: &str, service: &str) {
    let sound = draft.sound();
    let resource = if sound { account_arn("dynamodb") } else { "*".into() };
    draft.add(
        stem,
        "AWS::IAM::Role",
        json!({
            "AssumeRolePolicyDocument": policy(json!([
                { "Effect": "Allow", "Principal": { "Service": service }, "Action": "sts:AssumeRole" },
            ])),
            "Policies": [{
                "PolicyName": "data",
                "PolicyDocument": policy(json!([
                    { "Effect": "Allow", "Action": ["dynamodb:GetItem", "dynamodb:PutItem"], "Resource": resource },
                ])),
            }],
            "ManagedPolicyArns": [
                when(!sound, || "arn:aws:iam::aws:policy/AdministratorAccess".into()),
                "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy",
            ],
        }),
    );
}

fn account_arn(service: &str) -> Value {
    json!({ "Fn::Sub": format!("arn:aws:{service}:${{AWS::Region}}:${{AWS::AccountId}}:*") })
}

pub(super) fn policy(statements: Value) -> Value {
    json!({ "Version": "2012-10-17", "Statement": statements })
}
