//! Elastic Load Balancing: application, network and gateway load balancers.

use std::collections::BTreeSet;

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value};
use serde_json::json;

use super::autoscaling::{AUTOSCALING, PAGES};
use crate::shape::{items, list, map, part, pluck, text};
use crate::{Answer, Collector, Draft, Halt, Reach, Run};

static ELB: Service = Service {
    endpoint: "elasticloadbalancing",
    signing: "elasticloadbalancing",
    variable: "ELASTIC_LOAD_BALANCING_V2",
    protocol: Protocol::Query { version: "2015-12-01", items: &[] },
    scope: Scope::Regional,
};

const MARKER: Pages = Pages::Token { answer: "NextMarker", parameter: "Marker" };

static BALANCERS: Call = Call {
    service: &ELB,
    operation: "DescribeLoadBalancers",
    path: "",
    action: "elasticloadbalancing:DescribeLoadBalancers",
    pages: MARKER,
    yields: &["AWS::ElasticLoadBalancingV2::LoadBalancer"],
    unset: &[],
};

static ATTRIBUTES: Call = Call {
    service: &ELB,
    operation: "DescribeLoadBalancerAttributes",
    path: "",
    action: "elasticloadbalancing:DescribeLoadBalancerAttributes",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

static TAGS: Call = Call {
    service: &ELB,
    operation: "DescribeTags",
    path: "",
    action: "elasticloadbalancing:DescribeTags",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

static LISTENERS: Call = Call {
    service: &ELB,
    operation: "DescribeListeners",
    path: "",
    action: "elasticloadbalancing:DescribeListeners",
    pages: MARKER,
    yields: &["AWS::ElasticLoadBalancingV2::Listener"],
    unset: &[],
};

static RULES: Call = Call {
    service: &ELB,
    operation: "DescribeRules",
    path: "",
    action: "elasticloadbalancing:DescribeRules",
    pages: MARKER,
    yields: &["AWS::ElasticLoadBalancingV2::ListenerRule"],
    unset: &[],
};

static TARGET_GROUPS: Call = Call {
    service: &ELB,
    operation: "DescribeTargetGroups",
    path: "",
    action: "elasticloadbalancing:DescribeTargetGroups",
    pages: MARKER,
    yields: &["AWS::ElasticLoadBalancingV2::TargetGroup"],
    unset: &[],
};

static TARGET_GROUP_ATTRIBUTES: Call = Call {
    service: &ELB,
    operation: "DescribeTargetGroupAttributes",
    path: "",
    action: "elasticloadbalancing:DescribeTargetGroupAttributes",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

static TARGETS: Call = Call {
    service: &ELB,
    operation: "DescribeTargetHealth",
    path: "",
    action: "elasticloadbalancing:DescribeTargetHealth",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

/// What Auto Scaling registers is told from what somebody registered by this.
static SCALED: Call = Call {
    service: &AUTOSCALING,
    operation: "DescribeAutoScalingInstances",
    path: "",
    action: "autoscaling:DescribeAutoScalingInstances",
    pages: PAGES,
    yields: &[],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "elbv2",
    reach: Reach::EveryRegion,
    calls: &[
        &BALANCERS,
        &ATTRIBUTES,
        &TAGS,
        &LISTENERS,
        &RULES,
        &TARGET_GROUPS,
        &TARGET_GROUP_ATTRIBUTES,
        &TARGETS,
        &SCALED,
    ],
    collect: |run| Box::pin(collect(run)),
};

async fn collect(run: &Run) -> Result<(), Halt> {
    let (balancers, groups) = tokio::join!(balancers(run), target_groups(run));
    balancers.and(groups)
}

async fn balancers(run: &Run) -> Result<(), Halt> {
    // Tags are given for twenty load balancers at once.
    let found = run.list(&BALANCERS, json!({}), "LoadBalancers").await?;
    run.each(found.chunks(20).map(<[Node]>::to_vec).collect(), twenty).await;
    run.each(found, listeners).await;
    Ok(())
}

async fn twenty(run: &Run, found: Vec<Node>) -> Vec<Draft> {
    let arns: Vec<&str> = found.iter().filter_map(|balancer| text(balancer, "LoadBalancerArn")).collect();
    let tags = run.get(&TAGS, json!({ "ResourceArns": arns })).await;
    let drafts = found.iter().map(|found| balancer(run, found, &tags));
    futures_util::future::join_all(drafts).await.into_iter().flatten().collect()
}

async fn balancer(run: &Run, found: &Node, tags: &Answer) -> Option<Draft> {
    let arn = text(found, "LoadBalancerArn")?;
    let attributes = run.get(&ATTRIBUTES, json!({ "LoadBalancerArn": arn })).await;
    let name = text(found, "LoadBalancerName").unwrap_or(arn);
    let draft = Draft::new("AWS::ElasticLoadBalancingV2::LoadBalancer", name, found.origin)
        .name(full_name(arn, "loadbalancer/"))
        .arn(arn)
        .take(
            found,
            &[
                ("LoadBalancerName", "Name"),
                ("Type", "Type"),
                ("Scheme", "Scheme"),
                ("IpAddressType", "IpAddressType"),
                ("SecurityGroups", "SecurityGroups"),
                ("State.Code", "Observed.State"),
                ("VpcId", "Observed.VpcId"),
                ("CreatedTime", "Observed.CreatedTime"),
            ],
        )
        .set("Subnets", pluck(found, "AvailabilityZones", "SubnetId"))
        .set("SubnetMappings", mappings(found))
        .set("LoadBalancerAttributes", attributes.at("Attributes"))
        .set("Tags", tags_of(tags, arn));
    Some(draft)
}

/// What metrics call it: `app/shop/50dc6c495c0c9188`.
fn full_name<'n>(arn: &'n str, prefix: &str) -> &'n str {
    let resource = arn.rsplit(':').next().unwrap_or(arn);
    resource.strip_prefix(prefix).unwrap_or(resource)
}

/// Subnets with the addresses that were given for them; none where no address was given.
fn mappings(balancer: &Node) -> Option<Node> {
    let zones = items(balancer, "AvailabilityZones");
    let mut given = false;
    let all = zones.iter().map(|zone| {
        let address = items(zone, "LoadBalancerAddresses").iter().find_map(|address| part(address, "AllocationId"));
        given |= address.is_some();
        let parts = [("SubnetId", part(zone, "SubnetId")), ("AllocationId", address)];
        map(parts, zone)
    });
    let all = list(all.collect(), balancer);
    given.then_some(all)
}

fn tags_of(tags: &Answer, arn: &str) -> Option<Node> {
    let descriptions = tags.at("TagDescriptions")?;
    let Value::List(all) = &descriptions.value else { return Some(descriptions) };
    part(all.iter().find(|tags| text(tags, "ResourceArn") == Some(arn))?, "Tags")
}

/// A list that cannot be read is a gap already.
async fn listeners(run: &Run, balancer: Node) -> Vec<Draft> {
    let Some(balancer) = text(&balancer, "LoadBalancerArn") else { return Vec::new() };
    let found = run.list(&LISTENERS, json!({ "LoadBalancerArn": balancer }), "Listeners").await;
    let mut drafts = Vec::new();
    for listener in found.iter().flatten() {
        let Some(arn) = text(listener, "ListenerArn") else { continue };
        drafts.push(Draft::new("AWS::ElasticLoadBalancingV2::Listener", arn, listener.origin).name(arn).arn(arn).take(
            listener,
            &[
                ("LoadBalancerArn", "LoadBalancerArn"),
                ("Port", "Port"),
                ("Protocol", "Protocol"),
                ("SslPolicy", "SslPolicy"),
                ("Certificates", "Certificates"),
                ("DefaultActions", "DefaultActions"),
                ("MutualAuthentication", "MutualAuthentication"),
            ],
        ));
        // Others have no rules.
        if matches!(text(listener, "Protocol"), Some("HTTP" | "HTTPS")) {
            drafts.extend(rules(run, listener, arn).await);
        }
    }
    drafts
}

/// The default rule repeats the listener's actions.
async fn rules(run: &Run, listener: &Node, arn: &str) -> Vec<Draft> {
    let found = run.list(&RULES, json!({ "ListenerArn": arn }), "Rules").await;
    let own = found.iter().flatten().filter(|rule| text(rule, "IsDefault") != Some("true"));
    own.filter_map(|rule| {
        let id = text(rule, "RuleArn")?;
        let draft = Draft::new("AWS::ElasticLoadBalancingV2::ListenerRule", id, rule.origin).name(id).arn(id);
        let draft = draft.set("ListenerArn", part(listener, "ListenerArn"));
        Some(draft.take(rule, &[("Priority", "Priority"), ("Actions", "Actions"), ("Conditions", "Conditions")]))
    })
    .collect()
}

async fn target_groups(run: &Run) -> Result<(), Halt> {
    let found = run.list(&TARGET_GROUPS, json!({}), "TargetGroups").await?;
    // Only instances are registered by Auto Scaling. Without them there is nothing to tell apart.
    let instances = found.iter().any(|group| text(group, "TargetType") == Some("instance"));
    let scaled = match instances {
        true => run.list(&SCALED, json!({}), "AutoScalingInstances").await,
        false => Ok(Vec::new()),
    };
    let scaled = scaled.as_ref().map(|all| all.iter().filter_map(|one| text(one, "InstanceId")).collect());
    let scaled: Option<BTreeSet<&str>> = scaled.ok();
    for chunk in found.chunks(64) {
        let groups = chunk.iter().map(|found| target_group(run, found, scaled.as_ref()));
        let drafts = futures_util::future::join_all(groups).await;
        drafts.into_iter().flatten().for_each(|draft| run.add(draft));
    }
    Ok(())
}

async fn target_group(run: &Run, found: &Node, scaled: Option<&BTreeSet<&str>>) -> Option<Draft> {
    let arn = text(found, "TargetGroupArn")?;
    let parameters = json!({ "TargetGroupArn": arn });
    let (attributes, targets) =
        tokio::join!(run.get(&TARGET_GROUP_ATTRIBUTES, parameters.clone()), run.get(&TARGETS, parameters));
    let mut draft =
        Draft::new("AWS::ElasticLoadBalancingV2::TargetGroup", text(found, "TargetGroupName")?, found.origin)
            .name(full_name(arn, ""))
            .arn(arn);
    for property in [
        "HealthCheckEnabled",
        "HealthCheckIntervalSeconds",
        "HealthCheckPath",
        "HealthCheckPort",
        "HealthCheckProtocol",
        "HealthCheckTimeoutSeconds",
        "HealthyThresholdCount",
        "Matcher",
        "Port",
        "Protocol",
        "ProtocolVersion",
        "TargetType",
        "UnhealthyThresholdCount",
        "VpcId",
    ] {
        draft = draft.set(property, part(found, property));
    }
    let draft = draft
        .set("Observed.Targets", targets.at("TargetHealthDescriptions").map(health))
        .set("Name", part(found, "TargetGroupName"))
        .set("TargetGroupAttributes", attributes.at("Attributes"))
        .set("Targets", by_hand(run, targets.at("TargetHealthDescriptions"), scaled))
        .set("Observed.LoadBalancerArns", part(found, "LoadBalancerArns"));
    Some(draft)
}

/// The targets that Auto Scaling did not register. Which those are is not known when its instances are not.
fn by_hand(run: &Run, targets: Option<Node>, scaled: Option<&BTreeSet<&str>>) -> Option<Node> {
    let found = targets?;
    let Value::List(all) = &found.value else { return Some(found) };
    let Some(scaled) = scaled else {
        let why = model::Why::Denied(SCALED.action.into());
        return Some(Node::new(Value::Unknown(why), run.origin(&SCALED)));
    };
    let own = all.iter().filter(|target| text(target, "Target.Id").is_none_or(|id| !scaled.contains(id)));
    Some(list(own.filter_map(|target| part(target, "Target")).collect(), &found))
}

/// All targets, each with its state. The service tells the zone of addresses, and not of instances.
fn health(targets: Node) -> Node {
    let Value::List(all) = &targets.value else { return targets };
    let target = |found: &Node| {
        let parts = [
            ("Id", part(found, "Target.Id")),
            ("Port", part(found, "Target.Port")),
            ("AvailabilityZone", part(found, "Target.AvailabilityZone")),
            ("State", part(found, "TargetHealth.State")),
            ("Reason", part(found, "TargetHealth.Reason")),
        ];
        map(parts, found)
    };
    list(all.iter().map(target).collect(), &targets)
}
