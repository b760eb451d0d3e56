//! Buckets, with everything that configures them, and access points.
//!
//! Until its version 4 the provider had all of this in the bucket itself, and it still reports it there.

use model::{Node, Value};

use crate::mapping::{From, List, Mapping, One, Rule, Take, With, argument, is_open};
use crate::shape::{as_bool, as_text, bool_or, enabled_or_disabled, items, json, only_block, pairs, unless_zero};

const BUCKET: &[&str] = &["AWS::S3::Bucket"];

pub(crate) static MAPPINGS: &[Mapping] = &[
    Mapping::own(
        "aws_s3_bucket",
        "AWS::S3::Bucket",
        &[
            Take("bucket", "BucketName"),
            From(&["acl", "grant"], "AccessControl", access_control),
            Take("object_lock_enabled", "ObjectLockEnabled"),
            One("versioning", "", &[With("enabled", "VersioningConfiguration.Status", enabled_or_never)]),
            One("logging", "LoggingConfiguration", LOGGING),
            One("server_side_encryption_configuration", "BucketEncryption", ENCRYPTION),
            List("lifecycle_rule", "LifecycleConfiguration.Rules", INLINE_LIFECYCLE_RULE),
            One("object_lock_configuration", "ObjectLockConfiguration", OBJECT_LOCK),
            One(
                "replication_configuration",
                "ReplicationConfiguration",
                &[Take("role", "Role"), List("rules", "Rules", INLINE_REPLICATION_RULE)],
            ),
            List("cors_rule", "CorsConfiguration.CorsRules", CORS_RULE),
            Take("acceleration_status", "AccelerateConfiguration.AccelerationStatus"),
            One(
                "website",
                "WebsiteConfiguration",
                &[Take("index_document", "IndexDocument"), Take("error_document", "ErrorDocument")],
            ),
            Take("tags_all", "Tags"),
        ],
    )
    .named("bucket"),
    Mapping::each("aws_s3_bucket", "policy", "AWS::S3::BucketPolicy", "Bucket", &[With("", "PolicyDocument", json)]),
    Mapping::own(
        "aws_s3_bucket_policy",
        "AWS::S3::BucketPolicy",
        &[Take("bucket", "Bucket"), With("policy", "PolicyDocument", json)],
    ),
    Mapping::part(
        "aws_s3_bucket_public_access_block",
        BUCKET,
        "bucket",
        &[One("", "PublicAccessBlockConfiguration", PUBLIC_ACCESS_BLOCK)],
    ),
    Mapping::part(
        "aws_s3_bucket_server_side_encryption_configuration",
        BUCKET,
        "bucket",
        &[One("", "BucketEncryption", ENCRYPTION)],
    ),
    Mapping::part(
        "aws_s3_bucket_versioning",
        BUCKET,
        "bucket",
        &[One("versioning_configuration", "", &[With("status", "VersioningConfiguration.Status", unless_disabled)])],
    ),
    Mapping::part("aws_s3_bucket_logging", BUCKET, "bucket", &[One("", "LoggingConfiguration", LOGGING)]),
    Mapping::part(
        "aws_s3_bucket_lifecycle_configuration",
        BUCKET,
        "bucket",
        &[List("rule", "LifecycleConfiguration.Rules", LIFECYCLE_RULE)],
    ),
    Mapping::part(
        "aws_s3_bucket_ownership_controls",
        BUCKET,
        "bucket",
        &[List("rule", "OwnershipControls.Rules", &[Take("object_ownership", "ObjectOwnership")])],
    ),
    Mapping::part(
        "aws_s3_bucket_acl",
        BUCKET,
        "bucket",
        &[From(&["acl", "access_control_policy"], "AccessControl", access_control)],
    ),
    Mapping::part(
        "aws_s3_bucket_replication_configuration",
        BUCKET,
        "bucket",
        &[
            Take("role", "ReplicationConfiguration.Role"),
            List("rule", "ReplicationConfiguration.Rules", REPLICATION_RULE),
        ],
    ),
    Mapping::part(
        "aws_s3_bucket_object_lock_configuration",
        BUCKET,
        "bucket",
        &[One("", "ObjectLockConfiguration", OBJECT_LOCK)],
    ),
    Mapping::part(
        "aws_s3_bucket_intelligent_tiering_configuration",
        BUCKET,
        "bucket",
        &[One(
            "",
            "IntelligentTieringConfigurations[]",
            &[
                Take("name", "Id"),
                Take("status", "Status"),
                One("filter", "", FILTER_OF_TAGS),
                List("tiering", "Tierings", &[Take("access_tier", "AccessTier"), Take("days", "Days")]),
            ],
        )],
    ),
    Mapping::part(
        "aws_s3_bucket_accelerate_configuration",
        BUCKET,
        "bucket",
        &[Take("status", "AccelerateConfiguration.AccelerationStatus")],
    ),
    Mapping::part(
        "aws_s3_bucket_cors_configuration",
        BUCKET,
        "bucket",
        &[List("cors_rule", "CorsConfiguration.CorsRules", CORS_RULE)],
    ),
    Mapping::part(
        "aws_s3_bucket_notification",
        BUCKET,
        "bucket",
        &[One(
            "",
            "NotificationConfiguration",
            &[
                List("lambda_function", "LambdaConfigurations", &[Take("lambda_function_arn", "Function"), EVENT]),
                List("queue", "QueueConfigurations", &[Take("queue_arn", "Queue"), EVENT]),
                List("topic", "TopicConfigurations", &[Take("topic_arn", "Topic"), EVENT]),
                Take("eventbridge", "EventBridgeConfiguration.EventBridgeEnabled"),
            ],
        )],
    ),
    Mapping::part(
        "aws_s3_bucket_website_configuration",
        BUCKET,
        "bucket",
        &[
            One("index_document", "", &[Take("suffix", "WebsiteConfiguration.IndexDocument")]),
            One("error_document", "", &[Take("key", "WebsiteConfiguration.ErrorDocument")]),
            One(
                "redirect_all_requests_to",
                "WebsiteConfiguration.RedirectAllRequestsTo",
                &[Take("host_name", "HostName"), Take("protocol", "Protocol")],
            ),
        ],
    ),
    // CloudFormation has no name for who pays.
    Mapping::part("aws_s3_bucket_request_payment_configuration", BUCKET, "bucket", &[]),
    Mapping::part(
        "aws_s3_bucket_metric",
        BUCKET,
        "bucket",
        &[One("", "MetricsConfigurations[]", &[Take("name", "Id"), One("filter", "", FILTER_OF_TAGS)])],
    ),
    Mapping::part(
        "aws_s3_bucket_analytics_configuration",
        BUCKET,
        "bucket",
        &[One("", "AnalyticsConfigurations[]", &[Take("name", "Id"), One("filter", "", FILTER_OF_TAGS)])],
    ),
    Mapping::part(
        "aws_s3_bucket_inventory",
        BUCKET,
        "bucket",
        &[One(
            "",
            "InventoryConfigurations[]",
            &[
                Take("name", "Id"),
                Take("enabled", "Enabled"),
                Take("included_object_versions", "IncludedObjectVersions"),
                One("filter", "", &[Take("prefix", "Prefix")]),
                One("schedule", "", &[Take("frequency", "ScheduleFrequency")]),
                One(
                    "destination",
                    "",
                    &[One(
                        "bucket",
                        "Destination",
                        &[Take("bucket_arn", "BucketArn"), Take("format", "Format"), Take("prefix", "Prefix")],
                    )],
                ),
            ],
        )],
    ),
    Mapping::own(
        "aws_s3_account_public_access_block",
        "Pilaster::S3AccountPublicAccessBlock",
        &[One("", "PublicAccessBlockConfiguration", PUBLIC_ACCESS_BLOCK)],
    ),
    Mapping::own(
        "aws_s3_access_point",
        "AWS::S3::AccessPoint",
        &[
            Take("name", "Name"),
            Take("bucket", "Bucket"),
            With("policy", "Policy", json),
            One(
                "public_access_block_configuration",
                "PublicAccessBlockConfiguration",
                &[
                    From(&["block_public_acls"], "BlockPublicAcls", |block| {
                        Some(bool_or(block, "block_public_acls", true))
                    }),
                    From(&["ignore_public_acls"], "IgnorePublicAcls", |block| {
                        Some(bool_or(block, "ignore_public_acls", true))
                    }),
                    From(&["block_public_policy"], "BlockPublicPolicy", |block| {
                        Some(bool_or(block, "block_public_policy", true))
                    }),
                    From(&["restrict_public_buckets"], "RestrictPublicBuckets", |block| {
                        Some(bool_or(block, "restrict_public_buckets", true))
                    }),
                ],
            ),
            One("vpc_configuration", "VpcConfiguration", &[Take("vpc_id", "VpcId")]),
        ],
    )
    .named("name"),
    Mapping::part(
        "aws_s3control_access_point_policy",
        &["AWS::S3::AccessPoint"],
        "access_point_arn",
        &[With("policy", "Policy", json)],
    ),
];

const PUBLIC_ACCESS_BLOCK: &[Rule] = &[
    From(&["block_public_acls"], "BlockPublicAcls", |block| Some(bool_or(block, "block_public_acls", false))),
    From(&["ignore_public_acls"], "IgnorePublicAcls", |block| Some(bool_or(block, "ignore_public_acls", false))),
    From(&["block_public_policy"], "BlockPublicPolicy", |block| Some(bool_or(block, "block_public_policy", false))),
    From(&["restrict_public_buckets"], "RestrictPublicBuckets", |block| {
        Some(bool_or(block, "restrict_public_buckets", false))
    }),
];

const ENCRYPTION: &[Rule] = &[List(
    "rule",
    "ServerSideEncryptionConfiguration",
    &[
        One(
            "apply_server_side_encryption_by_default",
            "ServerSideEncryptionByDefault",
            &[Take("sse_algorithm", "SSEAlgorithm"), Take("kms_master_key_id", "KMSMasterKeyID")],
        ),
        Take("bucket_key_enabled", "BucketKeyEnabled"),
    ],
)];

const LOGGING: &[Rule] = &[Take("target_bucket", "DestinationBucketName"), Take("target_prefix", "LogFilePrefix")];

const LIFECYCLE_RULE: &[Rule] = &[
    Take("id", "Id"),
    Take("status", "Status"),
    Take("prefix", "Prefix"),
    One(
        "filter",
        "",
        &[
            Take("prefix", "Prefix"),
            List("tag", "TagFilters", &[Take("key", "Key"), Take("value", "Value")]),
            With("object_size_greater_than", "ObjectSizeGreaterThan", unless_zero),
            With("object_size_less_than", "ObjectSizeLessThan", unless_zero),
            One(
                "and",
                "",
                &[
                    Take("prefix", "Prefix"),
                    With("tags", "TagFilters", some_pairs),
                    With("object_size_greater_than", "ObjectSizeGreaterThan", unless_zero),
                    With("object_size_less_than", "ObjectSizeLessThan", unless_zero),
                ],
            ),
        ],
    ),
    One(
        "abort_incomplete_multipart_upload",
        "AbortIncompleteMultipartUpload",
        &[Take("days_after_initiation", "DaysAfterInitiation")],
    ),
    One("expiration", "", EXPIRATION),
    One(
        "noncurrent_version_expiration",
        "NoncurrentVersionExpiration",
        &[
            Take("noncurrent_days", "NoncurrentDays"),
            With("newer_noncurrent_versions", "NewerNoncurrentVersions", unless_zero),
        ],
    ),
    List(
        "noncurrent_version_transition",
        "NoncurrentVersionTransitions",
        &[
            Take("noncurrent_days", "TransitionInDays"),
            Take("storage_class", "StorageClass"),
            With("newer_noncurrent_versions", "NewerNoncurrentVersions", unless_zero),
        ],
    ),
    List("transition", "Transitions", TRANSITION),
];

const INLINE_LIFECYCLE_RULE: &[Rule] = &[
    Take("id", "Id"),
    With("enabled", "Status", enabled_or_disabled),
    Take("prefix", "Prefix"),
    With("tags", "TagFilters", some_pairs),
    With("abort_incomplete_multipart_upload_days", "AbortIncompleteMultipartUpload.DaysAfterInitiation", unless_zero),
    One("expiration", "", EXPIRATION),
    One("noncurrent_version_expiration", "NoncurrentVersionExpiration", &[Take("days", "NoncurrentDays")]),
    List(
        "noncurrent_version_transition",
        "NoncurrentVersionTransitions",
        &[Take("days", "TransitionInDays"), Take("storage_class", "StorageClass")],
    ),
    List("transition", "Transitions", TRANSITION),
];

const EXPIRATION: &[Rule] = &[
    With("days", "ExpirationInDays", unless_zero),
    Take("date", "ExpirationDate"),
    Take("expired_object_delete_marker", "ExpiredObjectDeleteMarker"),
];

const TRANSITION: &[Rule] =
    &[Take("days", "TransitionInDays"), Take("date", "TransitionDate"), Take("storage_class", "StorageClass")];

const OBJECT_LOCK: &[Rule] = &[
    Take("object_lock_enabled", "ObjectLockEnabled"),
    One(
        "rule",
        "Rule",
        &[One(
            "default_retention",
            "DefaultRetention",
            &[Take("mode", "Mode"), With("days", "Days", unless_zero), With("years", "Years", unless_zero)],
        )],
    ),
];

const REPLICATION_RULE: &[Rule] = &[
    Take("id", "Id"),
    Take("status", "Status"),
    Take("priority", "Priority"),
    Take("prefix", "Prefix"),
    One("filter", "Filter", &[Take("prefix", "Prefix")]),
    One(
        "destination",
        "Destination",
        &[
            Take("bucket", "Bucket"),
            Take("account", "Account"),
            Take("storage_class", "StorageClass"),
            One(
                "encryption_configuration",
                "EncryptionConfiguration",
                &[Take("replica_kms_key_id", "ReplicaKmsKeyID")],
            ),
        ],
    ),
    One("delete_marker_replication", "DeleteMarkerReplication", &[Take("status", "Status")]),
];

const INLINE_REPLICATION_RULE: &[Rule] = &[
    Take("id", "Id"),
    Take("status", "Status"),
    Take("priority", "Priority"),
    Take("prefix", "Prefix"),
    One("filter", "Filter", &[Take("prefix", "Prefix")]),
    One(
        "destination",
        "Destination",
        &[
            Take("bucket", "Bucket"),
            Take("account_id", "Account"),
            Take("storage_class", "StorageClass"),
            Take("replica_kms_key_id", "EncryptionConfiguration.ReplicaKmsKeyID"),
        ],
    ),
    Take("delete_marker_replication_status", "DeleteMarkerReplication.Status"),
];

const CORS_RULE: &[Rule] = &[
    Take("allowed_headers", "AllowedHeaders"),
    Take("allowed_methods", "AllowedMethods"),
    Take("allowed_origins", "AllowedOrigins"),
    Take("expose_headers", "ExposedHeaders"),
    Take("max_age_seconds", "MaxAge"),
];

const FILTER_OF_TAGS: &[Rule] = &[Take("prefix", "Prefix"), With("tags", "TagFilters", some_pairs)];

/// CloudFormation has a configuration for each event; what they lead to is the same.
const EVENT: Rule = Take("events", "Event");

/// The list of grants by the name of the canned one that comes next to it in what it lets the public do.
fn access_control(values: &Node) -> Option<Node> {
    if let Some(acl) = argument(values, "acl") {
        return Some(match &acl.value {
            Value::Text(name) => Node { value: Value::Text(pascal(name).into()), ..acl.clone() },
            _ => acl.clone(),
        });
    }
    let policy = only_block(values, "access_control_policy").unwrap_or(values);
    if is_open(policy) {
        return Some(policy.clone());
    }
    let grants = argument(policy, "grant")?;
    if is_open(grants) {
        return Some(grants.clone());
    }
    let (mut found, mut open) = ("Private", None);
    for grant in items(Some(grants)) {
        let grantee = only_block(grant, "grantee").unwrap_or(grant);
        let permissions = argument(grant, "permission").or_else(|| argument(grant, "permissions"));
        let uri = argument(grantee, "uri");
        open = open.or([Some(grant), Some(grantee), uri, permissions].into_iter().flatten().find(|node| is_open(node)));
        let writes = permissions.is_some_and(|node| {
            let one = std::slice::from_ref(node);
            let all = if let Value::List(items) = &node.value { items.as_slice() } else { one };
            all.iter().filter_map(as_text).any(|name| matches!(name, "WRITE" | "WRITE_ACP" | "FULL_CONTROL"))
        });
        let group = uri.and_then(as_text).and_then(|uri| uri.rsplit('/').next()).unwrap_or_default();
        found = match (group, found) {
            (_, "PublicReadWrite") => found,
            ("AllUsers", _) if writes => "PublicReadWrite",
            ("AllUsers", _) => "PublicRead",
            (_, "PublicRead") => found,
            ("AuthenticatedUsers", _) => "AuthenticatedRead",
            ("LogDelivery", "Private") => "LogDeliveryWrite",
            _ => found,
        };
    }
    match open {
        Some(open) if matches!(found, "Private" | "LogDeliveryWrite") => {
            Some(Node { origin: grants.origin, ..open.clone() })
        }
        _ => Some(Node::new(Value::Text(found.into()), grants.origin)),
    }
}

/// `public-read`, as CloudFormation spells it.
fn pascal(name: &str) -> String {
    let word = |word: &str| {
        let mut characters = word.chars();
        characters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(characters).collect::<String>()
    };
    name.split('-').map(word).collect()
}

/// A bucket that is said not to keep versions has never done so: the provider does not suspend what was not enabled.
fn enabled_or_never(node: Node) -> Option<Node> {
    match as_bool(&node) {
        Some(true) => Some(Node { value: Value::Text("Enabled".into()), ..node }),
        Some(false) => None,
        None => Some(node),
    }
}

/// `Disabled` is what a bucket is that never kept versions.
fn unless_disabled(node: Node) -> Option<Node> {
    if as_text(&node) == Some("Disabled") { None } else { Some(node) }
}

/// Tags, where there are any.
fn some_pairs(node: Node) -> Option<Node> {
    if matches!(&node.value, Value::Map(entries) if entries.is_empty()) { None } else { pairs(node) }
}

#[cfg(test)]
mod tests {
    use model::{Expression, ExpressionKind, Origin, SourceId};
    use serde_json::json;

    use super::*;

    fn node(value: serde_json::Value) -> Node {
        Node::from_json(value, Origin::new(SourceId(0), 1, 1))
    }

    fn granted(values: serde_json::Value) -> Option<Node> {
        access_control(&node(json!({ "access_control_policy": [{ "grant": values }] })))
    }

    #[test]
    fn canned_lists_have_other_names() {
        let canned = |acl: &str| access_control(&node(json!({ "acl": acl })));
        assert_eq!(canned("public-read-write"), Some(node(json!("PublicReadWrite"))));
        assert_eq!(canned("private"), Some(node(json!("Private"))));
        assert_eq!(canned("aws-exec-read"), Some(node(json!("AwsExecRead"))));
        assert_eq!(access_control(&node(json!({ "acl": "", "grant": null }))), None);
    }

    #[test]
    fn grants_come_to_the_canned_list_that_admits_as_many() {
        let grant = |group: &str, permission: &str| {
            let uri = format!("http://acs.amazonaws.com/groups/global/{group}");
            json!({ "permission": permission, "grantee": [{ "type": "Group", "uri": uri }] })
        };
        let owner = json!({ "permission": "FULL_CONTROL", "grantee": [{ "type": "CanonicalUser", "id": "7" }] });
        assert_eq!(granted(json!([owner.clone()])), Some(node(json!("Private"))));
        assert_eq!(granted(json!([owner, grant("AllUsers", "READ")])), Some(node(json!("PublicRead"))));
        let both = json!([grant("AllUsers", "WRITE"), grant("AuthenticatedUsers", "READ")]);
        assert_eq!(granted(both), Some(node(json!("PublicReadWrite"))));
        let inline = json!([{ "permissions": ["READ", "WRITE"], "type": "Group", "uri": ".../AllUsers" }]);
        assert_eq!(access_control(&node(json!({ "grant": inline }))), Some(node(json!("PublicReadWrite"))));
    }

    #[test]
    fn a_grantee_that_is_not_known_may_be_everyone() {
        let open = Node::unresolved(Expression::new("var.readers", ExpressionKind::Choice), node(json!(0)).origin);
        let mut grants = node(json!([{ "permission": "READ", "grantee": [{ "type": "Group" }] }]));
        let Value::List(items) = &mut grants.value else { return };
        let Some(Value::Map(grant)) = items.first_mut().map(|item| &mut item.value) else { return };
        grant.insert("grantee".to_owned(), open.clone());
        let mut values = node(json!({}));
        crate::mapping::put(&mut values, "grant", grants);
        assert_eq!(access_control(&values), Some(open));
    }
}
