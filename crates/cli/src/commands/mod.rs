//! One file per command.

pub(crate) mod assess;
pub(crate) mod checks;
pub(crate) mod compare;
pub(crate) mod doctor;
pub(crate) mod explain;
pub(crate) mod policy;
pub(crate) mod report;
pub(crate) mod scan;
pub(crate) mod shell;
