//! What watches an account: alarms, logs, trails, recorders, detectors, hubs.

mod support;

use serde_json::json;
use testbed::cloud::{Asked, Reply};

use support::{found, scanned, statuses};

/// Answers of the protocol that sends forms, by what the form asks for.
fn xml(asked: &Asked, answers: &[(&str, &str)]) -> Reply {
    let body = answers.iter().filter(|(wanted, _)| asked.body.contains(wanted)).map(|(_, answer)| *answer);
    let action = asked.body.strip_prefix("Action=").and_then(|body| body.split('&').next()).unwrap_or_default();
    let body: String = body.collect();
    Reply::Answer(200, format!("<{action}Response><{action}Result>{body}</{action}Result></{action}Response>"))
}

fn xml_denied() -> Reply {
    Reply::Answer(403, "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>".to_owned())
}

fn missing(inventory: &model::Inventory) -> Vec<&str> {
    inventory.gaps.iter().filter_map(|gap| gap.action.as_deref()).collect()
}

#[tokio::test]
async fn alarms_of_both_kinds_act_or_not() {
    let loud = "<AlarmActions><member>arn:aws:sns:us-east-1:1:ops</member></AlarmActions>";
    let metric = format!(
        "<MetricAlarms><member><AlarmName>loud</AlarmName><ActionsEnabled>true</ActionsEnabled>{loud}</member>\
         <member><AlarmName>quiet</AlarmName><ActionsEnabled>false</ActionsEnabled>{loud}</member></MetricAlarms>"
    );
    let composite = format!(
        "<CompositeAlarms><member><AlarmName>both</AlarmName><ActionsEnabled>true</ActionsEnabled>{loud}\
         <AlarmRule>ALARM(\"web\") AND NOT OK(db)</AlarmRule></member></CompositeAlarms>"
    );
    let inventory = scanned("cloudwatch", move |asked| {
        xml(asked, &[("member.1=MetricAlarm", metric.as_str()), ("member.1=CompositeAlarm", composite.as_str())])
    })
    .await;
    assert_eq!(statuses(&inventory, "cloudwatch_alarm_notifies"), ["loud pass", "quiet fail", "both pass"]);
    let both = inventory.resources.iter().find(|alarm| alarm.id == "both").expect("the composite alarm");
    let names = both.properties.get("Observed").and_then(|node| node.get("AlarmNames")).expect("its names");
    let model::Value::List(names) = &names.value else { panic!("{names:?}") };
    let names: Vec<_> = names.iter().map(|name| name.value.clone()).collect();
    assert_eq!(names, [model::Value::Text("web".into()), model::Value::Text("db".into())]);

    let empty = scanned("cloudwatch", |asked| xml(asked, &[])).await;
    assert!(found(&empty).is_empty() && empty.gaps.is_empty());
    let denied = scanned("cloudwatch", |_| xml_denied()).await;
    assert_eq!(missing(&denied), ["cloudwatch:DescribeAlarms"]);
}

#[tokio::test]
async fn dashboards_come_with_what_they_show() {
    let entries = "<DashboardEntries><member><DashboardName>shop</DashboardName></member></DashboardEntries>";
    let body = |widgets: &str| format!("<DashboardBody>{{\"widgets\": [{widgets}]}}</DashboardBody>");
    for (widgets, expected) in [("", "shop fail"), ("{\"type\": \"text\"}", "shop pass")] {
        let body = body(widgets);
        let reply = move |asked: &Asked| {
            xml(asked, &[("Action=ListDashboards", entries), ("Action=GetDashboard", body.as_str())])
        };
        let inventory = scanned("cloudwatch_dashboards", reply).await;
        assert_eq!(statuses(&inventory, "cloudwatch_dashboard_exists"), [expected]);
    }
    let denied = scanned("cloudwatch_dashboards", move |asked| match asked.body.contains("GetDashboard") {
        true => xml_denied(),
        false => xml(asked, &[("", entries)]),
    })
    .await;
    assert_eq!(statuses(&denied, "cloudwatch_dashboard_exists"), ["shop unknown"]);
}

fn logs(asked: &Asked) -> Reply {
    let arn = |name: &str| format!("arn:aws:logs:us-east-1:1:log-group:{name}");
    Reply::json(match asked.operation() {
        "DescribeLogGroups" => json!({ "logGroups": [
            { "logGroupName": "kept", "arn": format!("{}:*", arn("kept")), "storedBytes": 5 },
            { "logGroupName": "year", "arn": format!("{}:*", arn("year")), "retentionInDays": 365 },
        ] }),
        "GetResources" => json!({ "PaginationToken": "", "ResourceTagMappingList": [
            { "ResourceARN": arn("year"), "Tags": [{ "Key": "Owner", "Value": "shop" }] },
        ] }),
        "DescribeMetricFilters" => json!({ "metricFilters": [{
            "filterName": "root", "logGroupName": "year", "filterPattern": "{ $.userIdentity.type = Root }",
            "metricTransformations": [{ "metricName": "Root", "metricValue": "1", "dimensions": { "By": "$.by" } }],
        }] }),
        _ => json!({ "queryDefinitions": [
            { "queryDefinitionId": "q-1", "name": "errors", "queryString": "filter error", "logGroupNames": ["year"] },
            { "queryDefinitionId": "q-2", "name": "loose", "queryString": "filter error" },
        ] }),
    })
}

#[tokio::test]
async fn log_groups_have_a_retention_and_tags() {
    let inventory = scanned("logs", logs).await;
    assert_eq!(statuses(&inventory, "cloudwatch_log_group_retention"), ["kept fail", "year pass"]);
    assert_eq!(statuses(&inventory, "cloudwatch_saved_queries_exist"), ["q-1 pass", "q-2 fail"]);
    let tags = |id: &str| {
        let group = inventory.resources.iter().find(|group| group.id == id).expect("the group");
        group.properties.get("Tags").is_some()
    };
    assert_eq!((tags("kept"), tags("year")), (false, true));

    let empty = scanned("logs", |_| Reply::json(json!({}))).await;
    assert!(found(&empty).is_empty() && empty.gaps.is_empty());
    let denied = scanned("logs", |asked| match asked.operation() {
        "GetResources" => Reply::error("AccessDeniedException"),
        _ => logs(asked),
    })
    .await;
    assert_eq!(missing(&denied), ["tag:GetResources"]);
    for group in denied.resources.iter().filter(|group| group.kind == "AWS::Logs::LogGroup") {
        let tags = group.properties.get("Tags").expect("not known, which is not none");
        assert!(matches!(tags.value, model::Value::Unknown(_)), "{tags:?}");
    }
}

fn trails(asked: &Asked) -> Reply {
    let good = asked.body.contains("trail/all");
    Reply::json(match asked.operation() {
        "DescribeTrails" => json!({ "trailList": [
            { "Name": "all", "TrailARN": "arn:aws:cloudtrail:us-east-1:1:trail/all", "HomeRegion": "us-east-1",
              "S3BucketName": "logs", "IsMultiRegionTrail": true, "LogFileValidationEnabled": true, "KmsKeyId": "key" },
            { "Name": "here", "TrailARN": "arn:aws:cloudtrail:us-east-1:1:trail/here", "HomeRegion": "us-east-1",
              "S3BucketName": "logs", "IsMultiRegionTrail": false, "LogFileValidationEnabled": false },
            { "Name": "shadow", "TrailARN": "arn:aws:cloudtrail:eu-west-1:1:trail/shadow", "HomeRegion": "eu-west-1" },
        ] }),
        "GetTrailStatus" => json!({ "IsLogging": good, "LatestDeliveryError": "NoSuchBucket" }),
        "GetEventSelectors" => {
            json!({ "EventSelectors": [{ "ReadWriteType": "All", "IncludeManagementEvents": true }] })
        }
        _ => json!({ "ResourceTagList": [{ "TagsList": [{ "Key": "Owner", "Value": "shop" }] }] }),
    })
}

#[tokio::test]
async fn trails_are_read_where_their_home_is() {
    let inventory = scanned("cloudtrail", trails).await;
    assert_eq!(statuses(&inventory, "cloudtrail_log_file_validation"), ["all pass", "here fail"]);
    assert_eq!(statuses(&inventory, "cloudtrail_kms_encrypted"), ["all pass", "here fail"]);
    assert_eq!(statuses(&inventory, "cloudtrail_multi_region_enabled"), ["all pass", "here pass"]);
    let denied = scanned("cloudtrail", |asked| match asked.operation() {
        "GetTrailStatus" => Reply::error("AccessDeniedException"),
        _ => trails(asked),
    })
    .await;
    assert!(statuses(&denied, "cloudtrail_multi_region_enabled").contains(&"all unknown".to_owned()));
    assert_eq!(missing(&denied), ["cloudtrail:GetTrailStatus"]);
    let empty = scanned("cloudtrail", |_| Reply::json(json!({ "trailList": [] }))).await;
    assert!(found(&empty).is_empty() && empty.gaps.is_empty());
}

fn config(asked: &Asked) -> Reply {
    Reply::json(match asked.operation() {
        "DescribeConfigurationRecorders" => json!({ "ConfigurationRecorders": [
            { "name": "default", "recordingGroup": { "allSupported": true } },
            { "name": "some", "recordingGroup": { "allSupported": false, "resourceTypes": ["AWS::S3::Bucket"] } },
        ] }),
        "DescribeConfigurationRecorderStatus" => {
            json!({ "ConfigurationRecordersStatus": [{ "name": "default", "recording": true }] })
        }
        "DescribeConfigRules" => json!({ "ConfigRules": [{ "ConfigRuleName": "a" }, { "ConfigRuleName": "b" }] }),
        "DescribeRemediationConfigurations" => json!({ "RemediationConfigurations": [
            { "ConfigRuleName": "a", "Automatic": true }, { "ConfigRuleName": "b", "Automatic": false },
        ] }),
        _ => json!({}),
    })
}

#[tokio::test]
async fn recorders_and_what_puts_right() {
    let inventory = scanned("config", config).await;
    assert_eq!(statuses(&inventory, "config_recorder_enabled"), ["default pass", "some fail"]);
    assert_eq!(statuses(&inventory, "config_auto_remediation_configured"), ["a pass", "b fail"]);
    assert!(inventory.gaps.is_empty(), "{:?}", inventory.gaps);
    let denied = scanned("config", |asked| match asked.operation() {
        "DescribeConfigurationRecorders" => Reply::error("AccessDeniedException"),
        _ => config(asked),
    })
    .await;
    assert_eq!(missing(&denied), ["config:DescribeConfigurationRecorders"]);
    assert_eq!(statuses(&denied, "config_auto_remediation_configured"), ["a pass", "b fail"]);
}

#[tokio::test]
async fn detectors_are_on_or_off() {
    let reply = |asked: &Asked| {
        let feature = |name: &str, status: &str| json!({ "name": name, "status": status });
        Reply::json(match asked.path.as_str() {
            "/detector" => json!({ "detectorIds": ["on", "off"] }),
            "/detector/on" => json!({
                "status": "ENABLED", "dataSources": { "s3Logs": { "status": "ENABLED" } }, "tags": { "a": "b" },
                "features": [feature("S3_DATA_EVENTS", "ENABLED"), feature("RUNTIME_MONITORING", "ENABLED")],
            }),
            _ => json!({ "status": "DISABLED", "features": [] }),
        })
    };
    let inventory = scanned("guardduty", reply).await;
    assert_eq!(statuses(&inventory, "guardduty_enabled"), ["off fail", "on pass"]);
    assert_eq!(statuses(&inventory, "guardduty_protection_plans"), ["on pass"]);
    let denied = scanned("guardduty", move |asked| match asked.path.as_str() {
        "/detector" => reply(asked),
        _ => Reply::error("AccessDeniedException"),
    })
    .await;
    assert_eq!(statuses(&denied, "guardduty_enabled"), ["off unknown", "on unknown"]);
}

#[tokio::test]
async fn hubs_judge_by_the_standards_they_have() {
    let hub = |standards: serde_json::Value| {
        move |asked: &Asked| match asked.path.as_str() {
            "/accounts" => Reply::json(json!({ "HubArn": "arn:aws:securityhub:us-east-1:1:hub/default" })),
            _ => Reply::json(json!({ "StandardsSubscriptions": standards })),
        }
    };
    let standard = json!([{ "StandardsSubscriptionArn": "arn:s", "StandardsArn": "arn:standards/cis" }]);
    assert_eq!(statuses(&scanned("securityhub", hub(standard)).await, "securityhub_enabled"), ["default pass"]);
    assert_eq!(statuses(&scanned("securityhub", hub(json!([]))).await, "securityhub_enabled"), ["default fail"]);
    let denied = scanned("securityhub", move |asked| match asked.path.as_str() {
        "/accounts" => hub(json!([]))(asked),
        _ => Reply::error("AccessDeniedException"),
    })
    .await;
    assert_eq!(statuses(&denied, "securityhub_enabled"), ["default unknown"]);
    let none = scanned("securityhub", |_| Reply::error("InvalidAccessException")).await;
    assert!(found(&none).is_empty() && none.gaps.is_empty(), "no hub is an answer");
}

#[tokio::test]
async fn macie_runs_or_is_paused_and_inspector_says_what_it_scans() {
    for (status, expected) in [("ENABLED", "1 pass"), ("PAUSED", "1 fail")] {
        let inventory = scanned("macie2", move |_| Reply::json(json!({ "status": status }))).await;
        assert_eq!(statuses(&inventory, "macie_enabled"), [expected]);
    }
    let denied = scanned("macie2", |_| Reply::error("AccessDeniedException")).await;
    assert_eq!(missing(&denied), ["macie2:GetMacieSession"]);
    let on = json!({ "status": "ENABLED" });
    let answer = json!({ "accounts": [{ "accountId": "1", "state": on, "resourceState": { "ec2": on } }] });
    let inventory = scanned("inspector2", move |_| Reply::json(answer.clone())).await;
    let observed = found(&inventory).first().and_then(|found| found.properties.get("Observed")).expect("a status");
    assert!(observed.get("Ec2Status").is_some() && observed.get("EcrStatus").is_none(), "{observed:?}");
    let denied = scanned("inspector2", |_| Reply::error("AccessDeniedException")).await;
    assert_eq!(missing(&denied), ["inspector2:BatchGetAccountStatus"]);
}
