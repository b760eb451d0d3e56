//! AWS Systems Manager: parameters, documents, associations and maintenance windows. Never the value of
//! a parameter.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value, Why};
use serde_json::json;

use crate::shape::text;
use crate::{Collector, Draft, Halt, Reach, Run};

pub(crate) static SSM: Service = Service {
    endpoint: "ssm",
    signing: "ssm",
    variable: "SSM",
    protocol: Protocol::Json { target: "AmazonSSM", version: "1.1" },
    scope: Scope::Regional,
};

static PARAMETERS: Call = Call {
    service: &SSM,
    operation: "DescribeParameters",
    path: "",
    action: "ssm:DescribeParameters",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["AWS::SSM::Parameter"],
    unset: &[],
};

static DOCUMENTS: Call = Call {
    service: &SSM,
    operation: "ListDocuments",
    path: "",
    action: "ssm:ListDocuments",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["AWS::SSM::Document"],
    unset: &[],
};

static DOCUMENT: Call = Call {
    service: &SSM,
    operation: "GetDocument",
    path: "",
    action: "ssm:GetDocument",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

static SHARING: Call = Call {
    service: &SSM,
    operation: "DescribeDocumentPermission",
    path: "",
    action: "ssm:DescribeDocumentPermission",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &[],
    unset: &[],
};

static SETTING: Call = Call {
    service: &SSM,
    operation: "GetServiceSetting",
    path: "",
    action: "ssm:GetServiceSetting",
    pages: Pages::One,
    yields: &["Pilaster::SsmDocumentSharing"],
    unset: &[],
};

static ASSOCIATIONS: Call = Call {
    service: &SSM,
    operation: "ListAssociations",
    path: "",
    action: "ssm:ListAssociations",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["AWS::SSM::Association"],
    unset: &[],
};

static ASSOCIATION: Call = Call {
    service: &SSM,
    operation: "DescribeAssociation",
    path: "",
    action: "ssm:DescribeAssociation",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

static WINDOWS: Call = Call {
    service: &SSM,
    operation: "DescribeMaintenanceWindows",
    path: "",
    action: "ssm:DescribeMaintenanceWindows",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["AWS::SSM::MaintenanceWindow", "AWS::SSM::MaintenanceWindowTask"],
    unset: &[],
};

static TASKS: Call = Call {
    service: &SSM,
    operation: "DescribeMaintenanceWindowTasks",
    path: "",
    action: "ssm:DescribeMaintenanceWindowTasks",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["AWS::SSM::MaintenanceWindowTask"],
    unset: &[],
};

static TASK: Call = Call {
    service: &SSM,
    operation: "GetMaintenanceWindowTask",
    path: "",
    action: "ssm:GetMaintenanceWindowTask",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "ssm",
    reach: Reach::EveryRegion,
    calls: &[
        &PARAMETERS,
        &DOCUMENTS,
        &DOCUMENT,
        &SHARING,
        &SETTING,
        &ASSOCIATIONS,
        &ASSOCIATION,
        &WINDOWS,
        &TASKS,
        &TASK,
    ],
    collect: |run| Box::pin(everything(run)),
};

/// What one list does not give is no reason to leave out the others; each notes its own gap.
async fn everything(run: &Run) -> Result<(), Halt> {
    let own = json!({ "Filters": [{ "Key": "Owner", "Values": ["Self"] }], "MaxResults": 50 });
    let sharing = json!({ "SettingId": "/ssm/documents/console/public-sharing-permission" });
    let (parameters, documents, associations, windows, sharing) = tokio::join!(
        run.list(&PARAMETERS, json!({ "MaxResults": 50 }), "Parameters"),
        run.list(&DOCUMENTS, own, "DocumentIdentifiers"),
        run.list(&ASSOCIATIONS, json!({ "MaxResults": 50 }), "Associations"),
        run.list(&WINDOWS, json!({ "MaxResults": 100 }), "WindowIdentities"),
        run.get(&SETTING, sharing),
    );
    // There is one setting in every region, whether somebody made it or not.
    let setting = Draft::new("Pilaster::SsmDocumentSharing", run.region(), run.origin(&SETTING));
    run.add(setting.set("PublicSharing", sharing.at("ServiceSetting.SettingValue")));
    parameters.unwrap_or_default().iter().filter_map(parameter).for_each(|draft| run.add(draft));
    run.each(documents.unwrap_or_default(), document).await;
    run.each(associations.unwrap_or_default(), association).await;
    run.each(windows.unwrap_or_default(), window).await;
    Ok(())
}

fn parameter(parameter: &Node) -> Option<Draft> {
    let name = text(parameter, "Name")?;
    let unread = Why::Denied("ssm:GetParameter (values are never read)".into());
    let mut draft = Draft::new("AWS::SSM::Parameter", name, parameter.origin).name(name);
    if let Some(arn) = text(parameter, "ARN") {
        draft = draft.arn(arn);
    }
    let draft = draft.take(
        parameter,
        &[
            ("Name", "Name"),
            ("AllowedPattern", "AllowedPattern"),
            ("DataType", "DataType"),
            ("Description", "Description"),
            ("Policies", "Policies"),
            ("Tier", "Tier"),
            ("Type", "Type"),
            ("KeyId", "Observed.KeyId"),
            ("LastModifiedDate", "Observed.LastModifiedDate"),
            ("Version", "Observed.Version"),
        ],
    );
    Some(draft.set("Value", Some(Node::new(Value::Unknown(unread), parameter.origin))))
}

async fn document(run: &Run, document: Node) -> Vec<Draft> {
    let Some(name) = text(&document, "Name") else { return Vec::new() };
    let (content, sharing) = tokio::join!(
        run.get(&DOCUMENT, json!({ "Name": name, "DocumentFormat": "JSON" })),
        run.get_list(&SHARING, json!({ "Name": name, "PermissionType": "Share" }), "AccountIds"),
    );
    let draft = Draft::new("AWS::SSM::Document", name, document.origin).name(name).take(
        &document,
        &[
            ("Name", "Name"),
            ("DocumentFormat", "DocumentFormat"),
            ("DocumentType", "DocumentType"),
            ("Requires", "Requires"),
            ("Tags", "Tags"),
            ("TargetType", "TargetType"),
            ("VersionName", "VersionName"),
            ("CreatedDate", "Observed.CreatedDate"),
            ("PlatformTypes", "Observed.PlatformTypes"),
        ],
    );
    vec![draft.set("Content", content.json_at("Content")).set("Observed.SharedWith", sharing)]
}

async fn association(run: &Run, association: Node) -> Vec<Draft> {
    let Some(id) = text(&association, "AssociationId") else { return Vec::new() };
    let details = run.get(&ASSOCIATION, json!({ "AssociationId": id })).await;
    let draft = Draft::new("AWS::SSM::Association", id, association.origin).name(id).take(
        &association,
        &[
            ("Name", "Name"),
            ("AssociationName", "AssociationName"),
            ("DocumentVersion", "DocumentVersion"),
            ("InstanceId", "InstanceId"),
            ("ScheduleExpression", "ScheduleExpression"),
            ("ScheduleOffset", "ScheduleOffset"),
            ("Targets", "Targets"),
            ("LastExecutionDate", "Observed.LastExecutionDate"),
            ("Overview", "Observed.Overview"),
        ],
    );
    let draft = draft
        .set("Parameters", details.at("AssociationDescription.Parameters"))
        .set("ComplianceSeverity", details.at("AssociationDescription.ComplianceSeverity"))
        .set("MaxConcurrency", details.at("AssociationDescription.MaxConcurrency"));
    vec![draft.set("MaxErrors", details.at("AssociationDescription.MaxErrors"))]
}

async fn window(run: &Run, window: Node) -> Vec<Draft> {
    let Some(id) = text(&window, "WindowId") else { return Vec::new() };
    let draft = Draft::new("AWS::SSM::MaintenanceWindow", id, window.origin).name(id).take(
        &window,
        &[
            ("Name", "Name"),
            ("Cutoff", "Cutoff"),
            ("Description", "Description"),
            ("Duration", "Duration"),
            ("EndDate", "EndDate"),
            ("Schedule", "Schedule"),
            ("ScheduleOffset", "ScheduleOffset"),
            ("ScheduleTimezone", "ScheduleTimezone"),
            ("StartDate", "StartDate"),
            ("Enabled", "Observed.Enabled"),
            ("NextExecutionTime", "Observed.NextExecutionTime"),
        ],
    );
    let tasks = run.list(&TASKS, json!({ "WindowId": id, "MaxResults": 100 }), "Tasks").await;
    run.each(tasks.unwrap_or_default(), task).await;
    vec![draft]
}

async fn task(run: &Run, task: Node) -> Vec<Draft> {
    let (Some(window), Some(id)) = (text(&task, "WindowId"), text(&task, "WindowTaskId")) else { return Vec::new() };
    let details = run.get(&TASK, json!({ "WindowId": window, "WindowTaskId": id })).await;
    let mut draft = Draft::new("AWS::SSM::MaintenanceWindowTask", id, task.origin).name(id).take(
        &task,
        &[
            ("WindowId", "WindowId"),
            ("CutoffBehavior", "CutoffBehavior"),
            ("Description", "Description"),
            ("MaxConcurrency", "MaxConcurrency"),
            ("MaxErrors", "MaxErrors"),
            ("Name", "Name"),
            ("Priority", "Priority"),
            ("ServiceRoleArn", "ServiceRoleArn"),
            ("Targets", "Targets"),
            ("TaskArn", "TaskArn"),
            ("TaskParameters", "TaskParameters"),
            ("Type", "TaskType"),
        ],
    );
    for kind in ["Automation", "Lambda", "RunCommand", "StepFunctions"] {
        let property = format!("TaskInvocationParameters.MaintenanceWindow{kind}Parameters");
        draft = draft.set(&property, details.at(&format!("TaskInvocationParameters.{kind}")));
    }
    vec![draft]
}
