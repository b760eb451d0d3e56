//! Amazon S3: buckets.

use serde_json::{Value, json};

use super::Account;
use crate::cloud::answer::Answer;
use crate::cloud::population::{ACCOUNT, Kind, name, number_of};

pub(super) fn answer(account: &Account<'_>) -> Option<Answer> {
    let operation = account.question.operation.as_str();
    if operation == "ListBuckets" {
        return Some(list(account));
    }
    let bucket = account.question.text("Bucket");
    let number = number_of(bucket).filter(|number| *number < account.population.everywhere(Kind::Bucket));
    let Some(number) = number else { return (!bucket.is_empty()).then_some(Answer::Error(404, "NoSuchBucket")) };
    Some(about(account, operation, bucket, number))
}

fn list(account: &Account<'_>) -> Answer {
    let population = account.population;
    let bucket = |number| {
        let region = population.region_of(Kind::Bucket, number);
        json!({ "Name": name(number), "CreationDate": "2024-05-01T09:00:00.000Z", "BucketRegion": region })
    };
    let (buckets, next) = account.items(population.everywhere(Kind::Bucket), "max-buckets", 10_000, bucket);
    let mut tree = json!({ "Owner": { "ID": ACCOUNT }, "Buckets": { "Bucket": buckets } });
    if let Some(next) = next {
        tree["ContinuationToken"] = json!(next);
    }
    Answer::Tree(json!({ "ListAllMyBucketsResult": tree }))
}

fn about(account: &Account<'_>, operation: &str, bucket: &str, number: usize) -> Answer {
    let population = account.population;
    let mut dice = population.dice(Kind::Bucket, operation, number);
    match operation {
        "GetBucketLocation" => {
            let region = population.region_of(Kind::Bucket, number);
            // The oldest region has no name here.
            Answer::Tree(json!({ "LocationConstraint": if region == "us-east-1" { "" } else { region } }))
        }
        "GetBucketEncryption" => {
            let algorithm = dice.one(&["AES256", "AES256", "aws:kms"]);
            let rule = json!({ "ApplyServerSideEncryptionByDefault": { "SSEAlgorithm": algorithm },
                               "BucketKeyEnabled": algorithm == "aws:kms" });
            Answer::Tree(json!({ "ServerSideEncryptionConfiguration": { "Rule": rule } }))
        }
        "GetBucketVersioning" => match dice.happens(60) {
            true => Answer::Tree(json!({ "VersioningConfiguration": { "Status": "Enabled" } })),
            false => Answer::Tree(json!({ "VersioningConfiguration": {} })),
        },
        "GetPublicAccessBlock" if dice.happens(85) => Answer::Tree(json!({ "PublicAccessBlockConfiguration": {
            "BlockPublicAcls": true, "IgnorePublicAcls": true, "BlockPublicPolicy": true, "RestrictPublicBuckets": true,
        } })),
        "GetPublicAccessBlock" => Answer::Error(404, "NoSuchPublicAccessBlockConfiguration"),
        "GetBucketPolicy" if population.bucket_policy(number) => {
            let statement = json!({ "Sid": "transport", "Effect": "Deny", "Principal": "*", "Action": "s3:*",
                "Resource": [format!("arn:aws:s3:::{bucket}"), format!("arn:aws:s3:::{bucket}/*")],
                "Condition": { "Bool": { "aws:SecureTransport": "false" } } });
            Answer::Text(json!({ "Version": "2012-10-17", "Statement": [statement] }).to_string())
        }
        "GetBucketPolicy" => Answer::Error(404, "NoSuchBucketPolicy"),
        "GetBucketAcl" => {
            let grant = json!({ "Grantee": { "ID": ACCOUNT, "DisplayName": "owner" }, "Permission": "FULL_CONTROL" });
            Answer::Tree(json!({ "AccessControlPolicy": { "Owner": { "ID": ACCOUNT },
                                                          "AccessControlList": { "Grant": grant } } }))
        }
        "GetBucketLifecycleConfiguration" if dice.happens(40) => {
            let rule = json!({ "ID": "old", "Status": "Enabled", "Filter": { "Prefix": "" },
                               "Expiration": { "Days": 365 },
                               "AbortIncompleteMultipartUpload": { "DaysAfterInitiation": 7 } });
            Answer::Tree(json!({ "LifecycleConfiguration": { "Rule": rule } }))
        }
        "GetBucketLifecycleConfiguration" => Answer::Error(404, "NoSuchLifecycleConfiguration"),
        "GetBucketLogging" => match dice.happens(30) {
            true => Answer::Tree(json!({ "BucketLoggingStatus": {
                "LoggingEnabled": { "TargetBucket": name(0), "TargetPrefix": bucket } } })),
            false => Answer::Tree(json!({ "BucketLoggingStatus": {} })),
        },
        "GetBucketTagging" if dice.happens(70) => {
            let tag = json!({ "Key": "Environment", "Value": "production" });
            Answer::Tree(json!({ "Tagging": { "TagSet": { "Tag": tag } } }))
        }
        "GetBucketTagging" => Answer::Error(404, "NoSuchTagSet"),
        "GetBucketOwnershipControls" => Answer::Tree(json!({ "OwnershipControls": {
            "Rule": { "ObjectOwnership": "BucketOwnerEnforced" } } })),
        "GetBucketNotificationConfiguration" => Answer::Tree(json!({ "NotificationConfiguration": {} })),
        "GetBucketReplication" => Answer::Error(404, "ReplicationConfigurationNotFoundError"),
        "GetObjectLockConfiguration" => Answer::Error(404, "ObjectLockConfigurationNotFoundError"),
        "GetBucketWebsite" => Answer::Error(404, "NoSuchWebsiteConfiguration"),
        "GetBucketCors" => Answer::Error(404, "NoSuchCORSConfiguration"),
        "GetBucketPolicyStatus" if population.bucket_policy(number) => {
            Answer::Tree(json!({ "PolicyStatus": { "IsPublic": false } }))
        }
        "GetBucketPolicyStatus" => Answer::Error(404, "NoSuchBucketPolicy"),
        "ListBucketIntelligentTieringConfigurations" => {
            Answer::Tree(json!({ "ListBucketIntelligentTieringConfigurationsOutput": { "IsTruncated": false } }))
        }
        _ => Answer::Tree(json!({ "Result": Value::Null })),
    }
}
