//! `ec2_instance_stopped_too_long`

use findings::{Saving, Settings};
use jiff::civil::Date;
use macros::check;
use model::{Inventory, Linked, State, Verdict, when};

use crate::cost::Cost;
use crate::views::ec2::{Instance, Storage};

/// EC2 instances that were stopped are started again or removed within a month
///
/// A stopped instance costs no computing, but its volumes and addresses are charged as before, and nobody
/// brings its system up to date: started after months, it comes up with every hole that was found in the
/// meantime. When an instance was stopped stands in the reason of its last change of state, except for some
/// changes that AWS made.
///
/// ## Fix
/// Take snapshots of the volumes, or an image, and terminate the instance. What is needed now and then is
/// better made anew from an image or a template.
/// ```account,fail
/// {"Type": "AWS::EC2::Instance", "Properties": {"Observed": {"State": "stopped",
///   "StateTransitionReason": "User initiated (2025-02-11 08:13:05 GMT)"}}}
/// ```
/// ```account,pass
/// {"Type": "AWS::EC2::Instance", "Properties": {"Observed": {"State": "stopped",
///   "StateTransitionReason": "User initiated (2099-01-01 08:13:05 GMT)"}}}
/// ```
/// ```account,unknown
/// {"Type": "AWS::EC2::Instance", "Properties": {"Observed": {"State": "stopped",
///   "StateTransitionReason": "Server.ScheduledStop"}}}
/// ```
/// ```account,not_applicable
/// {"Type": "AWS::EC2::Instance", "Properties": {"Observed": {"State": "running", "StateTransitionReason": ""}}}
/// ```
#[check(
    COST04_BP03, SUS02_BP03,
    severity = Low, fsbp = ["EC2.4"], code = Never,
    thresholds(days = 30),
    saves = volumes(instance, around)
)]
fn ec2_instance_stopped_too_long(instance: &Instance, settings: &Settings) -> Verdict {
    let days = settings.number("days");
    when(instance.state.must_be("stopped"), || {
        instance.transition.must_surely(&format!("stopped at most {days} days ago"), |reason| {
            let (_, moment) = reason.split_once('(')?;
            let day: Date = moment.get(..10)?.parse().ok()?;
            Some(i64::from(day.until(settings.today).ok()?.get_days()) <= days)
        })
    })
}

/// Its volumes, if the cost of all of them is known.
fn volumes<'a>(instance: &Instance<'a>, around: &'a Inventory) -> Option<Saving> {
    let State::Set(attached) = instance.volumes.state() else { return None };
    let (mut costs, mut also) = (Vec::new(), Vec::new());
    for volume in attached {
        let Linked::Found(volume) = around.linked::<Storage>(&volume.volume_id) else { return None };
        costs.push(volume.cost()?);
        also.push(volume.at.id());
    }
    let cost = costs.into_iter().reduce(|all, next| Cost::and(all, Some(next)))?;
    Some(Saving { also, ..cost.saved()? })
}
