//! `sqs_queue_encrypted`

use macros::check;
use model::Verdict;

use crate::views::sqs::Queue;

/// SQS queues encrypt the messages they hold
///
/// Messages wait on disk for up to two weeks, and with them whatever the sender put in. SQS encrypts new
/// queues with keys of its own at no cost; a template that turns this off, or a queue from before, stores
/// them in the clear.
///
/// ## Fix
/// Remove `SqsManagedSseEnabled: false`, or name a key in `KmsMasterKeyId` where you want to control who
/// may decrypt. A key of KMS needs rights for producers and consumers, and costs per call.
/// ```yaml,fail
/// Type: AWS::SQS::Queue
/// Properties: { SqsManagedSseEnabled: false }
/// ```
/// ```yaml,pass
/// Type: AWS::SQS::Queue
/// Properties: { KmsMasterKeyId: alias/orders }
/// ```
/// ```yaml,pass
/// Type: AWS::SQS::Queue
/// ```
#[check(SEC08_BP02, severity = Medium, fsbp = ["SQS.1"])]
fn sqs_queue_encrypted(queue: &Queue) -> Verdict {
    queue.sqs_managed_sse_enabled.must_be(true) | queue.kms_master_key_id.must_be_set()
}
