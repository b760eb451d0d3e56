//! Amazon API Gateway: HTTP and WebSocket APIs, their stages and routes.

use aws_wire::{Call, Pages};
use model::Node;
use serde_json::json;

use super::apigateway::APIGATEWAY;
use crate::names::capitals;
use crate::shape::{into_items, part, text};
use crate::{Collector, Draft, Halt, Reach, Run};

const TOKEN: Pages = Pages::Token { answer: "nextToken", parameter: "nextToken" };

static LIST: Call = Call {
    service: &APIGATEWAY,
    operation: "GetApis",
    path: "GET /v2/apis",
    action: "apigateway:GET",
    pages: TOKEN,
    yields: &["AWS::ApiGatewayV2::Api", "AWS::ApiGatewayV2::Stage", "AWS::ApiGatewayV2::Route"],
    unset: &[],
};

static STAGES: Call = Call {
    service: &APIGATEWAY,
    operation: "GetStages",
    path: "GET /v2/apis/{ApiId}/stages",
    action: "apigateway:GET",
    pages: TOKEN,
    yields: &["AWS::ApiGatewayV2::Stage"],
    unset: &[],
};

static ROUTES: Call = Call {
    service: &APIGATEWAY,
    operation: "GetRoutes",
    path: "GET /v2/apis/{ApiId}/routes",
    action: "apigateway:GET",
    pages: TOKEN,
    yields: &["AWS::ApiGatewayV2::Route"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "apigatewayv2",
    reach: Reach::EveryRegion,
    calls: &[&LIST, &STAGES, &ROUTES],
    collect: |run| Box::pin(apis(run)),
};

async fn apis(run: &Run) -> Result<(), Halt> {
    let apis = run.list(&LIST, json!({}), "items").await?;
    run.each(apis, api).await;
    Ok(())
}

async fn api(run: &Run, api: Node) -> Vec<Draft> {
    let Some(id) = text(&api, "apiId") else { return Vec::new() };
    let named = || json!({ "ApiId": id });
    let (stages, routes) =
        tokio::join!(run.get_list(&STAGES, named(), "items"), run.get_list(&ROUTES, named(), "items"));
    let draft = Draft::new("AWS::ApiGatewayV2::Api", id, api.origin)
        .name(id)
        .arn(format!("arn:{}:apigateway:{}::/apis/{id}", run.partition(), run.region()))
        .take(
            &api,
            &[
                ("name", "Name"),
                ("protocolType", "ProtocolType"),
                ("disableExecuteApiEndpoint", "DisableExecuteApiEndpoint"),
                ("tags", "Tags"),
                ("createdDate", "Observed.CreatedDate"),
            ],
        )
        .set("CorsConfiguration", part(&api, "corsConfiguration").map(capitals));
    let mut drafts = vec![draft];
    drafts.extend(into_items(stages).iter().filter_map(|found| {
        let name = text(found, "stageName")?;
        let draft = Draft::new("AWS::ApiGatewayV2::Stage", format!("{id}/{name}"), found.origin)
            .name(format!("{id}/{name}"))
            .arn(format!("arn:{}:apigateway:{}::/apis/{id}/stages/{name}", run.partition(), run.region()))
            .set("ApiId", part(&api, "apiId"))
            .take(
                found,
                &[
                    ("stageName", "StageName"),
                    ("autoDeploy", "AutoDeploy"),
                    ("deploymentId", "DeploymentId"),
                    ("stageVariables", "StageVariables"),
                    ("tags", "Tags"),
                ],
            )
            .set("DefaultRouteSettings", part(found, "defaultRouteSettings").map(capitals))
            .set("AccessLogSettings", part(found, "accessLogSettings").map(capitals));
        Some(draft)
    }));
    drafts.extend(into_items(routes).iter().filter_map(|found| {
        let key = text(found, "routeKey")?;
        let draft = Draft::new("AWS::ApiGatewayV2::Route", format!("{id} {key}"), found.origin)
            .set("ApiId", part(&api, "apiId"))
            .take(
                found,
                &[
                    ("routeKey", "RouteKey"),
                    ("authorizationType", "AuthorizationType"),
                    ("authorizerId", "AuthorizerId"),
                    ("apiKeyRequired", "ApiKeyRequired"),
                    ("target", "Target"),
                ],
            );
        Some(draft)
    }));
    drafts
}
