//! What reads a service.

use std::future::Future;
use std::pin::Pin;

use aws_wire::Call;

use crate::{Halt, Run};

/// A collector at work.
pub type Collecting<'a> = Pin<Box<dyn Future<Output = Result<(), Halt>> + Send + 'a>>;

/// Reads one service. One file, with a function that lists and one that describes.
#[derive(Debug)]
pub struct Collector {
    /// Its name: `sqs`.
    pub name: &'static str,
    /// Where it has to be run.
    pub reach: Reach,
    /// Every call it makes. The permissions of a scan are computed from these.
    pub calls: &'static [&'static Call],
    /// Reads the service in one region.
    pub collect: for<'a> fn(&'a Run) -> Collecting<'a>,
}

/// Where a collector has to be run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// In every region.
    EveryRegion,
    /// Once in an account.
    Once,
}
