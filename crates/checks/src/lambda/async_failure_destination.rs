//! `lambda_async_failure_destination`

use macros::check;
use model::{Inventory, Verdict, when};

use crate::views::lambda::{EventInvokeConfig, Function, Permission};

/// Services that invoke functions without waiting for the answer (AWS Lambda Developer Guide, "Invoking
/// Lambda with events from other AWS services").
const ASYNCHRONOUS: [&str; 9] = [
    "s3.amazonaws.com",
    "sns.amazonaws.com",
    "events.amazonaws.com",
    "ses.amazonaws.com",
    "logs.amazonaws.com",
    "iot.amazonaws.com",
    "config.amazonaws.com",
    "codecommit.amazonaws.com",
    "scheduler.amazonaws.com",
];

/// Lambda functions that services invoke asynchronously keep the events they fail on
///
/// Amazon S3, Amazon SNS and EventBridge hand over an event and go. When the function fails, Lambda tries twice
/// more and then drops the event: an order, a file, a payment is lost, and only a metric tells. Functions are
/// judged that a permission in the code opens to such a service.
///
/// ## Fix
/// Add an `AWS::Lambda::EventInvokeConfig` with an `OnFailure` destination, or a `DeadLetterConfig`, that points to
/// a queue or topic; let the role send to it, and put an alarm on what arrives there.
/// ```yaml,fail
/// Resources:
///   Thumbnails: { Type: AWS::Lambda::Function, Properties: { Runtime: python3.14 } }
///   Uploads:
///     Type: AWS::Lambda::Permission
///     Properties: { FunctionName: !Ref Thumbnails, Action: lambda:InvokeFunction, Principal: s3.amazonaws.com, SourceAccount: !Ref AWS::AccountId }
/// ```
/// ```yaml,pass
/// Resources:
///   Failed: { Type: AWS::SQS::Queue }
///   Thumbnails:
///     Type: AWS::Lambda::Function
///     Properties: { Runtime: python3.14, DeadLetterConfig: { TargetArn: !GetAtt Failed.Arn } }
///   Uploads:
///     Type: AWS::Lambda::Permission
///     Properties: { FunctionName: !Ref Thumbnails, Action: lambda:InvokeFunction, Principal: s3.amazonaws.com, SourceAccount: !Ref AWS::AccountId }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::Lambda::Function
/// Properties: { Runtime: python3.14 }
/// ```
#[check(REL05_BP04, REL04_BP02, severity = Medium, effort = Medium, code = Partly)]
fn lambda_async_failure_destination(function: &Function, around: &Inventory) -> Verdict {
    let invoked = around
        .referring::<Permission>("FunctionName", &function.at)
        .any("a permission for a service that does not wait", |permission| {
            permission.principal.must_be_one_of(&ASYNCHRONOUS)
        });
    when(invoked, || {
        function.dead_letter_target.must_be_set()
            | around
                .referring::<EventInvokeConfig>("FunctionName", &function.at)
                .any("a destination for what fails", |config| config.failure_destination.must_be_set())
    })
}
