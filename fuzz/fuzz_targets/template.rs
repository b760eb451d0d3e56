//! Any text is read as a template: no panic, no hang, no blow-up, and every node stands in the text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use model::{Builder, Node, Value};
use sources_cloudformation::{Options, read_text};

fuzz_target!(|text: &str| {
    // Half of the texts are read for a deployment that is known.
    let mut options = Options::default();
    if text.len() % 2 == 0 {
        options.region = Some("eu-west-1".to_owned());
        options.account = Some("123456789012".to_owned());
        options.parameters.insert("P".to_owned(), "a,b".to_owned());
    }
    let mut builder = Builder::new();
    read_text("template", text, &options, &mut builder);
    let inventory = builder.build();
    let lines = text.bytes().filter(|byte| matches!(byte, b'\n' | b'\r')).count() + 1;
    for resource in &inventory.resources {
        assert!(!inventory.place(resource.origin).is_empty());
        stands_within(&resource.properties, lines);
        resource.attributes.values().for_each(|node| stands_within(node, lines));
    }
});

fn stands_within(node: &Node, lines: usize) {
    assert!(node.origin.line > 0 && node.origin.line as usize <= lines, "{:?}", node.origin);
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| stands_within(item, lines)),
        Value::Map(entries) => entries.values().for_each(|entry| stands_within(entry, lines)),
        _ => {}
    }
}
