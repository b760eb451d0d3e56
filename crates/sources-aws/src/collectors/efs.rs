//! Amazon EFS: file systems, their backup, lifecycle and resource policies.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::Node;
use serde_json::json;

use crate::shape::text;
use crate::{Collector, Draft, Halt, Reach, Run};

static EFS: Service = Service {
    endpoint: "elasticfilesystem",
    signing: "elasticfilesystem",
    variable: "EFS",
    protocol: Protocol::RestJson,
    scope: Scope::Regional,
};

static LIST: Call = Call {
    service: &EFS,
    operation: "DescribeFileSystems",
    path: "GET /2015-02-01/file-systems",
    action: "elasticfilesystem:DescribeFileSystems",
    pages: Pages::Token { answer: "NextMarker", parameter: "Marker" },
    yields: &["AWS::EFS::FileSystem"],
    unset: &[],
};

static BACKUP: Call = Call {
    service: &EFS,
    operation: "DescribeBackupPolicy",
    path: "GET /2015-02-01/file-systems/{FileSystemId}/backup-policy",
    action: "elasticfilesystem:DescribeBackupPolicy",
    pages: Pages::One,
    yields: &[],
    unset: &["PolicyNotFound"],
};

static LIFECYCLE: Call = Call {
    service: &EFS,
    operation: "DescribeLifecycleConfiguration",
    path: "GET /2015-02-01/file-systems/{FileSystemId}/lifecycle-configuration",
    action: "elasticfilesystem:DescribeLifecycleConfiguration",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

static POLICY: Call = Call {
    service: &EFS,
    operation: "DescribeFileSystemPolicy",
    path: "GET /2015-02-01/file-systems/{FileSystemId}/policy",
    action: "elasticfilesystem:DescribeFileSystemPolicy",
    pages: Pages::One,
    yields: &[],
    unset: &["PolicyNotFound"],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "efs",
    reach: Reach::EveryRegion,
    calls: &[&LIST, &BACKUP, &LIFECYCLE, &POLICY],
    collect: |run| Box::pin(collect(run)),
};

async fn collect(run: &Run) -> Result<(), Halt> {
    let systems = run.list(&LIST, json!({ "MaxItems": 100 }), "FileSystems").await?;
    run.each(systems, system).await;
    Ok(())
}

async fn system(run: &Run, system: Node) -> Vec<Draft> {
    let Some(id) = text(&system, "FileSystemId") else { return Vec::new() };
    let (backup, lifecycle, policy) = tokio::join!(
        run.get(&BACKUP, json!({ "FileSystemId": id })),
        run.get(&LIFECYCLE, json!({ "FileSystemId": id })),
        run.get(&POLICY, json!({ "FileSystemId": id })),
    );
    let mut draft = Draft::new("AWS::EFS::FileSystem", id, system.origin).name(id);
    if let Some(arn) = text(&system, "FileSystemArn") {
        draft = draft.arn(arn);
    }
    let draft = draft
        .take(
            &system,
            &[
                ("Encrypted", "Encrypted"),
                ("KmsKeyId", "KmsKeyId"),
                ("PerformanceMode", "PerformanceMode"),
                ("ThroughputMode", "ThroughputMode"),
                ("ProvisionedThroughputInMibps", "ProvisionedThroughputInMibps"),
                ("AvailabilityZoneName", "AvailabilityZoneName"),
                ("FileSystemProtection", "FileSystemProtection"),
                ("Tags", "FileSystemTags"),
                ("CreationTime", "Observed.CreationTime"),
                ("LifeCycleState", "Observed.LifeCycleState"),
                ("NumberOfMountTargets", "Observed.NumberOfMountTargets"),
                ("SizeInBytes.Value", "Observed.SizeInBytes"),
            ],
        )
        .set("BackupPolicy", backup.at("BackupPolicy"))
        .set("LifecyclePolicies", lifecycle.at("LifecyclePolicies"))
        .set("FileSystemPolicy", policy.json_at("Policy"));
    vec![draft]
}
