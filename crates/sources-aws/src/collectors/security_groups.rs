//! Security groups of Amazon EC2, with their rules.

use aws_wire::Call;
use model::Node;
use serde_json::json;

use super::ec2::{EC2, PAGES};
use crate::names::ec2_names;
use crate::shape::{items, list, map, part, text};
use crate::{Collector, Draft, Halt, Reach, Run};

static GROUPS: Call = Call {
    service: &EC2,
    operation: "DescribeSecurityGroups",
    path: "",
    action: "ec2:DescribeSecurityGroups",
    pages: PAGES,
    // Rules come with their group; there are none beside.
    yields: &["AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "security_groups",
    reach: Reach::EveryRegion,
    calls: &[&GROUPS],
    collect: |run| Box::pin(groups(run)),
};

async fn groups(run: &Run) -> Result<(), Halt> {
    for found in run.list(&GROUPS, json!({ "MaxResults": 1000 }), "securityGroupInfo").await? {
        let Some(id) = text(&found, "groupId") else { continue };
        let group = Draft::new("AWS::EC2::SecurityGroup", id, found.origin)
            .name(id)
            .arn(run.arn("ec2", &format!("security-group/{id}")))
            .take(&found, &[("groupName", "GroupName"), ("groupDescription", "GroupDescription"), ("vpcId", "VpcId")])
            .set("SecurityGroupIngress", Some(rules(&found, "ipPermissions", "Source")))
            .set("SecurityGroupEgress", Some(rules(&found, "ipPermissionsEgress", "Destination")));
        run.add(group.set("Tags", part(&found, "tagSet").map(ec2_names)));
    }
    Ok(())
}

/// The API groups ranges and groups that have protocol and ports in common. A rule is one of them.
fn rules(group: &Node, permissions: &str, end: &str) -> Node {
    let mut rules = Vec::new();
    for permission in items(group, permissions) {
        for (peers, name, property) in [
            ("ipRanges", "cidrIp", "CidrIp".to_owned()),
            ("ipv6Ranges", "cidrIpv6", "CidrIpv6".to_owned()),
            ("groups", "groupId", format!("{end}SecurityGroupId")),
            ("prefixListIds", "prefixListId", format!("{end}PrefixListId")),
        ] {
            for peer in items(permission, peers) {
                let entries = [
                    ("IpProtocol", part(permission, "ipProtocol")),
                    ("FromPort", part(permission, "fromPort")),
                    ("ToPort", part(permission, "toPort")),
                    (property.as_str(), part(peer, name)),
                    ("Description", part(peer, "description")),
                ];
                rules.push(map(entries, permission));
            }
        }
    }
    list(rules, group)
}
