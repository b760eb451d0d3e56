//! What an account shows to all, and the settings that keep it from doing so: read from a stand-in, judged by
//! checks.

mod support;

use serde_json::{Value, json};
use support::{scanned, scanned_in, statuses};
use testbed::cloud::{Asked, Reply};

/// The operation of services that name it in a form.
fn form(asked: &Asked) -> &str {
    asked.body.split('&').find_map(|pair| pair.strip_prefix("Action=")).unwrap_or_default()
}

fn xml(text: &str) -> Reply {
    Reply::Answer(200, text.to_owned())
}

fn fault(status: u16, code: &str) -> Reply {
    Reply::Answer(status, format!("<R><Error><Code>{code}</Code></Error></R>"))
}

fn result(operation: &str, inner: &str) -> Reply {
    xml(&format!("<{operation}Response><{operation}Result>{inner}</{operation}Result></{operation}Response>"))
}

const BLOCKED: &str = "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls>\
    <IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy>\
    <RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>";

#[tokio::test]
async fn the_account_blocks_public_access_or_not() {
    let judged = |reply: Reply| async move {
        let inventory = scanned("s3control", move |asked| {
            let account = asked.headers.get("x-amz-account-id").map(String::as_str);
            match (account, asked.path.as_str()) {
                (Some("1"), "/v20180820/configuration/publicAccessBlock") => reply.clone(),
                _ => fault(400, "InvalidRequest"),
            }
        })
        .await;
        statuses(&inventory, "s3_account_public_access_block")
    };
    assert_eq!(judged(xml(BLOCKED)).await, ["1 pass"]);
    assert_eq!(judged(xml(&BLOCKED.replacen("true", "false", 1))).await, ["1 fail"]);
    assert_eq!(judged(fault(404, "NoSuchPublicAccessBlockConfiguration")).await, ["1 fail"]);
    assert_eq!(judged(fault(403, "AccessDenied")).await, ["1 unknown"]);
}

#[tokio::test]
async fn access_points_say_themselves_what_they_block() {
    let reply = |asked: &Asked| match asked.path.split('?').next().unwrap_or_default() {
        "/v20180820/accesspoint" if asked.path.contains("nextToken") => xml("<R><AccessPointList/></R>"),
        "/v20180820/accesspoint" => {
            xml("<R><AccessPointList><AccessPoint><Name>open</Name><Bucket>b</Bucket></AccessPoint>\
            <AccessPoint><Name>shut</Name><Bucket>b</Bucket></AccessPoint><AccessPoint><Name>veiled</Name></AccessPoint>\
            </AccessPointList><NextToken>n</NextToken></R>")
        }
        "/v20180820/accesspoint/veiled" => fault(403, "AccessDenied"),
        "/v20180820/accesspoint/shut" => xml(&format!("<R>{BLOCKED}</R>")),
        _ => xml(&format!("<R>{}</R>", BLOCKED.replace("true", "false"))),
    };
    let inventory = scanned("s3_access_points", reply).await;
    let points = statuses(&inventory, "s3_access_point_public_access_block");
    assert_eq!(points, ["open fail", "shut pass", "veiled unknown"]);
    let none = scanned("s3_access_points", |_| xml("<R><AccessPointList/></R>")).await;
    assert!(statuses(&none, "s3_access_point_public_access_block").is_empty() && none.gaps.is_empty());
    let denied = scanned("s3_access_points", |_| fault(403, "AccessDenied")).await;
    assert_eq!(denied.gaps[0].hides, ["AWS::S3::AccessPoint"]);
}

fn ebs(asked: &Asked) -> Reply {
    xml(&match form(asked) {
        "DescribeSnapshots" if asked.body.contains("RestorableBy.1=all") => {
            "<R><snapshotSet><item><snapshotId>snap-2</snapshotId></item></snapshotSet></R>".to_owned()
        }
        "DescribeSnapshots" => "<R><snapshotSet><item><snapshotId>snap-1</snapshotId></item>\
            <item><snapshotId>snap-2</snapshotId></item></snapshotSet></R>"
            .to_owned(),
        "DescribeImages" => "<R><imagesSet><item><imageId>ami-1</imageId><isPublic>true</isPublic></item>\
            <item><imageId>ami-2</imageId><isPublic>false</isPublic></item></imagesSet></R>"
            .to_owned(),
        "GetSnapshotBlockPublicAccessState" => "<R><state>unblocked</state></R>".to_owned(),
        "GetEbsEncryptionByDefault" => {
            format!("<R><ebsEncryptionByDefault>{}</ebsEncryptionByDefault></R>", asked.region() == "eu-west-1")
        }
        _ => "<R><nothing/></R>".to_owned(),
    })
}

#[tokio::test]
async fn snapshots_and_images_are_public_or_not() {
    let inventory = scanned_in("ebs", &["us-east-1", "eu-west-1"], ebs).await.0;
    assert!(inventory.gaps.is_empty(), "{:?}", inventory.gaps);
    let snapshots = statuses(&inventory, "ebs_snapshot_not_public");
    assert_eq!(snapshots, ["snap-1 pass", "snap-2 fail", "snap-1 pass", "snap-2 fail"]);
    assert_eq!(statuses(&inventory, "ec2_ami_not_public")[..2], ["ami-1 fail", "ami-2 pass"]);
    assert_eq!(statuses(&inventory, "ebs_default_encryption"), ["eu-west-1 pass", "us-east-1 fail"]);
    let blocked = scanned("ebs", |asked| match form(asked) {
        "GetSnapshotBlockPublicAccessState" => xml("<R><state>block-all-sharing</state></R>"),
        _ => ebs(asked),
    })
    .await;
    assert_eq!(statuses(&blocked, "ebs_snapshot_not_public"), ["snap-1 pass", "snap-2 pass"]);
    let empty = scanned("ebs", |asked| match form(asked) {
        "DescribeSnapshots" => {
            assert!(!asked.body.contains("RestorableBy"), "nobody asks whether nothing is public");
            xml("<R><snapshotSet/></R>")
        }
        _ => ebs(asked),
    })
    .await;
    assert!(statuses(&empty, "ebs_snapshot_not_public").is_empty());
}

#[tokio::test]
async fn what_is_denied_of_snapshots_is_unknown() {
    let who = scanned("ebs", |asked| match asked.body.contains("RestorableBy") {
        true => fault(403, "UnauthorizedOperation"),
        false => ebs(asked),
    })
    .await;
    assert_eq!(statuses(&who, "ebs_snapshot_not_public"), ["snap-1 unknown", "snap-2 unknown"]);
    let settings = scanned("ebs", |asked| match form(asked) {
        "GetSnapshotBlockPublicAccessState" | "GetEbsEncryptionByDefault" => fault(403, "UnauthorizedOperation"),
        _ => ebs(asked),
    })
    .await;
    assert_eq!(statuses(&settings, "ebs_snapshot_not_public"), ["snap-1 pass", "snap-2 unknown"]);
    assert_eq!(statuses(&settings, "ebs_default_encryption"), ["us-east-1 unknown"]);
}

fn rds(asked: &Asked) -> Reply {
    let attributes = |kind: &str, values: &str| {
        format!(
            "<{kind}AttributesResult><{kind}Attributes><{kind}Attribute><AttributeName>restore</AttributeName>\
             <AttributeValues>{values}</AttributeValues></{kind}Attribute></{kind}Attributes></{kind}AttributesResult>"
        )
    };
    let everyone = "<AttributeValue>all</AttributeValue>";
    let operation = form(asked);
    result(
        operation,
        &match operation {
            // Of others, the service makes the snapshots, or other accounts.
            "DescribeDBSnapshots" if !asked.body.contains("SnapshotType=manual") => "<DBSnapshots/>".to_owned(),
            "DescribeDBSnapshots" => {
                let snapshot = |name: &str, encrypted: bool| {
                    format!(
                        "<DBSnapshot><DBSnapshotIdentifier>{name}</DBSnapshotIdentifier><Encrypted>{encrypted}</Encrypted></DBSnapshot>"
                    )
                };
                let all = [snapshot("open", false), snapshot("sealed", true), snapshot("shared", false)];
                format!("<DBSnapshots>{}</DBSnapshots>", all.concat())
            }
            "DescribeDBSnapshotAttributes" if asked.body.contains("=open") => attributes("DBSnapshot", everyone),
            "DescribeDBSnapshotAttributes" => {
                assert!(!asked.body.contains("=sealed"), "what is encrypted cannot be public");
                attributes("DBSnapshot", "<AttributeValue>444455556666</AttributeValue>")
            }
            "DescribeDBClusterSnapshots" => "<DBClusterSnapshots><DBClusterSnapshot>\
                <DBClusterSnapshotIdentifier>cluster</DBClusterSnapshotIdentifier><StorageEncrypted>false</StorageEncrypted>\
                </DBClusterSnapshot></DBClusterSnapshots>"
                .to_owned(),
            _ => attributes("DBClusterSnapshot", everyone),
        },
    )
}

#[tokio::test]
async fn database_snapshots_are_public_or_not() {
    let inventory = scanned("rds_snapshots", rds).await;
    assert!(inventory.gaps.is_empty(), "{:?}", inventory.gaps);
    let snapshots = statuses(&inventory, "rds_snapshot_not_public");
    assert_eq!(snapshots, ["cluster fail", "open fail", "sealed pass", "shared pass"]);
    let denied = scanned("rds_snapshots", |asked| match form(asked) {
        "DescribeDBSnapshotAttributes" | "DescribeDBClusterSnapshots" => fault(403, "AccessDenied"),
        _ => rds(asked),
    })
    .await;
    let snapshots = statuses(&denied, "rds_snapshot_not_public");
    assert_eq!(snapshots, ["open unknown", "sealed pass", "shared unknown"]);
    assert!(denied.gaps.iter().any(|gap| gap.hides == ["Pilaster::DBClusterSnapshot"]), "{:?}", denied.gaps);
    let none = scanned("rds_snapshots", |asked| result(form(asked), "")).await;
    assert!(statuses(&none, "rds_snapshot_not_public").is_empty() && none.gaps.is_empty());
}

#[tokio::test]
async fn documents_are_shared_with_all_or_not() {
    let reply = |denied: bool| {
        move |asked: &Asked| match asked.operation() {
            "ListDocuments" => Reply::json(json!({ "DocumentIdentifiers": [{ "Name": "known" }, { "Name": "open" }] })),
            "DescribeDocumentPermission" | "GetServiceSetting" if denied => Reply::error("AccessDeniedException"),
            "DescribeDocumentPermission" if asked.json()["Name"] == "open" => {
                Reply::json(json!({ "AccountIds": ["All"] }))
            }
            "DescribeDocumentPermission" => Reply::json(json!({ "AccountIds": ["444455556666"] })),
            "GetServiceSetting" => {
                let setting = if asked.region() == "eu-west-1" { "Disable" } else { "Enable" };
                Reply::json(json!({ "ServiceSetting": { "SettingValue": setting } }))
            }
            _ => Reply::json(json!({})),
        }
    };
    let inventory = scanned_in("ssm", &["us-east-1", "eu-west-1"], reply(false)).await.0;
    assert_eq!(statuses(&inventory, "ssm_document_not_public")[..2], ["known pass", "open fail"]);
    let settings = statuses(&inventory, "ssm_document_public_sharing_blocked");
    assert_eq!(settings, ["eu-west-1 pass", "us-east-1 fail"]);
    let denied = scanned("ssm", reply(true)).await;
    assert_eq!(statuses(&denied, "ssm_document_not_public"), ["known unknown", "open unknown"]);
    assert_eq!(statuses(&denied, "ssm_document_public_sharing_blocked"), ["us-east-1 unknown"]);
}

#[tokio::test]
async fn clusters_may_be_open_or_not() {
    let judged = |block: Value| async move {
        let reply = Reply::json(json!({ "BlockPublicAccessConfiguration": block }));
        statuses(&scanned("emr", move |_| reply.clone()).await, "emr_block_public_access")
    };
    let ssh = json!([{ "MinRange": 22, "MaxRange": 22 }]);
    let block = |on: bool, ranges: &Value| json!({ "BlockPublicSecurityGroupRules": on, "PermittedPublicSecurityGroupRuleRanges": ranges });
    assert_eq!(judged(block(true, &ssh)).await, ["us-east-1 pass"]);
    assert_eq!(judged(block(true, &json!([]))).await, ["us-east-1 pass"]);
    assert_eq!(judged(block(false, &ssh)).await, ["us-east-1 fail"]);
    assert_eq!(judged(block(true, &json!([{ "MinRange": 0, "MaxRange": 65535 }]))).await, ["us-east-1 fail"]);
    assert_eq!(judged(json!({})).await, ["us-east-1 unknown"]);
    let denied = scanned("emr", |_| Reply::error("AccessDeniedException")).await;
    assert_eq!(statuses(&denied, "emr_block_public_access"), ["us-east-1 unknown"]);
}

#[tokio::test]
async fn an_account_that_inspector_does_not_answer_for_is_unknown() {
    let status = |status: &str| {
        let state = json!({ "status": status });
        let scanned = json!({ "ec2": state, "ecr": state, "lambda": state });
        json!({ "accounts": [{ "accountId": "1", "state": state, "resourceState": scanned }] })
    };
    let (on, off) = (status("ENABLED"), status("DISABLED"));
    for (answer, expected) in [(on, "Text(\"ENABLED\")"), (off, "Text(\"DISABLED\")")] {
        let inventory = scanned("inspector2", move |_| Reply::json(answer.clone())).await;
        let inspector = inventory.resources.iter().find(|r| r.kind == "Pilaster::Inspector").expect("read");
        let status = inspector.properties.get("Observed").and_then(|observed| observed.get("Ec2Status"));
        assert_eq!(status.map(|node| format!("{:?}", node.value)).as_deref(), Some(expected));
        // There is nothing that it could scan.
        assert!(statuses(&inventory, "inspector_scanning_enabled").is_empty());
    }
    let failed = json!({ "accounts": [], "failedAccounts": [{ "accountId": "1", "errorCode": "INTERNAL_ERROR" }] });
    let inventory = scanned("inspector2", move |_| Reply::json(failed.clone())).await;
    let inspector = inventory.resources.iter().find(|r| r.kind == "Pilaster::Inspector").expect("read");
    let observed = inspector.properties.get("Observed").expect("set");
    assert!(matches!(observed.value, model::Value::Unknown(_)), "{observed:?}");
}

#[tokio::test]
async fn keys_secrets_and_certificates_are_judged_by_their_dates() {
    let keys = scanned("kms", |asked| {
        let key = asked.json()["KeyId"].clone();
        Reply::json(match asked.operation() {
            "ListKeys" => json!({ "Keys": [{ "KeyId": "doomed" }, { "KeyId": "well" }] }),
            "DescribeKey" => {
                let state = if key == "doomed" { "PendingDeletion" } else { "Enabled" };
                json!({ "KeyMetadata": { "KeyId": key, "KeyManager": "CUSTOMER", "KeyState": state } })
            }
            _ => json!({}),
        })
    })
    .await;
    assert_eq!(statuses(&keys, "kms_key_not_pending_deletion"), ["doomed fail", "well pass"]);

    let secrets = scanned("secretsmanager", |asked| match asked.operation() {
        "ListSecrets" => Reply::json(json!({ "SecretList": [
            { "ARN": "arn:a", "Name": "idle", "CreatedDate": 1672531200.5, "LastAccessedDate": 1767225600 },
            { "ARN": "arn:b", "Name": "read", "CreatedDate": 1672531200.5, "LastAccessedDate": 1793318400 },
            { "ARN": "arn:c", "Name": "rds", "CreatedDate": 1672531200.5, "OwningService": "rds" },
        ] })),
        _ => Reply::json(json!({})),
    })
    .await;
    assert_eq!(statuses(&secrets, "secretsmanager_unused"), ["idle fail", "read pass"]);

    let certificates = |denied: bool| {
        move |asked: &Asked| match asked.operation() {
            "ListCertificates" => Reply::json(json!({ "CertificateSummaryList": [
                { "CertificateArn": "arn:x:c/late", "InUse": true, "NotAfter": 1794096000 },
                { "CertificateArn": "arn:x:c/soon", "InUse": true, "NotAfter": 1801440000 },
                { "CertificateArn": "arn:x:c/unused", "InUse": false, "NotAfter": 1794096000 },
            ] })),
            "DescribeCertificate" if denied => Reply::error("AccessDeniedException"),
            _ => Reply::json(json!({ "Certificate": { "RenewalEligibility": "ELIGIBLE" } })),
        }
    };
    let known = scanned("acm", certificates(false)).await;
    assert_eq!(statuses(&known, "acm_certificate_expiring"), ["late fail", "soon pass"]);
    // Whether the renewal failed is not known then, but the end is.
    let denied = scanned("acm", certificates(true)).await;
    assert_eq!(statuses(&denied, "acm_certificate_expiring"), ["late fail", "soon unknown"]);
}
