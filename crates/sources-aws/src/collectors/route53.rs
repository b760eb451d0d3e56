//! Amazon Route 53: hosted zones, their records, and health checks.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value};
use serde_json::json;

use crate::claimable::{BUCKET, ENVIRONMENT, target_exists};
use crate::shape::{into_items, is_unknown, literal, part, text};
use crate::{Collector, Draft, Halt, Reach, Run};

static ROUTE53: Service = Service {
    endpoint: "route53",
    signing: "route53",
    variable: "ROUTE_53",
    protocol: Protocol::RestXml {
        items: &["ChildHealthCheck", "HealthCheck", "HostedZone", "ResourceRecord", "ResourceRecordSet", "Tag"],
        flat: &[],
    },
    scope: Scope::Global,
};

static ZONES: Call = Call {
    service: &ROUTE53,
    operation: "ListHostedZones",
    path: "GET /2013-04-01/hostedzone",
    action: "route53:ListHostedZones",
    pages: Pages::Token { answer: "NextMarker", parameter: "marker" },
    yields: &["AWS::Route53::HostedZone", "AWS::Route53::RecordSet"],
    unset: &[],
};

/// Three parameters name the place to go on from, so the pages are turned here.
static RECORDS: Call = Call {
    service: &ROUTE53,
    operation: "ListResourceRecordSets",
    path: "GET /2013-04-01/hostedzone/{Id}/rrset",
    action: "route53:ListResourceRecordSets",
    pages: Pages::One,
    yields: &["AWS::Route53::RecordSet"],
    unset: &[],
};

static HEALTH_CHECKS: Call = Call {
    service: &ROUTE53,
    operation: "ListHealthChecks",
    path: "GET /2013-04-01/healthcheck",
    action: "route53:ListHealthChecks",
    pages: Pages::Token { answer: "NextMarker", parameter: "marker" },
    yields: &["AWS::Route53::HealthCheck"],
    unset: &[],
};

static TAGS: Call = Call {
    service: &ROUTE53,
    operation: "ListTagsForResource",
    path: "GET /2013-04-01/tags/hostedzone/{Id}",
    action: "route53:ListTagsForResource",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "route53",
    reach: Reach::Once,
    calls: &[&ZONES, &RECORDS, &HEALTH_CHECKS, &TAGS, &BUCKET, &ENVIRONMENT],
    collect: |run| Box::pin(route53(run)),
};

/// A zone has at most 10,000 records unless more were asked for, in pages of at least one hundred.
const MOST_PAGES: usize = 10_000;

async fn route53(run: &Run) -> Result<(), Halt> {
    let (zones, checks) = tokio::join!(
        run.list(&ZONES, json!({}), "HostedZones"),
        run.list(&HEALTH_CHECKS, json!({ "maxitems": 1000 }), "HealthChecks")
    );
    for check in checks.iter().flatten() {
        let Some(id) = text(check, "Id") else { continue };
        let draft = Draft::new("AWS::Route53::HealthCheck", id, check.origin).name(id);
        run.add(draft.set("HealthCheckConfig", part(check, "HealthCheckConfig")));
    }
    run.each(zones?, zone).await;
    checks.map(|_| ())
}

async fn zone(run: &Run, zone: Node) -> Vec<Draft> {
    let Some(id) = text(&zone, "Id").and_then(|path| path.rsplit('/').next()) else { return Vec::new() };
    let (tags, records) = tokio::join!(run.get(&TAGS, json!({ "Id": id })), records(run, id));
    let draft = Draft::new("AWS::Route53::HostedZone", id, zone.origin)
        .name(id)
        .arn(format!("arn:{}:route53:::hostedzone/{id}", run.partition()))
        .take(
            &zone,
            &[
                ("Name", "Name"),
                ("Config.Comment", "HostedZoneConfig.Comment"),
                ("Config.PrivateZone", "Observed.PrivateZone"),
                ("ResourceRecordSetCount", "Observed.ResourceRecordSetCount"),
            ],
        )
        .set("HostedZoneTags", tags.at("ResourceTagSet.Tags"));
    let mut drafts = vec![draft];
    let records = records.iter().map(|found| record(run, &zone, id, found));
    drafts.extend(futures_util::future::join_all(records).await.into_iter().flatten());
    drafts
}

/// The records of a zone. A page that fails is a gap, and the end.
async fn records(run: &Run, id: &str) -> Vec<Node> {
    let mut records = Vec::new();
    let mut asked = json!({ "Id": id });
    for _ in 0..MOST_PAGES {
        let Some(page) = run.get(&RECORDS, asked).await.whole().filter(|page| !is_unknown(page)) else { break };
        records.extend(into_items(part(&page, "ResourceRecordSets")));
        if text(&page, "IsTruncated") != Some("true") {
            break;
        }
        asked = json!({
            "Id": id,
            "name": text(&page, "NextRecordName"),
            "type": text(&page, "NextRecordType"),
            "identifier": text(&page, "NextRecordIdentifier"),
        });
    }
    records
}

async fn record(run: &Run, zone: &Node, zone_id: &str, found: &Node) -> Option<Draft> {
    let (name, kind) = (text(found, "Name")?, text(found, "Type")?);
    let id = match text(found, "SetIdentifier") {
        Some(set) => format!("{name} {kind} {set}"),
        None => format!("{name} {kind}"),
    };
    let values = |record: &Node| part(record, "Value");
    let values = part(found, "ResourceRecords").map(|records| match &records.value {
        Value::List(all) => Node::new(Value::List(all.iter().filter_map(values).collect()), records.origin),
        _ => records,
    });
    let mut draft = Draft::new("AWS::Route53::RecordSet", id, found.origin)
        .set("HostedZoneId", Some(literal(zone_id, found)))
        .set("ResourceRecords", values)
        .set("Observed.PrivateZone", part(zone, "Config.PrivateZone"));
    // What only a network of its own can ask for, nobody else can answer for.
    if text(zone, "Config.PrivateZone") != Some("true") {
        draft = draft.set("Observed.TargetExists", target_exists(run, found).await);
    }
    for property in [
        "Name",
        "Type",
        "TTL",
        "SetIdentifier",
        "Weight",
        "Region",
        "Failover",
        "GeoLocation",
        "MultiValueAnswer",
        "HealthCheckId",
        "AliasTarget",
    ] {
        draft = draft.set(property, part(found, property));
    }
    Some(draft)
}
