//! `config_recorder_enabled`

use macros::check;
use model::{At, Fact, Text, Verdict, View};

/// What records the configuration of a region.
#[derive(Debug, View)]
#[view("AWS::Config::ConfigurationRecorder")]
struct Recorder<'a> {
    at: At<'a>,
    #[view(path = "RecordingGroup")]
    group: At<'a>,
    #[view(path = "RecordingGroup.AllSupported", default = false)]
    all_supported: Fact<'a, bool>,
    #[view(path = "RecordingGroup.RecordingStrategy.UseOnly")]
    strategy: Fact<'a, Text<'a>>,
}

/// AWS Config records all types of resources
///
/// Config keeps what a resource looked like at any time, and rules and Security Hub judge what it has
/// recorded. What is not recorded was never wrong as far as they can tell, and cannot be reconstructed
/// after an incident. Recording all but a few excluded types passes: types that change all day can cost
/// more than they tell. Whether other regions record, too, a template does not say.
///
/// ## Fix
/// Set `RecordingGroup: { AllSupported: true }` or leave it out, use the service-linked role, and add an
/// `AWS::Config::DeliveryChannel`. Record global types (`IncludeGlobalResourceTypes`) in one region only.
/// ```yaml,fail
/// Type: AWS::Config::ConfigurationRecorder
/// Properties:
///   RoleARN: arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig
///   RecordingGroup: { AllSupported: false, ResourceTypes: ["AWS::S3::Bucket"] }
/// ```
/// ```yaml,pass
/// Type: AWS::Config::ConfigurationRecorder
/// Properties:
///   RoleARN: arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig
///   RecordingGroup: { AllSupported: true, IncludeGlobalResourceTypes: true }
/// ```
#[check(
    SEC04_BP01, SEC01_BP03, COST04_BP01,
    severity = High, needs = [Money], fsbp = ["Config.1"], cis = ["v3.0.0:3.3", "v5.0.0:3.3"], code = Partly
)]
fn config_recorder_enabled(recorder: &Recorder) -> Verdict {
    let strategy = recorder.strategy.must_be_one_of(&["ALL_SUPPORTED_RESOURCE_TYPES", "EXCLUSION_BY_RESOURCE_TYPES"]);
    recorder.all_supported.must_be(true).or_perhaps(strategy).or_perhaps(recorder.group.must_be_unset())
}
