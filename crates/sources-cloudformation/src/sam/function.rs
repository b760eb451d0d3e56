//! `AWS::Serverless::Function`.

use indexmap::IndexMap;
use model::{Node, Value};

use super::plain::{At, Properties, entries, name_of, tags, text_of};
use super::{Expansion, Serverless, events, role};
use crate::expression::render;
use crate::resolve::Scope;

const SAME: &[&str] = &[
    "Architectures",
    "CodeSigningConfigArn",
    "Description",
    "Environment",
    "EphemeralStorage",
    "FileSystemConfigs",
    "FunctionName",
    "Handler",
    "ImageConfig",
    "KmsKeyArn",
    "Layers",
    "LoggingConfig",
    "MemorySize",
    "PackageType",
    "RecursiveLoop",
    "ReservedConcurrentExecutions",
    "Runtime",
    "RuntimeManagementConfig",
    "SnapStart",
    "Timeout",
    "VpcConfig",
];

pub(super) fn expand(scope: &Scope<'_>, expansion: &mut Expansion<'_>, from: &Serverless) {
    let (at, own, logical) = (from.at, &from.properties, from.logical.as_str());
    let mut properties = Properties::default();
    properties.put_some("Code", code(own));
    properties.copy(SAME, own);
    // Traces are off unless the function says otherwise; `Disabled` says the same as nothing.
    if let Some(tracing) = own.get("Tracing")
        && text_of(Some(tracing)) != Some("Disabled")
    {
        properties.put("TracingConfig", At(tracing.origin).map([("Mode", tracing.clone())]));
    }
    if let Some(queue) = own.get("DeadLetterQueue") {
        let config = match queue.get("TargetArn") {
            Some(arn) => At(queue.origin).map([("TargetArn", arn.clone())]),
            None => queue.clone(),
        };
        properties.put("DeadLetterConfig", config);
    }
    properties.put_some("Tags", tags(own.get("Tags")));
    let role = own.get("Role").cloned();
    let made = role.is_none();
    let role = role.unwrap_or_else(|| at.attribute(&role::name(from), "Arn"));
    properties.put("Role", role);
    expansion.add_main(from, "AWS::Lambda::Function", properties);
    if made {
        role::add(expansion, from, "lambda.amazonaws.com", &managed(own));
    }

    let invoked = match own.get("AutoPublishAlias") {
        Some(alias) => publish(expansion, from, alias),
        None => Invoked { arn: at.attribute(logical, "Arn"), reference: at.reference(logical), alias: None },
    };
    function_url(expansion, from, &invoked);
    event_invoke_config(expansion, from, &invoked);
    events::expand_for_function(scope, expansion, from, &invoked);
}

/// What events invoke: the function, or its alias.
pub(super) struct Invoked {
    pub(super) arn: Node,
    pub(super) reference: Node,
    alias: Option<Node>,
}

/// Where the code comes from. What lies in a local folder is uploaded when the template is packaged.
fn code(own: &IndexMap<String, Node>) -> Option<Node> {
    if let Some(inline) = own.get("InlineCode") {
        return Some(At(inline.origin).map([("ZipFile", inline.clone())]));
    }
    if let Some(image) = own.get("ImageUri") {
        return Some(At(image.origin).map([("ImageUri", image.clone())]));
    }
    own.get("CodeUri").map(|uri| package(uri, "CodeUri"))
}

/// The place in S3 that a location of SAM names.
pub(super) fn package(uri: &Node, property: &str) -> Node {
    let at = At(uri.origin);
    if let Some(place) = entries(Some(uri))
        && (place.contains_key("Bucket") || place.contains_key("Key"))
    {
        let mut plain = Properties::default();
        plain.put_some("S3Bucket", place.get("Bucket").cloned());
        plain.put_some("S3Key", place.get("Key").cloned());
        plain.put_some("S3ObjectVersion", place.get("Version").cloned());
        return Node::new(Value::Map(plain.0), uri.origin);
    }
    let remote = text_of(Some(uri)).and_then(|text| text.strip_prefix("s3://")).and_then(|text| text.split_once('/'));
    match remote {
        Some((bucket, key)) => at.map([("S3Bucket", at.text(bucket)), ("S3Key", at.text(key))]),
        None => {
            let written = format!("{property}: {}", render(uri));
            at.map([("S3Bucket", at.later(written.as_str())), ("S3Key", at.later(written.as_str()))])
        }
    }
}

/// The managed policies that the role of a function has because of its settings.
fn managed(own: &IndexMap<String, Node>) -> Vec<String> {
    let mut managed = vec!["AWSLambdaBasicExecutionRole".to_owned()];
    if own.contains_key("VpcConfig") {
        managed.push("AWSLambdaVPCAccessExecutionRole".to_owned());
    }
    if text_of(own.get("Tracing")) == Some("Active") {
        managed.push("AWSXrayWriteOnlyAccess".to_owned());
    }
    for event in entries(own.get("Events")).into_iter().flat_map(|events| events.values()) {
        managed.extend(events::managed_policy(event).map(str::to_owned));
    }
    let mut seen = std::collections::BTreeSet::new();
    managed.retain(|name| seen.insert(name.clone()));
    managed
}

/// A version and the alias that points to it.
fn publish(expansion: &mut Expansion<'_>, from: &Serverless, alias: &Node) -> Invoked {
    let (logical, at) = (&from.logical, At(alias.origin));
    let version = format!("{logical}Version");
    let mut properties = Properties::default();
    properties.put("FunctionName", at.reference(logical));
    properties.put_some("Description", from.properties.get("VersionDescription").cloned());
    expansion.add(from, version.clone(), at, "AWS::Lambda::Version", properties);

    let name = format!("{logical}Alias{}", name_of(Some(alias)).unwrap_or_default());
    let mut properties = Properties::default();
    properties.put("Name", alias.clone());
    properties.put("FunctionName", at.reference(logical));
    properties.put("FunctionVersion", at.attribute(&version, "Version"));
    properties.copy(&["ProvisionedConcurrencyConfig"], &from.properties);
    expansion.add(from, name.clone(), at, "AWS::Lambda::Alias", properties);
    expansion.names.insert(format!("{logical}.Version"), version);
    expansion.names.insert(format!("{logical}.Alias"), name.clone());
    Invoked { arn: at.reference(&name), reference: at.reference(&name), alias: Some(alias.clone()) }
}

fn function_url(expansion: &mut Expansion<'_>, from: &Serverless, invoked: &Invoked) {
    let Some(config) = from.properties.get("FunctionUrlConfig") else { return };
    let Some(settings) = entries(Some(config)) else { return };
    let at = At(config.origin);
    let mut properties = Properties::default();
    properties.put("TargetFunctionArn", invoked.reference.clone());
    properties.copy(&["AuthType", "Cors", "InvokeMode"], settings);
    expansion.add(from, format!("{}Url", from.logical), at, "AWS::Lambda::Url", properties);
    if text_of(settings.get("AuthType")) == Some("NONE") {
        let mut properties = Properties::default();
        properties.put("Action", at.text("lambda:InvokeFunctionUrl"));
        properties.put("FunctionName", invoked.reference.clone());
        properties.put("Principal", at.text("*"));
        properties.put("FunctionUrlAuthType", at.text("NONE"));
        let name = format!("{}UrlPublicPermissions", from.logical);
        expansion.add(from, name, at, "AWS::Lambda::Permission", properties);

        let mut properties = Properties::default();
        properties.put("Action", at.text("lambda:InvokeFunction"));
        properties.put("FunctionName", invoked.reference.clone());
        properties.put("Principal", at.text("*"));
        properties.put("InvokedViaFunctionUrl", at.bool(true));
        let name = format!("{}URLInvokeAllowPublicAccess", from.logical);
        expansion.add(from, name, at, "AWS::Lambda::Permission", properties);
    }
}

fn event_invoke_config(expansion: &mut Expansion<'_>, from: &Serverless, invoked: &Invoked) {
    let Some(config) = from.properties.get("EventInvokeConfig") else { return };
    let Some(settings) = entries(Some(config)) else { return };
    let at = At(config.origin);
    let mut properties = Properties::default();
    properties.put("FunctionName", at.reference(&from.logical));
    properties.put("Qualifier", invoked.alias.clone().unwrap_or_else(|| at.text("$LATEST")));
    properties.copy(&["MaximumEventAgeInSeconds", "MaximumRetryAttempts"], settings);
    if let Some(destinations) = settings.get("DestinationConfig") {
        // SAM names the kind of destination beside it, and makes a queue or topic where none is named.
        let mut plain = Properties::default();
        for side in ["OnSuccess", "OnFailure"] {
            let Some(destination) = destinations.get(side) else { continue };
            let at = At(destination.origin);
            let arn = destination.get("Destination").cloned();
            let arn = arn.unwrap_or_else(|| at.later(format!("{side}: made by SAM")));
            plain.put(side, at.map([("Destination", arn)]));
        }
        properties.put("DestinationConfig", Node::new(Value::Map(plain.0), destinations.origin));
    }
    let name = format!("{}EventInvokeConfig", from.logical);
    expansion.add(from, name, at, "AWS::Lambda::EventInvokeConfig", properties);
}
