//! The AWS Well-Architected Framework as typed data: six pillars, their questions, and the best
//! practices that answer them.
//!
//! A [`BestPractice`] is a two-byte handle into tables that are part of the program, so naming one
//! costs nothing at start-up and a constant such as [`practices::SEC08_BP02`] that does not exist
//! does not compile. The tables and the constants are generated from `data/best_practices.csv` by
//! `cargo xtask register`; everything is in the order of the framework.

mod lookup;
mod pillar;
mod practice;
pub mod practices;
mod question;
mod severity;
mod tables;
mod unknown;

pub use lookup::{Topic, lookup, suggest};
pub use pillar::Pillar;
pub use practice::{BestPractice, Risk};
pub use question::Question;
pub use severity::Severity;
pub use unknown::{Kind, Unknown};
