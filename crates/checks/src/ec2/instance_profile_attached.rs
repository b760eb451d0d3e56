//! `ec2_instance_profile_attached`

use macros::check;
use model::{Inventory, Verdict, when};

use crate::views::ec2::Machine;

/// Instances have an instance profile
///
/// Without a role, software on an instance that calls AWS needs long-lived access keys in a file, where
/// they are copied, leaked and never changed. The role of an instance profile gives it credentials that
/// are replaced every few hours. Systems Manager needs one, too, to patch the instance and to open
/// sessions. A launch template is judged where an Auto Scaling group is made from it: Amazon EKS adds the
/// profile itself.
///
/// ## Fix
/// Create a role that allows what the software needs and no more, put it in an
/// `AWS::IAM::InstanceProfile`, and set `IamInstanceProfile`. This can be done while the instance runs.
/// ```yaml,fail
/// Type: AWS::EC2::Instance
/// Properties: { InstanceType: m7g.large }
/// ```
/// ```yaml,pass
/// Resources:
///   Profile: { Type: AWS::IAM::InstanceProfile, Properties: { Roles: [shop] } }
///   Shop: { Type: AWS::EC2::Instance, Properties: { IamInstanceProfile: !Ref Profile } }
/// ```
#[check(SEC02_BP02, severity = Medium, effort = Medium, cis = ["v3.0.0:1.18", "v5.0.0:1.17"])]
fn ec2_instance_profile_attached(machine: &Machine, around: &Inventory) -> Verdict {
    when(machine.stands_alone(around), || {
        let profile = &machine.launch.iam_instance_profile;
        machine.or_template(around, profile, |launch| launch.iam_instance_profile.must_be_set())
    })
}
