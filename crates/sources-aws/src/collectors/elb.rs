//! Elastic Load Balancing: classic load balancers.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value};
use serde_json::json;

use crate::shape::{items, list, part, pluck, text};
use crate::{Collector, Draft, Halt, Reach, Run};

static ELB: Service = Service {
    endpoint: "elasticloadbalancing",
    signing: "elasticloadbalancing",
    variable: "ELASTIC_LOAD_BALANCING",
    protocol: Protocol::Query { version: "2012-06-01", items: &[] },
    scope: Scope::Regional,
};

static BALANCERS: Call = Call {
    service: &ELB,
    operation: "DescribeLoadBalancers",
    path: "",
    action: "elasticloadbalancing:DescribeLoadBalancers",
    pages: Pages::Token { answer: "NextMarker", parameter: "Marker" },
    yields: &["AWS::ElasticLoadBalancing::LoadBalancer"],
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

pub(crate) static COLLECTOR: Collector = Collector {
    name: "elb",
    reach: Reach::EveryRegion,
    calls: &[&BALANCERS, &ATTRIBUTES],
    collect: |run| Box::pin(balancers(run)),
};

async fn balancers(run: &Run) -> Result<(), Halt> {
    run.each(run.list(&BALANCERS, json!({}), "LoadBalancerDescriptions").await?, balancer).await;
    Ok(())
}

async fn balancer(run: &Run, found: Node) -> Vec<Draft> {
    let Some(name) = text(&found, "LoadBalancerName") else { return Vec::new() };
    let attributes = run.get(&ATTRIBUTES, json!({ "LoadBalancerName": name })).await;
    let attribute = |path: &str| attributes.at(&format!("LoadBalancerAttributes.{path}"));
    let mut balancer = Draft::new("AWS::ElasticLoadBalancing::LoadBalancer", name, found.origin)
        .name(name)
        .arn(run.arn("elasticloadbalancing", &format!("loadbalancer/{name}")));
    for property in ["LoadBalancerName", "Scheme", "Subnets", "AvailabilityZones", "SecurityGroups", "HealthCheck"] {
        balancer = balancer.set(property, part(&found, property));
    }
    let balancer = balancer
        .set("Instances", pluck(&found, "Instances", "InstanceId"))
        .set("Listeners", Some(listeners(&found)))
        .set("AccessLoggingPolicy", attribute("AccessLog"))
        .set("ConnectionDrainingPolicy", attribute("ConnectionDraining"))
        .set("ConnectionSettings", attribute("ConnectionSettings"))
        .set("CrossZone", attribute("CrossZoneLoadBalancing.Enabled"))
        .set("Observed.VpcId", part(&found, "VPCId"))
        .set("Observed.CreatedTime", part(&found, "CreatedTime"));
    vec![balancer]
}

fn listeners(balancer: &Node) -> Node {
    let all = items(balancer, "ListenerDescriptions").iter().filter_map(|description| {
        let mut listener = part(description, "Listener")?;
        if let Value::Map(entries) = &mut listener.value
            && let Some(policies) = part(description, "PolicyNames")
        {
            entries.insert("PolicyNames".to_owned(), policies);
        }
        Some(listener)
    });
    list(all.collect(), balancer)
}
