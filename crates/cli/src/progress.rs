//! Progress on standard error.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, IsTerminal};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use console::style;
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
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

/// Shows a scan's plan: a line for every region, and a sign for every service in it. Where standard error is
/// no terminal, every region that has been read gets a plain line.
pub(crate) struct Cells {
    picture: Mutex<Picture>,
    /// None where there is no terminal to draw on.
    lines: Option<MultiProgress>,
    legend: Option<ProgressBar>,
    wanted: bool,
    tallest: usize,
}

/// What the signs mean.
const LEGEND: &str = "services   · waiting  ○ being read  ● read  ! partly denied  ~ throttled  x partly failed";

/// What is known of the plan, and how much of it is drawn.
#[derive(Default)]
struct Picture {
    rows: BTreeMap<(String, String), Row>,
    accounts: BTreeSet<String>,
    drawn: usize,
}

/// A region of an account.
#[derive(Default)]
struct Row {
    cells: BTreeMap<&'static str, CellState>,
    line: Option<ProgressBar>,
}

impl Cells {
    /// Shows nothing where progress is not wanted.
    pub(crate) fn new(wanted: bool) -> Self {
        let lines = (wanted && io::stderr().is_terminal()).then(MultiProgress::new);
        let legend = lines.as_ref().map(|lines| {
            let legend = lines.add(line());
            legend.set_message(LEGEND);
            legend
        });
        let tallest = terminal_size::terminal_size().map_or(24, |(_, height)| usize::from(height.0));
        Self { picture: Mutex::default(), lines, legend, wanted, tallest: tallest.saturating_sub(3).max(1) }
    }

    /// Notes how far a cell is.
    pub(crate) fn show(&self, cell: &Cell, state: CellState) {
        if !self.wanted {
            return;
        }
        let mut picture = self.picture.lock().unwrap_or_else(PoisonError::into_inner);
        let Picture { rows, accounts, drawn } = &mut *picture;
        if !accounts.contains(&cell.account) {
            accounts.insert(cell.account.clone());
        }
        let row = rows.entry((cell.account.clone(), cell.region.clone())).or_default();
        row.cells.insert(cell.service, state);
        let name = match accounts.len() > 1 {
            true => format!("{} {}", cell.account, cell.region),
            false => cell.region.clone(),
        };
        match &self.lines {
            // Queueing is over in an instant: rows are drawn once their first cell runs.
            Some(lines) if state != CellState::Queued => {
                // A region that is through makes room where there are more than fit.
                if row.is_through() && *drawn >= self.tallest {
                    if let Some(line) = row.line.take() {
                        line.finish_and_clear();
                        *drawn -= 1;
                    }
                } else if row.line.is_some() || *drawn < self.tallest {
                    let message = format!("{name:<16} {}", row.signs());
                    let line = row.line.get_or_insert_with(|| {
                        *drawn += 1;
                        lines.add(line())
                    });
                    line.set_message(message);
                }
            }
            Some(_) => {}
            None if state != CellState::Queued && row.is_through() => plain(&name, row),
            None => {}
        }
    }

    /// Clears what was drawn.
    pub(crate) fn finish(self) {
        self.legend.iter().for_each(ProgressBar::finish_and_clear);
        let picture = self.picture.into_inner().unwrap_or_else(PoisonError::into_inner);
        for row in picture.rows.into_values() {
            row.line.iter().for_each(ProgressBar::finish_and_clear);
        }
    }
}

fn line() -> ProgressBar {
    let line = ProgressBar::no_length();
    if let Ok(style) = ProgressStyle::with_template("{wide_msg}") {
        line.set_style(style);
    }
    line
}

#[expect(clippy::print_stderr, reason = "progress for a log")]
fn plain(name: &str, row: &Row) {
    let number = |state: CellState| row.cells.values().filter(|cell| **cell == state).count();
    let mut text = format!("{name}: {} services read", number(CellState::Done));
    for (state, word) in [
        (CellState::Denied, "partly denied"),
        (CellState::Throttled, "partly throttled"),
        (CellState::Failed, "partly failed"),
        (CellState::NotAvailable, "not there"),
        (CellState::Stopped, "not read"),
    ] {
        if number(state) > 0 {
            text.push_str(&format!(", {} {word}", number(state)));
        }
    }
    eprintln!("{text}");
}

impl Row {
    fn is_through(&self) -> bool {
        !self.cells.values().any(|state| matches!(state, CellState::Queued | CellState::Running))
    }

    fn signs(&self) -> String {
        let sign = |state: &CellState| match state {
            CellState::Queued => style("·").dim(),
            CellState::Running => style("○").cyan(),
            CellState::Done => style("●").green(),
            CellState::Denied => style("!").yellow(),
            CellState::Throttled => style("~").yellow(),
            CellState::Failed => style("x").red(),
            CellState::NotAvailable => style(" ").dim(),
            CellState::Stopped => style("-").yellow(),
        };
        self.cells.values().map(|state| sign(state).for_stderr().to_string()).collect()
    }
}
