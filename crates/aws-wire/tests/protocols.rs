//! What goes out and what comes back, in each of the protocols, and where it goes.

use aws_wire::{
    Call, Class, EndpointOptions, Pages, Protocol, Request, Scope, Service, answer, endpoint, next_page, partition,
    request,
};
use model::{Node, Origin, SourceId, Value};
use serde_json::json;

const fn service(name: &'static str, protocol: Protocol) -> Service {
    Service { endpoint: name, signing: name, variable: "", protocol, scope: Scope::Regional }
}

static DYNAMODB: Service = service("dynamodb", Protocol::Json { target: "DynamoDB_20120810", version: "1.0" });
static RDS: Service = service("rds", Protocol::Query { version: "2014-10-31", items: &["DBInstance", "Tag"] });
static EC2: Service = service("ec2", Protocol::Ec2 { version: "2016-11-15" });
static LAMBDA: Service = service("lambda", Protocol::RestJson);
static S3: Service = service("s3", Protocol::RestXml { items: &["Bucket", "Tag"], flat: &["Rule"] });
static S3_CONTROL: Service = service("s3-control", Protocol::RestXml { items: &["AccessPoint"], flat: &[] });
static IAM: Service =
    Service { scope: Scope::Global, ..service("iam", Protocol::Query { version: "2010-05-08", items: &[] }) };

const fn call(service: &'static Service, operation: &'static str, path: &'static str) -> Call {
    Call { service, operation, path, action: "x:Y", pages: Pages::One, yields: &[], unset: &["NoSuchBucketPolicy"] }
}

fn written(call: &Call, parameters: serde_json::Value) -> Request {
    request(call, parameters.as_object().expect("an object"))
}

fn read(call: &Call, body: &str) -> Node {
    answer(call, 200, None, body.as_bytes(), Origin::new(SourceId(0), 0, 0), true).expect("an answer")
}

fn text<'a>(node: &'a Node, path: &str) -> &'a str {
    let found = path.split('.').fold(node, |node, key| match &node.value {
        Value::List(items) => &items[key.parse::<usize>().expect("an index")],
        _ => node.get(key).expect(path),
    });
    match &found.value {
        Value::Text(text) | Value::Number(text) => text,
        other => unreachable!("{path} is {other:?}"),
    }
}

#[test]
fn json_names_its_operation_in_a_header() {
    let request = written(&call(&DYNAMODB, "DescribeTable", ""), json!({"TableName": "orders"}));
    assert_eq!((request.method, request.path.as_str()), ("POST", "/"));
    assert!(request.headers.contains(&("x-amz-target", "DynamoDB_20120810.DescribeTable".to_owned())));
    assert!(request.headers.contains(&("content-type", "application/x-amz-json-1.0".to_owned())));
    assert_eq!(request.body, r#"{"TableName":"orders"}"#);
    let tree = read(&call(&DYNAMODB, "DescribeTable", ""), r#"{"Table": {"ItemCount": 12, "Name": "orders"}}"#);
    assert_eq!(text(&tree, "Table.ItemCount"), "12");
}

#[test]
fn forms_number_their_lists_each_in_its_way() {
    let parameters = json!({"Filters": [{"Name": "a b", "Values": ["1", "2"]}], "Max": 5, "Left": null});
    let query = written(&call(&RDS, "DescribeDBInstances", ""), parameters.clone()).body;
    assert_eq!(
        query,
        "Action=DescribeDBInstances&Version=2014-10-31&Filters.member.1.Name=a%20b\
         &Filters.member.1.Values.member.1=1&Filters.member.1.Values.member.2=2&Max=5"
    );
    let ec2 = written(&call(&EC2, "DescribeVolumes", ""), parameters).body;
    assert!(ec2.ends_with("&Filters.1.Name=a%20b&Filters.1.Values.1=1&Filters.1.Values.2=2&Max=5"), "{ec2}");
}

#[test]
fn paths_take_what_they_name_and_queries_the_rest() {
    let get = call(&LAMBDA, "GetPolicy", "GET /2015-03-31/functions/{FunctionName}/policy");
    let request = written(&get, json!({"FunctionName": "a/b c", "Qualifier": "v 1"}));
    assert_eq!(request.path, "/2015-03-31/functions/a%2Fb%20c/policy?Qualifier=v%201");
    assert!(request.body.is_empty());
    let post = call(&LAMBDA, "ListFindings", "POST /findings");
    let request = written(&post, json!({"maxResults": 5}));
    assert_eq!((request.path.as_str(), request.body.as_str()), ("/findings", r#"{"maxResults":5}"#));
    let bucket = call(&S3, "GetBucketVersioning", "GET /{Bucket}?versioning");
    let request = written(&bucket, json!({"Bucket": "images"}));
    assert_eq!((request.path.as_str(), request.bucket.as_deref()), ("/images?versioning", Some("images")));
}

#[test]
fn what_the_path_says_goes_before_the_host_and_into_headers() {
    let list =
        call(&S3_CONTROL, "ListAccessPoints", "GET {AccountId}./v20180820/accesspoint x-amz-account-id:{AccountId}");
    let request = written(&list, json!({"AccountId": "111122223333", "maxResults": 50}));
    assert_eq!((request.path.as_str(), request.bucket.as_deref()), ("/v20180820/accesspoint?maxResults=50", None));
    assert_eq!(request.headers, [("x-amz-account-id", "111122223333".to_owned())]);
    let url = |request: &Request, options: &EndpointOptions| {
        endpoint(&S3_CONTROL, "eu-west-1", options, &request.path, None, request.host_prefix.as_deref()).url
    };
    let plain = EndpointOptions::default();
    assert_eq!(url(&request, &plain), "https://111122223333.s3-control.eu-west-1.amazonaws.com");
    let both = EndpointOptions { fips: true, dual_stack: true, ..EndpointOptions::default() };
    assert_eq!(url(&request, &both), "https://111122223333.s3-control-fips.dualstack.eu-west-1.amazonaws.com");
    let local = EndpointOptions { url: Some("http://127.0.0.1:5000".to_owned()), ..EndpointOptions::default() };
    assert_eq!(url(&request, &local), "http://127.0.0.1:5000");
    // What is no part of a host's name does not become one.
    let strange = written(&list, json!({"AccountId": "evil.example/"}));
    assert_eq!(url(&strange, &plain), "https://s3-control.eu-west-1.amazonaws.com");
    let get = call(
        &S3_CONTROL,
        "GetAccessPoint",
        "GET {AccountId}./v20180820/accesspoint/{Name} x-amz-account-id:{AccountId}",
    );
    let request = written(&get, json!({"AccountId": "111122223333", "Name": "a/b"}));
    assert_eq!(request.path, "/v20180820/accesspoint/a%2Fb");
}

#[test]
fn xml_of_each_kind_becomes_the_same_kind_of_tree() {
    let rds = "<DescribeDBInstancesResponse xmlns=\"x\"><DescribeDBInstancesResult><DBInstances><DBInstance>\
               <Engine>postgres</Engine></DBInstance></DBInstances><Marker>m</Marker></DescribeDBInstancesResult>\
               <ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></DescribeDBInstancesResponse>";
    let paged =
        Call { pages: Pages::Token { answer: "Marker", parameter: "Marker" }, ..call(&RDS, "DescribeDBInstances", "") };
    let tree = read(&paged, rds);
    assert_eq!(text(&tree, "DBInstances.0.Engine"), "postgres");
    assert_eq!(next_page(&paged, &tree), Some(("Marker", "m".to_owned())));
    let ec2 = "<DescribeVolumesResponse><volumeSet><item><size>8</size></item></volumeSet><nextToken/></DescribeVolumesResponse>";
    let paged = Call {
        pages: Pages::Token { answer: "nextToken", parameter: "NextToken" },
        ..call(&EC2, "DescribeVolumes", "")
    };
    let tree = read(&paged, ec2);
    assert_eq!(text(&tree, "volumeSet.0.size"), "8");
    assert_eq!(next_page(&paged, &tree), None);
    let s3 = "<LifecycleConfiguration><Rule><ID>old</ID><Status>Enabled</Status></Rule></LifecycleConfiguration>";
    assert_eq!(
        text(&read(&call(&S3, "GetBucketLifecycleConfiguration", "GET /{Bucket}?lifecycle"), s3), "Rule.0.ID"),
        "old"
    );
}

#[test]
fn failures_fall_into_the_classes_a_scan_tells_apart() {
    let class = |call: &Call, status: u16, header: Option<&str>, body: &str, elsewhere: bool| {
        let failure = answer(call, status, header, body.as_bytes(), Origin::new(SourceId(0), 0, 0), elsewhere);
        failure.expect_err("a failure").class
    };
    let (json, ec2) = (call(&DYNAMODB, "ListTables", ""), call(&EC2, "DescribeVolumes", ""));
    let s3 = call(&S3, "GetBucketPolicy", "GET /{Bucket}?policy");
    let xml = |code: &str| format!("<Error><Code>{code}</Code><Message>m</Message></Error>");
    let cases = [
        (
            class(&json, 400, None, r#"{"__type":"com.amazon.coral.service#AccessDeniedException"}"#, true),
            Class::Denied,
        ),
        (class(&json, 400, Some("ThrottlingException:http://x"), "", true), Class::Throttled),
        (class(&ec2, 403, None, &xml("UnauthorizedOperation"), true), Class::Denied),
        (class(&ec2, 503, None, &xml("RequestLimitExceeded"), true), Class::Throttled),
        (class(&ec2, 401, None, &xml("AuthFailure"), true), Class::RegionDisabled),
        (class(&ec2, 401, None, &xml("AuthFailure"), false), Class::Expired),
        (class(&ec2, 400, None, &xml("InvalidAction"), true), Class::Unavailable),
        (class(&s3, 404, None, &xml("NoSuchBucketPolicy"), true), Class::Unset),
        (class(&s3, 403, None, &xml("AccessDenied"), true), Class::Denied),
        (class(&s3, 403, None, "", true), Class::Denied),
        (class(&s3, 500, None, "<html>", true), Class::Service),
        (class(&s3, 400, None, &xml("ExpiredToken"), true), Class::Expired),
        (class(&json, 200, None, "{", true), Class::Malformed),
        (class(&ec2, 200, None, "<a>", true), Class::Malformed),
    ];
    for (number, (found, expected)) in cases.into_iter().enumerate() {
        assert_eq!(found, expected, "case {number}");
    }
}

#[test]
fn failures_keep_no_message() {
    let call = call(&EC2, "DescribeVolumes", "");
    let body =
        "<Error><Code>UnauthorizedOperation</Code><Message>arn:aws:iam::123456789012:user/alice</Message></Error>";
    let failure = answer(&call, 403, None, body.as_bytes(), Origin::new(SourceId(0), 0, 0), true).expect_err("denied");
    assert_eq!(failure.to_string(), "x:Y: denied (UnauthorizedOperation)");
}

#[test]
fn a_part_of_the_message_tells_what_is_off_from_what_is_denied() {
    let unset: &[&str] = &["ResourceNotFoundException", "AccessDeniedException: Macie is not enabled"];
    let rest = Call { unset, ..call(&LAMBDA, "GetMacieSession", "GET /macie") };
    let query = Call { unset: &["AccessDenied: is off"], ..call(&RDS, "DescribeDBInstances", "") };
    let failure = |call: &Call, header: Option<&str>, body: &str| {
        answer(call, 403, header, body.as_bytes(), Origin::new(SourceId(0), 0, 0), true).expect_err("a failure")
    };
    let code = Some("AccessDeniedException:http://x");
    let off = failure(&rest, code, r#"{"message":"Macie is not enabled."}"#);
    assert_eq!(off.class, Class::Unset);
    assert!(!format!("{off:?} {off}").contains("Macie"), "no message is kept: {off:?}");
    for (header, body, expected) in [
        (code, r#"{"Message":"Macie is not enabled"}"#, Class::Unset),
        (None, r#"{"__type":"AccessDeniedException","message":"Macie is not enabled"}"#, Class::Unset),
        (code, r#"{"message":"User: arn:aws:iam::1:user/a is not authorized"}"#, Class::Denied),
        (code, r#"{"message":"macie is not enabled"}"#, Class::Denied),
        (code, "", Class::Denied),
        (code, r#"{"message":7}"#, Class::Denied),
        (Some("ValidationException"), r#"{"message":"Macie is not enabled"}"#, Class::Denied),
        (Some("ResourceNotFoundException"), "", Class::Unset),
    ] {
        assert_eq!(failure(&rest, header, body).class, expected, "{header:?} {body}");
    }
    let xml = |message: &str| {
        let body = format!(
            "<ErrorResponse><Error><Code>AccessDenied</Code><Message>{message}</Message></Error></ErrorResponse>"
        );
        failure(&query, None, &body).class
    };
    assert_eq!(xml("the thing is off here"), Class::Unset);
    assert_eq!(xml("not authorized"), Class::Denied);
}

#[test]
fn every_partition_has_its_endpoints() {
    let at = |service: &Service, region: &str| {
        let endpoint = endpoint(service, region, &EndpointOptions::default(), "/", None, None);
        format!("{} {}", endpoint.url, endpoint.region)
    };
    assert_eq!(at(&EC2, "eu-west-1"), "https://ec2.eu-west-1.amazonaws.com eu-west-1");
    assert_eq!(at(&EC2, "cn-north-1"), "https://ec2.cn-north-1.amazonaws.com.cn cn-north-1");
    assert_eq!(at(&EC2, "us-gov-east-1"), "https://ec2.us-gov-east-1.amazonaws.com us-gov-east-1");
    assert_eq!(at(&EC2, "us-isob-east-1"), "https://ec2.us-isob-east-1.sc2s.sgov.gov us-isob-east-1");
    assert_eq!(at(&IAM, "eu-west-1"), "https://iam.amazonaws.com us-east-1");
    assert_eq!(at(&IAM, "cn-northwest-1"), "https://iam.cn-north-1.amazonaws.com.cn cn-north-1");
    assert_eq!(at(&IAM, "us-gov-west-1"), "https://iam.us-gov.amazonaws.com us-gov-west-1");
    let ids: Vec<&str> =
        ["us-east-1", "us-gov-west-1", "us-iso-east-1", "us-isof-south-1", "eusc-de-east-1", "xx-new-1"]
            .iter()
            .map(|region| partition(region).id)
            .collect();
    assert_eq!(ids, ["aws", "aws-us-gov", "aws-iso", "aws-iso-f", "aws-eusc", "aws"]);
}

#[test]
fn switches_and_stand_ins_change_where_it_goes() {
    let at =
        |service: &Service, options: &EndpointOptions| endpoint(service, "eu-west-1", options, "/", None, None).url;
    let fips = EndpointOptions { fips: true, ..EndpointOptions::default() };
    assert_eq!(at(&EC2, &fips), "https://ec2-fips.eu-west-1.amazonaws.com");
    let dual = EndpointOptions { dual_stack: true, ..EndpointOptions::default() };
    assert_eq!(at(&EC2, &dual), "https://ec2.eu-west-1.api.aws");
    assert_eq!(at(&S3, &dual), "https://s3.dualstack.eu-west-1.amazonaws.com");
    let local = EndpointOptions { url: Some("http://127.0.0.1:5000/".to_owned()), ..EndpointOptions::default() };
    assert_eq!(at(&EC2, &local), "http://127.0.0.1:5000");
}

#[test]
fn buckets_move_into_the_host_where_they_can() {
    let at = |bucket: &str, options: &EndpointOptions| {
        endpoint(&S3, "eu-west-1", options, &format!("/{bucket}?versioning"), Some(bucket), None)
    };
    let plain = at("images", &EndpointOptions::default());
    assert_eq!(plain.url, "https://images.s3.eu-west-1.amazonaws.com");
    assert_eq!(plain.path.as_deref(), Some("/?versioning"));
    assert_eq!(at("my.images", &EndpointOptions::default()).url, "https://s3.eu-west-1.amazonaws.com");
    let local = EndpointOptions { url: Some("http://127.0.0.1:5000".to_owned()), ..EndpointOptions::default() };
    assert_eq!(at("images", &local).path, None);
}
