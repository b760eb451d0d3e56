//! `sqs_queue_not_public`

use macros::check;
use model::Verdict;

use crate::views::sqs::QueuePolicy;

/// SQS queues are not open to the public
///
/// Whoever may send to a queue decides what your workers do, and whoever may receive from it reads the
/// messages and takes them away from the workers. A policy that admits every principal gives this to
/// every AWS account, and anonymous callers besides.
///
/// ## Fix
/// Name the service or the accounts in `Principal`. For messages from SNS, S3 or EventBridge name the
/// service and add a condition on `aws:SourceArn`.
/// ```yaml,fail
/// Type: AWS::SQS::QueuePolicy
/// Properties:
///   Queues: ["https://sqs.eu-west-1.amazonaws.com/111122223333/orders"]
///   PolicyDocument:
///     Statement: [{ Effect: Allow, Principal: "*", Action: SQS:SendMessage, Resource: "*" }]
/// ```
/// ```yaml,pass
/// Type: AWS::SQS::QueuePolicy
/// Properties:
///   Queues: ["https://sqs.eu-west-1.amazonaws.com/111122223333/orders"]
///   PolicyDocument:
///     Statement:
///       - Effect: Allow
///         Principal: { Service: sns.amazonaws.com }
///         Action: sqs:SendMessage
///         Resource: "*"
///         Condition: { ArnEquals: { aws:SourceArn: "arn:aws:sns:eu-west-1:111122223333:orders" } }
/// ```
#[check(SEC03_BP07, severity = Critical, needs = [Testing], fsbp = ["SQS.3"])]
fn sqs_queue_not_public(policy: &QueuePolicy) -> Verdict {
    policy.policy.must_not_admit_everyone()
}
