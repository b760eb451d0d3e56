//! `ecs_fargate_platform_latest`

use macros::check;
use model::{Verdict, when};

use crate::views::ecs::Service;

/// Fargate services run on the latest platform version
///
/// The platform version is the kernel and the container runtime below a task. AWS patches a version only for some
/// time; `LATEST`, which is the default, takes each new one with the next deployment. A service that names an old
/// one stays on what is known to be open.
///
/// ## Fix
/// Remove `PlatformVersion` or set it to `LATEST`, and deploy.
/// ```yaml,fail
/// Type: AWS::ECS::Service
/// Properties: { LaunchType: FARGATE, PlatformVersion: 1.3.0 }
/// ```
/// ```yaml,pass
/// Type: AWS::ECS::Service
/// Properties: { LaunchType: FARGATE }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::ECS::Service
/// Properties: { LaunchType: EC2 }
/// ```
#[check(OPS05_BP05, SUS06_BP03, severity = Medium, needs = [Testing], fsbp = ["ECS.10"])]
fn ecs_fargate_platform_latest(service: &Service) -> Verdict {
    // Only Fargate knows platform versions: to name one is to run there, whoever provides the capacity.
    when(service.launch_type.must_be("FARGATE") | service.platform_version.at().must_be_set(), || {
        // 1.4.0 is the newest for Linux (Amazon ECS Developer Guide, "Fargate platform versions").
        service.platform_version.must_be_one_of(&["LATEST", "1.4.0"])
    })
}
