use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::question::page;
use crate::tables::PRACTICES;
use crate::{Kind, Pillar, Question, Severity, Topic, Unknown, lookup};

/// A row of the table of best practices.
pub(crate) type Row = u16;

/// A best practice of the framework, such as `SEC08-BP02`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BestPractice(Row);

/// The risk AWS sees in not following a best practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Risk {
    /// Little is lost without it.
    Low,
    /// It is missed sooner or later.
    Medium,
    /// Going without it is a hazard.
    High,
}

/// What the tables hold for a best practice.
pub(crate) struct Entry {
    pub(crate) id: &'static str,
    pub(crate) question: u8,
    pub(crate) risk: Risk,
    pub(crate) title: &'static str,
    pub(crate) slug: &'static str,
}

impl BestPractice {
    pub(crate) const fn at(row: Row) -> Self {
        assert!((row as usize) < PRACTICES.len());
        BestPractice(row)
    }

    /// Every best practice, in the framework's order.
    pub fn all() -> impl ExactSizeIterator<Item = BestPractice> + DoubleEndedIterator {
        (0..PRACTICES.len() as Row).map(BestPractice)
    }

    /// The id, such as `SEC08-BP02`.
    pub fn id(self) -> &'static str {
        self.entry().id
    }

    /// What it asks for, such as `Enforce encryption at rest`.
    pub fn title(self) -> &'static str {
        self.entry().title
    }

    /// The risk AWS sees in not following it.
    pub fn risk(self) -> Risk {
        self.entry().risk
    }

    /// The question it answers.
    pub fn question(self) -> Question {
        Question::at(self.entry().question)
    }

    /// The pillar it belongs to.
    pub fn pillar(self) -> Pillar {
        self.question().pillar()
    }

    /// AWS's own page about it.
    pub fn url(self) -> String {
        page(self.entry().slug)
    }

    /// The severity of a check for it that states none: never critical, because no practice of the
    /// framework is.
    pub fn severity(self) -> Severity {
        match self.risk() {
            Risk::Low => Severity::Low,
            Risk::Medium => Severity::Medium,
            Risk::High => Severity::High,
        }
    }

    fn entry(self) -> &'static Entry {
        // Handles are only made by `at` and `all`, which stay inside the table.
        &PRACTICES[usize::from(self.0)]
    }
}

impl Risk {
    /// The word in files, such as `high`.
    pub const fn id(self) -> &'static str {
        match self {
            Risk::Low => "low",
            Risk::Medium => "medium",
            Risk::High => "high",
        }
    }
}

impl fmt::Display for Risk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

impl fmt::Display for BestPractice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

impl fmt::Debug for BestPractice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl FromStr for BestPractice {
    type Err = Unknown;

    /// Accepts `SEC08-BP02`, `sec08_bp02`, `SEC 8 BP 2` and the like.
    fn from_str(text: &str) -> Result<Self, Unknown> {
        match lookup(text) {
            Some(Topic::BestPractice(practice)) => Ok(practice),
            _ => Err(Unknown::new(Kind::BestPractice, text)),
        }
    }
}

impl Serialize for BestPractice {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

impl<'de> Deserialize<'de> for BestPractice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde::de::value::{Error, StrDeserializer};

    use super::*;
    use crate::practices::{COST01_BP01, SEC08_BP02, SUS06_BP05};

    fn deserialize(text: &str) -> Result<BestPractice, Error> {
        BestPractice::deserialize(StrDeserializer::<Error>::new(text))
    }

    #[test]
    fn there_are_307_and_their_ids_round_trip() {
        assert_eq!(BestPractice::all().len(), 307);
        for practice in BestPractice::all() {
            assert_eq!(practice.id().parse(), Ok(practice));
            assert_eq!(deserialize(practice.id()), Ok(practice));
            assert!(practice.id().starts_with(practice.pillar().code()), "{practice}");
        }
    }

    #[test]
    fn ids_and_pages_are_unique() {
        let ids: BTreeSet<_> = BestPractice::all().map(BestPractice::id).collect();
        let pages: BTreeSet<_> = BestPractice::all().map(BestPractice::url).collect();
        assert_eq!((ids.len(), pages.len()), (307, 307));
    }

    #[test]
    fn a_constant_is_the_practice_of_its_name() {
        assert_eq!(SEC08_BP02.id(), "SEC08-BP02");
        assert_eq!(SEC08_BP02.title(), "Enforce encryption at rest");
        assert_eq!(SEC08_BP02.question().id(), "SEC 8");
        assert_eq!(SEC08_BP02.pillar(), Pillar::Security);
        assert_eq!(SEC08_BP02.risk(), Risk::High);
        assert_eq!(SEC08_BP02.severity(), Severity::High);
        assert_eq!(COST01_BP01.id(), "COST01-BP01");
        assert_eq!(Some(SUS06_BP05), BestPractice::all().next_back());
    }

    #[test]
    fn an_unknown_id_is_an_error_in_a_file_too() {
        assert!(deserialize("SEC08-BP99").unwrap_err().to_string().contains("SEC08-BP99"));
        assert!(deserialize("SEC 8").is_err(), "a question is no best practice");
    }
}
