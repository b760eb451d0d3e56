//! Every price that a check names is known: a name that is spelt wrongly would save nothing, in silence.

use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn every_price_that_is_named_is_known() {
    let mut files = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let (mut named, mut unknown) = (0, Vec::new());
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(fs::read_dir(&path).expect("a folder").flatten().map(|entry| entry.path()));
            continue;
        }
        for (service, item) in prices(&path) {
            named += 1;
            if pricing::price(&service, &item).is_none() {
                unknown.push(format!("{}: {service} {item}", path.display()));
            }
        }
    }
    assert!(unknown.is_empty(), "{unknown:#?}");
    assert!(named > 10, "only {named} were found");
}

/// The prices that a file names in full: `price("ebs", "volume:gp3")`.
fn prices(path: &PathBuf) -> Vec<(String, String)> {
    let text = fs::read_to_string(path).expect("a file");
    let calls = text
        .split("price(\"")
        .skip(1)
        .filter_map(|call| call.split_once("\", \""))
        .filter(|(service, _)| !service.contains('"'));
    calls.filter_map(|(service, rest)| Some((service.to_owned(), rest.split_once('"')?.0.to_owned()))).collect()
}
