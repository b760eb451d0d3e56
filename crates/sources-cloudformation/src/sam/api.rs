//! `AWS::Serverless::Api`, and the API that events make when they name none.

use indexmap::IndexMap;
use model::{Node, Value};

use super::events::Event;
use super::plain::{At, Properties, entries, is_call, is_true, name_of, tags, target, text_of};
use super::{Expansion, Serverless};

const IMPLICIT: &str = "ServerlessRestApi";

pub(super) fn expand(expansion: &mut Expansion<'_>, from: &Serverless) {
    let (at, own, logical) = (from.at, &from.properties, from.logical.as_str());
    let mut properties = Properties::default();
    properties.copy(
        &[
            "ApiKeySourceType",
            "BinaryMediaTypes",
            "Description",
            "DisableExecuteApiEndpoint",
            "FailOnWarnings",
            "MinimumCompressionSize",
            "Mode",
            "Name",
            "SecurityPolicy",
        ],
        own,
    );
    properties.put_some("Body", own.get("DefinitionBody").cloned());
    if let Some(place) = own.get("DefinitionUri") {
        properties.put("BodyS3Location", body_location(place));
    }
    properties.put_some("EndpointConfiguration", endpoint(own));
    if let Some(policy) = own.get("Auth").and_then(|auth| auth.get("ResourcePolicy")) {
        // What SAM writes from its lists of accounts, networks and endpoints is not repeated here.
        properties.put("Policy", At(policy.origin).later("Auth.ResourcePolicy"));
    }
    properties.put_some("Tags", tags(own.get("Tags")));
    expansion.add_main(from, "AWS::ApiGateway::RestApi", properties);

    let deployment = format!("{logical}Deployment");
    let mut properties = Properties::default();
    properties.put("RestApiId", at.reference(logical));
    expansion.add(from, deployment.clone(), at, "AWS::ApiGateway::Deployment", properties);

    // SAM puts the name of the stage into the name of the resource where it is plain.
    let stage = format!("{logical}{}Stage", name_of(own.get("StageName")).unwrap_or_default());
    let mut properties = Properties::default();
    properties.put("RestApiId", at.reference(logical));
    properties.put("DeploymentId", at.reference(&deployment));
    properties.copy(
        &[
            "AccessLogSetting",
            "CacheClusterEnabled",
            "CacheClusterSize",
            "CanarySetting",
            "MethodSettings",
            "StageName",
            "TracingEnabled",
            "Variables",
        ],
        own,
    );
    properties.put_some("Tags", tags(own.get("Tags")));
    expansion.add(from, stage.clone(), at, "AWS::ApiGateway::Stage", properties);
    expansion.names.insert(format!("{logical}.Stage"), stage);
    expansion.names.insert(format!("{logical}.Deployment"), deployment);
}

fn body_location(place: &Node) -> Node {
    let plain = super::function::package(place, "DefinitionUri");
    let mut location = Properties::default();
    for (name, plain_name) in [("Bucket", "S3Bucket"), ("Key", "S3Key"), ("Version", "S3ObjectVersion")] {
        location.put_some(name, plain.get(plain_name).cloned());
    }
    Node::new(Value::Map(location.0), place.origin)
}

/// SAM takes the kind of endpoint as a text or as a map with `Type`.
fn endpoint(own: &IndexMap<String, Node>) -> Option<Node> {
    let written = own.get("EndpointConfiguration")?;
    let at = At(written.origin);
    if is_call(written) || text_of(Some(written)).is_some() {
        return Some(at.map([("Types", at.list([written.clone()]))]));
    }
    let settings = entries(Some(written))?;
    let mut plain = Properties::default();
    plain.put_some("Types", settings.get("Type").map(|kind| at.list([kind.clone()])));
    plain.put_some("VpcEndpointIds", settings.get("VPCEndpointIds").cloned());
    plain.copy(&["Types", "IpAddressType"], settings);
    Some(Node::new(Value::Map(plain.0), written.origin))
}

/// The API that events belong to when they name none.
pub(super) fn implicit(expansion: &mut Expansion<'_>) {
    let Some(origin) = expansion.implicit_rest else { return };
    let mut properties = IndexMap::new();
    if !expansion.share("AWS::Serverless::Api", &mut properties, origin) {
        return;
    }
    let at = At(origin);
    properties.entry("StageName".to_owned()).or_insert_with(|| at.text("Prod"));
    let from = Serverless { logical: IMPLICIT.to_owned(), at, properties, attributes: IndexMap::new() };
    expand(expansion, &from);
}

/// A method of an API that invokes a function.
pub(super) fn event(expansion: &mut Expansion<'_>, event: &Event<'_>) {
    let (at, settings) = (event.at, event.settings);
    let integration = at.map([
        ("Type", at.text("AWS_PROXY")),
        ("IntegrationHttpMethod", at.text("POST")),
        ("Uri", invocation(event)),
    ]);
    let (api, properties) = method(expansion, at, settings, integration);
    event.add(expansion, "Method", "AWS::ApiGateway::Method", properties);
    // SAM puts the name of the stage behind, where it is plain.
    let stage = match target(Some(&api)) {
        Some(IMPLICIT) => "Prod",
        Some(name) => expansion.apis.get(name).and_then(|api| name_of(api.get("StageName"))).unwrap_or_default(),
        None => "",
    };
    let end = format!("Permission{stage}");
    event.permit_as(expansion, &end, "apigateway.amazonaws.com", Some(callers(at, &api, settings)));
}

/// The ARN of the requests to one method and path of an API, whatever the stage.
pub(super) fn callers(at: At, api: &Node, settings: &IndexMap<String, Node>) -> Node {
    let Some(api) = target(Some(api)) else { return at.later("the ARN of the API") };
    let method = match text_of(settings.get("Method")) {
        Some(method) if method.eq_ignore_ascii_case("any") => "*".to_owned(),
        Some(method) => method.to_uppercase(),
        None => "*".to_owned(),
    };
    // A variable part of the path may be anything.
    let path = text_of(settings.get("Path")).unwrap_or("/*");
    let path: Vec<&str> = path.split('/').map(|step| if step.starts_with('{') { "*" } else { step }).collect();
    let path = path.join("/");
    at.sub(&format!(
        "arn:${{AWS::Partition}}:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:${{{api}}}/*/{method}{path}"
    ))
}

/// The API that an event belongs to, and the properties of its method.
pub(super) fn method(
    expansion: &mut Expansion<'_>,
    at: At,
    settings: &IndexMap<String, Node>,
    integration: Node,
) -> (Node, Properties) {
    let api = match settings.get("RestApiId") {
        Some(api) => api.clone(),
        None => {
            expansion.implicit_rest.get_or_insert(at.0);
            at.reference(IMPLICIT)
        }
    };
    let mut properties = Properties::default();
    properties.put("RestApiId", api.clone());
    let method = settings.get("Method").map(|method| match text_of(Some(method)) {
        Some(text) => At(method.origin).text(text.to_uppercase()),
        None => method.clone(),
    });
    properties.put_some("HttpMethod", method);
    // The resource of the path comes into being with the definition of the API.
    let path = text_of(settings.get("Path")).unwrap_or("its path");
    properties.put("ResourceId", at.later(format!("the resource at {path}")));
    authorise(expansion, &api, settings, at, &mut properties);
    properties.put("Integration", integration);
    (api, properties)
}

fn invocation(event: &Event<'_>) -> Node {
    let at = event.at;
    let prefix = at.sub("arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/");
    let parts = at.list([prefix, event.invoked.arn.clone(), at.text("/invocations")]);
    at.map([("Fn::Join", at.list([at.text(""), parts]))])
}

/// Who may call a method: what the event says, else what the API says for all.
fn authorise(
    expansion: &Expansion<'_>,
    api: &Node,
    settings: &IndexMap<String, Node>,
    at: At,
    properties: &mut Properties,
) {
    let declared = target(Some(api)).and_then(|name| expansion.apis.get(name));
    let shared = match declared {
        Some(api) => api.get("Auth"),
        None => expansion.shared("AWS::Serverless::Api").and_then(|api| api.get("Auth")),
    };
    let own = settings.get("Auth");
    let authoriser =
        own.and_then(|auth| auth.get("Authorizer")).or_else(|| shared.and_then(|auth| auth.get("DefaultAuthorizer")));
    let kind = match name_of(authoriser) {
        None if authoriser.is_some() => at.later("the authorizer of the API"),
        // Another template may declare the API and its authorizers.
        None if declared.is_none() && settings.contains_key("RestApiId") => at.later("the authorizer of the API"),
        None | Some("NONE") => at.text("NONE"),
        Some("AWS_IAM") => at.text("AWS_IAM"),
        Some(name) => {
            let authorizers = shared.and_then(|auth| auth.get("Authorizers"));
            let settings = authorizers.and_then(|all| all.get(name));
            match settings {
                Some(settings) if settings.get("UserPoolArn").is_some() => at.text("COGNITO_USER_POOLS"),
                Some(_) => at.text("CUSTOM"),
                None => at.later(format!("authorizer {name}")),
            }
        }
    };
    properties.put("AuthorizationType", kind);
    let key =
        own.and_then(|auth| auth.get("ApiKeyRequired")).or_else(|| shared.and_then(|auth| auth.get("ApiKeyRequired")));
    if is_true(key) {
        properties.put("ApiKeyRequired", at.bool(true));
    }
}
