//! The checks: one file each, under the folder of their service.
//!
//! They read [views](model::View), which stand in `views/<service>.rs` or, where only one check needs
//! them, beside it. `register.rs` and every `mod.rs` are written by `cargo xtask register`.

mod cost;
mod credentials;
mod environment;
mod instance_class;
mod moment;
mod network;
mod policy;
mod register;
mod views;
mod wildcards;

use findings::Check;

/// Every check, sorted by id.
pub fn all() -> impl Iterator<Item = &'static Check> {
    register::SERVICES.iter().flat_map(|(_, checks)| checks.iter().copied())
}

/// The check with this id.
pub fn find(id: &str) -> Option<&'static Check> {
    all().find(|check| check.id == id)
}
