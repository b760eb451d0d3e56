//! `sns_topic_not_public`

use macros::check;
use model::Verdict;

use crate::views::sns::TopicPolicy;

/// SNS topics are not open to the public
///
/// Whoever may subscribe to a topic reads everything that is sent over it, and whoever may publish sets
/// off what hangs on it: alarms, jobs, mails in your name. A policy that admits every principal gives
/// both to every AWS account.
///
/// ## Fix
/// Name the service or the accounts in `Principal`. For a service add a condition on `aws:SourceArn` or
/// `aws:SourceAccount`, so that it does not act on behalf of strangers.
/// ```yaml,fail
/// Type: AWS::SNS::TopicPolicy
/// Properties:
///   Topics: ["arn:aws:sns:eu-west-1:111122223333:orders"]
///   PolicyDocument:
///     Statement: [{ Effect: Allow, Principal: { AWS: "*" }, Action: sns:Subscribe, Resource: "*" }]
/// ```
/// ```yaml,pass
/// Type: AWS::SNS::TopicPolicy
/// Properties:
///   Topics: ["arn:aws:sns:eu-west-1:111122223333:orders"]
///   PolicyDocument:
///     Statement:
///       - Effect: Allow
///         Principal: "*"
///         Action: sns:Publish
///         Resource: "*"
///         Condition: { ArnLike: { aws:SourceArn: "arn:aws:s3:*:*:uploads" } }
/// ```
#[check(SEC03_BP07, severity = Critical, needs = [Testing], fsbp = ["SNS.4"])]
fn sns_topic_not_public(policy: &TopicPolicy) -> Verdict {
    policy.policy.must_not_admit_everyone()
}
