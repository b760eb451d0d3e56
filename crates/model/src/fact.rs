//! Facts: single values that are set, unset or unknown, and the questions they answer.

use std::fmt;

use crate::at::{Found, show, show_why, why_of};
use crate::node::{ExpressionKind, Part};
use crate::{At, Expression, FromAt, Medium, Node, Outcome, Scalar, Text, Value, Verdict, Why};

/// The three states of a value. Whoever takes it apart has to say what unknown means.
#[derive(Debug, Clone, PartialEq)]
pub enum State<T> {
    /// It has this value.
    Set(T),
    /// It has none.
    Unset,
    /// It cannot be known, and why.
    Unknown(Why),
}

/// A single value of a resource.
///
/// Every question returns a [`Verdict`]. An unset value is judged by the default that AWS applies,
/// where the view states one; without one, unset is unlike every value.
#[derive(Clone)]
pub struct Fact<'a, T> {
    at: At<'a>,
    default: Option<T>,
}

impl<T> fmt::Debug for Fact<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fact({})", self.at.path())
    }
}

impl<'a, T: Scalar<'a>> FromAt<'a> for Fact<'a, T> {
    fn from_at(at: At<'a>) -> Self {
        Self { at, default: None }
    }
}

impl<'a, T: Scalar<'a>> Fact<'a, T> {
    /// The value AWS uses when this one is unset.
    pub fn with_default(mut self, default: T) -> Self {
        self.default = Some(default);
        self
    }

    /// The value that an account means when it reports none, where it differs from what AWS fills in
    /// when the resource is created.
    pub fn with_account_default(mut self, default: T) -> Self {
        if self.at.resource().medium == Medium::Account {
            self.default = Some(default);
        }
        self
    }

    /// Where it stands.
    pub fn at(&self) -> &At<'a> {
        &self.at
    }

    /// What is known of it, the default of AWS included.
    pub fn state(&self) -> State<T> {
        match (self.read(), &self.default) {
            (State::Unset, Some(default)) => State::Set(default.clone()),
            (state, _) => state,
        }
    }

    fn read(&self) -> State<T> {
        match self.at.found() {
            Found::Node(node) => T::read(node),
            Found::Missing => State::Unset,
            Found::Beyond(node) => match &node.value {
                Value::Unknown(why) => State::Unknown(why.clone()),
                _ => State::Unknown(Why::Malformed("a map".into())),
            },
            Found::NotInCode => State::Unknown(Why::NotInCode),
        }
    }

    fn observed(&self) -> String {
        match (self.at.found(), self.read()) {
            (_, State::Unset) => match &self.default {
                Some(default) => format!("unset, which means {}", default.show()),
                None => "unset".to_owned(),
            },
            (Found::Node(node), State::Set(_)) => show(node),
            (Found::Node(node), State::Unknown(Why::Malformed(expected))) => {
                format!("{}, which is not {expected}", show(node))
            }
            (Found::Beyond(node), _) => why_of(node),
            (_, State::Unknown(why)) => show_why(&why),
            (_, State::Set(value)) => value.show(),
        }
    }

    /// Judges the value by `test`; `refuted` says whether a value that is not fully known certainly
    /// fails it (`Some(false)`) or certainly passes (`Some(true)`).
    fn judge(
        &self,
        expected: impl FnOnce() -> String,
        test: impl FnOnce(&T) -> bool,
        settled: impl FnOnce(&'a Node) -> Option<bool>,
    ) -> Verdict {
        let outcome = match self.state() {
            State::Set(value) if test(&value) => Outcome::Pass,
            State::Set(_) => Outcome::Fail,
            // Without a default, nothing is unlike every value: `test` would have to see one.
            State::Unset => Outcome::Fail,
            State::Unknown(_) => match self.at.found() {
                Found::Node(node) => match settled(node) {
                    Some(true) => Outcome::Pass,
                    Some(false) => Outcome::Fail,
                    None => Outcome::Unknown,
                },
                _ => Outcome::Unknown,
            },
        };
        self.at.verdict(outcome, self.observed(), expected())
    }

    /// It is `wanted`.
    pub fn must_be(&self, wanted: T) -> Verdict
    where
        T: PartialEq,
    {
        self.judge(|| wanted.show(), |value| *value == wanted, |node| wanted.surely_not(node).then_some(false))
    }

    /// It is anything but `unwanted`; unset is.
    pub fn must_not_be(&self, unwanted: T) -> Verdict
    where
        T: PartialEq,
    {
        let expected = || format!("not {}", unwanted.show());
        if self.state() == State::Unset {
            return self.at.verdict(Outcome::Pass, self.observed(), expected());
        }
        self.judge(expected, |value| *value != unwanted, |node| unwanted.surely_not(node).then_some(true))
    }

    /// It is one of `wanted`.
    pub fn must_be_one_of(&self, wanted: &[T]) -> Verdict
    where
        T: PartialEq,
    {
        self.judge(
            || listed(wanted),
            |value| wanted.contains(value),
            |node| wanted.iter().all(|w| w.surely_not(node)).then_some(false),
        )
    }

    /// It is none of `unwanted`; unset is none.
    pub fn must_not_be_one_of(&self, unwanted: &[T]) -> Verdict
    where
        T: PartialEq,
    {
        let expected = || format!("none of {}", listed(unwanted));
        if self.state() == State::Unset {
            return self.at.verdict(Outcome::Pass, self.observed(), expected());
        }
        self.judge(
            expected,
            |value| !unwanted.contains(value),
            |node| unwanted.iter().all(|w| w.surely_not(node)).then_some(true),
        )
    }

    /// It is `least` or more.
    pub fn must_be_at_least(&self, least: T) -> Verdict
    where
        T: PartialOrd,
    {
        self.judge(|| format!("at least {}", least.show()), |value| *value >= least, |_| None)
    }

    /// It is `most` or less.
    pub fn must_be_at_most(&self, most: T) -> Verdict
    where
        T: PartialOrd,
    {
        self.judge(|| format!("at most {}", most.show()), |value| *value <= most, |_| None)
    }

    /// It passes `test`; `expected` says in a few words what is wanted: `a version of TLS from 1.2`.
    pub fn must(&self, expected: &str, test: impl FnOnce(&T) -> bool) -> Verdict {
        self.judge(|| expected.to_owned(), test, |_| None)
    }

    /// It is set, or AWS sets it.
    pub fn must_be_set(&self) -> Verdict {
        match (self.read(), &self.default) {
            (State::Unset, Some(_)) => self.at.verdict(Outcome::Pass, self.observed(), "set".to_owned()),
            _ => self.at.must_be_set(),
        }
    }

    /// It passes `test`, which answers `None` where it cannot tell: a version that a table does not
    /// list, say. That is unknown.
    pub fn must_surely(&self, expected: &str, test: impl FnOnce(&T) -> Option<bool>) -> Verdict {
        let outcome = match self.state() {
            State::Set(value) => match test(&value) {
                Some(true) => Outcome::Pass,
                Some(false) => Outcome::Fail,
                None => Outcome::Unknown,
            },
            State::Unset => Outcome::Fail,
            State::Unknown(_) => Outcome::Unknown,
        };
        self.at.verdict(outcome, self.observed(), expected.to_owned())
    }

    /// It is not set.
    pub fn must_be_unset(&self) -> Verdict {
        self.at.must_be_unset()
    }

    /// Goes on with the value. The question does not arise where there is none; unknown stays unknown.
    pub fn and_then(&self, then: impl FnOnce(T) -> Verdict) -> Verdict {
        match self.state() {
            State::Set(value) => then(value),
            State::Unset => Verdict::not_applicable(),
            State::Unknown(_) => self.at.verdict(Outcome::Unknown, self.observed(), "a known value".to_owned()),
        }
    }

    /// It is not written out where it stands: a reference, a parameter or a dynamic reference is.
    /// The question does not arise where nothing is set. Evidence never shows the value.
    pub fn must_not_be_literal(&self) -> Verdict {
        let expected = "a reference to where it is kept".to_owned();
        let (outcome, observed) = match self.at.found() {
            Found::Missing | Found::Node(Node { value: Value::Null, .. }) => return Verdict::not_applicable(),
            Found::Node(node) => match (&node.value, node.expression()) {
                (Value::Unknown(why), _) if why.hides_literals() => (Outcome::Unknown, self.observed()),
                (_, Some(expression)) => (Outcome::Pass, expression.text.to_string()),
                (Value::Text(text), None) if text.is_empty() => return Verdict::not_applicable(),
                _ => (Outcome::Fail, "a literal value".to_owned()),
            },
            Found::Beyond(_) | Found::NotInCode => (Outcome::Unknown, self.observed()),
        };
        masked(self.at.verdict(outcome, observed, expected))
    }
}

impl<'a> Fact<'a, Text<'a>> {
    /// No stretch of literal text in it passes `test`. Parts that are filled in on deployment are no
    /// literal text. Evidence never shows the value.
    pub fn must_hold_no_literal(&self, expected: &str, test: impl Fn(&str) -> bool) -> Verdict {
        let found = match self.at.found() {
            Found::Missing => false,
            Found::Node(node) => match &node.value {
                // What functions put together of literals is literal; the value of a parameter is not.
                Value::Text(text) | Value::Number(text)
                    if node.written.as_ref().is_none_or(|e| e.kind == ExpressionKind::Function) =>
                {
                    test(text)
                }
                Value::Pattern(parts) => parts.iter().any(|part| match part {
                    Part::Text(text) => test(text),
                    Part::Reference(_) | Part::Unknown(_) => false,
                }),
                Value::Unknown(why) if why.hides_literals() => {
                    return self.at.verdict(Outcome::Unknown, self.observed(), expected.to_owned());
                }
                _ => false,
            },
            Found::Beyond(_) | Found::NotInCode => {
                return self.at.verdict(Outcome::Unknown, self.observed(), expected.to_owned());
            }
        };
        let (outcome, observed) = match found {
            true => (Outcome::Fail, "a literal value"),
            false => (Outcome::Pass, "no such text"),
        };
        masked(self.at.verdict(outcome, observed.to_owned(), expected.to_owned()))
    }

    /// It does not pass on a parameter whose value is hidden (`NoEcho`), as far as can be told.
    pub fn must_hold_no_hidden_parameter(&self) -> Verdict {
        let hidden =
            |expression: &Expression| matches!(expression.kind, ExpressionKind::Parameter { hidden: true, .. });
        let found = match self.at.found() {
            Found::Node(node) => {
                node.expression().is_some_and(hidden)
                    || matches!(&node.value, Value::Pattern(parts) if parts.iter().any(|part| {
                        matches!(part, Part::Unknown(expression) if hidden(expression))
                    }))
            }
            _ => false,
        };
        let (outcome, observed) = match (found, self.at.found()) {
            (true, Found::Node(node)) => {
                (Outcome::Fail, node.expression().map_or_else(String::new, |e| crate::at::shortened(&e.text)))
            }
            _ => (Outcome::Pass, "no such parameter".to_owned()),
        };
        self.at.verdict(outcome, observed, "no parameter whose value is hidden".to_owned())
    }

    /// It passes `test`, which sees [`BLANK`] in place of every part that only deployment fills in.
    ///
    /// A reference and what AWS supplies stand for some fixed text. A part that may be anything, such
    /// as a parameter, may be a wildcard as well: such text passes only where it does either way, and
    /// never fails.
    pub fn must_read(&self, expected: &str, test: impl Fn(&str) -> bool) -> Verdict {
        self.judge(
            || expected.to_owned(),
            |value| test(value),
            |node| {
                let (fixed, open) = reading(node, BLANK)?;
                if !open {
                    return Some(test(&fixed));
                }
                let (wild, _) = reading(node, '*')?;
                (test(&fixed) && test(&wild)).then_some(true)
            },
        )
    }

    /// It begins with `prefix`, as far as its literal text tells.
    pub fn must_start_with(&self, prefix: &str) -> Verdict {
        self.judge(
            || format!("{prefix}…"),
            |value| value.starts_with(prefix),
            |node| match &node.value {
                Value::Pattern(parts) => match parts.first() {
                    Some(Part::Text(text)) if text.starts_with(prefix) => Some(true),
                    Some(Part::Text(text)) if !prefix.starts_with(&**text) => Some(false),
                    _ => None,
                },
                _ => None,
            },
        )
    }

    /// It ends with `suffix`, as far as its literal text tells.
    pub fn must_end_with(&self, suffix: &str) -> Verdict {
        self.judge(
            || format!("…{suffix}"),
            |value| value.ends_with(suffix),
            |node| match &node.value {
                Value::Pattern(parts) => match parts.last() {
                    Some(Part::Text(text)) if text.ends_with(suffix) => Some(true),
                    Some(Part::Text(text)) if !suffix.ends_with(&**text) => Some(false),
                    _ => None,
                },
                _ => None,
            },
        )
    }

    /// It does not end with `suffix`. What another resource of the inventory is called is nobody's literal; of other text whose
    /// end is not known, neither is this.
    pub fn must_not_end_with(&self, suffix: &str) -> Verdict {
        self.judge(
            || format!("not …{suffix}"),
            |value| !value.ends_with(suffix),
            |node| match &node.value {
                Value::Reference(_) => Some(true),
                Value::Pattern(parts) => match parts.last() {
                    Some(Part::Text(text)) if text.ends_with(suffix) => Some(false),
                    Some(Part::Text(text)) if !suffix.ends_with(&**text) => Some(true),
                    _ => None,
                },
                _ => None,
            },
        )
    }

    /// It contains `part`.
    pub fn must_contain(&self, part: &str) -> Verdict {
        self.judge(
            || format!("…{part}…"),
            |value| value.contains(part),
            |node| match &node.value {
                Value::Pattern(parts) => {
                    parts.iter().any(|p| matches!(p, Part::Text(text) if text.contains(part))).then_some(true)
                }
                _ => None,
            },
        )
    }
}

/// What [`Fact::must_read`] shows in place of text that only deployment fills in.
pub const BLANK: char = '\u{FFFC}';

/// The text of a node that is not fully known, and whether a part of it may be anything: such a part
/// reads as `open`, every other as [`BLANK`].
fn reading(node: &Node, open: char) -> Option<(String, bool)> {
    let mut text = String::new();
    let mut is_open = false;
    match &node.value {
        Value::Reference(_) => text.push(BLANK),
        Value::Unknown(Why::Unresolved(expression)) => {
            is_open = !expression.is_supplied();
            text.push(if is_open { open } else { BLANK });
        }
        Value::Pattern(parts) => {
            for part in parts {
                match part {
                    Part::Text(known) => text.push_str(known),
                    Part::Reference(_) => text.push(BLANK),
                    Part::Unknown(expression) if expression.is_supplied() => text.push(BLANK),
                    Part::Unknown(_) => {
                        is_open = true;
                        text.push(open);
                    }
                }
            }
        }
        _ => return None,
    }
    Some((text, is_open))
}

fn masked(mut verdict: Verdict) -> Verdict {
    for evidence in &mut verdict.evidence {
        evidence.sensitive = true;
    }
    verdict
}

fn listed<'a, T: Scalar<'a>>(values: &[T]) -> String {
    values.iter().map(Scalar::show).collect::<Vec<_>>().join(", ")
}
