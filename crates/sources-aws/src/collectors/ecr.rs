//! Amazon ECR: repositories with their policies, and how the registry scans.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::Node;
use serde_json::json;

use crate::shape::{part, text};
use crate::{Collector, Draft, Halt, Reach, Run};

static ECR: Service = Service {
    endpoint: "api.ecr",
    signing: "ecr",
    variable: "ECR",
    protocol: Protocol::Json { target: "AmazonEC2ContainerRegistry_V20150921", version: "1.1" },
    scope: Scope::Regional,
};

static LIST: Call = Call {
    service: &ECR,
    operation: "DescribeRepositories",
    path: "",
    action: "ecr:DescribeRepositories",
    pages: Pages::Token { answer: "nextToken", parameter: "nextToken" },
    yields: &["AWS::ECR::Repository"],
    unset: &[],
};

static POLICY: Call = Call {
    service: &ECR,
    operation: "GetRepositoryPolicy",
    path: "",
    action: "ecr:GetRepositoryPolicy",
    pages: Pages::One,
    yields: &[],
    unset: &["RepositoryPolicyNotFoundException"],
};

static LIFECYCLE: Call = Call {
    service: &ECR,
    operation: "GetLifecyclePolicy",
    path: "",
    action: "ecr:GetLifecyclePolicy",
    pages: Pages::One,
    yields: &[],
    unset: &["LifecyclePolicyNotFoundException"],
};

static TAGS: Call = Call {
    service: &ECR,
    operation: "ListTagsForResource",
    path: "",
    action: "ecr:ListTagsForResource",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

static SCANNING: Call = Call {
    service: &ECR,
    operation: "GetRegistryScanningConfiguration",
    path: "",
    action: "ecr:GetRegistryScanningConfiguration",
    pages: Pages::One,
    yields: &["AWS::ECR::RegistryScanningConfiguration"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "ecr",
    reach: Reach::EveryRegion,
    calls: &[&LIST, &POLICY, &LIFECYCLE, &TAGS, &SCANNING],
    collect: |run| Box::pin(collect(run)),
};

async fn collect(run: &Run) -> Result<(), Halt> {
    let repositories = run.list(&LIST, json!({ "maxResults": 1000 }), "repositories").await?;
    if repositories.is_empty() {
        // The registry's configuration matters where there is something to scan.
        return Ok(());
    }
    run.each(repositories, repository).await;
    let configurations = run.list(&SCANNING, json!({}), "scanningConfiguration").await?;
    for configuration in configurations {
        let draft = Draft::new("AWS::ECR::RegistryScanningConfiguration", run.account(), configuration.origin);
        let rules = part(&configuration, "rules").map(crate::names::capitals);
        run.add(draft.take(&configuration, &[("scanType", "ScanType")]).set("Rules", rules));
    }
    Ok(())
}

async fn repository(run: &Run, repository: Node) -> Vec<Draft> {
    let (Some(name), Some(arn)) = (text(&repository, "repositoryName"), text(&repository, "repositoryArn")) else {
        return Vec::new();
    };
    let (policy, lifecycle, tags) = tokio::join!(
        run.get(&POLICY, json!({ "repositoryName": name })),
        run.get(&LIFECYCLE, json!({ "repositoryName": name })),
        run.get(&TAGS, json!({ "resourceArn": arn })),
    );
    let draft = Draft::new("AWS::ECR::Repository", name, repository.origin).name(name).arn(arn);
    let draft = draft
        .take(
            &repository,
            &[
                ("repositoryName", "RepositoryName"),
                ("imageTagMutability", "ImageTagMutability"),
                ("imageScanningConfiguration.scanOnPush", "ImageScanningConfiguration.ScanOnPush"),
                ("encryptionConfiguration.encryptionType", "EncryptionConfiguration.EncryptionType"),
                ("encryptionConfiguration.kmsKey", "EncryptionConfiguration.KmsKey"),
                ("createdAt", "Observed.CreatedAt"),
            ],
        )
        .set("RepositoryPolicyText", policy.json_at("policyText"))
        .set("LifecyclePolicy.LifecyclePolicyText", lifecycle.at("lifecyclePolicyText"))
        .set("Tags", tags.at("tags"));
    vec![draft]
}
