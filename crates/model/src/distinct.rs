//! Whether two values are the same, as far as can be told without knowing them.

use crate::at::{Found, show, why_of_place};
use crate::node::{ExpressionKind, Part};
use crate::{At, Fact, Node, Outcome, Text, Value, Verdict};

/// At least `least` of `facts` differ from each other; `what` says what they are: `zones`.
///
/// A value that is not set, or whose likeness to another cannot be told, may be one more or not.
pub fn at_least_distinct<'a>(
    of: &At<'a>,
    facts: impl IntoIterator<Item = Fact<'a, Text<'a>>>,
    least: usize,
    what: &str,
) -> Verdict {
    // What is known best comes first: the others are measured against it.
    let mut facts: Vec<Fact<'a, Text<'a>>> = facts.into_iter().collect();
    facts.sort_by_key(|fact| match fact.at().found() {
        Found::Node(Node { value: Value::Text(_), .. }) => 0,
        Found::Node(_) => 1,
        _ => 2,
    });
    let mut distinct: Vec<Fact<'a, Text<'a>>> = Vec::new();
    let mut open = 0;
    for fact in facts {
        let mut differs = true;
        let mut repeated = false;
        for other in &distinct {
            match fact.same_as(other) {
                Some(true) => repeated = true,
                Some(false) => {}
                None => differs = false,
            }
        }
        if repeated {
            continue;
        }
        // The first of all differs from nothing, whatever it is.
        match differs {
            true => distinct.push(fact),
            false => open += 1,
        }
        if distinct.len() >= least {
            break;
        }
    }
    let outcome = match distinct.len() {
        certain if certain >= least => Outcome::Pass,
        certain if certain + open < least => Outcome::Fail,
        _ => Outcome::Unknown,
    };
    let seen: Vec<String> = distinct.iter().map(|fact| shown(fact.at())).collect();
    let observed = match (seen.is_empty(), open) {
        (true, _) => format!("no {what}"),
        (false, 0) => seen.join(", "),
        (false, _) => format!("{} and {open} more, perhaps the same", seen.join(", ")),
    };
    of.verdict(outcome, observed, format!("{least} different {what} or more"))
}

impl<'a> Fact<'a, Text<'a>> {
    /// It has the same value as `other`, known or not: two times `!Select [0, !GetAZs ""]` is the same
    /// zone, `!Select [1, !GetAZs ""]` is another one.
    pub fn must_be_same_as(&self, other: &Self) -> Verdict {
        let outcome = match self.same_as(other) {
            Some(true) => Outcome::Pass,
            Some(false) => Outcome::Fail,
            None => Outcome::Unknown,
        };
        let wanted = format!("{}, as {} has", shown(other.at()), other.at().resource().id);
        self.at().verdict(outcome, shown(self.at()), wanted)
    }

    /// It has another value than `other`, known or not.
    pub fn must_differ_from(&self, other: &Self) -> Verdict {
        let mut verdict = self.must_be_same_as(other);
        verdict.outcome = verdict.outcome.not();
        for evidence in &mut verdict.evidence {
            evidence.expected = format!("another than {} has", other.at().resource().id);
        }
        verdict
    }

    fn same_as(&self, other: &Self) -> Option<bool> {
        let (Found::Node(one), Found::Node(node)) = (self.at().found(), other.at().found()) else { return None };
        if points_to(one, other.at()) || points_to(node, self.at()) { Some(true) } else { same(one, node) }
    }
}

/// `!GetAtt Network.CidrBlock` is what stands at that property of that resource.
fn points_to(node: &Node, place: &At<'_>) -> bool {
    matches!(&node.value, Value::Reference(to) if to.target == place.id() && *to.attribute == *place.path())
}

fn shown(at: &At<'_>) -> String {
    match at.found() {
        Found::Node(node) => show(node),
        _ => why_of_place(at),
    }
}

fn same(one: &Node, other: &Node) -> Option<bool> {
    match (&one.value, &other.value) {
        (Value::Text(one), Value::Text(other)) => return Some(one == other),
        (Value::Reference(one), Value::Reference(other)) if one == other => return Some(true),
        (Value::Pattern(one), Value::Pattern(other)) => return same_parts(one, other),
        (Value::Unknown(_), Value::Unknown(_)) => {}
        _ => return None,
    }
    let (one_text, other_text) = (&one.expression()?.text, &other.expression()?.text);
    // A long expression was cut, and names mean something else in another file.
    if one.origin.source != other.origin.source || one_text.contains('…') {
        return None;
    }
    if one_text == other_text {
        return Some(true);
    }
    match (selected_zone(one_text), selected_zone(other_text)) {
        (Some((one, of)), Some((other, also_of))) if of == also_of => Some(one == other),
        _ => None,
    }
}

/// Which of the zones of a region an expression selects: `!Select [0, !GetAZs ""]`.
fn selected_zone(text: &str) -> Option<(usize, &str)> {
    let (number, zones) = text.strip_prefix("!Select [")?.split_once(", ")?;
    zones.starts_with("!GetAZs").then_some((number.trim_matches('"').parse().ok()?, zones))
}

/// `${AWS::Region}a` and `${AWS::Region}b` differ in one stretch of text: whatever the region is, they
/// are not the same.
fn same_parts(one: &[Part], other: &[Part]) -> Option<bool> {
    if one.len() != other.len() {
        return None;
    }
    let mut differing = 0;
    for pair in one.iter().zip(other) {
        match pair {
            (Part::Text(one), Part::Text(other)) => differing += usize::from(one != other),
            (Part::Reference(one), Part::Reference(other)) if one == other => {}
            (Part::Unknown(one), Part::Unknown(other))
                if one == other && matches!(one.kind, ExpressionKind::Pseudo) => {}
            _ => return None,
        }
    }
    match differing {
        0 => Some(true),
        1 => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{Expression, Origin, SourceId};

    fn node(value: Value) -> Node {
        Node::new(value, Origin::new(SourceId(0), 1, 1))
    }

    fn expression(text: &str, kind: ExpressionKind) -> Node {
        Node::unresolved(Expression::set(text, kind), Origin::new(SourceId(0), 1, 1))
    }

    fn in_region(end: &str) -> Node {
        let region = Arc::new(Expression::set("!Ref AWS::Region", ExpressionKind::Pseudo));
        node(Value::Pattern([Part::Unknown(region), Part::Text(end.into())].into()))
    }

    #[test]
    fn expressions_are_the_same_or_not_or_it_cannot_be_told() {
        let first = expression("!Select [0, !GetAZs \"\"]", ExpressionKind::Function);
        let second = expression("!Select [1, !GetAZs \"\"]", ExpressionKind::Function);
        let elsewhere = expression("!Select [1, !GetAZs eu-west-1]", ExpressionKind::Function);
        let parameter = expression("!Ref Zone", ExpressionKind::Function);
        assert_eq!(same(&first, &first), Some(true));
        assert_eq!(same(&first, &second), Some(false));
        assert_eq!(same(&first, &elsewhere), None);
        assert_eq!(same(&first, &parameter), None);
        assert_eq!(same(&first, &node(Value::Text("eu-west-1a".into()))), None);
    }

    #[test]
    fn names_mean_something_else_in_another_file() {
        let here = expression("!Ref Zone", ExpressionKind::Function);
        let there = Node { origin: Origin::new(SourceId(1), 1, 1), ..here.clone() };
        assert_eq!(same(&here, &there), None);
    }

    #[test]
    fn patterns_differ_in_one_stretch_of_text() {
        assert_eq!(same(&in_region("a"), &in_region("a")), Some(true));
        assert_eq!(same(&in_region("a"), &in_region("b")), Some(false));
        assert_eq!(same(&in_region("a"), &node(Value::Text("eu-west-1a".into()))), None);
    }
}
