//! `cloudtrail_log_file_validation`

use macros::check;
use model::Verdict;

use crate::views::cloudtrail::Trail;

/// Trails sign digests of their log files
///
/// Whoever gets far enough to be found in the logs has a reason to change them. With validation on,
/// CloudTrail delivers a signed digest every hour, by which a file that was altered or removed shows.
///
/// ## Fix
/// Set `EnableLogFileValidation: true`. It costs nothing.
/// ```yaml,fail
/// Type: AWS::CloudTrail::Trail
/// Properties: { IsLogging: true, S3BucketName: logs }
/// ```
/// ```yaml,pass
/// Type: AWS::CloudTrail::Trail
/// Properties: { IsLogging: true, S3BucketName: logs, EnableLogFileValidation: true }
/// ```
#[check(SEC04_BP01, SEC04_BP02, severity = Low, fsbp = ["CloudTrail.4"], cis = ["v3.0.0:3.2", "v5.0.0:3.2"])]
fn cloudtrail_log_file_validation(trail: &Trail) -> Verdict {
    trail.if_own(|| trail.enable_log_file_validation.must_be(true))
}
