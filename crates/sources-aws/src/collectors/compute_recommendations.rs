//! AWS Compute Optimizer: what it recommends, where the account is enrolled.

use aws_wire::{Call, Pages};
use model::{Node, Value};
use serde_json::json;

use super::computeoptimizer::COMPUTE_OPTIMIZER;
use crate::shape::{part, text};
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
        run.add(
            draft
                .set("ResourceArn", Some(of.clone()))
                .set("UtilizationMetrics", part(&recommendation, "utilizationMetrics")),
        );
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
    use super::*;

    #[test]
    fn a_function_is_meant_without_its_version() {
        let function = "arn:aws-cn:lambda:cn-north-1:1:function:orders";
        assert_eq!(unqualified(&format!("{function}:$LATEST")), function);
        assert_eq!(unqualified(function), function);
        let database = "arn:aws-cn:rds:cn-north-1:1:db:orders:x";
        assert_eq!(unqualified(database), database);
    }
}
