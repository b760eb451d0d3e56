//! Amazon SageMaker: notebook instances.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::Node;
use serde_json::json;

use crate::shape::text;
use crate::{Collector, Draft, Halt, Reach, Run};

pub(crate) static SAGEMAKER: Service = Service {
    endpoint: "api.sagemaker",
    signing: "sagemaker",
    variable: "SAGEMAKER",
    protocol: Protocol::Json { target: "SageMaker", version: "1.1" },
    scope: Scope::Regional,
};

static LIST: Call = Call {
    service: &SAGEMAKER,
    operation: "ListNotebookInstances",
    path: "",
    action: "sagemaker:ListNotebookInstances",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["AWS::SageMaker::NotebookInstance"],
    unset: &[],
};

static NOTEBOOK: Call = Call {
    service: &SAGEMAKER,
    operation: "DescribeNotebookInstance",
    path: "",
    action: "sagemaker:DescribeNotebookInstance",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

pub(crate) static TAGS: Call = Call {
    service: &SAGEMAKER,
    operation: "ListTags",
    path: "",
    action: "sagemaker:ListTags",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &[],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "sagemaker",
    reach: Reach::EveryRegion,
    calls: &[&LIST, &NOTEBOOK, &TAGS],
    collect: |run| Box::pin(collect(run)),
};

async fn collect(run: &Run) -> Result<(), Halt> {
    let notebooks = run.list(&LIST, json!({ "MaxResults": 100 }), "NotebookInstances").await?;
    run.each(notebooks, notebook).await;
    Ok(())
}

async fn notebook(run: &Run, listed: Node) -> Vec<Draft> {
    let (Some(name), Some(arn)) = (text(&listed, "NotebookInstanceName"), text(&listed, "NotebookInstanceArn")) else {
        return Vec::new();
    };
    let (described, tags) = tokio::join!(
        run.get(&NOTEBOOK, json!({ "NotebookInstanceName": name })),
        run.get_list(&TAGS, json!({ "ResourceArn": arn }), "Tags"),
    );
    let mut draft = Draft::new("AWS::SageMaker::NotebookInstance", name, listed.origin).name(name).arn(arn);
    if let Some(notebook) = described.whole() {
        draft = draft.take(
            &notebook,
            &[
                ("SubnetId", "SubnetId"),
                ("SecurityGroups", "SecurityGroupIds"),
                ("RoleArn", "RoleArn"),
                ("KmsKeyId", "KmsKeyId"),
                ("DirectInternetAccess", "DirectInternetAccess"),
                ("RootAccess", "RootAccess"),
                ("VolumeSizeInGB", "VolumeSizeInGB"),
                ("PlatformIdentifier", "PlatformIdentifier"),
                ("InstanceMetadataServiceConfiguration", "InstanceMetadataServiceConfiguration"),
                ("NotebookInstanceLifecycleConfigName", "LifecycleConfigName"),
            ],
        );
    }
    let names = [
        ("NotebookInstanceName", "NotebookInstanceName"),
        ("InstanceType", "InstanceType"),
        ("NotebookInstanceStatus", "Observed.Status"),
        ("LastModifiedTime", "Observed.LastModifiedTime"),
    ];
    vec![draft.take(&listed, &names).set("Tags", tags)]
}
