//! AWS Lambda: functions, their permissions and addresses, and what calls them.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value, Why};
use serde_json::json;

use crate::shape::{into_items, is_unknown, part, text};
use crate::tags::{TAGS, Tags};
use crate::{Collector, Draft, Halt, Reach, Run};

static LAMBDA: Service = Service {
    endpoint: "lambda",
    signing: "lambda",
    variable: "LAMBDA",
    protocol: Protocol::RestJson,
    scope: Scope::Regional,
};

const MARKER: Pages = Pages::Token { answer: "NextMarker", parameter: "Marker" };

static LIST: Call = Call {
    service: &LAMBDA,
    operation: "ListFunctions",
    path: "GET /2015-03-31/functions/",
    action: "lambda:ListFunctions",
    pages: MARKER,
    yields: &["AWS::Lambda::Function", "AWS::Lambda::Permission", "AWS::Lambda::Url", "AWS::Lambda::EventInvokeConfig"],
    unset: &[],
};

static MAPPINGS: Call = Call {
    service: &LAMBDA,
    operation: "ListEventSourceMappings",
    path: "GET /2015-03-31/event-source-mappings/",
    action: "lambda:ListEventSourceMappings",
    pages: MARKER,
    yields: &["AWS::Lambda::EventSourceMapping"],
    unset: &[],
};

static POLICY: Call = Call {
    service: &LAMBDA,
    operation: "GetPolicy",
    path: "GET /2015-03-31/functions/{FunctionName}/policy",
    action: "lambda:GetPolicy",
    pages: Pages::One,
    yields: &["AWS::Lambda::Permission"],
    unset: &["ResourceNotFoundException"],
};

static URLS: Call = Call {
    service: &LAMBDA,
    operation: "ListFunctionUrlConfigs",
    path: "GET /2021-10-31/functions/{FunctionName}/urls",
    action: "lambda:ListFunctionUrlConfigs",
    pages: MARKER,
    yields: &["AWS::Lambda::Url"],
    unset: &["ResourceNotFoundException"],
};

static INVOKE_CONFIGS: Call = Call {
    service: &LAMBDA,
    operation: "ListFunctionEventInvokeConfigs",
    path: "GET /2019-09-25/functions/{FunctionName}/event-invoke-config/list",
    action: "lambda:ListFunctionEventInvokeConfigs",
    pages: MARKER,
    yields: &["AWS::Lambda::EventInvokeConfig"],
    unset: &["ResourceNotFoundException"],
};

static CONCURRENCY: Call = Call {
    service: &LAMBDA,
    operation: "GetFunctionConcurrency",
    path: "GET /2019-09-30/functions/{FunctionName}/concurrency",
    action: "lambda:GetFunctionConcurrency",
    pages: Pages::One,
    yields: &[],
    unset: &["ResourceNotFoundException"],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "lambda",
    reach: Reach::EveryRegion,
    calls: &[&LIST, &MAPPINGS, &POLICY, &URLS, &INVOKE_CONFIGS, &CONCURRENCY, &TAGS],
    collect: |run| Box::pin(lambda(run)),
};

async fn lambda(run: &Run) -> Result<(), Halt> {
    let (functions, mappings) = tokio::join!(run.list(&LIST, json!({}), "Functions"), mappings(run));
    let functions = functions?;
    if !functions.is_empty() {
        let tags = Tags::read(run, &["lambda:function"]).await;
        run.each(functions.into_iter().map(|found| (found, &tags)).collect(), function).await;
    }
    mappings
}

async fn mappings(run: &Run) -> Result<(), Halt> {
    for mapping in run.list(&MAPPINGS, json!({}), "EventSourceMappings").await? {
        let Some(id) = text(&mapping, "UUID") else { continue };
        let mut draft = Draft::new("AWS::Lambda::EventSourceMapping", id, mapping.origin).name(id);
        for property in [
            "EventSourceArn",
            "BatchSize",
            "BisectBatchOnFunctionError",
            "DestinationConfig",
            "FilterCriteria",
            "FunctionResponseTypes",
            "MaximumBatchingWindowInSeconds",
            "MaximumRecordAgeInSeconds",
            "MaximumRetryAttempts",
            "ParallelizationFactor",
            "ScalingConfig",
            "StartingPosition",
            "TumblingWindowInSeconds",
        ] {
            draft = draft.set(property, part(&mapping, property));
        }
        let enabled = text(&mapping, "State").map(|state| !matches!(state, "Disabled" | "Disabling"));
        run.add(
            draft
                .set("FunctionName", part(&mapping, "FunctionArn").map(unqualified))
                .set("Enabled", enabled.map(|enabled| Node::new(Value::Bool(enabled), mapping.origin)))
                .set("Observed.State", part(&mapping, "State")),
        );
    }
    Ok(())
}

async fn function(run: &Run, (function, tags): (Node, &Tags)) -> Vec<Draft> {
    let (Some(name), Some(arn)) = (text(&function, "FunctionName"), text(&function, "FunctionArn")) else {
        return Vec::new();
    };
    let named = || json!({ "FunctionName": name });
    let (concurrency, policy, urls, invocations) = tokio::join!(
        run.get(&CONCURRENCY, named()),
        run.get(&POLICY, named()),
        run.get_list(&URLS, named(), "FunctionUrlConfigs"),
        run.get_list(&INVOKE_CONFIGS, named(), "FunctionEventInvokeConfigs"),
    );
    let mut draft = Draft::new("AWS::Lambda::Function", name, function.origin).name(name).arn(arn);
    for property in [
        "FunctionName",
        "Architectures",
        "DeadLetterConfig",
        "Description",
        "EphemeralStorage",
        "FileSystemConfigs",
        "Handler",
        "LoggingConfig",
        "MemorySize",
        "PackageType",
        "Role",
        "Runtime",
        "Timeout",
        "TracingConfig",
        "VpcConfig",
    ] {
        draft = draft.set(property, part(&function, property));
    }
    draft = draft
        .set("Environment", part(&function, "Environment").map(environment))
        .set("KmsKeyArn", part(&function, "KMSKeyArn"))
        .set("ReservedConcurrentExecutions", concurrency.at("ReservedConcurrentExecutions"))
        .set("Tags", tags.of(arn))
        .set("Observed.CodeSize", part(&function, "CodeSize"))
        .set("Observed.LastModified", part(&function, "LastModified"));
    let mut drafts = vec![draft];
    drafts.extend(permissions(&function, name, policy.json_at("Policy")));
    drafts.extend(into_items(urls).into_iter().map(|url| {
        let id = text(&url, "FunctionUrl").unwrap_or(arn);
        Draft::new("AWS::Lambda::Url", id, url.origin)
            .set("TargetFunctionArn", part(&function, "FunctionArn"))
            .take(&url, &[("AuthType", "AuthType"), ("Cors", "Cors"), ("InvokeMode", "InvokeMode")])
    }));
    drafts.extend(into_items(invocations).into_iter().map(|config| {
        let id = text(&config, "FunctionArn").unwrap_or(arn).to_owned();
        let draft = Draft::new("AWS::Lambda::EventInvokeConfig", id, config.origin);
        draft.set("FunctionName", part(&function, "FunctionName")).take(
            &config,
            &[
                ("DestinationConfig", "DestinationConfig"),
                ("MaximumEventAgeInSeconds", "MaximumEventAgeInSeconds"),
                ("MaximumRetryAttempts", "MaximumRetryAttempts"),
            ],
        )
    }));
    drafts
}

/// Where the key is out of reach, the service tells so in place of the variables.
fn environment(environment: Node) -> Node {
    if environment.get("Variables").is_none() && environment.get("Error").is_some() {
        return Node::new(Value::Unknown(Why::Denied("kms:Decrypt".into())), environment.origin);
    }
    environment
}

/// The statements of a policy. That it cannot be read is one permission of which nothing is known.
fn permissions(function: &Node, name: &str, policy: Option<Node>) -> Vec<Draft> {
    let Some(policy) = policy else { return Vec::new() };
    let begun = |id: String| {
        Draft::new("AWS::Lambda::Permission", id, policy.origin).set("FunctionName", part(function, "FunctionName"))
    };
    if is_unknown(&policy) {
        let unknown = |draft: Draft, property: &&str| draft.set(property, Some(policy.clone()));
        return vec![PERMISSION.iter().fold(begun(name.to_owned()), unknown)];
    }
    let statements = match part(&policy, "Statement") {
        Some(Node { value: Value::List(statements), .. }) => statements,
        single => Vec::from_iter(single),
    };
    let drafts = statements.iter().enumerate().filter(|(_, statement)| text(statement, "Effect") == Some("Allow"));
    let drafts = drafts.map(|(number, statement)| {
        let id = text(statement, "Sid").map_or_else(|| format!("{name}/{number}"), |sid| format!("{name}/{sid}"));
        begun(id)
            .set("Action", part(statement, "Action"))
            .set("Principal", part(statement, "Principal").map(principal))
            .set("SourceArn", condition(statement, "aws:sourcearn"))
            .set("SourceAccount", condition(statement, "aws:sourceaccount"))
            .set("FunctionUrlAuthType", condition(statement, "lambda:functionurlauthtype"))
            .set("InvokedViaFunctionUrl", condition(statement, "lambda:invokedviafunctionurl"))
            .set("PrincipalOrgID", condition(statement, "aws:principalorgid"))
            .set("EventSourceToken", condition(statement, "lambda:eventsourcetoken"))
    });
    drafts.collect()
}

const PERMISSION: [&str; 7] = [
    "Action",
    "Principal",
    "SourceArn",
    "SourceAccount",
    "FunctionUrlAuthType",
    "InvokedViaFunctionUrl",
    "PrincipalOrgID",
];

/// `{"Service": "sns.amazonaws.com"}` is the name alone.
fn principal(principal: Node) -> Node {
    match &principal.value {
        Value::Map(entries) => entries.values().next().cloned().unwrap_or(principal),
        _ => principal,
    }
}

/// The value that a condition demands for a key. One that demands it only where there is one, or any other,
/// keeps nobody out.
fn condition(statement: &Node, key: &str) -> Option<Node> {
    let Value::Map(operators) = &statement.get("Condition")?.value else { return None };
    let demands = |name: &str| !["Not", "IfExists", "Null"].iter().any(|weak| name.contains(weak));
    operators.iter().filter(|(name, _)| demands(name)).find_map(|(_, operator)| {
        let Value::Map(keys) = &operator.value else { return None };
        keys.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, value)| value.clone())
    })
}

/// The ARN of a function without the version or the alias that may stand behind it.
fn unqualified(arn: Node) -> Node {
    let Value::Text(text) = &arn.value else { return arn };
    let function: Vec<&str> = text.split(':').take(7).collect();
    Node::new(Value::Text(function.join(":").into()), arn.origin)
}
