//! AWS KMS.

use serde_json::{Value, json};

use super::{Account, with};
use crate::cloud::answer::Answer;
use crate::cloud::population::{ACCOUNT, Kind, name};

pub(super) fn answer(account: &Account<'_>) -> Option<Answer> {
    let (population, region, question) = (account.population, account.region(), account.question);
    let total = population.count(Kind::Key, region);
    let id = |number| format!("00000000-0000-4000-8000-{number:012x}");
    let asked = question.text("KeyId");
    let number = asked.rsplit('-').next().and_then(|digits| usize::from_str_radix(digits, 16).ok());
    let number = number.filter(|number| *number < total);
    let mut dice = population.dice(Kind::Key, &format!("{region} {}", question.operation), number.unwrap_or(0));
    Some(match (question.operation.as_str(), number) {
        ("ListKeys", _) => {
            let key = |number| {
                let id = id(number);
                json!({ "KeyId": id, "KeyArn": account.arn("kms", &format!("key/{id}")) })
            };
            let (keys, next) = account.items(total, "Limit", 100, key);
            with(json!({ "Keys": keys, "Truncated": next.is_some() }), "NextMarker", next)
        }
        ("ListAliases", _) => {
            let alias = |number| {
                let named = format!("alias/{}", name(number));
                json!({ "AliasName": named, "AliasArn": account.arn("kms", &named), "TargetKeyId": id(number) })
            };
            let (aliases, next) = account.items(total, "Limit", 50, alias);
            with(json!({ "Aliases": aliases, "Truncated": next.is_some() }), "NextMarker", next)
        }
        ("DescribeKey", Some(number)) => {
            let id = id(number);
            Answer::Tree(json!({ "KeyMetadata": {
                "AWSAccountId": ACCOUNT, "Arn": account.arn("kms", &format!("key/{id}")), "KeyId": id,
                "CreationDate": 1_714_550_400.25, "Description": "", "Enabled": true, "KeyUsage": "ENCRYPT_DECRYPT",
                "KeyState": "Enabled", "Origin": "AWS_KMS", "KeyManager": "CUSTOMER",
                "CustomerMasterKeySpec": "SYMMETRIC_DEFAULT", "KeySpec": "SYMMETRIC_DEFAULT",
                "EncryptionAlgorithms": ["SYMMETRIC_DEFAULT"], "MultiRegion": false,
            } }))
        }
        ("GetKeyPolicy", Some(_)) => {
            let principal = json!({ "AWS": format!("arn:aws:iam::{ACCOUNT}:root") });
            let statement = json!({ "Effect": "Allow", "Principal": principal, "Action": "kms:*", "Resource": "*" });
            let policy = json!({ "Version": "2012-10-17", "Statement": [statement] });
            Answer::Tree(json!({ "Policy": policy.to_string(), "PolicyName": "default" }))
        }
        ("GetKeyRotationStatus", Some(_)) => {
            let on = dice.happens(60);
            let mut tree = json!({ "KeyRotationEnabled": on, "KeyId": asked });
            if on {
                tree["RotationPeriodInDays"] = json!(365);
            }
            Answer::Tree(tree)
        }
        ("ListResourceTags", Some(_)) => {
            let tags: [Value; 1] = [json!({ "TagKey": "Environment", "TagValue": "production" })];
            Answer::Tree(json!({ "Tags": tags, "Truncated": false }))
        }
        _ if !asked.is_empty() => Answer::Error(400, "NotFoundException"),
        _ => return None,
    })
}
