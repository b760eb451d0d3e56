//! What stands between applications and the internet: distributions, names, certificates and firewalls.

use model::{Node, Value};

use crate::mapping::{From, List, Mapping, One, Rule, Take, With};
use crate::shape::{json, map, only_block, text_or};

pub(crate) static MAPPINGS: &[Mapping] = &[
    Mapping::own(
        "aws_cloudfront_distribution",
        "AWS::CloudFront::Distribution",
        &[
            Take("aliases", "DistributionConfig.Aliases"),
            Take("comment", "DistributionConfig.Comment"),
            Take("enabled", "DistributionConfig.Enabled"),
            Take("default_root_object", "DistributionConfig.DefaultRootObject"),
            // Unlike CloudFormation, the provider asks for a version where nothing is said.
            From(&["http_version"], "DistributionConfig.HttpVersion", |values| {
                Some(text_or(values, "http_version", "http2"))
            }),
            Take("is_ipv6_enabled", "DistributionConfig.IPV6Enabled"),
            Take("price_class", "DistributionConfig.PriceClass"),
            Take("web_acl_id", "DistributionConfig.WebACLId"),
            One("default_cache_behavior", "DistributionConfig.DefaultCacheBehavior", BEHAVIOR),
            List(
                "ordered_cache_behavior",
                "DistributionConfig.CacheBehaviors",
                &[Take("path_pattern", "PathPattern"), One("", "", BEHAVIOR)],
            ),
            List("origin", "DistributionConfig.Origins", ORIGIN),
            List(
                "origin_group",
                "DistributionConfig.OriginGroups.Items",
                &[
                    Take("origin_id", "Id"),
                    List("member", "Members.Items", &[Take("origin_id", "OriginId")]),
                    One("failover_criteria", "FailoverCriteria", &[Take("status_codes", "StatusCodes.Items")]),
                ],
            ),
            One(
                "logging_config",
                "DistributionConfig.Logging",
                &[Take("bucket", "Bucket"), Take("prefix", "Prefix"), Take("include_cookies", "IncludeCookies")],
            ),
            One(
                "viewer_certificate",
                "DistributionConfig.ViewerCertificate",
                &[
                    Take("acm_certificate_arn", "AcmCertificateArn"),
                    Take("iam_certificate_id", "IamCertificateId"),
                    Take("cloudfront_default_certificate", "CloudFrontDefaultCertificate"),
                    Take("minimum_protocol_version", "MinimumProtocolVersion"),
                    Take("ssl_support_method", "SslSupportMethod"),
                ],
            ),
            One(
                "restrictions",
                "DistributionConfig.Restrictions",
                &[One(
                    "geo_restriction",
                    "GeoRestriction",
                    &[Take("restriction_type", "RestrictionType"), Take("locations", "Locations")],
                )],
            ),
            Take("tags_all", "Tags"),
        ],
    ),
    Mapping::own(
        "aws_cloudfront_cache_policy",
        "AWS::CloudFront::CachePolicy",
        &[
            Take("name", "CachePolicyConfig.Name"),
            Take("min_ttl", "CachePolicyConfig.MinTTL"),
            Take("default_ttl", "CachePolicyConfig.DefaultTTL"),
            Take("max_ttl", "CachePolicyConfig.MaxTTL"),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_route53_record",
        "AWS::Route53::RecordSet",
        &[
            Take("zone_id", "HostedZoneId"),
            Take("name", "Name"),
            Take("type", "Type"),
            Take("ttl", "TTL"),
            Take("records", "ResourceRecords"),
            Take("set_identifier", "SetIdentifier"),
            Take("health_check_id", "HealthCheckId"),
            Take("multivalue_answer_routing_policy", "MultiValueAnswer"),
            One("failover_routing_policy", "", &[Take("type", "Failover")]),
            One("weighted_routing_policy", "", &[Take("weight", "Weight")]),
            One("latency_routing_policy", "", &[Take("region", "Region")]),
            One(
                "geolocation_routing_policy",
                "GeoLocation",
                &[
                    Take("continent", "ContinentCode"),
                    Take("country", "CountryCode"),
                    Take("subdivision", "SubdivisionCode"),
                ],
            ),
            One(
                "alias",
                "AliasTarget",
                &[
                    Take("name", "DNSName"),
                    Take("zone_id", "HostedZoneId"),
                    Take("evaluate_target_health", "EvaluateTargetHealth"),
                ],
            ),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_route53_health_check",
        "AWS::Route53::HealthCheck",
        &[
            Take("type", "HealthCheckConfig.Type"),
            Take("fqdn", "HealthCheckConfig.FullyQualifiedDomainName"),
            Take("ip_address", "HealthCheckConfig.IPAddress"),
            Take("port", "HealthCheckConfig.Port"),
            Take("resource_path", "HealthCheckConfig.ResourcePath"),
            Take("request_interval", "HealthCheckConfig.RequestInterval"),
            Take("failure_threshold", "HealthCheckConfig.FailureThreshold"),
            Take("search_string", "HealthCheckConfig.SearchString"),
            Take("child_healthchecks", "HealthCheckConfig.ChildHealthChecks"),
            Take("tags_all", "HealthCheckTags"),
        ],
    ),
    Mapping::own(
        "aws_route53_zone",
        "AWS::Route53::HostedZone",
        &[
            Take("name", "Name"),
            Take("comment", "HostedZoneConfig.Comment"),
            List("vpc", "VPCs", &[Take("vpc_id", "VPCId"), Take("vpc_region", "VPCRegion")]),
            Take("tags_all", "HostedZoneTags"),
        ],
    )
    .named("name"),
    Mapping::part(
        "aws_route53_query_log",
        &["AWS::Route53::HostedZone"],
        "zone_id",
        &[Take("cloudwatch_log_group_arn", "QueryLoggingConfig.CloudWatchLogsLogGroupArn")],
    ),
    Mapping::own(
        "aws_acm_certificate",
        "AWS::CertificateManager::Certificate",
        &[
            Take("domain_name", "DomainName"),
            Take("subject_alternative_names", "SubjectAlternativeNames"),
            Take("validation_method", "ValidationMethod"),
            Take("key_algorithm", "KeyAlgorithm"),
            Take("certificate_authority_arn", "CertificateAuthorityArn"),
            // Of certificates that are brought along, which CloudFormation cannot do.
            Take("private_key", "PrivateKey"),
            Take("tags_all", "Tags"),
        ],
    ),
    Mapping::own(
        "aws_wafv2_web_acl",
        "AWS::WAFv2::WebACL",
        &[
            Take("name", "Name"),
            Take("description", "Description"),
            Take("scope", "Scope"),
            With("default_action", "DefaultAction", renamed),
            With("rule", "Rules", listed_rules),
            With("rule_json", "Rules", json),
            With("visibility_config", "VisibilityConfig", renamed),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_wafv2_rule_group",
        "AWS::WAFv2::RuleGroup",
        &[
            Take("name", "Name"),
            Take("description", "Description"),
            Take("scope", "Scope"),
            Take("capacity", "Capacity"),
            With("rule", "Rules", listed_rules),
            // Since 6.
            With("rules_json", "Rules", json),
            With("visibility_config", "VisibilityConfig", renamed),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_wafv2_web_acl_association",
        "AWS::WAFv2::WebACLAssociation",
        &[Take("resource_arn", "ResourceArn"), Take("web_acl_arn", "WebACLArn")],
    ),
    Mapping::own(
        "aws_wafv2_web_acl_logging_configuration",
        "AWS::WAFv2::LoggingConfiguration",
        &[Take("resource_arn", "ResourceArn"), Take("log_destination_configs", "LogDestinationConfigs")],
    ),
];

const BEHAVIOR: &[Rule] = &[
    Take("target_origin_id", "TargetOriginId"),
    Take("viewer_protocol_policy", "ViewerProtocolPolicy"),
    Take("allowed_methods", "AllowedMethods"),
    Take("cached_methods", "CachedMethods"),
    Take("compress", "Compress"),
    Take("cache_policy_id", "CachePolicyId"),
    Take("origin_request_policy_id", "OriginRequestPolicyId"),
    Take("response_headers_policy_id", "ResponseHeadersPolicyId"),
    Take("min_ttl", "MinTTL"),
    Take("default_ttl", "DefaultTTL"),
    Take("max_ttl", "MaxTTL"),
    One("forwarded_values", "ForwardedValues", &[Take("query_string", "QueryString"), Take("headers", "Headers")]),
    List(
        "lambda_function_association",
        "LambdaFunctionAssociations",
        &[Take("event_type", "EventType"), Take("lambda_arn", "LambdaFunctionARN")],
    ),
    List(
        "function_association",
        "FunctionAssociations",
        &[Take("event_type", "EventType"), Take("function_arn", "FunctionARN")],
    ),
];

const ORIGIN: &[Rule] = &[
    Take("origin_id", "Id"),
    Take("domain_name", "DomainName"),
    Take("origin_path", "OriginPath"),
    Take("origin_access_control_id", "OriginAccessControlId"),
    From(&["s3_origin_config", "custom_origin_config", "vpc_origin_config"], "S3OriginConfig", bucket),
    One(
        "custom_origin_config",
        "CustomOriginConfig",
        &[
            Take("http_port", "HTTPPort"),
            Take("https_port", "HTTPSPort"),
            Take("origin_protocol_policy", "OriginProtocolPolicy"),
            Take("origin_ssl_protocols", "OriginSSLProtocols"),
        ],
    ),
    One("vpc_origin_config", "VpcOriginConfig", &[Take("vpc_origin_id", "VpcOriginId")]),
    List("custom_header", "OriginCustomHeaders", &[Take("name", "HeaderName"), Take("value", "HeaderValue")]),
];

/// What makes an origin a bucket: the provider takes it for one where nothing is said.
fn bucket(values: &Node) -> Option<Node> {
    let set = |name| only_block(values, name);
    match (set("s3_origin_config"), set("custom_origin_config").or(set("vpc_origin_config"))) {
        (Some(Node { value: Value::Map(entries), origin, .. }), _) => {
            let identity = entries.get("origin_access_identity").cloned();
            Some(map(identity.map(|identity| ("OriginAccessIdentity", identity)), *origin))
        }
        (Some(open), _) => Some(open.clone()),
        (None, Some(_)) => None,
        (None, None) => Some(map([], values.origin)),
    }
}

fn listed_rules(node: Node) -> Option<Node> {
    let Value::List(items) = node.value else { return Some(node) };
    Some(Node { value: Value::List(items.into_iter().filter_map(renamed).collect()), ..node })
}

/// Blocks of which there may be several, and the names that lists of them have.
const SEVERAL: [(&str, &str); 9] = [
    ("custom_key", "CustomKeys"),
    ("excluded_rule", "ExcludedRules"),
    ("insert_header", "InsertHeaders"),
    ("managed_rule_group_configs", "ManagedRuleGroupConfigs"),
    ("response_header", "ResponseHeaders"),
    ("rule_action_override", "RuleActionOverrides"),
    ("rule_label", "RuleLabels"),
    ("statements", "Statements"),
    ("text_transformation", "TextTransformations"),
];

/// A rule of a firewall. Its statements go deep, and Terraform names them as AWS does but for the capitals.
fn renamed(node: Node) -> Option<Node> {
    let Node { value, origin, written } = node;
    let value = match value {
        // A block that stands once.
        Value::List(items) if items.iter().all(|item| matches!(item.value, Value::Map(_))) => {
            return renamed(items.into_iter().next()?);
        }
        Value::Map(entries) => {
            let named = entries.into_iter().filter_map(|(key, node)| {
                let is_one_of_several =
                    key == "statement" && matches!(&node.value, Value::List(items) if items.len() > 1);
                let key = if is_one_of_several { "statements" } else { key.as_str() };
                match SEVERAL.iter().find(|(name, _)| *name == key) {
                    Some((_, name)) => listed_rules(node).map(|node| ((*name).to_owned(), node)),
                    None => Some((in_capitals(key), renamed(node)?)),
                }
            });
            Value::Map(named.collect())
        }
        Value::Null => return None,
        value => value,
    };
    Some(Node { value, origin, written })
}

/// `rate_based_statement` as `RateBasedStatement`.
fn in_capitals(name: &str) -> String {
    let word = |word: &str| match word {
        "ip" => "IP".to_owned(),
        "cloudwatch" => "CloudWatch".to_owned(),
        _ => {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
        }
    };
    name.split('_').map(word).collect()
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
    fn rules_of_firewalls_by_the_names_of_aws() {
        let rule = json!([{
            "name": "limit", "priority": 1, "action": [{ "count": [{}], "block": [] }],
            "statement": [{ "rate_based_statement": [{
                "limit": 100, "aggregate_key_type": "IP",
                "scope_down_statement": [{ "or_statement": [{ "statement": [
                    { "ip_set_reference_statement": [{ "arn": "one" }] },
                    { "not_statement": [{ "statement": [{ "geo_match_statement": [{ "country_codes": ["NL"] }] }] }] },
                ] }] }],
            }] }],
            "visibility_config": [{ "cloudwatch_metrics_enabled": true, "metric_name": null }],
            "rule_label": [{ "name": "a" }],
        }]);
        let wanted = json!([{
            "Name": "limit", "Priority": 1, "Action": { "Count": {} },
            "Statement": { "RateBasedStatement": {
                "Limit": 100, "AggregateKeyType": "IP",
                "ScopeDownStatement": { "OrStatement": { "Statements": [
                    { "IPSetReferenceStatement": { "Arn": "one" } },
                    { "NotStatement": { "Statement": { "GeoMatchStatement": { "CountryCodes": ["NL"] } } } },
                ] } },
            } },
            "VisibilityConfig": { "CloudWatchMetricsEnabled": true },
            "RuleLabels": [{ "Name": "a" }],
        }]);
        assert_eq!(listed_rules(node(rule)), Some(node(wanted)));
    }
}
