//! Amazon GuardDuty: detectors.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value};
use serde_json::json;

use crate::names::capitals;
use crate::shape::pairs;
use crate::{Collector, Draft, Halt, Reach, Run};

static GUARDDUTY: Service = Service {
    endpoint: "guardduty",
    signing: "guardduty",
    variable: "GUARDDUTY",
    protocol: Protocol::RestJson,
    scope: Scope::Regional,
};

static LIST: Call = Call {
    service: &GUARDDUTY,
    operation: "ListDetectors",
    path: "GET /detector",
    action: "guardduty:ListDetectors",
    pages: Pages::Token { answer: "nextToken", parameter: "nextToken" },
    yields: &["AWS::GuardDuty::Detector"],
    unset: &[],
};

static DETECTOR: Call = Call {
    service: &GUARDDUTY,
    operation: "GetDetector",
    path: "GET /detector/{DetectorId}",
    action: "guardduty:GetDetector",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "guardduty",
    reach: Reach::EveryRegion,
    calls: &[&LIST, &DETECTOR],
    collect: |run| Box::pin(detectors(run)),
};

async fn detectors(run: &Run) -> Result<(), Halt> {
    let ids = run.list(&LIST, json!({}), "detectorIds").await?;
    run.each(ids, detector).await;
    Ok(())
}

async fn detector(run: &Run, id: Node) -> Vec<Draft> {
    let Value::Text(id_text) = &id.value else { return Vec::new() };
    let answer = run.get(&DETECTOR, json!({ "DetectorId": &**id_text })).await;
    let mut draft = Draft::new("AWS::GuardDuty::Detector", &**id_text, id.origin).name(&**id_text);
    for (property, path) in [
        ("Enable", "status"),
        ("DataSources.S3Logs.Enable", "dataSources.s3Logs.status"),
        ("DataSources.Kubernetes.AuditLogs.Enable", "dataSources.kubernetes.auditLogs.status"),
        (
            "DataSources.MalwareProtection.ScanEc2InstanceWithFindings.EbsVolumes",
            "dataSources.malwareProtection.scanEc2InstanceWithFindings.ebsVolumes.status",
        ),
    ] {
        draft = draft.set(property, answer.at(path).map(enabled));
    }
    let draft = draft
        .set("Features", answer.at("features").map(capitals))
        .set("FindingPublishingFrequency", answer.at("findingPublishingFrequency"))
        .set("Tags", answer.at("tags").map(pairs))
        .set("Observed.CreatedAt", answer.at("createdAt"));
    vec![draft]
}

/// A status as a switch. What is neither on nor off stays as it is.
fn enabled(node: Node) -> Node {
    let value = match &node.value {
        Value::Text(status) if &**status == "ENABLED" => Value::Bool(true),
        Value::Text(status) if &**status == "DISABLED" => Value::Bool(false),
        _ => return node,
    };
    Node::new(value, node.origin)
}
