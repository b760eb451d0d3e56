//! Serverless resources as the plain types they become.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use model::{Builder, Inventory, Node, Part, Presence, Resource, Value, Why};
use sources_cloudformation::{Options, read_text};

fn read(resources: &str) -> Inventory {
    let mut builder = Builder::new();
    let text = format!("Transform: AWS::Serverless-2016-10-31\n{resources}");
    read_text("t.yaml", &text, &Options::default(), &mut builder);
    let inventory = builder.build();
    assert!(inventory.resources.iter().all(|one| !one.kind.starts_with("AWS::Serverless::")));
    inventory
}

fn clean(resources: &str) -> Inventory {
    let inventory = read(resources);
    assert_eq!(inventory.gaps, []);
    inventory
}

fn find<'a>(inventory: &'a Inventory, id: &str) -> &'a Resource {
    let found = inventory.resources.iter().find(|one| one.id == id);
    found.unwrap_or_else(|| panic!("no {id} in {:?}", kinds(inventory)))
}

fn kinds(inventory: &Inventory) -> Vec<String> {
    let resources = inventory.resources.iter().filter(|one| one.kind != "Pilaster::Template");
    resources.map(|one| format!("{} {}", one.id, one.kind)).collect()
}

/// The value at a path of names and indexes.
fn at(inventory: &Inventory, id: &str, path: &str) -> String {
    let mut node = &find(inventory, id).properties;
    for step in path.split('.') {
        node = match &node.value {
            Value::List(items) => &items[step.parse::<usize>().unwrap()],
            _ => node.get(step).unwrap_or_else(|| panic!("no {path} in {id}")),
        };
    }
    show(inventory, node)
}

fn show(inventory: &Inventory, node: &Node) -> String {
    let name =
        |reference: &model::Reference| format!("{}.{}", inventory.resource(reference.target).id, reference.attribute);
    match &node.value {
        Value::Text(text) | Value::Number(text) => text.to_string(),
        Value::Bool(value) => value.to_string(),
        Value::Reference(reference) => format!("@{}", name(reference)),
        Value::Unknown(Why::Unresolved(expression)) => format!("?{}", expression.text),
        Value::Pattern(parts) => parts
            .iter()
            .map(|part| match part {
                Part::Text(text) => text.to_string(),
                Part::Reference(reference) => format!("${{{}}}", name(reference)),
                Part::Unknown(expression) => format!("${{{}}}", expression.text),
            })
            .collect(),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(|item| show(inventory, item)).collect();
            format!("[{}]", items.join(" "))
        }
        other => format!("{other:?}"),
    }
}

const FUNCTION: &str = "
Globals:
  Function:
    Runtime: python3.13
    Timeout: 10
    Environment: { Variables: { A: shared, B: shared } }
    Layers: [one]
Resources:
  Fn:
    Type: AWS::Serverless::Function
    DeletionPolicy: Retain
    Properties:
      CodeUri: src/
      Handler: app.handler
      Timeout: 20
      Tracing: Active
      Environment: { Variables: { B: own } }
      Layers: [two]
      Tags: { team: shop }
      DeadLetterQueue: { Type: SQS, TargetArn: !GetAtt Queue.Arn }
      AutoPublishAlias: live
      FunctionUrlConfig: { AuthType: NONE }
      EventInvokeConfig: { MaximumRetryAttempts: 1, DestinationConfig: { OnFailure: { Type: SQS, Destination: !GetAtt Queue.Arn } } }
      Policies:
        - AmazonS3ReadOnlyAccess
        - Statement: [{ Effect: Allow, Action: 's3:*', Resource: '*' }]
        - S3ReadPolicy: { BucketName: x }
      Events:
        Jobs: { Type: SQS, Properties: { Queue: !GetAtt Queue.Arn, BatchSize: 5 } }
        Daily: { Type: Schedule, Properties: { Schedule: rate(1 day), Enabled: false } }
        Get: { Type: Api, Properties: { Path: /x, Method: get } }
        Post: { Type: HttpApi, Properties: { Path: /x, Method: post } }
        Files: { Type: S3, Properties: { Bucket: !Ref Bucket, Events: 's3:ObjectCreated:*' } }
        Topic: { Type: SNS, Properties: { Topic: !Ref Sns } }
  Queue: { Type: AWS::SQS::Queue }
  Bucket: { Type: AWS::S3::Bucket }
  Sns: { Type: AWS::SNS::Topic }
  User: { Type: A::B::C, Properties: { Role: !GetAtt FnRole.Arn, Alias: !Ref Fn.Alias, Stage: !Ref ServerlessRestApiProdStage, Other: !Ref FnWhatever, Sub: !Sub '${ServerlessHttpApi}' } }
";

#[test]
fn a_function_becomes_what_it_expands_to() {
    let inventory = clean(FUNCTION);
    let mut kinds = kinds(&inventory);
    kinds.sort();
    let expected = [
        "Bucket AWS::S3::Bucket",
        "Fn AWS::Lambda::Function",
        "FnAliaslive AWS::Lambda::Alias",
        "FnDaily AWS::Events::Rule",
        "FnDailyPermission AWS::Lambda::Permission",
        "FnEventInvokeConfig AWS::Lambda::EventInvokeConfig",
        "FnFilesPermission AWS::Lambda::Permission",
        "FnGetMethod AWS::ApiGateway::Method",
        "FnGetPermissionProd AWS::Lambda::Permission",
        "FnJobs AWS::Lambda::EventSourceMapping",
        "FnPostPermission AWS::Lambda::Permission",
        "FnPostRoute AWS::ApiGatewayV2::Route",
        "FnRole AWS::IAM::Role",
        "FnTopic AWS::SNS::Subscription",
        "FnTopicPermission AWS::Lambda::Permission",
        "FnURLInvokeAllowPublicAccess AWS::Lambda::Permission",
        "FnUrl AWS::Lambda::Url",
        "FnUrlPublicPermissions AWS::Lambda::Permission",
        "FnVersion AWS::Lambda::Version",
        "Queue AWS::SQS::Queue",
        "ServerlessHttpApi AWS::ApiGatewayV2::Api",
        "ServerlessHttpApiApiGatewayDefaultStage AWS::ApiGatewayV2::Stage",
        "ServerlessRestApi AWS::ApiGateway::RestApi",
        "ServerlessRestApiDeployment AWS::ApiGateway::Deployment",
        "ServerlessRestApiProdStage AWS::ApiGateway::Stage",
        "Sns AWS::SNS::Topic",
        "User A::B::C",
    ];
    assert_eq!(kinds, expected);
}

#[test]
fn settings_of_a_function_keep_their_meaning() {
    let inventory = clean(FUNCTION);
    for (id, path, expected) in [
        ("Fn", "Runtime", "python3.13"),
        ("Fn", "Timeout", "20"),
        ("Fn", "TracingConfig.Mode", "Active"),
        ("Fn", "Environment.Variables.A", "shared"),
        ("Fn", "Environment.Variables.B", "own"),
        ("Fn", "Layers", "[one two]"),
        ("Fn", "Tags.0.Key", "team"),
        ("Fn", "DeadLetterConfig.TargetArn", "@Queue.Arn"),
        ("Fn", "Role", "@FnRole.Arn"),
        ("Fn", "Code.S3Bucket", "?CodeUri: src/"),
        (
            "FnRole",
            "ManagedPolicyArns.0",
            "arn:${!Ref AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
        ),
        ("FnRole", "ManagedPolicyArns.1", "arn:${!Ref AWS::Partition}:iam::aws:policy/AWSXrayWriteOnlyAccess"),
        (
            "FnRole",
            "ManagedPolicyArns.2",
            "arn:${!Ref AWS::Partition}:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole",
        ),
        ("FnRole", "ManagedPolicyArns.3", "arn:${!Ref AWS::Partition}:iam::aws:policy/AmazonS3ReadOnlyAccess"),
        ("FnRole", "Policies.0.PolicyDocument.Statement.0.Action", "s3:*"),
        ("FnRole", "Policies.1.PolicyDocument", "?SAM policy template S3ReadPolicy"),
        ("FnRole", "AssumeRolePolicyDocument.Statement.0.Principal.Service.0", "lambda.amazonaws.com"),
        ("FnJobs", "EventSourceArn", "@Queue.Arn"),
        ("FnJobs", "FunctionName", "@FnAliaslive.Ref"),
        ("FnDaily", "State", "DISABLED"),
        ("FnDaily", "Targets.0.Arn", "@FnAliaslive.Ref"),
        ("FnDailyPermission", "SourceArn", "@FnDaily.Arn"),
        ("FnGetMethod", "HttpMethod", "GET"),
        ("FnGetMethod", "AuthorizationType", "NONE"),
        ("FnGetMethod", "RestApiId", "@ServerlessRestApi.Ref"),
        (
            "FnGetPermissionProd",
            "SourceArn",
            "arn:${!Ref AWS::Partition}:execute-api:${!Ref AWS::Region}:${!Ref AWS::AccountId}:${ServerlessRestApi.Ref}/*/GET/x",
        ),
        ("FnPostRoute", "RouteKey", "POST /x"),
        ("FnUrl", "AuthType", "NONE"),
        ("FnUrlPublicPermissions", "Principal", "*"),
        ("FnEventInvokeConfig", "Qualifier", "live"),
        ("FnEventInvokeConfig", "DestinationConfig.OnFailure.Destination", "@Queue.Arn"),
        ("FnVersion", "FunctionName", "@Fn.Ref"),
        ("FnTopic", "TopicArn", "@Sns.Ref"),
        ("Bucket", "NotificationConfiguration.LambdaConfigurations.0.Function", "@FnAliaslive.Ref"),
        ("ServerlessRestApiProdStage", "StageName", "Prod"),
        ("User", "Role", "@FnRole.Arn"),
        ("User", "Alias", "@FnAliaslive.Ref"),
        ("User", "Stage", "@ServerlessRestApiProdStage.Ref"),
        ("User", "Other", "?!Ref FnWhatever"),
        ("User", "Sub", "@ServerlessHttpApi.Ref"),
    ] {
        assert_eq!(at(&inventory, id, path), expected, "{id} {path}");
    }
    let function = find(&inventory, "Fn");
    assert_eq!(show(&inventory, &function.attributes["DeletionPolicy"]), "Retain");
    assert_eq!(function.origin.line, 10);
    assert_eq!(find(&inventory, "FnDaily").origin.line, 31);
}

#[test]
fn apis_and_their_authorizers() {
    let inventory = clean("
Globals:
  Api: { TracingEnabled: true }
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: live
      EndpointConfiguration: REGIONAL
      AccessLogSetting: { DestinationArn: x }
      Auth:
        DefaultAuthorizer: Pool
        Authorizers: { Pool: { UserPoolArn: p }, Own: { FunctionArn: f } }
  Http:
    Type: AWS::Serverless::HttpApi
    Properties:
      CorsConfiguration: true
      Auth: { DefaultAuthorizer: Jwt, Authorizers: { Jwt: { IdentitySource: x } } }
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: x
      Role: arn:aws:iam::123456789012:role/own
      Events:
        A: { Type: Api, Properties: { RestApiId: !Ref Api, Path: /, Method: any } }
        B: { Type: Api, Properties: { RestApiId: !Ref Api, Path: /b, Method: get, Auth: { Authorizer: NONE } } }
        C: { Type: Api, Properties: { RestApiId: !Ref Api, Path: /c, Method: get, Auth: { Authorizer: Own, ApiKeyRequired: true } } }
        D: { Type: HttpApi, Properties: { ApiId: !Ref Http, Path: /d, Method: ANY } }
        E: { Type: HttpApi, Properties: { ApiId: !ImportValue api, Path: /e, Method: get } }
  User: { Type: A::B::C, Properties: { Stage: !Ref Api.Stage } }
");
    for (id, path, expected) in [
        ("Api", "EndpointConfiguration.Types.0", "REGIONAL"),
        ("ApiliveStage", "TracingEnabled", "true"),
        ("ApiliveStage", "AccessLogSetting.DestinationArn", "x"),
        ("FnAMethod", "AuthorizationType", "COGNITO_USER_POOLS"),
        ("FnBMethod", "AuthorizationType", "NONE"),
        ("FnCMethod", "AuthorizationType", "CUSTOM"),
        ("FnCMethod", "ApiKeyRequired", "true"),
        ("FnDRoute", "AuthorizationType", "JWT"),
        ("FnDRoute", "RouteKey", "ANY /d"),
        ("FnERoute", "AuthorizationType", "?the authorizer of the API"),
        ("Http", "CorsConfiguration.AllowOrigins.0", "*"),
        ("HttpApiGatewayDefaultStage", "StageName", "$default"),
        ("Fn", "Code.ZipFile", "x"),
        ("User", "Stage", "@ApiliveStage.Ref"),
    ] {
        assert_eq!(at(&inventory, id, path), expected, "{id} {path}");
    }
    assert!(!kinds(&inventory).iter().any(|one| one.starts_with("FnRole")));
}

#[test]
fn tables_state_machines_layers() {
    let inventory = clean(
        "
Resources:
  Plain: { Type: AWS::Serverless::SimpleTable }
  Keyed:
    Type: AWS::Serverless::SimpleTable
    Properties:
      PrimaryKey: { Name: sku, Type: Number }
      ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 }
      SSESpecification: { SSEEnabled: true }
      Tags: { a: b }
  Machine:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition: { StartAt: A }
      Name: orders
      Type: EXPRESS
      Logging: { Level: ALL }
      Tracing: { Enabled: true }
      Policies: [{ Statement: { Effect: Allow, Action: x, Resource: '*' } }]
      Events:
        Daily: { Type: Schedule, Properties: { Schedule: rate(1 day) } }
        Start: { Type: Api, Properties: { Path: /m, Method: post } }
  Layer: { Type: AWS::Serverless::LayerVersion, Properties: { ContentUri: s3://bucket/key/x.zip } }
",
    );
    for (id, path, expected) in [
        ("Plain", "BillingMode", "PAY_PER_REQUEST"),
        ("Plain", "KeySchema.0.AttributeName", "id"),
        ("Keyed", "AttributeDefinitions.0.AttributeType", "N"),
        ("Keyed", "ProvisionedThroughput.ReadCapacityUnits", "1"),
        ("Keyed", "SSESpecification.SSEEnabled", "true"),
        ("Machine", "StateMachineName", "orders"),
        ("Machine", "StateMachineType", "EXPRESS"),
        ("Machine", "LoggingConfiguration.Level", "ALL"),
        ("Machine", "TracingConfiguration.Enabled", "true"),
        ("Machine", "RoleArn", "@MachineRole.Arn"),
        ("MachineDaily", "Targets.0.RoleArn", "@MachineDailyRole.Arn"),
        ("MachineRole", "AssumeRolePolicyDocument.Statement.0.Principal.Service.0", "states.amazonaws.com"),
        ("MachineStartMethod", "Integration.Credentials", "@MachineStartRole.Arn"),
        ("ServerlessRestApiProdStage", "RestApiId", "@ServerlessRestApi.Ref"),
        ("Layer", "LayerName", "Layer"),
        ("Layer", "Content.S3Bucket", "bucket"),
        ("Layer", "Content.S3Key", "key/x.zip"),
    ] {
        assert_eq!(at(&inventory, id, path), expected, "{id} {path}");
    }
    assert!(find(&inventory, "Keyed").properties.get("BillingMode").is_none());
    assert_eq!(show(&inventory, &find(&inventory, "Layer").attributes["DeletionPolicy"]), "Retain");
}

#[test]
fn what_comes_with_a_resource_has_its_condition() {
    let inventory = clean(
        "
Parameters: { Env: { Type: String } }
Conditions: { Prod: !Equals [!Ref Env, prod], Never: !Equals [a, b] }
Resources:
  Fn: { Type: AWS::Serverless::Function, Condition: Prod, Properties: { InlineCode: x } }
  Not: { Type: AWS::Serverless::Function, Condition: Never, Properties: { InlineCode: x } }
",
    );
    assert_eq!(kinds(&inventory), ["Fn AWS::Lambda::Function", "FnRole AWS::IAM::Role"]);
    assert!(matches!(find(&inventory, "FnRole").presence, Presence::Possible(_)));
}

#[test]
fn what_is_not_expanded_is_told() {
    let inventory = read(
        "
Resources:
  Graph: { Type: AWS::Serverless::GraphQLApi, Properties: {} }
  Link: { Type: AWS::Serverless::Connector, Properties: {} }
  App: { Type: AWS::Serverless::Application, Properties: { Location: { ApplicationId: x, SemanticVersion: 1.0.0 } } }
",
    );
    assert_eq!(kinds(&inventory), ["App AWS::CloudFormation::Stack"]);
    let gaps: Vec<&str> = inventory.gaps.iter().map(|gap| gap.reason.as_str()).collect();
    assert_eq!(
        gaps,
        [
            "resource Graph: AWS::Serverless::GraphQLApi is not expanded",
            "nested stack App: where its template lies is not known: an application of the serverless application repository",
        ]
    );
}
