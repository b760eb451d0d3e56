//! What has been measured: asked for in batches, over all pages, and judged.

mod support;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use model::{Inventory, Value};
use serde_json::json;
use sources_aws::{Ending, Stop};
use support::metrics::{Query, answer, is_asked, page, parameters, queries};
use support::{property, scanned, scanned_as_told, scanned_in, scanned_until, statuses};
use testbed::cloud::{Asked, Reply};

/// The operation of a form.
fn operation(asked: &Asked) -> &str {
    asked.body.split('&').find_map(|pair| pair.strip_prefix("Action=")).unwrap_or_default()
}

fn result(operation: &str, body: &str) -> Reply {
    Reply::Answer(200, format!("<R><{operation}Result>{body}</{operation}Result></R>"))
}

fn xml(body: &str) -> Reply {
    Reply::Answer(200, format!("<Response>{body}</Response>"))
}

/// Scans with one collector, with values for every query.
async fn measured(
    collector: &str,
    reply: impl Fn(&Asked) -> Reply + Send + Sync + 'static,
    values: impl Fn(&Query) -> Vec<f64> + Send + Sync + 'static,
) -> Inventory {
    let reply = move |asked: &Asked| if is_asked(asked) { answer(asked, &values) } else { reply(asked) };
    scanned_as_told(collector, &["us-east-1"], reply).await.0
}

fn days(value: f64) -> Vec<f64> {
    vec![value; 14]
}

/// Values for what is used, and other ones for what is idle, by whether a dimension says so.
fn by_name(busy: f64, idle: f64) -> impl Fn(&Query) -> Vec<f64> + Send + Sync + 'static {
    move |query| days(if query.dimensions.iter().any(|d| d.ends_with("busy")) { busy } else { idle })
}

fn metric(inventory: &Inventory, id: &str, name: &str) -> serde_json::Value {
    let resource = inventory.resources.iter().find(|resource| resource.id == id).expect(id);
    let mut node = &resource.properties;
    for key in ["Observed", "Metrics"].into_iter().chain(name.split('.')) {
        node = node.get(key).expect(key);
    }
    match &node.value {
        Value::Map(entries) => entries
            .iter()
            .map(|(key, node)| match &node.value {
                Value::Number(number) => (key.clone(), json!(number.parse::<f64>().expect("a number"))),
                other => (key.clone(), json!(format!("{other:?}"))),
            })
            .collect(),
        Value::Unknown(why) => json!(format!("{why:?}")),
        other => json!(format!("{other:?}")),
    }
}

fn instances(asked: &Asked) -> Reply {
    match operation(asked) {
        "DescribeInstances" => {
            let instance = |id: &str, state: &str| {
                format!(
                    "<item><instanceId>{id}</instanceId><instanceState><name>{state}</name></instanceState>\
                     <instanceType>m7g.large</instanceType>\
                     <reason>User initiated (2026-01-02 10:00:00 GMT)</reason></item>"
                )
            };
            let all = instance("i-busy", "running") + &instance("i-idle", "running") + &instance("i-off", "stopped");
            xml(&format!("<reservationSet><item><instancesSet>{all}</instancesSet></item></reservationSet>"))
        }
        _ => xml(""),
    }
}

#[tokio::test]
async fn instances_are_judged_by_what_they_did() {
    let inventory = measured("ec2", instances, |query| match (query.metric.as_str(), query.statistic.as_str()) {
        _ if query.dimensions == ["InstanceId=i-off"] => Vec::new(),
        ("CPUUtilization", "Maximum") if query.dimensions == ["InstanceId=i-busy"] => {
            vec![20.0, 90.0, 30.0, 1.0].into_iter().chain(std::iter::repeat_n(5.0, 10)).collect()
        }
        ("CPUUtilization", _) => days(2.0),
        _ => days(1000.0),
    })
    .await;
    assert_eq!(statuses(&inventory, "ec2_instance_idle"), ["i-busy pass", "i-idle fail"]);
    assert_eq!(statuses(&inventory, "ec2_instance_oversized"), ["i-busy pass", "i-idle unknown"]);
    assert_eq!(statuses(&inventory, "ec2_instance_stopped_too_long"), ["i-off fail"]);
    let cpu = |id: &str| metric(&inventory, id, "CPUUtilization");
    assert_eq!(cpu("i-busy"), json!({ "Maximum": 90.0, "Average": 2.0, "Days": 14.0 }));
    assert_eq!(metric(&inventory, "i-idle", "NetworkIn"), json!({ "Sum": 14000.0, "Days": 14.0 }));
    assert_eq!(cpu("i-off"), json!({ "Days": 0.0 }), "no value is not zero");
    let busy = inventory.resources.iter().find(|resource| resource.id == "i-busy").expect("an instance");
    let measured = busy.properties.get("Observed").and_then(|o| o.get("Metrics")).expect("metrics");
    assert_eq!(inventory.place(measured.origin), "cloudwatch:GetMetricData (us-east-1)");
}

#[tokio::test]
async fn the_window_ends_with_the_day_before_the_scan() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    scanned_as_told("ec2", &["us-east-1"], move |asked| {
        if is_asked(asked) {
            let mut parameters = parameters(asked);
            let mut time = |name| parameters.remove(name).expect("a time");
            log.lock().expect("the log").push((time("StartTime"), time("EndTime")));
            return support::metrics::nothing(asked);
        }
        instances(asked)
    })
    .await;
    let wanted = ("2026-10-18T00:00:00Z".to_owned(), "2026-11-01T00:00:00Z".to_owned());
    assert_eq!(*seen.lock().expect("the log"), [wanted], "one call for one region");
}

#[tokio::test]
async fn the_same_account_is_asked_the_same() {
    let asked = || async {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (log, pause) = (Arc::clone(&seen), AtomicUsize::new(0));
        scanned_as_told("dynamodb", &["us-east-1"], move |asked| {
            if is_asked(asked) {
                log.lock().expect("the log").push(asked.body.clone());
                return support::metrics::nothing(asked);
            }
            // Answers come in another order than questions.
            pause.fetch_add(7, Ordering::Relaxed);
            std::thread::sleep(std::time::Duration::from_millis((pause.load(Ordering::Relaxed) % 11) as u64));
            tables(asked)
        })
        .await;
        let mut seen = seen.lock().expect("the log").clone();
        seen.sort();
        seen
    };
    assert_eq!(asked().await, asked().await);
}

/// 300 tables of four metrics each.
fn tables(asked: &Asked) -> Reply {
    match asked.operation() {
        "ListTables" => Reply::json(json!({ "TableNames": (0..300).map(|n| format!("t{n:03}")).collect::<Vec<_>>() })),
        "DescribeTable" => Reply::json(json!({ "Table": {
            "CreationDateTime": 1_640_995_200.0,
            "ProvisionedThroughput": { "ReadCapacityUnits": 100, "WriteCapacityUnits": 100 },
        } })),
        _ => Reply::json(json!({})),
    }
}

#[tokio::test]
async fn five_hundred_queries_go_into_one_call() {
    let sizes = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&sizes);
    let (inventory, _) = scanned_as_told("dynamodb", &["us-east-1"], move |asked| match is_asked(asked) {
        true => {
            log.lock().expect("the sizes").push(queries(asked).len());
            answer(asked, |query| match (query.metric.as_str(), query.dimensions[0].as_str()) {
                ("ProvisionedReadCapacityUnits" | "ProvisionedWriteCapacityUnits", _) => days(100.0),
                (_, "TableName=t123" | "TableName=t299") => days(86_400.0 * 50.0),
                _ => days(86_400.0),
            })
        }
        false => tables(asked),
    })
    .await;
    let mut sizes = sizes.lock().expect("the sizes").clone();
    sizes.sort_unstable();
    assert_eq!(sizes, [200, 500, 500]);
    let found = statuses(&inventory, "dynamodb_table_overprovisioned");
    let passing: Vec<&str> = found.iter().filter_map(|status| status.strip_suffix(" pass")).collect();
    assert_eq!((found.len(), passing), (300, vec!["t123", "t299"]));
}

#[tokio::test]
async fn every_page_is_read() {
    let calls = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&calls);
    let (inventory, _) = scanned_as_told("ec2", &["us-east-1"], move |asked| {
        if !is_asked(asked) {
            return instances(asked);
        }
        count.fetch_add(1, Ordering::Relaxed);
        let value = |query: &Query, day: &str, value: f64, status: &str| {
            format!(
                "<member><Id>{}</Id><Timestamps><member>{day}T00:00:00Z</member></Timestamps>\
                 <Values><member>{value}</member></Values><StatusCode>{status}</StatusCode></member>",
                query.id
            )
        };
        let queries = queries(asked);
        let all =
            |day, number, status| queries.iter().map(|query| value(query, day, number, status)).collect::<String>();
        match parameters(asked).get("NextToken").map(String::as_str) {
            None => page(&all("2026-10-18", 1.0, "PartialData"), Some("second")),
            Some("second") => page(&all("2026-10-19", 7.0, "PartialData"), Some("third")),
            _ => page(&all("2026-10-20", 4.0, "Complete"), None),
        }
    })
    .await;
    assert_eq!(calls.load(Ordering::Relaxed), 3);
    let cpu = metric(&inventory, "i-busy", "CPUUtilization");
    assert_eq!(cpu, json!({ "Maximum": 7.0, "Average": 4.0, "Days": 3.0 }));
    assert_eq!(metric(&inventory, "i-idle", "NetworkOut"), json!({ "Sum": 12.0, "Days": 3.0 }));
}

#[tokio::test]
async fn what_is_refused_is_unknown_and_one_gap() {
    let (inventory, _) = scanned_as_told("ec2", &["us-east-1"], |asked| match is_asked(asked) {
        true => Reply::Answer(403, "<E><Error><Code>AccessDenied</Code></Error></E>".to_owned()),
        false => instances(asked),
    })
    .await;
    assert_eq!(statuses(&inventory, "ec2_instance_idle"), ["i-busy unknown", "i-idle unknown"]);
    let gaps: Vec<_> = inventory.gaps.iter().map(|gap| (gap.call.as_deref(), gap.action.as_deref())).collect();
    assert_eq!(gaps, [(Some("GetMetricData"), Some("cloudwatch:GetMetricData"))]);
}

#[tokio::test]
async fn a_metric_that_fails_costs_itself() {
    for broken in [
        "<StatusCode>InternalError</StatusCode>",
        "<StatusCode>Forbidden</StatusCode>",
        "<Timestamps><member>then</member></Timestamps><Values><member>1</member></Values>",
        "<Timestamps><member>1999-01-01T00:00:00Z</member></Timestamps><Values><member>1</member></Values>",
        "<Timestamps><member>2026-10-18T00:00:00Z</member></Timestamps><Values><member>NaN</member></Values>",
        "<Timestamps><member>2026-10-18T00:00:00Z</member></Timestamps>",
        "</member><member>",
    ] {
        let (inventory, _) = scanned_as_told("ec2", &["us-east-1"], move |asked| {
            if !is_asked(asked) {
                return instances(asked);
            }
            let result = |query: &Query| match (query.metric.as_str(), query.dimensions[0].as_str()) {
                ("CPUUtilization", "InstanceId=i-idle") if broken.starts_with("</member>") => String::new(),
                ("CPUUtilization", "InstanceId=i-idle") => format!("<member><Id>{}</Id>{broken}</member>", query.id),
                _ => format!("<member><Id>{}</Id><StatusCode>Complete</StatusCode></member>", query.id),
            };
            page(&queries(asked).iter().map(result).collect::<String>(), None)
        })
        .await;
        assert!(metric(&inventory, "i-idle", "CPUUtilization").is_string(), "{broken} is not known");
        assert_eq!(metric(&inventory, "i-idle", "NetworkIn"), json!({ "Days": 0.0 }), "{broken}");
        assert_eq!(metric(&inventory, "i-busy", "CPUUtilization"), json!({ "Days": 0.0 }), "{broken}");
        assert_eq!(inventory.gaps.len(), 1, "{broken}: {:?}", inventory.gaps);
    }
}

#[tokio::test]
async fn what_is_not_measured_when_the_scan_is_stopped_is_unknown() {
    let stop = Stop::default();
    let button = stop.clone();
    let (inventory, _) = scanned_until(&stop, "ec2", &["us-east-1"], move |asked| {
        if is_asked(asked) {
            button.now(Ending::Interrupted);
            std::thread::sleep(std::time::Duration::from_secs(2));
            return answer(asked, |_| days(0.0));
        }
        instances(asked)
    })
    .await;
    assert_eq!(statuses(&inventory, "ec2_instance_idle"), ["i-busy unknown", "i-idle unknown"]);
    let gaps: Vec<_> = inventory.gaps.iter().map(|gap| (gap.call.as_deref(), gap.reason.as_str())).collect();
    assert_eq!(gaps, [(Some("GetMetricData"), "the scan was interrupted")]);
}

#[tokio::test]
async fn nothing_is_asked_where_nothing_is_measured() {
    let (inventory, _) = scanned_as_told("sqs", &["us-east-1", "eu-west-1"], |asked| {
        assert!(!is_asked(asked), "queues are not measured");
        Reply::json(json!({ "QueueUrls": ["https://sqs/1/orders"] }))
    })
    .await;
    assert!(!inventory.resources.is_empty());
    let of = |name: &str| -> Vec<&'static str> {
        let collector = sources_aws::collectors().iter().copied().filter(|collector| collector.name == name);
        sources_aws::actions(&collector.collect::<Vec<_>>())
    };
    assert!(of("ec2").contains(&"cloudwatch:GetMetricData"));
    assert!(!of("sqs").contains(&"cloudwatch:GetMetricData"));
}

#[tokio::test]
async fn every_region_is_asked_for_its_own() {
    let reply = |asked: &Asked| match (asked.region(), is_asked(asked)) {
        ("eu-west-1", true) => answer(asked, |_| days(50.0)),
        (_, true) => answer(asked, |_| days(1.0)),
        ("eu-central-1", _) => xml(""),
        _ => instances(asked),
    };
    let (inventory, _) = scanned_as_told("ec2", &["us-east-1", "eu-west-1", "eu-central-1"], reply).await;
    let found = statuses(&inventory, "ec2_instance_idle");
    assert_eq!(found, ["i-busy pass", "i-idle pass", "i-busy fail", "i-idle fail"]);
}

fn databases(asked: &Asked) -> Reply {
    let database = |id: &str, more: &str| {
        format!(
            "<DBInstance><DBInstanceIdentifier>{id}</DBInstanceIdentifier><Engine>postgres</Engine>\
             <DBInstanceArn>arn:aws:rds:us-east-1:1:db:{id}</DBInstanceArn>\
             <DBInstanceStatus>available</DBInstanceStatus><AllocatedStorage>100</AllocatedStorage>{more}</DBInstance>"
        )
    };
    let member = "<DBClusterIdentifier>shop</DBClusterIdentifier>";
    let all = database("busy", "") + &database("idle", "") + &database("m1-busy", member) + &database("m2", member);
    match operation(asked) {
        "DescribeDBInstances" => result("DescribeDBInstances", &format!("<DBInstances>{all}</DBInstances>")),
        operation => result(operation, ""),
    }
}

#[tokio::test]
async fn databases_are_judged_by_connections_and_storage() {
    let inventory = measured("rds", databases, |query| {
        let busy = query.dimensions[0].ends_with("busy");
        match query.metric.as_str() {
            "DatabaseConnections" => days(if busy { 30.0 } else { 0.0 }),
            "FreeStorageSpace" => vec![if busy { 60e9 } else { 2e9 }],
            _ => days(if busy { 80.0 } else { 3.0 }),
        }
    })
    .await;
    assert_eq!(statuses(&inventory, "rds_idle"), ["busy pass", "idle fail", "m1-busy pass", "m2 pass"]);
    assert_eq!(statuses(&inventory, "rds_free_storage"), ["busy pass", "idle fail", "m1-busy pass", "m2 fail"]);
    assert_eq!(statuses(&inventory, "rds_oversized"), ["busy pass", "idle unknown", "m1-busy pass", "m2 unknown"]);
}

#[tokio::test]
async fn parts_of_a_resource_are_taken_together() {
    let group = |id: &str, members: &str| {
        format!(
            "<ReplicationGroup><ReplicationGroupId>{id}</ReplicationGroupId><ARN>arn:{id}</ARN><Status>available</Status>\
             <MemberClusters>{members}</MemberClusters></ReplicationGroup>"
        )
    };
    let all = group("used", "<ClusterId>used-1</ClusterId><ClusterId>used-2-busy</ClusterId>")
        + &group("left", "<ClusterId>left-1</ClusterId>");
    let reply = move |asked: &Asked| match operation(asked) {
        "DescribeReplicationGroups" => {
            result("DescribeReplicationGroups", &format!("<ReplicationGroups>{all}</ReplicationGroups>"))
        }
        operation => result(operation, ""),
    };
    let inventory = measured("elasticache", reply, by_name(5.0, 0.0)).await;
    assert_eq!(statuses(&inventory, "elasticache_idle"), ["left fail", "used pass"]);
    assert_eq!(metric(&inventory, "used", "GetTypeCmds"), json!({ "Sum": 70.0, "Days": 14.0 }));
}

#[tokio::test]
async fn load_balancers_are_measured_by_their_type() {
    let balancer = |name: &str, kind: &str, short: &str| {
        format!(
            "<member><LoadBalancerArn>arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/{short}/{name}/50-{name}\
             </LoadBalancerArn><LoadBalancerName>{name}</LoadBalancerName><Type>{kind}</Type>\
             <CreatedTime>2024-01-01T00:00:00Z</CreatedTime></member>"
        )
    };
    let all = balancer("a-busy", "application", "app")
        + &balancer("a-idle", "application", "app")
        + &balancer("n-busy", "network", "net")
        + &balancer("n-idle", "network", "net");
    let reply = move |asked: &Asked| match operation(asked) {
        "DescribeLoadBalancers" => result("DescribeLoadBalancers", &format!("<LoadBalancers>{all}</LoadBalancers>")),
        operation => result(operation, ""),
    };
    let inventory = measured("elbv2", reply, |query| {
        let wanted = match query.namespace.as_str() {
            "AWS/ApplicationELB" => "LoadBalancer=app/",
            _ => "LoadBalancer=net/",
        };
        assert!(query.dimensions[0].starts_with(wanted), "{query:?}");
        if query.dimensions[0].ends_with("busy") { vec![3.0] } else { Vec::new() }
    })
    .await;
    assert_eq!(statuses(&inventory, "elbv2_idle"), ["a-busy pass", "a-idle fail", "n-busy pass", "n-idle fail"]);
}

#[tokio::test]
async fn gateways_volumes_and_services() {
    let gateway = |id: &str| {
        format!(
            "<item><natGatewayId>{id}</natGatewayId><state>available</state>\
             <createTime>2024-01-01T00:00:00Z</createTime></item>"
        )
    };
    let all = gateway("nat-busy") + &gateway("nat-idle");
    let inventory = measured(
        "vpc_connections",
        move |asked| match operation(asked) {
            "DescribeNatGateways" => xml(&format!("<natGatewaySet>{all}</natGatewaySet>")),
            _ => xml(""),
        },
        by_name(1e6, 0.0),
    )
    .await;
    assert_eq!(statuses(&inventory, "vpc_nat_gateway_idle"), ["nat-busy pass", "nat-idle fail"]);

    let volume =
        |id: &str| format!("<item><volumeId>{id}</volumeId><volumeType>io2</volumeType><iops>6000</iops></item>");
    let all = volume("vol-busy") + &volume("vol-idle");
    let inventory = measured(
        "ebs",
        move |asked| match operation(asked) {
            "DescribeVolumes" => xml(&format!("<volumeSet>{all}</volumeSet>")),
            _ => xml(""),
        },
        by_name(200_000.0, 100.0),
    )
    .await;
    assert_eq!(metric(&inventory, "vol-busy", "VolumeReadOps"), json!({ "Maximum": 200_000.0, "Days": 14.0 }));

    let service = |name: &str| {
        json!({ "serviceName": name, "serviceArn": format!("arn:aws:ecs:us-east-1:1:service/shop/{name}"),
            "clusterArn": "arn:aws:ecs:us-east-1:1:cluster/shop", "runningCount": 1,
            "taskDefinition": "arn:aws:ecs:us-east-1:1:task-definition/web:1" })
    };
    let services = json!({ "services": [service("busy"), service("idle")] });
    let inventory = measured(
        "ecs",
        move |asked| match asked.operation() {
            "ListClusters" => Reply::json(json!({ "clusterArns": ["arn:aws:ecs:us-east-1:1:cluster/shop"] })),
            "ListServices" => Reply::json(json!({ "serviceArns": ["busy", "idle"] })),
            "DescribeServices" => Reply::json(services.clone()),
            "DescribeTaskDefinition" => Reply::json(json!({ "taskDefinition": { "cpu": "2048", "memory": "4096" } })),
            _ => Reply::json(json!({})),
        },
        |query| {
            assert_eq!(query.dimensions[0], "ClusterName=shop");
            days(if query.dimensions[1] == "ServiceName=busy" { 70.0 } else { 4.0 })
        },
    )
    .await;
    assert_eq!(statuses(&inventory, "ecs_service_oversized"), ["busy pass", "idle fail"]);
}

#[tokio::test]
async fn domains_endpoints_and_quotas() {
    let domain = |name: &str| {
        json!({ "DomainName": name, "ARN": format!("arn:aws:es:us-east-1:1:domain/{name}"),
            "EBSOptions": { "EBSEnabled": true, "VolumeSize": 10 } })
    };
    let domains = json!({ "DomainStatusList": [domain("well"), domain("red"), domain("full")] });
    let inventory = measured(
        "opensearch",
        move |asked| match asked.path.ends_with("/domain-info") {
            true => Reply::json(domains.clone()),
            false => Reply::json(json!({ "DomainNames": [{ "DomainName": "well" }, { "DomainName": "red" }] })),
        },
        |query| {
            assert_eq!(query.dimensions[0], "ClientId=1");
            match (query.metric.as_str(), query.dimensions[1].as_str()) {
                ("ClusterStatus.red", "DomainName=red") => vec![1.0],
                ("FreeStorageSpace", "DomainName=full") => vec![100.0],
                ("FreeStorageSpace", _) => vec![8000.0],
                ("JVMMemoryPressure", _) => vec![50.0],
                _ => vec![0.0],
            }
        },
    )
    .await;
    assert_eq!(statuses(&inventory, "opensearch_cluster_healthy"), ["full fail", "red fail", "well pass"]);

    let endpoint = |name: &str| {
        json!({ "EndpointName": name, "EndpointArn": format!("arn:aws:sagemaker:us-east-1:1:endpoint/{name}"),
            "EndpointStatus": "InService", "CreationTime": 1_640_995_200.0 })
    };
    let endpoints = json!({ "Endpoints": [endpoint("busy"), endpoint("idle")] });
    let inventory = measured(
        "sagemaker_endpoints",
        move |asked| match asked.operation() {
            "ListEndpoints" => Reply::json(endpoints.clone()),
            "DescribeEndpoint" => Reply::json(json!({ "ProductionVariants": [
                { "VariantName": "a", "CurrentInstanceCount": 1 }, { "VariantName": "b", "CurrentInstanceCount": 1 },
            ] })),
            _ => Reply::json(json!({})),
        },
        |query| match (query.dimensions[0].as_str(), query.dimensions[1].as_str()) {
            ("EndpointName=busy", "VariantName=b") => vec![4.0],
            _ => Vec::new(),
        },
    )
    .await;
    assert_eq!(statuses(&inventory, "sagemaker_endpoint_idle"), ["busy pass", "idle fail"]);

    let quota = |code: &str, resource: &str| {
        json!({ "QuotaCode": code, "QuotaName": resource, "Value": 100.0, "Adjustable": true, "UsageMetric": {
            "MetricNamespace": "AWS/Usage", "MetricName": "ResourceCount", "MetricDimensions": {
                "Class": "None", "Resource": resource, "Service": "EC2", "Type": "Resource" } } })
    };
    let quotas =
        json!({ "Quotas": [quota("L-1", "busy"), quota("L-2", "calm"), { "QuotaCode": "L-3", "Value": 1.0 }] });
    let inventory = measured(
        "servicequotas",
        move |asked| match asked.json()["ServiceCode"].as_str() {
            Some("ec2") => Reply::json(quotas.clone()),
            Some("vpc") => Reply::json(json!({ "Quotas": [] })),
            _ => Reply::error("NoSuchResourceException"),
        },
        |query| vec![if query.dimensions[1] == "Resource=busy" { 95.0 } else { 20.0 }],
    )
    .await;
    assert_eq!(statuses(&inventory, "servicequotas_usage_below_threshold"), ["L-1 fail", "L-2 pass"]);
    assert!(inventory.gaps.is_empty(), "{:?}", inventory.gaps);
}

fn recommendations(asked: &Asked) -> Reply {
    match asked.operation() {
        "GetEC2InstanceRecommendations" => Reply::json(json!({ "instanceRecommendations": [{
            "instanceArn": "arn:aws:ec2:us-east-1:1:instance/i-1", "finding": "OVER_PROVISIONED",
            "utilizationMetrics": [{ "name": "GPU_PERCENTAGE", "statistic": "Maximum", "value": 2.0 }],
        }] })),
        "GetLambdaFunctionRecommendations" => Reply::json(json!({ "lambdaFunctionRecommendations": [{
            "functionArn": "arn:aws:lambda:us-east-1:1:function:orders:$LATEST", "finding": "NotOptimized",
        }] })),
        "GetRDSDatabaseRecommendations" => Reply::error("AccessDeniedException"),
        _ => Reply::error("OptInRequiredException"),
    }
}

#[tokio::test]
async fn recommendations_name_what_they_are_for() {
    let inventory = scanned("compute_recommendations", recommendations).await;
    let found: Vec<_> =
        inventory.resources.iter().map(|resource| (resource.kind.as_str(), resource.id.as_str())).collect();
    assert_eq!(found.get(..2), Some(&[("Pilaster::Account", "1"), ("Pilaster::Region", "us-east-1"),][..]));
    assert_eq!(
        found.get(2..),
        Some(
            &[
                ("Pilaster::FunctionRecommendation", "arn:aws:lambda:us-east-1:1:function:orders"),
                ("Pilaster::InstanceRecommendation", "arn:aws:ec2:us-east-1:1:instance/i-1"),
            ][..]
        )
    );
    assert_eq!(property(&inventory, "arn:aws:ec2:us-east-1:1:instance/i-1", "Finding"), json!("Overprovisioned"));
    let hidden: Vec<_> = inventory.gaps.iter().flat_map(|gap| &gap.hides).collect();
    assert_eq!(hidden, ["Pilaster::DatabaseRecommendation"], "not to be enrolled is no gap");
    let (inventory, _) =
        scanned_in("compute_recommendations", &["us-east-1"], |_| Reply::error("OptInRequiredException")).await;
    assert!(inventory.gaps.is_empty(), "{:?}", inventory.gaps);
}
