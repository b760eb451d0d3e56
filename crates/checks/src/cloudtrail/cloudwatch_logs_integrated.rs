//! `cloudtrail_cloudwatch_logs_integrated`

use macros::check;
use model::Verdict;

use crate::views::cloudtrail::Trail;

/// Trails deliver to CloudWatch Logs as well
///
/// In a bucket the log waits to be read. In a log group, filters and alarms react to it within minutes,
/// to a use of the root user or to a change of the trail itself, and it can be searched at once when
/// something is going on.
///
/// ## Fix
/// Set `CloudWatchLogsLogGroupArn` to a log group with a retention, and `CloudWatchLogsRoleArn` to a role
/// that may write to it. A trail that delivers to an event data store of its own may be waived.
/// ```yaml,fail
/// Type: AWS::CloudTrail::Trail
/// Properties: { IsLogging: true, S3BucketName: logs }
/// ```
/// ```yaml,pass
/// Type: AWS::CloudTrail::Trail
/// Properties:
///   IsLogging: true
///   S3BucketName: logs
///   CloudWatchLogsLogGroupArn: arn:aws:logs:eu-west-1:111122223333:log-group:trail:*
///   CloudWatchLogsRoleArn: arn:aws:iam::111122223333:role/trail
/// ```
#[check(SEC04_BP02, SEC04_BP03, severity = Medium, effort = Medium, needs = [Money], fsbp = ["CloudTrail.5"])]
fn cloudtrail_cloudwatch_logs_integrated(trail: &Trail) -> Verdict {
    trail.if_own(|| trail.log_group.must_be_set())
}
