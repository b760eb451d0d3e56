//! AWS Config: recorders, where they deliver to, rules, what puts right, conformance packs.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value};
use serde_json::json;

use crate::names::capitals;
use crate::shape::{parsed, part, text};
use crate::{Collector, Draft, Halt, Reach, Run};

static CONFIG: Service = Service {
    endpoint: "config",
    signing: "config",
    variable: "CONFIG_SERVICE",
    protocol: Protocol::Json { target: "StarlingDoveService", version: "1.1" },
    scope: Scope::Regional,
};

static RECORDERS: Call = Call {
    service: &CONFIG,
    operation: "DescribeConfigurationRecorders",
    path: "",
    action: "config:DescribeConfigurationRecorders",
    pages: Pages::One,
    yields: &["AWS::Config::ConfigurationRecorder"],
    unset: &[],
};

static STATUS: Call = Call {
    service: &CONFIG,
    operation: "DescribeConfigurationRecorderStatus",
    path: "",
    action: "config:DescribeConfigurationRecorderStatus",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

static CHANNELS: Call = Call {
    service: &CONFIG,
    operation: "DescribeDeliveryChannels",
    path: "",
    action: "config:DescribeDeliveryChannels",
    pages: Pages::One,
    yields: &["AWS::Config::DeliveryChannel"],
    unset: &[],
};

static RULES: Call = Call {
    service: &CONFIG,
    operation: "DescribeConfigRules",
    path: "",
    action: "config:DescribeConfigRules",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["AWS::Config::ConfigRule", "AWS::Config::RemediationConfiguration"],
    unset: &[],
};

static REMEDIATIONS: Call = Call {
    service: &CONFIG,
    operation: "DescribeRemediationConfigurations",
    path: "",
    action: "config:DescribeRemediationConfigurations",
    pages: Pages::One,
    yields: &["AWS::Config::RemediationConfiguration"],
    unset: &[],
};

static PACKS: Call = Call {
    service: &CONFIG,
    operation: "DescribeConformancePacks",
    path: "",
    action: "config:DescribeConformancePacks",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["AWS::Config::ConformancePack"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "config",
    reach: Reach::EveryRegion,
    calls: &[&RECORDERS, &STATUS, &CHANNELS, &RULES, &REMEDIATIONS, &PACKS],
    collect: |run| Box::pin(config(run)),
};

/// As many rules as remediations can be asked for at once.
const RULES_AT_ONCE: usize = 25;

async fn config(run: &Run) -> Result<(), Halt> {
    let (recorders, channels, rules, packs) = tokio::join!(recorders(run), channels(run), rules(run), packs(run));
    recorders.and(channels).and(rules).and(packs)
}

async fn recorders(run: &Run) -> Result<(), Halt> {
    let recorders = run.list(&RECORDERS, json!({}), "ConfigurationRecorders").await?;
    if recorders.is_empty() {
        return Ok(());
    }
    let status = run.get(&STATUS, json!({})).await.at("ConfigurationRecordersStatus");
    for found in &recorders {
        let Some(name) = text(found, "name") else { continue };
        let mut draft = Draft::new("AWS::Config::ConfigurationRecorder", name, found.origin).name(name);
        if let Some(arn) = text(found, "arn") {
            draft = draft.arn(arn);
        }
        draft = draft
            .take(found, &[("name", "Name"), ("roleARN", "RoleARN"), ("servicePrincipal", "Observed.ServicePrincipal")])
            .set("RecordingGroup", part(found, "recordingGroup").map(capitals))
            .set("RecordingMode", part(found, "recordingMode").map(capitals));
        let own = match &status {
            Some(Node { value: Value::List(items), .. }) => items.iter().find(|one| text(one, "name") == Some(name)),
            status => status.as_ref(),
        };
        if let Some(own) = own {
            let names = [
                ("recording", "Observed.Recording"),
                ("lastStatus", "Observed.LastStatus"),
                ("lastErrorCode", "Observed.LastErrorCode"),
                ("lastStatusChangeTime", "Observed.LastStatusChangeTime"),
            ];
            draft = draft.take(own, &names);
        }
        run.add(draft);
    }
    Ok(())
}

async fn channels(run: &Run) -> Result<(), Halt> {
    for found in run.list(&CHANNELS, json!({}), "DeliveryChannels").await? {
        let Some(name) = text(&found, "name") else { continue };
        let names = [
            ("name", "Name"),
            ("s3BucketName", "S3BucketName"),
            ("s3KeyPrefix", "S3KeyPrefix"),
            ("s3KmsKeyArn", "S3KmsKeyArn"),
            ("snsTopicARN", "SnsTopicARN"),
        ];
        let draft = Draft::new("AWS::Config::DeliveryChannel", name, found.origin).name(name).take(&found, &names);
        let delivery = part(&found, "configSnapshotDeliveryProperties").map(capitals);
        run.add(draft.set("ConfigSnapshotDeliveryProperties", delivery));
    }
    Ok(())
}

async fn rules(run: &Run) -> Result<(), Halt> {
    let rules = run.list(&RULES, json!({}), "ConfigRules").await?;
    let mut names = Vec::new();
    for found in &rules {
        let Some(name) = text(found, "ConfigRuleName") else { continue };
        names.push(name);
        let mut draft = Draft::new("AWS::Config::ConfigRule", name, found.origin).name(name);
        if let Some(arn) = text(found, "ConfigRuleArn") {
            draft = draft.arn(arn);
        }
        run.add(draft.set("InputParameters", part(found, "InputParameters").map(parsed)).take(
            found,
            &[
                ("ConfigRuleName", "ConfigRuleName"),
                ("Description", "Description"),
                ("Scope", "Scope"),
                ("Source", "Source"),
                ("MaximumExecutionFrequency", "MaximumExecutionFrequency"),
                ("EvaluationModes", "EvaluationModes"),
                ("ConfigRuleState", "Observed.ConfigRuleState"),
                ("CreatedBy", "Observed.CreatedBy"),
            ],
        ));
    }
    for names in names.chunks(RULES_AT_ONCE) {
        let asked = json!({ "ConfigRuleNames": names });
        let found = run.list(&REMEDIATIONS, asked, "RemediationConfigurations").await?;
        found.iter().filter_map(remediation).for_each(|draft| run.add(draft));
    }
    Ok(())
}

fn remediation(found: &Node) -> Option<Draft> {
    let draft = Draft::new("AWS::Config::RemediationConfiguration", text(found, "ConfigRuleName")?, found.origin);
    Some(draft.take(
        found,
        &[
            ("ConfigRuleName", "ConfigRuleName"),
            ("TargetType", "TargetType"),
            ("TargetId", "TargetId"),
            ("TargetVersion", "TargetVersion"),
            ("Parameters", "Parameters"),
            ("ResourceType", "ResourceType"),
            ("Automatic", "Automatic"),
            ("ExecutionControls", "ExecutionControls"),
            ("MaximumAutomaticAttempts", "MaximumAutomaticAttempts"),
            ("RetryAttemptSeconds", "RetryAttemptSeconds"),
            ("CreatedByService", "Observed.CreatedByService"),
        ],
    ))
}

async fn packs(run: &Run) -> Result<(), Halt> {
    for found in run.list(&PACKS, json!({}), "ConformancePackDetails").await? {
        let Some(name) = text(&found, "ConformancePackName") else { continue };
        let mut draft = Draft::new("AWS::Config::ConformancePack", name, found.origin).name(name);
        if let Some(arn) = text(&found, "ConformancePackArn") {
            draft = draft.arn(arn);
        }
        let names = [
            ("ConformancePackName", "ConformancePackName"),
            ("DeliveryS3Bucket", "DeliveryS3Bucket"),
            ("DeliveryS3KeyPrefix", "DeliveryS3KeyPrefix"),
            ("ConformancePackInputParameters", "ConformancePackInputParameters"),
            ("CreatedBy", "Observed.CreatedBy"),
        ];
        run.add(draft.take(&found, &names));
    }
    Ok(())
}
