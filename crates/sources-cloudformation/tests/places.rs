//! Where a value stands, however the text is encoded and laid out.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use model::{Builder, Node};
use sources_cloudformation::{Options, read_text};

/// Line and column of a property of the only bucket.
fn place(text: &str, path: &[&str]) -> (u32, u32) {
    let mut builder = Builder::new();
    read_text("t", text, &Options::default(), &mut builder);
    let inventory = builder.build();
    assert!(inventory.gaps.is_empty(), "{:?}", inventory.gaps);
    let bucket = inventory.resources.iter().find(|one| one.kind == "AWS::S3::Bucket").unwrap();
    let node = path.iter().fold(&bucket.properties, |node: &Node, name| node.get(name).unwrap());
    (node.origin.line, node.origin.column)
}

const BLOCK: &str = "# é\nResources:\n  B:\n    Type: AWS::S3::Bucket\n    Properties:\n      Text: |\n        one\n\n        two\n      X: { é: 'ü', Y: \"𝄞\", Z: !Ref B }\n";

#[test]
fn whatever_ends_the_lines() {
    for text in [BLOCK.to_owned(), BLOCK.replace('\n', "\r\n"), format!("\u{feff}{BLOCK}")] {
        assert_eq!(place(&text, &["Text"]), (6, 7));
        assert_eq!(place(&text, &["X"]), (10, 7));
        assert_eq!(place(&text, &["X", "Y"]), (10, 20));
        assert_eq!(place(&text, &["X", "Z"]), (10, 28));
    }
}

#[test]
fn json_with_tabs() {
    let text = "{\n\t\"Resources\": {\"B\": {\"Type\": \"AWS::S3::Bucket\", \"Properties\": {\n\t\t\"é\": 1, \"X\":\t{\"Y\": [\n]}}}}}\n";
    for text in [text.to_owned(), text.replace('\n', "\r\n"), format!("\u{feff}{text}")] {
        assert_eq!(place(&text, &["é"]), (3, 3));
        assert_eq!(place(&text, &["X"]), (3, 11));
        assert_eq!(place(&text, &["X", "Y"]), (3, 17));
    }
}

#[test]
fn separators_that_end_no_line() {
    let text =
        "Resources:\n  B:\n    Type: AWS::S3::Bucket\n    Properties:\n      A: \"x\u{2028}y\u{85}z\"\n      X: 1\n";
    assert_eq!(place(text, &["X"]), (6, 7));
    let json =
        "{\"Resources\": {\"B\": {\"Type\": \"AWS::S3::Bucket\", \"Properties\": {\"A\": \"x\u{2028}y\",\n\"X\": 1}}}}";
    assert_eq!(place(json, &["X"]), (2, 1));
}
