//! A finding of an open rule stands at the range that is too wide, wherever the rule is written.

use model::Outcome;

/// The resource and path of the evidence of every failure of `check`.
fn failures(check: &str, template: &str) -> Vec<(String, String, u32)> {
    let inventory = testbed::inventory(template);
    let judged = testbed::judge(checks::find(check).expect("the check"), &inventory);
    judged
        .findings
        .iter()
        .filter(|finding| finding.outcome == Outcome::Fail)
        .flat_map(|finding| &finding.evidence)
        .map(|evidence| (inventory.resource(evidence.resource).id.clone(), evidence.path.clone(), evidence.origin.line))
        .collect()
}

const TEMPLATE: &str = r#"
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: two ways to be open
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 443
          ToPort: 443
          CidrIp: 0.0.0.0/0
        - IpProtocol: tcp
          FromPort: 20
          ToPort: 30
          CidrIp: 0.0.0.0/0
  Rule:
    Type: AWS::EC2::SecurityGroupIngress
    Properties:
      GroupId: !Ref Group
      IpProtocol: "-1"
      CidrIpv6: ::/0
"#;

#[test]
fn findings_stand_at_the_range() {
    let found = failures("ec2_security_group_no_ssh_from_internet", TEMPLATE);
    assert_eq!(
        found,
        [
            ("Group".to_owned(), "SecurityGroupIngress[1].CidrIp".to_owned(), 15),
            ("Rule".to_owned(), "CidrIpv6".to_owned(), 21),
        ]
    );
}

#[test]
fn a_rule_is_reported_once() {
    let found = failures("ec2_security_group_no_all_traffic_from_internet", TEMPLATE);
    assert_eq!(found, [("Rule".to_owned(), "CidrIpv6".to_owned(), 21)]);
}
