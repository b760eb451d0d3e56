//! AWS KMS: the keys that customers manage, and aliases.

use std::collections::HashSet;

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value};
use serde_json::json;

use crate::shape::text;
use crate::{Collector, Draft, Halt, Reach, Run};

static KMS: Service = Service {
    endpoint: "kms",
    signing: "kms",
    variable: "KMS",
    protocol: Protocol::Json { target: "TrentService", version: "1.1" },
    scope: Scope::Regional,
};

static KEYS: Call = Call {
    service: &KMS,
    operation: "ListKeys",
    path: "",
    action: "kms:ListKeys",
    pages: Pages::Token { answer: "NextMarker", parameter: "Marker" },
    yields: &["AWS::KMS::Key"],
    unset: &[],
};

static ALIASES: Call = Call {
    service: &KMS,
    operation: "ListAliases",
    path: "",
    action: "kms:ListAliases",
    pages: Pages::Token { answer: "NextMarker", parameter: "Marker" },
    yields: &["AWS::KMS::Alias"],
    unset: &[],
};

static KEY: Call = Call {
    service: &KMS,
    operation: "DescribeKey",
    path: "",
    action: "kms:DescribeKey",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

static POLICY: Call = Call {
    service: &KMS,
    operation: "GetKeyPolicy",
    path: "",
    action: "kms:GetKeyPolicy",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

static ROTATION: Call = Call {
    service: &KMS,
    operation: "GetKeyRotationStatus",
    path: "",
    action: "kms:GetKeyRotationStatus",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

static TAGS: Call = Call {
    service: &KMS,
    operation: "ListResourceTags",
    path: "",
    action: "kms:ListResourceTags",
    pages: Pages::Token { answer: "NextMarker", parameter: "Marker" },
    yields: &[],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "kms",
    reach: Reach::EveryRegion,
    calls: &[&KEYS, &ALIASES, &KEY, &POLICY, &ROTATION, &TAGS],
    collect: |run| Box::pin(keys(run)),
};

async fn keys(run: &Run) -> Result<(), Halt> {
    // The aliases tell most keys of AWS apart from others before they are asked about one by one. They can
    // do without.
    let aliases = run.list(&ALIASES, json!({ "Limit": 100 }), "Aliases").await.unwrap_or_default();
    let mut of_aws = HashSet::new();
    for alias in &aliases {
        let (Some(name), Some(target)) = (text(alias, "AliasName"), text(alias, "TargetKeyId")) else { continue };
        if name.starts_with("alias/aws/") {
            of_aws.insert(target);
            continue;
        }
        let draft = Draft::new("AWS::KMS::Alias", name, alias.origin).name(name);
        let draft = draft.take(alias, &[("AliasName", "AliasName"), ("TargetKeyId", "TargetKeyId")]);
        run.add(match text(alias, "AliasArn") {
            Some(arn) => draft.arn(arn),
            None => draft,
        });
    }
    let mut keys = run.list(&KEYS, json!({ "Limit": 1000 }), "Keys").await?;
    keys.retain(|key| text(key, "KeyId").is_some_and(|id| !of_aws.contains(id)));
    run.each(keys, key).await;
    Ok(())
}

async fn key(run: &Run, key: Node) -> Vec<Draft> {
    let Some(id) = text(&key, "KeyId") else { return Vec::new() };
    let metadata = run.get(&KEY, json!({ "KeyId": id })).await;
    let metadata = metadata.at("KeyMetadata").unwrap_or_else(|| Node::new(Value::Null, key.origin));
    if text(&metadata, "KeyManager").is_some_and(|manager| manager != "CUSTOMER") {
        return Vec::new();
    }
    let (policy, tags) = tokio::join!(
        run.get(&POLICY, json!({ "KeyId": id, "PolicyName": "default" })),
        run.get_list(&TAGS, json!({ "KeyId": id }), "Tags"),
    );
    let mut draft = Draft::new("AWS::KMS::Key", id, key.origin).name(id);
    if let Some(arn) = text(&key, "KeyArn") {
        draft = draft.arn(arn);
    }
    draft = draft.take(
        &metadata,
        &[
            ("Description", "Description"),
            ("Enabled", "Enabled"),
            ("KeySpec", "KeySpec"),
            ("KeyUsage", "KeyUsage"),
            ("MultiRegion", "MultiRegion"),
            ("Origin", "Origin"),
            ("CreationDate", "Observed.CreationDate"),
            ("DeletionDate", "Observed.DeletionDate"),
            ("KeyState", "Observed.KeyState"),
            ("ValidTo", "Observed.ValidTo"),
        ],
    );
    // The service refuses to answer for a key that it cannot rotate.
    let symmetric = text(&metadata, "KeySpec").is_none_or(|spec| spec == "SYMMETRIC_DEFAULT");
    if symmetric && text(&metadata, "Origin").is_none_or(|origin| origin == "AWS_KMS") {
        let rotation = run.get(&ROTATION, json!({ "KeyId": id })).await;
        draft = draft
            .set("EnableKeyRotation", rotation.at("KeyRotationEnabled"))
            .set("RotationPeriodInDays", rotation.at("RotationPeriodInDays"));
    }
    vec![draft.set("KeyPolicy", policy.json_at("Policy")).set("Tags", tags.map(tag_list))]
}

/// KMS says `TagKey` and `TagValue`.
fn tag_list(mut tags: Node) -> Node {
    let Value::List(items) = &mut tags.value else { return tags };
    for item in items {
        let Value::Map(entries) = &mut item.value else { continue };
        let renamed = entries.drain(..).map(|(name, value)| (name.trim_start_matches("Tag").to_owned(), value));
        *entries = renamed.collect();
    }
    tags
}
