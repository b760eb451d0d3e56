//! Events: what invokes a function.

use indexmap::IndexMap;
use model::{Node, Value};

use super::function::Invoked;
use super::plain::{At, Properties, entries, is_call, is_true, target, text_of};
use super::{Expansion, Serverless, api, http_api, role};
use crate::resolve::Scope;

/// Settings of an event source mapping that have the same name and form on both sides.
const MAPPING: &[&str] = &[
    "AmazonManagedKafkaEventSourceConfig",
    "BatchSize",
    "BisectBatchOnFunctionError",
    "DestinationConfig",
    "DocumentDBEventSourceConfig",
    "Enabled",
    "FilterCriteria",
    "FunctionResponseTypes",
    "KmsKeyArn",
    "MaximumBatchingWindowInSeconds",
    "MaximumRecordAgeInSeconds",
    "MaximumRetryAttempts",
    "MetricsConfig",
    "ParallelizationFactor",
    "ProvisionedPollerConfig",
    "Queues",
    "ScalingConfig",
    "SelfManagedKafkaEventSourceConfig",
    "SourceAccessConfigurations",
    "StartingPosition",
    "StartingPositionTimestamp",
    "Topics",
    "TumblingWindowInSeconds",
];

/// The managed policy that the role of a function has because of an event.
pub(super) fn managed_policy(event: &Node) -> Option<&'static str> {
    Some(match text_of(event.get("Type"))? {
        "SQS" => "AWSLambdaSQSQueueExecutionRole",
        "Kinesis" => "AWSLambdaKinesisExecutionRole",
        "DynamoDB" => "AWSLambdaDynamoDBExecutionRole",
        "MSK" => "AWSLambdaMSKExecutionRole",
        _ => return None,
    })
}

/// One event of a function.
pub(super) struct Event<'a> {
    pub(super) from: &'a Serverless,
    pub(super) invoked: &'a Invoked,
    /// `<Function><Event>`: the beginning of the names of what comes with it.
    pub(super) name: String,
    pub(super) at: At,
    pub(super) settings: &'a IndexMap<String, Node>,
}

pub(super) fn expand_for_function(
    scope: &Scope<'_>,
    expansion: &mut Expansion<'_>,
    from: &Serverless,
    invoked: &Invoked,
) {
    let none = IndexMap::new();
    for (name, node) in entries(from.properties.get("Events")).unwrap_or(&none) {
        let Some(kind) = text_of(node.get("Type")) else { continue };
        let event = Event {
            from,
            invoked,
            name: format!("{}{name}", from.logical),
            at: At(node.origin),
            settings: entries(node.get("Properties")).unwrap_or(&none),
        };
        match kind {
            "Api" => api::event(expansion, &event),
            "HttpApi" => http_api::event(expansion, &event),
            "Schedule" | "EventBridgeRule" | "CloudWatchEvent" => rule(expansion, &event),
            "ScheduleV2" => schedule(expansion, &event),
            "SQS" | "Kinesis" | "DynamoDB" | "MSK" | "MQ" | "SelfManagedKafka" | "DocumentDB" => {
                mapping(expansion, &event);
            }
            "SNS" => subscription(expansion, &event),
            "S3" => bucket(expansion, &event),
            "CloudWatchLogs" => logs(expansion, &event),
            "IoTRule" => iot(expansion, &event),
            "AlexaSkill" => event.permit(expansion, "alexa-appkit.amazon.com", None),
            "Cognito" => {
                let pool = target(event.settings.get("UserPool")).map(|pool| event.at.attribute(pool, "Arn"));
                event.permit(expansion, "cognito-idp.amazonaws.com", pool);
            }
            _ => scope.gap(node.origin, format!("event {}: {kind} is not expanded", event.name)),
        }
    }
}

impl Event<'_> {
    /// Adds `<Function><Event>Permission`, which lets a service invoke the function.
    pub(super) fn permit(&self, expansion: &mut Expansion<'_>, service: &str, source: Option<Node>) {
        self.permit_as(expansion, "Permission", service, source);
    }

    /// Adds a permission whose name ends so.
    pub(super) fn permit_as(&self, expansion: &mut Expansion<'_>, end: &str, service: &str, source: Option<Node>) {
        let mut properties = Properties::default();
        properties.put("Action", self.at.text("lambda:InvokeFunction"));
        properties.put("FunctionName", self.invoked.reference.clone());
        properties.put("Principal", self.at.text(service));
        properties.put_some("SourceArn", source);
        if matches!(service, "s3.amazonaws.com" | "iot.amazonaws.com") {
            properties.put("SourceAccount", self.at.reference("AWS::AccountId"));
        }
        properties.put_some("EventSourceToken", self.settings.get("SkillId").cloned());
        self.add(expansion, end, "AWS::Lambda::Permission", properties);
    }

    pub(super) fn add(&self, expansion: &mut Expansion<'_>, end: &str, kind: &str, properties: Properties) {
        expansion.add(self.from, format!("{}{end}", self.name), self.at, kind, properties);
    }
}

/// A rule's state: SAM knows a switch, the plain type a word.
pub(super) fn state(settings: &IndexMap<String, Node>) -> Option<Node> {
    if let Some(state) = settings.get("State") {
        return Some(state.clone());
    }
    let enabled = settings.get("Enabled")?;
    Some(match is_call(enabled) {
        true => At(enabled.origin).later("State, from Enabled"),
        false => At(enabled.origin).text(if is_true(Some(enabled)) { "ENABLED" } else { "DISABLED" }),
    })
}

/// The properties of a rule, its target aside.
pub(super) fn rule_properties(settings: &IndexMap<String, Node>) -> Properties {
    let mut properties = Properties::default();
    properties.put_some("ScheduleExpression", settings.get("Schedule").cloned());
    properties.put_some("EventPattern", settings.get("Pattern").cloned());
    properties.put_some("State", state(settings));
    properties.copy(&["Name", "Description", "EventBusName"], settings);
    properties.put_some("Name", settings.get("RuleName").cloned());
    properties
}

/// What a rule or schedule invokes, with the settings that belong to the target.
pub(super) fn rule_target(at: At, arn: Node, id: String, settings: &IndexMap<String, Node>) -> Properties {
    let mut target = Properties::default();
    target.put("Arn", arn);
    target.put("Id", at.text(id));
    target.copy(&["Input", "InputPath", "InputTransformer", "RetryPolicy"], settings);
    if let Some(queue) = settings.get("DeadLetterConfig") {
        let arn = queue.get("Arn").cloned();
        let arn = arn.unwrap_or_else(|| At(queue.origin).later("DeadLetterConfig: made by SAM"));
        target.put("DeadLetterConfig", At(queue.origin).map([("Arn", arn)]));
    }
    target
}

fn rule(expansion: &mut Expansion<'_>, event: &Event<'_>) {
    let at = event.at;
    let mut properties = rule_properties(event.settings);
    let id = format!("{}LambdaTarget", event.name);
    let target = rule_target(at, event.invoked.arn.clone(), id, event.settings);
    properties.put("Targets", at.list([Node::new(Value::Map(target.0), at.0)]));
    event.add(expansion, "", "AWS::Events::Rule", properties);
    event.permit(expansion, "events.amazonaws.com", Some(at.attribute(&event.name, "Arn")));
}

fn schedule(expansion: &mut Expansion<'_>, event: &Event<'_>) {
    let properties = schedule_properties(event.at, event.invoked.arn.clone(), &event.name, event.settings);
    event.add(expansion, "", "AWS::Scheduler::Schedule", properties);
    if !event.settings.contains_key("RoleArn") {
        let role = role::single_action(
            event.at,
            "scheduler.amazonaws.com",
            "lambda:InvokeFunction",
            event.invoked.arn.clone(),
        );
        event.add(expansion, "Role", "AWS::IAM::Role", role);
    }
}

/// The properties of a schedule that invokes something.
pub(super) fn schedule_properties(at: At, arn: Node, name: &str, settings: &IndexMap<String, Node>) -> Properties {
    let mut properties = Properties::default();
    properties.put("Name", at.text(name));
    properties.copy(
        &[
            "Description",
            "EndDate",
            "GroupName",
            "KmsKeyArn",
            "Name",
            "ScheduleExpression",
            "ScheduleExpressionTimezone",
            "StartDate",
            "State",
        ],
        settings,
    );
    let window = settings.get("FlexibleTimeWindow").cloned();
    properties.put("FlexibleTimeWindow", window.unwrap_or_else(|| at.map([("Mode", at.text("OFF"))])));
    let mut target = rule_target(at, arn, String::new(), settings);
    target.0.shift_remove("Id");
    let role = settings.get("RoleArn").cloned();
    target.put("RoleArn", role.unwrap_or_else(|| at.attribute(&format!("{name}Role"), "Arn")));
    properties.put("Target", Node::new(Value::Map(target.0), at.0));
    properties
}

fn mapping(expansion: &mut Expansion<'_>, event: &Event<'_>) {
    let mut properties = Properties::default();
    let source = ["Queue", "Stream", "Broker", "Cluster"].iter().find_map(|name| event.settings.get(*name));
    properties.put_some("EventSourceArn", source.cloned());
    properties.put("FunctionName", event.invoked.reference.clone());
    properties.copy(MAPPING, event.settings);
    if let Some(servers) = event.settings.get("KafkaBootstrapServers") {
        let at = At(servers.origin);
        let endpoints = at.map([("KafkaBootstrapServers", servers.clone())]);
        properties.put("SelfManagedEventSource", at.map([("Endpoints", endpoints)]));
    }
    event.add(expansion, "", "AWS::Lambda::EventSourceMapping", properties);
}

fn subscription(expansion: &mut Expansion<'_>, event: &Event<'_>) {
    let topic = event.settings.get("Topic").cloned();
    let mut properties = Properties::default();
    properties.put("Protocol", event.at.text("lambda"));
    properties.put("Endpoint", event.invoked.arn.clone());
    properties.put_some("TopicArn", topic.clone());
    properties.copy(&["FilterPolicy", "FilterPolicyScope", "RedrivePolicy", "Region"], event.settings);
    event.add(expansion, "", "AWS::SNS::Subscription", properties);
    event.permit(expansion, "sns.amazonaws.com", topic);
}

fn bucket(expansion: &mut Expansion<'_>, event: &Event<'_>) {
    event.permit(expansion, "s3.amazonaws.com", None);
    let Some(bucket) = target(event.settings.get("Bucket")) else { return };
    let kinds = match event.settings.get("Events") {
        Some(Node { value: Value::List(items), .. }) => items.clone(),
        Some(node) => vec![node.clone()],
        None => Vec::new(),
    };
    for kind in kinds {
        // The same filter goes to every kind of event.
        if let Some(filter) = event.settings.get("Filter")
            && !expansion.spend(filter, filter.origin)
        {
            return;
        }
        let mut notification = Properties::default();
        notification.put("Event", kind);
        notification.put("Function", event.invoked.arn.clone());
        notification.copy(&["Filter"], event.settings);
        let node = Node::new(Value::Map(notification.0), event.at.0);
        expansion.notifications.push((bucket.to_owned(), node));
    }
}

/// Adds the notifications that events ask for to the buckets they name.
pub(super) fn notify(expansion: &mut Expansion<'_>) {
    for (bucket, notification) in std::mem::take(&mut expansion.notifications) {
        let at = At(notification.origin);
        let Some(Node { value: Value::Map(resource), .. }) = expansion.resources.get_mut(&bucket) else {
            continue;
        };
        let empty = || at.map([]);
        let properties = resource.entry("Properties".to_owned()).or_insert_with(empty);
        let Value::Map(properties) = &mut properties.value else { continue };
        let place = properties.entry("NotificationConfiguration".to_owned()).or_insert_with(empty);
        let Value::Map(place) = &mut place.value else { continue };
        let place = place.entry("LambdaConfigurations".to_owned()).or_insert_with(|| at.list([]));
        if let Value::List(items) = &mut place.value {
            items.push(notification);
        }
    }
}

fn logs(expansion: &mut Expansion<'_>, event: &Event<'_>) {
    let mut properties = Properties::default();
    properties.copy(&["LogGroupName", "FilterPattern"], event.settings);
    properties.put("DestinationArn", event.invoked.arn.clone());
    event.add(expansion, "", "AWS::Logs::SubscriptionFilter", properties);
    let source = event.settings.get("LogGroupName").map(|group| {
        let text = "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${Group}:*";
        let at = At(group.origin);
        at.map([("Fn::Sub", at.list([at.text(text), at.map([("Group", group.clone())])]))])
    });
    event.permit(expansion, "logs.amazonaws.com", source);
}

fn iot(expansion: &mut Expansion<'_>, event: &Event<'_>) {
    let at = event.at;
    let mut payload = Properties::default();
    payload.put_some("Sql", event.settings.get("Sql").cloned());
    payload.put_some("AwsIotSqlVersion", event.settings.get("AwsIotSqlVersion").cloned());
    payload.put("RuleDisabled", at.bool(false));
    let action = at.map([("Lambda", at.map([("FunctionArn", event.invoked.arn.clone())]))]);
    payload.put("Actions", at.list([action]));
    let mut properties = Properties::default();
    properties.put("TopicRulePayload", Node::new(Value::Map(payload.0), at.0));
    event.add(expansion, "", "AWS::IoT::TopicRule", properties);
    let rule = format!("arn:${{AWS::Partition}}:iot:${{AWS::Region}}:${{AWS::AccountId}}:rule/${{{}}}", event.name);
    event.permit(expansion, "iot.amazonaws.com", Some(at.sub(&rule)));
}
