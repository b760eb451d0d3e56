//! AWS CodeDeploy: applications, their deployment groups, and configurations of deployments.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value};
use serde_json::json;

use crate::names::capitals;
use crate::shape::text;
use crate::{Collector, Draft, Halt, Reach, Run};

static CODEDEPLOY: Service = Service {
    endpoint: "codedeploy",
    signing: "codedeploy",
    variable: "CODEDEPLOY",
    protocol: Protocol::Json { target: "CodeDeploy_20141006", version: "1.1" },
    scope: Scope::Regional,
};

static LIST: Call = Call {
    service: &CODEDEPLOY,
    operation: "ListApplications",
    path: "",
    action: "codedeploy:ListApplications",
    pages: Pages::Token { answer: "nextToken", parameter: "nextToken" },
    yields: &["AWS::CodeDeploy::Application", "AWS::CodeDeploy::DeploymentGroup"],
    unset: &[],
};

static APPLICATIONS: Call = Call {
    service: &CODEDEPLOY,
    operation: "BatchGetApplications",
    path: "",
    action: "codedeploy:BatchGetApplications",
    pages: Pages::One,
    yields: &["AWS::CodeDeploy::Application"],
    unset: &[],
};

static GROUPS: Call = Call {
    service: &CODEDEPLOY,
    operation: "ListDeploymentGroups",
    path: "",
    action: "codedeploy:ListDeploymentGroups",
    pages: Pages::Token { answer: "nextToken", parameter: "nextToken" },
    yields: &["AWS::CodeDeploy::DeploymentGroup"],
    unset: &[],
};

static GROUP: Call = Call {
    service: &CODEDEPLOY,
    operation: "BatchGetDeploymentGroups",
    path: "",
    action: "codedeploy:BatchGetDeploymentGroups",
    pages: Pages::One,
    yields: &["AWS::CodeDeploy::DeploymentGroup"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "codedeploy",
    reach: Reach::EveryRegion,
    calls: &[&LIST, &APPLICATIONS, &GROUPS, &GROUP],
    collect: |run| Box::pin(deployments(run)),
};

/// As many as can be asked for at once.
const AT_ONCE: usize = 100;

async fn deployments(run: &Run) -> Result<(), Halt> {
    let listed = run.list(&LIST, json!({}), "applications").await?;
    let names: Vec<&str> = listed.iter().filter_map(name).collect();
    for names in names.chunks(AT_ONCE) {
        let asked = json!({ "applicationNames": names });
        // What cannot be read here is a gap; the groups are another matter.
        let Ok(found) = run.list(&APPLICATIONS, asked, "applicationsInfo").await else { continue };
        found.iter().filter_map(application).for_each(|draft| run.add(draft));
    }
    run.each(listed, groups).await;
    Ok(())
}

fn name(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Text(name) => Some(name),
        _ => None,
    }
}

fn application(found: &Node) -> Option<Draft> {
    let name = text(found, "applicationName")?;
    let draft = Draft::new("AWS::CodeDeploy::Application", name, found.origin).name(name);
    Some(draft.take(found, &[("applicationName", "ApplicationName"), ("computePlatform", "ComputePlatform")]))
}

async fn groups(run: &Run, application: Node) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let Some(application) = name(&application) else { return drafts };
    let asked = json!({ "applicationName": application });
    let Ok(listed) = run.list(&GROUPS, asked, "deploymentGroups").await else { return drafts };
    let names: Vec<&str> = listed.iter().filter_map(name).collect();
    for names in names.chunks(AT_ONCE) {
        let asked = json!({ "applicationName": application, "deploymentGroupNames": names });
        let Ok(found) = run.list(&GROUP, asked, "deploymentGroupsInfo").await else { continue };
        drafts.extend(found.into_iter().filter_map(group));
    }
    drafts
}

/// Groups of different applications may have the same name.
fn group(found: Node) -> Option<Draft> {
    let found = capitals(found);
    let (application, name) = (text(&found, "ApplicationName")?, text(&found, "DeploymentGroupName")?);
    let id = format!("{application}|{name}");
    Some(Draft::new("AWS::CodeDeploy::DeploymentGroup", id, found.origin).name(name).take(
        &found,
        &[
            ("ApplicationName", "ApplicationName"),
            ("DeploymentGroupName", "DeploymentGroupName"),
            ("DeploymentConfigName", "DeploymentConfigName"),
            ("ServiceRoleArn", "ServiceRoleArn"),
            ("AutoScalingGroups", "AutoScalingGroups"),
            ("Ec2TagFilters", "Ec2TagFilters"),
            ("TriggerConfigurations", "TriggerConfigurations"),
            ("AlarmConfiguration", "AlarmConfiguration"),
            ("AutoRollbackConfiguration", "AutoRollbackConfiguration"),
            ("DeploymentStyle", "DeploymentStyle"),
            ("BlueGreenDeploymentConfiguration", "BlueGreenDeploymentConfiguration"),
            ("LoadBalancerInfo", "LoadBalancerInfo"),
            ("EcsServices", "ECSServices"),
            ("OutdatedInstancesStrategy", "OutdatedInstancesStrategy"),
            ("ComputePlatform", "Observed.ComputePlatform"),
        ],
    ))
}
