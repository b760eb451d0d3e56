//! Buckets, functions and what stands before them, read from a stand-in.

mod support;

use model::Inventory;
use serde_json::{Value, json};
use testbed::cloud::{Asked, Reply};

use support::{found, scanned, statuses};

fn xml(body: &str) -> Reply {
    Reply::Answer(200, body.to_owned())
}

fn fault(status: u16, code: &str) -> Reply {
    Reply::Answer(status, format!("<Error><Code>{code}</Code></Error>"))
}

/// A bucket as it should be, and one in another region that is open.
fn s3(asked: &Asked) -> Reply {
    let (path, query) = asked.path.split_once('?').unwrap_or((&asked.path, ""));
    let open = path == "/open";
    assert!(path == "/" || asked.region() == if open { "eu-west-1" } else { "us-east-1" }, "{}", asked.path);
    match query.trim_end_matches('=') {
        _ if path == "/" => xml("<R><Buckets>\
            <Bucket><Name>kept</Name><BucketRegion>us-east-1</BucketRegion></Bucket>\
            <Bucket><Name>open</Name><BucketRegion>eu-west-1</BucketRegion></Bucket></Buckets></R>"),
        "versioning" if !open => xml("<R><Status>Enabled</Status></R>"),
        "encryption" if !open => {
            xml("<R><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm>\
            </ApplyServerSideEncryptionByDefault></Rule></R>")
        }
        "encryption" => fault(404, "ServerSideEncryptionConfigurationNotFoundError"),
        "publicAccessBlock" if !open => xml("<R><BlockPublicAcls>true</BlockPublicAcls>\
            <IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy>\
            <RestrictPublicBuckets>true</RestrictPublicBuckets></R>"),
        "publicAccessBlock" => fault(404, "NoSuchPublicAccessBlockConfiguration"),
        "policy" if open => Reply::json(json!({ "Statement": [
            { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::open/*" },
        ] })),
        "policy" => fault(404, "NoSuchBucketPolicy"),
        "lifecycle" if !open => xml("<R><Rule><ID>a</ID><Filter><Prefix/></Filter><Status>Enabled</Status>\
            <AbortIncompleteMultipartUpload><DaysAfterInitiation>7</DaysAfterInitiation></AbortIncompleteMultipartUpload>\
            <NoncurrentVersionExpiration><NoncurrentDays>30</NoncurrentDays></NoncurrentVersionExpiration></Rule></R>"),
        "lifecycle" => fault(404, "NoSuchLifecycleConfiguration"),
        "logging" if !open => xml("<R><LoggingEnabled><TargetBucket>logs</TargetBucket></LoggingEnabled></R>"),
        "acl" if open => xml("<R><AccessControlList><Grant><Grantee>\
            <URI>http://acs.amazonaws.com/groups/global/AllUsers</URI></Grantee><Permission>READ</Permission></Grant>\
            </AccessControlList></R>"),
        "tagging" => fault(404, "NoSuchTagSet"),
        "ownershipControls" => fault(404, "OwnershipControlsNotFoundError"),
        "replication" => fault(404, "ReplicationConfigurationNotFoundError"),
        _ => xml("<R/>"),
    }
}

#[tokio::test]
async fn buckets_are_asked_in_their_own_region_and_judged() {
    let inventory = scanned("s3", s3).await;
    assert!(inventory.gaps.is_empty(), "{:?}", inventory.gaps);
    for check in [
        "s3_bucket_versioning",
        "s3_bucket_public_access_block",
        "s3_bucket_not_public",
        "s3_bucket_access_logging",
        "s3_bucket_incomplete_uploads_expire",
    ] {
        assert_eq!(statuses(&inventory, check), ["kept pass", "open fail"], "{check}");
    }
    let rules = found(&inventory)[0].properties.get("BucketEncryption").expect("read");
    let rules = serde_json::to_string(rules).expect("JSON");
    assert!(rules.contains("ServerSideEncryptionByDefault") && rules.contains("aws:kms"), "{rules}");
    let regions: Vec<_> = found(&inventory).iter().filter_map(|resource| resource.region.as_deref()).collect();
    assert_eq!(regions, ["us-east-1", "eu-west-1", "eu-west-1"]);
}

#[tokio::test]
async fn a_bucket_that_may_not_be_asked_is_unknown() {
    let inventory = scanned("s3", |asked| match asked.path.contains('?') && !asked.path.starts_with("/?") {
        true => fault(403, "AccessDenied"),
        false => s3(asked),
    })
    .await;
    for check in ["s3_bucket_versioning", "s3_bucket_public_access_block", "s3_bucket_not_public"] {
        assert_eq!(statuses(&inventory, check), ["kept unknown", "open unknown"], "{check}");
    }
    let empty = scanned("s3", |_| xml("<R><Buckets/></R>")).await;
    assert!(found(&empty).is_empty() && empty.gaps.is_empty());
}

fn lambda(asked: &Asked) -> Reply {
    let statement = |condition: Value| {
        let statement = json!({ "Sid": "s", "Effect": "Allow", "Principal": { "Service": "s3.amazonaws.com" },
            "Action": "lambda:InvokeFunction", "Condition": condition });
        Reply::json(json!({ "Policy": json!({ "Statement": [statement] }).to_string() }))
    };
    let path = asked.path.split('?').next().unwrap_or_default();
    let open = path.contains("/open");
    match path.rsplit('/').find(|part| !part.is_empty()).unwrap_or_default() {
        "functions" => Reply::json(json!({ "Functions": [
            { "FunctionName": "kept", "FunctionArn": "arn:aws:lambda:us-east-1:1:function:kept", "Runtime": "python3.14",
              "TracingConfig": { "Mode": "Active" }, "Architectures": ["arm64"] },
            { "FunctionName": "open", "FunctionArn": "arn:aws:lambda:us-east-1:1:function:open", "Runtime": "python2.7",
              "TracingConfig": { "Mode": "PassThrough" }, "Architectures": ["x86_64"] },
        ] })),
        "policy" if open => statement(json!({})),
        "policy" => statement(json!({ "ArnLike": { "AWS:SourceArn": "arn:aws:s3:::kept" } })),
        "urls" => {
            let auth = if open { "NONE" } else { "AWS_IAM" };
            let url = format!("https://host/{}", if open { "open" } else { "kept" });
            Reply::json(json!({ "FunctionUrlConfigs": [{ "FunctionUrl": url, "AuthType": auth }] }))
        }
        "event-source-mappings" => Reply::json(json!({ "EventSourceMappings": [{
            "UUID": "m", "EventSourceArn": "arn:aws:sqs:us-east-1:1:orders",
            "FunctionArn": "arn:aws:lambda:us-east-1:1:function:kept:live",
        }] })),
        _ => Reply::json(json!({})),
    }
}

#[tokio::test]
async fn functions_are_judged() {
    let inventory = scanned("lambda", lambda).await;
    assert!(inventory.gaps.is_empty(), "{:?}", inventory.gaps);
    assert_eq!(statuses(&inventory, "lambda_tracing_active"), ["kept pass", "open fail"]);
    assert_eq!(statuses(&inventory, "lambda_runtime_supported"), ["kept pass", "open fail"]);
    assert_eq!(statuses(&inventory, "lambda_function_url_authenticated"), ["kept pass", "open fail"]);
    assert_eq!(statuses(&inventory, "lambda_function_not_public"), ["s pass", "s fail"]);
    // What feeds an alias feeds the function.
    let mapping = inventory.resources.iter().find(|found| found.kind == "AWS::Lambda::EventSourceMapping");
    let function = mapping.and_then(|mapping| mapping.properties.get("FunctionName")).expect("a function");
    assert_eq!(function.value, model::Value::Text("arn:aws:lambda:us-east-1:1:function:kept".into()));
    let denied = scanned("lambda", |asked| match asked.path.contains("/policy") {
        true => Reply::error("AccessDeniedException"),
        false => lambda(asked),
    })
    .await;
    assert_eq!(statuses(&denied, "lambda_function_not_public"), ["kept unknown", "open unknown"]);
}

fn gateways(asked: &Asked) -> Reply {
    let path = asked.path.split('?').next().unwrap_or_default();
    Reply::json(match path {
        "/restapis" => json!({ "item": [{ "id": "a", "name": "shop", "policy": "{\\\"Statement\\\":[]}" }] }),
        "/restapis/a/stages" => json!({ "item": [
            { "stageName": "live", "tracingEnabled": true, "accessLogSettings": { "destinationArn": "arn" },
              "methodSettings": { "*/*": { "throttlingRateLimit": 10.0, "throttlingBurstLimit": 5, "loggingLevel": "INFO" } } },
            { "stageName": "test", "tracingEnabled": false },
        ] }),
        "/v2/apis" => json!({ "items": [{ "apiId": "b", "name": "web", "protocolType": "HTTP" }] }),
        "/v2/apis/b/routes" => json!({ "items": [
            { "routeKey": "GET /kept", "authorizationType": "JWT" }, { "routeKey": "GET /open", "authorizationType": "NONE" },
        ] }),
        _ => json!({}),
    })
}

#[tokio::test]
async fn gateways_are_judged() {
    let inventory = scanned("apigateway", gateways).await;
    for check in ["apigateway_stage_tracing", "apigateway_stage_logging", "apigateway_throttling"] {
        assert_eq!(statuses(&inventory, check), ["live pass", "test fail"], "{check}");
    }
    let inventory = scanned("apigatewayv2", gateways).await;
    assert_eq!(statuses(&inventory, "apigateway_route_authorization"), ["kept pass", "open fail"]);
    let denied: Inventory = scanned("apigateway", |asked| match asked.path.contains("/stages") {
        true => Reply::error("AccessDeniedException"),
        false => gateways(asked),
    })
    .await;
    assert_eq!(denied.gaps[0].hides, ["AWS::ApiGateway::Stage"]);
}

#[tokio::test]
async fn distributions_records_acls_and_machines_are_judged() {
    let summary = |id: &str| format!("<DistributionSummary><Id>{id}</Id><ARN>arn:{id}</ARN></DistributionSummary>");
    let list = format!("<R><Items>{}{}</Items></R>", summary("kept"), summary("open"));
    let inventory = scanned("cloudfront", move |asked| {
        let config = |policy: &str, root: &str| {
            format!("<R><DefaultRootObject>{root}</DefaultRootObject><CacheBehaviors><Quantity>0</Quantity></CacheBehaviors>\
                <Origins><Quantity>1</Quantity><Items><Origin><Id>o</Id><S3OriginConfig><OriginAccessIdentity/></S3OriginConfig>\
                </Origin></Items></Origins><DefaultCacheBehavior><ViewerProtocolPolicy>{policy}</ViewerProtocolPolicy>\
                </DefaultCacheBehavior></R>")
        };
        match asked.path.as_str() {
            "/2020-05-31/distribution" => xml(&list),
            path if path.contains("/kept/") => xml(&config("https-only", "index.html")),
            path if path.contains("/open/") => xml(&config("allow-all", "")),
            _ => xml("<R/>"),
        }
    })
    .await;
    assert!(inventory.gaps.is_empty(), "{:?}", inventory.gaps);
    assert_eq!(statuses(&inventory, "cloudfront_default_root_object"), ["kept pass", "open fail"]);

    let inventory = scanned("route53", |asked| match asked.path.split('?').next().unwrap_or_default() {
        "/2013-04-01/hostedzone" => {
            xml("<R><HostedZones><HostedZone><Id>/hostedzone/Z1</Id></HostedZone></HostedZones></R>")
        }
        "/2013-04-01/hostedzone/Z1/rrset" if asked.path.contains("name=b.") => xml("<R><ResourceRecordSets>\
            <ResourceRecordSet><Name>b.</Name><Type>A</Type><SetIdentifier>/two</SetIdentifier><Weight>1</Weight>\
            </ResourceRecordSet></ResourceRecordSets><IsTruncated>false</IsTruncated></R>"),
        "/2013-04-01/hostedzone/Z1/rrset" => {
            xml("<R><ResourceRecordSets><ResourceRecordSet><Name>a.</Name><Type>A</Type>\
            <SetIdentifier>/one</SetIdentifier><Weight>1</Weight><HealthCheckId>h</HealthCheckId></ResourceRecordSet>\
            </ResourceRecordSets><IsTruncated>true</IsTruncated><NextRecordName>b.</NextRecordName></R>")
        }
        _ => xml("<R/>"),
    })
    .await;
    assert_eq!(statuses(&inventory, "route53_failover_health_checks"), ["one pass", "two fail"]);

    let inventory = scanned("wafv2", |asked| {
        let name = asked.json()["Name"].as_str().unwrap_or_default().to_owned();
        Reply::json(match (asked.operation(), asked.json()["Scope"].as_str()) {
            ("ListWebACLs", Some("REGIONAL")) => json!({ "WebACLs": [
                { "Name": "kept", "Id": "1", "ARN": "arn:1" }, { "Name": "open", "Id": "2", "ARN": "arn:2" },
            ] }),
            ("GetWebACL", _) if name == "kept" => json!({ "WebACL": { "Rules": [
                { "Name": "r", "Action": { "Block": {} }, "Statement": { "RateBasedStatement": { "Limit": 9 } } },
            ] } }),
            ("GetWebACL", _) => json!({ "WebACL": { "Rules": [] } }),
            _ => json!({}),
        })
    })
    .await;
    assert_eq!(statuses(&inventory, "wafv2_web_acl_rate_limit"), ["kept pass", "open fail"]);

    let inventory = scanned("stepfunctions", |asked| {
        let on = asked.json()["stateMachineArn"] == "arn:1";
        Reply::json(match asked.operation() {
            "ListStateMachines" => json!({ "stateMachines": [
                { "stateMachineArn": "arn:1", "name": "kept", "type": "STANDARD" },
                { "stateMachineArn": "arn:2", "name": "open", "type": "STANDARD" },
            ] }),
            "DescribeStateMachine" => json!({ "definition": "{}", "tracingConfiguration": { "enabled": on },
                "loggingConfiguration": { "level": if on { "ALL" } else { "OFF" } } }),
            _ => json!({}),
        })
    })
    .await;
    assert_eq!(statuses(&inventory, "stepfunctions_logging_tracing"), ["kept pass", "open fail"]);
}

#[tokio::test]
async fn user_pools_keep_what_is_not_known() {
    let pools = |asked: &Asked| match asked.operation() {
        "ListUserPools" => Reply::json(json!({ "UserPools": [{ "Id": "p", "Name": "shop" }] })),
        _ => Reply::json(json!({ "UserPool": { "Id": "p", "Arn": "arn:p", "MfaConfiguration": "ON" } })),
    };
    let inventory = scanned("cognito", pools).await;
    let pool = found(&inventory)[0];
    assert_eq!(pool.arn.as_deref(), Some("arn:p"));
    let mfa =
        |inventory: &Inventory| found(inventory)[0].properties.get("MfaConfiguration").map(|node| node.value.clone());
    assert_eq!(mfa(&inventory), Some(model::Value::Text("ON".into())));
    let denied = scanned("cognito", move |asked| match asked.operation() {
        "DescribeUserPool" => Reply::error("AccessDeniedException"),
        _ => pools(asked),
    })
    .await;
    assert!(matches!(mfa(&denied), Some(model::Value::Unknown(_))));
}

/// Whichever regions are read, in whichever order.
#[tokio::test]
async fn what_guards_distributions_is_read_once_where_it_is_kept() {
    let guards = |asked: &Asked| {
        assert!(asked.region() == "us-east-1" && !asked.body.contains("REGIONAL"));
        let body = asked.json();
        Reply::json(match (asked.operation(), body["NextMarker"].is_null()) {
            ("ListWebACLs", true) => {
                json!({ "WebACLs": [{ "Name": "kept", "Id": "1", "ARN": "arn:1" }], "NextMarker": "more" })
            }
            ("ListWebACLs", false) => json!({ "WebACLs": [{ "Name": "open", "Id": "2", "ARN": "arn:2" }] }),
            ("GetWebACL", _) if body["Name"] == "kept" => json!({ "WebACL": { "Rules": [
                { "Name": "r", "Action": { "Block": {} }, "Statement": { "RateBasedStatement": { "Limit": 9 } } },
            ] } }),
            ("GetWebACL", _) => json!({ "WebACL": { "Rules": [] } }),
            ("ListTagsForResource", _) => {
                json!({ "TagInfoForResource": { "TagList": [{ "Key": "k", "Value": "v" }] } })
            }
            _ => json!({}),
        })
    };
    let (inventory, states) = support::scanned_in("wafv2_cloudfront", &["eu-west-1", "us-east-1"], guards).await;
    assert_eq!(states, [("eu-west-1".to_owned(), sources_aws::CellState::Done)]);
    assert_eq!(statuses(&inventory, "wafv2_web_acl_rate_limit"), ["kept pass", "open fail"]);
    assert!(found(&inventory).iter().all(|acl| acl.region.as_deref() == Some("us-east-1")));
    assert_eq!(support::property(&inventory, "kept", "Scope"), "CLOUDFRONT");
    assert_eq!(support::property(&inventory, "kept", "Tags"), json!([{ "Key": "k", "Value": "v" }]));
    let denied = || Reply::error("AccessDeniedException");
    let inventory = scanned("wafv2_cloudfront", move |asked| match asked.operation() {
        "GetWebACL" => denied(),
        _ => guards(asked),
    })
    .await;
    assert_eq!(statuses(&inventory, "wafv2_web_acl_rate_limit"), ["kept unknown", "open unknown"]);
    support::is_empty_or_denied("wafv2_cloudfront", Reply::json(json!({})), denied(), "wafv2:ListWebACLs").await;
    // There are none in other partitions.
    let (inventory, _) = support::scanned_in("wafv2_cloudfront", &["cn-north-1"], move |_| denied()).await;
    assert!(inventory.gaps.is_empty());
}
