//! Ending a scan before it is through, with what has been read.

use std::fmt;
use std::sync::Arc;

use tokio::sync::watch;

/// Why a scan ends before it is through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Somebody stopped it.
    Interrupted,
    /// The credentials have expired, and there are no new ones: every call would be refused.
    Expired,
}

impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Ending::Interrupted => "the scan was interrupted",
            Ending::Expired => "the credentials have expired",
        })
    }
}

/// Stops a scan from outside, or from one of its cells. Clones stop the same scan.
#[derive(Debug, Clone)]
pub struct Stop(Arc<watch::Sender<Option<Ending>>>);

impl Default for Stop {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(None)))
    }
}

impl Stop {
    /// Stops the scan. The first reason stays.
    pub fn now(&self, ending: Ending) {
        self.0.send_if_modified(|current| {
            let first = current.is_none();
            current.get_or_insert(ending);
            first
        });
    }

    /// Why the scan was stopped, if it was.
    pub fn ending(&self) -> Option<Ending> {
        *self.0.borrow()
    }

    /// Waits until the scan is stopped.
    pub(crate) async fn wait(&self) -> Ending {
        let mut receiver = self.0.subscribe();
        match receiver.wait_for(Option::is_some).await.map(|ending| *ending) {
            Ok(Some(ending)) => ending,
            // The sender lives as long as `self`.
            _ => std::future::pending().await,
        }
    }
}
