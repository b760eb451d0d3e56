//! Values that must not be shown: those of parameters with `NoEcho`, and what is made of them.

use std::sync::Arc;

use model::{Expression, ExpressionKind, Node, Value};

/// Whether an expression stands for a value that must not be shown.
pub(crate) fn is_hidden(expression: &Expression) -> bool {
    matches!(expression.kind, ExpressionKind::Parameter { hidden: true, .. })
}

/// Whether a known value must not be shown.
pub(crate) fn holds_hidden(node: &Node) -> bool {
    node.written.as_deref().is_some_and(is_hidden)
}

/// The same expression, as one whose value must not be shown.
pub(crate) fn as_hidden(expression: &Arc<Expression>) -> Arc<Expression> {
    if is_hidden(expression) {
        return Arc::clone(expression);
    }
    let kind = ExpressionKind::Parameter { name: expression.text.clone(), hidden: true };
    Arc::new(Expression { text: expression.text.clone(), kind, set: expression.set })
}

/// Hides a value and all there is in it: whoever looks at an item does not see the list around it.
pub(crate) fn hide(node: &mut Node, expression: &Arc<Expression>) {
    match &mut node.value {
        Value::Unknown(_) => return,
        Value::List(items) => items.iter_mut().for_each(|item| hide(item, expression)),
        Value::Map(entries) => entries.values_mut().for_each(|entry| hide(entry, expression)),
        _ => {}
    }
    node.written = Some(Arc::clone(expression));
}
