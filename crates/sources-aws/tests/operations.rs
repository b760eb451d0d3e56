//! How what runs is kept running: patches, backups, health of targets, open items, reviews.

mod support;

use model::{Inventory, Value};
use serde_json::json;
use sources_aws::Stop;
use testbed::cloud::{Asked, Reply};

use support::{scanned, scanned_with, statuses};

fn missing(inventory: &Inventory) -> Vec<&str> {
    inventory.gaps.iter().filter_map(|gap| gap.action.as_deref()).collect()
}

fn kinds(inventory: &Inventory) -> Vec<&str> {
    let kinds = inventory.resources.iter().map(|resource| resource.kind.as_str());
    kinds.filter(|kind| !matches!(*kind, "Pilaster::Account" | "Pilaster::Region")).collect()
}

/// What a resource has at a path, as text.
fn observed(inventory: &Inventory, id: &str, path: &str) -> Option<String> {
    let resource = inventory.resources.iter().find(|resource| resource.id == id).expect(id);
    let node = path.split('.').try_fold(&resource.properties, |node, key| node.get(key))?;
    match &node.value {
        Value::Text(text) | Value::Number(text) => Some(text.to_string()),
        other => Some(format!("{other:?}")),
    }
}

/// Answers of the protocol that sends forms: by the operation, what stands in its result.
fn form(asked: &Asked, answers: &[(&str, &str)]) -> Reply {
    let action = asked.body.strip_prefix("Action=").and_then(|body| body.split('&').next()).unwrap_or_default();
    let body = answers.iter().find(|(operation, _)| *operation == action).map(|(_, body)| *body).unwrap_or_default();
    Reply::Answer(200, format!("<{action}Response><{action}Result>{body}</{action}Result></{action}Response>"))
}

fn refused() -> Reply {
    Reply::Answer(403, "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>".to_owned())
}

fn nodes(asked: &Asked) -> Reply {
    Reply::json(match asked.operation() {
        "DescribeInstanceInformation" => json!({ "InstanceInformationList": [
            { "InstanceId": "i-current", "PingStatus": "Online" },
            { "InstanceId": "i-behind", "PingStatus": "Online" },
            { "InstanceId": "i-long", "PingStatus": "Online" },
            { "InstanceId": "mi-new", "PingStatus": "ConnectionLost", "LastPingDateTime": 1.7932e9 },
        ] }),
        _ => {
            assert_eq!(asked.json()["InstanceIds"], json!(["i-current", "i-behind", "i-long", "mi-new"]));
            json!({ "InstancePatchStates": [
                { "InstanceId": "i-behind", "CriticalNonCompliantCount": 1, "SecurityNonCompliantCount": 0 },
                { "InstanceId": "i-current", "CriticalNonCompliantCount": 0, "SecurityNonCompliantCount": 0,
                    "OperationEndTime": 1.7933184e9 },
                { "InstanceId": "i-long", "CriticalNonCompliantCount": 0, "SecurityNonCompliantCount": 0,
                    "OperationEndTime": 1.780272e9 },
            ] })
        }
    })
}

#[tokio::test]
async fn machines_come_with_the_patches_they_lack() {
    let inventory = scanned("ssm_nodes", nodes).await;
    assert!(inventory.gaps.is_empty(), "{:?}", inventory.gaps);
    assert_eq!(statuses(&inventory, "ssm_patch_compliance"), ["i-behind fail", "i-current pass", "i-long fail"]);
    assert_eq!(observed(&inventory, "mi-new", "Observed.PingStatus").as_deref(), Some("ConnectionLost"));
    assert_eq!(observed(&inventory, "mi-new", "Observed.Patches"), None, "it was never looked at");

    let empty = scanned("ssm_nodes", |_| Reply::json(json!({ "InstanceInformationList": [] }))).await;
    assert!(kinds(&empty).is_empty() && empty.gaps.is_empty());
    let denied = scanned("ssm_nodes", |asked| match asked.operation() {
        "DescribeInstancePatchStates" => Reply::error("AccessDeniedException"),
        _ => nodes(asked),
    })
    .await;
    assert_eq!(statuses(&denied, "ssm_patch_compliance"), ["i-behind unknown", "i-current unknown", "i-long unknown"]);
    assert_eq!(missing(&denied), ["ssm:DescribeInstancePatchStates"]);
    let denied = scanned("ssm_nodes", |_| Reply::error("AccessDeniedException")).await;
    assert_eq!(missing(&denied), ["ssm:DescribeInstanceInformation"]);
}

#[tokio::test]
async fn patches_are_asked_for_fifty_machines_at_once() {
    let many = |asked: &Asked| {
        let ids: Vec<String> = match asked.operation() {
            "DescribeInstanceInformation" => (0..120).map(|number| format!("i-{number:03}")).collect(),
            _ => {
                let asked = asked.json()["InstanceIds"].as_array().cloned().unwrap_or_default();
                assert!(asked.len() <= 50, "{}", asked.len());
                asked.iter().filter_map(|id| id.as_str().map(str::to_owned)).collect()
            }
        };
        let states = ids
            .iter()
            .map(|id| json!({ "InstanceId": id, "PingStatus": "Online", "CriticalNonCompliantCount": 0, "SecurityNonCompliantCount": 0 }));
        let all: Vec<_> = states.collect();
        Reply::json(json!({ "InstanceInformationList": all.clone(), "InstancePatchStates": all }))
    };
    let passed = statuses(&scanned("ssm_nodes", many).await, "ssm_patch_compliance");
    assert_eq!(passed.len(), 120);
    assert!(passed.iter().all(|status| status.ends_with(" pass")), "{passed:?}");
}

#[tokio::test]
async fn open_items_have_an_age() {
    // The day of the scan is 2026-11-01.
    let items = |asked: &Asked| {
        assert_eq!(asked.json()["OpsItemFilters"][0]["Values"], json!(["Open"]));
        Reply::json(json!({ "OpsItemSummaries": [
            { "OpsItemId": "oi-old", "Severity": "1", "CreatedTime": 1.7855424e9, "Status": "Open" },
            { "OpsItemId": "oi-new", "Severity": "2", "CreatedTime": 1_793_404_800, "Status": "Open" },
            { "OpsItemId": "oi-minor", "Severity": "4", "CreatedTime": 1_700_000_000, "Status": "Open" },
            { "OpsItemId": "oi-plain", "CreatedTime": 1_700_000_000, "Status": "Open" },
        ] }))
    };
    let inventory = scanned("ssm_opsitems", items).await;
    assert_eq!(statuses(&inventory, "ssm_opsitems_not_stale"), ["oi-new pass", "oi-old fail"]);
    let empty = scanned("ssm_opsitems", |_| Reply::json(json!({ "OpsItemSummaries": [] }))).await;
    assert!(kinds(&empty).is_empty() && empty.gaps.is_empty());
    let denied = scanned("ssm_opsitems", |_| Reply::error("AccessDeniedException")).await;
    assert_eq!(missing(&denied), ["ssm:DescribeOpsItems"]);
    assert!(statuses(&denied, "ssm_opsitems_not_stale").is_empty());
}

#[tokio::test]
async fn of_each_resource_the_last_job_that_ended_counts() {
    let jobs = |asked: &Asked| {
        assert!(asked.path.contains("createdAfter=2026-10-23T00%3A00%3A00Z"), "{}", asked.path);
        let job = |resource: &str, created: f64, state: &str| {
            json!({ "ResourceArn": format!("arn:aws:ec2:us-east-1:1:volume/{resource}"), "CreationDate": created,
                "State": state, "BackupJobId": "j", "ResourceType": "EBS", "CreatedBy": { "BackupPlanId": "p" } })
        };
        Reply::json(json!({ "BackupJobs": [
            job("mended", 200.0, "COMPLETED"), job("mended", 100.0, "FAILED"),
            job("broken", 100.0, "COMPLETED"), job("broken", 200.5, "FAILED"), job("broken", 300.0, "RUNNING"),
            job("late", 1.79e9, "EXPIRED"), job("part", 1.79e9, "PARTIAL"), job("first", 1.79e9, "CREATED"),
        ] }))
    };
    let inventory = scanned("backup_jobs", jobs).await;
    let expected = ["broken fail", "late fail", "mended pass", "part fail"];
    assert_eq!(statuses(&inventory, "backup_jobs_succeeding"), expected);
    assert_eq!(observed(&inventory, "arn:aws:ec2:us-east-1:1:volume/late", "BackupPlanId").as_deref(), Some("p"));
    let empty = scanned("backup_jobs", |_| Reply::json(json!({ "BackupJobs": [] }))).await;
    assert!(kinds(&empty).is_empty() && empty.gaps.is_empty());
    let denied = scanned("backup_jobs", |_| Reply::error("AccessDeniedException")).await;
    assert_eq!(missing(&denied), ["backup:ListBackupJobs"]);
}

const GROUP: &str = "arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/web/1";

fn targets(asked: &Asked, second: &str) -> Reply {
    let groups = format!(
        "<TargetGroups><member><TargetGroupArn>{GROUP}</TargetGroupArn><TargetGroupName>web</TargetGroupName>\
         <TargetType>ip</TargetType><LoadBalancerArns><member>arn:lb</member></LoadBalancerArns></member></TargetGroups>"
    );
    let target = |id: &str, zone: &str, state: &str| {
        format!(
            "<member><Target><Id>{id}</Id><Port>80</Port><AvailabilityZone>{zone}</AvailabilityZone></Target>\
             <TargetHealth><State>{state}</State></TargetHealth></member>"
        )
    };
    let health = target("10.0.1.1", "us-east-1a", "healthy") + &target("10.0.2.1", "us-east-1b", second);
    let health = format!("<TargetHealthDescriptions>{health}</TargetHealthDescriptions>");
    form(asked, &[("DescribeTargetGroups", &groups), ("DescribeTargetHealth", &health)])
}

#[tokio::test]
async fn healthy_targets_are_counted_by_zone() {
    let inventory = scanned("elbv2", |asked| targets(asked, "healthy")).await;
    assert_eq!(statuses(&inventory, "elbv2_targets_healthy"), ["web pass"]);
    let inventory = scanned("elbv2", |asked| targets(asked, "unhealthy")).await;
    assert_eq!(statuses(&inventory, "elbv2_targets_healthy"), ["web fail"]);
    let denied = scanned("elbv2", |asked| match asked.body.contains("Action=DescribeTargetHealth") {
        true => refused(),
        false => targets(asked, "healthy"),
    })
    .await;
    assert_eq!(statuses(&denied, "elbv2_targets_healthy"), ["web unknown"]);
    assert_eq!(missing(&denied), ["elasticloadbalancing:DescribeTargetHealth"]);
}

#[tokio::test]
async fn alarms_and_stacks_say_since_when() {
    let alarm = |name: &str, state: &str, since: &str| {
        format!(
            "<member><AlarmName>{name}</AlarmName><StateValue>{state}</StateValue>\
             <StateTransitionedTimestamp>{since}</StateTransitionedTimestamp></member>"
        )
    };
    let alarms = alarm("blind", "INSUFFICIENT_DATA", "2026-03-01T00:00:00Z")
        + &alarm("new", "INSUFFICIENT_DATA", "2026-10-31T00:00:00Z")
        + &alarm("TargetTracking-table/orders-AlarmLow", "INSUFFICIENT_DATA", "2026-03-01T00:00:00Z")
        + &alarm("sees", "OK", "2026-03-01T00:00:00Z");
    let alarms = format!("<MetricAlarms>{alarms}</MetricAlarms>");
    let inventory = scanned("cloudwatch", move |asked| match asked.body.contains("MetricAlarm") {
        true => form(asked, &[("DescribeAlarms", &alarms)]),
        false => form(asked, &[]),
    })
    .await;
    let expected = ["blind fail", "new pass", "sees pass"];
    assert_eq!(statuses(&inventory, "cloudwatch_alarm_no_insufficient_data"), expected);

    let stack = |name: &str, drift: &str, since: &str| {
        format!(
            "<member><StackName>{name}</StackName><StackId>arn:{name}</StackId><StackStatus>UPDATE_COMPLETE</StackStatus>\
             <DriftInformation><StackDriftStatus>{drift}</StackDriftStatus>{since}</DriftInformation></member>"
        )
    };
    let lately = "<LastCheckTimestamp>2026-10-30T06:00:00.000Z</LastCheckTimestamp>";
    let stacks =
        stack("drifted", "DRIFTED", lately) + &stack("never", "NOT_CHECKED", "") + &stack("same", "IN_SYNC", lately);
    let stacks = format!("<Stacks>{stacks}</Stacks>");
    let inventory = scanned("cloudformation", move |asked| form(asked, &[("DescribeStacks", &stacks)])).await;
    assert_eq!(statuses(&inventory, "cloudformation_stack_drift"), ["drifted fail", "never fail", "same pass"]);
}

#[tokio::test]
async fn an_account_has_a_workload_that_was_reviewed() {
    let summary = |updated: i64, risk: &'static str| {
        move |_: &Asked| {
            let workload = json!({ "WorkloadId": "w", "UpdatedAt": updated, "RiskCounts": { risk: 57 } });
            Reply::json(json!({ "WorkloadSummaries": [workload] }))
        }
    };
    let reviewed = |updated: i64| summary(updated, "NONE");
    let check = "wellarchitected_workload_reviewed";
    assert_eq!(statuses(&scanned("wellarchitected", reviewed(1_780_272_000)).await, check), ["1 pass"]);
    assert_eq!(statuses(&scanned("wellarchitected", reviewed(1_717_200_000)).await, check), ["1 fail"]);
    let unanswered = scanned("wellarchitected", summary(1_780_272_000, "UNANSWERED")).await;
    assert_eq!(statuses(&unanswered, check), ["1 fail"]);
    let none = scanned("wellarchitected", |_| Reply::json(json!({ "WorkloadSummaries": [] }))).await;
    assert_eq!(statuses(&none, check), ["1 fail"]);
    let denied = scanned("wellarchitected", |_| Reply::error("AccessDeniedException")).await;
    assert_eq!(statuses(&denied, check), ["1 unknown"]);
    assert_eq!(missing(&denied), ["wellarchitected:ListWorkloads"]);
}

#[tokio::test]
async fn findings_are_asked_of_analyzers_that_look_outside() {
    let reply = |found: serde_json::Value| {
        move |asked: &Asked| {
            let analyzer = |name: &str, kind: &str| json!({ "name": name, "arn": format!("arn:{name}"), "type": kind, "status": "ACTIVE" });
            match asked.path.as_str() {
                "/findingv2" => {
                    assert_eq!(asked.json()["analyzerArn"], "arn:outside");
                    assert_eq!(asked.json()["filter"], json!({ "status": { "eq": ["ACTIVE"] } }));
                    Reply::json(json!({ "findings": found }))
                }
                path if path.ends_with("archive-rule") => Reply::json(json!({ "archiveRules": [] })),
                _ => Reply::json(json!({ "analyzers": [
                    analyzer("outside", "ACCOUNT"), analyzer("unused", "ACCOUNT_UNUSED_ACCESS"),
                ] })),
            }
        }
    };
    let check = "accessanalyzer_findings_resolved";
    assert_eq!(statuses(&scanned("accessanalyzer", reply(json!([]))).await, check), ["outside pass"]);
    let found = json!([{ "id": "f", "resource": "arn:aws:s3:::exports", "resourceType": "AWS::S3::Bucket" }]);
    assert_eq!(statuses(&scanned("accessanalyzer", reply(found)).await, check), ["outside fail"]);
    let denied = scanned("accessanalyzer", move |asked| match asked.path.as_str() {
        "/findingv2" => Reply::error("AccessDeniedException"),
        _ => reply(json!([]))(asked),
    })
    .await;
    assert_eq!(statuses(&denied, check), ["outside unknown"]);
}

#[tokio::test]
async fn macie_that_is_off_is_no_macie_that_may_not_be_asked() {
    let answer = |message: &str| {
        let body = json!({ "message": message }).to_string();
        move |_: &Asked| Reply::Answer(403, body.replacen('{', "{\"__type\":\"AccessDeniedException\",", 1))
    };
    let off = scanned("macie2", answer("Macie is not enabled.")).await;
    assert!(kinds(&off).is_empty() && off.gaps.is_empty(), "{:?}", off.gaps);
    let denied = scanned("macie2", answer("User: arn:aws:iam::1:user/a is not authorized to perform this")).await;
    assert_eq!(missing(&denied), ["macie2:GetMacieSession"]);
    assert!(!format!("{denied:?}").contains("user/a"), "messages are not kept");
}

#[tokio::test]
async fn authorities_of_databases_have_a_last_day() {
    let authorities = "<Certificates><Certificate><CertificateIdentifier>rds-ca-rsa2048-g1</CertificateIdentifier>\
        <ValidTill>2061-05-21T23:00:16Z</ValidTill></Certificate><Certificate>\
        <CertificateIdentifier>rds-ca-2019</CertificateIdentifier><ValidTill>2024-08-22T17:08:50Z</ValidTill>\
        </Certificate></Certificates>";
    let inventory =
        scanned("rds_certificates", move |asked| form(asked, &[("DescribeCertificates", authorities)])).await;
    assert_eq!(kinds(&inventory), ["Pilaster::DatabaseAuthority"; 2]);
    assert_eq!(observed(&inventory, "rds-ca-2019", "ValidTill").as_deref(), Some("2024-08-22T17:08:50Z"));
    let empty = scanned("rds_certificates", |asked| form(asked, &[])).await;
    assert!(kinds(&empty).is_empty() && empty.gaps.is_empty());
    let denied = scanned("rds_certificates", |_| refused()).await;
    assert_eq!(missing(&denied), ["rds:DescribeCertificates"]);
}

fn instances(asked: &Asked) -> Reply {
    let action = asked.body.strip_prefix("Action=").and_then(|body| body.split('&').next()).unwrap_or_default();
    let instance = |id: &str, image: &str| {
        format!(
            "<item><instancesSet><item><instanceId>{id}</instanceId><imageId>{image}</imageId>\
             <operator><managed>{}</managed></operator>\
             <instanceState><name>running</name></instanceState></item></instancesSet></item>",
            id == "i-auto"
        )
    };
    let image =
        |id: &str, created: &str| format!("<item><imageId>{id}</imageId><creationDate>{created}</creationDate></item>");
    let body = match action {
        "DescribeInstances" => format!(
            "<reservationSet>{}{}{}{}</reservationSet>",
            instance("i-auto", "ami-0"),
            instance("i-gone", "ami-0"),
            instance("i-new", "ami-2"),
            instance("i-old", "ami-1")
        ),
        "DescribeImages" => {
            let all = "Filter.1.Value.1=ami-0&Filter.1.Value.2=ami-1&Filter.1.Value.3=ami-2";
            assert!(asked.body.contains("IncludeDisabled=true"), "{}", asked.body);
            assert!(asked.body.contains("Filter.1.Name=image-id") && asked.body.contains(all), "{}", asked.body);
            let images = image("ami-1", "2023-04-01T10:00:00.000Z") + &image("ami-2", "2026-08-01T10:00:00.000Z");
            format!("<imagesSet>{images}</imagesSet>")
        }
        _ => String::new(),
    };
    Reply::Answer(200, format!("<{action}Response>{body}</{action}Response>"))
}

#[tokio::test]
async fn images_are_there_or_not_and_have_an_age() {
    let check = "ec2_instance_ami_age";
    let inventory = scanned("ec2", instances).await;
    assert!(inventory.gaps.is_empty(), "{:?}", inventory.gaps);
    assert_eq!(statuses(&inventory, check), ["i-gone fail", "i-new pass", "i-old fail"]);
    let denied = scanned("ec2", |asked| match asked.body.starts_with("Action=DescribeImages") {
        true => {
            Reply::Answer(403, "<R><Errors><Error><Code>UnauthorizedOperation</Code></Error></Errors></R>".to_owned())
        }
        false => instances(asked),
    })
    .await;
    assert_eq!(statuses(&denied, check), ["i-gone unknown", "i-new unknown", "i-old unknown"]);
    assert_eq!(missing(&denied), ["ec2:DescribeImages"]);
}

fn disks(asked: &Asked) -> Reply {
    let action = asked.body.strip_prefix("Action=").and_then(|body| body.split('&').next()).unwrap_or_default();
    let snapshot = |id: &str, volume: &str| {
        format!(
            "<item><snapshotId>{id}</snapshotId><volumeId>{volume}</volumeId>\
             <startTime>2022-05-01T10:00:00Z</startTime><storageTier>standard</storageTier></item>"
        )
    };
    let body = match action {
        "DescribeVolumes" => "<volumeSet><item><volumeId>vol-1</volumeId></item></volumeSet>".to_owned(),
        "DescribeImages" => "<imagesSet><item><imageId>ami-1</imageId><blockDeviceMapping><item><deviceName>/dev/xvda\
            </deviceName><ebs><snapshotId>snap-image</snapshotId></ebs></item></blockDeviceMapping></item></imagesSet>"
            .to_owned(),
        "DescribeLaunchTemplates" => "<launchTemplates><item><launchTemplateId>lt-1</launchTemplateId>\
            <defaultVersionNumber>1</defaultVersionNumber><latestVersionNumber>1</latestVersionNumber></item>\
            </launchTemplates>"
            .to_owned(),
        "DescribeLaunchTemplateVersions" => "<launchTemplateVersionSet><item><versionNumber>1</versionNumber>\
            <launchTemplateData><blockDeviceMappingSet><item><ebs><snapshotId>snap-template</snapshotId></ebs></item>\
            </blockDeviceMappingSet></launchTemplateData></item></launchTemplateVersionSet>"
            .to_owned(),
        "DescribeSnapshots" if asked.body.contains("RestorableBy") => String::new(),
        "DescribeSnapshots" => format!(
            "<snapshotSet>{}{}{}{}</snapshotSet>",
            snapshot("snap-image", "vol-2"),
            snapshot("snap-left", "vol-2"),
            snapshot("snap-template", "vol-2"),
            snapshot("snap-volume", "vol-1")
        ),
        _ => String::new(),
    };
    Reply::Answer(200, format!("<{action}Response>{body}</{action}Response>"))
}

#[tokio::test]
async fn snapshots_belong_to_something_or_were_left_over() {
    let check = "ebs_snapshot_stale";
    // Launch templates, which may name a snapshot, are read along with instances.
    let reply =
        |asked: &Asked| if support::metrics::is_asked(asked) { support::metrics::nothing(asked) } else { disks(asked) };
    let both = |name: &str| matches!(name, "ebs" | "ec2");
    let (inventory, _) = scanned_with(&Stop::default(), both, &["us-east-1"], reply).await;
    let found = statuses(&inventory, check);
    assert_eq!(found, ["snap-image pass", "snap-left fail", "snap-template pass", "snap-volume pass"]);
    for refused in ["DescribeVolumes", "DescribeImages"] {
        let denied = scanned("ebs", move |asked| match asked.body.starts_with(&format!("Action={refused}&")) {
            true => Reply::Answer(
                403,
                "<R><Errors><Error><Code>UnauthorizedOperation</Code></Error></Errors></R>".to_owned(),
            ),
            false => disks(asked),
        })
        .await;
        assert!(statuses(&denied, check).contains(&"snap-left unknown".to_owned()), "{refused}");
    }
}
