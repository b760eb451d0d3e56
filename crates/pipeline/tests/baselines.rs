//! Baselines: what is known stays silent wherever it moves, what is new does not.

mod support;

use assessment::Assessment;
use findings::{Baseline, Finding, Status};
use support::{assess, request, with_baseline};

fn baseline_of(assessment: &Assessment) -> Baseline {
    let of = |finding| -> (&Finding, &str, &model::Resource) {
        let finding: &Finding = finding;
        (finding, assessment.check(finding).id.as_str(), assessment.inventory.resource(finding.resource))
    };
    Baseline::from_findings(assessment.findings.iter().map(of))
}

fn new_failures(assessment: &Assessment) -> Vec<String> {
    let failing = assessment.findings.iter().filter(|f| f.status() == Status::Fail && f.is_new());
    failing.map(|f| format!("{} {}", assessment.check(f).id, assessment.inventory.resource(f.resource).id)).collect()
}

const BEFORE: &str = "
Resources:
  Logs: { Type: AWS::S3::Bucket }
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: x
      SecurityGroupIngress:
        - { IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0 }
        - { IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0 }
";

#[test]
fn nothing_is_new_where_lines_move_and_lists_are_reordered() {
    let baseline = baseline_of(&assess(request(BEFORE)));
    let after = "
# A comment, and the resources the other way round.
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      SecurityGroupIngress:
        - { IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0 }
        - { IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0 }
      GroupDescription: x

  Logs: { Type: AWS::S3::Bucket }
";
    let after = with_baseline(after, baseline);
    assert_eq!(new_failures(&after), Vec::<String>::new());
    assert_eq!(after.worst(), None);
}

#[test]
fn a_new_resource_and_a_second_violation_are_new() {
    let baseline = || baseline_of(&assess(request(BEFORE)));
    let with_bucket = BEFORE.replace("Logs: {", "Images: { Type: AWS::S3::Bucket }\n  Logs: {");
    let found = new_failures(&with_baseline(&with_bucket, baseline()));
    assert!(!found.is_empty() && found.iter().all(|f| f.ends_with(" Images")), "{found:?}");
    let with_rule = format!("{BEFORE}        - {{ IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIpv6: '::/0' }}\n");
    let found = new_failures(&with_baseline(&with_rule, baseline()));
    assert!(found.contains(&"ec2_security_group_no_ssh_from_internet Group".to_owned()), "{found:?}");
}

#[test]
fn what_was_unknown_and_now_fails_is_new() {
    let unknown = "
Parameters: { Status: { Type: String } }
Resources:
  Logs: { Type: AWS::S3::Bucket, Properties: { VersioningConfiguration: { Status: !Ref Status } } }
";
    let baseline = baseline_of(&assess(request(unknown)));
    let failing = unknown.replace("Status: !Ref Status", "Status: Suspended");
    let found = new_failures(&with_baseline(&failing, baseline));
    assert!(found.contains(&"s3_bucket_versioning Logs".to_owned()), "{found:?}");
}
