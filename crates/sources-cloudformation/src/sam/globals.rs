//! `Globals`: settings that all resources of a kind share.

use indexmap::IndexMap;
use model::{Node, Value};

use super::plain::is_call;

/// Adds shared settings to those of a resource: lists are joined, the shared items first; maps are
/// merged; of anything else the resource's own wins.
pub(super) fn merge(own: &mut IndexMap<String, Node>, shared: &IndexMap<String, Node>) {
    for (name, shared) in shared {
        match own.get_mut(name) {
            None => {
                own.insert(name.clone(), shared.clone());
            }
            Some(own) if is_call(own) || is_call(shared) => {}
            Some(own) => match (&mut own.value, &shared.value) {
                (Value::Map(own), Value::Map(shared)) => merge(own, shared),
                (Value::List(own), Value::List(shared)) => {
                    own.splice(0..0, shared.iter().cloned());
                }
                _ => {}
            },
        }
    }
}
