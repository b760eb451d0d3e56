//! What a module says beside its resources: its variables, and the credentials in its providers.

use files::shown;
use hcl_edit::expr::Expression as Syntax;
use indexmap::IndexMap;
use model::{Node, Origin, Value};

use super::declare::{Content, Module};
use super::run::{Each, Frame, Run};
use super::value::as_bool;
use crate::instance::Description;

/// Arguments of a provider that hold a credential.
const CREDENTIALS: [&str; 3] = ["access_key", "secret_key", "token"];

/// What the modules of a configuration say, the root first. What a module that is called may show is decided by what the root
/// passes to it.
pub(super) fn descriptions(run: &Run<'_>, modules: &[Module<'_>]) -> Vec<Description> {
    let Some(scope) = run.scope(0) else { return Vec::new() };
    let each = Each::default();
    let mut described = Vec::new();
    for (number, module) in modules.iter().enumerate() {
        let mut parameters = IndexMap::new();
        for (name, content) in &module.variables {
            let frame = Frame { isolated: true, ..Frame::new(&scope, content.file, &each) };
            let mut entries = IndexMap::new();
            if let Some(default) = content.arguments.get("default") {
                let value = Node { origin: default.place(), ..run.node(default.value, &frame) };
                entries.insert("Default".to_owned(), value);
            }
            let is_hidden = content.arguments.get("sensitive").map(|own| run.node(own.value, &frame));
            let is_hidden = number > 0 || is_hidden.as_ref().and_then(as_bool) == Some(true);
            entries.insert("NoEcho".to_owned(), Node::new(Value::Bool(is_hidden), content.place()));
            if !is_text(content) {
                entries.insert("Type".to_owned(), Node::new(Value::Text("Other".into()), content.place()));
            }
            parameters.insert((*name).to_owned(), Node::new(Value::Map(entries), content.place()));
        }
        for (name, content) in &module.providers {
            for argument in CREDENTIALS.iter().filter_map(|credential| content.arguments.get_key_value(credential)) {
                let (credential, argument) = argument;
                let Syntax::String(text) = argument.value else { continue };
                let value = Node::new(Value::Text(text.as_str().into()), argument.place());
                let entries = [("Default".to_owned(), value)].into_iter().collect();
                let parameter = Node::new(Value::Map(entries), argument.place());
                parameters.insert(format!("provider.{name}.{credential}"), parameter);
            }
        }
        let Some(first) = module.folder.files.first().filter(|_| !parameters.is_empty()) else { continue };
        let origin = Origin::new(first.source, 1, 1);
        let parameters = Node::new(Value::Map(parameters), origin);
        let properties = Node::new(Value::Map([("Parameters".to_owned(), parameters)].into_iter().collect()), origin);
        described.push(Description { id: shown(&module.folder.path), origin, properties });
    }
    described
}

/// Whether a variable may take any text: it has that type, or none.
fn is_text(content: &Content<'_>) -> bool {
    match content.arguments.get("type").map(|kind| kind.value) {
        None => true,
        Some(Syntax::Variable(name)) => matches!(name.as_str(), "string" | "any"),
        Some(Syntax::String(name)) => name.as_str() == "string",
        Some(_) => false,
    }
}
