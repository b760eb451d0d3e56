//! The folders of modules that a root module reaches, each read once.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::path::{Path, PathBuf};

use files::{Boundary, clean, identity, shown};
use hcl_edit::expr::Expression as Syntax;
use indexmap::IndexMap;
use model::{Builder, Gap, Origin, SourceId};

use super::notation;
use super::syntax::{self, File};

/// So many folders of modules are read for one root.
const MAX_FOLDERS: usize = 4096;

/// The folders that were read. The first is the root.
pub(super) struct Library {
    pub(super) folders: Vec<Folder>,
}

/// One folder of code.
pub(super) struct Folder {
    /// Where it lies.
    pub(super) path: PathBuf,
    /// What `path.module` is in it.
    pub(super) module_path: String,
    pub(super) files: Vec<File>,
    /// The folders that its module blocks name.
    pub(super) calls: HashMap<String, usize>,
}

/// What `terraform init` has noted of the modules it has fetched: folders by dotted name.
type Fetched = IndexMap<String, PathBuf>;

impl Library {
    /// Reads the folder of a root module and all that it reaches.
    pub(super) fn of(root: &Path, boundary: &Boundary, into: &mut Builder) -> Self {
        let fetched = fetched(root);
        let mut library = Self { folders: Vec::new() };
        let mut known: HashMap<PathBuf, usize> = HashMap::new();
        library.folders.push(folder(root, root, into));
        known.insert(identity(root), 0);
        let mut waiting = VecDeque::from([(0, String::new())]);
        while let Some((number, name)) = waiting.pop_front() {
            let calls = library.folders.get(number).map(calls).unwrap_or_default();
            for (call, source, place) in calls {
                let dotted = if name.is_empty() { call.clone() } else { format!("{name}.{call}") };
                let Some(folder_of_call) = library.folders.get(number) else { continue };
                let target = match find(&source, &folder_of_call.path, &dotted, &fetched, boundary, &call) {
                    Ok(target) => target,
                    Err(reason) => {
                        into.gap(Gap::in_file(place.0, Some(place.1.line).filter(|line| *line > 0), reason));
                        continue;
                    }
                };
                let next = match known.get(&identity(&target)) {
                    Some(next) => *next,
                    None if library.folders.len() >= MAX_FOLDERS => {
                        into.gap(Gap::in_file(place.0, None, "calls more modules than are followed"));
                        continue;
                    }
                    None => {
                        let next = library.folders.len();
                        known.insert(identity(&target), next);
                        library.folders.push(folder(&target, root, into));
                        waiting.push_back((next, dotted));
                        next
                    }
                };
                if let Some(folder) = library.folders.get_mut(number) {
                    folder.calls.insert(call, next);
                }
            }
        }
        library
    }

    /// All folders, in the form of [`identity`].
    pub(super) fn reached(&self) -> BTreeSet<PathBuf> {
        self.folders.iter().map(|folder| identity(&folder.path)).collect()
    }
}

fn folder(path: &Path, root: &Path, into: &mut Builder) -> Folder {
    let files = match syntax::module_files(path) {
        Ok(files) => read(files, into),
        Err(error) => {
            into.gap(Gap::in_file(shown(path), None, format!("cannot be listed: {error}")));
            Vec::new()
        }
    };
    let module_path = relative(&identity(path), &identity(root));
    Folder { path: path.to_owned(), module_path, files, calls: HashMap::new() }
}

/// Reads files in their order, whatever their notation.
fn read(paths: Vec<PathBuf>, into: &mut Builder) -> Vec<File> {
    let (documents, code): (Vec<PathBuf>, Vec<PathBuf>) =
        paths.into_iter().partition(|path| path.extension().is_some_and(|extension| extension == "json"));
    let mut files = syntax::read_all(&code, into);
    if documents.is_empty() {
        return files;
    }
    files.extend(documents.iter().filter_map(|path| read_document(path, into)));
    files.sort_by_cached_key(|file| (syntax::overrides(&file.name), file.name.clone()));
    files
}

fn read_document(path: &Path, into: &mut Builder) -> Option<File> {
    let name = shown(path);
    let written = syntax::text_of(path).and_then(|text| Ok((notation::as_hcl(&text)?, text)));
    match written {
        Ok((written, text)) => Some(File::rewritten(name, text, written, into)),
        Err(reason) => {
            into.gap(Gap::in_file(name, None, reason));
            None
        }
    }
}

/// A path as seen from a folder, as Terraform has it in `path.module`.
fn relative(path: &Path, folder: &Path) -> String {
    let mut ups = PathBuf::new();
    for above in folder.ancestors() {
        if let Ok(below) = path.strip_prefix(above) {
            let joined = ups.join(below);
            return match joined.as_os_str().is_empty() {
                true => ".".to_owned(),
                false => joined.to_string_lossy().replace('\\', "/"),
            };
        }
        ups.push("..");
    }
    path.to_string_lossy().replace('\\', "/")
}

type Call = (String, String, (String, Origin));

/// The module blocks of a folder: their names, sources and places.
fn calls(folder: &Folder) -> Vec<Call> {
    let blocks = syntax::top_blocks(&folder.files).filter(|(_, block)| block.ident.as_str() == "module");
    blocks
        .filter_map(|(file, block)| {
            let name = block.labels.first()?.as_str().to_owned();
            let source = match block.body.get_attribute("source").map(|source| &source.value) {
                Some(Syntax::String(source)) => source.as_str().to_owned(),
                Some(other) => file.written(other).to_owned(),
                None => return None,
            };
            Some((name, source, (file.name.clone(), file.place(block))))
        })
        .collect()
}

fn find(
    source: &str,
    folder: &Path,
    dotted: &str,
    fetched: &Fetched,
    boundary: &Boundary,
    call: &str,
) -> Result<PathBuf, String> {
    if source.starts_with("./") || source.starts_with("../") {
        let target = clean(&folder.join(source));
        if !boundary.holds(&target) {
            return Err(format!("module {call} comes from {source}, which is outside of {}", boundary.name()));
        }
        if !target.is_dir() {
            return Err(format!("module {call} comes from {source}, which is not there"));
        }
        return Ok(target);
    }
    match fetched.get(dotted) {
        Some(target) if boundary.holds(target) && target.is_dir() => Ok(target.clone()),
        _ => Err(format!("module {call} comes from {source}, which is not here; run `terraform get`")),
    }
}

fn fetched(root: &Path) -> Fetched {
    let manifest = root.join(".terraform").join("modules").join("modules.json");
    let Ok(text) = syntax::text_of(&manifest) else { return Fetched::new() };
    let Ok(document) = serde_json::from_str(&text) else { return Fetched::new() };
    let document = model::Node::from_json(document, Origin::new(SourceId(0), 0, 0));
    let mut fetched = Fetched::new();
    for module in crate::shape::items(document.get("Modules")) {
        let text = |name: &str| module.get(name).and_then(crate::shape::as_text);
        if let (Some(key), Some(folder)) = (text("Key"), text("Dir")) {
            fetched.insert(key.to_owned(), clean(&root.join(folder)));
        }
    }
    fetched
}
