//! AWS CloudTrail: trails, where their home is.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value};
use serde_json::json;

use crate::shape::{part, text};
use crate::{Collector, Draft, Halt, Reach, Run};

static CLOUDTRAIL: Service = Service {
    endpoint: "cloudtrail",
    signing: "cloudtrail",
    variable: "CLOUDTRAIL",
    protocol: Protocol::Json { target: "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101", version: "1.1" },
    scope: Scope::Regional,
};

static TRAILS: Call = Call {
    service: &CLOUDTRAIL,
    operation: "DescribeTrails",
    path: "",
    action: "cloudtrail:DescribeTrails",
    pages: Pages::One,
    yields: &["AWS::CloudTrail::Trail"],
    unset: &[],
};

static STATUS: Call = Call {
    service: &CLOUDTRAIL,
    operation: "GetTrailStatus",
    path: "",
    action: "cloudtrail:GetTrailStatus",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

static SELECTORS: Call = Call {
    service: &CLOUDTRAIL,
    operation: "GetEventSelectors",
    path: "",
    action: "cloudtrail:GetEventSelectors",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

static TAGS: Call = Call {
    service: &CLOUDTRAIL,
    operation: "ListTags",
    path: "",
    action: "cloudtrail:ListTags",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "cloudtrail",
    reach: Reach::EveryRegion,
    calls: &[&TRAILS, &STATUS, &SELECTORS, &TAGS],
    collect: |run| Box::pin(trails(run)),
};

/// A trail of all regions is listed in each of them, and one of the organization in each of its accounts.
/// Without shadow trails the latter would not be listed at all.
async fn trails(run: &Run) -> Result<(), Halt> {
    let mut trails = run.list(&TRAILS, json!({ "includeShadowTrails": true }), "trailList").await?;
    trails.retain(|trail| text(trail, "HomeRegion").is_none_or(|home| home == run.region()));
    run.each(trails, trail).await;
    Ok(())
}

async fn trail(run: &Run, found: Node) -> Vec<Draft> {
    let (Some(name), Some(arn)) = (text(&found, "Name"), text(&found, "TrailARN")) else { return Vec::new() };
    let (status, selectors, tags) = tokio::join!(
        run.get(&STATUS, json!({ "Name": arn })),
        run.get(&SELECTORS, json!({ "TrailName": arn })),
        run.get(&TAGS, json!({ "ResourceIdList": [arn] })),
    );
    let mut draft = Draft::new("AWS::CloudTrail::Trail", name, found.origin).name(name).arn(arn).take(
        &found,
        &[
            ("Name", "TrailName"),
            ("S3BucketName", "S3BucketName"),
            ("S3KeyPrefix", "S3KeyPrefix"),
            ("SnsTopicName", "SnsTopicName"),
            ("IncludeGlobalServiceEvents", "IncludeGlobalServiceEvents"),
            ("IsMultiRegionTrail", "IsMultiRegionTrail"),
            ("LogFileValidationEnabled", "EnableLogFileValidation"),
            ("CloudWatchLogsLogGroupArn", "CloudWatchLogsLogGroupArn"),
            ("CloudWatchLogsRoleArn", "CloudWatchLogsRoleArn"),
            ("KmsKeyId", "KMSKeyId"),
            ("IsOrganizationTrail", "IsOrganizationTrail"),
            ("HasInsightSelectors", "Observed.HasInsightSelectors"),
        ],
    );
    draft = draft.set("IsLogging", status.at("IsLogging"));
    for name in ["LatestDeliveryTime", "LatestDeliveryError", "LatestCloudWatchLogsDeliveryTime", "StopLoggingTime"] {
        draft = draft.set(&format!("Observed.{name}"), status.at(name));
    }
    for name in ["EventSelectors", "AdvancedEventSelectors"] {
        draft = draft.set(name, selectors.at(name));
    }
    let tags = match tags.at("ResourceTagList") {
        Some(Node { value: Value::List(items), .. }) => items.first().and_then(|first| part(first, "TagsList")),
        tags => tags,
    };
    vec![draft.set("Tags", tags)]
}
