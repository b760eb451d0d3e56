//! The squares of a scan's plan.

use serde::{Deserialize, Serialize};

/// One service in one region of one account.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    /// The account's number.
    pub account: String,
    /// The region.
    pub region: String,
    /// The collector's name.
    pub service: &'static str,
}

/// How far a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CellState {
    /// It waits for its turn.
    Queued,
    /// It is being read.
    Running,
    /// It was read.
    Done,
    /// Permissions are missing: some of it, or all of it, was not read.
    Denied,
    /// Calls were refused because there were too many, until there was no patience left.
    Throttled,
    /// Some of it, or all of it, could not be read for another reason.
    Failed,
    /// The service is not there, or the region is not enabled.
    NotAvailable,
    /// The scan ended before it was read.
    Stopped,
}

impl CellState {
    /// Whether reading it again would give the same, as far as anybody can tell. What failed may not fail
    /// again.
    pub fn is_settled(self) -> bool {
        matches!(self, CellState::Done | CellState::Denied | CellState::NotAvailable)
    }
}
