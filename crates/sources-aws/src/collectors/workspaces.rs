//! Amazon WorkSpaces: desktops. Never whose they are.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use serde_json::json;

use crate::shape::text;
use crate::{Collector, Draft, Halt, Reach, Run};

static WORKSPACES: Service = Service {
    endpoint: "workspaces",
    signing: "workspaces",
    variable: "WORKSPACES",
    protocol: Protocol::Json { target: "WorkspacesService", version: "1.1" },
    scope: Scope::Regional,
};

static LIST: Call = Call {
    service: &WORKSPACES,
    operation: "DescribeWorkspaces",
    path: "",
    action: "workspaces:DescribeWorkspaces",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["AWS::WorkSpaces::Workspace"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "workspaces",
    reach: Reach::EveryRegion,
    calls: &[&LIST],
    collect: |run| Box::pin(workspaces(run)),
};

async fn workspaces(run: &Run) -> Result<(), Halt> {
    for found in run.list(&LIST, json!({ "Limit": 25 }), "Workspaces").await? {
        let Some(id) = text(&found, "WorkspaceId") else { continue };
        if matches!(text(&found, "State"), Some("TERMINATING" | "TERMINATED")) {
            continue;
        }
        let draft = Draft::new("AWS::WorkSpaces::Workspace", id, found.origin).name(id).take(
            &found,
            &[
                ("BundleId", "BundleId"),
                ("DirectoryId", "DirectoryId"),
                ("RootVolumeEncryptionEnabled", "RootVolumeEncryptionEnabled"),
                ("UserVolumeEncryptionEnabled", "UserVolumeEncryptionEnabled"),
                ("VolumeEncryptionKey", "VolumeEncryptionKey"),
                ("WorkspaceProperties", "WorkspaceProperties"),
                ("State", "Observed.State"),
            ],
        );
        run.add(draft.unread("Tags").unread("UserName"));
    }
    Ok(())
}
