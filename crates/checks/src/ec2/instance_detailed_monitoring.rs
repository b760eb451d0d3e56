//! `ec2_instance_detailed_monitoring`

use macros::check;
use model::{Inventory, Verdict, when};

use crate::views::ec2::Machine;

/// Instances publish their metrics every minute
///
/// Basic monitoring averages over five minutes. A short overload does not show in it, alarms go off late,
/// and scaling that follows it reacts when the users have already noticed.
/// Code does not tell production from the rest, so every instance is judged.
///
/// ## Fix
/// Set `Monitoring` to true (in a launch template, `Monitoring.Enabled`). Each metric is charged; leave
/// it off where nobody would react to a minute.
/// ```yaml,fail
/// Type: AWS::EC2::Instance
/// Properties: { InstanceType: m7g.large }
/// ```
/// ```yaml,pass
/// Type: AWS::EC2::Instance
/// Properties: { InstanceType: m7g.large, Monitoring: true }
/// ```
/// ```yaml,pass
/// Type: AWS::EC2::LaunchTemplate
/// Properties: { LaunchTemplateData: { Monitoring: { Enabled: true } } }
/// ```
#[check(PERF02_BP03, REL06_BP01, severity = Low, needs = [Money])]
fn ec2_instance_detailed_monitoring(machine: &Machine, around: &Inventory) -> Verdict {
    let launch = &machine.launch;
    let instance = when(machine.is_instance(), || {
        let own = launch.monitoring.must_be(true);
        let template = |found: Machine| found.launch.monitoring_enabled.must_be(true);
        let by_template = when(launch.monitoring.must_be_unset(), || {
            around.linked::<Machine>(&launch.template.id).and_then(template)
                & around.linked::<Machine>(&launch.template.name).and_then(template)
        });
        own | by_template
    });
    let template = when(machine.at.must_be_a("AWS::EC2::LaunchTemplate"), || launch.monitoring_enabled.must_be(true));
    let configuration = when(machine.at.must_be_a("AWS::AutoScaling::LaunchConfiguration"), || {
        launch.instance_monitoring.must_be(true)
    });
    instance & template & configuration
}
