//! Tags, in the two shapes CloudFormation has for them.

use crate::at::Found;
use crate::{At, Entries, Fact, FromAt, List, Outcome, State, Text, Value, Verdict};

/// The tags of a resource: a list of `{Key, Value}`, or a map.
#[derive(Debug, Clone)]
pub struct Tags<'a> {
    at: At<'a>,
}

impl<'a> FromAt<'a> for Tags<'a> {
    fn from_at(at: At<'a>) -> Self {
        Self { at }
    }
}

impl<'a> Tags<'a> {
    /// Where they stand.
    pub fn at(&self) -> &At<'a> {
        &self.at
    }

    /// There is a tag with this key, and its value is one of `values` unless there are none.
    pub fn must_have(&self, key: &str, values: &[&str]) -> Verdict {
        let expected = match values {
            [] => format!("a tag {key}"),
            _ => format!("a tag {key} with one of {}", values.join(", ")),
        };
        let value_fits = |value: Fact<'a, Text<'a>>| match values {
            [] => value.at().verdict(Outcome::Pass, format!("a tag {key}"), expected.clone()),
            _ => value.must("one of the values", |found| values.contains(found)),
        };
        if let Found::Node(node) = self.at.found()
            && matches!(node.value, Value::Map(_))
        {
            let tags = Entries::<Fact<'a, Text<'a>>>::from_at(self.at.clone());
            return tags.any(&expected, |found, value| if found == key { value_fits(value) } else { Verdict::no() });
        }
        List::<At<'a>>::from_at(self.at.clone()).any(&expected, |tag| {
            let found = Fact::<Text<'a>>::from_at(tag.child("Key"));
            match found.state() {
                State::Set(found) if found != key => Verdict::no(),
                State::Set(_) => value_fits(Fact::from_at(tag.child("Value"))),
                State::Unset => Verdict::no(),
                State::Unknown(_) => tag.verdict(Outcome::Unknown, crate::at::why_of_place(&tag), expected.clone()),
            }
        })
    }
}
