//! `AWS::Serverless::HttpApi`, and the API that events make when they name none.

use indexmap::IndexMap;
use model::{Node, Value};

use super::events::Event;
use super::plain::{At, Properties, is_call, is_true, name_of, target, text_of};
use super::{Expansion, Serverless};

const IMPLICIT: &str = "ServerlessHttpApi";

pub(super) fn expand(expansion: &mut Expansion<'_>, from: &Serverless) {
    let (at, own, logical) = (from.at, &from.properties, from.logical.as_str());
    let mut properties = Properties::default();
    properties.put("ProtocolType", at.text("HTTP"));
    properties.copy(&["Description", "DisableExecuteApiEndpoint", "FailOnWarnings", "Name", "Tags"], own);
    properties.put_some("Body", own.get("DefinitionBody").cloned());
    if let Some(place) = own.get("DefinitionUri") {
        properties.put("BodyS3Location", At(place.origin).later("DefinitionUri"));
    }
    if let Some(cors) = own.get("CorsConfiguration") {
        properties.put("CorsConfiguration", cross_origin(cors));
    }
    expansion.add_main(from, "AWS::ApiGatewayV2::Api", properties);

    let stage = match name_of(own.get("StageName")) {
        Some(name) => format!("{logical}{name}Stage"),
        None => format!("{logical}ApiGatewayDefaultStage"),
    };
    let mut properties = Properties::default();
    properties.put("ApiId", at.reference(logical));
    properties.put("StageName", own.get("StageName").cloned().unwrap_or_else(|| at.text("$default")));
    properties.put("AutoDeploy", at.bool(true));
    properties.copy(&["AccessLogSettings", "DefaultRouteSettings", "RouteSettings", "Tags"], own);
    properties.put_some("StageVariables", own.get("StageVariables").cloned());
    expansion.add(from, stage.clone(), at, "AWS::ApiGatewayV2::Stage", properties);
    expansion.names.insert(format!("{logical}.Stage"), stage);
}

/// `true` allows every origin.
fn cross_origin(written: &Node) -> Node {
    let at = At(written.origin);
    match &written.value {
        Value::Bool(_) | Value::Text(_) if is_true(Some(written)) => {
            at.map([("AllowOrigins", at.list([at.text("*")]))])
        }
        Value::Map(_) if !is_call(written) => written.clone(),
        _ => at.later("CorsConfiguration"),
    }
}

/// The API that events belong to when they name none.
pub(super) fn implicit(expansion: &mut Expansion<'_>) {
    let Some(origin) = expansion.implicit_http else { return };
    let mut properties = IndexMap::new();
    if !expansion.share("AWS::Serverless::HttpApi", &mut properties, origin) {
        return;
    }
    let (at, attributes) = (At(origin), IndexMap::new());
    let from = Serverless { logical: IMPLICIT.to_owned(), at, properties, attributes };
    expand(expansion, &from);
}

/// A route of an API that invokes a function.
pub(super) fn event(expansion: &mut Expansion<'_>, event: &Event<'_>) {
    let (at, settings) = (event.at, event.settings);
    let api = match settings.get("ApiId") {
        Some(api) => api.clone(),
        None => {
            expansion.implicit_http.get_or_insert(at.0);
            at.reference(IMPLICIT)
        }
    };
    let route = match (text_of(settings.get("Method")), text_of(settings.get("Path"))) {
        (Some(method), Some(path)) if method.eq_ignore_ascii_case("any") || method == "*" => {
            at.text(format!("ANY {path}"))
        }
        (Some(method), Some(path)) => at.text(format!("{} {path}", method.to_uppercase())),
        (None, None) => at.text("$default"),
        _ => at.later("Method and Path"),
    };
    let mut properties = Properties::default();
    properties.put("ApiId", api.clone());
    properties.put("RouteKey", route);
    properties.put("AuthorizationType", authorisation(expansion, &api, settings, at));
    event.add(expansion, "Route", "AWS::ApiGatewayV2::Route", properties);
    let source = super::api::callers(at, &api, settings);
    event.permit(expansion, "apigateway.amazonaws.com", Some(source));
}

/// Who may call a route: what the event says, else what the API says for all.
fn authorisation(expansion: &Expansion<'_>, api: &Node, settings: &IndexMap<String, Node>, at: At) -> Node {
    let declared = target(Some(api)).and_then(|name| expansion.apis.get(name));
    let shared = match declared {
        Some(api) => api.get("Auth"),
        None => expansion.shared("AWS::Serverless::HttpApi").and_then(|api| api.get("Auth")),
    };
    let authoriser = settings
        .get("Auth")
        .and_then(|auth| auth.get("Authorizer"))
        .or_else(|| shared.and_then(|auth| auth.get("DefaultAuthorizer")));
    match name_of(authoriser) {
        None if authoriser.is_some() => at.later("the authorizer of the API"),
        None if declared.is_none() && settings.contains_key("ApiId") => at.later("the authorizer of the API"),
        None | Some("NONE") => at.text("NONE"),
        Some("AWS_IAM") => at.text("AWS_IAM"),
        Some(name) => {
            let authorizers = shared.and_then(|auth| auth.get("Authorizers"));
            match authorizers.and_then(|all| all.get(name)) {
                Some(settings) if settings.get("FunctionArn").is_some() => at.text("CUSTOM"),
                Some(_) => at.text("JWT"),
                None => at.later(format!("authorizer {name}")),
            }
        }
    }
}
