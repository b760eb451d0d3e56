//! Chores of the workspace: keeping registers, scaffolding checks, making large templates.
//!
//! Nothing here depends on the `checks` crate, so a register can be rewritten while checks do not
//! compile.

mod ci;
mod libreoffice;
mod moto;
mod name;
pub mod new_check;
mod parity;
mod provider_schema;
pub mod register;
pub mod template;
mod workspace;

pub use ci::ci;
pub use moto::moto;
pub use parity::parity;
pub use provider_schema::provider_schema;
pub use workspace::{Error, root};
