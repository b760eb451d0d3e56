//! Suppressions that were written for other tools.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use model::{Builder, Inventory};
use sources_cloudformation::{Options, read_text};

const TEMPLATE: &str = "Metadata:
  cfn-lint: { config: { ignore_checks: [W3002] } }
Resources:
  # trivy:ignore:AVD-AWS-0001
  One:
    Type: AWS::S3::Bucket
    # checkov:skip=CKV_AWS_20:a public site
    Metadata:
      checkov: { skip: [{ id: CKV_AWS_18, comment: no logs }] }
      guard: { SuppressedRules: [S3_BUCKET_LOGGING_ENABLED] }
    Properties:
      BucketName: x # tfsec:ignore:aws-s3-enable-versioning tfsec:ignore:aws-s3-x
  Two:
    Type: AWS::S3::Bucket
    Metadata:
      cfn_nag: { rules_to_suppress: [{ id: W51, reason: later }] }
      cdk_nag: { rules_to_suppress: [{ id: AwsSolutions-S1, reason: r }] }
      cfn-lint: { config: { ignore_checks: [E3012] } }
Outputs: # checkov:skip=CKV_AWS_1
  X: { Value: 'checkov:skip=CKV_AWS_2' }
";

fn read(text: &str) -> Inventory {
    let mut builder = Builder::new();
    read_text("t.yaml", text, &Options::default(), &mut builder);
    builder.build()
}

#[test]
fn each_is_found_with_its_resource_and_reason() {
    let inventory = read(TEMPLATE);
    let mut found: Vec<(u32, String)> = inventory
        .suppressions
        .iter()
        .map(|one| {
            let resource = one.resource.map_or("-", |id| inventory.resource(id).id.as_str());
            let reason = one.reason.as_deref().unwrap_or("-");
            (one.origin.line, format!("{} {} {resource} {reason}", one.tool, one.rules.join(",")))
        })
        .collect();
    found.sort();
    let expected = [
        (2, "cfn-lint W3002 - -"),
        (4, "trivy AVD-AWS-0001 One -"),
        (7, "checkov CKV_AWS_20 One a public site"),
        (9, "checkov CKV_AWS_18 One no logs"),
        (10, "cfn-guard S3_BUCKET_LOGGING_ENABLED One -"),
        (12, "tfsec aws-s3-enable-versioning One -"),
        (12, "tfsec aws-s3-x One -"),
        (16, "cfn_nag W51 Two later"),
        (17, "cdk_nag AwsSolutions-S1 Two r"),
        (18, "cfn-lint E3012 Two -"),
        (19, "checkov CKV_AWS_1 - -"),
    ];
    assert_eq!(found, expected.map(|(line, text)| (line, text.to_owned())));
}
