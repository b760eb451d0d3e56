//! `pilaster policy`

use std::process::ExitCode;

use serde_json::{Value, json};

use super::shell::print;
use crate::access;
use crate::arguments::{PolicyFormat, PolicyOptions};
use crate::error::Error;

/// The largest managed policy, in characters without white space (IAM quotas).
const LARGEST: usize = 6144;

pub(crate) fn run(options: PolicyOptions) -> Result<ExitCode, Error> {
    let actions = pipeline::scan_actions(&access::services(options.services))?;
    let role = Role {
        name: &options.role_name,
        trusted: options.trust.as_deref(),
        external_id: options.external_id.as_deref(),
        policies: policies(&actions),
    };
    print(
        match options.format {
            PolicyFormat::Json => format!("{:#}\n", document(&actions)),
            PolicyFormat::Cloudformation => role.as_cloudformation(),
            PolicyFormat::Terraform => role.as_terraform(),
        }
        .as_bytes(),
    )
}

/// A role to scan with.
struct Role<'a> {
    name: &'a str,
    trusted: Option<&'a str>,
    external_id: Option<&'a str>,
    policies: Vec<Vec<&'static str>>,
}

fn document(actions: &[&str]) -> Value {
    json!({
        "Version": "2012-10-17",
        "Statement": [{ "Sid": "PilasterScan", "Effect": "Allow", "Action": actions, "Resource": "*" }],
    })
}

/// The actions in as many policies as it takes for each to be small enough.
fn policies(actions: &[&'static str]) -> Vec<Vec<&'static str>> {
    let frame = document(&[]).to_string().len();
    let mut policies: Vec<Vec<&'static str>> = Vec::new();
    let mut size = LARGEST;
    for action in actions {
        // Quotes and a comma.
        let more = action.len() + 3;
        if size + more > LARGEST {
            policies.push(Vec::new());
            size = frame;
        }
        if let Some(policy) = policies.last_mut() {
            policy.push(action);
            size += more;
        }
    }
    policies
}

impl Role<'_> {
    fn as_cloudformation(&self) -> String {
        let trusted = self.trusted.unwrap_or("${AWS::AccountId}");
        let mut text = format!(
            r#"AWSTemplateFormatVersion: "2010-09-09"
Description: The role that pilaster scans this account with. It reads configuration and changes nothing.
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: "{}"
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: {{ AWS: !Sub "arn:${{AWS::Partition}}:iam::{trusted}:root" }}
            Action: sts:AssumeRole
"#,
            self.name
        );
        if let Some(id) = self.external_id {
            text.push_str(&format!("            Condition: {{ StringEquals: {{ \"sts:ExternalId\": \"{id}\" }} }}\n"));
        }
        text.push_str("      ManagedPolicyArns:\n");
        for number in 1..=self.policies.len() {
            text.push_str(&format!("        - !Ref Policy{number}\n"));
        }
        for (number, actions) in self.policies.iter().enumerate() {
            text.push_str(&format!(
                r#"  Policy{}:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      Description: What pilaster reads, part {} of {}
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Resource: "*"
            Action:
"#,
                number + 1,
                number + 1,
                self.policies.len()
            ));
            actions.iter().for_each(|action| text.push_str(&format!("              - {action}\n")));
        }
        text.push_str("Outputs:\n  RoleArn: { Value: !GetAtt Role.Arn }\n");
        text
    }

    fn as_terraform(&self) -> String {
        let trusted = self.trusted.unwrap_or("${data.aws_caller_identity.current.account_id}");
        let mut text = format!(
            r#"# The role that pilaster scans this account with. It reads configuration and changes nothing.
data "aws_partition" "current" {{}}
{}
resource "aws_iam_role" "pilaster" {{
  name = "{}"
  assume_role_policy = jsonencode({{
    Version = "2012-10-17"
    Statement = [{{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = {{ AWS = "arn:${{data.aws_partition.current.partition}}:iam::{trusted}:root" }}
"#,
            match self.trusted {
                Some(_) => "",
                None => "data \"aws_caller_identity\" \"current\" {}\n",
            },
            self.name
        );
        if let Some(id) = self.external_id {
            text.push_str(&format!("      Condition = {{ StringEquals = {{ \"sts:ExternalId\" = \"{id}\" }} }}\n"));
        }
        text.push_str("    }]\n  })\n}\n\nlocals {\n  pilaster_actions = [\n");
        for actions in &self.policies {
            text.push_str("    [\n");
            actions.iter().for_each(|action| text.push_str(&format!("      \"{action}\",\n")));
            text.push_str("    ],\n");
        }
        text.push_str(
            r#"  ]
}

resource "aws_iam_policy" "pilaster" {
  count       = length(local.pilaster_actions)
  name        = "${aws_iam_role.pilaster.name}-${count.index + 1}"
  description = "What pilaster reads, part ${count.index + 1} of ${length(local.pilaster_actions)}"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Resource = "*", Action = local.pilaster_actions[count.index] }]
  })
}

resource "aws_iam_role_policy_attachment" "pilaster" {
  count      = length(local.pilaster_actions)
  role       = aws_iam_role.pilaster.name
  policy_arn = aws_iam_policy.pilaster[count.index].arn
}

output "role_arn" {
  value = aws_iam_role.pilaster.arn
}
"#,
        );
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policies_are_small_enough_and_leave_nothing_out() {
        let all = pipeline::scan_actions(&Default::default()).expect("actions");
        let parts = policies(&all);
        assert!(parts.len() > 1);
        assert_eq!(parts.concat(), all);
        for part in parts {
            assert!(document(&part).to_string().len() <= LARGEST);
        }
    }
}
