//! Functions of lists and maps, and conversions.

use indexmap::IndexMap;
use model::{Node, Value};

use super::{Answer, argument, integer_at, items_at};
use crate::hcl::types::{shape, to_set};
use crate::hcl::value::{
    Fault, all, as_bool, as_integer, as_number, as_string, bare, boolean, decimal, equal, integer, is_null,
    is_surely_set, is_unknown, is_wholly_known, list, map, sorted, text,
};

/// How much a list that a function makes may weigh.
const MAX_MADE: usize = 1 << 20;

/// Whether a collection, or what one is wanted of, is not known as a whole.
fn is_open(node: &Node) -> bool {
    matches!(node.value, Value::Unknown(_) | Value::Reference(_) | Value::Pattern(_))
}

/// Functions that tell something of collections of which not everything is known. `scalar` gives the text behind a
/// reference, `counts` whether a reference stands for a number of instances that is not known.
pub(in crate::hcl) fn lenient(
    name: &str,
    arguments: &[&Node],
    scalar: &dyn Fn(&Node) -> Node,
    counts: &dyn Fn(&Node) -> bool,
) -> Option<Answer> {
    Some(match name {
        "length" => length(arguments, scalar, counts),
        "merge" => merge(arguments),
        "concat" => concat(arguments),
        "coalesce" => coalesce(arguments, scalar),
        "coalescelist" => coalesce_list(arguments),
        "lookup" => lookup(arguments, scalar),
        "contains" => contains(arguments, scalar),
        "element" => element(arguments, scalar),
        "keys" => {
            entries(arguments, |entries| sorted(entries).into_iter().map(|(key, _)| text(key.as_str())).collect())
        }
        "values" => entries(arguments, |entries| sorted(entries).into_iter().map(|(_, entry)| entry.clone()).collect()),
        "zipmap" => zipmap(arguments, scalar),
        "flatten" => flatten(arguments),
        "compact" => compact(arguments, scalar),
        "reverse" => items(arguments, |items| Ok(items.iter().rev().cloned().collect())),
        "slice" => slice(arguments, scalar),
        "chunklist" => chunks(arguments, scalar),
        "one" => one(arguments),
        "setproduct" => product(arguments),
        "tolist" => items(arguments, |items| Ok(unified(items.iter().cloned()))),
        "toset" => passed(arguments, |node| match &node.value {
            Value::List(items) => Some(to_set(list(unified(items.iter().cloned())))),
            _ => None,
        }),
        "tomap" => passed(arguments, |node| match &node.value {
            Value::Map(entries) => {
                let unified = unified(entries.values().cloned());
                Some(map(entries.keys().cloned().zip(unified).collect()))
            }
            _ => None,
        }),
        "tostring" => passed(arguments, |node| as_string(node).map(text)),
        "tonumber" => passed(arguments, |node| {
            as_number(node).and_then(|_| as_string(node)).map(|written| bare(Value::Number(written.trim().into())))
        }),
        "tobool" => passed(arguments, |node| as_bool(node).map(boolean)),
        "jsonencode" => argument(arguments, 0).map(|node| match &node.value {
            Value::Map(_) | Value::List(_) => Some(node.clone()),
            Value::Unknown(_) => None,
            _ => {
                let mut parts = crate::hcl::value::Parts::default();
                parts.json(node);
                Some(bare(parts.finish()))
            }
        }),
        "jsondecode" if matches!(arguments.first()?.value, Value::Map(_) | Value::List(_)) => {
            Ok(arguments.first().map(|node| (*node).clone()))
        }
        "alltrue" => quantified(arguments, false),
        "anytrue" => quantified(arguments, true),
        "distinct" | "setunion" if !arguments.iter().all(|node| is_wholly_known(node)) => distinct_open(arguments),
        _ => return None,
    })
}

fn length(arguments: &[&Node], scalar: &dyn Fn(&Node) -> Node, counts: &dyn Fn(&Node) -> bool) -> Answer {
    let node = argument(arguments, 0)?;
    match &node.value {
        Value::List(items) if items.iter().any(counts) => Ok(None),
        Value::List(items) => Ok(Some(integer(items.len() as i128))),
        Value::Map(entries) => Ok(Some(integer(entries.len() as i128))),
        _ => match as_string(&scalar(node)) {
            Some(text) => Ok(Some(integer(text.chars().count() as i128))),
            None if is_open(node) => Ok(None),
            None => Err(Fault::new("it has no length")),
        },
    }
}

fn merge(arguments: &[&Node]) -> Answer {
    let mut merged = IndexMap::new();
    for argument in arguments {
        match &argument.value {
            Value::Map(entries) => merged.extend(entries.iter().map(|(key, entry)| (key.clone(), entry.clone()))),
            Value::Null => {}
            _ if is_open(argument) => return Ok(None),
            _ => return Err(Fault::new("not a map")),
        }
    }
    Ok(Some(map(merged)))
}

fn concat(arguments: &[&Node]) -> Answer {
    let mut joined = Vec::new();
    for argument in arguments {
        match &argument.value {
            Value::List(items) => joined.extend(items.iter().cloned()),
            _ if is_open(argument) => return Ok(None),
            _ => return Err(Fault::new("not a list")),
        }
    }
    Ok(Some(list(joined)))
}

fn coalesce(arguments: &[&Node], scalar: &dyn Fn(&Node) -> Node) -> Answer {
    for argument in arguments {
        let known = scalar(argument);
        let is_empty =
            matches!(&known.value, Value::Null) || matches!(&known.value, Value::Text(text) if text.is_empty());
        if is_empty {
            continue;
        }
        if is_unknown(argument) && !is_surely_set(argument)
            || matches!(argument.value, Value::Pattern(_)) && !is_surely_set(argument)
        {
            return Ok(None);
        }
        return Ok(Some((*argument).clone()));
    }
    Err(Fault::new("nothing is set"))
}

fn coalesce_list(arguments: &[&Node]) -> Answer {
    for argument in arguments {
        match &argument.value {
            Value::List(items) if items.is_empty() => {}
            Value::Null => {}
            _ if is_open(argument) => return Ok(None),
            _ => return Ok(Some((*argument).clone())),
        }
    }
    Err(Fault::new("no list has items"))
}

fn lookup(arguments: &[&Node], scalar: &dyn Fn(&Node) -> Node) -> Answer {
    let (of, key) = (argument(arguments, 0)?, scalar(argument(arguments, 1)?));
    match (&of.value, as_string(&key)) {
        (Value::Map(entries), Some(key)) => match (entries.get(&key), arguments.get(2)) {
            (Some(entry), _) => Ok(Some(entry.clone())),
            (None, Some(default)) => Ok(Some((*default).clone())),
            (None, None) => Err(Fault::new(format!("there is no {key}"))),
        },
        _ if is_open(of) || is_open(&key) => Ok(None),
        _ => Err(Fault::new("not a map")),
    }
}

fn contains(arguments: &[&Node], scalar: &dyn Fn(&Node) -> Node) -> Answer {
    let (of, wanted) = (argument(arguments, 0)?, scalar(argument(arguments, 1)?));
    let Value::List(items) = &of.value else {
        return if is_open(of) { Ok(None) } else { Err(Fault::new("not a list")) };
    };
    let mut sure = true;
    for item in items {
        match equal(&scalar(item), &wanted) {
            Some(true) => return Ok(Some(boolean(true))),
            Some(false) => {}
            None => sure = false,
        }
    }
    Ok(sure.then(|| boolean(false)))
}

fn element(arguments: &[&Node], scalar: &dyn Fn(&Node) -> Node) -> Answer {
    let (of, at) = (argument(arguments, 0)?, scalar(argument(arguments, 1)?));
    match (&of.value, as_integer(&at)) {
        (Value::List(items), Some(at)) => {
            let length = items.len() as i128;
            let at = at.checked_rem_euclid(length).and_then(|at| usize::try_from(at).ok());
            Ok(Some(at.and_then(|at| items.get(at)).cloned().ok_or_else(|| Fault::new("an empty list"))?))
        }
        // The only item there is, whatever the number.
        (Value::List(items), None) if items.len() == 1 && is_open(&at) => Ok(items.first().cloned()),
        _ if is_open(of) || is_open(&at) => Ok(None),
        _ => Err(Fault::new("not a list")),
    }
}

fn entries(arguments: &[&Node], make: impl Fn(&IndexMap<String, Node>) -> Vec<Node>) -> Answer {
    let of = argument(arguments, 0)?;
    match &of.value {
        Value::Map(entries) => Ok(Some(list(make(entries)))),
        _ if is_open(of) => Ok(None),
        _ => Err(Fault::new("not a map")),
    }
}

fn items(arguments: &[&Node], make: impl Fn(&[Node]) -> Result<Vec<Node>, Fault>) -> Answer {
    let of = argument(arguments, 0)?;
    match &of.value {
        Value::List(items) => make(items).map(|items| Some(list(items))),
        Value::Null => Ok(Some(bare(Value::Null))),
        _ if is_open(of) => Ok(None),
        _ => Err(Fault::new("not a list")),
    }
}

/// A conversion, which what is not known passes unchanged.
fn passed(arguments: &[&Node], convert: impl Fn(&Node) -> Option<Node>) -> Answer {
    let node = argument(arguments, 0)?;
    if is_null(node) || is_open(node) {
        return Ok(Some(node.clone()));
    }
    convert(node).map(Some).ok_or_else(|| Fault::new("it cannot be converted"))
}

/// Values of one type: when some are text, those that are numbers or switches become text.
fn unified(nodes: impl Iterator<Item = Node>) -> Vec<Node> {
    let mut nodes: Vec<Node> = nodes.collect();
    if nodes.iter().any(|node| matches!(node.value, Value::Text(_) | Value::Pattern(_))) {
        for node in &mut nodes {
            if let (Value::Number(_) | Value::Bool(_), Some(written)) = (&node.value, as_string(node)) {
                node.value = Value::Text(written.into());
            }
        }
    }
    nodes
}

fn zipmap(arguments: &[&Node], scalar: &dyn Fn(&Node) -> Node) -> Answer {
    let (keys, values) = (argument(arguments, 0)?, argument(arguments, 1)?);
    let (Value::List(keys), Value::List(values)) = (&keys.value, &values.value) else { return Ok(None) };
    if keys.len() != values.len() {
        return Err(Fault::new("lists of different lengths"));
    }
    let keys: Option<Vec<String>> = keys.iter().map(|key| as_string(&scalar(key))).collect();
    Ok(keys.map(|keys| map(keys.into_iter().zip(values.iter().cloned()).collect())))
}

fn flatten(arguments: &[&Node]) -> Answer {
    fn add(items: &[Node], into: &mut Vec<Node>) -> Option<()> {
        for item in items {
            match &item.value {
                Value::List(inner) => add(inner, into)?,
                // It may be a list.
                Value::Unknown(_) => return None,
                _ => into.push(item.clone()),
            }
        }
        Some(())
    }
    items(arguments, |_| Ok(Vec::new()))?;
    let Value::List(whole) = &argument(arguments, 0)?.value else { return Ok(None) };
    let mut flat = Vec::new();
    Ok(add(whole, &mut flat).map(|()| list(flat)))
}

fn compact(arguments: &[&Node], scalar: &dyn Fn(&Node) -> Node) -> Answer {
    let Value::List(whole) = &argument(arguments, 0)?.value else { return Ok(None) };
    let mut kept = Vec::new();
    for item in whole {
        let known = scalar(item);
        let is_empty = is_null(&known) || as_string(&known).is_some_and(|text| text.is_empty());
        if is_empty {
            continue;
        }
        if !is_surely_set(&known) {
            return Ok(None);
        }
        kept.push(item.clone());
    }
    Ok(Some(list(kept)))
}

fn slice(arguments: &[&Node], scalar: &dyn Fn(&Node) -> Node) -> Answer {
    let of = argument(arguments, 0)?;
    let bound = |number: usize| argument(arguments, number).map(|node| as_integer(&scalar(node)));
    let (Value::List(items), Some(start), Some(end)) = (&of.value, bound(1)?, bound(2)?) else { return Ok(None) };
    let range = usize::try_from(start).unwrap_or(usize::MAX)..usize::try_from(end).unwrap_or(usize::MAX);
    let part = items.get(range).ok_or_else(|| Fault::new("beyond the end of the list"))?;
    Ok(Some(list(part.to_vec())))
}

fn chunks(arguments: &[&Node], scalar: &dyn Fn(&Node) -> Node) -> Answer {
    let of = argument(arguments, 0)?;
    let size = as_integer(&scalar(argument(arguments, 1)?));
    let (Value::List(items), Some(size)) = (&of.value, size) else { return Ok(None) };
    let size = usize::try_from(size).ok().filter(|size| *size > 0).unwrap_or(items.len().max(1));
    Ok(Some(list(items.chunks(size).map(|chunk| list(chunk.to_vec())).collect())))
}

fn one(arguments: &[&Node]) -> Answer {
    let of = argument(arguments, 0)?;
    match &of.value {
        Value::List(items) => match items.as_slice() {
            [] => Ok(Some(bare(Value::Null))),
            [only] => Ok(Some(only.clone())),
            _ => Err(Fault::new("more than one")),
        },
        Value::Null => Ok(Some(bare(Value::Null))),
        // One instance that stands for a number of them.
        Value::Reference(reference) if reference.attribute.is_empty() => Ok(Some(of.clone())),
        _ if is_open(of) => Ok(None),
        _ => Ok(Some(of.clone())),
    }
}

fn product(arguments: &[&Node]) -> Answer {
    let mut rows: Vec<Vec<Node>> = vec![Vec::new()];
    for argument in arguments {
        let Value::List(items) = &argument.value else { return Ok(None) };
        let heavy: usize = items.iter().map(crate::hcl::run::weight).sum();
        let before: usize = rows.first().map_or(0, |row| row.iter().map(crate::hcl::run::weight).sum());
        if rows.len().saturating_mul(heavy + before.saturating_mul(items.len())) > MAX_MADE {
            return Ok(None);
        }
        rows = rows
            .iter()
            .flat_map(|row| items.iter().map(move |item| row.iter().cloned().chain([item.clone()]).collect()))
            .collect();
    }
    Ok(Some(list(rows.into_iter().map(list).collect())))
}

fn quantified(arguments: &[&Node], any: bool) -> Answer {
    let of = argument(arguments, 0)?;
    let Value::List(items) = &of.value else {
        return if is_open(of) { Ok(None) } else { Err(Fault::new("not a list")) };
    };
    // Some hold unless all of their opposites do.
    let facts = items.iter().map(|item| as_bool(item).map(|value| value != any));
    Ok(all(facts).map(|value| boolean(value != any)))
}

/// Items of which not all are known: each that is written the same way stays once.
fn distinct_open(arguments: &[&Node]) -> Answer {
    let mut kept: IndexMap<String, Node> = IndexMap::new();
    for argument in arguments {
        let Value::List(items) = &argument.value else { return Ok(None) };
        if items.iter().any(is_unknown) {
            return Ok(None);
        }
        for item in items {
            kept.entry(shape(item)).or_insert_with(|| item.clone());
        }
    }
    Ok(Some(list(kept.into_values().collect())))
}

/// Functions of collections of which everything is known.
pub(in crate::hcl) fn call(name: &str, arguments: &[&Node]) -> Option<Answer> {
    let answer = match name {
        "distinct" => items_at(arguments, 0).map(|items| list(unique(items))),
        "sort" => items_at(arguments, 0).and_then(sort),
        "sum" => items_at(arguments, 0).and_then(sum),
        "range" => range(arguments),
        "index" => index(arguments),
        "setunion" => all_items(arguments).map(|items| to_set(list(items))),
        "setintersection" => set_operation(arguments, true),
        "setsubtract" => set_operation(arguments, false),
        "matchkeys" => matching(arguments),
        "transpose" => transpose(arguments),
        _ => return None,
    };
    Some(answer.map(Some))
}

fn unique(items: &[Node]) -> Vec<Node> {
    let mut kept: IndexMap<String, Node> = IndexMap::new();
    for item in items {
        kept.entry(shape(item)).or_insert_with(|| item.clone());
    }
    kept.into_values().collect()
}

fn sort(items: &[Node]) -> Result<Node, Fault> {
    let texts: Option<Vec<String>> = items.iter().map(as_string).collect();
    let mut texts = texts.ok_or_else(|| Fault::new("not text"))?;
    texts.sort();
    Ok(list(texts.into_iter().map(text).collect()))
}

fn sum(items: &[Node]) -> Result<Node, Fault> {
    let wrong = || Fault::new("not numbers");
    if let Some(whole) = items.iter().map(as_integer).try_fold(0_i128, |sum, item| sum.checked_add(item?)) {
        return Ok(integer(whole));
    }
    decimal(items.iter().map(as_number).sum::<Option<f64>>().ok_or_else(wrong)?)
}

fn range(arguments: &[&Node]) -> Result<Node, Fault> {
    let numbers: Result<Vec<i128>, Fault> = (0..arguments.len()).map(|at| integer_at(arguments, at)).collect();
    let (start, end, step) = match numbers?.as_slice() {
        [end] => (0, *end, if *end < 0 { -1 } else { 1 }),
        [start, end] => (*start, *end, if end < start { -1 } else { 1 }),
        [start, end, step] => (*start, *end, *step),
        _ => return Err(Fault::new("one to three numbers are wanted")),
    };
    if step == 0 {
        return Err(Fault::new("a step of nothing"));
    }
    let mut made = Vec::new();
    let mut at = start;
    while if step > 0 { at < end } else { at > end } {
        // As many as Terraform allows.
        if made.len() >= 1024 {
            return Err(Fault::new("more than 1024 numbers"));
        }
        made.push(integer(at));
        at = at.saturating_add(step);
    }
    Ok(list(made))
}

fn index(arguments: &[&Node]) -> Result<Node, Fault> {
    let wanted = argument(arguments, 1)?;
    let found = items_at(arguments, 0)?.iter().position(|item| equal(item, wanted) == Some(true));
    found.map(|at| integer(at as i128)).ok_or_else(|| Fault::new("it is not in the list"))
}

fn all_items(arguments: &[&Node]) -> Result<Vec<Node>, Fault> {
    let mut all = Vec::new();
    for number in 0..arguments.len() {
        all.extend(items_at(arguments, number)?.iter().cloned());
    }
    Ok(all)
}

fn set_operation(arguments: &[&Node], inside: bool) -> Result<Node, Fault> {
    let mut kept = unique(items_at(arguments, 0)?);
    for number in 1..arguments.len() {
        let others: std::collections::HashSet<String> = items_at(arguments, number)?.iter().map(shape).collect();
        kept.retain(|item| others.contains(&shape(item)) == inside);
    }
    Ok(to_set(list(kept)))
}

fn matching(arguments: &[&Node]) -> Result<Node, Fault> {
    let (values, keys, wanted) = (items_at(arguments, 0)?, items_at(arguments, 1)?, items_at(arguments, 2)?);
    let wanted: std::collections::HashSet<String> = wanted.iter().map(shape).collect();
    let pairs = values.iter().zip(keys).filter(|(_, key)| wanted.contains(&shape(key)));
    Ok(list(pairs.map(|(value, _)| value.clone()).collect()))
}

fn transpose(arguments: &[&Node]) -> Result<Node, Fault> {
    let Value::Map(entries) = &argument(arguments, 0)?.value else { return Err(Fault::new("not a map")) };
    let mut turned: IndexMap<String, Vec<Node>> = IndexMap::new();
    for (key, entry) in entries {
        let Value::List(items) = &entry.value else { return Err(Fault::new("not a list")) };
        for item in items {
            let name = as_string(item).ok_or_else(|| Fault::new("not text"))?;
            turned.entry(name).or_default().push(text(key.as_str()));
        }
    }
    turned.sort_keys();
    Ok(map(turned.into_iter().map(|(key, items)| (key, list(items))).collect()))
}
