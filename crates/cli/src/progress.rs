//! Progress on standard error.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use pipeline::Progress;

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
