//! `Fn::ForEach`: one body for each item of a list.

use indexmap::IndexMap;
use indexmap::map::Entry;
use model::{Node, Value};

use crate::hidden::holds_hidden;
use crate::resolve::Scope;
use crate::template::{TOO_LONG, is_too_long};
use crate::tree::weight;

/// Whether a key is that of a loop.
pub(crate) fn is_loop(key: &str) -> bool {
    key.starts_with("Fn::ForEach::")
}

/// Replaces the loops among the entries of a map by what they give; false when one of them had to be
/// left out.
pub(crate) fn expand(scope: &Scope<'_>, entries: &mut IndexMap<String, Node>) -> bool {
    if !entries.keys().any(|key| is_loop(key)) {
        return true;
    }
    let mut complete = true;
    for (key, node) in std::mem::take(entries) {
        if is_loop(&key) {
            if let Err(reason) = unroll(scope, &node, entries) {
                scope.gap(node.origin, format!("{key}: {reason}"));
                complete = false;
            }
        } else if entries.contains_key(&key) {
            scope.gap(node.origin, format!("{key} is declared by a loop as well"));
            complete = false;
        } else {
            entries.insert(key, node);
        }
    }
    complete
}

fn unroll(scope: &Scope<'_>, node: &Node, into: &mut IndexMap<String, Node>) -> Result<(), String> {
    let Value::List(arguments) = &node.value else {
        return Err("takes an identifier, a list and a map".to_owned());
    };
    let [Node { value: Value::Text(identifier), .. }, collection, Node { value: Value::Map(body), .. }] =
        arguments.as_slice()
    else {
        return Err("takes an identifier, a list and a map".to_owned());
    };
    if is_too_long(identifier) {
        return Err(TOO_LONG.to_owned());
    }
    let mut collection = collection.clone();
    scope.resolve(&mut collection);
    if holds_hidden(&collection) {
        return Err("its list is hidden".to_owned());
    }
    let Value::List(items) = &collection.value else {
        let written = crate::expression::render(&collection);
        return Err(format!("its list is not known: {written}"));
    };
    for item in items {
        let (Value::Text(value) | Value::Number(value)) = &item.value else {
            let written = crate::expression::render(item);
            return Err(format!("an item of its list is not known: {written}"));
        };
        let item = Item::new(identifier, value);
        for (key, template) in body {
            let weight = weight(template) + item.growth(key) + item.growth_within(template);
            if !scope.report.spend(weight, scope.file, node.origin) {
                return Err("gives more than is read".to_owned());
            }
            let key = item.text(key).unwrap_or_else(|| key.clone());
            let mut copy = template.clone();
            item.fill(&mut copy);
            if is_loop(&key) {
                unroll(scope, &copy, into)?;
                continue;
            }
            match into.entry(key) {
                Entry::Vacant(vacant) => {
                    vacant.insert(copy);
                }
                Entry::Occupied(entry) => return Err(format!("gives {} twice", entry.key())),
            }
        }
    }
    Ok(())
}

/// One item of the list, and how the body names it.
struct Item<'a> {
    identifier: &'a str,
    value: &'a str,
    /// `${Name}`.
    plain: String,
    /// `&{Name}`: the letters and digits only.
    letters: String,
    stripped: String,
}

impl<'a> Item<'a> {
    fn new(identifier: &'a str, value: &'a str) -> Self {
        Self {
            identifier,
            value,
            plain: format!("${{{identifier}}}"),
            letters: format!("&{{{identifier}}}"),
            stripped: value.chars().filter(char::is_ascii_alphanumeric).collect(),
        }
    }

    /// By how much a text grows, at most, when the item is put in.
    fn growth(&self, text: &str) -> usize {
        match text.contains('{') {
            true => (text.matches(&self.plain).count() + text.matches(&self.letters).count()) * self.value.len(),
            false => 0,
        }
    }

    fn growth_within(&self, node: &Node) -> usize {
        match &node.value {
            Value::Text(text) => self.growth(text) + if **text == *self.identifier { self.value.len() } else { 0 },
            Value::List(items) => items.iter().map(|item| self.growth_within(item)).sum(),
            Value::Map(entries) => {
                entries.iter().map(|(key, entry)| self.growth(key) + self.growth_within(entry)).sum()
            }
            _ => 0,
        }
    }

    /// A text with the item put in; none when it does not name it.
    fn text(&self, text: &str) -> Option<String> {
        if !text.contains('{') {
            return None;
        }
        let filled = text.replace(&self.plain, self.value).replace(&self.letters, &self.stripped);
        (filled != text).then_some(filled)
    }

    fn fill(&self, node: &mut Node) {
        match &mut node.value {
            Value::Text(text) => {
                if let Some(filled) = self.text(text) {
                    *text = filled.into();
                }
            }
            Value::List(items) => items.iter_mut().for_each(|item| self.fill(item)),
            Value::Map(entries) => {
                if entries.len() == 1
                    && let Some((name, Node { value: Value::Text(target), .. })) = entries.first()
                    && name == "Ref"
                    && **target == *self.identifier
                {
                    node.value = Value::Text(self.value.into());
                    return;
                }
                for entry in entries.values_mut() {
                    self.fill(entry);
                }
                if entries.keys().any(|key| self.text(key).is_some()) {
                    *entries = std::mem::take(entries)
                        .into_iter()
                        .map(|(key, entry)| (self.text(&key).unwrap_or(key), entry))
                        .collect();
                }
            }
            _ => {}
        }
    }
}
