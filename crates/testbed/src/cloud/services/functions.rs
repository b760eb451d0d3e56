//! AWS Lambda.

use serde_json::{Value, json};

use super::{Account, with};
use crate::cloud::answer::Answer;
use crate::cloud::population::{ACCOUNT, Kind, name, number_of};

pub(super) fn answer(account: &Account<'_>) -> Option<Answer> {
    let (population, region, question) = (account.population, account.region(), account.question);
    let total = population.count(Kind::Function, region);
    // The name, or an ARN that ends in it.
    let named = [question.text("FunctionName"), question.text("Resource")];
    let number = named.into_iter().find_map(number_of).filter(|number| *number < total);
    let known = number.is_some();
    Some(match question.operation.as_str() {
        "ListFunctions" => {
            let (items, next) = account.items(total, "MaxItems", 50, |number| function(account, number));
            with(json!({ "Functions": items }), "NextMarker", next)
        }
        "ListEventSourceMappings" => Answer::Tree(json!({ "EventSourceMappings": [] })),
        "GetPolicy" => match number.filter(|number| population.function_policy(region, *number)) {
            Some(number) => policy(account, number),
            None => Answer::Error(404, "ResourceNotFoundException"),
        },
        "GetFunction" if known => {
            Answer::Tree(json!({ "Configuration": number.map(|number| function(account, number)) }))
        }
        "ListFunctionUrlConfigs" if known => Answer::Tree(json!({ "FunctionUrlConfigs": [] })),
        "ListFunctionEventInvokeConfigs" if known => Answer::Tree(json!({ "FunctionEventInvokeConfigs": [] })),
        "GetFunctionConcurrency" if known => Answer::Tree(json!({})),
        "ListTags" if known => Answer::Tree(json!({ "Tags": { "Environment": "production" } })),
        _ if named.iter().any(|name| !name.is_empty()) => Answer::Error(404, "ResourceNotFoundException"),
        _ => return None,
    })
}

fn function(account: &Account<'_>, number: usize) -> Value {
    let mut dice = account.population.dice(Kind::Function, account.region(), number);
    let named = name(number);
    json!({
        "FunctionName": named,
        "FunctionArn": account.arn("lambda", &format!("function:{named}")),
        "Runtime": dice.one(&["python3.12", "nodejs20.x", "python3.8", "java21"]),
        "Role": format!("arn:aws:iam::{ACCOUNT}:role/{}", name(number % 40)),
        "Handler": "main.handler",
        "CodeSize": 1024 + dice.below(1 << 20),
        "Description": "",
        "Timeout": 30,
        "MemorySize": dice.below(10) * 128 + 128,
        "LastModified": "2026-05-01T09:00:00.000+0000",
        "CodeSha256": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        "Version": "$LATEST",
        "Environment": { "Variables": { "STAGE": "production", "TABLE": name(number % 20) } },
        "TracingConfig": { "Mode": if dice.happens(40) { "Active" } else { "PassThrough" } },
        "RevisionId": "00000000-0000-4000-8000-000000000000",
        "PackageType": "Zip",
        "Architectures": [if dice.happens(30) { "arm64" } else { "x86_64" }],
        "EphemeralStorage": { "Size": 512 },
        "SnapStart": { "ApplyOn": "None", "OptimizationStatus": "Off" },
        "LoggingConfig": { "LogFormat": "Text", "LogGroup": format!("/aws/lambda/{named}") },
    })
}

fn policy(account: &Account<'_>, number: usize) -> Answer {
    let statement = json!({ "Sid": "events", "Effect": "Allow", "Principal": { "Service": "events.amazonaws.com" },
        "Action": "lambda:InvokeFunction", "Resource": account.arn("lambda", &format!("function:{}", name(number))),
        "Condition": { "ArnLike": { "AWS:SourceArn": account.arn("events", "rule/nightly") } } });
    let policy = json!({ "Version": "2012-10-17", "Id": "default", "Statement": [statement] });
    Answer::Tree(json!({ "Policy": policy.to_string(), "RevisionId": "1" }))
}
