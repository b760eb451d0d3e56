//! Any text is read as a template: no panic, no hang, and what was read can be looked at.

#![no_main]

use libfuzzer_sys::fuzz_target;
use model::Builder;
use sources_cloudformation::{Options, read_text};

fuzz_target!(|text: &str| {
    let mut builder = Builder::new();
    read_text("template", text, &Options::default(), &mut builder);
    let inventory = builder.build();
    for resource in &inventory.resources {
        assert!(!inventory.place(resource.origin).is_empty());
    }
});
