//! One template, deployed once: its resources with everything resolved.

use std::cell::Cell;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use files::Boundary;
use indexmap::IndexMap;
use model::{
    Builder, Expression, ExpressionKind, Gap, Medium, Node, Origin, Presence, Resource, ResourceId, SourceId, Value,
    Why,
};

use crate::Options;
use crate::conditions::{self, Truth, dependence};
use crate::error::Refusal;
use crate::foreach;
use crate::nested::{self, Library};
use crate::pseudo::Pseudo;
use crate::report::Report;
use crate::resolve::{Generated, Outputs, Scope, Target};
use crate::resource::{Entry, declare};
use crate::sam;
use crate::suppressions::{self, Lines};
use crate::template::{Template, is_template};
use crate::{document, parameters};

/// The stack that resolving may use. Documents are limited to 200 levels, stacks to some nesting:
/// this is many times what they need, and only touched memory is ever used.
const STACK_BYTES: usize = 256 << 20;

/// Why a document is not read.
pub(crate) const NOT_A_TEMPLATE: &str = "not a template";

/// Transforms that change nothing this reader does not know of.
const KNOWN_TRANSFORMS: &[&str] = &[
    "AWS::Serverless-2016-10-31",
    "AWS::LanguageExtensions",
    "AWS::SecretsManager-2020-07-23",
    "AWS::SecretsManager-2024-09-16",
    "AWS::CodeDeployBlueGreen",
];

/// A text to be read as a template that is not nested in another.
pub(crate) struct Root<'a> {
    /// The path as it is shown.
    pub(crate) name: &'a str,
    pub(crate) text: Arc<str>,
    /// Where it lies, when it lies anywhere.
    pub(crate) path: Option<&'a Path>,
    /// Whether it was named as a template, and not just found to look like one.
    pub(crate) named: bool,
    /// Where the templates that it nests have to lie.
    pub(crate) boundary: Option<&'a Boundary>,
}

/// Reads a template, and gives the paths of those nested in it.
pub(crate) fn read_root(root: &Root<'_>, options: &Options, into: &mut Builder) -> BTreeSet<PathBuf> {
    let name = root.name;
    let work = |into: &mut Builder| {
        let template = match document::parse(&root.text) {
            Ok(node) if is_template(&node) => {
                let text = Arc::clone(&root.text);
                let source = into.file(name, Arc::clone(&text));
                template_of(node, source).map(|template| (template, text, source))
            }
            Ok(node) if root.named => Err(Refusal::new(node.origin.line, NOT_A_TEMPLATE)),
            Ok(_) => {
                into.skip(name, NOT_A_TEMPLATE);
                return BTreeSet::new();
            }
            Err(refusal) => Err(refusal),
        };
        match template {
            Ok((template, text, source)) => {
                let path = root.path.map(Path::to_owned);
                let file = File { name: name.to_owned(), source, path, text, told: Cell::new(false) };
                deploy(&file, template, root.boundary, options, into)
            }
            Err(Refusal { line, reason, .. }) => {
                into.gap(Gap::in_file(name, Some(line), reason));
                BTreeSet::new()
            }
        }
    };
    // Threads are given less stack than a main program, and how much is not for the caller to know.
    let result = std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(STACK_BYTES);
        match builder.spawn_scoped(scope, || work(&mut *into)) {
            Ok(thread) => match thread.join() {
                Ok(reached) => Ok(reached),
                Err(panic) => std::panic::resume_unwind(panic),
            },
            Err(error) => Err(error),
        }
    });
    result.unwrap_or_else(|error| {
        into.gap(Gap::in_file(name, None, format!("no memory to read it: {error}")));
        BTreeSet::new()
    })
}

/// What all stacks of one root have in common and nothing changes.
pub(crate) struct Shared<'a> {
    pub(crate) options: &'a Options,
    pub(crate) boundary: Option<&'a Boundary>,
    pub(crate) report: Report,
    pub(crate) pseudo: Pseudo,
}

/// What grows while the stacks of one root are read.
pub(crate) struct Run<'a> {
    pub(crate) builder: &'a mut Builder,
    pub(crate) library: Library,
    /// Resources by number from `base`. Numbers are given before resources are resolved, so that
    /// they can point at each other.
    slots: Vec<Option<Resource>>,
    base: u32,
}

/// A file that a template was read from.
pub(crate) struct File {
    /// The path as it is shown.
    pub(crate) name: String,
    pub(crate) source: SourceId,
    /// Where it lies, when it lies anywhere.
    pub(crate) path: Option<PathBuf>,
    pub(crate) text: Arc<str>,
    /// Whether its suppressions have been told: once, however often it is nested.
    pub(crate) told: Cell<bool>,
}

impl Run<'_> {
    /// Makes room for so many more.
    pub(crate) fn expect(&mut self, count: usize) {
        self.slots.reserve(count);
    }

    pub(crate) fn reserve(&mut self) -> ResourceId {
        self.slots.push(None);
        ResourceId(self.base + (self.slots.len() - 1) as u32)
    }

    fn fill(&mut self, id: ResourceId, resource: Resource) {
        if let Some(slot) = self.slots.get_mut((id.0 - self.base) as usize) {
            *slot = Some(resource);
        }
    }
}

/// A template that was read from a source.
pub(crate) fn template_of(mut root: Node, source: SourceId) -> Result<Template, Refusal> {
    document::attribute(&mut root, source);
    Template::new(root)
}

fn deploy(
    file: &File,
    template: Template,
    boundary: Option<&Boundary>,
    options: &Options,
    into: &mut Builder,
) -> BTreeSet<PathBuf> {
    let shared = Shared { options, boundary, report: Report::new(file.text.len()), pseudo: Pseudo::new(options) };
    let base = into.next().0;
    let library = Library::new(file.path.as_deref());
    let mut run = Run { builder: into, library, slots: Vec::new(), base };
    let given = |parameter: &str, origin: Origin| {
        let text = options.parameters.get(parameter)?;
        Some(Node::new(Value::Text(text.as_str().into()), origin))
    };
    instantiate(&shared, &mut run, file, template, "", &given);
    let Run { slots, builder, library, .. } = run;
    for resource in slots.into_iter().flatten() {
        builder.resource(resource);
    }
    for gap in shared.report.into_gaps() {
        builder.gap(gap);
    }
    library.paths()
}

/// What gives the parameters of a stack their values.
pub(crate) type Given<'a> = dyn Fn(&str, Origin) -> Option<Node> + 'a;

/// Reads one stack. `prefix` is empty, or the id of the nested stack with a slash behind it.
pub(crate) fn instantiate(
    shared: &Shared<'_>,
    run: &mut Run<'_>,
    file: &File,
    mut template: Template,
    prefix: &str,
    given: &Given<'_>,
) -> Outputs {
    let own = run.reserve();
    let mut scope = Scope {
        file: &file.name,
        report: &shared.report,
        pseudo: &shared.pseudo,
        parameters: HashMap::with_capacity(template.parameters.len()),
        mappings: std::mem::take(&mut template.mappings),
        conditions: HashMap::new(),
        targets: IndexMap::new(),
        present: HashMap::new(),
        outputs: HashMap::new(),
        generated: Generated::default(),
        hidden: Cell::default(),
        mapping: Cell::default(),
    };
    for transform in &template.transforms {
        let known = matches!(&transform.value, Value::Text(name) if KNOWN_TRANSFORMS.contains(&&**name));
        if !known {
            scope.generated.any = true;
            let name = crate::expression::render(transform);
            scope.gap(transform.origin, format!("the macro {name} may change the template on deployment"));
        }
    }
    for (name, declaration) in &template.parameters {
        let mut value = parameters::value(name, declaration, given(name, declaration.origin));
        // A dynamic reference is one wherever the text of the parameter ends up.
        if matches!(value.value, Value::Text(_) | Value::List(_)) {
            scope.resolve(&mut value);
        }
        scope.parameters.insert(name.clone(), value);
    }
    foreach::expand(&scope, &mut template.conditions);
    scope.conditions = conditions::evaluate(&scope, &template.conditions);

    let mut resources = std::mem::take(&mut template.resources);
    // What a loop that could not be followed would have declared may be referred to.
    scope.generated.any |= !foreach::expand(&scope, &mut resources);
    let lines = (!file.told.replace(true)).then(|| Lines::new(&resources, template.resources_end));
    let resources = sam::expand(&mut scope, resources, &template.globals);
    if template.uses("AWS::Serverless-2016-10-31") {
        scope.generated.beginnings.extend(["ServerlessRestApi".to_owned(), "ServerlessHttpApi".to_owned()]);
    }
    let entries = declare(run, &mut scope, resources);
    if let Some(lines) = &lines {
        tell_suppressions(run, file, &scope, &entries, template.metadata.as_ref(), lines);
    }

    let (stacks, entries): (Vec<Entry>, Vec<Entry>) =
        entries.into_iter().partition(|entry| entry.kind == nested::STACK);
    for entry in nested::in_order(stacks) {
        let logical = entry.logical.clone();
        let (id, resource) = entry.resolve(&scope, shared.options, prefix);
        if let Some(outputs) = nested::follow(shared, run, &scope, file, &resource) {
            scope.outputs.insert(logical, outputs);
        }
        run.fill(id, resource);
    }
    for entry in entries {
        let (id, resource) = entry.resolve(&scope, shared.options, prefix);
        run.fill(id, resource);
    }

    foreach::expand(&scope, &mut template.outputs);
    let outputs = outputs(&scope, &template.outputs);
    let describing = describe(own_origin(file), template, &outputs);
    run.fill(
        own,
        Resource {
            kind: "Pilaster::Template".to_owned(),
            id: match prefix.strip_suffix('/') {
                Some(stack) => stack.to_owned(),
                None => file.name.clone(),
            },
            name: None,
            arn: None,
            account: shared.options.account.clone(),
            region: shared.options.region.clone(),
            origin: own_origin(file),
            presence: Presence::Certain,
            medium: Medium::Code,
            properties: describing,
            attributes: IndexMap::new(),
        },
    );
    outputs
}

fn tell_suppressions(
    run: &mut Run<'_>,
    file: &File,
    scope: &Scope<'_>,
    entries: &[Entry],
    metadata: Option<&Node>,
    lines: &Lines,
) {
    let whole = metadata.into_iter().flat_map(|node| suppressions::in_metadata(node, None));
    let each = entries.iter().filter_map(|entry| Some((entry.attributes.get("Metadata")?, entry.id)));
    let each = each.flat_map(|(node, id)| suppressions::in_metadata(node, Some(id)));
    let id = |name: &str| match scope.targets.get(name) {
        Some(Target::Resource(id)) => Some(*id),
        _ => None,
    };
    let comments = suppressions::in_comments(&file.text, file.source, lines, id);
    for suppression in whole.chain(each).chain(comments) {
        run.builder.suppression(suppression);
    }
}

fn own_origin(file: &File) -> Origin {
    Origin::new(file.source, 1, 1)
}

/// The values of the outputs that are there.
fn outputs(scope: &Scope<'_>, section: &IndexMap<String, Node>) -> Outputs {
    let mut outputs = IndexMap::with_capacity(section.len());
    for (name, node) in section {
        let truth = match node.get("Condition").map(|node| &node.value) {
            Some(Value::Text(condition)) => scope.condition(condition),
            _ => Truth::True,
        };
        let Some(value) = node.get("Value") else { continue };
        let mut value = value.clone();
        if truth == Truth::False || !scope.resolve(&mut value) {
            continue;
        }
        if let Truth::Unknown(cause) = truth {
            let text = format!("output {name}, {}", dependence("which", &cause).text);
            value.value = Value::Unknown(Why::Unresolved(Arc::new(Expression::new(text, ExpressionKind::Choice))));
            value.written = None;
        }
        value.origin = node.origin;
        outputs.insert(name.clone(), value);
    }
    Rc::new(outputs)
}

/// The properties of the pseudo resource that stands for the template itself.
fn describe(origin: Origin, template: Template, outputs: &Outputs) -> Node {
    let map = |entries| Node::new(Value::Map(entries), origin);
    let mut properties = IndexMap::new();
    if let Some(description) = template.description {
        properties.insert("Description".to_owned(), description);
    }
    let parameters = template.parameters.into_iter().map(|(name, declaration)| {
        let declaration = parameters::shown(&name, declaration);
        (name, declaration)
    });
    properties.insert("Parameters".to_owned(), map(parameters.collect()));
    properties.insert("Outputs".to_owned(), map((**outputs).clone()));
    map(properties)
}
