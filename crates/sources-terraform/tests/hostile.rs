//! Code and plans may be anyone's, and broken in any way: nothing panics, and cost stays within bounds.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use model::{Builder, Inventory};
use proptest::prelude::*;
use sources_terraform::{Options, read, read_plan};

/// Code of every family of resources.
fn samples() -> &'static [String] {
    static SAMPLES: OnceLock<Vec<String>> = OnceLock::new();
    SAMPLES.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../pipeline/tests/parity");
        let mut files: Vec<PathBuf> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path().join("main.tf")).collect();
        files.sort();
        files.iter().filter_map(|file| fs::read_to_string(file).ok()).collect()
    })
}

fn read_code(text: &str) -> Inventory {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("main.tf"), text).unwrap();
    let mut builder = Builder::new();
    read(&[folder.path().to_owned()], &Options::default(), &mut |_| {}, &mut builder).unwrap();
    builder.build()
}

/// A text with something cut out and something else put in.
fn mutated(text: &str, place: usize, length: usize, insertion: &str) -> String {
    let boundary = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = boundary(place % text.len().max(1));
    let end = boundary((start + length).min(text.len()));
    format!("{}{insertion}{}", &text[..start], &text[end.max(start)..])
}

const INSERTIONS: [&str; 14] =
    ["", "\"", "{", "}", "${", "%{ if ", "<<EOT\n", "[*]", "for x in ", "...", "null", "[0]", "\u{feff}", "= ="];

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn broken_code_is_read_as_far_as_it_goes(
        sample in any::<prop::sample::Index>(),
        place in any::<prop::sample::Index>(),
        length in 0_usize..40,
        insertion in prop::sample::select(INSERTIONS.to_vec()),
    ) {
        let text = &samples()[sample.index(samples().len())];
        read_code(&mutated(text, place.index(text.len()), length, insertion));
    }

    #[test]
    fn broken_plans_are_refused_or_read(
        place in any::<prop::sample::Index>(),
        length in 0_usize..40,
        insertion in prop::sample::select(vec!["", "null", "[", "}", "\"x\"", "{\"a\":[1]}", "true", "1e400"]),
    ) {
        let plan = include_str!("../../pipeline/tests/parity/messaging/plan.json");
        let text = mutated(plan, place.index(plan.len()), length, insertion);
        let mut builder = Builder::new();
        read_plan("plan.json", text.as_bytes(), &Options::default(), &mut builder);
        builder.build();
    }
}

#[test]
fn what_grows_without_end_is_stopped() {
    let deep =
        |open: &str, close: &str| format!("locals {{\n  x = {}1{}\n}}\n", open.repeat(20_000), close.repeat(20_000));
    for text in [
        deep("[", "]"),
        deep("(", ")"),
        deep("{ a = ", " }"),
        deep("-", ""),
        deep("!", ""),
        deep("max(", ")"),
        deep("\"${", "}\""),
        "resource \"aws_sqs_queue\" \"x\" {\n  count = 100000000\n}\n".to_owned(),
        "resource \"aws_sqs_queue\" \"x\" {\n  for_each = toset([for x in range(100000000) : \"${x}\"])\n}\n".to_owned(),
        "locals {\n  a = [for x in range(10000) : [for y in range(10000) : x * y]]\n}\nresource \"aws_sqs_queue\" \"x\" { name = length(local.a) }\n".to_owned(),
        "locals {\n  a = local.b\n  b = local.a\n}\nresource \"aws_sqs_queue\" \"x\" { name = local.a }\n".to_owned(),
        "resource \"aws_sqs_queue\" \"x\" { name = aws_sqs_queue.x.name }\n".to_owned(),
        "module \"x\" {\n  source = \"./\"\n}\n".to_owned(),
        "locals {\n  a = join(\"\", [for x in range(1000) : \"aaaaaaaaaa\"])\n  b = replace(local.a, \"a\", local.a)\n  c = replace(local.b, \"a\", local.b)\n}\nresource \"aws_sqs_queue\" \"x\" { name = local.c }\n".to_owned(),
    ] {
        read_code(&text);
    }
}
