//! What tests share: reading literal templates, running checks over them, and a stand-in for AWS.

mod account;
pub mod cloud;

use findings::{Check, Config, Judged};
use jiff::civil::Date;
use model::{Builder, Inventory};
use sources_cloudformation::Options;

pub use account::account;

/// The day of every test.
pub const TODAY: Date = jiff::civil::date(2026, 11, 1);

/// Reads a template. Text without `Resources` is one resource, and is wrapped.
///
/// # Panics
/// When something in it cannot be read.
pub fn inventory(text: &str) -> Inventory {
    let inventory = inventory_with(text, &Options::default());
    assert!(inventory.gaps.is_empty(), "{:#?}\n{text}", inventory.gaps);
    inventory
}

/// Reads a template with options, gaps allowed.
pub fn inventory_with(text: &str, options: &Options) -> Inventory {
    let whole =
        text.lines().any(|line| line.starts_with("Resources:") || line.trim_start().starts_with("\"Resources\""));
    let template = match whole {
        true => text.to_owned(),
        false => {
            let indented: Vec<String> = text.lines().map(|line| format!("    {line}")).collect();
            format!("Resources:\n  Example:\n{}\n", indented.join("\n"))
        }
    };
    let mut builder = Builder::new();
    sources_cloudformation::read_text("example.yaml", &template, options, &mut builder);
    builder.build()
}

/// Runs one check, with nothing configured.
pub fn judge(check: &'static Check, inventory: &Inventory) -> Judged {
    findings::judge([check], inventory, &Config::default(), TODAY, true)
}
