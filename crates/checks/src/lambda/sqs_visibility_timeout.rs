//! `lambda_sqs_visibility_timeout`

use macros::check;
use model::{At, Fact, Inventory, Verdict, View, when};

use crate::views::lambda::{EventSourceMapping, Function};

/// A queue, and how long what was received is hidden from other receivers.
#[derive(Debug, View)]
#[view("AWS::SQS::Queue")]
struct Queue<'a> {
    at: At<'a>,
    /// Seconds.
    #[view(default = 30)]
    visibility_timeout: Fact<'a, i64>,
}

/// Queues that feed Lambda functions hide messages six times as long as the function may run
///
/// While a function works on a message, the queue hides it for the visibility timeout. When that ends before the
/// function does, or before Lambda has tried again after being throttled, the message is delivered once more
/// and worked on twice: two payments, two mails. AWS advises six times the timeout of the function.
///
/// ## Fix
/// Set `VisibilityTimeout` of the queue to at least six times the `Timeout` of the function.
/// ```yaml,fail
/// Resources:
///   Orders: { Type: AWS::SQS::Queue }
///   Worker: { Type: AWS::Lambda::Function, Properties: { Timeout: 30 } }
///   Feed:
///     Type: AWS::Lambda::EventSourceMapping
///     Properties: { EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref Worker }
/// ```
/// ```yaml,pass
/// Resources:
///   Orders: { Type: AWS::SQS::Queue, Properties: { VisibilityTimeout: 180 } }
///   Worker: { Type: AWS::Lambda::Function, Properties: { Timeout: 30 } }
///   Feed:
///     Type: AWS::Lambda::EventSourceMapping
///     Properties: { EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref Worker }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::SQS::Queue
/// ```
#[check(REL05_BP05, REL04_BP04, severity = Medium, code = Partly)]
fn lambda_sqs_visibility_timeout(queue: &Queue, around: &Inventory) -> Verdict {
    let fed = || around.referring::<EventSourceMapping>("EventSourceArn", &queue.at);
    when(fed().must_exist("a function that it feeds"), || {
        fed().all(|mapping| {
            around.linked::<Function>(&mapping.function_name).and_then(|function| {
                function
                    .timeout
                    .and_then(|seconds| queue.visibility_timeout.must_be_at_least(seconds.saturating_mul(6)))
            })
        })
    })
}
