//! Load balancers, what they listen to, and what they send it to.

use model::{Node, Value};

use crate::mapping::{From, List, Mapping, One, Rule, Take, With, argument};
use crate::shape::{map, only_block, within, worded};

pub(crate) static MAPPINGS: &[Mapping] = &[
    Mapping::own(
        "aws_elb",
        "AWS::ElasticLoadBalancing::LoadBalancer",
        &[
            Take("name", "LoadBalancerName"),
            With("internal", "Scheme", scheme),
            Take("availability_zones", "AvailabilityZones"),
            Take("subnets", "Subnets"),
            Take("security_groups", "SecurityGroups"),
            Take("instances", "Instances"),
            Take("cross_zone_load_balancing", "CrossZone"),
            List(
                "listener",
                "Listeners",
                &[
                    Take("lb_port", "LoadBalancerPort"),
                    Take("lb_protocol", "Protocol"),
                    Take("instance_port", "InstancePort"),
                    Take("instance_protocol", "InstanceProtocol"),
                    Take("ssl_certificate_id", "SSLCertificateId"),
                ],
            ),
            One(
                "access_logs",
                "AccessLoggingPolicy",
                &[Take("bucket", "S3BucketName"), Take("bucket_prefix", "S3BucketPrefix"), Take("enabled", "Enabled")],
            ),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::own("aws_lb", "AWS::ElasticLoadBalancingV2::LoadBalancer", BALANCER).named("name"),
    Mapping::own("aws_alb", "AWS::ElasticLoadBalancingV2::LoadBalancer", BALANCER).named("name"),
    Mapping::own("aws_lb_listener", "AWS::ElasticLoadBalancingV2::Listener", LISTENER),
    Mapping::own("aws_alb_listener", "AWS::ElasticLoadBalancingV2::Listener", LISTENER),
    Mapping::own("aws_lb_listener_rule", "AWS::ElasticLoadBalancingV2::ListenerRule", LISTENER_RULE),
    Mapping::own("aws_alb_listener_rule", "AWS::ElasticLoadBalancingV2::ListenerRule", LISTENER_RULE),
    Mapping::own("aws_lb_target_group", "AWS::ElasticLoadBalancingV2::TargetGroup", TARGETS).named("name"),
    Mapping::own("aws_alb_target_group", "AWS::ElasticLoadBalancingV2::TargetGroup", TARGETS).named("name"),
    Mapping::part(
        "aws_lb_target_group_attachment",
        &["AWS::ElasticLoadBalancingV2::TargetGroup"],
        "target_group_arn",
        TARGET,
    ),
    Mapping::part(
        "aws_alb_target_group_attachment",
        &["AWS::ElasticLoadBalancingV2::TargetGroup"],
        "target_group_arn",
        TARGET,
    ),
];

const BALANCER: &[Rule] = &[
    Take("name", "Name"),
    Take("load_balancer_type", "Type"),
    With("internal", "Scheme", scheme),
    Take("subnets", "Subnets"),
    List(
        "subnet_mapping",
        "SubnetMappings",
        &[
            Take("subnet_id", "SubnetId"),
            Take("allocation_id", "AllocationId"),
            Take("private_ipv4_address", "PrivateIPv4Address"),
            Take("ipv6_address", "IPv6Address"),
        ],
    ),
    Take("security_groups", "SecurityGroups"),
    Take("ip_address_type", "IpAddressType"),
    From(&["enable_deletion_protection"], "LoadBalancerAttributes[]", |values| {
        attribute("deletion_protection.enabled", argument(values, "enable_deletion_protection"))
    }),
    From(&["enable_cross_zone_load_balancing"], "LoadBalancerAttributes[]", |values| {
        attribute("load_balancing.cross_zone.enabled", argument(values, "enable_cross_zone_load_balancing"))
    }),
    From(&["drop_invalid_header_fields"], "LoadBalancerAttributes[]", |values| {
        attribute("routing.http.drop_invalid_header_fields.enabled", argument(values, "drop_invalid_header_fields"))
    }),
    From(&["desync_mitigation_mode"], "LoadBalancerAttributes[]", |values| {
        attribute("routing.http.desync_mitigation_mode", argument(values, "desync_mitigation_mode"))
    }),
    From(&["enable_http2"], "LoadBalancerAttributes[]", |values| {
        attribute("routing.http2.enabled", argument(values, "enable_http2"))
    }),
    From(&["enable_waf_fail_open"], "LoadBalancerAttributes[]", |values| {
        attribute("waf.fail_open.enabled", argument(values, "enable_waf_fail_open"))
    }),
    From(&["idle_timeout"], "LoadBalancerAttributes[]", |values| {
        attribute("idle_timeout.timeout_seconds", argument(values, "idle_timeout"))
    }),
    From(&["access_logs"], "LoadBalancerAttributes[]", |values| {
        attribute("access_logs.s3.enabled", within(values, "access_logs", "enabled"))
    }),
    From(&["access_logs"], "LoadBalancerAttributes[]", |values| {
        attribute("access_logs.s3.bucket", within(values, "access_logs", "bucket"))
    }),
    From(&["connection_logs"], "LoadBalancerAttributes[]", |values| {
        attribute("connection_logs.s3.enabled", within(values, "connection_logs", "enabled"))
    }),
    Take("tags_all", "Tags"),
];

const LISTENER: &[Rule] = &[
    Take("load_balancer_arn", "LoadBalancerArn"),
    Take("port", "Port"),
    From(&["protocol", "port"], "Protocol", protocol),
    Take("ssl_policy", "SslPolicy"),
    With("certificate_arn", "Certificates[]", |node| {
        let origin = node.origin;
        Some(map([("CertificateArn", node)], origin))
    }),
    List("default_action", "DefaultActions", ACTION),
    Take("tags_all", "Tags"),
];

const LISTENER_RULE: &[Rule] =
    &[Take("listener_arn", "ListenerArn"), Take("priority", "Priority"), List("action", "Actions", ACTION)];

const ACTION: &[Rule] = &[
    Take("type", "Type"),
    Take("order", "Order"),
    Take("target_group_arn", "TargetGroupArn"),
    One(
        "forward",
        "ForwardConfig",
        &[List("target_group", "TargetGroups", &[Take("arn", "TargetGroupArn"), Take("weight", "Weight")])],
    ),
    One(
        "redirect",
        "RedirectConfig",
        &[
            Take("protocol", "Protocol"),
            Take("port", "Port"),
            Take("host", "Host"),
            Take("path", "Path"),
            Take("query", "Query"),
            Take("status_code", "StatusCode"),
        ],
    ),
    One(
        "fixed_response",
        "FixedResponseConfig",
        &[Take("status_code", "StatusCode"), Take("content_type", "ContentType"), Take("message_body", "MessageBody")],
    ),
    One(
        "authenticate_cognito",
        "AuthenticateCognitoConfig",
        &[
            Take("user_pool_arn", "UserPoolArn"),
            Take("user_pool_client_id", "UserPoolClientId"),
            Take("user_pool_domain", "UserPoolDomain"),
        ],
    ),
    One(
        "authenticate_oidc",
        "AuthenticateOidcConfig",
        &[Take("issuer", "Issuer"), Take("client_id", "ClientId"), Take("client_secret", "ClientSecret")],
    ),
];

const TARGETS: &[Rule] = &[
    Take("name", "Name"),
    Take("target_type", "TargetType"),
    Take("vpc_id", "VpcId"),
    Take("port", "Port"),
    Take("protocol", "Protocol"),
    Take("protocol_version", "ProtocolVersion"),
    One(
        "health_check",
        "",
        &[
            Take("enabled", "HealthCheckEnabled"),
            Take("path", "HealthCheckPath"),
            Take("port", "HealthCheckPort"),
            Take("protocol", "HealthCheckProtocol"),
            Take("interval", "HealthCheckIntervalSeconds"),
            Take("timeout", "HealthCheckTimeoutSeconds"),
            Take("healthy_threshold", "HealthyThresholdCount"),
            Take("unhealthy_threshold", "UnhealthyThresholdCount"),
            Take("matcher", "Matcher.HttpCode"),
        ],
    ),
    From(&["stickiness"], "TargetGroupAttributes[]", |values| {
        let is_written = only_block(values, "stickiness").map(|block| Node::new(Value::Bool(true), block.origin));
        attribute("stickiness.enabled", within(values, "stickiness", "enabled").or(is_written.as_ref()))
    }),
    From(&["stickiness"], "TargetGroupAttributes[]", |values| {
        attribute("stickiness.type", within(values, "stickiness", "type"))
    }),
    From(&["deregistration_delay"], "TargetGroupAttributes[]", |values| {
        attribute("deregistration_delay.timeout_seconds", argument(values, "deregistration_delay"))
    }),
    From(&["load_balancing_cross_zone_enabled"], "TargetGroupAttributes[]", |values| {
        attribute("load_balancing.cross_zone.enabled", argument(values, "load_balancing_cross_zone_enabled"))
    }),
    Take("tags_all", "Tags"),
];

const TARGET: &[Rule] = &[One(
    "",
    "Targets[]",
    &[Take("target_id", "Id"), Take("port", "Port"), Take("availability_zone", "AvailabilityZone")],
)];

/// An attribute of a load balancer or a target group, where it is set.
fn attribute(key: &str, value: Option<&Node>) -> Option<Node> {
    let value = value?;
    let key = Node::new(Value::Text(key.into()), value.origin);
    Some(map([("Key", key), ("Value", value.clone())], value.origin))
}

fn scheme(node: Node) -> Option<Node> {
    worded(node, "internal", "internet-facing")
}

/// What has a port and no protocol is a listener of an application load balancer: the provider takes HTTP for it.
fn protocol(values: &Node) -> Option<Node> {
    let port = argument(values, "port");
    let http = || port.map(|port| Node::new(Value::Text("HTTP".into()), port.origin));
    argument(values, "protocol").cloned().or_else(http)
}

#[cfg(test)]
mod tests {
    use model::{Origin, SourceId};
    use serde_json::json;

    use super::*;
    use crate::mapping::properties;

    fn node(value: serde_json::Value) -> Node {
        Node::from_json(value, Origin::new(SourceId(0), 1, 1))
    }

    #[test]
    fn stickiness_is_on_where_its_block_is() {
        for (block, wanted) in [(json!({}), Some(true)), (json!({ "enabled": false }), Some(false))] {
            let made = properties(TARGETS, &node(json!({ "stickiness": [block] })));
            let attribute = json!({ "Key": "stickiness.enabled", "Value": wanted });
            assert_eq!(made, node(json!({ "TargetGroupAttributes": [attribute] })));
        }
        assert_eq!(properties(TARGETS, &node(json!({ "stickiness": [] }))), node(json!({})));
    }
}
