//! `AWS::Serverless::StateMachine`.

use indexmap::IndexMap;
use model::{Node, Value};

use super::events::{rule_properties, rule_target, schedule_properties};
use super::plain::{At, Properties, entries, is_true, tags, text_of};
use super::{Expansion, Serverless, api, role};
use crate::resolve::Scope;

pub(super) fn expand(scope: &Scope<'_>, expansion: &mut Expansion<'_>, from: &Serverless) {
    let (at, own) = (from.at, &from.properties);
    let mut properties = Properties::default();
    properties.put_some("Definition", own.get("Definition").cloned());
    if let Some(place) = own.get("DefinitionUri") {
        let plain = super::function::package(place, "DefinitionUri");
        let mut location = Properties::default();
        for (name, plain_name) in [("Bucket", "S3Bucket"), ("Key", "S3Key"), ("Version", "S3ObjectVersion")] {
            location.put_some(name, plain.get(plain_name).cloned());
        }
        properties.put("DefinitionS3Location", Node::new(Value::Map(location.0), place.origin));
    }
    properties.copy(&["DefinitionSubstitutions", "EncryptionConfiguration"], own);
    properties.put_some("LoggingConfiguration", own.get("Logging").cloned());
    properties.put_some("TracingConfiguration", own.get("Tracing").cloned());
    properties.put_some("StateMachineName", own.get("Name").cloned());
    properties.put_some("StateMachineType", own.get("Type").cloned());
    properties.put_some("Tags", tags(own.get("Tags")));
    let role = own.get("Role").cloned();
    let made = role.is_none();
    let role = role.unwrap_or_else(|| at.attribute(&role::name(from), "Arn"));
    properties.put("RoleArn", role);
    expansion.add_main(from, "AWS::StepFunctions::StateMachine", properties);
    if made {
        let traced = is_true(own.get("Tracing").and_then(|tracing| tracing.get("Enabled")));
        let managed = traced.then(|| "AWSXrayWriteOnlyAccess".to_owned());
        role::add(expansion, from, "states.amazonaws.com", managed.as_slice());
    }

    let none = IndexMap::new();
    for (name, node) in entries(own.get("Events")).unwrap_or(&none) {
        let Some(kind) = text_of(node.get("Type")) else { continue };
        let settings = entries(node.get("Properties")).unwrap_or(&none);
        event(scope, expansion, from, &format!("{}{name}", from.logical), At(node.origin), kind, settings);
    }
}

/// What starts a state machine, with the role that may.
fn event(
    scope: &Scope<'_>,
    expansion: &mut Expansion<'_>,
    from: &Serverless,
    name: &str,
    at: At,
    kind: &str,
    settings: &IndexMap<String, Node>,
) {
    let machine = at.reference(&from.logical);
    let (kind, service, properties) = match kind {
        "Schedule" | "EventBridgeRule" | "CloudWatchEvent" => {
            let mut properties = rule_properties(settings);
            let mut target = rule_target(at, machine.clone(), format!("{name}StepFunctionsTarget"), settings);
            target.put("RoleArn", at.attribute(&format!("{name}Role"), "Arn"));
            properties.put("Targets", at.list([Node::new(Value::Map(target.0), at.0)]));
            ("AWS::Events::Rule", "events.amazonaws.com", properties)
        }
        "ScheduleV2" => {
            let properties = schedule_properties(at, machine.clone(), name, settings);
            ("AWS::Scheduler::Schedule", "scheduler.amazonaws.com", properties)
        }
        "Api" => {
            let role = at.attribute(&format!("{name}Role"), "Arn");
            let mut integration = Properties::default();
            integration.put("Type", at.text("AWS"));
            integration.put("IntegrationHttpMethod", at.text("POST"));
            let uri = "arn:${AWS::Partition}:apigateway:${AWS::Region}:states:action/StartExecution";
            integration.put("Uri", at.sub(uri));
            integration.put("Credentials", role);
            let integration = Node::new(Value::Map(integration.0), at.0);
            let (_, properties) = api::method(expansion, at, settings, integration);
            expansion.add(from, format!("{name}Method"), at, "AWS::ApiGateway::Method", properties);
            let role = role::single_action(at, "apigateway.amazonaws.com", "states:StartExecution", machine);
            expansion.add(from, format!("{name}Role"), at, "AWS::IAM::Role", role);
            return;
        }
        _ => {
            scope.gap(at.0, format!("event {name}: {kind} is not expanded"));
            return;
        }
    };
    expansion.add(from, name.to_owned(), at, kind, properties);
    if !settings.contains_key("RoleArn") {
        let role = role::single_action(at, service, "states:StartExecution", machine);
        expansion.add(from, format!("{name}Role"), at, "AWS::IAM::Role", role);
    }
}
