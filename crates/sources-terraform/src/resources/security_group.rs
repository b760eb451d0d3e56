//! Security groups and their rules, which Terraform knows in three forms.

use model::{Node, Value};

use crate::mapping::{From, Mapping, One, Rule, Take, With, argument, properties};
use crate::shape::as_bool;

pub(crate) static MAPPINGS: &[Mapping] = &[
    Mapping::own("aws_security_group", "AWS::EC2::SecurityGroup", GROUP).named("name"),
    // Terraform takes the group over and removes every rule that is not written here.
    Mapping::own("aws_default_security_group", "AWS::EC2::SecurityGroup", GROUP).named("name"),
    Mapping::own(
        "aws_security_group_rule",
        "AWS::EC2::SecurityGroupIngress",
        &[
            Take("security_group_id", "GroupId"),
            One("", "", PORTS),
            Take("cidr_blocks", "CidrIp"),
            Take("ipv6_cidr_blocks", "CidrIpv6"),
            Take("prefix_list_ids", "SourcePrefixListId"),
            Take("source_security_group_id", "SourceSecurityGroupId"),
            From(&["self"], "SourceSecurityGroupId", its_own_group),
        ],
    )
    .when("type", "ingress")
    .split(by_source),
    Mapping::own(
        "aws_security_group_rule",
        "AWS::EC2::SecurityGroupEgress",
        &[
            Take("security_group_id", "GroupId"),
            One("", "", PORTS),
            Take("cidr_blocks", "CidrIp"),
            Take("ipv6_cidr_blocks", "CidrIpv6"),
            Take("prefix_list_ids", "DestinationPrefixListId"),
            Take("source_security_group_id", "DestinationSecurityGroupId"),
            From(&["self"], "DestinationSecurityGroupId", its_own_group),
        ],
    )
    .when("type", "egress")
    .split(by_source),
    Mapping::own(
        "aws_vpc_security_group_ingress_rule",
        "AWS::EC2::SecurityGroupIngress",
        &[
            One("", "", SINGLE),
            Take("prefix_list_id", "SourcePrefixListId"),
            Take("referenced_security_group_id", "SourceSecurityGroupId"),
        ],
    ),
    Mapping::own(
        "aws_vpc_security_group_egress_rule",
        "AWS::EC2::SecurityGroupEgress",
        &[
            One("", "", SINGLE),
            Take("prefix_list_id", "DestinationPrefixListId"),
            Take("referenced_security_group_id", "DestinationSecurityGroupId"),
        ],
    ),
];

const GROUP: &[Rule] = &[
    Take("name", "GroupName"),
    Take("description", "GroupDescription"),
    Take("vpc_id", "VpcId"),
    With("ingress", "SecurityGroupIngress", |node| inline(node, INLINE_INGRESS)),
    With("egress", "SecurityGroupEgress", |node| inline(node, INLINE_EGRESS)),
    Take("tags_all", "Tags"),
];

const PORTS: &[Rule] = &[
    Take("protocol", "IpProtocol"),
    Take("from_port", "FromPort"),
    Take("to_port", "ToPort"),
    Take("description", "Description"),
];

/// A rule for one range, group or list.
const SINGLE: &[Rule] = &[
    Take("security_group_id", "GroupId"),
    Take("ip_protocol", "IpProtocol"),
    Take("from_port", "FromPort"),
    Take("to_port", "ToPort"),
    Take("description", "Description"),
    Take("cidr_ipv4", "CidrIp"),
    Take("cidr_ipv6", "CidrIpv6"),
];

const INLINE_INGRESS: &[Rule] = &[
    One("", "", PORTS),
    Take("cidr_blocks", "CidrIp"),
    Take("ipv6_cidr_blocks", "CidrIpv6"),
    Take("prefix_list_ids", "SourcePrefixListId"),
    Take("security_groups", "SourceSecurityGroupId"),
];

const INLINE_EGRESS: &[Rule] = &[
    One("", "", PORTS),
    Take("cidr_blocks", "CidrIp"),
    Take("ipv6_cidr_blocks", "CidrIpv6"),
    Take("prefix_list_ids", "DestinationPrefixListId"),
    Take("security_groups", "DestinationSecurityGroupId"),
];

/// What a rule may name, several of each kind.
const LISTS: [&str; 4] = ["cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "security_groups"];

/// What a rule may name once.
const SINGLES: [&str; 2] = ["source_security_group_id", "self"];

/// A rule for every range, group and list that one names: to EC2 a rule has one.
fn by_source(rule: &Node) -> Vec<Node> {
    let mut rules = Vec::new();
    for name in LISTS {
        match argument(rule, name) {
            Some(Node { value: Value::List(items), .. }) => {
                rules.extend(items.iter().map(|item| only(rule, name, item)))
            }
            Some(open) => rules.push(only(rule, name, open)),
            None => {}
        }
    }
    for name in SINGLES {
        let named = argument(rule, name).filter(|node| as_bool(node) != Some(false));
        rules.extend(named.map(|node| only(rule, name, node)));
    }
    // That it names nothing which is known does not make it go away.
    if rules.is_empty() { vec![rule.clone()] } else { rules }
}

/// A rule with a single source.
fn only(rule: &Node, name: &str, source: &Node) -> Node {
    let mut rule = rule.clone();
    if let Value::Map(entries) = &mut rule.value {
        entries.retain(|key, _| !LISTS.contains(&key.as_str()) && !SINGLES.contains(&key.as_str()));
        entries.insert(name.to_owned(), source.clone());
    }
    rule
}

/// The rules that are written in a group.
fn inline(node: Node, rules: &[Rule]) -> Option<Node> {
    let Value::List(items) = &node.value else { return Some(node) };
    let mut found = Vec::new();
    for item in items {
        match item.value {
            Value::Map(_) => found.extend(by_source(item).iter().map(|one| properties(rules, one))),
            _ => found.push(item.clone()),
        }
    }
    Some(Node { value: Value::List(found), ..node })
}

/// The group of a rule that lets in what is in the same group.
fn its_own_group(values: &Node) -> Option<Node> {
    let own = argument(values, "self")?;
    match as_bool(own) {
        Some(true) => argument(values, "security_group_id").cloned(),
        Some(false) => None,
        None => Some(own.clone()),
    }
}

#[cfg(test)]
mod tests {
    use model::{Origin, SourceId};
    use serde_json::json;

    use super::*;

    fn node(value: serde_json::Value) -> Node {
        Node::from_json(value, Origin::new(SourceId(0), 1, 1))
    }

    #[test]
    fn a_rule_for_several_sources_is_several() {
        let rule = node(json!({
            "protocol": "tcp", "from_port": 22, "to_port": 22, "self": false, "description": "",
            "cidr_blocks": ["0.0.0.0/0", "10.0.0.0/8"], "ipv6_cidr_blocks": ["::/0"], "prefix_list_ids": [],
            "security_groups": ["sg-1"],
        }));
        let made = inline(node(json!([])), INLINE_INGRESS).unwrap();
        assert_eq!(made.value, Value::List(Vec::new()));
        let made: Vec<Node> = by_source(&rule).iter().map(|one| properties(INLINE_INGRESS, one)).collect();
        let port =
            |name: &str, source: &str| node(json!({ "IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, name: source }));
        let wanted = [
            port("CidrIp", "0.0.0.0/0"),
            port("CidrIp", "10.0.0.0/8"),
            port("CidrIpv6", "::/0"),
            port("SourceSecurityGroupId", "sg-1"),
        ];
        assert_eq!(made, wanted);
    }

    #[test]
    fn a_rule_without_a_source_stays_one() {
        let rule = node(json!({ "protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_blocks": [] }));
        assert_eq!(by_source(&rule).len(), 1);
        let rule = node(json!({ "protocol": "-1", "self": true, "security_group_id": "sg-1" }));
        assert_eq!(by_source(&rule).iter().filter_map(its_own_group).collect::<Vec<_>>(), [node(json!("sg-1"))]);
    }
}
