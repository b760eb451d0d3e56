//! `sqs_queue_dead_letter_queue`

use macros::check;
use model::{Inventory, Verdict};

use crate::views::sqs::Queue;

/// SQS queues set aside messages that cannot be processed
///
/// A message that its consumer cannot handle comes back again and again until it expires. Meanwhile it
/// takes up workers, holds up a FIFO group entirely, and is lost in the end without anybody having seen
/// it. Queues that are themselves used for dead letters are left out.
///
/// ## Fix
/// Add a second queue, name it in `RedrivePolicy` with a `maxReceiveCount` of about five, give it a
/// retention of 14 days, and set an alarm on its number of messages.
/// ```yaml,fail
/// Type: AWS::SQS::Queue
/// ```
/// ```yaml,pass
/// Resources:
///   Orders:
///     Type: AWS::SQS::Queue
///     Properties: { RedrivePolicy: { deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5 } }
///   Failed:
///     Type: AWS::SQS::Queue
///     Properties: { MessageRetentionPeriod: 1209600 }
/// ```
#[check(REL05_BP04, REL04_BP02, severity = Medium, effort = Medium, code = Partly)]
fn sqs_queue_dead_letter_queue(queue: &Queue, around: &Inventory) -> Verdict {
    queue.unless_dead_letter_queue(around, || queue.dead_letter_target.must_be_set())
}
