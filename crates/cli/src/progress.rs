//! Progress on standard error.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use pipeline::{Cell, CellState, Progress};

/// What takes less time than this shows no progress.
const PATIENCE: Duration = Duration::from_millis(400);

/// Shows where a run is, once it has taken a while.
pub(crate) struct Spinner {
    started: Instant,
    enabled: bool,
    bar: Option<ProgressBar>,
}

impl Spinner {
    /// Shows nothing where standard error is no terminal, or where progress is not wanted.
    pub(crate) fn new(wanted: bool) -> Self {
        Self { started: Instant::now(), enabled: wanted && io::stderr().is_terminal(), bar: None }
    }

    /// Notes where the run is.
    pub(crate) fn show(&mut self, progress: Progress<'_>) {
        if !self.enabled || self.started.elapsed() < PATIENCE {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template("{spinner} {wide_msg}") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(100));
            bar
        });
        bar.set_message(match progress {
            Progress::Reading(path) => format!("reading {}", path.display()),
            Progress::Judging(resources) => format!("judging {resources} resources"),
        });
    }

    /// Clears the line.
    pub(crate) fn finish(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}

/// Shows how many squares of a scan's plan are done.
pub(crate) struct Cells {
    bar: Option<ProgressBar>,
}

impl Cells {
    /// Shows nothing where standard error is no terminal, or where progress is not wanted.
    pub(crate) fn new(wanted: bool) -> Self {
        let bar = (wanted && io::stderr().is_terminal()).then(|| {
            let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template("{spinner} {pos}/{len} {bar:30} {wide_msg}") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(100));
            bar
        });
        Self { bar }
    }

    /// Notes how far a cell is.
    pub(crate) fn show(&self, cell: &Cell, state: CellState) {
        let Some(bar) = &self.bar else { return };
        match state {
            CellState::Queued => bar.inc_length(1),
            CellState::Running => bar.set_message(format!("{} {}", cell.region, cell.service)),
            CellState::Done | CellState::Denied | CellState::Failed | CellState::NotAvailable => bar.inc(1),
        }
    }

    /// Clears the line.
    pub(crate) fn finish(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}
