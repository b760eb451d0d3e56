//! Lists and maps of a property tree.

use std::marker::PhantomData;

use crate::at::{Found, show, show_why, why_of};
use crate::{At, ExpressionKind, Fact, FromAt, Outcome, Scalar, State, Value, Verdict, Why};

/// A list of views or facts. A single value where a list belongs counts as a list of one, as
/// CloudFormation and IAM read it.
#[derive(Debug, Clone)]
pub struct List<'a, T> {
    at: At<'a>,
    items: PhantomData<fn() -> T>,
}

impl<'a, T: FromAt<'a>> FromAt<'a> for List<'a, T> {
    fn from_at(at: At<'a>) -> Self {
        Self { at, items: PhantomData }
    }
}

impl<'a, T: FromAt<'a>> List<'a, T> {
    /// Where it stands.
    pub fn at(&self) -> &At<'a> {
        &self.at
    }

    /// What is known of its items.
    pub fn state(&self) -> State<Vec<T>> {
        match self.places() {
            State::Set(places) => State::Set(places.into_iter().map(T::from_at).collect()),
            State::Unset => State::Unset,
            State::Unknown(why) => State::Unknown(why),
        }
    }

    fn places(&self) -> State<Vec<At<'a>>> {
        match self.at.found() {
            Found::Missing => State::Unset,
            Found::NotInCode => State::Unknown(Why::NotInCode),
            Found::Beyond(node) => match &node.value {
                Value::Unknown(why) => State::Unknown(why.clone()),
                _ => State::Unknown(Why::Malformed("a map".into())),
            },
            Found::Node(node) => match &node.value {
                Value::Null => State::Unset,
                // What the deployment supplies is one value, which need not be known to stand for itself.
                Value::Unknown(Why::Unresolved(e)) if e.kind == ExpressionKind::Pseudo && e.set => {
                    State::Set(vec![self.at.clone()])
                }
                Value::Unknown(why) => State::Unknown(why.clone()),
                Value::List(items) => {
                    State::Set(items.iter().enumerate().map(|(i, item)| self.at.item(i, item)).collect())
                }
                _ => State::Set(vec![self.at.clone()]),
            },
        }
    }

    fn observed(&self) -> String {
        match self.at.found() {
            Found::Missing => "unset".to_owned(),
            Found::NotInCode => show_why(&Why::NotInCode),
            Found::Beyond(node) => why_of(node),
            Found::Node(node) => show(node),
        }
    }

    fn unknown(&self, expected: &str) -> Verdict {
        self.at.verdict(Outcome::Unknown, self.observed(), expected.to_owned())
    }

    /// Every item passes. A list that is empty or unset does.
    pub fn all(&self, judge: impl Fn(T) -> Verdict) -> Verdict {
        match self.places() {
            State::Set(places) if !places.is_empty() => {
                crate::all(places.into_iter().map(|place| judge(T::from_at(place))))
            }
            State::Set(_) | State::Unset => {
                self.at.verdict(Outcome::Pass, self.observed(), "no entry to the contrary".to_owned())
            }
            State::Unknown(_) => self.unknown("a known list"),
        }
    }

    /// At least one item passes. In a list that is empty or unset none does.
    pub fn any(&self, expected: &str, judge: impl Fn(T) -> Verdict) -> Verdict {
        let none = |outcome| self.at.verdict(outcome, self.observed(), expected.to_owned());
        match self.places() {
            State::Set(places) if !places.is_empty() => {
                let verdict = crate::any(places.into_iter().map(|place| judge(T::from_at(place))));
                match verdict.outcome {
                    Outcome::NotApplicable => none(Outcome::Fail),
                    // What each item lacked says less than what the list lacks.
                    Outcome::Fail => none(Outcome::Fail),
                    _ => verdict,
                }
            }
            State::Set(_) | State::Unset => none(Outcome::Fail),
            State::Unknown(_) => self.unknown(expected),
        }
    }

    /// It has at least `least` items.
    pub fn must_have_at_least(&self, least: usize) -> Verdict {
        let expected = match least {
            1 => "at least one entry".to_owned(),
            _ => format!("at least {least} entries"),
        };
        let (certain, possible) = match self.at.found() {
            Found::Missing => (0, 0),
            Found::Beyond(_) | Found::NotInCode => (0, usize::MAX),
            Found::Node(node) => match &node.value {
                Value::Null => (0, 0),
                Value::List(items) => {
                    // An item that is a choice may be left out.
                    let open = items
                        .iter()
                        .filter(|item| matches!(&item.value, Value::Unknown(Why::Unresolved(e)) if !e.set && matches!(e.kind, ExpressionKind::Choice)))
                        .count();
                    (items.len() - open, items.len())
                }
                Value::Unknown(Why::Unresolved(expression)) if expression.set => (1, usize::MAX),
                Value::Unknown(_) => (0, usize::MAX),
                Value::Reference(_) | Value::Pattern(_) => (1, usize::MAX),
                Value::Text(text) if text.is_empty() => (0, 0),
                _ => (1, 1),
            },
        };
        let outcome = if certain >= least {
            Outcome::Pass
        } else if possible < least {
            Outcome::Fail
        } else {
            Outcome::Unknown
        };
        self.at.verdict(outcome, self.observed(), expected)
    }

    /// It has an item.
    pub fn must_not_be_empty(&self) -> Verdict {
        self.must_have_at_least(1)
    }

    /// It has no item.
    pub fn must_be_empty(&self) -> Verdict {
        let mut verdict = self.must_have_at_least(1);
        verdict.outcome = verdict.outcome.not();
        for evidence in &mut verdict.evidence {
            evidence.expected = "no entries".to_owned();
        }
        verdict
    }
}

impl<'a, S: Scalar<'a> + PartialEq> List<'a, Fact<'a, S>> {
    /// One of its items is `wanted`.
    pub fn must_contain(&self, wanted: S) -> Verdict {
        let expected = format!("an entry {}", wanted.show());
        self.any(&expected, |item| item.must_be(wanted.clone()))
    }

    /// None of its items is `unwanted`.
    pub fn must_not_contain(&self, unwanted: S) -> Verdict {
        self.all(|item| item.must_not_be(unwanted.clone()))
    }
}

/// A map whose keys are data, such as environment variables.
#[derive(Debug, Clone)]
pub struct Entries<'a, T> {
    at: At<'a>,
    values: PhantomData<fn() -> T>,
}

impl<'a, T: FromAt<'a>> FromAt<'a> for Entries<'a, T> {
    fn from_at(at: At<'a>) -> Self {
        Self { at, values: PhantomData }
    }
}

impl<'a, T: FromAt<'a>> Entries<'a, T> {
    /// Where it stands.
    pub fn at(&self) -> &At<'a> {
        &self.at
    }

    /// What is known of its entries, in the order they were written.
    pub fn state(&self) -> State<Vec<(&'a str, T)>> {
        match self.at.found() {
            Found::Missing => State::Unset,
            Found::NotInCode => State::Unknown(Why::NotInCode),
            Found::Beyond(node) => State::Unknown(match &node.value {
                Value::Unknown(why) => why.clone(),
                _ => Why::Malformed("a map".into()),
            }),
            Found::Node(node) => match &node.value {
                Value::Null => State::Unset,
                Value::Map(entries) => State::Set(
                    entries.iter().map(|(key, node)| (key.as_str(), T::from_at(self.at.key(key, node)))).collect(),
                ),
                Value::Unknown(why) => State::Unknown(why.clone()),
                _ => State::Unknown(Why::Malformed("a map".into())),
            },
        }
    }

    /// Whether it certainly has none.
    pub fn is_empty(&self) -> bool {
        match self.state() {
            State::Set(entries) => entries.is_empty(),
            State::Unset => true,
            State::Unknown(_) => false,
        }
    }

    /// Every entry passes. A map that is empty or unset does.
    pub fn all(&self, judge: impl Fn(&'a str, T) -> Verdict) -> Verdict {
        let expected = || "no entry to the contrary".to_owned();
        match self.state() {
            State::Set(entries) if !entries.is_empty() => {
                crate::all(entries.into_iter().map(|(key, value)| judge(key, value)))
            }
            State::Set(_) | State::Unset => self.at.verdict(Outcome::Pass, "none".to_owned(), expected()),
            State::Unknown(why) => self.at.verdict(Outcome::Unknown, show_why(&why), expected()),
        }
    }

    /// At least one entry passes. In a map that is empty or unset none does.
    pub fn any(&self, expected: &str, judge: impl Fn(&'a str, T) -> Verdict) -> Verdict {
        let none = || {
            let observed = match self.at.found() {
                Found::Node(node) => show(node),
                _ => "unset".to_owned(),
            };
            self.at.verdict(Outcome::Fail, observed, expected.to_owned())
        };
        match self.state() {
            State::Set(entries) if !entries.is_empty() => {
                let verdict = crate::any(entries.into_iter().map(|(key, value)| judge(key, value)));
                match verdict.outcome {
                    Outcome::NotApplicable | Outcome::Fail => none(),
                    _ => verdict,
                }
            }
            State::Set(_) | State::Unset => none(),
            State::Unknown(why) => self.at.verdict(Outcome::Unknown, show_why(&why), expected.to_owned()),
        }
    }
}
