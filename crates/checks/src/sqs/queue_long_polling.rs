//! `sqs_queue_long_polling`

use macros::check;
use model::{Inventory, Outcome, Verdict};

use crate::views::lambda::EventSourceMapping;
use crate::views::sqs::Queue;

/// SQS queues let receivers wait for messages
///
/// With a wait time of zero every call returns at once, and a receiver that finds the queue empty asks
/// again, thousands of times an hour. Each call is paid for, and some of them miss messages because they
/// ask only a part of the servers. Queues that Lambda reads are left out, for it waits whatever the queue
/// says, and queues for dead letters, which nobody reads all day.
///
/// ## Fix
/// Set `ReceiveMessageWaitTimeSeconds: 20`. The time-outs of the clients have to be longer than that.
/// ```yaml,fail
/// Type: AWS::SQS::Queue
/// ```
/// ```yaml,pass
/// Type: AWS::SQS::Queue
/// Properties: { ReceiveMessageWaitTimeSeconds: 20 }
/// ```
#[check(COST06_BP02, SUS03_BP01, severity = Low)]
fn sqs_queue_long_polling(queue: &Queue, around: &Inventory) -> Verdict {
    let read_by_lambda =
        around.referring::<EventSourceMapping>("EventSourceArn", &queue.at).must_exist("a function that reads it");
    queue.unless_dead_letter_queue(around, || {
        let waits = queue.receive_message_wait_time_seconds.must_be_at_least(1);
        match read_by_lambda.outcome {
            Outcome::Pass => Verdict::not_applicable(),
            Outcome::Unknown => waits | read_by_lambda,
            Outcome::Fail | Outcome::NotApplicable => waits,
        }
    })
}
