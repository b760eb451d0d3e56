use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::practice::Row;
use crate::tables::QUESTIONS;
use crate::{BestPractice, Kind, Pillar, Topic, Unknown, lookup};

/// A question of a pillar, such as `SEC 8`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Question(u8);

/// What the tables hold for a question.
pub(crate) struct Entry {
    pub(crate) id: &'static str,
    pub(crate) pillar: Pillar,
    pub(crate) text: &'static str,
    /// The slug of its page, such as `sec-08`.
    pub(crate) slug: &'static str,
    /// The row of its first best practice, and how many follow in one run.
    pub(crate) first: Row,
    pub(crate) count: Row,
}

impl Question {
    pub(crate) const fn at(row: u8) -> Self {
        assert!((row as usize) < QUESTIONS.len());
        Question(row)
    }

    /// Every question, in the framework's order.
    pub fn all() -> impl ExactSizeIterator<Item = Question> + DoubleEndedIterator {
        (0..QUESTIONS.len() as u8).map(Question)
    }

    /// The id, such as `SEC 8`.
    pub fn id(self) -> &'static str {
        self.entry().id
    }

    /// The question itself.
    pub fn text(self) -> &'static str {
        self.entry().text
    }

    /// The pillar that asks it.
    pub fn pillar(self) -> Pillar {
        self.entry().pillar
    }

    /// AWS's own page about it.
    pub fn url(self) -> String {
        page(self.entry().slug)
    }

    /// The best practices that answer it, in order.
    pub fn practices(self) -> impl ExactSizeIterator<Item = BestPractice> + DoubleEndedIterator {
        let entry = self.entry();
        (entry.first..entry.first + entry.count).map(BestPractice::at)
    }

    fn entry(self) -> &'static Entry {
        // Handles are only made by `at` and `all`, which stay inside the table.
        &QUESTIONS[usize::from(self.0)]
    }
}

/// The address of a page of the framework.
pub(crate) fn page(slug: &str) -> String {
    format!("https://docs.aws.amazon.com/wellarchitected/latest/framework/{slug}.html")
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

impl fmt::Debug for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl FromStr for Question {
    type Err = Unknown;

    /// Accepts `SEC 8`, `sec8`, `SEC-08` and the like.
    fn from_str(text: &str) -> Result<Self, Unknown> {
        match lookup(text) {
            Some(Topic::Question(question)) => Ok(question),
            _ => Err(Unknown::new(Kind::Question, text)),
        }
    }
}

impl Serialize for Question {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

impl<'de> Deserialize<'de> for Question {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_57_and_their_ids_round_trip() {
        assert_eq!(Question::all().len(), 57);
        for question in Question::all() {
            assert_eq!(question.id().parse(), Ok(question));
            assert!(question.text().ends_with('?'), "{question}");
            assert!(question.id().starts_with(question.pillar().code()), "{question}");
            assert!(question.practices().all(|practice| practice.question() == question));
        }
    }

    #[test]
    fn the_practices_of_all_questions_are_all_practices() {
        assert!(Question::all().flat_map(Question::practices).eq(BestPractice::all()));
    }

    #[test]
    fn a_question_knows_its_page() {
        let question: Question = "sec8".parse().unwrap();
        assert_eq!(question.url(), "https://docs.aws.amazon.com/wellarchitected/latest/framework/sec-08.html");
        assert_eq!(question.practices().len(), 4);
    }
}
