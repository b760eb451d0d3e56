//! Elastic Load Balancing: application load balancers, each with a listener and a target group.

use serde_json::{Value, json};

use super::{Account, with};
use crate::cloud::answer::Answer;
use crate::cloud::population::{Kind, name};

/// The version of the API whose load balancers are of the second generation. Both are signed alike.
const VERSION: &str = "2015-12-01";

pub(super) fn answer(account: &Account<'_>) -> Option<Answer> {
    let (population, region, question) = (account.population, account.region(), account.question);
    if question.text("Version") != VERSION {
        return None;
    }
    let total = population.count(Kind::LoadBalancer, region);
    let asked = ["LoadBalancerArn", "ListenerArn", "TargetGroupArn"].map(|name| question.text(name));
    // `…:loadbalancer/app/orders-1/0000000000000001`, the listener with an id of its own.
    let number = asked.into_iter().find(|arn| !arn.is_empty()).and_then(number_in);
    let number = number.filter(|number| *number < total);
    let mut dice =
        population.dice(Kind::LoadBalancer, &format!("{region} {}", question.operation), number.unwrap_or(0));
    Some(match (question.operation.as_str(), number) {
        ("DescribeLoadBalancers", _) => {
            let (items, next) = account.items(total, "PageSize", 400, |number| balancer(account, number));
            with(json!({ "LoadBalancers": { "member": items } }), "NextMarker", next)
        }
        ("DescribeTargetGroups", _) => {
            let (items, next) = account.items(total, "PageSize", 400, |number| group(account, number));
            with(json!({ "TargetGroups": { "member": items } }), "NextMarker", next)
        }
        ("DescribeTags", _) => {
            let tags = json!({ "member": [{ "Key": "Environment", "Value": "production" }] });
            let described = |arn: String| json!({ "ResourceArn": arn, "Tags": tags });
            let all: Vec<Value> = question.list("ResourceArns").into_iter().map(described).collect();
            Answer::Tree(json!({ "TagDescriptions": { "member": all } }))
        }
        ("DescribeLoadBalancerAttributes", Some(_)) => attributes(&[
            ("deletion_protection.enabled", dice.happens(50)),
            ("access_logs.s3.enabled", dice.happens(40)),
            ("routing.http.drop_invalid_header_fields.enabled", dice.happens(40)),
        ]),
        ("DescribeListeners", Some(number)) => {
            let action = json!({ "Type": "forward", "TargetGroupArn": group_arn(account, number) });
            let listener = json!({ "ListenerArn": format!("{}/1", arn(account, "listener/app", number)),
                "LoadBalancerArn": arn(account, "loadbalancer/app", number), "Port": 443, "Protocol": "HTTPS",
                "SslPolicy": dice.one(&["ELBSecurityPolicy-TLS13-1-2-2021-06", "ELBSecurityPolicy-2016-08"]),
                "DefaultActions": { "member": [action] } });
            Answer::Tree(json!({ "Listeners": { "member": [listener] } }))
        }
        ("DescribeRules", Some(number)) => {
            let rule = json!({ "RuleArn": format!("{}/1/1", arn(account, "listener-rule/app", number)),
                               "Priority": "default", "IsDefault": true });
            Answer::Tree(json!({ "Rules": { "member": [rule] } }))
        }
        ("DescribeTargetGroupAttributes", Some(_)) => attributes(&[("stickiness.enabled", dice.happens(20))]),
        ("DescribeTargetHealth", Some(number)) => {
            let id = population.id("i", Kind::Instance, region, number);
            let target = json!({ "Target": { "Id": id, "Port": 80 }, "TargetHealth": { "State": "healthy" } });
            Answer::Tree(json!({ "TargetHealthDescriptions": { "member": [target] } }))
        }
        _ if asked.iter().any(|arn| !arn.is_empty()) => Answer::Error(400, "LoadBalancerNotFound"),
        _ => return None,
    })
}

/// The number of the load balancer that an ARN is about.
fn number_in(arn: &str) -> Option<usize> {
    arn.split('/').find_map(|part| part.rsplit_once('-')?.1.parse().ok())
}

fn arn(account: &Account<'_>, kind: &str, number: usize) -> String {
    account.arn("elasticloadbalancing", &format!("{kind}/{}/{number:016x}", name(number)))
}

fn group_arn(account: &Account<'_>, number: usize) -> String {
    arn(account, "targetgroup", number)
}

fn attributes(all: &[(&str, bool)]) -> Answer {
    let all: Vec<Value> = all.iter().map(|(key, on)| json!({ "Key": key, "Value": on.to_string() })).collect();
    Answer::Tree(json!({ "Attributes": { "member": all } }))
}

fn balancer(account: &Account<'_>, number: usize) -> Value {
    let (population, region) = (account.population, account.region());
    let mut dice = population.dice(Kind::LoadBalancer, region, number);
    let zone = |at: usize| {
        json!({ "ZoneName": format!("{region}{}", if at == 0 { "a" } else { "b" }),
                "SubnetId": population.id("subnet", Kind::Subnet, region, at) })
    };
    json!({
        "LoadBalancerArn": arn(account, "loadbalancer/app", number),
        "LoadBalancerName": name(number),
        "DNSName": format!("{}.{region}.elb.amazonaws.com", name(number)),
        "CreatedTime": "2025-05-01T09:00:00.000Z",
        "Scheme": if dice.happens(50) { "internet-facing" } else { "internal" },
        "VpcId": population.id("vpc", Kind::Vpc, region, 0),
        "State": { "Code": "active" },
        "Type": "application",
        "AvailabilityZones": { "member": [zone(0), zone(1)] },
        "SecurityGroups": { "member": [population.id("sg", Kind::SecurityGroup, region, 0)] },
        "IpAddressType": "ipv4",
    })
}

fn group(account: &Account<'_>, number: usize) -> Value {
    json!({
        "TargetGroupArn": group_arn(account, number),
        "TargetGroupName": name(number),
        "Protocol": "HTTP",
        "Port": 80,
        "VpcId": account.population.id("vpc", Kind::Vpc, account.region(), 0),
        "HealthCheckProtocol": "HTTP",
        "HealthCheckPort": "traffic-port",
        "HealthCheckEnabled": true,
        "HealthCheckIntervalSeconds": 30,
        "HealthCheckTimeoutSeconds": 5,
        "HealthyThresholdCount": 5,
        "UnhealthyThresholdCount": 2,
        "HealthCheckPath": "/health",
        "Matcher": { "HttpCode": "200" },
        "LoadBalancerArns": { "member": [arn(account, "loadbalancer/app", number)] },
        "TargetType": "instance",
    })
}
