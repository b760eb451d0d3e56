//! One template, deployed once: its resources with everything resolved.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use indexmap::IndexMap;
use model::{
    Builder, Expression, ExpressionKind, Gap, Medium, Node, Origin, Presence, Resource, ResourceId,
    SourceId, Value, Why,
};

use crate::Options;
use crate::conditions::{self, Truth, dependence};
use crate::error::Refusal;
use crate::foreach;
use crate::nested::{self, Library};
use crate::pseudo::Pseudo;
use crate::report::Report;
use crate::resolve::{Generated, Outputs, Scope, Target};
use crate::template::{Template, is_template};
use crate::{document, parameters, policy};

/// The stack that resolving may use. Documents are limited to 200 levels, stacks to some nesting:
/// this is many times what they need, and only touched memory is ever used.
const STACK_BYTES: usize = 256 << 20;

/// Transforms that change nothing this reader does not know of.
const KNOWN_TRANSFORMS: &[&str] = &[
    "AWS::Serverless-2016-10-31",
    "AWS::LanguageExtensions",
    "AWS::SecretsManager-2020-07-23",
    "AWS::SecretsManager-2024-09-16",
    "AWS::CodeDeployBlueGreen",
];

/// Reads one template that is not nested in another, and gives the paths of those nested in it. `path`
/// is where it lies.
pub(crate) fn read_root(
    name: &str,
    text: &str,
    path: Option<&Path>,
    options: &Options,
    into: &mut Builder,
) -> BTreeSet<PathBuf> {
    let work = |into: &mut Builder| {
        let source = into.file(name, text);
        let template = match document::parse(text, source) {
            Ok(root) if is_template(&root) => Template::new(root),
            Ok(root) => Err(Refusal::new(root.origin.line, "not a template")),
            Err(refusal) => Err(refusal),
        };
        match template {
            Ok(template) => deploy(name, text, source, path, template, options, into),
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
}

impl Run<'_> {
    fn reserve(&mut self) -> ResourceId {
        self.slots.push(None);
        ResourceId(self.base + (self.slots.len() - 1) as u32)
    }

    fn fill(&mut self, id: ResourceId, resource: Resource) {
        if let Some(slot) = self.slots.get_mut((id.0 - self.base) as usize) {
            *slot = Some(resource);
        }
    }
}

fn deploy(
    name: &str,
    text: &str,
    source: SourceId,
    path: Option<&Path>,
    template: Template,
    options: &Options,
    into: &mut Builder,
) -> BTreeSet<PathBuf> {
    let shared = Shared { options, report: Report::new(text.len()), pseudo: Pseudo::new(options) };
    let base = into.next().0;
    let mut run = Run { builder: into, library: Library::new(path), slots: Vec::new(), base };
    let file = File { name: name.to_owned(), source, path: path.map(Path::to_owned) };
    let given = |parameter: &str, origin: Origin| {
        let text = options.parameters.get(parameter)?;
        Some(Node::new(Value::Text(text.as_str().into()), origin))
    };
    instantiate(&shared, &mut run, &file, template, "", &given);
    let Run { slots, builder, library, .. } = run;
    for resource in slots.into_iter().flatten() {
        builder.resource(resource);
    }
    for gap in shared.report.into_gaps() {
        builder.gap(gap);
    }
    library.paths()
}

/// A resource that will be in the inventory, not resolved yet.
struct Entry {
    id: ResourceId,
    logical: String,
    kind: String,
    origin: Origin,
    presence: Presence,
    properties: Option<Node>,
    attributes: IndexMap<String, Node>,
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
        let value = parameters::value(name, declaration, given(name, declaration.origin));
        scope.parameters.insert(name.clone(), value);
    }
    foreach::expand(&scope, &mut template.conditions);
    scope.conditions = conditions::evaluate(&scope, &template.conditions);

    let mut resources = std::mem::take(&mut template.resources);
    // What a loop that could not be followed would have declared may be referred to.
    scope.generated.any |= !foreach::expand(&scope, &mut resources);
    let entries = declare(run, &mut scope, resources);

    let (stacks, entries): (Vec<Entry>, Vec<Entry>) =
        entries.into_iter().partition(|entry| entry.kind == nested::STACK);
    for entry in in_order(stacks) {
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

/// Nested stacks in an order in which each comes after those whose outputs it takes.
fn in_order(stacks: Vec<Entry>) -> Vec<Entry> {
    let names: HashMap<String, usize> =
        stacks.iter().enumerate().map(|(number, stack)| (stack.logical.clone(), number)).collect();
    let needs: Vec<Vec<usize>> = stacks
        .iter()
        .map(|stack| {
            let mut found = BTreeSet::new();
            stack.properties.iter().for_each(|node| nested::mentions(node, &mut found));
            found.iter().filter_map(|name| names.get(name).copied()).collect()
        })
        .collect();
    let mut waiting: Vec<Option<Entry>> = stacks.into_iter().map(Some).collect();
    let mut seen = vec![false; waiting.len()];
    let mut ordered = Vec::with_capacity(waiting.len());
    // Depth first, on a stack of its own. Those that need each other come in the order found.
    for start in 0..waiting.len() {
        let mut path = vec![(start, 0)];
        while let Some((number, next)) = path.pop() {
            if next == 0 && std::mem::replace(&mut seen[number], true) {
                continue;
            }
            match needs[number].get(next) {
                Some(&other) => {
                    path.push((number, next + 1));
                    if !seen[other] {
                        path.push((other, 0));
                    }
                }
                None => ordered.extend(waiting[number].take()),
            }
        }
    }
    ordered
}

fn own_origin(file: &File) -> Origin {
    Origin::new(file.source, 1, 1)
}

/// Numbers the resources that will be there, and tells for the others why they will not.
fn declare(
    run: &mut Run<'_>,
    scope: &mut Scope<'_>,
    resources: IndexMap<String, Node>,
) -> Vec<Entry> {
    let mut entries = Vec::with_capacity(resources.len());
    for (logical, node) in resources {
        let origin = node.origin;
        let parts = match take_apart(node) {
            Ok(parts) => parts,
            Err(reason) => {
                if logical == "Fn::Transform" {
                    scope.generated.any = true;
                }
                scope.gap(origin, format!("resource {logical}: {reason}"));
                scope.targets.insert(logical, Target::Broken);
                continue;
            }
        };
        let presence = match &parts.condition {
            None => Presence::Certain,
            Some(condition) => match scope.conditions.get(condition.as_str()) {
                Some(Truth::True) => Presence::Certain,
                Some(Truth::False) => {
                    scope.targets.insert(logical, Target::Absent(condition.clone()));
                    continue;
                }
                Some(Truth::Unknown(cause)) => {
                    Presence::Possible(Arc::new(dependence(condition, cause)))
                }
                None => {
                    scope.gap(
                        origin,
                        format!("resource {logical}: there is no condition {condition}"),
                    );
                    let text = format!("{condition} (not declared)");
                    Presence::Possible(Arc::new(Expression::new(text, ExpressionKind::Choice)))
                }
            },
        };
        let id = run.reserve();
        let (position, _) = scope.targets.insert_full(logical.clone(), Target::Resource(id));
        scope.present.insert(id, position);
        entries.push(Entry {
            id,
            logical,
            kind: parts.kind,
            origin,
            presence,
            properties: parts.properties,
            attributes: parts.attributes,
        });
    }
    entries
}

/// The parts of a resource as it is written.
struct Parts {
    kind: String,
    condition: Option<String>,
    properties: Option<Node>,
    attributes: IndexMap<String, Node>,
}

fn take_apart(node: Node) -> Result<Parts, String> {
    let Value::Map(mut attributes) = node.value else {
        return Err("not a map".to_owned());
    };
    let kind = match attributes.shift_remove("Type").map(|node| node.value) {
        Some(Value::Text(kind)) if !kind.is_empty() => String::from(kind),
        Some(Value::Map(_)) => {
            return Err("its Type is a module or a macro, which runs before deployment".to_owned());
        }
        Some(_) => return Err("its Type is not text".to_owned()),
        None => return Err("it has no Type".to_owned()),
    };
    let condition = match attributes.shift_remove("Condition").map(|node| node.value) {
        Some(Value::Text(name)) => Some(String::from(name)),
        Some(Value::Null) | None => None,
        Some(_) => return Err("its Condition is not the name of a condition".to_owned()),
    };
    let properties = match attributes.shift_remove("Properties") {
        Some(Node { value: Value::Null, .. }) | None => None,
        Some(properties) => match &properties.value {
            Value::Map(_) => Some(properties),
            _ => return Err("its Properties are not a map".to_owned()),
        },
    };
    Ok(Parts { kind, condition, properties, attributes })
}

impl Entry {
    fn resolve(self, scope: &Scope<'_>, options: &Options, prefix: &str) -> (ResourceId, Resource) {
        let mut properties = self
            .properties
            .unwrap_or_else(|| Node::new(Value::Map(IndexMap::new()), self.origin));
        if !scope.resolve(&mut properties) {
            properties.value = Value::Map(IndexMap::new());
        }
        if !matches!(properties.value, Value::Map(_) | Value::Unknown(_)) {
            properties.value = Value::Unknown(Why::Malformed("a map".into()));
        }
        policy::unfold(&mut properties);
        let mut attributes = self.attributes;
        attributes.retain(|_, node| scope.resolve(node));
        let resource = Resource {
            name: physical_name(&self.kind, &properties),
            kind: self.kind,
            id: format!("{prefix}{}", self.logical),
            arn: None,
            account: options.account.clone(),
            region: options.region.clone(),
            origin: self.origin,
            presence: self.presence,
            medium: Medium::Code,
            properties,
            attributes,
        };
        (self.id, resource)
    }
}

/// The name a resource is given, when its properties say so in full.
fn physical_name(kind: &str, properties: &Node) -> Option<String> {
    let short = kind.rsplit("::").next()?;
    [format!("{short}Name"), format!("{short}Identifier"), "Name".to_owned()]
        .iter()
        .find_map(|property| match &properties.get(property)?.value {
            Value::Text(name) => Some(name.to_string()),
            _ => None,
        })
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
            value.value = Value::Unknown(Why::Unresolved(Arc::new(Expression::new(
                text,
                ExpressionKind::Choice,
            ))));
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
    properties.insert("Parameters".to_owned(), map(template.parameters));
    properties.insert("Outputs".to_owned(), map((**outputs).clone()));
    map(properties)
}
