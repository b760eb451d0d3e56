//! Finds templates in files and folders.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use files::{Boundary, SKIPPED_FOLDERS, clean, identity, list, shown};
use model::{Builder, Gap, Node, Value};

use crate::document::{self, MAX_BYTES, is_json, too_large};
use crate::error::{Refusal, cut};
use crate::twins::are_twins;
use crate::{Error, Options, cdk, nested, stack};

/// What the names of templates end in.
const EXTENSIONS: &[&str] = &["cfn", "cform", "json", "template", "yaml", "yml"];

/// A file that may be a template.
struct Candidate {
    path: PathBuf,
    /// Named by the caller or by a manifest, and not just found.
    named: bool,
    account: Option<String>,
    region: Option<String>,
    /// Where the templates that it nests have to lie.
    boundary: Arc<Boundary>,
}

/// A candidate that looks like a template.
struct Found {
    candidate: Candidate,
    text: Arc<str>,
}

pub(crate) fn read(
    paths: &[PathBuf],
    taken: &BTreeSet<PathBuf>,
    options: &Options,
    progress: &mut dyn FnMut(&Path),
    into: &mut Builder,
) -> Result<(), Error> {
    let mut candidates: BTreeMap<PathBuf, Candidate> = BTreeMap::new();
    // Folders may be named that lie in each other, and a manifest can name any.
    let mut seen = BTreeSet::new();
    for path in paths {
        let metadata = fs::metadata(path).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => Error::Missing { path: shown(path) },
            _ => Error::Unreadable { path: shown(path), source },
        })?;
        if metadata.is_dir() {
            folder(path, taken, &mut seen, &mut candidates, into)?;
        } else if !taken.contains(&identity(path)) {
            let boundary = Arc::new(Boundary::of(path.parent().unwrap_or(path)));
            add(&mut candidates, Candidate { path: path.clone(), named: true, account: None, region: None, boundary });
        }
    }
    let mut found = Vec::new();
    for candidate in candidates.into_values() {
        progress(&candidate.path);
        match look(&candidate) {
            Look::Template(text) => found.push(Found { candidate, text: text.into() }),
            Look::Other(reason) => into.skip(shown(&candidate.path), reason),
            Look::Broken(Refusal { line, reason, .. }) => {
                into.gap(Gap::in_file(shown(&candidate.path), Some(line), reason));
            }
        }
    }
    let found = without_twins(found, into);
    let nested: BTreeSet<PathBuf> =
        found.iter().flat_map(|found| nested_templates(&found.text, &found.candidate)).collect();
    // What another template nests is read with that one, as often as it is nested there. Two that
    // nest each other would both wait for ever: whatever no root has reached comes last.
    let (later, first): (Vec<Found>, Vec<Found>) = found
        .into_iter()
        .partition(|found| !found.candidate.named && nested.contains(&identity(&found.candidate.path)));
    let mut reached = BTreeSet::new();
    for found in first {
        root(found, options, &mut reached, into);
    }
    for found in later {
        if !reached.contains(&identity(&found.candidate.path)) {
            root(found, options, &mut reached, into);
        }
    }
    Ok(())
}

fn root(found: Found, options: &Options, reached: &mut BTreeSet<PathBuf>, into: &mut Builder) {
    let Found { candidate, text } = found;
    let name = shown(&candidate.path);
    let root = stack::Root {
        name: &name,
        text,
        path: Some(&candidate.path),
        named: candidate.named,
        boundary: Some(&candidate.boundary),
    };
    if candidate.account.is_none() && candidate.region.is_none() {
        reached.extend(stack::read_root(&root, options, into));
        return;
    }
    let mut options = options.clone();
    options.account = options.account.or(candidate.account);
    options.region = options.region.or(candidate.region);
    reached.extend(stack::read_root(&root, &options, into));
}

fn add(candidates: &mut BTreeMap<PathBuf, Candidate>, candidate: Candidate) {
    let key = identity(&candidate.path);
    let named = candidate.named;
    let known = candidates.entry(key).or_insert(candidate);
    known.named |= named;
}

/// Lists a folder and the folders in it. Links are not followed: they lead out of the folder, or
/// round in circles.
fn folder(
    top: &Path,
    taken: &BTreeSet<PathBuf>,
    seen: &mut BTreeSet<PathBuf>,
    candidates: &mut BTreeMap<PathBuf, Candidate>,
    into: &mut Builder,
) -> Result<(), Error> {
    let boundary = Arc::new(Boundary::of(top));
    let mut folders = vec![top.to_owned()];
    while let Some(path) = folders.pop() {
        if !seen.insert(identity(&path)) {
            continue;
        }
        let entries = match list(&path) {
            Ok(entries) => entries,
            Err(source) if path == top => {
                return Err(Error::Unreadable { path: shown(&path), source });
            }
            Err(error) => {
                into.gap(Gap::in_file(shown(&path), None, format!("cannot be listed: {error}")));
                continue;
            }
        };
        if entries.iter().any(|(name, kind)| kind.is_file() && name == cdk::MANIFEST)
            && let Some(assembly) = cdk::assembly(&path)
        {
            let output = Output { path: &path, entries: &entries, boundary: &boundary };
            cdk_output(&output, assembly, candidates, &mut folders, into);
            continue;
        }
        for (name, kind) in entries {
            let inner = path.join(&name);
            if taken.contains(&identity(&inner)) {
                continue;
            }
            if kind.is_symlink() {
                into.skip(shown(&inner), "a symbolic link");
            } else if kind.is_dir() {
                match SKIPPED_FOLDERS.iter().any(|skipped| name == *skipped) {
                    true => into.skip(shown(&inner), "a folder of copies or downloads"),
                    false => folders.push(inner),
                }
            } else if !kind.is_file() {
                into.skip(shown(&inner), "a device or a pipe");
            } else if has_extension(&inner) {
                let boundary = Arc::clone(&boundary);
                add(candidates, Candidate { path: inner, named: false, account: None, region: None, boundary });
            } else {
                into.skip(shown(&inner), "its name is not that of a template");
            }
        }
    }
    Ok(())
}

fn has_extension(path: &Path) -> bool {
    path.extension()
        .and_then(OsStr::to_str)
        .is_some_and(|extension| EXTENSIONS.contains(&extension.to_ascii_lowercase().as_str()))
}

/// An output folder of the CDK.
struct Output<'a> {
    path: &'a Path,
    entries: &'a [(std::ffi::OsString, fs::FileType)],
    boundary: &'a Arc<Boundary>,
}

/// Takes from an output folder of the CDK what its manifest lists; the rest are assets.
fn cdk_output(
    output: &Output<'_>,
    assembly: cdk::Assembly,
    candidates: &mut BTreeMap<PathBuf, Candidate>,
    folders: &mut Vec<PathBuf>,
    into: &mut Builder,
) {
    let Output { path, entries, boundary } = output;
    let mut gap = |reason: String| into.gap(Gap::in_file(shown(&path.join(cdk::MANIFEST)), None, cut(reason)));
    let mut listed = BTreeSet::new();
    for stack in assembly.stacks {
        listed.insert(stack.template.clone());
        if !boundary.holds(&stack.template) {
            gap(format!("lists a template outside {}: {}", boundary.name(), shown(&stack.template)));
        } else if stack.template.is_file() {
            let cdk::Stack { template, account, region } = stack;
            let boundary = Arc::clone(boundary);
            add(candidates, Candidate { path: template, named: true, account, region, boundary });
        } else {
            gap(format!("lists a template that is not there: {}", shown(&stack.template)));
        }
    }
    for folder in assembly.folders {
        listed.insert(folder.clone());
        match boundary.holds(&folder) {
            true => folders.push(folder),
            false => gap(format!("lists a folder outside {}: {}", boundary.name(), shown(&folder))),
        }
    }
    for (name, _) in *entries {
        let inner = path.join(name);
        let nested = inner.to_string_lossy().ends_with(".nested.template.json");
        if !nested && !listed.contains(&clean(&inner)) {
            into.skip(shown(&inner), "output of the CDK that is not a stack");
        }
    }
}

/// What a first look at a file tells.
enum Look {
    Template(String),
    Other(&'static str),
    Broken(Refusal),
}

fn look(candidate: &Candidate) -> Look {
    let text = match load(&candidate.path) {
        Ok(text) => text,
        Err(refusal) => return Look::Broken(refusal),
    };
    match (looks_like_template(&text), candidate.named) {
        (true, _) => Look::Template(text),
        (false, true) => Look::Broken(Refusal::new(1, stack::NOT_A_TEMPLATE)),
        (false, false) => Look::Other(stack::NOT_A_TEMPLATE),
    }
}

/// A test without parsing: whether the sections of a template stand at the top level.
fn looks_like_template(text: &str) -> bool {
    const WORDS: [&str; 3] = ["AWSTemplateFormatVersion", "Resources", "Transform"];
    if is_json(text) {
        return WORDS.iter().take(2).any(|word| text.contains(&format!("\"{word}\""))) || text.contains("Resources:");
    }
    text.lines().any(|line| {
        let line = line.trim_start_matches('\u{feff}').trim_start_matches(['"', '\'']);
        WORDS.iter().any(|word| {
            line.strip_prefix(word)
                .is_some_and(|rest| rest.trim_start_matches(['"', '\'']).trim_start().starts_with(':'))
        })
    })
}

/// The text of a file, or why it is not read.
pub(crate) fn load(path: &Path) -> Result<String, Refusal> {
    let failure = |error: io::Error| Refusal::new(1, format!("cannot be read: {error}"));
    // What a device or a pipe holds has no size until it has been read.
    let mut bytes = Vec::new();
    fs::File::open(path).map_err(failure)?.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(failure)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(too_large());
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let lines = error.as_bytes().iter().take(valid).filter(|&&byte| byte == b'\n').count();
        Refusal::new(u32::try_from(lines + 1).unwrap_or(u32::MAX), "not in UTF-8")
    })
}

/// Leaves out what is the JSON twin of a YAML template beside it.
fn without_twins(found: Vec<Found>, into: &mut Builder) -> Vec<Found> {
    let mut yaml: BTreeMap<PathBuf, usize> = BTreeMap::new();
    for (number, one) in found.iter().enumerate() {
        if !is_json(&one.text) {
            yaml.entry(clean(&one.candidate.path).with_extension("")).or_insert(number);
        }
    }
    let twin = |one: &Found| {
        if one.candidate.named || !is_json(&one.text) {
            return None;
        }
        let number = yaml.get(&clean(&one.candidate.path).with_extension(""))?;
        let other = found.get(*number)?;
        are_twins(&other.text, &one.text).then(|| other.candidate.path.clone())
    };
    let twins: Vec<Option<PathBuf>> = found.iter().map(twin).collect();
    let mut rest = Vec::with_capacity(found.len());
    for (one, twin) in found.into_iter().zip(twins) {
        match twin {
            Some(other) => {
                let name = other.file_name().unwrap_or_default().to_string_lossy();
                into.skip(shown(&one.candidate.path), format!("same template as {name}"));
            }
            None => rest.push(one),
        }
    }
    rest
}

/// The local templates that a template nests, as far as they are named in full.
fn nested_templates(text: &str, candidate: &Candidate) -> Vec<PathBuf> {
    if !text.contains(nested::STACK) && !text.contains("AWS::Serverless::Application") {
        return Vec::new();
    }
    let Ok(root) = document::parse(text) else { return Vec::new() };
    let Some(Node { value: Value::Map(resources), .. }) = root.get("Resources") else {
        return Vec::new();
    };
    let written = |resource: &Node| {
        let properties = resource.get("Properties");
        let asset = resource.get("Metadata").and_then(|node| node.get("aws:asset:path"));
        let node = asset.or_else(|| properties?.get("TemplateURL")).or_else(|| properties?.get("Location"))?;
        match &node.value {
            Value::Text(text) => {
                nested::local(text, Some(&candidate.path), Some(&candidate.boundary)).ok().map(|place| identity(&place))
            }
            _ => None,
        }
    };
    resources.values().filter_map(written).collect()
}
