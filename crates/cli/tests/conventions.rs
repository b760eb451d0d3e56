//! What holds of the workspace as a whole: who uses whom, under which licences, and that what is
//! generated is fresh.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};
use findings::Level;
use framework::{Pillar, Severity};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the root of the workspace")
}

/// What cargo knows of this platform's crates: those of others may not have been downloaded.
fn metadata() -> Metadata {
    let rustc = std::process::Command::new("rustc").arg("-vV").output().expect("rustc");
    let version = String::from_utf8(rustc.stdout).expect("text");
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host").to_owned();
    let options = vec!["--filter-platform".to_owned(), host];
    MetadataCommand::new().current_dir(root()).other_options(options).exec().expect("cargo metadata")
}

/// The workspace crates that a package uses, tests and benches aside.
fn uses<'a>(package: &'a Package, members: &BTreeSet<&str>) -> BTreeSet<&'a str> {
    let normal = package.dependencies.iter().filter(|dependency| dependency.kind == DependencyKind::Normal);
    normal.map(|dependency| dependency.name.as_str()).filter(|name| members.contains(name)).collect()
}

#[test]
fn crates_use_only_whom_the_arrows_allow() {
    let metadata = metadata();
    let arrows: BTreeMap<String, BTreeSet<String>> =
        serde_json::from_value(metadata.workspace_metadata["arrows"].clone()).expect("workspace.metadata.arrows");
    let packages = metadata.workspace_packages();
    let members: BTreeSet<&str> = packages.iter().map(|package| package.name.as_str()).collect();
    for package in &packages {
        let allowed = arrows.get(package.name.as_str()).unwrap_or_else(|| panic!("{} has no arrows", package.name));
        for used in uses(package, &members) {
            assert!(allowed.contains(used), "{} may not use {used}: see [workspace.metadata.arrows]", package.name);
        }
    }
    for (name, allowed) in &arrows {
        for arrow in allowed.iter().chain([name]) {
            assert!(members.contains(arrow.as_str()), "the arrows name {arrow}, which is no crate");
        }
    }
}

#[test]
fn folders_are_named_like_their_crates() {
    for package in metadata().workspace_packages() {
        let folder = package.manifest_path.parent().and_then(|folder| folder.file_name());
        assert_eq!(folder, Some(package.name.as_str()));
    }
}

#[test]
fn outside_crates_have_licences_that_are_allowed_and_users_that_are_meant() {
    let deny: toml::Table = fs::read_to_string(root().join("deny.toml")).expect("deny.toml").parse().expect("TOML");
    let words = |value: &toml::Value| -> Vec<String> {
        value.as_array().expect("a list").iter().filter_map(|word| word.as_str()).map(str::to_owned).collect()
    };
    let allowed = words(&deny["licenses"]["allow"]);
    let metadata = metadata();
    for package in metadata.packages.iter().filter(|package| package.source.is_some()) {
        let license = package.license.as_deref().unwrap_or_default();
        // `(MIT OR Apache-2.0) AND Unicode-3.0`: of alternatives one has to be allowed.
        let fits = license.split(" AND ").all(|part| {
            let choices = part.trim_matches(['(', ')']).replace('/', " OR ");
            choices.split(" OR ").any(|choice| allowed.contains(&choice.trim().to_owned()))
        });
        assert!(fits, "{} {} is licensed {license:?}", package.name, package.version);
    }
    for ban in deny["bans"]["deny"].as_array().expect("a list") {
        let name = ban["crate"].as_str().expect("a name");
        let wrappers = ban.get("wrappers").map(words).unwrap_or_default();
        let users = metadata.packages.iter().filter(|package| {
            package.dependencies.iter().any(|d| d.name == name && d.kind == DependencyKind::Normal && !d.optional)
        });
        for user in users {
            assert!(wrappers.contains(&user.name.to_string()), "{} may not use {name}: see deny.toml", user.name);
        }
    }
}

#[test]
fn checks_are_documented_as_they_should_be() {
    let mut claims = BTreeMap::new();
    for check in checks::all() {
        let doc = check.doc();
        let id = check.id;
        assert!(id.starts_with(&format!("{}_", check.service())), "{id} stands in {}", check.service());
        assert!(!doc.claim.is_empty() && !doc.claim.ends_with('.'), "{id}: a claim is one line without a full stop");
        assert!(doc.claim.len() <= 110, "{id}: the claim is too long for a line");
        assert!(doc.claim.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()), "{id}: {}", doc.claim);
        assert!(doc.why.len() >= 80, "{id}: say why it matters");
        assert!(doc.fix.len() >= 20, "{id}: say what to do");
        for practice in check.practices {
            let repeated = check.practices.iter().filter(|other| *other == practice).count();
            assert_eq!(repeated, 1, "{id} names {} twice", practice.id());
        }
        if let Some(other) = claims.insert(doc.claim, id) {
            panic!("{id} and {other} claim the same");
        }
    }
}

#[test]
fn every_check_has_a_source_that_decides_it() {
    for check in checks::all() {
        let decides = check.decided_by.by_source().iter().any(|(_, level)| *level != Level::Never);
        assert!(decides, "{} can be decided by nothing", check.id);
    }
}

#[test]
fn every_pillar_has_at_least_ten_checks() {
    for pillar in Pillar::ALL {
        let bearing = checks::all().filter(|check| check.practices.iter().any(|p| p.pillar() == pillar)).count();
        assert!(bearing >= 10, "{} has {bearing}", pillar.name());
    }
    assert!(checks::all().count() >= 90);
    assert!(checks::all().any(|check| check.severity() == Severity::Critical));
}

#[test]
fn the_matrix_of_checks_is_fresh() {
    let written = Command::cargo_bin("pilaster").expect("the binary").args(["checks", "--format", "markdown"]).output();
    let written = String::from_utf8(written.expect("output").stdout).expect("text");
    let path = root().join("docs/checks.md");
    if fs::read_to_string(&path).unwrap_or_default() != written {
        fs::write(&path, written).expect("docs/checks.md");
        panic!("docs/checks.md was stale and has been rewritten: commit it");
    }
}
