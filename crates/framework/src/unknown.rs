use std::fmt;

use crate::suggest;

/// What a text was taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One of the six pillars.
    Pillar,
    /// A question, such as `SEC 8`.
    Question,
    /// A best practice, such as `SEC08-BP02`.
    BestPractice,
    /// A severity, such as `high`.
    Severity,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Pillar => "pillar",
            Kind::Question => "question",
            Kind::BestPractice => "best practice",
            Kind::Severity => "severity",
        })
    }
}

/// A text that names nothing in the framework.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no {kind} called {text:?}{}", remedy(.nearest))]
pub struct Unknown {
    /// What it was taken for.
    pub kind: Kind,
    /// The text, cut if it is long.
    pub text: String,
    /// Ids that are spelt much like it, the nearest first.
    pub nearest: Vec<String>,
}

impl Unknown {
    /// Longer texts are cut: an error message should not repeat a whole file.
    const LONGEST: usize = 60;

    pub(crate) fn new(kind: Kind, text: &str) -> Self {
        let nearest = match kind {
            Kind::Severity => vec!["low".into(), "medium".into(), "high".into(), "critical".into()],
            _ => suggest(text).into_iter().map(|topic| topic.id().to_owned()).collect(),
        };
        let mut text: String = text.chars().take(Self::LONGEST + 1).collect();
        if text.chars().count() > Self::LONGEST {
            text.pop();
            text.push('…');
        }
        Unknown { kind, text, nearest }
    }
}

fn remedy(nearest: &[String]) -> String {
    match nearest {
        [] => String::new(),
        [one] => format!("; did you mean {one}?"),
        [most @ .., last] => format!("; did you mean {} or {last}?", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use crate::{BestPractice, Severity};

    #[test]
    fn the_message_names_the_text_and_the_nearest_ids() {
        let error = "SEC08-BP12".parse::<BestPractice>().unwrap_err().to_string();
        assert!(error.starts_with("there is no best practice called \"SEC08-BP12\"; did you mean "));
        assert!(error.contains("SEC08-BP02"), "{error}");
    }

    #[test]
    fn nothing_near_gives_no_advice() {
        let error = "qqqqqqqqqqqq".parse::<BestPractice>().unwrap_err();
        assert_eq!(error.to_string(), "there is no best practice called \"qqqqqqqqqqqq\"");
    }

    #[test]
    fn severities_are_few_enough_to_be_listed() {
        let error = "grave".parse::<Severity>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "there is no severity called \"grave\"; did you mean low, medium, high or critical?"
        );
    }

    #[test]
    fn long_texts_are_cut() {
        let error = "é".repeat(100_000).parse::<BestPractice>().unwrap_err();
        assert_eq!(error.text.chars().count(), 61);
    }
}
