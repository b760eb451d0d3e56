//! Functions, their triggers and logs, and an API.

use serde_json::json;

use super::{Draft, reference, when};

pub(super) fn add(draft: &mut Draft) {
    let sound = draft.sound();
    let runtime = if sound { "python3.13" } else { "python3.8" };
    let name = draft.id("worker");
    draft.add(
        "Function",
        "AWS::Lambda::Function",
        json!({
            "FunctionName": { "Fn::Sub": format!("${{AWS::StackName}}-{name}") },
            "Runtime": runtime,
            "Handler": "main.handle",
            "Architectures": when(sound, || json!(["arm64"])),
            "Code": { "S3Bucket": draft.to("Bucket"), "S3Key": "worker.zip" },
            "Role": draft.attribute("FunctionRole", "Arn"),
            "Timeout": if sound { 60 } else { 900 },
            "MemorySize": 512,
            "TracingConfig": when(sound, || json!({ "Mode": "Active" })),
            "DeadLetterConfig": when(sound, || json!({ "TargetArn": draft.attribute("DeadLetters", "Arn") })),
            "Environment": {
                "Variables": {
                    "TABLE": draft.to("Table"),
                    "STAGE": { "Fn::If": ["IsProduction", "live", "test"] },
                    "PASSWORD": when(!sound, || "not-a-real-password".into()),
                },
            },
            "Tags": draft.tags(sound),
        }),
    );
    draft.add(
        "FunctionLogs",
        "AWS::Logs::LogGroup",
        json!({
            "LogGroupName": { "Fn::Sub": format!("/aws/lambda/${{{}}}", draft.id("Function")) },
            "RetentionInDays": when(sound, || reference("RetentionDays")),
            "KmsKeyId": when(sound, || draft.attribute("Key", "Arn")),
        }),
    );
    draft.add(
        "FunctionTrigger",
        "AWS::Lambda::EventSourceMapping",
        json!({
            "EventSourceArn": draft.attribute("Queue", "Arn"),
            "FunctionName": draft.to("Function"),
            "FunctionResponseTypes": when(sound, || json!(["ReportBatchItemFailures"])),
        }),
    );
    api(draft);
    let sound = draft.sound();
    draft.add(
        "FunctionPermission",
        "AWS::Lambda::Permission",
        json!({
            "FunctionName": draft.attribute("Function", "Arn"),
            "Action": "lambda:InvokeFunction",
            "Principal": if sound { "apigateway.amazonaws.com" } else { "*" },
            "SourceArn": when(sound, || json!({
                "Fn::Sub": format!("arn:aws:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:${{{}}}/*", draft.id("Api")),
            })),
        }),
    );
}

fn api(draft: &mut Draft) {
    let sound = draft.sound();
    draft.add("Api", "AWS::ApiGateway::RestApi", json!({ "Name": draft.id("api") }));
    draft.add(
        "ApiMethod",
        "AWS::ApiGateway::Method",
        json!({
            "RestApiId": draft.to("Api"),
            "ResourceId": draft.attribute("Api", "RootResourceId"),
            "HttpMethod": "GET",
            "AuthorizationType": if sound { "AWS_IAM" } else { "NONE" },
            "Integration": {
                "Type": "AWS_PROXY",
                "IntegrationHttpMethod": "POST",
                "Uri": {
                    "Fn::Sub": format!(
                        "arn:aws:apigateway:${{AWS::Region}}:lambda:path/2015-03-31/functions/${{{}.Arn}}/invocations",
                        draft.id("Function"),
                    ),
                },
            },
        }),
    );
    draft.add_with(
        "ApiDeployment",
        "AWS::ApiGateway::Deployment",
        json!({ "RestApiId": draft.to("Api") }),
        json!({ "DependsOn": [draft.id("ApiMethod")] }),
    );
    let sound = draft.sound();
    draft.add(
        "ApiStage",
        "AWS::ApiGateway::Stage",
        json!({
            "RestApiId": draft.to("Api"),
            "DeploymentId": draft.to("ApiDeployment"),
            "StageName": "live",
            "TracingEnabled": sound,
            "AccessLogSetting": when(sound, || json!({
                "DestinationArn": draft.attribute("FunctionLogs", "Arn"),
                "Format": "$context.requestId",
            })),
            "MethodSettings": [{
                "HttpMethod": "*",
                "ResourcePath": "/*",
                "LoggingLevel": if sound { "ERROR" } else { "OFF" },
                "MetricsEnabled": sound,
            }],
        }),
    );
}
