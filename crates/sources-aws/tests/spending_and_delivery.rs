//! What is spent, and how changes come about: budgets, anomalies, builds, pipelines, deployments, experiments.

mod support;

use serde_json::json;
use testbed::cloud::{Asked, Reply};

use support::{found, scanned, statuses};

fn missing(inventory: &model::Inventory) -> Vec<&str> {
    inventory.gaps.iter().filter_map(|gap| gap.action.as_deref()).collect()
}

fn budgets(asked: &Asked) -> Reply {
    Reply::json(match asked.operation() {
        "DescribeBudgets" => json!({ "Budgets": [
            { "BudgetName": "warned", "BudgetType": "COST" }, { "BudgetName": "silent", "BudgetType": "COST" },
        ] }),
        "DescribeNotificationsForBudget" if asked.json()["BudgetName"] == "warned" => json!({ "Notifications": [
            { "NotificationType": "FORECASTED", "ComparisonOperator": "GREATER_THAN", "Threshold": 99.5,
              "NotificationState": "OK" },
        ] }),
        "DescribeSubscribersForNotification" => {
            let asked = asked.json()["Notification"].clone();
            assert_eq!((&asked["Threshold"], &asked["NotificationState"]), (&json!(99.5), &json!(null)));
            json!({ "Subscribers": [{ "SubscriptionType": "EMAIL", "Address": "a@example.com" }] })
        }
        "DescribeBudgetActionsForAccount" => json!({ "Actions": [
            { "ActionId": "by-itself", "ApprovalModel": "AUTOMATIC" }, { "ActionId": "asks", "ApprovalModel": "MANUAL" },
        ] }),
        _ => json!({ "Notifications": [] }),
    })
}

#[tokio::test]
async fn budgets_warn_and_act() {
    let inventory = scanned("budgets", budgets).await;
    assert_eq!(statuses(&inventory, "budgets_budget_configured"), ["silent fail", "warned pass"]);
    assert_eq!(statuses(&inventory, "budgets_action_configured"), ["asks fail", "by-itself pass"]);
    let denied = scanned("budgets", |asked| match asked.operation() {
        "DescribeNotificationsForBudget" => Reply::error("AccessDeniedException"),
        _ => budgets(asked),
    })
    .await;
    assert_eq!(statuses(&denied, "budgets_budget_configured"), ["silent unknown", "warned unknown"]);
    assert_eq!(missing(&denied), ["budgets:ViewBudget"]);
}

fn costs(asked: &Asked) -> Reply {
    Reply::json(match asked.operation() {
        "GetAnomalyMonitors" => json!({ "AnomalyMonitors": [
            { "MonitorArn": "arn:aws:ce::1:anomalymonitor/heard", "MonitorName": "a" },
            { "MonitorArn": "arn:aws:ce::1:anomalymonitor/unheard", "MonitorName": "b" },
        ] }),
        "GetAnomalySubscriptions" => json!({ "AnomalySubscriptions": [{
            "SubscriptionArn": "arn:aws:ce::1:anomalysubscription/s", "SubscriptionName": "s",
            "MonitorArnList": ["arn:aws:ce::1:anomalymonitor/heard"], "Subscribers": [{ "Type": "EMAIL" }],
        }] }),
        _ => json!({ "CostCategoryReferences": [
            { "CostCategoryArn": "arn:aws:ce::1:costcategory/team", "Name": "team", "DefaultValue": "rest" },
            { "CostCategoryArn": "arn:aws:ce::1:costcategory/unit", "Name": "unit" },
        ] }),
    })
}

#[tokio::test]
async fn anomalies_reach_somebody() {
    let inventory = scanned("ce", costs).await;
    assert_eq!(statuses(&inventory, "costmanagement_anomaly_detection_configured"), ["heard pass", "unheard fail"]);
    assert_eq!(statuses(&inventory, "costmanagement_categories_defined"), ["team pass", "unit fail"]);
    let denied = scanned("ce", |asked| match asked.operation() {
        "GetAnomalySubscriptions" => Reply::error("AccessDeniedException"),
        _ => costs(asked),
    })
    .await;
    assert_eq!(statuses(&denied, "costmanagement_anomaly_detection_configured"), ["heard unknown", "unheard unknown"]);
    let enrolled = scanned("computeoptimizer", |_| Reply::json(json!({ "status": "Inactive" }))).await;
    assert_eq!(found(&enrolled).len(), 1);
    let denied = scanned("computeoptimizer", |_| Reply::error("AccessDeniedException")).await;
    assert_eq!(missing(&denied), ["compute-optimizer:GetEnrollmentStatus"]);
}

#[tokio::test]
async fn builds_and_pipelines() {
    let inventory = scanned("codebuild", |asked| match asked.operation() {
        "ListProjects" => Reply::json(json!({ "projects": ["git", "zip"] })),
        _ => Reply::json(json!({ "projects": [
            { "name": "git", "source": { "type": "GITHUB", "location": "https://github.com/example/shop.git" } },
            { "name": "zip", "source": { "type": "S3" }, "environment": {
                "environmentVariables": [{ "name": "NPM_TOKEN", "value": "correct-horse", "type": "PLAINTEXT" }] } },
        ] })),
    })
    .await;
    assert_eq!(statuses(&inventory, "codebuild_source_version_controlled"), ["git pass", "zip fail"]);
    assert_eq!(statuses(&inventory, "codebuild_no_plaintext_credentials"), ["git pass", "zip fail"]);
    let denied = scanned("codebuild", |_| Reply::error("AccessDeniedException")).await;
    assert_eq!(missing(&denied), ["codebuild:ListProjects"]);

    let pipelines = |asked: &Asked| {
        let stage =
            |category: &str| json!({ "name": category, "actions": [{ "actionTypeId": { "category": category } }] });
        Reply::json(match asked.operation() {
            "ListPipelines" => json!({ "pipelines": [{ "name": "tested" }, { "name": "blind" }] }),
            _ if asked.json()["name"] == "tested" => {
                json!({ "pipeline": { "stages": [stage("Source"), stage("Test"), stage("Deploy")] } })
            }
            _ => json!({ "pipeline": { "stages": [stage("Source"), stage("Deploy")] } }),
        })
    };
    let inventory = scanned("codepipeline", pipelines).await;
    assert_eq!(statuses(&inventory, "codepipeline_test_stage"), ["blind fail", "tested pass"]);
    let denied = scanned("codepipeline", move |asked| match asked.operation() {
        "GetPipeline" => Reply::error("AccessDeniedException"),
        _ => pipelines(asked),
    })
    .await;
    assert_eq!(statuses(&denied, "codepipeline_test_stage"), ["blind unknown", "tested unknown"]);
}

#[tokio::test]
async fn deployments_roll_back() {
    let inventory = scanned("codedeploy", |asked| {
        Reply::json(match asked.operation() {
            "ListApplications" => json!({ "applications": ["shop"] }),
            "BatchGetApplications" => {
                json!({ "applicationsInfo": [{ "applicationName": "shop", "computePlatform": "Server" }] })
            }
            "ListDeploymentGroups" => json!({ "deploymentGroups": ["safe", "bold"] }),
            _ => json!({ "deploymentGroupsInfo": [
                { "applicationName": "shop", "deploymentGroupName": "safe",
                  "deploymentConfigName": "CodeDeployDefault.OneAtATime",
                  "autoRollbackConfiguration": { "enabled": true, "events": ["DEPLOYMENT_FAILURE"] } },
                { "applicationName": "shop", "deploymentGroupName": "bold",
                  "deploymentConfigName": "CodeDeployDefault.AllAtOnce" },
            ] }),
        })
    })
    .await;
    assert_eq!(statuses(&inventory, "codedeploy_auto_rollback"), ["shop|bold fail", "shop|safe pass"]);
    assert_eq!(statuses(&inventory, "codedeploy_gradual_deployment"), ["shop|bold fail", "shop|safe pass"]);
    let denied = scanned("codedeploy", |_| Reply::error("AccessDeniedException")).await;
    assert_eq!(missing(&denied), ["codedeploy:ListApplications"]);
}

#[tokio::test]
async fn stacks_keep_their_secrets() {
    let inventory = scanned("cloudformation", |_| {
        let stack = "<member><StackName>shop</StackName><StackId>arn:aws:cloudformation:us-east-1:1:stack/shop/1</StackId>\
            <Parameters><member><ParameterKey>Password</ParameterKey><ParameterValue>correct-horse</ParameterValue></member></Parameters>\
            <Outputs><member><OutputKey>Url</OutputKey><OutputValue>battery-staple</OutputValue></member></Outputs></member>";
        Reply::Answer(200, format!("<R><DescribeStacksResult><Stacks>{stack}</Stacks></DescribeStacksResult></R>"))
    })
    .await;
    let text = serde_json::to_string(&inventory.resources).expect("JSON");
    assert!(text.contains("Password") && text.contains("Url"), "{text}");
    assert!(!text.contains("correct-horse") && !text.contains("battery-staple"), "{text}");
    let denied = "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>";
    let denied = scanned("cloudformation", move |_| Reply::Answer(403, denied.to_owned())).await;
    assert_eq!(missing(&denied), ["cloudformation:DescribeStacks"]);
}

#[tokio::test]
async fn canaries_experiments_applications_and_rollouts() {
    let inventory = scanned("synthetics", |_| {
        let canary = |name: &str, state: &str| {
            json!({ "Name": name, "Status": { "State": state }, "Schedule": { "Expression": "rate(5 minutes)" } })
        };
        Reply::json(json!({ "Canaries": [canary("runs", "RUNNING"), canary("stopped", "STOPPED")] }))
    })
    .await;
    assert_eq!(statuses(&inventory, "cloudwatch_canary_or_rum_in_use"), ["runs pass", "stopped fail"]);

    let experiments = |asked: &Asked| {
        let action = json!({ "wait": { "actionId": "aws:fis:wait" } });
        Reply::json(match asked.path.as_str() {
            "/experimentTemplates?maxResults=100" => {
                json!({ "experimentTemplates": [{ "id": "EXT1" }, { "id": "EXT2" }] })
            }
            "/experimentTemplates/EXT1" => json!({ "experimentTemplate": { "actions": action,
                "stopConditions": [{ "source": "aws:cloudwatch:alarm", "value": "arn:aws:cloudwatch:x" }] } }),
            _ => json!({ "experimentTemplate": { "actions": action, "stopConditions": [{ "source": "none" }] } }),
        })
    };
    let inventory = scanned("fis", experiments).await;
    assert_eq!(statuses(&inventory, "fis_experiments_defined"), ["EXT1 pass", "EXT2 fail"]);
    let denied = scanned("fis", move |asked| match asked.path.as_str() {
        "/experimentTemplates?maxResults=100" => experiments(asked),
        _ => Reply::error("AccessDeniedException"),
    })
    .await;
    assert_eq!(statuses(&denied, "fis_experiments_defined"), ["EXT1 unknown", "EXT2 unknown"]);

    let inventory = scanned("resiliencehub", |asked| match asked.path.as_str() {
        "/list-apps?maxResults=100" => Reply::json(json!({ "appSummaries": [
            { "name": "daily", "appArn": "arn:daily" }, { "name": "never", "appArn": "arn:never" },
        ] })),
        _ if asked.json()["appArn"] == "arn:daily" => {
            Reply::json(json!({ "app": { "policyArn": "arn:policy", "assessmentSchedule": "Daily" } }))
        }
        _ => Reply::json(json!({ "app": { "assessmentSchedule": "Disabled" } })),
    })
    .await;
    assert_eq!(statuses(&inventory, "resiliencehub_app_assessed"), ["daily pass", "never fail"]);

    let inventory = scanned("appconfig", |asked| {
        Reply::json(match asked.path.as_str() {
            "/deploymentstrategies?max_results=50" => json!({ "Items": [
                { "Id": "AppConfig.AllAtOnce", "DeploymentDurationInMinutes": 0, "GrowthFactor": 100 },
                { "Id": "slow", "DeploymentDurationInMinutes": 20, "GrowthFactor": 10 },
            ] }),
            "/applications?max_results=50" => json!({ "Items": [{ "Id": "app", "Name": "shop" }] }),
            _ => json!({ "Items": [{ "Id": "env", "ApplicationId": "app", "Name": "production" }] }),
        })
    })
    .await;
    assert_eq!(statuses(&inventory, "appconfig_gradual_rollout"), ["slow pass", "env fail"]);
    for collector in ["synthetics", "fis", "resiliencehub", "appconfig"] {
        let empty = scanned(collector, |_| Reply::json(json!({}))).await;
        assert!(found(&empty).is_empty() && empty.gaps.is_empty(), "{collector}");
        let denied = scanned(collector, |_| Reply::error("AccessDeniedException")).await;
        assert!(!denied.gaps.is_empty() && denied.gaps.iter().all(|gap| gap.action.is_some()), "{collector}");
    }
}
