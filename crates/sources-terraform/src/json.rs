//! Documents that are written as JSON text.

use model::Node;

/// The document behind a text. What is no JSON, or is not known, stays as it is.
pub(crate) fn unfold(node: Node) -> Node {
    match node.embedded_json() {
        Some(document) => Node { value: document.value, ..node },
        None => node,
    }
}
