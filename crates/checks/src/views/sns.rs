//! Amazon Simple Notification Service.

use model::{At, View};

use crate::policy::Policy;

/// The policy of topics, or of one topic.
#[derive(Debug, View)]
#[view("AWS::SNS::TopicPolicy", "AWS::SNS::TopicInlinePolicy")]
pub(crate) struct TopicPolicy<'a> {
    pub(crate) at: At<'a>,
    #[view(path = "PolicyDocument")]
    pub(crate) policy: Policy<'a>,
}
