//! Amazon Simple Queue Service.

use model::{At, Fact, Inventory, Outcome, Text, Verdict, View};

use crate::policy::Policy;

/// A queue.
#[derive(Debug, View)]
#[view("AWS::SQS::Queue")]
pub(crate) struct Queue<'a> {
    pub(crate) at: At<'a>,
    pub(crate) kms_master_key_id: Fact<'a, Text<'a>>,
    /// New queues are encrypted with keys of SQS since October 2022; older ones report that they are not.
    #[view(default = true, account = false)]
    pub(crate) sqs_managed_sse_enabled: Fact<'a, bool>,
    #[view(default = 0)]
    pub(crate) receive_message_wait_time_seconds: Fact<'a, i64>,
    #[view(path = "RedrivePolicy.deadLetterTargetArn")]
    pub(crate) dead_letter_target: At<'a>,
    #[view(path = "RedriveAllowPolicy.redrivePermission")]
    redrive_permission: Fact<'a, Text<'a>>,
}

/// Whatever can put what it failed to handle into a queue.
#[derive(Debug, View)]
#[view(
    "AWS::SQS::Queue",
    "AWS::SNS::Subscription",
    "AWS::Lambda::Function",
    "AWS::Lambda::EventInvokeConfig",
    "AWS::Lambda::EventSourceMapping",
    "AWS::Events::Rule",
    "AWS::Scheduler::Schedule"
)]
struct DeadLetterSource<'a> {
    at: At<'a>,
}

/// Where those name the queue.
const DEAD_LETTER_PATHS: [&str; 5] = [
    "RedrivePolicy.deadLetterTargetArn",
    "DeadLetterConfig.TargetArn",
    "DestinationConfig.OnFailure.Destination",
    "Targets.*.DeadLetterConfig.Arn",
    "Target.DeadLetterConfig.Arn",
];

impl Queue<'_> {
    /// It takes what others failed to handle: one of them names it, or it says which of them may.
    pub(crate) fn is_dead_letter_queue(&self, around: &Inventory) -> Verdict {
        let named = DEAD_LETTER_PATHS.map(|path| {
            around
                .referring::<DeadLetterSource<'_>>(path, &self.at)
                .must_exist("something that uses it for dead letters")
        });
        self.redrive_permission.must_be_one_of(&["allowAll", "byQueue"]) | model::any(named)
    }

    /// Asks `then` of a queue that takes messages in the first place.
    pub(crate) fn unless_dead_letter_queue(&self, around: &Inventory, then: impl FnOnce() -> Verdict) -> Verdict {
        let dead_letter = self.is_dead_letter_queue(around);
        match dead_letter.outcome {
            Outcome::Pass => Verdict::not_applicable(),
            Outcome::Fail | Outcome::NotApplicable => then(),
            Outcome::Unknown => dead_letter | then(),
        }
    }
}

/// The policy of queues, or of one queue.
#[derive(Debug, View)]
#[view("AWS::SQS::QueuePolicy", "AWS::SQS::QueueInlinePolicy")]
pub(crate) struct QueuePolicy<'a> {
    pub(crate) at: At<'a>,
    #[view(path = "PolicyDocument")]
    pub(crate) policy: Policy<'a>,
}
