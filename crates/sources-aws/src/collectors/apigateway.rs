//! Amazon API Gateway: REST APIs, their stages and methods, and usage plans.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value};
use serde_json::json;

use crate::names::capitals;
use crate::shape::{into_items, is_unknown, literal, pairs, parsed, part, text};
use crate::{Collector, Draft, Halt, Reach, Run};

/// Asked without saying so, the service answers in HAL, in which lists are elsewhere.
pub(crate) static APIGATEWAY: Service = Service {
    endpoint: "apigateway",
    signing: "apigateway",
    variable: "API_GATEWAY",
    protocol: Protocol::RestJson,
    scope: Scope::Regional,
};

const POSITION: Pages = Pages::Token { answer: "position", parameter: "position" };

static LIST: Call = Call {
    service: &APIGATEWAY,
    operation: "GetRestApis",
    path: "GET /restapis accept:application/json",
    action: "apigateway:GET",
    pages: POSITION,
    yields: &["AWS::ApiGateway::RestApi", "AWS::ApiGateway::Stage", "AWS::ApiGateway::Method"],
    unset: &[],
};

static STAGES: Call = Call {
    service: &APIGATEWAY,
    operation: "GetStages",
    path: "GET /restapis/{restApiId}/stages accept:application/json",
    action: "apigateway:GET",
    pages: Pages::One,
    yields: &["AWS::ApiGateway::Stage"],
    unset: &[],
};

static RESOURCES: Call = Call {
    service: &APIGATEWAY,
    operation: "GetResources",
    path: "GET /restapis/{restApiId}/resources?embed=methods accept:application/json",
    action: "apigateway:GET",
    pages: POSITION,
    yields: &["AWS::ApiGateway::Method"],
    unset: &[],
};

static PLANS: Call = Call {
    service: &APIGATEWAY,
    operation: "GetUsagePlans",
    path: "GET /usageplans accept:application/json",
    action: "apigateway:GET",
    pages: POSITION,
    yields: &["AWS::ApiGateway::UsagePlan"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "apigateway",
    reach: Reach::EveryRegion,
    calls: &[&LIST, &STAGES, &RESOURCES, &PLANS],
    collect: |run| Box::pin(apis(run)),
};

async fn apis(run: &Run) -> Result<(), Halt> {
    let (apis, plans) = tokio::join!(
        run.list(&LIST, json!({ "limit": 500 }), "item"),
        run.list(&PLANS, json!({ "limit": 500 }), "item")
    );
    for plan in plans.iter().flatten() {
        let Some(id) = text(plan, "id") else { continue };
        let draft = Draft::new("AWS::ApiGateway::UsagePlan", id, plan.origin).name(id);
        run.add(
            draft
                .set("UsagePlanName", part(plan, "name"))
                .set("ApiStages", part(plan, "apiStages").map(capitals))
                .set("Throttle", part(plan, "throttle").map(capitals))
                .set("Quota", part(plan, "quota").map(capitals))
                .set("Tags", part(plan, "tags").map(pairs)),
        );
    }
    run.each(apis?, api).await;
    plans.map(|_| ())
}

async fn api(run: &Run, api: Node) -> Vec<Draft> {
    let Some(id) = text(&api, "id") else { return Vec::new() };
    let named = || json!({ "restApiId": id });
    let (stages, resources) = tokio::join!(
        run.get_list(&STAGES, named(), "item"),
        run.get_list(&RESOURCES, json!({ "restApiId": id, "limit": 500 }), "item")
    );
    let draft = Draft::new("AWS::ApiGateway::RestApi", id, api.origin)
        .name(id)
        .arn(format!("arn:{}:apigateway:{}::/restapis/{id}", run.partition(), run.region()))
        .take(
            &api,
            &[
                ("name", "Name"),
                ("apiKeySource", "ApiKeySourceType"),
                ("disableExecuteApiEndpoint", "DisableExecuteApiEndpoint"),
                ("minimumCompressionSize", "MinimumCompressionSize"),
                ("createdDate", "Observed.CreatedDate"),
            ],
        )
        .set("EndpointConfiguration", part(&api, "endpointConfiguration").map(capitals))
        .set("Policy", part(&api, "policy").map(policy))
        .set("Tags", part(&api, "tags").map(pairs));
    let mut drafts = vec![draft];
    drafts.extend(into_items(stages).iter().filter_map(|found| stage(run, id, &api, found)));
    for resource in into_items(resources) {
        let Some(Value::Map(methods)) = resource.get("resourceMethods").map(|node| &node.value) else { continue };
        drafts.extend(methods.iter().map(|(name, found)| method(id, &api, &resource, name, found)));
    }
    drafts
}

/// The policy comes with its quotes escaped, as it would stand within quotes.
fn policy(node: Node) -> Node {
    let read = parsed(node.clone());
    match &node.value {
        Value::Text(text) if is_unknown(&read) => {
            let unescaped: Result<String, _> = serde_json::from_str(&format!("\"{text}\""));
            unescaped.map_or(read, |text| parsed(literal(text, &node)))
        }
        _ => read,
    }
}

fn stage(run: &Run, id: &str, api: &Node, found: &Node) -> Option<Draft> {
    let name = text(found, "stageName")?;
    let settings = part(found, "methodSettings").map(|settings| match settings.value {
        Value::Map(entries) => {
            let items = entries.into_iter().map(|(key, setting)| method_setting(&key, setting));
            Node::new(Value::List(items.collect()), settings.origin)
        }
        value => Node::new(value, settings.origin),
    });
    let draft = Draft::new("AWS::ApiGateway::Stage", format!("{id}/{name}"), found.origin)
        .name(format!("{id}/{name}"))
        .arn(format!("arn:{}:apigateway:{}::/restapis/{id}/stages/{name}", run.partition(), run.region()))
        .set("RestApiId", part(api, "id"))
        .take(
            found,
            &[
                ("stageName", "StageName"),
                ("deploymentId", "DeploymentId"),
                ("tracingEnabled", "TracingEnabled"),
                ("cacheClusterEnabled", "CacheClusterEnabled"),
                ("cacheClusterSize", "CacheClusterSize"),
                ("clientCertificateId", "ClientCertificateId"),
                ("variables", "Variables"),
                ("webAclArn", "Observed.WebAclArn"),
            ],
        )
        .set("MethodSettings", settings)
        .set("AccessLogSetting", part(found, "accessLogSettings").map(capitals))
        .set("Tags", part(found, "tags").map(pairs));
    Some(draft)
}

/// The key holds path and method: `*/*` for all of them, `~1pets/GET` for one.
fn method_setting(key: &str, setting: Node) -> Node {
    let (path, method) = key.rsplit_once('/').unwrap_or((key, "*"));
    let path = if path == "*" { "/*".to_owned() } else { path.replace("~1", "/") };
    let mut setting = capitals(setting);
    let (path, method) = (literal(path, &setting), literal(method, &setting));
    if let Value::Map(entries) = &mut setting.value {
        entries.insert("ResourcePath".to_owned(), path);
        entries.insert("HttpMethod".to_owned(), method);
    }
    setting
}

fn method(id: &str, api: &Node, resource: &Node, name: &str, found: &Node) -> Draft {
    let path = text(resource, "path").unwrap_or_default();
    Draft::new("AWS::ApiGateway::Method", format!("{id} {name} {path}"), found.origin)
        .set("RestApiId", part(api, "id"))
        .set("ResourceId", part(resource, "id"))
        .set("HttpMethod", Some(literal(name, found)))
        .take(
            found,
            &[
                ("authorizationType", "AuthorizationType"),
                ("authorizerId", "AuthorizerId"),
                ("apiKeyRequired", "ApiKeyRequired"),
                ("methodIntegration.type", "Integration.Type"),
            ],
        )
}
