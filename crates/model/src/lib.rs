//! What was read, in one vocabulary.
//!
//! A [`Resource`] is an identity and a tree of properties in CloudFormation's names, whatever it was
//! read from. Every [`Node`] of the tree keeps its [`Origin`]. Checks never look at nodes: they read
//! [views](View) whose fields are [`Fact`]s, and a fact answers questions with a [`Verdict`] that is
//! pass, fail, unknown or not applicable and carries its evidence. There is no way from a fact to a
//! `bool` or an `Option`: that is what keeps "denied" from turning into "absent" and "unresolved"
//! into "false".
//!
//! [`Verdict`] and [`Evidence`] live here and not in `findings`, because a fact's questions return them.

extern crate self as model;

mod at;
mod distinct;
mod embedded;
mod fact;
mod gap;
mod inventory;
mod json;
mod list;
mod node;
mod related;
mod remark;
mod resource;
mod scalar;
mod suppression;
mod tags;
mod verdict;

pub use at::{At, FromAt, View};
pub use distinct::at_least_distinct;
pub use fact::{BLANK, Fact, State};
pub use gap::{Gap, Skipped};
pub use inventory::{Builder, Inventory, Source, SourceId};
pub use list::{Entries, List};
pub use macros::{View, Word};
pub use node::{Expression, ExpressionKind, Node, Origin, Part, Reference, Value, Why};
pub use related::{Linked, Related};
pub use remark::{Remark, remarks};
pub use resource::{Medium, Presence, Resource, ResourceId};
pub use scalar::{Scalar, Text};
pub use suppression::Suppression;
pub use tags::Tags;
pub use verdict::{Evidence, Outcome, Verdict, all, any, when};
