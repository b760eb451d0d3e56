//! What was found: checks, findings, waivers and baselines.
//!
//! A [`Check`] is data and a pure function. [`judge`] runs checks over an inventory and yields
//! [`Finding`]s, which name their check and their resource by index and keep no prose.

mod baseline;
mod check;
mod config;
mod doc;
mod finding;
mod judge;
mod saving;
mod settings;
mod waiver;

pub use baseline::{Baseline, BaselineError, BaselineKey};
pub use check::{Check, DecidedBy, Effort, Level, Need, Saves};
pub use config::{CheckConfig, Config, ConfigError};
pub use doc::{Doc, Example};
pub use finding::{Finding, Status, identity_id, identity_path};
pub use judge::{Judged, judge};
pub use saving::{Saving, SavingSource};
pub use settings::{Limit, Settings, Threshold};
pub use waiver::{Waiver, WaiverProblem, WaiverScope, Waivers};
