//! `ec2_instance_ami_age`

use findings::Settings;
use macros::check;
use model::{At, Fact, Text, Verdict, View, when};

use crate::moment::must_be_within;

#[derive(Debug, View)]
#[view("AWS::EC2::Instance")]
struct Instance<'a> {
    at: At<'a>,
    #[view(path = "Observed.State")]
    state: Fact<'a, Text<'a>>,
    /// A service runs it, from an image that the service chooses.
    #[view(path = "Observed.OperatorManaged", default = false)]
    is_operated: Fact<'a, bool>,
    #[view(path = "Observed.Image.Exists")]
    image_exists: Fact<'a, bool>,
    #[view(path = "Observed.Image.CreationDate")]
    image_created: Fact<'a, Text<'a>>,
}

/// Running instances are made from an image that is there and not old
///
/// An instance whose image is gone cannot be made again: when its hardware fails, nobody knows what was on it. An image
/// that is older than a year starts with a year of holes, and with an operating system that soon nobody mends any more.
/// Instances that a service of AWS runs, those of EKS Auto Mode and ECS Managed Instances, are that service's to
/// replace.
///
/// ## Fix
/// Build an image from a current one, with EC2 Image Builder for example, and replace instances by those made from it.
/// How old an image may be is the threshold `max_days`. An instance that is patched in place can be waived.
/// ```account,fail
/// {
///   "Type": "AWS::EC2::Instance",
///   "Properties": { "ImageId": "ami-1", "Observed": {
///     "State": "running", "Image": { "Exists": true, "CreationDate": "2023-04-01T10:00:00.000Z" }
///   } }
/// }
/// ```
/// ```account,fail
/// {
///   "Type": "AWS::EC2::Instance",
///   "Properties": { "ImageId": "ami-1", "Observed": { "State": "running", "Image": { "Exists": false } } }
/// }
/// ```
/// ```account,pass
/// {
///   "Type": "AWS::EC2::Instance",
///   "Properties": { "ImageId": "ami-1", "Observed": {
///     "State": "running", "Image": { "Exists": true, "CreationDate": "2026-08-01T10:00:00.000Z" }
///   } }
/// }
/// ```
/// ```account,unknown
/// {
///   "Type": "AWS::EC2::Instance",
///   "Properties": { "ImageId": "ami-1", "Observed": { "State": "running", "Image": { "Denied": "ec2:DescribeImages" } } }
/// }
/// ```
/// ```account,not_applicable
/// { "Type": "AWS::EC2::Instance", "Properties": { "Observed": { "State": "stopped" } } }
/// ```
/// ```account,not_applicable
/// {
///   "Type": "AWS::EC2::Instance",
///   "Properties": { "ImageId": "ami-1", "Observed": {
///     "State": "running", "OperatorManaged": true, "Image": { "Exists": false }
///   } }
/// }
/// ```
#[check(
    SEC06_BP02, OPS05_BP05, REL08_BP04,
    severity = Medium, effort = Medium, needs = [Testing], code = Never, thresholds(max_days = 365)
)]
fn ec2_instance_ami_age(instance: &Instance, settings: &Settings) -> Verdict {
    when(instance.state.must_be("running") & instance.is_operated.must_be(false), || {
        let exists = instance.image_exists.must_be(true);
        // Of an image that is gone, there is no age.
        let is_new =
            when(exists.clone(), || must_be_within(&instance.image_created, settings.number("max_days"), settings));
        exists & is_new
    })
}
