//! Plans and states, as `terraform show -json` writes them.

mod configuration;
mod document;
mod references;
mod relations;
mod state;
#[cfg(test)]
mod tests;
mod values;

use std::cell::Cell;
use std::collections::{BTreeSet, HashMap};
use std::io::{BufRead, BufReader, Read};

use indexmap::IndexMap;
use model::{Builder, Expression, ExpressionKind, Gap, Node, Origin, Presence, Source, Value};
use serde::Deserialize;
use serde_json::Value as Json;

use self::configuration::{Configuration as Blocks, Expr, Provider};
use self::document::{Change, Document, Told};
use self::references::{Addresses, Scope, block_and_key};
use self::values::Making;
pub(crate) use self::values::is_hash;
use crate::Options;
use crate::instance::{Configuration, Instance};
use crate::overlay::block;
use crate::shape::as_text;

/// How much is read at once. The beginning tells what the file is.
const CHUNK: usize = 1 << 16;

/// What stands for the values of a resource that cannot be read.
const UNREADABLE: &str = "values that cannot be read";

/// What a plan or a state holds.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) configuration: Configuration,
    /// The values of the variables of the root module that it was made with.
    pub(crate) variables: HashMap<String, Node>,
}

/// Why a plan or a state cannot be read.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// From 1, where it is about a place.
    pub(crate) line: Option<u32>,
    pub(crate) reason: String,
}

impl From<serde_json::Error> for Refusal {
    fn from(error: serde_json::Error) -> Self {
        let place = format!(" at line {} column {}", error.line(), error.column());
        let text = error.to_string();
        let what = text.strip_suffix(&place).unwrap_or(&text);
        let reason = match error.classify() {
            serde_json::error::Category::Io => format!("cannot be read: {what}"),
            serde_json::error::Category::Eof => format!("ends too early, at column {}: {what}", error.column()),
            serde_json::error::Category::Syntax => format!("not valid JSON at column {}: {what}", error.column()),
            serde_json::error::Category::Data => format!("not a plan or a state at column {}: {what}", error.column()),
        };
        Self { line: u32::try_from(error.line()).ok().filter(|line| *line > 0), reason }
    }
}

/// Whether a text that begins so is a plan or a state.
pub(crate) fn looks_like_plan(start: &[u8]) -> bool {
    // As UTF-16 it is refused with a reason, which is better than to be taken for nothing.
    let bytes: Vec<u8> = start.iter().copied().filter(|byte| !matches!(byte, 0 | 0xFE | 0xFF)).collect();
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let has = |key: &str| text.contains(key);
    text.starts_with('{')
        && (has("\"format_version\"")
            && (has("\"terraform_version\"") || has("\"planned_values\"") || has("\"values\""))
            || has("\"terraform_version\"") && has("\"serial\"") && has("\"version\""))
}

/// Reads a plan or a state.
pub(crate) fn read(name: &str, reader: impl Read, options: &Options, into: &mut Builder) -> Result<Plan, Refusal> {
    let mut reader = BufReader::with_capacity(CHUNK, reader);
    let start =
        reader.fill_buf().map_err(|error| Refusal { line: None, reason: format!("cannot be read: {error}") })?;
    if start.starts_with(&[0xFF, 0xFE]) || start.starts_with(&[0xFE, 0xFF]) {
        let reason = "written in UTF-16, as PowerShell redirects; it has to be UTF-8".to_owned();
        return Err(Refusal { line: None, reason });
    }
    let mark = if start.starts_with(&[0xEF, 0xBB, 0xBF]) { 3 } else { 0 };
    check_format(format_of(&String::from_utf8_lossy(start)))?;
    reader.consume(mark);
    let mut deserializer = serde_json::Deserializer::from_reader(reader);
    let document = Document::deserialize(&mut deserializer)?;
    deserializer.end()?;
    check_format(document.format_version.as_deref())?;
    let source = into.source(Source::File { path: name.to_owned(), text: None });
    let origin = Origin::new(source, 0, 0);
    if document.errored || document.complete == Some(false) {
        let what = if document.errored { "ended with an error" } else { "is incomplete" };
        into.gap(Gap::in_file(name, None, format!("the plan {what}: what was not planned is missing")));
    }
    match document {
        Document { values: Some(values), .. } => Ok(settled(state::shown(values.root_module, origin), options)),
        Document { version: Some(4), resources, .. } => Ok(settled(state::kept(resources, origin), options)),
        Document { version: Some(version), .. } => {
            let reason = format!("a state of version {version}; only version 4 can be read");
            Err(Refusal { line: None, reason })
        }
        Document { format_version: None, .. } => {
            Err(Refusal { line: None, reason: "not a plan or a state: it has no format_version".to_owned() })
        }
        mut document => {
            if document.planned_values.is_some() && document.configuration.is_none() {
                let reason = "the plan has no configuration: what is unknown in it cannot be told from what is not set";
                into.gap(Gap::in_file(name, None, reason));
            }
            let blocks = document.configuration.take().unwrap_or_default();
            planned(document, &blocks, options, origin)
        }
    }
}

/// The instances of a state.
fn settled(found: state::Found, options: &Options) -> Plan {
    let state::Found { mut instances, told } = found;
    instances.sort_by(|(one, _), (other, _)| one.address.cmp(&other.address));
    let (mut instances, dependencies): (Vec<_>, Vec<_>) = instances.into_iter().unzip();
    relations::relate(&mut instances, &dependencies);
    // A state does not tell which provider's they are.
    let providers = vec![String::new(); instances.len()];
    let told: Vec<_> = told.into_iter().map(|told| (String::new(), told)).collect();
    fill_places(&mut instances, &providers, &told, options);
    Plan { configuration: Configuration { instances, ..Configuration::default() }, variables: HashMap::new() }
}

/// What keeps an instance from being destroyed stands in the code only.
fn kept_perhaps(origin: Origin) -> Node {
    Node::unresolved(Expression::new("lifecycle.prevent_destroy", ExpressionKind::Attribute), origin)
}

/// The value of `format_version`, where a text begins with it.
fn format_of(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("\"format_version\"")?;
    let rest = rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
    rest.split_once('"').map(|(version, _)| version)
}

fn check_format(version: Option<&str>) -> Result<(), Refusal> {
    match version {
        Some(version) if !matches!(version.split('.').next(), Some("0" | "1")) => {
            Err(Refusal { line: None, reason: format!("written in format {version}; only format 1 can be read") })
        }
        _ => Ok(()),
    }
}

/// The instances there will be once a plan is applied.
fn planned(document: Document, blocks: &Blocks, options: &Options, origin: Origin) -> Result<Plan, Refusal> {
    let Document { variables, resource_changes, prior_state, .. } = document;
    let (documents, mut changes): (Vec<Change>, Vec<Change>) =
        resource_changes.into_iter().partition(Change::is_policy_document);
    // The numbers of instances are the places in this order.
    changes.sort_by(|one, other| one.address.cmp(&other.address));
    let documents: HashMap<String, Change> =
        documents.into_iter().map(|change| (change.address.clone(), change)).collect();
    let addresses = Addresses::new(blocks, &variables, &changes, &documents);
    let mut changes: Vec<Option<Change>> = changes.into_iter().map(Some).collect();
    let mut instances = Vec::with_capacity(changes.len());
    let mut providers = Vec::with_capacity(changes.len());
    for number in 0..changes.len() {
        let making = Making {
            addresses: &addresses,
            changes: &changes,
            made: &instances,
            documents: &documents,
            origin,
            depth: Cell::new(0),
        };
        let Some(change) = changes.get(number).and_then(Option::as_ref) else { continue };
        let (made, provider) = instance(&making, blocks, change)?;
        instances.push(made);
        providers.push(provider);
        // Its text is not needed any more.
        if let Some(done) = changes.get_mut(number) {
            *done = None;
        }
    }
    drop(addresses);
    relations::relate(&mut instances, &[]);
    let told = prior_state.map(document::PriorState::told).unwrap_or_default();
    let told: Vec<_> = told.into_iter().map(|told| (provider_of(blocks, &told.address), told)).collect();
    fill_places(&mut instances, &providers, &told, options);
    let variables =
        variables.into_iter().map(|(name, variable)| (name, Node::from_json(variable.value, origin))).collect();
    Ok(Plan { configuration: Configuration { instances, ..Configuration::default() }, variables })
}

/// The provider of a data source.
fn provider_of(blocks: &Blocks, address: &str) -> String {
    let bare = block(address);
    let (module, own) = bare.split_at(bare.find("data.aws_").unwrap_or_default());
    let declaration =
        Scope::of(blocks, module.trim_end_matches('.')).and_then(|scope| scope.module().resources.get(own));
    declaration.map_or_else(String::new, |one| one.provider_config_key.clone())
}

fn instance<'a>(making: &Making<'a>, blocks: &'a Blocks, change: &Change) -> Result<(Instance, String), Refusal> {
    let (_, key) = block_and_key(change);
    let scope = Scope::of(blocks, &change.module_address);
    let declaration =
        scope.as_ref().and_then(|scope| scope.module().resources.get(&format!("{}.{}", change.kind, change.name)));
    let scope = match scope.or_else(|| Scope::of(blocks, "")) {
        Some(scope) => scope.within(key, declaration.and_then(|one| one.for_each_expression.as_ref())),
        None => return Err(Refusal { line: None, reason: format!("{} has no module", change.address) }),
    };
    // One that cannot be read costs itself only.
    let mut values =
        making.arguments(&scope, &change.change, declaration).unwrap_or_else(|_| making.untold(UNREADABLE));
    let provider = declaration.and_then(|one| blocks.provider_config.get(&one.provider_config_key));
    let own = provider.and_then(|provider| Some((provider, Scope::of(blocks, &provider.module_address)?)));
    let told = |name: &str| {
        let (provider, scope) = own.as_ref()?;
        making.addresses.constant(scope, provider.expressions.get(name)?, 0)
    };
    if change.change.speak_of("tags_all") {
        complete_tags(&mut values, own.as_ref().and_then(|(provider, scope)| default_tags(making, provider, scope)));
    }
    let (account, region) = place(&values);
    // Since version 6 of the provider an argument, and before that an attribute of a few. There is one that means another.
    let argument =
        values.get("region").filter(|_| change.kind != "aws_config_aggregate_authorization").and_then(as_text);
    let region = region.or_else(|| argument.or(told("region").and_then(Json::as_str)).map(str::to_owned));
    let provider_account = own.as_ref().and_then(|(provider, scope)| account_of(making, provider, scope));
    let made = Instance {
        address: change.address.clone(),
        formerly: change.previous_address.iter().cloned().collect(),
        kind: change.kind.clone(),
        values,
        origin: making.origin,
        presence: Presence::Certain,
        account: account.or(provider_account),
        region,
        prevent_destroy: Some(kept_perhaps(making.origin)),
        waivers: Vec::new(),
    };
    Ok((made, declaration.map_or_else(String::new, |one| one.provider_config_key.clone())))
}

/// Gives instances of one provider the account and the region that its data sources tell or some of them have, or those
/// that were given to the reader: instances of which one has a place and the other none would not be taken to be beside
/// each other.
fn fill_places(instances: &mut [Instance], providers: &[String], told: &[(String, Told)], options: &Options) {
    let mut of_data = Places::default();
    for (provider, told) in told {
        of_data.add(provider, told.account.as_deref(), told.region.as_deref());
    }
    let mut own = Places::default();
    for (instance, provider) in instances.iter().zip(providers) {
        own.add(provider, instance.account.as_deref(), instance.region.as_deref());
    }
    for (instance, provider) in instances.iter_mut().zip(providers) {
        for places in [&of_data, &own] {
            let (account, region) = places.of(provider);
            instance.account = instance.account.take().or(account);
            instance.region = instance.region.take().or(region);
        }
        instance.account = instance.account.take().or_else(|| options.account.clone());
        instance.region = instance.region.take().or_else(|| options.region.clone());
    }
}

/// The accounts and the regions that are seen of providers.
#[derive(Default)]
struct Places(HashMap<String, (BTreeSet<String>, BTreeSet<String>)>);

impl Places {
    fn add(&mut self, provider: &str, account: Option<&str>, region: Option<&str>) {
        if account.is_none() && region.is_none() {
            return;
        }
        let (accounts, regions) = self.0.entry(provider.to_owned()).or_default();
        accounts.extend(account.map(str::to_owned));
        regions.extend(region.map(str::to_owned));
    }

    /// Those that are the only ones.
    fn of(&self, provider: &str) -> (Option<String>, Option<String>) {
        let single = |set: &BTreeSet<String>| set.first().filter(|_| set.len() == 1).cloned();
        self.0.get(provider).map_or((None, None), |(accounts, regions)| (single(accounts), single(regions)))
    }
}

/// The account and the region in an ARN that is known.
fn place(values: &Node) -> (Option<String>, Option<String>) {
    let Some(arn) = values.get("arn").and_then(as_text) else { return (None, None) };
    let mut parts = arn.split(':').skip(3).map(|part| (!part.is_empty()).then(|| part.to_owned()));
    let region = parts.next().flatten();
    let account = parts.next().flatten().filter(|account| account.bytes().all(|byte| byte.is_ascii_digit()));
    (account, region)
}

/// The account of the role that a provider assumes, or the only one it may be used for.
fn account_of<'a>(making: &Making<'a>, provider: &'a Provider, scope: &Scope<'a>) -> Option<String> {
    let constant = |expr: &'a Expr| making.addresses.constant(scope, expr, 0);
    let role = match provider.expressions.get("assume_role") {
        Some(Expr::Blocks(blocks)) => match blocks.as_slice() {
            [Expr::Block(block)] => block.get("role_arn").and_then(constant).and_then(Json::as_str),
            _ => None,
        },
        _ => None,
    };
    let allowed = || match provider.expressions.get("allowed_account_ids").and_then(constant)?.as_array()?.as_slice() {
        [single] => single.as_str(),
        _ => None,
    };
    let account = role.and_then(|arn| arn.split(':').nth(4)).or_else(allowed)?;
    Some(account.to_owned())
}

/// The tags that a provider adds, where they are known, or that they are not.
fn default_tags<'a>(making: &Making<'a>, provider: &'a Provider, scope: &Scope<'a>) -> Option<Node> {
    let Expr::Blocks(blocks) = provider.expressions.get("default_tags")? else { return None };
    let [Expr::Block(block)] = blocks.as_slice() else { return None };
    let expr = block.get("tags")?;
    match making.addresses.constant(scope, expr, 0) {
        Some(tags) => Some(Node::from_json(tags.clone(), making.origin)),
        None => Some(making.untold("default_tags")),
    }
}

/// Sees to it that `tags_all` holds what `tags` does and what the provider adds, and where each was written.
fn complete_tags(values: &mut Node, added: Option<Node>) {
    let Value::Map(entries) = &mut values.value else { return };
    let tags = entries.get("tags").cloned();
    let all = match (entries.get_mut("tags_all"), tags, added) {
        (
            Some(Node { value: Value::Map(all), origin, .. }),
            Some(Node { value: Value::Map(tags), origin: own, .. }),
            _,
        ) => {
            *origin = own;
            for (key, node) in tags {
                if all.contains_key(&key) {
                    all.insert(key, node);
                }
            }
            return;
        }
        (Some(_), ..) | (None, None, None) => return,
        (None, Some(tags), None) => tags,
        (None, None, Some(added)) => added,
        (None, Some(mut tags), Some(added)) => {
            match (&mut tags.value, added.value) {
                (Value::Map(own), Value::Map(added)) => {
                    let more: IndexMap<_, _> = added.into_iter().filter(|(key, _)| !own.contains_key(key)).collect();
                    own.extend(more);
                }
                (Value::Unknown(_), _) => {}
                (_, value) => tags.value = value,
            }
            tags
        }
    };
    entries.insert("tags_all".to_owned(), all);
}
