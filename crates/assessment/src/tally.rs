//! Counting findings.

use findings::Status;
use serde::{Deserialize, Serialize};

/// Findings by status.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// The claim holds.
    pub passed: u32,
    /// It does not.
    pub failed: u32,
    /// It cannot be known.
    pub unknown: u32,
    /// It is accepted that it fails or cannot be known.
    pub waived: u32,
    /// The claim does not apply.
    pub not_applicable: u32,
}

impl Tally {
    /// Adds one.
    pub fn count(&mut self, status: Status) {
        let number = match status {
            Status::Pass => &mut self.passed,
            Status::Fail => &mut self.failed,
            Status::Unknown => &mut self.unknown,
            Status::Waived => &mut self.waived,
            Status::NotApplicable => &mut self.not_applicable,
        };
        *number += 1;
    }

    /// Both together.
    pub fn plus(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            unknown: self.unknown + other.unknown,
            waived: self.waived + other.waived,
            not_applicable: self.not_applicable + other.not_applicable,
        }
    }

    /// How many were decided: passed or failed.
    pub fn decided(self) -> u32 {
        self.passed + self.failed
    }
}
