use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{BestPractice, Kind, Question, Topic, Unknown, lookup};

/// One of the six pillars, in the framework's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pillar {
    /// Running and improving the system.
    OperationalExcellence,
    /// Protecting data, systems and people.
    Security,
    /// Working when it should, and recovering when it does not.
    Reliability,
    /// Using the right resources well as needs change.
    PerformanceEfficiency,
    /// Paying only for what brings value.
    CostOptimization,
    /// Keeping the load on the environment small.
    Sustainability,
}

impl Pillar {
    /// Every pillar, in the framework's order.
    pub const ALL: [Pillar; 6] = [
        Pillar::OperationalExcellence,
        Pillar::Security,
        Pillar::Reliability,
        Pillar::PerformanceEfficiency,
        Pillar::CostOptimization,
        Pillar::Sustainability,
    ];

    /// The word in files and options, such as `cost-optimization`.
    pub const fn id(self) -> &'static str {
        match self {
            Pillar::OperationalExcellence => "operational-excellence",
            Pillar::Security => "security",
            Pillar::Reliability => "reliability",
            Pillar::PerformanceEfficiency => "performance-efficiency",
            Pillar::CostOptimization => "cost-optimization",
            Pillar::Sustainability => "sustainability",
        }
    }

    /// The name for people, such as `Cost optimization`.
    pub const fn name(self) -> &'static str {
        match self {
            Pillar::OperationalExcellence => "Operational excellence",
            Pillar::Security => "Security",
            Pillar::Reliability => "Reliability",
            Pillar::PerformanceEfficiency => "Performance efficiency",
            Pillar::CostOptimization => "Cost optimization",
            Pillar::Sustainability => "Sustainability",
        }
    }

    /// What the ids of its questions and best practices begin with, such as `COST`.
    pub const fn code(self) -> &'static str {
        match self {
            Pillar::OperationalExcellence => "OPS",
            Pillar::Security => "SEC",
            Pillar::Reliability => "REL",
            Pillar::PerformanceEfficiency => "PERF",
            Pillar::CostOptimization => "COST",
            Pillar::Sustainability => "SUS",
        }
    }

    /// What it asks of a system, in one sentence.
    pub const fn about(self) -> &'static str {
        match self {
            Pillar::OperationalExcellence => {
                "Changes are small and reversible, what runs can be observed, and what goes wrong \
                 teaches the team something."
            }
            Pillar::Security => {
                "Only those who should can reach data and systems, every layer is protected, and an \
                 intrusion is noticed and answered."
            }
            Pillar::Reliability => {
                "The system keeps its promises while parts of it fail, grows with its load, and \
                 returns within the time and data loss its owners accept."
            }
            Pillar::PerformanceEfficiency => {
                "Each job runs on the kind and size of resource that suits it, as measurements \
                 and not habits tell."
            }
            Pillar::CostOptimization => {
                "Nothing is paid for that nobody uses, and what is used is bought at the price \
                 that fits how it is used."
            }
            Pillar::Sustainability => {
                "The same result is reached with less hardware, less stored and moved data, and \
                 less energy."
            }
        }
    }

    /// AWS's own description of the pillar.
    pub const fn url(self) -> &'static str {
        match self {
            Pillar::OperationalExcellence => {
                "https://docs.aws.amazon.com/wellarchitected/latest/operational-excellence-pillar/welcome.html"
            }
            Pillar::Security => "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/welcome.html",
            Pillar::Reliability => "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/welcome.html",
            Pillar::PerformanceEfficiency => {
                "https://docs.aws.amazon.com/wellarchitected/latest/performance-efficiency-pillar/welcome.html"
            }
            Pillar::CostOptimization => {
                "https://docs.aws.amazon.com/wellarchitected/latest/cost-optimization-pillar/welcome.html"
            }
            Pillar::Sustainability => {
                "https://docs.aws.amazon.com/wellarchitected/latest/sustainability-pillar/sustainability-pillar.html"
            }
        }
    }

    /// Its questions, in order.
    pub fn questions(self) -> impl Iterator<Item = Question> {
        Question::all().filter(move |question| question.pillar() == self)
    }

    /// Its best practices, in order.
    pub fn practices(self) -> impl Iterator<Item = BestPractice> {
        self.questions().flat_map(Question::practices)
    }
}

impl fmt::Display for Pillar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

impl FromStr for Pillar {
    type Err = Unknown;

    /// Accepts what [`lookup`] accepts for a pillar: its id, name, code or first word.
    fn from_str(text: &str) -> Result<Self, Unknown> {
        match lookup(text) {
            Some(Topic::Pillar(pillar)) => Ok(pillar),
            _ => Err(Unknown::new(Kind::Pillar, text)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_names_and_codes_are_read_back() {
        assert!(Pillar::ALL.is_sorted());
        for pillar in Pillar::ALL {
            assert_eq!(pillar.id().parse(), Ok(pillar));
            assert_eq!(pillar.name().parse(), Ok(pillar));
            assert_eq!(pillar.code().parse(), Ok(pillar));
            assert!(pillar.url().contains(pillar.id()));
        }
    }

    #[test]
    fn every_pillar_has_its_questions_and_practices() {
        let counts: Vec<_> = Pillar::ALL.map(|pillar| (pillar.questions().count(), pillar.practices().count())).into();
        assert_eq!(counts, [(11, 68), (11, 63), (13, 65), (5, 32), (11, 50), (6, 29)]);
    }

    #[test]
    fn a_question_is_not_a_pillar() {
        assert!("SEC 8".parse::<Pillar>().is_err());
    }
}
