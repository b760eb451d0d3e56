//! Directories of Terraform, without its help.

mod declare;
mod described;
mod expression;
mod function;
mod functions;
mod library;
mod moves;
mod notation;
mod provider;
mod resource;
mod run;
pub(crate) mod syntax;
mod template;
#[cfg(test)]
mod tests;
mod traverse;
mod types;
mod value;
mod variables;

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use files::{Boundary, shown};
use model::{Builder, Gap, Node, Part, Reference, ResourceId, Value};

use self::declare::{Content, Module};
use self::library::Library;
use self::moves::Moves;
use self::run::{Each, Expansion, Frame, Run};
use self::variables::Given;
use crate::instance::Configuration;
use crate::{Error, Options, comments};

/// The stack that evaluation may use. How deep it goes is limited: this is what the limit needs, and only touched
/// memory is ever used.
const STACK_BYTES: usize = 512 << 20;

/// Reads a root module, and gives the folders of the modules it has reached, in the form of [`files::identity`].
pub(crate) fn read(
    root: &Path,
    boundary: &Boundary,
    options: &Options,
    into: &mut Builder,
) -> Result<(Configuration, BTreeSet<PathBuf>), Error> {
    read_with(root, boundary, options, HashMap::new(), into)
}

/// The same with values of variables that count before all others.
pub(crate) fn read_with(
    root: &Path,
    boundary: &Boundary,
    options: &Options,
    variables: HashMap<String, Node>,
    into: &mut Builder,
) -> Result<(Configuration, BTreeSet<PathBuf>), Error> {
    // Threads are given less stack than a main program, and how much is not for the caller to know.
    let result = std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(STACK_BYTES);
        match builder.spawn_scoped(scope, || read_here(root, boundary, options, variables, &mut *into)) {
            Ok(thread) => match thread.join() {
                Ok(outcome) => Ok(outcome),
                Err(panic) => std::panic::resume_unwind(panic),
            },
            Err(error) => Err(error),
        }
    });
    result.unwrap_or_else(|error| {
        into.gap(Gap::in_file(shown(root), None, format!("no memory to read it: {error}")));
        Ok((Configuration::default(), BTreeSet::new()))
    })
}

fn read_here(
    root: &Path,
    boundary: &Boundary,
    options: &Options,
    variables: HashMap<String, Node>,
    into: &mut Builder,
) -> Result<(Configuration, BTreeSet<PathBuf>), Error> {
    let values = variables::files(root, options, into)?;
    let library = Library::of(root, boundary, into);
    let modules: Vec<Module<'_>> = library.folders.iter().map(Module::of).collect();
    let mut run = Run::new(options, boundary, &modules, root.to_owned());
    for (file, block, reason) in modules.iter().flat_map(|module| &module.refused) {
        let labels: Vec<&str> = block.labels.iter().map(|label| label.as_str()).collect();
        let what = format!("{} {}", block.ident.as_str(), labels.join("."));
        run.gap(file, file.place(*block).line, format!("{} {reason}", what.trim_end()));
    }
    run.add_scope(0, String::new(), None, None, 0);
    run.given = variables::given(&run, &values, options);
    run.given.extend(variables.into_iter().map(|(name, node)| (name, Given::Node(node))));
    expand_all(&run);
    let mut configuration = configuration(&run, &modules);
    configuration.descriptions = described::descriptions(&run, &modules);
    for gap in run.into_gaps() {
        into.gap(gap);
    }
    Ok((configuration, library.reached()))
}

/// Makes all instances of all modules and resources.
fn expand_all(run: &Run<'_>) {
    let mut next = 0;
    while let Some(scope) = run.scope(next) {
        next += 1;
        for (kind, name) in scope.module.resources.keys() {
            if let Some(Err(_)) = run.resource(&scope, kind, name) {
                let each = Each::default();
                if let Some(content) = scope.module.resources.get(&(*kind, *name)) {
                    run.cycle(
                        &Frame::new(&scope, content.file, &each),
                        content.place().line,
                        &format!("{kind}.{name}"),
                    );
                }
            }
        }
        for name in scope.module.calls.keys() {
            // Those that were not read are gaps already.
            let _: Option<Result<std::rc::Rc<Expansion<_>>, _>> = run.call(&scope, name);
        }
    }
}

fn configuration(run: &Run<'_>, modules: &[Module<'_>]) -> Configuration {
    let slots = run.slots.borrow().clone();
    let mut order: Vec<usize> = (0..slots.len()).collect();
    order.sort_by_cached_key(|number| slots.get(*number).map(|slot| sort_key(&slot.address)));
    let mut numbers: Vec<u32> = vec![0; slots.len()];
    for (new, old) in order.iter().enumerate() {
        if let Some(number) = numbers.get_mut(*old) {
            *number = u32::try_from(new).unwrap_or(u32::MAX);
        }
    }
    let mut configuration = Configuration::default();
    let moves = Moves::of(run);
    // What stands in a block counts for every instance of it.
    let mut of_block: HashMap<Place, Vec<usize>> = HashMap::new();
    let mut of_call: HashMap<Place, Vec<usize>> = HashMap::new();
    for slot in order.iter().filter_map(|number| slots.get(*number)) {
        let mut instance = run.instance(slot);
        instance.formerly = moves.before(&instance.address);
        renumber(&mut instance.values, &numbers);
        if let Some(node) = &mut instance.prevent_destroy {
            renumber(node, &numbers);
        }
        let number = configuration.instances.len();
        of_block.entry(place(slot.content)).or_default().push(number);
        let mut caller = slot.scope.caller.as_ref().map(|caller| (caller.call, caller.scope));
        while let Some((call, outer)) = caller {
            of_call.entry(place(call)).or_default().push(number);
            caller = run.scope(outer).and_then(|outer| outer.caller.as_ref().map(|caller| (caller.call, caller.scope)));
        }
        configuration.instances.push(instance);
    }
    for module in modules {
        for (file_number, file) in module.folder.files.iter().enumerate() {
            let blocks: Vec<_> = file.body.blocks().map(|block| file.lines(block)).collect();
            let found = comments::of(&file.text, file.source, &blocks);
            let instances = |block: usize| of_block.get(&(file.source.0, (file_number, block)));
            for (block, waiver) in found.waivers {
                // One at a call of a module counts for all there is in it.
                let called = of_call.get(&(file.source.0, (file_number, block)));
                for number in instances(block).or(called).into_iter().flatten() {
                    if let Some(instance) = configuration.instances.get_mut(*number) {
                        instance.waivers.push(waiver.clone());
                    }
                }
            }
            for (block, suppression) in found.suppressions {
                match block.and_then(instances) {
                    Some(numbers) => {
                        let of_each = numbers.iter().map(|number| (Some(*number), suppression.clone()));
                        configuration.suppressions.extend(of_each);
                    }
                    None => configuration.suppressions.push((None, suppression)),
                }
            }
        }
    }
    configuration
}

/// A block: its file, and its numbers there.
type Place = (u32, (usize, usize));

fn place(content: &Content<'_>) -> Place {
    (content.file.source.0, content.number)
}

/// Addresses in the order of their parts, numbers among them by their value.
fn sort_key(address: &str) -> Vec<(String, u64)> {
    let mut parts = Vec::new();
    let mut rest = address;
    while !rest.is_empty() {
        let word = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let (before, digits) = rest.split_at(word);
        let length = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        let (digits, behind) = digits.split_at(length);
        parts.push((before.to_owned(), digits.parse().unwrap_or(0)));
        rest = behind;
    }
    parts
}

/// Gives references the numbers that instances have in the end.
fn renumber(node: &mut Node, numbers: &[u32]) {
    let settle = |reference: &mut Reference| {
        if let Some(number) = numbers.get(reference.target.0 as usize) {
            reference.target = ResourceId(*number);
        }
    };
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|item| renumber(item, numbers)),
        Value::Map(entries) => entries.values_mut().for_each(|entry| renumber(entry, numbers)),
        Value::Reference(reference) => settle(reference),
        Value::Pattern(parts) => {
            for part in parts.iter_mut() {
                if let Part::Reference(reference) = part {
                    settle(reference);
                }
            }
        }
        _ => {}
    }
}
