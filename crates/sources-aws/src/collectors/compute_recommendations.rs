//! AWS Compute Optimizer: what it recommends, where the account is enrolled.

use aws_wire::{Call, Pages};
use model::{Node, Value};
use serde_json::json;

use super::computeoptimizer::COMPUTE_OPTIMIZER;
use crate::shape::{as_text, literal, part, text};
use crate::{Collector, Draft, Halt, Reach, Run};

/// An account that is not enrolled has no recommendations: nothing of it is missing.
const fn call(operation: &'static str, action: &'static str, yields: &'static [&'static str]) -> Call {
    Call {
        service: &COMPUTE_OPTIMIZER,
        operation,
        path: "",
        action,
        pages: Pages::Token { answer: "nextToken", parameter: "nextToken" },
        yields,
        unset: &["OptInRequiredException"],
    }
}

static INSTANCES: Call = call(
    "GetEC2InstanceRecommendations",
    "compute-optimizer:GetEC2InstanceRecommendations",
    &["Pilaster::InstanceRecommendation"],
);

static SERVICES: Call = call(
    "GetECSServiceRecommendations",
    "compute-optimizer:GetECSServiceRecommendations",
    &["Pilaster::ServiceRecommendation"],
);

static DATABASES: Call = call(
    "GetRDSDatabaseRecommendations",
    "compute-optimizer:GetRDSDatabaseRecommendations",
    &["Pilaster::DatabaseRecommendation"],
);

static FUNCTIONS: Call = call(
    "GetLambdaFunctionRecommendations",
    "compute-optimizer:GetLambdaFunctionRecommendations",
    &["Pilaster::FunctionRecommendation"],
);

pub(crate) static COLLECTOR: Collector = Collector {
    name: "compute_recommendations",
    reach: Reach::EveryRegion,
    calls: &[&INSTANCES, &SERVICES, &DATABASES, &FUNCTIONS],
    collect: |run| Box::pin(collect(run)),
};

async fn collect(run: &Run) -> Result<(), Halt> {
    tokio::join!(
        recommendations(
            run,
            &INSTANCES,
            "instanceRecommendations",
            "instanceArn",
            &[
                ("finding", "Finding"),
                ("findingReasonCodes", "FindingReasonCodes"),
                ("currentInstanceType", "CurrentInstanceType"),
                ("recommendationOptions", "RecommendationOptions"),
            ],
        ),
        recommendations(
            run,
            &SERVICES,
            "ecsServiceRecommendations",
            "serviceArn",
            &[
                ("finding", "Finding"),
                ("findingReasonCodes", "FindingReasonCodes"),
                ("serviceRecommendationOptions", "RecommendationOptions"),
            ],
        ),
        recommendations(
            run,
            &DATABASES,
            "rdsDBRecommendations",
            "resourceArn",
            &[
                ("instanceFinding", "Finding"),
                ("instanceFindingReasonCodes", "FindingReasonCodes"),
                ("storageFinding", "StorageFinding"),
                ("idle", "Idle"),
                ("currentDBInstanceClass", "CurrentDBInstanceClass"),
                ("instanceRecommendationOptions", "RecommendationOptions"),
            ],
        ),
        recommendations(
            run,
            &FUNCTIONS,
            "lambdaFunctionRecommendations",
            "functionArn",
            &[
                ("finding", "Finding"),
                ("findingReasonCodes", "FindingReasonCodes"),
                ("currentMemorySize", "CurrentMemorySize"),
                ("memorySizeRecommendationOptions", "RecommendationOptions"),
            ],
        ),
    );
    Ok(())
}

async fn recommendations(run: &Run, call: &'static Call, list: &str, arn: &str, names: &[(&str, &str)]) {
    let found = run.get_list(call, json!({ "maxResults": 1000 }), list).await;
    let (Some(Value::List(found)), [kind]) = (found.map(|found| found.value), call.yields) else { return };
    for recommendation in found {
        let Some(of) = text(&recommendation, arn).map(unqualified) else { continue };
        let of = Node::new(Value::Text(of.into()), recommendation.origin);
        let Value::Text(id) = &of.value else { continue };
        let draft = Draft::new(kind, &**id, recommendation.origin).take(&recommendation, names);
        let findings = names.iter().filter(|(_, property)| property.ends_with("Finding"));
        let draft = findings
            .fold(draft, |draft, (name, property)| draft.set(property, part(&recommendation, name).map(finding)));
        run.add(
            draft
                .set("ResourceArn", Some(of.clone()))
                .set("UtilizationMetrics", part(&recommendation, "utilizationMetrics")),
        );
    }
}

/// The findings there are, as the enumerations of the API spell them.
const FINDINGS: [&str; 5] = ["Overprovisioned", "Underprovisioned", "Optimized", "NotOptimized", "Unavailable"];

/// A finding in the spelling of the enumerations. For instances the API answers with `OVER_PROVISIONED`
/// (AWS Compute Optimizer API Reference, `InstanceRecommendation`). What is neither stays as it is.
fn finding(found: Node) -> Node {
    let Some(plain) = as_text(&found).map(|text| text.replace('_', "")) else { return found };
    match FINDINGS.iter().find(|known| known.eq_ignore_ascii_case(&plain)) {
        Some(known) => literal(*known, &found),
        None => found,
    }
}

/// The ARN without the version that one of a function ends with.
fn unqualified(arn: &str) -> &str {
    match arn.match_indices(':').nth(6) {
        Some((end, _)) if arn.contains(":function:") => arn.get(..end).unwrap_or(arn),
        _ => arn,
    }
}

#[cfg(test)]
mod tests {
    use model::{Origin, SourceId};

    use super::*;

    #[test]
    fn findings_are_spelt_in_one_way() {
        let spelt = |text: &str| {
            let found = finding(Node::from_json(json!(text), Origin::new(SourceId(0), 0, 0)));
            as_text(&found).map(str::to_owned)
        };
        for (wire, expected) in [
            ("OVER_PROVISIONED", "Overprovisioned"),
            ("UNDER_PROVISIONED", "Underprovisioned"),
            ("OPTIMIZED", "Optimized"),
            ("Overprovisioned", "Overprovisioned"),
            ("NotOptimized", "NotOptimized"),
            ("NOT_OPTIMIZED", "NotOptimized"),
            ("Something_New", "Something_New"),
        ] {
            assert_eq!(spelt(wire).as_deref(), Some(expected), "{wire}");
        }
    }

    #[test]
    fn a_function_is_meant_without_its_version() {
        let function = "arn:aws-cn:lambda:cn-north-1:1:function:orders";
        assert_eq!(unqualified(&format!("{function}:$LATEST")), function);
        assert_eq!(unqualified(function), function);
        let database = "arn:aws-cn:rds:cn-north-1:1:db:orders:x";
        assert_eq!(unqualified(database), database);
    }
}
