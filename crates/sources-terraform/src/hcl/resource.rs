//! Instances of resources, and what their blocks hold.

use std::rc::Rc;
use std::sync::Arc;

use hcl_edit::expr::Expression as Syntax;
use hcl_edit::structure::{Block, Body};
use indexmap::IndexMap;
use model::{Expression, ExpressionKind, Node, Presence, Reference, ResourceId, Value};

use super::declare::{Content, arguments};
use super::expression::{expression_of, is_open};
use super::run::{Binding, Each, Frame, Run, Scope, Slot, short};
use super::syntax::File;
use super::value::{as_string, bare, boolean, integer, is_null, map, text, unknown};
use crate::instance::Instance;

/// What Terraform itself takes from a resource.
const META_ARGUMENTS: [&str; 4] = ["count", "for_each", "provider", "depends_on"];

/// Blocks of a resource that are Terraform's own. Within other blocks these names are the provider's.
const META_BLOCKS: [&str; 3] = ["lifecycle", "connection", "provisioner"];

/// Values nested deeper than this are left out: no service takes them.
const MAX_NESTED: usize = 100;

/// How many references are followed from one to the next.
const MAX_HOPS: usize = 16;

/// Whether an argument is the name by which others point to a resource of a type.
fn is_name(kind: &str, argument: &str) -> bool {
    match argument {
        "id" | "arn" | "name" | "key_id" => true,
        "bucket" => matches!(kind, "aws_s3_bucket" | "aws_s3_directory_bucket"),
        "function_name" => kind == "aws_lambda_function",
        "identifier" => matches!(
            kind,
            "aws_db_instance"
                | "aws_neptune_cluster_instance"
                | "aws_docdb_cluster_instance"
                | "aws_rds_cluster_instance"
        ),
        "cluster_identifier" => kind.ends_with("_cluster"),
        "global_cluster_identifier" => kind.ends_with("_global_cluster"),
        "key_name" => kind == "aws_key_pair",
        "family" => kind == "aws_ecs_task_definition",
        "domain_name" => {
            matches!(kind, "aws_elasticsearch_domain" | "aws_opensearch_domain" | "aws_api_gateway_domain_name")
                || kind == "aws_apigatewayv2_domain_name"
        }
        "replication_group_id" => kind == "aws_elasticache_replication_group",
        "cluster_id" => kind == "aws_elasticache_cluster",
        "cluster_name" => kind == "aws_dax_cluster",
        "alarm_name" => matches!(kind, "aws_cloudwatch_metric_alarm" | "aws_cloudwatch_composite_alarm"),
        "repository" => kind == "aws_codeartifact_repository",
        "repository_name" => matches!(kind, "aws_codecommit_repository" | "aws_ecrpublic_repository"),
        "domain" => matches!(kind, "aws_codeartifact_domain"),
        "replication_instance_id" => kind == "aws_dms_replication_instance",
        "endpoint_id" => kind == "aws_dms_endpoint",
        _ => false,
    }
}

impl<'a> Run<'a> {
    /// What the arguments and nested blocks of a block come to.
    pub(super) fn content_values(&self, content: &'a Content<'a>, scope: &Scope<'a>, each: &Each) -> Node {
        let frame = Frame::new(scope, content.file, each);
        let mut entries = IndexMap::new();
        for (name, argument) in content.arguments.iter().filter(|(name, _)| !META_ARGUMENTS.contains(name)) {
            let mut node = self.node(argument.value, &Frame { file: argument.file, ..frame });
            node.origin = argument.place();
            if !is_null(&node) {
                entries.insert((*name).to_owned(), node);
            }
        }
        self.blocks(content.blocks.iter().copied(), &frame, &mut entries);
        Node::new(Value::Map(entries), content.place())
    }

    /// Adds nested blocks, those of a type as a list.
    fn blocks<'f>(
        &self,
        blocks: impl Iterator<Item = (&'f File, &'f Block)>,
        frame: &Frame<'f, 'a>,
        into: &mut IndexMap<String, Node>,
    ) {
        for (file, block) in blocks {
            let frame = Frame { file, ..*frame };
            let Some(kind) = kind_of(block) else { continue };
            let origin = file.place(block);
            let items = match block.ident.as_str() {
                "dynamic" => self.dynamic(block, &frame),
                _ => vec![Node { origin, ..self.body(&block.body, &frame) }],
            };
            if items.is_empty() {
                continue;
            }
            let list = into.entry(kind.to_owned()).or_insert_with(|| Node::new(Value::List(Vec::new()), origin));
            match &mut list.value {
                Value::List(known) => known.extend(items),
                _ => list.value = Value::List(items),
            }
        }
    }

    fn body(&self, body: &Body, frame: &Frame<'_, 'a>) -> Node {
        let mut entries = IndexMap::new();
        for (name, argument) in arguments(frame.file, body) {
            let mut node = self.node(argument.value, frame);
            node.origin = argument.place();
            if !is_null(&node) {
                entries.insert(name.to_owned(), node);
            }
        }
        self.blocks(body.blocks().map(|block| (frame.file, block)), frame, &mut entries);
        map(entries)
    }

    /// The blocks that a `dynamic` block stands for.
    fn dynamic(&self, block: &Block, frame: &Frame<'_, 'a>) -> Vec<Node> {
        let origin = frame.file.place(block);
        let Some(for_each) = block.body.get_attribute("for_each") else { return Vec::new() };
        let name = match block.body.get_attribute("iterator").map(|iterator| &iterator.value) {
            Some(Syntax::Variable(name)) => name.as_str(),
            Some(Syntax::String(name)) => name.as_str(),
            _ => kind_of(block).unwrap_or_default(),
        };
        let Some(content) = block.body.get_blocks("content").next() else { return Vec::new() };
        let collection = self.node(&for_each.value, frame);
        let pairs: Vec<(Node, Node)> = match collection.value {
            Value::List(items) => items.into_iter().enumerate().map(|(at, item)| (integer(at as i128), item)).collect(),
            Value::Map(mut entries) => {
                entries.sort_keys();
                entries.into_iter().map(|(key, entry)| (text(key), entry)).collect()
            }
            Value::Null => Vec::new(),
            _ => {
                let kind = match expression_of(&collection).map(|expression| &expression.kind) {
                    Some(kind) if super::value::is_hidden_kind(kind) => kind.clone(),
                    _ => ExpressionKind::Choice,
                };
                let expression = Expression::new(short(frame.file.written(&for_each.value)), kind);
                return vec![Node::unresolved(expression, origin)];
            }
        };
        let mut made = Vec::new();
        for (key, value) in pairs {
            if self.spend(1, frame, &for_each.value).is_err() {
                let expression = Expression::new(short(frame.file.written(&for_each.value)), ExpressionKind::Choice);
                made.push(Node::unresolved(expression, origin));
                break;
            }
            let entries = [("key".to_owned(), key), ("value".to_owned(), value)];
            let iterator = map(entries.into_iter().collect());
            let binding = Binding { name, value: &iterator, outer: frame.bindings };
            let inner = Frame { bindings: Some(&binding), ..*frame };
            made.push(Node { origin, ..self.body(&content.body, &inner) });
        }
        made
    }

    /// An argument of an instance, or its nested blocks of a type. None where it is not written.
    pub(super) fn argument(&self, slot: &Slot<'a>, name: &str) -> Option<Rc<Node>> {
        if name == "tags_all" {
            return self.all_tags(slot);
        }
        let value = self.once(&slot.arguments, &name.to_owned(), || self.work_out_argument(slot, name).map(Rc::new));
        value.unwrap_or_else(|| Some(Rc::new(unknown(Expression::new(name, ExpressionKind::Function)))))
    }

    fn work_out_argument(&self, slot: &Slot<'a>, name: &str) -> Option<Node> {
        let content = slot.content;
        if META_ARGUMENTS.contains(&name) || META_BLOCKS.contains(&name) {
            return None;
        }
        if let Some(argument) = content.arguments.get(name) {
            let mut node = self.node(argument.value, &Frame::new(&slot.scope, argument.file, &slot.each));
            node.origin = argument.place();
            return Some(node);
        }
        let own = content.blocks.iter().copied().filter(|(_, block)| kind_of(block) == Some(name));
        let mut entries = IndexMap::new();
        self.blocks(own, &Frame::new(&slot.scope, content.file, &slot.each), &mut entries);
        entries.swap_remove(name)
    }

    fn is_of_aws(slot: &Slot<'a>) -> bool {
        slot.kind.starts_with("aws_")
    }

    /// The tags of an instance with those its provider adds.
    fn all_tags(&self, slot: &Slot<'a>) -> Option<Rc<Node>> {
        if !Self::is_of_aws(slot) {
            return None;
        }
        let own = self.argument(slot, "tags").filter(|tags| !is_null(tags));
        let provider = self.provider_of(&slot.scope, slot.kind, Some(slot.content));
        let defaults = provider.as_ref().and_then(|provider| provider.tags.as_ref()).filter(|tags| !is_null(tags));
        match (defaults, own) {
            (None, own) => own,
            (Some(defaults), None) => Some(Rc::new(defaults.clone())),
            (Some(defaults), Some(own)) => match (&defaults.value, &own.value) {
                (Value::Map(more), Value::Map(entries)) => {
                    let mut all = more.clone();
                    all.extend(entries.iter().map(|(key, entry)| (key.clone(), entry.clone())));
                    Some(Rc::new(Node { value: Value::Map(all), ..own.as_ref().clone() }))
                }
                (Value::Map(_), _) => Some(own),
                // Which tags are added is not known, and so it is not known which there are not.
                _ => Some(Rc::new(Node { origin: own.origin, ..defaults.clone() })),
            },
        }
    }

    /// What `aws_x.y.name` comes to.
    pub(super) fn attribute(&self, number: usize, slot: &Slot<'a>, name: &str) -> Node {
        let target = ResourceId(u32::try_from(number).unwrap_or(u32::MAX));
        let reference = || bare(Value::Reference(Reference { target, attribute: name.into() }));
        match self.argument(slot, name) {
            Some(node) if matches!(node.value, Value::Reference(_)) => node.as_ref().clone(),
            Some(node) if is_null(&node) || is_name(slot.kind, name) => reference(),
            Some(node) => node.as_ref().clone(),
            None => reference(),
        }
    }

    /// The value that a reference stands for, where the code tells.
    pub(super) fn literal(&self, reference: &Reference) -> Option<Rc<Node>> {
        let mut reference = reference.clone();
        for _ in 0..MAX_HOPS {
            if reference.attribute.is_empty() {
                return None;
            }
            let slot = self.slot(reference.target.0 as usize)?;
            let node = self.argument(&slot, &reference.attribute)?;
            match &node.value {
                Value::Reference(next) => reference = next.clone(),
                Value::Null | Value::Unknown(_) | Value::Pattern(_) => return None,
                _ => return Some(node),
            }
        }
        None
    }

    /// Everything there is of an instance.
    pub(super) fn instance(&self, slot: &Slot<'a>) -> Instance {
        let content = slot.content;
        let mut entries = IndexMap::new();
        let names =
            content.arguments.keys().copied().chain(content.blocks.iter().filter_map(|(_, block)| kind_of(block)));
        for name in names.chain(["tags_all"]) {
            if !entries.contains_key(name)
                && let Some(node) = self.argument(slot, name)
                && !is_null(&node)
            {
                let mut node = node.as_ref().clone();
                cut(&mut node, MAX_NESTED);
                entries.insert(name.to_owned(), node);
            }
        }
        let is_of_aws = Self::is_of_aws(slot) || slot.kind.starts_with("awscc_");
        let provider = if is_of_aws { self.provider_of(&slot.scope, slot.kind, Some(content)) } else { None };
        // Where it says something that is not known, the provider's word does not count.
        let region = match entries.get("region").filter(|_| is_of_aws) {
            Some(own) => as_string(&self.scalar(own.clone())),
            None => self.region(provider.as_deref()).as_ref().and_then(as_string),
        };
        let account = provider.and_then(|provider| provider.account.clone()).or_else(|| self.options.account.clone());
        let origin = content.place();
        Instance {
            address: slot.address.clone(),
            formerly: Vec::new(),
            kind: slot.kind.to_owned(),
            values: Node::new(Value::Map(entries), origin),
            origin,
            presence: slot.open.clone().map_or(Presence::Certain, Presence::Possible),
            account: account.filter(|_| is_of_aws),
            region: region.filter(|_| is_of_aws),
            prevent_destroy: self.prevent_destroy(slot),
            waivers: Vec::new(),
        }
    }

    fn prevent_destroy(&self, slot: &Slot<'a>) -> Option<Node> {
        let (file, block) = slot.content.nested("lifecycle").next()?;
        let attribute = block.body.get_attribute("prevent_destroy")?;
        let mut node = self.node(&attribute.value, &Frame::new(&slot.scope, file, &slot.each));
        node.origin = file.place(&attribute.key);
        match super::value::as_bool(&node) {
            Some(value) => Some(Node { value: boolean(value).value, ..node }),
            None => is_open(&node).then_some(node),
        }
    }
}

/// The type of the blocks that a block yields.
fn kind_of(block: &Block) -> Option<&str> {
    match block.ident.as_str() {
        "dynamic" => block.labels.first().map(|label| label.as_str()),
        name => Some(name),
    }
}

/// Leaves out what is nested deeper than anything that is read, and turns whole instances into what identifies them.
fn cut(node: &mut Node, depth: usize) {
    match &mut node.value {
        Value::List(_) | Value::Map(_) if depth == 0 => {
            let expression = Arc::new(Expression::new("nested too deep", ExpressionKind::Function));
            node.value = Value::Unknown(model::Why::Unresolved(expression));
        }
        Value::List(items) => items.iter_mut().for_each(|item| cut(item, depth - 1)),
        Value::Map(entries) => entries.values_mut().for_each(|entry| cut(entry, depth - 1)),
        Value::Reference(reference) if reference.attribute.is_empty() => reference.attribute = "id".into(),
        _ => {}
    }
}
