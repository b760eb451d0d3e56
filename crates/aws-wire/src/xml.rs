//! XML into property trees.

use indexmap::IndexMap;
use model::{Node, Origin, Value};
use quick_xml::Reader;
use quick_xml::events::Event;

/// How deep an answer may be nested.
const DEEPEST: usize = 100;

/// An element on its way to becoming a node.
#[derive(Default)]
struct Element {
    name: String,
    text: String,
    children: Vec<(String, Node)>,
}

/// The names of elements that are items of lists, whatever their number.
#[derive(Clone, Copy)]
pub(crate) struct Items<'a> {
    /// Their parent is the list and holds nothing else.
    pub(crate) wrapped: &'a [&'a str],
    /// They stand among other elements and are a list under their name.
    pub(crate) flat: &'a [&'a str],
}

/// Reads XML. The result is what the root element holds.
///
/// Lists have to be told from single values, which is what `items` is for; what occurs twice is a list in
/// any case. `entry` with `key` and `value` is
/// an entry of a map. An element that holds nothing is null: XML does not say whether it is an empty list,
/// an empty structure or empty text.
pub(crate) fn parse(text: &str, items: Items<'_>, origin: Origin) -> Result<Node, String> {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = vec![Element::default()];
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(start) => {
                if open.len() > DEEPEST {
                    return Err(format!("it is nested more than {DEEPEST} levels deep"));
                }
                let name = start.local_name().as_ref().to_owned();
                if open.len() == 1 && name.eq_ignore_ascii_case("html") {
                    return Err("it is a page for people".to_owned());
                }
                open.push(Element { name, ..Element::default() });
            }
            Event::Empty(start) => {
                let name = start.local_name().as_ref().to_owned();
                if let Some(parent) = open.last_mut() {
                    parent.children.push((name, Node::new(Value::Null, origin)));
                }
            }
            Event::End(_) => {
                let Some(element) = open.pop() else { return Err("an end tag without a start".to_owned()) };
                let Some(parent) = open.last_mut() else { return Err("an end tag without a start".to_owned()) };
                let name = element.name.clone();
                parent.children.push((name, node(element, items, origin)));
            }
            Event::Text(text) => {
                if let Some(element) = open.last_mut() {
                    element.text.push_str(&text);
                }
            }
            Event::CData(data) => {
                if let Some(element) = open.last_mut() {
                    element.text.push_str(&data);
                }
            }
            Event::GeneralRef(reference) => {
                let Some(element) = open.last_mut() else { continue };
                let resolved = match reference.resolve_char_ref().map_err(|error| error.to_string())? {
                    Some(character) => character.to_string(),
                    None => {
                        let name: &str = &reference;
                        let known = quick_xml::escape::resolve_predefined_entity(name);
                        known.ok_or_else(|| format!("the entity {name} is not known"))?.to_owned()
                    }
                };
                element.text.push_str(&resolved);
            }
            Event::Eof => break,
            // No service declares a type of document; pages for people do.
            Event::DocType(_) => return Err("it declares a type of document".to_owned()),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
    }
    match open.pop() {
        Some(root) if open.is_empty() => match root.children.into_iter().next() {
            Some((_, node)) => Ok(node),
            None => Err("it holds no element".to_owned()),
        },
        _ => Err("it ends within an element".to_owned()),
    }
}

fn node(element: Element, items: Items<'_>, origin: Origin) -> Node {
    let Element { text, children, .. } = element;
    if children.is_empty() {
        // White space between two lines is how an empty list is laid out.
        let is_layout = text.contains('\n') && text.trim().is_empty();
        let value = if text.is_empty() || is_layout { Value::Null } else { Value::Text(text.into()) };
        return Node::new(value, origin);
    }
    let first = children.first().map(|(name, _)| name.clone()).unwrap_or_default();
    let alike = children.iter().all(|(name, _)| *name == first);
    if alike && first == "entry" {
        return Node::new(Value::Map(children.into_iter().filter_map(|(_, node)| entry(node)).collect()), origin);
    }
    if alike && items.wrapped.contains(&first.as_str()) {
        return Node::new(Value::List(children.into_iter().map(|(_, node)| node).collect()), origin);
    }
    let mut groups: IndexMap<String, Vec<Node>> = IndexMap::new();
    for (name, child) in children {
        groups.entry(name).or_default().push(child);
    }
    let entries = groups.into_iter().map(|(name, mut group)| {
        let single = if group.len() == 1 && !items.flat.contains(&name.as_str()) { group.pop() } else { None };
        let node = single.unwrap_or_else(|| Node::new(Value::List(group), origin));
        (name, node)
    });
    Node::new(Value::Map(entries.collect()), origin)
}

/// `<entry><key>…</key><value>…</value></entry>`
fn entry(node: Node) -> Option<(String, Node)> {
    let Value::Map(mut entries) = node.value else { return None };
    let key = match entries.shift_remove("key")?.value {
        Value::Text(key) => key.into_string(),
        _ => return None,
    };
    Some((key, entries.shift_remove("value")?))
}

#[cfg(test)]
mod tests {
    use model::SourceId;

    use super::*;

    fn parsed(text: &str, wrapped: &[&str], flat: &[&str]) -> serde_json::Value {
        plain(&parse(text, Items { wrapped, flat }, Origin::new(SourceId(0), 0, 0)).expect("XML"))
    }

    /// The tree as JSON, without origins.
    fn plain(node: &Node) -> serde_json::Value {
        match &node.value {
            Value::Null => serde_json::Value::Null,
            Value::Text(text) => text.to_string().into(),
            Value::List(items) => items.iter().map(plain).collect(),
            Value::Map(entries) => entries.iter().map(|(name, node)| (name.clone(), plain(node))).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_list_of_one_is_a_list() {
        let one = "<R><Names><member>a</member></Names></R>";
        assert_eq!(parsed(one, &["member"], &[]), serde_json::json!({"Names": ["a"]}));
        let two = "<R><Names><member>a</member><member>b</member></Names></R>";
        assert_eq!(parsed(two, &["member"], &[]), serde_json::json!({"Names": ["a", "b"]}));
        let named = "<R><DBInstances><DBInstance><Id>x</Id></DBInstance></DBInstances></R>";
        assert_eq!(parsed(named, &["DBInstance"], &[]), serde_json::json!({"DBInstances": [{"Id": "x"}]}));
    }

    #[test]
    fn flat_lists_stand_beside_other_elements() {
        let text = "<R><Name>b</Name><Rule><ID>1</ID></Rule></R>";
        assert_eq!(parsed(text, &[], &["Rule"]), serde_json::json!({"Name": "b", "Rule": [{"ID": "1"}]}));
        let alone = "<R><Rule><ID>1</ID></Rule></R>";
        assert_eq!(parsed(alone, &[], &["Rule"]), serde_json::json!({"Rule": [{"ID": "1"}]}));
        let text = "<R><Rule><ID>1</ID></Rule><Name>b</Name><Rule><ID>2</ID></Rule></R>";
        assert_eq!(parsed(text, &[], &["Rule"]), serde_json::json!({"Rule": [{"ID": "1"}, {"ID": "2"}], "Name": "b"}));
    }

    #[test]
    fn what_occurs_twice_is_a_list_even_where_nobody_said_so() {
        let text = "<R><A><B>1</B><B>2</B><C>3</C></A></R>";
        assert_eq!(parsed(text, &[], &[]), serde_json::json!({"A": {"B": ["1", "2"], "C": "3"}}));
        // A single value that is a list is not mistaken for two of them.
        let text = "<R><A><B><item>1</item></B><B><item>2</item></B></A></R>";
        assert_eq!(parsed(text, &["item"], &[]), serde_json::json!({"A": {"B": [["1"], ["2"]]}}));
    }

    #[test]
    fn maps_entities_and_what_is_empty() {
        let text = "<R><Attributes><entry><key>Policy</key><value>{&quot;a&quot;:&#49;}</value></entry></Attributes><None/></R>";
        assert_eq!(parsed(text, &[], &[]), serde_json::json!({"Attributes": {"Policy": "{\"a\":1}"}, "None": null}));
    }

    #[test]
    fn what_is_no_xml_is_refused() {
        for text in [
            "",
            "nothing",
            "<R><A></R>",
            "<R>",
            "<R>&unknown;</R>",
            &"<a>".repeat(200),
            "<!DOCTYPE html><p>x</p>",
            "<HTML><p>x</p></HTML>",
        ] {
            assert!(parse(text, Items { wrapped: &[], flat: &[] }, Origin::new(SourceId(0), 0, 0)).is_err(), "{text}");
        }
    }
}
