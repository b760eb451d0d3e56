//! AWS Secrets Manager: secrets, how they are rotated, and their policies. Never a value.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use indexmap::IndexMap;
use model::{Node, Value};
use serde_json::json;

use crate::shape::{part, text};
use crate::{Collector, Draft, Halt, Reach, Run};

static SECRETS_MANAGER: Service = Service {
    endpoint: "secretsmanager",
    signing: "secretsmanager",
    variable: "SECRETS_MANAGER",
    protocol: Protocol::Json { target: "secretsmanager", version: "1.1" },
    scope: Scope::Regional,
};

static SECRETS: Call = Call {
    service: &SECRETS_MANAGER,
    operation: "ListSecrets",
    path: "",
    action: "secretsmanager:ListSecrets",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    // What a secret is attached to shows in its rotation.
    yields: &[
        "AWS::SecretsManager::Secret",
        "AWS::SecretsManager::RotationSchedule",
        "AWS::SecretsManager::SecretTargetAttachment",
    ],
    unset: &[],
};

static POLICY: Call = Call {
    service: &SECRETS_MANAGER,
    operation: "GetResourcePolicy",
    path: "",
    action: "secretsmanager:GetResourcePolicy",
    pages: Pages::One,
    yields: &["AWS::SecretsManager::ResourcePolicy"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "secretsmanager",
    reach: Reach::EveryRegion,
    calls: &[&SECRETS, &POLICY],
    collect: |run| Box::pin(secrets(run)),
};

async fn secrets(run: &Run) -> Result<(), Halt> {
    let secrets = run.list(&SECRETS, json!({ "MaxResults": 100 }), "SecretList").await?;
    run.each(secrets, secret).await;
    Ok(())
}

async fn secret(run: &Run, secret: Node) -> Vec<Draft> {
    let (Some(arn), Some(name)) = (text(&secret, "ARN"), text(&secret, "Name")) else { return Vec::new() };
    let id = Node::new(Value::Text(arn.into()), secret.origin);
    let draft = Draft::new("AWS::SecretsManager::Secret", name, secret.origin).name(name).arn(arn).take(
        &secret,
        &[
            ("Name", "Name"),
            ("Description", "Description"),
            ("KmsKeyId", "KmsKeyId"),
            ("Tags", "Tags"),
            ("Type", "Type"),
            ("CreatedDate", "Observed.CreatedDate"),
            ("DeletedDate", "Observed.DeletedDate"),
            ("LastAccessedDate", "Observed.LastAccessedDate"),
            ("LastChangedDate", "Observed.LastChangedDate"),
            ("LastRotatedDate", "Observed.LastRotatedDate"),
            ("NextRotationDate", "Observed.NextRotationDate"),
            ("OwningService", "Observed.OwningService"),
            ("PrimaryRegion", "Observed.PrimaryRegion"),
            ("RotationEnabled", "Observed.RotationEnabled"),
        ],
    );
    let mut drafts = vec![draft];
    if matches!(secret.get("RotationEnabled"), Some(Node { value: Value::Bool(true), .. })) {
        // A service that rotates its own secrets gives no rules.
        let rules = part(&secret, "RotationRules");
        let rules = rules.unwrap_or_else(|| Node::new(Value::Map(IndexMap::new()), secret.origin));
        let schedule = Draft::new("AWS::SecretsManager::RotationSchedule", name, secret.origin)
            .take(&secret, &[("RotationLambdaARN", "RotationLambdaARN")])
            .set("RotationRules", Some(rules))
            .set("SecretId", Some(id.clone()));
        drafts.push(schedule);
    }
    if let Some(policy) = run.get(&POLICY, json!({ "SecretId": arn })).await.json_at("ResourcePolicy") {
        let draft = Draft::new("AWS::SecretsManager::ResourcePolicy", name, secret.origin);
        drafts.push(draft.set("ResourcePolicy", Some(policy)).set("SecretId", Some(id)));
    }
    drafts
}
