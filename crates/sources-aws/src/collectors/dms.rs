//! AWS DMS: replication instances.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::Node;
use serde_json::json;

use crate::shape::text;
use crate::{Collector, Draft, Halt, Reach, Run};

static DMS: Service = Service {
    endpoint: "dms",
    signing: "dms",
    variable: "DMS",
    protocol: Protocol::Json { target: "AmazonDMSv20160101", version: "1.1" },
    scope: Scope::Regional,
};

static INSTANCES: Call = Call {
    service: &DMS,
    operation: "DescribeReplicationInstances",
    path: "",
    action: "dms:DescribeReplicationInstances",
    pages: Pages::Token { answer: "Marker", parameter: "Marker" },
    yields: &["AWS::DMS::ReplicationInstance"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector =
    Collector { name: "dms", reach: Reach::EveryRegion, calls: &[&INSTANCES], collect: |run| Box::pin(collect(run)) };

async fn collect(run: &Run) -> Result<(), Halt> {
    let instances = run.list(&INSTANCES, json!({ "MaxRecords": 100 }), "ReplicationInstances").await?;
    instances.iter().filter_map(instance).for_each(|draft| run.add(draft));
    Ok(())
}

fn instance(instance: &Node) -> Option<Draft> {
    let (id, arn) = (text(instance, "ReplicationInstanceIdentifier")?, text(instance, "ReplicationInstanceArn")?);
    let draft = Draft::new("AWS::DMS::ReplicationInstance", id, instance.origin).name(id).arn(arn);
    Some(draft.take(
        instance,
        &[
            ("ReplicationInstanceIdentifier", "ReplicationInstanceIdentifier"),
            ("ReplicationInstanceClass", "ReplicationInstanceClass"),
            ("AllocatedStorage", "AllocatedStorage"),
            ("AvailabilityZone", "AvailabilityZone"),
            ("MultiAZ", "MultiAZ"),
            ("EngineVersion", "EngineVersion"),
            ("AutoMinorVersionUpgrade", "AutoMinorVersionUpgrade"),
            ("KmsKeyId", "KmsKeyId"),
            ("PubliclyAccessible", "PubliclyAccessible"),
            ("PreferredMaintenanceWindow", "PreferredMaintenanceWindow"),
            ("ReplicationSubnetGroup.ReplicationSubnetGroupIdentifier", "ReplicationSubnetGroupIdentifier"),
            ("ReplicationInstanceStatus", "Observed.Status"),
        ],
    ))
}
