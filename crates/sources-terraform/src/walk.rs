//! Finds what is Terraform in files and folders.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use files::{Boundary, SKIPPED_FOLDERS, clean, identity, list, shown};
use model::{Builder, Gap, Node};

use crate::instance::Configuration;
use crate::plan::Plan;
use crate::{Error, Options, assemble, hcl, overlay, plan};

/// How much of a file is looked at to tell what it is.
const LOOK: u64 = 4096;

/// Files of Terraform beside its code, which hold nothing that could be judged by itself.
const COMPANIONS: [&str; 6] =
    [".terraform.lock.hcl", ".tfvars", ".tfvars.json", ".tftest.hcl", ".tfstate.backup", ".tfmock.hcl"];

/// What was found, by identity.
#[derive(Default)]
struct Found {
    /// Folders of code, with the path that named each and where what they name has to lie.
    modules: BTreeMap<PathBuf, (PathBuf, Boundary)>,
    /// Plans and states.
    plans: BTreeMap<PathBuf, PathBuf>,
    /// All files that are Terraform's.
    taken: BTreeSet<PathBuf>,
}

pub(crate) fn read(
    paths: &[PathBuf],
    options: &Options,
    progress: &mut dyn FnMut(&Path),
    into: &mut Builder,
) -> Result<BTreeSet<PathBuf>, Error> {
    let mut found = Found::default();
    let mut seen = BTreeSet::new();
    for path in paths {
        // One that is not there is for the reader of templates to complain of, which takes every path.
        let Ok(metadata) = fs::metadata(path) else { continue };
        if metadata.is_dir() {
            folder(path, &mut seen, &mut found, into);
        } else if is_code(path) {
            found.taken.insert(identity(path));
            let folder = folder_of(path);
            module(folder, &Boundary::of(folder), &mut found);
        } else if is_plan(path) {
            found.taken.insert(identity(path));
            found.plans.insert(identity(path), path.clone());
        } else if is_companion(path) {
            found.taken.insert(identity(path));
            into.skip(shown(path), "variables or the like; name the folder of the code they are for");
        }
    }
    for path in found.plans.values() {
        progress(path);
        read_plan(path, options, into);
    }
    let called = called(found.modules.values().map(|(path, _)| path.as_path()));
    // Modules that call each other would both wait for ever: whatever no root has reached comes last.
    let (later, first): (Vec<_>, Vec<_>) = found.modules.iter().partition(|(identity, _)| called.contains(*identity));
    let mut reached = BTreeSet::new();
    let mut described = BTreeSet::new();
    for (identity, (path, boundary)) in first.into_iter().chain(later) {
        if reached.contains(identity) {
            continue;
        }
        progress(path);
        let (mut configuration, modules) = hcl::read(path, boundary, options, into)?;
        // A module that several call says the same each time.
        configuration.descriptions.retain(|description| described.insert(description.id.clone()));
        assemble::assemble(configuration, into);
        reached.extend(modules);
    }
    Ok(found.taken)
}

fn read_plan(path: &Path, options: &Options, into: &mut Builder) {
    let name = shown(path);
    let read =
        File::open(path).map_err(|error| plan::Refusal { line: None, reason: format!("cannot be read: {error}") });
    match read.and_then(|file| plan::read(&name, BufReader::new(file), options, into)) {
        Ok(Plan { configuration: mut plan, variables }) => {
            if let Some(code) = code_beside(path, variables, options, into) {
                overlay::complete(&mut plan, code);
            }
            assemble::assemble(plan, into);
        }
        Err(refusal) => into.gap(Gap::in_file(name, refusal.line, refusal.reason)),
    }
}

/// The code that lies beside a plan, with the values of variables that the plan was made with. What it cannot read is no
/// gap: the plan is what is judged.
fn code_beside(
    plan: &Path,
    variables: HashMap<String, Node>,
    options: &Options,
    into: &mut Builder,
) -> Option<Configuration> {
    let folder = folder_of(plan);
    list(folder).ok()?.iter().find(|(name, _)| is_code(Path::new(name)))?;
    let boundary = Boundary::of(folder);
    let read = into.without_gaps(|into| hcl::read_with(folder, &boundary, options, variables, into));
    read.ok().map(|(configuration, _)| configuration)
}

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Reads a plan or a state from wherever it comes.
pub(crate) fn plan_from(name: &str, reader: impl Read, options: &Options, into: &mut Builder) {
    match plan::read(name, reader, options, into) {
        Ok(plan) => assemble::assemble(plan.configuration, into),
        Err(refusal) => into.gap(Gap::in_file(name, refusal.line, refusal.reason)),
    }
}

/// Walks a folder. Links are not followed: they lead out of the folder, or round in circles.
fn folder(top: &Path, seen: &mut BTreeSet<PathBuf>, found: &mut Found, into: &mut Builder) {
    let boundary = Boundary::of(top);
    let mut folders = vec![top.to_owned()];
    while let Some(path) = folders.pop() {
        // One that cannot be listed is for the reader of templates to complain of.
        let (true, Ok(entries)) = (seen.insert(identity(&path)), list(&path)) else { continue };
        let holds_code = entries.iter().any(|(name, kind)| kind.is_file() && is_code(&path.join(name)));
        if holds_code {
            module(&path, &boundary, found);
        }
        for (name, kind) in entries {
            let inner = path.join(&name);
            if kind.is_dir() {
                if !SKIPPED_FOLDERS.iter().any(|skipped| name == *skipped) {
                    folders.push(inner);
                }
            } else if !kind.is_file() {
                continue;
            } else if is_code(&inner) || is_companion(&inner) {
                found.taken.insert(identity(&inner));
            } else if is_plan(&inner) {
                found.taken.insert(identity(&inner));
                match holds_code {
                    // The code may have gone on since.
                    true => {
                        into.skip(shown(&inner), "a plan or state of the code beside it; name it to have it judged")
                    }
                    false => {
                        found.plans.insert(identity(&inner), inner);
                    }
                }
            }
        }
    }
}

fn module(path: &Path, boundary: &Boundary, found: &mut Found) {
    found.modules.entry(identity(path)).or_insert_with(|| (path.to_owned(), boundary.clone()));
}

fn ends_with_one_of(path: &Path, ends: &[&str]) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    ends.iter().any(|end| name.ends_with(end))
}

fn is_code(path: &Path) -> bool {
    ends_with_one_of(path, &[".tf", ".tf.json", ".tofu", ".tofu.json"])
}

fn is_companion(path: &Path) -> bool {
    ends_with_one_of(path, &COMPANIONS)
}

/// Whether a file is a plan or a state in JSON.
fn is_plan(path: &Path) -> bool {
    if !ends_with_one_of(path, &[".json", ".tfstate", ".tfplan"]) {
        return false;
    }
    let mut start = Vec::new();
    let read = File::open(path).and_then(|file| file.take(LOOK).read_to_end(&mut start));
    read.is_ok() && plan::looks_like_plan(&start)
}

/// The folders that modules of some folders call, by identity. A look that need not parse: who calls too
/// much is read as a root of its own when nothing has reached it.
fn called<'a>(folders: impl Iterator<Item = &'a Path>) -> BTreeSet<PathBuf> {
    let mut called = BTreeSet::new();
    for folder in folders {
        let Ok(entries) = list(folder) else { continue };
        for (name, _) in entries {
            let file = folder.join(name);
            if !is_code(&file) {
                continue;
            }
            let Ok(text) = fs::read_to_string(&file) else { continue };
            if !text.contains("module") {
                continue;
            }
            for (place, _) in text.match_indices("source") {
                let rest = text.get(place + "source".len()..).unwrap_or_default();
                let rest = rest.trim_start_matches(['"', ' ', '\t', '=', ':']);
                if rest.starts_with("./") || rest.starts_with("../") {
                    let end = rest.find(['"', '\n']).unwrap_or(rest.len());
                    called.insert(identity(&clean(&folder.join(rest.get(..end).unwrap_or_default()))));
                }
            }
        }
    }
    called
}
