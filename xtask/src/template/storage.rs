//! Buckets, volumes and file systems.

use serde_json::{Value, json};

use super::identity::policy;
use super::{Draft, reference, when};

pub(super) fn add(draft: &mut Draft) {
    let sound = draft.sound();
    draft.add_with(
        "LogBucket",
        "AWS::S3::Bucket",
        json!({
            "PublicAccessBlockConfiguration": blocked(sound),
            "LifecycleConfiguration": when(sound, || json!({
                "Rules": [{ "Status": "Enabled", "ExpirationInDays": reference("RetentionDays") }],
            })),
            "Tags": draft.tags(sound),
        }),
        json!({ "DeletionPolicy": when(sound, || "Retain".into()) }),
    );
    let sound = draft.sound();
    let name = draft.id("assets");
    draft.add(
        "Bucket",
        "AWS::S3::Bucket",
        json!({
            "BucketName": { "Fn::Sub": format!("${{AWS::StackName}}-{name}") },
            "AccessControl": when(!sound, || "PublicRead".into()),
            "BucketEncryption": when(sound, || json!({
                "ServerSideEncryptionConfiguration": [{
                    "ServerSideEncryptionByDefault": { "SSEAlgorithm": "aws:kms", "KMSMasterKeyID": draft.to("Key") },
                    "BucketKeyEnabled": true,
                }],
            })),
            "LoggingConfiguration": when(sound, || json!({
                "DestinationBucketName": draft.to("LogBucket"),
                "LogFilePrefix": "assets/",
            })),
            "PublicAccessBlockConfiguration": blocked(sound),
            "VersioningConfiguration": {
                "Status": { "Fn::If": ["IsProduction", if sound { "Enabled" } else { "Suspended" }, "Suspended"] },
            },
            "Tags": draft.tags(sound),
        }),
    );
    let sound = draft.sound();
    let objects = json!({ "Fn::Sub": format!("${{{}.Arn}}/*", draft.id("Bucket")) });
    let statement = if sound {
        json!({
            "Effect": "Deny",
            "Principal": "*",
            "Action": "s3:*",
            "Resource": [draft.attribute("Bucket", "Arn"), objects],
            "Condition": { "Bool": { "aws:SecureTransport": "false" } },
        })
    } else {
        json!({ "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": objects })
    };
    draft.add(
        "BucketPolicy",
        "AWS::S3::BucketPolicy",
        json!({ "Bucket": draft.to("Bucket"), "PolicyDocument": policy(json!([statement])) }),
    );
    let sound = draft.sound();
    let kind = if sound { "gp3" } else { "gp2" };
    draft.add_with(
        "Volume",
        "AWS::EC2::Volume",
        json!({
            "AvailabilityZone": { "Fn::Select": [0, { "Fn::GetAZs": "" }] },
            "Size": 100,
            "VolumeType": kind,
            "Encrypted": sound,
            "Tags": draft.tags(sound),
        }),
        json!({ "DeletionPolicy": when(sound, || "Snapshot".into()) }),
    );
    files(draft);
}

fn files(draft: &mut Draft) {
    let sound = draft.sound();
    draft.add(
        "Files",
        "AWS::EFS::FileSystem",
        json!({
            "Encrypted": sound,
            "KmsKeyId": when(sound, || draft.to("Key")),
            "BackupPolicy": { "Status": if sound { "ENABLED" } else { "DISABLED" } },
            "LifecyclePolicies": when(sound, || json!([{ "TransitionToIA": "AFTER_30_DAYS" }])),
        }),
    );
    draft.add(
        "FilesTarget",
        "AWS::EFS::MountTarget",
        json!({
            "FileSystemId": draft.to("Files"),
            "SubnetId": draft.to("SubnetA"),
            "SecurityGroups": [draft.to("DataSecurityGroup")],
        }),
    );
}

fn blocked(sound: bool) -> Value {
    json!({
        "BlockPublicAcls": sound,
        "BlockPublicPolicy": sound,
        "IgnorePublicAcls": sound,
        "RestrictPublicBuckets": sound,
    })
}
