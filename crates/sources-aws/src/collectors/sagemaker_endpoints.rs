//! Amazon SageMaker: endpoints that answer with models.

use aws_wire::{Call, Pages};
use model::Node;
use serde_json::json;

use super::sagemaker::{SAGEMAKER, TAGS};
use crate::shape::text;
use crate::{Collector, Draft, Halt, Reach, Run};

static LIST: Call = Call {
    service: &SAGEMAKER,
    operation: "ListEndpoints",
    path: "",
    action: "sagemaker:ListEndpoints",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["AWS::SageMaker::Endpoint"],
    unset: &[],
};

static ENDPOINT: Call = Call {
    service: &SAGEMAKER,
    operation: "DescribeEndpoint",
    path: "",
    action: "sagemaker:DescribeEndpoint",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "sagemaker_endpoints",
    reach: Reach::EveryRegion,
    calls: &[&LIST, &ENDPOINT, &TAGS],
    collect: |run| Box::pin(collect(run)),
};

async fn collect(run: &Run) -> Result<(), Halt> {
    let endpoints = run.list(&LIST, json!({ "MaxResults": 100 }), "Endpoints").await?;
    run.each(endpoints, endpoint).await;
    Ok(())
}

async fn endpoint(run: &Run, listed: Node) -> Vec<Draft> {
    let (Some(name), Some(arn)) = (text(&listed, "EndpointName"), text(&listed, "EndpointArn")) else {
        return Vec::new();
    };
    let (described, tags) = tokio::join!(
        run.get(&ENDPOINT, json!({ "EndpointName": name })),
        run.get_list(&TAGS, json!({ "ResourceArn": arn }), "Tags"),
    );
    let mut draft = Draft::new("AWS::SageMaker::Endpoint", name, listed.origin).name(name).arn(arn).take(
        &listed,
        &[
            ("EndpointName", "EndpointName"),
            ("EndpointStatus", "Observed.Status"),
            ("CreationTime", "Observed.CreationTime"),
        ],
    );
    if let Some(endpoint) = described.whole() {
        draft = draft.take(
            &endpoint,
            &[
                ("EndpointConfigName", "EndpointConfigName"),
                ("ProductionVariants", "Observed.ProductionVariants"),
                ("AsyncInferenceConfig", "Observed.AsyncInferenceConfig"),
            ],
        );
    }
    vec![draft.set("Tags", tags)]
}
