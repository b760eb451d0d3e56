//! What is told beside the tree, and what a template may still cost.

use std::cell::{Cell, RefCell};

use model::{Gap, Origin};

use crate::error::cut;

/// Gaps of one kind of file are told up to this number.
const MAX_GAPS: usize = 200;

/// What a budget is at most; the memory it stands for is a few times more.
const MAX_BUDGET: usize = 1 << 29;

/// Collects the gaps of one file and keeps its budget.
pub(crate) struct Report {
    gaps: RefCell<Vec<Gap>>,
    budget: Cell<usize>,
    exhausted: Cell<bool>,
}

impl Report {
    /// For a document of so many bytes. What functions, loops and nested stacks make of it may be many
    /// times larger, but not without limit.
    pub(crate) fn new(bytes: usize) -> Self {
        Self {
            gaps: RefCell::default(),
            budget: Cell::new(((16 << 20) + 16 * bytes).min(MAX_BUDGET)),
            exhausted: Cell::new(false),
        }
    }

    /// Something that could not be read.
    pub(crate) fn gap(&self, file: &str, line: u32, reason: impl Into<String>) {
        let mut gaps = self.gaps.borrow_mut();
        if gaps.len() < MAX_GAPS {
            gaps.push(Gap::in_file(file, Some(line), cut(reason.into())));
        } else if gaps.len() == MAX_GAPS {
            gaps.push(Gap::in_file(file, None, "more of the same: the rest is not listed"));
        }
    }

    /// Takes from the budget; false when it is used up.
    pub(crate) fn spend(&self, weight: usize, file: &str, origin: Origin) -> bool {
        match self.budget.get().checked_sub(weight) {
            Some(rest) => {
                self.budget.set(rest);
                true
            }
            None => {
                if !self.exhausted.replace(true) {
                    self.gap(
                        file,
                        origin.line,
                        "grows too large when its functions are resolved: the rest of them is not",
                    );
                }
                self.budget.set(0);
                false
            }
        }
    }

    /// Adds to the budget what another document of so many bytes may use.
    pub(crate) fn extend(&self, bytes: usize) {
        self.budget.set((self.budget.get() + 16 * bytes).min(MAX_BUDGET));
    }

    /// The gaps, in the order they were found.
    pub(crate) fn into_gaps(self) -> Vec<Gap> {
        self.gaps.into_inner()
    }
}
