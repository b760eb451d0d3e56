//! What has to be told to whoever keeps findings by their id, to bring the earlier assessment up to the later one.

use std::collections::HashMap;

use assessment::{Assessment, Cause, Change, Comparison};
use findings::{Finding, Status};

use crate::Options;

/// What becomes of a finding that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    /// It is new there.
    Opened,
    /// It says something else.
    Updated,
    /// It is settled: it holds now, or no longer applies.
    Settled,
    /// There is nothing of this id any more: its resource is gone, or is called otherwise.
    Dropped,
}

/// An event, the finding it is about, and the assessment that the finding is of.
pub(crate) struct Told<'a> {
    pub(crate) event: Event,
    pub(crate) assessment: &'a Assessment,
    pub(crate) finding: &'a Finding,
}

/// All events in the order of findings, what is dropped last. What a gap may hide, and what is only no longer
/// checked, stays as it was: nobody knows better.
pub(crate) fn events<'a>(comparison: &Comparison<'a>, options: &Options) -> Vec<Told<'a>> {
    let (before, after) = (comparison.before, comparison.after);
    let ids = |one: &'a Assessment| -> HashMap<&'a str, &'a Finding> {
        one.findings.iter().map(|finding| (finding.id.as_str(), finding)).collect()
    };
    let (old, new) = (ids(before), ids(after));
    let now = after.findings.iter().filter_map(|finding| {
        let was = old.get(finding.id.as_str()).filter(|was| is_kept(was));
        let event = match was {
            None if is_kept(finding) => Event::Opened,
            Some(_) if !is_kept(finding) => Event::Settled,
            Some(was) if (was.status(), was.severity) != (finding.status(), finding.severity) => Event::Updated,
            _ => return None,
        };
        Some(Told { event, assessment: after, finding })
    });
    let mut stays = vec![false; before.findings.len()];
    for change in &comparison.changes {
        if let Change { before: Some(number), after: None, cause: Cause::Gap | Cause::Check, .. } = change
            && let Some(stays) = stays.get_mut(*number as usize)
        {
            *stays = true;
        }
    }
    let dropped = before
        .findings
        .iter()
        .zip(stays)
        .filter(|(finding, stays)| is_kept(finding) && !stays && !new.contains_key(finding.id.as_str()));
    let dropped = dropped.map(|(finding, _)| Told { event: Event::Dropped, assessment: before, finding });
    let matters = |told: &Told<'_>| options.min_severity.is_none_or(|least| told.finding.severity >= least);
    now.chain(dropped).filter(matters).collect()
}

/// Whether somebody who keeps findings has it.
fn is_kept(finding: &Finding) -> bool {
    matches!(finding.status(), Status::Fail | Status::Unknown | Status::Waived)
}
