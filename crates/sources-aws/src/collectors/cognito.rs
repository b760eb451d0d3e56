//! Amazon Cognito: user pools.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::Node;
use serde_json::json;

use crate::shape::text;
use crate::{Collector, Draft, Halt, Reach, Run};

static COGNITO: Service = Service {
    endpoint: "cognito-idp",
    signing: "cognito-idp",
    variable: "COGNITO_IDENTITY_PROVIDER",
    protocol: Protocol::Json { target: "AWSCognitoIdentityProviderService", version: "1.1" },
    scope: Scope::Regional,
};

static LIST: Call = Call {
    service: &COGNITO,
    operation: "ListUserPools",
    path: "",
    action: "cognito-idp:ListUserPools",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["AWS::Cognito::UserPool"],
    unset: &[],
};

static DESCRIBE: Call = Call {
    service: &COGNITO,
    operation: "DescribeUserPool",
    path: "",
    action: "cognito-idp:DescribeUserPool",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "cognito",
    reach: Reach::EveryRegion,
    calls: &[&LIST, &DESCRIBE],
    collect: |run| Box::pin(pools(run)),
};

async fn pools(run: &Run) -> Result<(), Halt> {
    let pools = run.list(&LIST, json!({ "MaxResults": 60 }), "UserPools").await?;
    run.each(pools, pool).await;
    Ok(())
}

async fn pool(run: &Run, pool: Node) -> Vec<Draft> {
    let Some(id) = text(&pool, "Id") else { return Vec::new() };
    let found = run.get(&DESCRIBE, json!({ "UserPoolId": id })).await;
    let mut draft = Draft::new("AWS::Cognito::UserPool", id, pool.origin).name(id);
    if let Some(arn) = found.whole().as_ref().and_then(|found| text(found, "UserPool.Arn")) {
        draft = draft.arn(arn);
    }
    draft = draft.take(&pool, &[("Name", "UserPoolName"), ("CreationDate", "Observed.CreationDate")]);
    for property in [
        "AccountRecoverySetting",
        "AdminCreateUserConfig",
        "AliasAttributes",
        "AutoVerifiedAttributes",
        "DeletionProtection",
        "DeviceConfiguration",
        "LambdaConfig",
        "MfaConfiguration",
        "Policies",
        "UserPoolAddOns",
        "UserPoolTags",
        "UserPoolTier",
    ] {
        draft = draft.set(property, found.at(&format!("UserPool.{property}")));
    }
    vec![draft]
}
