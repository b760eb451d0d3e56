//! Manual snapshots of Amazon RDS, Amazon DocumentDB and Amazon Neptune, and whom they are shared with.

use aws_wire::{Call, Pages};
use model::{Node, Value};
use serde_json::json;

use super::rds::RDS;
use crate::shape::{part, text};
use crate::{Collector, Draft, Halt, Reach, Run};

static SNAPSHOTS: Call = Call {
    service: &RDS,
    operation: "DescribeDBSnapshots",
    path: "",
    action: "rds:DescribeDBSnapshots",
    pages: Pages::Token { answer: "Marker", parameter: "Marker" },
    yields: &["Pilaster::DBSnapshot"],
    unset: &[],
};

static CLUSTER_SNAPSHOTS: Call = Call {
    service: &RDS,
    operation: "DescribeDBClusterSnapshots",
    path: "",
    action: "rds:DescribeDBClusterSnapshots",
    pages: Pages::Token { answer: "Marker", parameter: "Marker" },
    yields: &["Pilaster::DBClusterSnapshot"],
    unset: &[],
};

static SHARING: Call = Call {
    service: &RDS,
    operation: "DescribeDBSnapshotAttributes",
    path: "",
    action: "rds:DescribeDBSnapshotAttributes",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

static CLUSTER_SHARING: Call = Call {
    service: &RDS,
    operation: "DescribeDBClusterSnapshotAttributes",
    path: "",
    action: "rds:DescribeDBClusterSnapshotAttributes",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "rds_snapshots",
    reach: Reach::EveryRegion,
    calls: &[&SNAPSHOTS, &CLUSTER_SNAPSHOTS, &SHARING, &CLUSTER_SHARING],
    collect: |run| Box::pin(collect(run)),
};

/// Snapshots that the service makes by itself cannot be shared. What one list does not give is a gap of
/// its own.
async fn collect(run: &Run) -> Result<(), Halt> {
    let parameters = json!({ "SnapshotType": "manual", "MaxRecords": 100 });
    let (snapshots, clusters) = tokio::join!(
        run.list(&SNAPSHOTS, parameters.clone(), "DBSnapshots"),
        run.list(&CLUSTER_SNAPSHOTS, parameters, "DBClusterSnapshots"),
    );
    run.each(snapshots.unwrap_or_default(), snapshot).await;
    run.each(clusters.unwrap_or_default(), cluster_snapshot).await;
    Ok(())
}

async fn snapshot(run: &Run, snapshot: Node) -> Vec<Draft> {
    let Some(name) = text(&snapshot, "DBSnapshotIdentifier") else { return Vec::new() };
    let mut draft = draft("Pilaster::DBSnapshot", name, text(&snapshot, "DBSnapshotArn"), &snapshot);
    draft = draft.take(&snapshot, &[("DBInstanceIdentifier", "DBInstanceIdentifier"), ("Encrypted", "Encrypted")]);
    if is_encrypted(&snapshot, "Encrypted") {
        return vec![draft];
    }
    let sharing = run.get(&SHARING, json!({ "DBSnapshotIdentifier": name })).await;
    let attributes = sharing.at("DBSnapshotAttributesResult.DBSnapshotAttributes");
    vec![draft.set("RestorableBy", attributes.and_then(restore))]
}

async fn cluster_snapshot(run: &Run, snapshot: Node) -> Vec<Draft> {
    let Some(name) = text(&snapshot, "DBClusterSnapshotIdentifier") else { return Vec::new() };
    let arn = text(&snapshot, "DBClusterSnapshotArn");
    let mut draft = draft("Pilaster::DBClusterSnapshot", name, arn, &snapshot);
    let names = [("DBClusterIdentifier", "DBClusterIdentifier"), ("StorageEncrypted", "Encrypted")];
    draft = draft.take(&snapshot, &names);
    if is_encrypted(&snapshot, "StorageEncrypted") {
        return vec![draft];
    }
    let sharing = run.get(&CLUSTER_SHARING, json!({ "DBClusterSnapshotIdentifier": name })).await;
    let attributes = sharing.at("DBClusterSnapshotAttributesResult.DBClusterSnapshotAttributes");
    vec![draft.set("RestorableBy", attributes.and_then(restore))]
}

fn draft(kind: &str, name: &str, arn: Option<&str>, snapshot: &Node) -> Draft {
    let draft = Draft::new(kind, name, snapshot.origin).name(name);
    let draft = draft.take(
        snapshot,
        &[
            ("Engine", "Engine"),
            ("AllocatedStorage", "AllocatedStorage"),
            ("KmsKeyId", "KmsKeyId"),
            ("SnapshotType", "SnapshotType"),
            ("TagList", "Tags"),
            ("SnapshotCreateTime", "Observed.SnapshotCreateTime"),
            ("Status", "Observed.Status"),
        ],
    );
    match arn {
        Some(arn) => draft.arn(arn),
        None => draft,
    }
}

/// Only what is not encrypted can be public (Amazon RDS User Guide, "Sharing public snapshots"), so only
/// that has to be asked about, one by one.
fn is_encrypted(snapshot: &Node, property: &str) -> bool {
    text(snapshot, property).is_some_and(|value| value.eq_ignore_ascii_case("true"))
}

/// The accounts that may restore it; `all` stands for everyone.
fn restore(attributes: Node) -> Option<Node> {
    let Value::List(items) = &attributes.value else { return Some(attributes) };
    let restore = items.iter().find(|attribute| text(attribute, "AttributeName") == Some("restore"))?;
    part(restore, "AttributeValues")
}
