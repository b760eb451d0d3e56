//! Access points of Amazon S3.

use aws_wire::{Call, Pages};
use model::Node;
use serde_json::json;

use super::s3control::S3_CONTROL;
use crate::shape::text;
use crate::{Collector, Draft, Halt, Reach, Run};

static POINTS: Call = Call {
    service: &S3_CONTROL,
    operation: "ListAccessPoints",
    path: "GET {AccountId}./v20180820/accesspoint x-amz-account-id:{AccountId}",
    action: "s3:ListAccessPoints",
    pages: Pages::Token { answer: "NextToken", parameter: "nextToken" },
    yields: &["AWS::S3::AccessPoint"],
    unset: &[],
};

static POINT: Call = Call {
    service: &S3_CONTROL,
    operation: "GetAccessPoint",
    path: "GET {AccountId}./v20180820/accesspoint/{Name} x-amz-account-id:{AccountId}",
    action: "s3:GetAccessPoint",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "s3_access_points",
    reach: Reach::EveryRegion,
    calls: &[&POINTS, &POINT],
    collect: |run| Box::pin(points(run)),
};

async fn points(run: &Run) -> Result<(), Halt> {
    let parameters = json!({ "AccountId": run.account(), "maxResults": 1000 });
    let points = run.list(&POINTS, parameters, "AccessPointList").await?;
    run.each(points, point).await;
    Ok(())
}

async fn point(run: &Run, point: Node) -> Vec<Draft> {
    let Some(name) = text(&point, "Name") else { return Vec::new() };
    let details = run.get(&POINT, json!({ "AccountId": run.account(), "Name": name })).await;
    let draft = Draft::new("AWS::S3::AccessPoint", name, point.origin)
        .name(name)
        .arn(run.arn("s3", &format!("accesspoint/{name}")))
        .take(&point, &[("Name", "Name"), ("Bucket", "Bucket"), ("BucketAccountId", "BucketAccountId")])
        .set("PublicAccessBlockConfiguration", details.at("PublicAccessBlockConfiguration"))
        .set("VpcConfiguration", details.at("VpcConfiguration"))
        .set("Observed.NetworkOrigin", details.at("NetworkOrigin"));
    vec![draft]
}
