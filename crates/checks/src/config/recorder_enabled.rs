//! `config_recorder_enabled`

use macros::check;
use model::{At, Fact, Inventory, Text, Verdict, View, when};

#[derive(Debug, View)]
#[view("AWS::Config::ConfigurationRecorder", "Pilaster::Region")]
struct Place<'a> {
    at: At<'a>,
}

/// What records the configuration of a region.
#[derive(Debug, View)]
#[view("AWS::Config::ConfigurationRecorder")]
struct Recorder<'a> {
    at: At<'a>,
    #[view(path = "RecordingGroup")]
    group: At<'a>,
    /// Of code that says so apart from the recorder, as Terraform does. CloudFormation starts those it makes.
    #[view(attribute = "Recording", default = true)]
    switched_on: Fact<'a, bool>,
    #[view(path = "RecordingGroup.AllSupported", default = false)]
    all_supported: Fact<'a, bool>,
    #[view(path = "RecordingGroup.RecordingStrategy.UseOnly")]
    strategy: Fact<'a, Text<'a>>,
    #[view(path = "Observed.Recording")]
    recording: Fact<'a, bool>,
    /// Whose recorder it is, where it belongs to a service: that one records for the service alone.
    #[view(path = "Observed.ServicePrincipal")]
    service: At<'a>,
}

/// AWS Config records all types of resources
///
/// Config keeps what a resource looked like at any time, and rules and Security Hub judge what it has
/// recorded. What is not recorded was never wrong as far as they can tell, and cannot be reconstructed
/// after an incident. Recording all but a few excluded types passes: types that change all day can cost
/// more than they tell. In an account every enabled region needs a recorder that is running; whether other regions
/// record, too, a template does not say.
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
/// ```account,fail
/// [
///   { "Type": "Pilaster::Region" },
///   { "Type": "AWS::Config::ConfigurationRecorder",
///     "Properties": { "RecordingGroup": { "AllSupported": true }, "Observed": { "Recording": false } } }
/// ]
/// ```
/// ```account,pass
/// [
///   { "Type": "Pilaster::Region" },
///   { "Type": "AWS::Config::ConfigurationRecorder",
///     "Properties": { "RecordingGroup": { "AllSupported": true }, "Observed": { "Recording": true } } }
/// ]
/// ```
#[check(
    SEC04_BP01, SEC01_BP03, COST04_BP01,
    severity = High, needs = [Money], fsbp = ["Config.1"], cis = ["v3.0.0:3.3", "v5.0.0:3.3"], code = Partly
)]
fn config_recorder_enabled(place: &Place, around: &Inventory) -> Verdict {
    around.one_of::<Recorder>(&place.at, "a recorder that records", |recorder| {
        if recorder.at.is_in_account() {
            when(recorder.service.must_be_unset(), || recorder.recording.must_be(true) & records_all(recorder))
        } else {
            recorder.switched_on.must_be(true) & records_all(recorder)
        }
    })
}

fn records_all(recorder: &Recorder) -> Verdict {
    let strategy = recorder.strategy.must_be_one_of(&["ALL_SUPPORTED_RESOURCE_TYPES", "EXCLUSION_BY_RESOURCE_TYPES"]);
    recorder.all_supported.must_be(true).or_perhaps(strategy).or_perhaps(recorder.group.must_be_unset())
}
