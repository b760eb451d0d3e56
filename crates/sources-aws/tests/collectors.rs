//! What holds for every collector.

use std::fs;
use std::path::Path;

/// The file of every collector, by its name.
fn files() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/collectors");
    let files = fs::read_dir(folder).expect("the collectors").map(|file| file.expect("a file").path());
    let name = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut files: Vec<_> = files.map(|path| (name(&path), fs::read_to_string(&path).expect("text"))).collect();
    files.retain(|(name, _)| name != "mod");
    files.sort();
    files
}

#[test]
fn every_file_says_what_it_reads() {
    for (name, text) in files() {
        let first = text.lines().next().unwrap_or_default();
        let said = first.strip_prefix("//! ").unwrap_or_default();
        assert!(said.len() > 10, "{name}: {first}");
    }
}

/// In other partitions, ARNs begin in other ways.
#[test]
fn no_arn_is_taken_to_be_of_one_partition() {
    for (name, text) in files() {
        assert!(!text.contains("\"arn:aws:"), "{name}: use `Run::arn` or `Run::partition`");
    }
}
