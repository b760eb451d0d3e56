//! Databases, caches and search domains, read from a stand-in and judged by checks.

mod support;

use serde_json::json;
use support::{found, is_empty_or_denied, missing, parameter, property, refused, result, scanned, statuses};
use testbed::cloud::{Asked, Reply};

/// Instances come on two pages.
fn rds(asked: &Asked) -> Reply {
    let instance = |id: &str, more: &str| {
        format!(
            "<DBInstance><DBInstanceIdentifier>{id}</DBInstanceIdentifier><Engine>postgres</Engine>
            <DBInstanceArn>arn:aws:rds:us-east-1:1:db:{id}</DBInstanceArn><DBInstanceClass>db.m7g.large</DBInstanceClass>
            <AvailabilityZone>us-east-1a</AvailabilityZone>
            <DBSubnetGroup><DBSubnetGroupName>private</DBSubnetGroupName><Subnets><Subnet>
              <SubnetIdentifier>subnet-1</SubnetIdentifier><SubnetAvailabilityZone><Name>us-east-1a</Name></SubnetAvailabilityZone>
            </Subnet></Subnets></DBSubnetGroup>
            <VpcSecurityGroups><VpcSecurityGroupMembership><VpcSecurityGroupId>sg-1</VpcSecurityGroupId><Status>active</Status>
            </VpcSecurityGroupMembership></VpcSecurityGroups>{more}</DBInstance>"
        )
    };
    match (parameter(asked, "Action"), parameter(asked, "Marker")) {
        ("DescribeDBInstances", "") => {
            let kept = "<MultiAZ>true</MultiAZ><PubliclyAccessible>false</PubliclyAccessible>
                <StorageEncrypted>true</StorageEncrypted><BackupRetentionPeriod>14</BackupRetentionPeriod>
                <DeletionProtection>true</DeletionProtection><AutoMinorVersionUpgrade>true</AutoMinorVersionUpgrade>
                <EnabledCloudwatchLogsExports><member>postgresql</member></EnabledCloudwatchLogsExports>
                <CopyTagsToSnapshot>true</CopyTagsToSnapshot><MasterUserSecret><SecretArn>arn:s</SecretArn></MasterUserSecret>
                <TagList><Tag><Key>Owner</Key><Value>shop</Value></Tag></TagList>";
            result(asked, &format!("<DBInstances>{}</DBInstances><Marker>more</Marker>", instance("kept", kept)))
        }
        ("DescribeDBInstances", _) => {
            let open = "<MultiAZ>false</MultiAZ><PubliclyAccessible>true</PubliclyAccessible>
                <StorageEncrypted>false</StorageEncrypted><BackupRetentionPeriod>0</BackupRetentionPeriod>
                <DeletionProtection>false</DeletionProtection><AutoMinorVersionUpgrade>false</AutoMinorVersionUpgrade>
                <CopyTagsToSnapshot>false</CopyTagsToSnapshot><MasterUsername>root</MasterUsername><TagList/>";
            result(asked, &format!("<DBInstances>{}</DBInstances>", instance("open", open)))
        }
        ("DescribeDBClusters", _) => result(
            asked,
            "<DBClusters><DBCluster><DBClusterIdentifier>documents</DBClusterIdentifier><Engine>docdb</Engine>
            <AvailabilityZones><AvailabilityZone>us-east-1a</AvailabilityZone></AvailabilityZones>
            <VpcSecurityGroups><VpcSecurityGroupMembership><VpcSecurityGroupId>sg-2</VpcSecurityGroupId>
            </VpcSecurityGroupMembership></VpcSecurityGroups></DBCluster></DBClusters>",
        ),
        ("DescribeDBSubnetGroups", _) => result(
            asked,
            "<DBSubnetGroups><DBSubnetGroup><DBSubnetGroupName>private</DBSubnetGroupName><Subnets><Subnet>
            <SubnetIdentifier>subnet-1</SubnetIdentifier></Subnet></Subnets></DBSubnetGroup></DBSubnetGroups>",
        ),
        ("DescribeEventSubscriptions", _) => result(
            asked,
            "<EventSubscriptionsList>
            <EventSubscription><CustSubscriptionId>all</CustSubscriptionId><Enabled>true</Enabled>
              <SourceType>db-instance</SourceType><SourceIdsList><SourceId>kept</SourceId></SourceIdsList></EventSubscription>
            <EventSubscription><CustSubscriptionId>few</CustSubscriptionId><Enabled>true</Enabled>
              <SourceType>db-instance</SourceType>
              <EventCategoriesList><EventCategory>creation</EventCategory></EventCategoriesList></EventSubscription>
            </EventSubscriptionsList>",
        ),
        _ => result(asked, ""),
    }
}

#[tokio::test]
async fn instances_clusters_and_what_belongs_to_them() {
    let inventory = scanned("rds", rds).await;
    assert!(inventory.gaps.is_empty(), "{:?}", inventory.gaps);
    for check in [
        "rds_auto_minor_version_upgrade",
        "rds_backup_retention",
        "rds_copy_tags_to_snapshots",
        "rds_deletion_protection",
        "rds_log_exports",
        "rds_multi_az",
        "rds_storage_encrypted",
    ] {
        let statuses = statuses(&inventory, check);
        let own: Vec<_> = statuses.iter().filter(|status| !status.starts_with("documents")).collect();
        assert_eq!(own, ["kept pass", "open fail"], "{check}");
    }
    assert_eq!(statuses(&inventory, "rds_event_subscription"), ["all pass", "few fail"]);
    assert_eq!(property(&inventory, "kept", "VPCSecurityGroups"), json!(["sg-1"]));
    assert_eq!(property(&inventory, "kept", "AvailabilityZone"), json!("us-east-1a"));
    assert_eq!(property(&inventory, "private", "SubnetIds"), json!(["subnet-1"]));
    assert_eq!(property(&inventory, "documents", "VpcSecurityGroupIds"), json!(["sg-2"]));
    assert_eq!(property(&inventory, "documents", "AvailabilityZones"), json!(["us-east-1a"]));
    let documents = found(&inventory).into_iter().find(|found| found.id == "documents").expect("the cluster");
    assert_eq!(documents.kind, "AWS::DocDB::DBCluster");
    // A second page that is refused takes the first one along.
    let inventory = scanned("rds", |asked| match parameter(asked, "Marker") {
        "" => rds(asked),
        _ => refused(),
    })
    .await;
    assert_eq!(missing(&inventory), ["rds:DescribeDBInstances"]);
    assert!(found(&inventory).iter().all(|found| found.kind != "AWS::RDS::DBInstance"));
    let empty = Reply::Answer(200, "<R><X/></R>".to_owned());
    is_empty_or_denied("rds", empty, refused(), "rds:DescribeDBClusters").await;
}

fn redshift(asked: &Asked) -> Reply {
    match (parameter(asked, "Action"), parameter(asked, "Marker")) {
        ("DescribeClusters", "") => result(
            asked,
            "<Clusters><Cluster><ClusterIdentifier>kept</ClusterIdentifier><NodeType>ra3.large</NodeType>
            <PubliclyAccessible>false</PubliclyAccessible><MultiAZ>Enabled</MultiAZ>
            <AutomatedSnapshotRetentionPeriod>14</AutomatedSnapshotRetentionPeriod>
            <VpcSecurityGroups><VpcSecurityGroup><VpcSecurityGroupId>sg-1</VpcSecurityGroupId></VpcSecurityGroup></VpcSecurityGroups>
            <IamRoles><ClusterIamRole><IamRoleArn>arn:role</IamRoleArn></ClusterIamRole></IamRoles>
            <Tags><Tag><Key>Owner</Key><Value>shop</Value></Tag></Tags></Cluster></Clusters><Marker>more</Marker>",
        ),
        ("DescribeClusters", _) => result(
            asked,
            "<Clusters><Cluster><ClusterIdentifier>open</ClusterIdentifier><NodeType>dc2.large</NodeType>
            <PubliclyAccessible>true</PubliclyAccessible><MultiAZ>Disabled</MultiAZ>
            <AutomatedSnapshotRetentionPeriod>1</AutomatedSnapshotRetentionPeriod></Cluster></Clusters>",
        ),
        _ if parameter(asked, "ClusterIdentifier") == "kept" => {
            result(asked, "<LoggingEnabled>true</LoggingEnabled><BucketName>logs</BucketName>")
        }
        _ => result(asked, "<LoggingEnabled>false</LoggingEnabled><BucketName>logs</BucketName>"),
    }
}

#[tokio::test]
async fn warehouses_and_their_logs() {
    let inventory = scanned("redshift", redshift).await;
    for check in ["redshift_cluster_not_public", "redshift_cluster_snapshots", "redshift_current_node_type"] {
        assert_eq!(statuses(&inventory, check), ["kept pass", "open fail"], "{check}");
    }
    assert_eq!(property(&inventory, "kept", "VpcSecurityGroupIds"), json!(["sg-1"]));
    assert_eq!(property(&inventory, "kept", "IamRoles"), json!(["arn:role"]));
    assert_eq!(property(&inventory, "kept", "MultiAZ"), json!(true));
    assert_eq!(property(&inventory, "kept", "LoggingProperties.BucketName"), json!("logs"));
    assert_eq!(property(&inventory, "open", "MultiAZ"), json!(false));
    assert_eq!(property(&inventory, "open", "LoggingProperties"), json!(null));
    let inventory = scanned("redshift", |asked| match parameter(asked, "Action") {
        "DescribeLoggingStatus" => refused(),
        _ => redshift(asked),
    })
    .await;
    assert_eq!(missing(&inventory), ["redshift:DescribeLoggingStatus"]);
    assert_eq!(property(&inventory, "open", "LoggingProperties.BucketName"), json!("?"));
    let empty = Reply::Answer(200, "<R><X/></R>".to_owned());
    is_empty_or_denied("redshift", empty, refused(), "redshift:DescribeClusters").await;
}

fn elasticache(asked: &Asked) -> Reply {
    let group = |id: &str, on: &str, state: &str| {
        format!(
            "<ReplicationGroup><ReplicationGroupId>{id}</ReplicationGroupId><Engine>redis</Engine>
            <ARN>arn:aws:elasticache:us-east-1:1:replicationgroup:{id}</ARN><CacheNodeType>cache.m7g.large</CacheNodeType>
            <MemberClusters><ClusterId>{id}-1</ClusterId></MemberClusters><AutomaticFailover>{state}</AutomaticFailover>
            <MultiAZ>{state}</MultiAZ><AtRestEncryptionEnabled>{on}</AtRestEncryptionEnabled>
            <TransitEncryptionEnabled>{on}</TransitEncryptionEnabled><SnapshotRetentionLimit>7</SnapshotRetentionLimit>
            <GlobalReplicationGroupInfo><GlobalReplicationGroupMemberRole>SECONDARY</GlobalReplicationGroupMemberRole>
            </GlobalReplicationGroupInfo></ReplicationGroup>"
        )
    };
    match (parameter(asked, "Action"), parameter(asked, "Marker")) {
        ("DescribeReplicationGroups", "") => {
            let (kept, changing) = (group("kept", "true", "enabled"), group("changing", "true", "enabling"));
            result(asked, &format!("<ReplicationGroups>{kept}{changing}</ReplicationGroups><Marker>more</Marker>"))
        }
        ("DescribeReplicationGroups", _) => {
            result(asked, &format!("<ReplicationGroups>{}</ReplicationGroups>", group("open", "false", "disabled")))
        }
        ("DescribeCacheClusters", _) => result(
            asked,
            "<CacheClusters><CacheCluster><CacheClusterId>alone</CacheClusterId><Engine>memcached</Engine>
              <ARN>arn:aws:elasticache:us-east-1:1:cluster:alone</ARN><CacheNodeType>cache.t2.micro</CacheNodeType></CacheCluster>
            <CacheCluster><CacheClusterId>kept-1</CacheClusterId><ARN>arn:aws:elasticache:us-east-1:1:cluster:kept-1</ARN>
              <ReplicationGroupId>kept</ReplicationGroupId></CacheCluster></CacheClusters>",
        ),
        // The tags of all of them at once.
        _ => match asked.json()["PaginationToken"].as_str() {
            None => Reply::json(json!({ "PaginationToken": "more", "ResourceTagMappingList": [] })),
            Some(_) => Reply::json(json!({ "PaginationToken": "", "ResourceTagMappingList": [{
                "ResourceARN": "arn:aws:elasticache:us-east-1:1:replicationgroup:kept",
                "Tags": [{ "Key": "Owner", "Value": "shop" }],
            }] })),
        },
    }
}

#[tokio::test]
async fn caches_and_their_tags() {
    let inventory = scanned("elasticache", elasticache).await;
    assert!(inventory.gaps.is_empty(), "{:?}", inventory.gaps);
    let failover = statuses(&inventory, "elasticache_automatic_failover");
    assert_eq!(failover, ["changing unknown", "kept pass", "open fail"]);
    let encryption = statuses(&inventory, "elasticache_encryption");
    assert_eq!(encryption, ["changing pass", "kept pass", "open fail"]);
    let types = statuses(&inventory, "elasticache_current_node_type");
    assert_eq!(types, ["alone fail", "changing pass", "kept pass", "open pass"]);
    assert_eq!(property(&inventory, "kept", "Tags"), json!([{ "Key": "Owner", "Value": "shop" }]));
    assert_eq!(property(&inventory, "open", "Tags"), json!(null));
    assert_eq!(property(&inventory, "kept", "Observed.MemberClusters"), json!(["kept-1"]));
    assert_eq!(property(&inventory, "kept", "Observed.GlobalRole"), json!("SECONDARY"));
    let inventory = scanned("elasticache", |asked| match asked.operation() {
        "GetResources" => Reply::error("AccessDeniedException"),
        _ => elasticache(asked),
    })
    .await;
    assert_eq!(missing(&inventory), ["tag:GetResources"]);
    assert_eq!(property(&inventory, "alone", "Tags"), json!("?"));
    let empty = Reply::Answer(200, "<R><X/></R>".to_owned());
    is_empty_or_denied("elasticache", empty, refused(), "elasticache:DescribeCacheClusters").await;
}

/// Six domains: five are described at once.
fn opensearch(asked: &Asked) -> Reply {
    if asked.operation() == "GetResources" {
        let mapping =
            json!({ "ResourceARN": "arn:aws:es:us-east-1:1:domain/d0", "Tags": [{ "Key": "k", "Value": "v" }] });
        return Reply::json(json!({ "ResourceTagMappingList": [mapping] }));
    }
    if asked.method == "GET" {
        let names: Vec<_> = (0..6).map(|number| json!({ "DomainName": format!("d{number}") })).collect();
        return Reply::json(json!({ "DomainNames": names }));
    }
    let asked = asked.json();
    let names: Vec<_> =
        asked["DomainNames"].as_array().into_iter().flatten().filter_map(|name| name.as_str()).collect();
    assert!(names.len() <= 5, "{names:?}");
    let domain = |name: &&str| {
        let kept = *name != "d5";
        let everyone =
            json!({ "Statement": [{ "Effect": "Allow", "Principal": "*", "Action": "es:*", "Resource": "*" }] });
        json!({
            "DomainName": name, "ARN": format!("arn:aws:es:us-east-1:1:domain/{name}"),
            "AccessPolicies": if kept { String::new() } else { everyone.to_string() },
            "VPCOptions": if kept { json!({ "SubnetIds": ["subnet-1"] }) } else { json!(null) },
            "ClusterConfig": { "InstanceType": "m7g.large.search", "InstanceCount": if kept { 3 } else { 1 },
                "ZoneAwarenessEnabled": kept, "DedicatedMasterEnabled": kept, "DedicatedMasterCount": 3 },
            "LogPublishingOptions": if kept {
                json!({ "ES_APPLICATION_LOGS": { "Enabled": true, "CloudWatchLogsLogGroupArn": "arn:logs" } })
            } else { json!({}) },
        })
    };
    Reply::json(json!({ "DomainStatusList": names.iter().map(domain).collect::<Vec<_>>() }))
}

#[tokio::test]
async fn search_domains_are_described_five_at_a_time() {
    let inventory = scanned("opensearch", opensearch).await;
    for check in ["opensearch_domain_not_public", "opensearch_domain_multi_az", "opensearch_domain_logging"] {
        let statuses = statuses(&inventory, check);
        assert_eq!(statuses.len(), 6, "{check}");
        assert_eq!((&*statuses[0], &*statuses[5]), ("d0 pass", "d5 fail"), "{check}");
    }
    assert_eq!(property(&inventory, "d0", "Tags"), json!([{ "Key": "k", "Value": "v" }]));
    assert_eq!(property(&inventory, "d1", "Tags"), json!(null));
    // One call that fails costs what it asked for.
    let inventory = scanned("opensearch", |asked| match asked.json()["DomainNames"][0] == "d5" {
        true => Reply::error("AccessDeniedException"),
        false => opensearch(asked),
    })
    .await;
    assert_eq!(statuses(&inventory, "opensearch_domain_multi_az").len(), 5);
    assert_eq!(missing(&inventory), ["es:DescribeDomains"]);
    let empty = Reply::json(json!({ "DomainNames": [] }));
    is_empty_or_denied("opensearch", empty, Reply::error("AccessDeniedException"), "es:ListDomainNames").await;
}

#[tokio::test]
async fn parameter_groups_of_people_hold_what_is_set_in_them() {
    let parameters = |asked: &Asked| match parameter(asked, "Action") {
        "DescribeDBParameterGroups" => result(
            asked,
            "<DBParameterGroups><DBParameterGroup><DBParameterGroupName>shop</DBParameterGroupName>\
             <DBParameterGroupFamily>postgres17</DBParameterGroupFamily></DBParameterGroup>\
             <DBParameterGroup><DBParameterGroupName>default.postgres17</DBParameterGroupName></DBParameterGroup>\
             </DBParameterGroups>",
        ),
        "DescribeDBParameters" => result(
            asked,
            "<Parameters><Parameter><ParameterName>rds.force_ssl</ParameterName><ParameterValue>1</ParameterValue>\
             </Parameter></Parameters>",
        ),
        _ => result(asked, ""),
    };
    let inventory = scanned("rds_parameter_groups", parameters).await;
    let names: Vec<&str> = found(&inventory).iter().map(|found| found.id.as_str()).collect();
    assert_eq!(names, ["shop"]);
    assert_eq!(property(&inventory, "shop", "Parameters"), serde_json::json!({ "rds.force_ssl": "1" }));
    let denied = scanned("rds_parameter_groups", move |asked| match parameter(asked, "Action") {
        "DescribeDBParameters" => refused(),
        _ => parameters(asked),
    })
    .await;
    assert_eq!(property(&denied, "shop", "Parameters"), "?");
    let empty = Reply::Answer(200, "<R/>".to_owned());
    is_empty_or_denied("rds_parameter_groups", empty, refused(), "rds:DescribeDBParameterGroups").await;
}
