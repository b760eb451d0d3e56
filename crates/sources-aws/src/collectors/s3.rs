//! Amazon S3: buckets, and their policies.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value};
use serde_json::json;

use crate::shape::{each, into_items, is_unknown, literal, map, part, renamed, text};
use crate::{Answer, Collector, Draft, Halt, Reach, Run};

static S3: Service = Service {
    endpoint: "s3",
    signing: "s3",
    variable: "S3",
    protocol: Protocol::RestXml {
        items: &[],
        flat: &[
            "Bucket",
            "CloudFunctionConfiguration",
            "Event",
            "Grant",
            "NoncurrentVersionTransition",
            "QueueConfiguration",
            "Rule",
            "Tag",
            "TopicConfiguration",
            "Transition",
        ],
    },
    scope: Scope::Regional,
};

/// Only an answer in pages says where the buckets are.
static LIST: Call = Call {
    service: &S3,
    operation: "ListBuckets",
    path: "GET /?max-buckets=1000",
    action: "s3:ListAllMyBuckets",
    pages: Pages::Token { answer: "ContinuationToken", parameter: "continuation-token" },
    yields: &["AWS::S3::Bucket", "AWS::S3::BucketPolicy"],
    unset: &[],
};

/// A question about a bucket: its name, where it goes, the permission, and the error of what is not set.
const fn about(
    operation: &'static str,
    path: &'static str,
    action: &'static str,
    unset: &'static [&'static str],
) -> Call {
    Call { service: &S3, operation, path, action, pages: Pages::One, yields: &[], unset }
}

static LOCATION: Call = about("GetBucketLocation", "GET /{Bucket}?location", "s3:GetBucketLocation", &[]);
static ENCRYPTION: Call = about(
    "GetBucketEncryption",
    "GET /{Bucket}?encryption",
    "s3:GetEncryptionConfiguration",
    &["ServerSideEncryptionConfigurationNotFoundError"],
);
static VERSIONING: Call = about("GetBucketVersioning", "GET /{Bucket}?versioning", "s3:GetBucketVersioning", &[]);
static PUBLIC_ACCESS: Call = about(
    "GetPublicAccessBlock",
    "GET /{Bucket}?publicAccessBlock",
    "s3:GetBucketPublicAccessBlock",
    &["NoSuchPublicAccessBlockConfiguration"],
);
static POLICY: Call = about("GetBucketPolicy", "GET /{Bucket}?policy", "s3:GetBucketPolicy", &["NoSuchBucketPolicy"]);
static ACL: Call = about("GetBucketAcl", "GET /{Bucket}?acl", "s3:GetBucketAcl", &[]);
static LIFECYCLE: Call = about(
    "GetBucketLifecycleConfiguration",
    "GET /{Bucket}?lifecycle",
    "s3:GetLifecycleConfiguration",
    &["NoSuchLifecycleConfiguration"],
);
static LOGGING: Call = about("GetBucketLogging", "GET /{Bucket}?logging", "s3:GetBucketLogging", &[]);
static TAGGING: Call = about("GetBucketTagging", "GET /{Bucket}?tagging", "s3:GetBucketTagging", &["NoSuchTagSet"]);
static OWNERSHIP: Call = about(
    "GetBucketOwnershipControls",
    "GET /{Bucket}?ownershipControls",
    "s3:GetBucketOwnershipControls",
    &["OwnershipControlsNotFoundError"],
);
static NOTIFICATION: Call =
    about("GetBucketNotificationConfiguration", "GET /{Bucket}?notification", "s3:GetBucketNotification", &[]);
static REPLICATION: Call = about(
    "GetBucketReplication",
    "GET /{Bucket}?replication",
    "s3:GetReplicationConfiguration",
    &["ReplicationConfigurationNotFoundError"],
);

pub(crate) static COLLECTOR: Collector = Collector {
    name: "s3",
    reach: Reach::Once,
    calls: &[
        &LIST,
        &LOCATION,
        &ENCRYPTION,
        &VERSIONING,
        &PUBLIC_ACCESS,
        &POLICY,
        &ACL,
        &LIFECYCLE,
        &LOGGING,
        &TAGGING,
        &OWNERSHIP,
        &NOTIFICATION,
        &REPLICATION,
    ],
    collect: |run| Box::pin(buckets(run)),
};

async fn buckets(run: &Run) -> Result<(), Halt> {
    let buckets = run.list(&LIST, json!({}), "Buckets.Bucket").await?;
    run.each(buckets, bucket).await;
    Ok(())
}

/// Where a bucket is. The oldest region has no name here, and that of Ireland has an old one.
async fn region(run: &Run, bucket: &Node, name: &str) -> String {
    if let Some(region) = text(bucket, "BucketRegion") {
        return region.to_owned();
    }
    match run.get(&LOCATION, json!({ "Bucket": name })).await.whole().map(|node| node.value) {
        Some(Value::Text(region)) if &*region == "EU" => "eu-west-1".to_owned(),
        Some(Value::Text(region)) => region.to_string(),
        Some(Value::Unknown(_)) => run.region().to_owned(),
        _ => "us-east-1".to_owned(),
    }
}

async fn bucket(run: &Run, bucket: Node) -> Vec<Draft> {
    let Some(name) = text(&bucket, "Name") else { return Vec::new() };
    let region = region(run, &bucket, name).await;
    let ask = |call| run.get_in(&region, call, json!({ "Bucket": name }));
    let (encryption, versioning, public_access, policy, acl, lifecycle) =
        tokio::join!(ask(&ENCRYPTION), ask(&VERSIONING), ask(&PUBLIC_ACCESS), ask(&POLICY), ask(&ACL), ask(&LIFECYCLE));
    let (logging, tags, ownership, notification, replication) =
        tokio::join!(ask(&LOGGING), ask(&TAGGING), ask(&OWNERSHIP), ask(&NOTIFICATION), ask(&REPLICATION));
    let rules = |answer: &Answer, shape: fn(Node) -> Node| answer.at("Rule").map(|rules| each(rules, shape));
    let log_names = [("TargetBucket", "DestinationBucketName"), ("TargetPrefix", "LogFilePrefix")];
    let draft = Draft::new("AWS::S3::Bucket", name, bucket.origin)
        .name(name)
        .arn(format!("arn:{}:s3:::{name}", run.partition()))
        .region(region.clone())
        .set("BucketName", part(&bucket, "Name"))
        .set("BucketEncryption.ServerSideEncryptionConfiguration", rules(&encryption, encryption_rule))
        .set("VersioningConfiguration.Status", versioning.at("Status"))
        .set("PublicAccessBlockConfiguration", public_access.whole())
        .set("AccessControl", acl.whole().map(canned))
        .set("LifecycleConfiguration.Rules", rules(&lifecycle, lifecycle_rule))
        .set("LoggingConfiguration", logging.at("LoggingEnabled").map(|logging| renamed(logging, &log_names)))
        .set("Tags", tags.at("TagSet.Tag"))
        .set("OwnershipControls.Rules", rules(&ownership, |rule| rule))
        .set("NotificationConfiguration", notification.whole().and_then(notifications))
        .set("ReplicationConfiguration", replication.whole().map(|node| renamed(node, &[("Rule", "Rules")])))
        .set("Observed.MfaDelete", versioning.at("MfaDelete"))
        .set("Observed.Grants", acl.at("AccessControlList.Grant"))
        .set("Observed.CreationDate", part(&bucket, "CreationDate"));
    let mut drafts = vec![draft];
    if let Some(policy) = policy.whole() {
        let draft = Draft::new("AWS::S3::BucketPolicy", name, policy.origin).region(region.clone());
        drafts.push(draft.set("Bucket", part(&bucket, "Name")).set("PolicyDocument", Some(policy)));
    }
    drafts
}

fn encryption_rule(rule: Node) -> Node {
    renamed(rule, &[("ApplyServerSideEncryptionByDefault", "ServerSideEncryptionByDefault")])
}

/// What CloudFormation keeps beside the action, the API keeps in a filter and in structures of its own.
fn lifecycle_rule(rule: Node) -> Node {
    let first = |paths: [&str; 3]| paths.iter().find_map(|path| part(&rule, path));
    let entries = [
        ("Id", part(&rule, "ID")),
        ("Status", part(&rule, "Status")),
        ("Prefix", first(["Prefix", "Filter.Prefix", "Filter.And.Prefix"])),
        ("TagFilters", first(["Filter.Tag", "Filter.And.Tag", "Tag"])),
        ("ObjectSizeGreaterThan", first(["Filter.ObjectSizeGreaterThan", "Filter.And.ObjectSizeGreaterThan", "-"])),
        ("ObjectSizeLessThan", first(["Filter.ObjectSizeLessThan", "Filter.And.ObjectSizeLessThan", "-"])),
        ("AbortIncompleteMultipartUpload", part(&rule, "AbortIncompleteMultipartUpload")),
        ("ExpirationInDays", part(&rule, "Expiration.Days")),
        ("ExpirationDate", part(&rule, "Expiration.Date")),
        ("ExpiredObjectDeleteMarker", part(&rule, "Expiration.ExpiredObjectDeleteMarker")),
        ("NoncurrentVersionExpiration", part(&rule, "NoncurrentVersionExpiration")),
        ("NoncurrentVersionTransitions", part(&rule, "NoncurrentVersionTransition")),
        ("Transitions", part(&rule, "Transition")),
    ];
    map(entries, &rule)
}

/// The canned list that comes nearest to the grants: what it lets everyone do is what counts.
fn canned(acl: Node) -> Node {
    if is_unknown(&acl) {
        return acl;
    }
    let mut found = "Private";
    for grant in into_items(part(&acl, "AccessControlList.Grant")) {
        let group = text(&grant, "Grantee.URI").and_then(|uri| uri.rsplit('/').next()).unwrap_or_default();
        let permission = text(&grant, "Permission").unwrap_or_default();
        found = match (group, permission, found) {
            (_, _, "PublicReadWrite") => found,
            ("AllUsers", "WRITE" | "WRITE_ACP" | "FULL_CONTROL", _) => "PublicReadWrite",
            ("AllUsers", ..) => "PublicRead",
            (_, _, "PublicRead") => found,
            ("AuthenticatedUsers", ..) => "AuthenticatedRead",
            ("LogDelivery", _, "Private") => "LogDeliveryWrite",
            _ => found,
        };
    }
    literal(found, &acl)
}

fn notifications(answer: Node) -> Option<Node> {
    if is_unknown(&answer) {
        return Some(answer);
    }
    let lambda = |node| renamed(node, &[("CloudFunction", "Function")]);
    let entries = [
        ("QueueConfigurations", part(&answer, "QueueConfiguration")),
        ("TopicConfigurations", part(&answer, "TopicConfiguration")),
        ("LambdaConfigurations", part(&answer, "CloudFunctionConfiguration").map(|node| each(node, lambda))),
        ("EventBridgeConfiguration", part(&answer, "EventBridgeConfiguration")),
    ];
    entries.iter().any(|(_, node)| node.is_some()).then(|| map(entries, &answer))
}
