use crate::{BestPractice, Pillar, Question};

/// Something of the framework that has an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// A pillar, such as `security`.
    Pillar(Pillar),
    /// A question, such as `SEC 8`.
    Question(Question),
    /// A best practice, such as `SEC08-BP02`.
    BestPractice(BestPractice),
}

impl Topic {
    /// Everything that [`lookup`] can find: pillars, then questions, then best practices.
    pub fn all() -> impl Iterator<Item = Topic> {
        let pillars = Pillar::ALL.into_iter().map(Topic::Pillar);
        let questions = Question::all().map(Topic::Question);
        let practices = BestPractice::all().map(Topic::BestPractice);
        pillars.chain(questions).chain(practices)
    }

    /// The id, such as `security`, `SEC 8` or `SEC08-BP02`.
    pub fn id(self) -> &'static str {
        match self {
            Topic::Pillar(pillar) => pillar.id(),
            Topic::Question(question) => question.id(),
            Topic::BestPractice(practice) => practice.id(),
        }
    }
}

/// Finds what a person or a file means by a text, whatever its case and separators: a best practice
/// (`SEC08-BP02`, `sec08_bp02`), a question (`SEC 8`, `sec08`) or a pillar (`security`, `SEC`,
/// `cost`, `Cost optimization`).
pub fn lookup(text: &str) -> Option<Topic> {
    let mut rest = Cursor(text.trim());
    let word = rest.letters();
    let Some(question) = rest.number() else {
        return pillar(text).map(Topic::Pillar);
    };
    let pillar = Pillar::ALL.into_iter().find(|pillar| pillar.code().eq_ignore_ascii_case(word))?;
    let question = pillar.questions().nth(question.checked_sub(1)?)?;
    if rest.0.is_empty() {
        return Some(Topic::Question(question));
    }
    if !rest.letters().eq_ignore_ascii_case("bp") {
        return None;
    }
    let practice = question.practices().nth(rest.number()?.checked_sub(1)?)?;
    rest.0.is_empty().then_some(Topic::BestPractice(practice))
}

fn pillar(text: &str) -> Option<Pillar> {
    let words = plain(text);
    Pillar::ALL.into_iter().find(|pillar| {
        let id = plain(pillar.id());
        words == id || words.eq_ignore_ascii_case(pillar.code()) || id.split(' ').next() == Some(&words)
    })
}

/// Lower case, with one space for each separator.
fn plain(text: &str) -> String {
    let separated = text.trim().replace(SEPARATORS, " ");
    separated.to_ascii_lowercase()
}

const SEPARATORS: [char; 3] = ['-', '_', ' '];

/// What is left of a text.
struct Cursor<'a>(&'a str);

impl<'a> Cursor<'a> {
    fn letters(&mut self) -> &'a str {
        self.take(|c| c.is_ascii_alphabetic())
    }

    fn number(&mut self) -> Option<usize> {
        self.take(|c| c.is_ascii_digit()).parse().ok()
    }

    /// Takes what `belongs`, and drops the separators behind it.
    fn take(&mut self, belongs: impl Fn(char) -> bool) -> &'a str {
        let end = self.0.find(|c| !belongs(c)).unwrap_or(self.0.len());
        let (taken, rest) = self.0.split_at(end);
        self.0 = if rest.is_empty() { rest } else { rest.trim_start_matches(SEPARATORS) };
        taken
    }
}

/// Ids that are spelt much like a text, at most three, the nearest first.
pub fn suggest(text: &str) -> Vec<Topic> {
    const MOST: usize = 3;
    // Nothing longer is a misspelt id, and the distance takes time with the square of the length.
    const LONGEST: usize = 40;

    let text = plain(text);
    if text.len() > LONGEST {
        return Vec::new();
    }
    let limit = (text.len() / 4).clamp(1, 3);
    let mut near: Vec<_> = Topic::all()
        .map(|topic| (distance(&text, &plain(topic.id())), topic))
        .filter(|(distance, _)| *distance <= limit)
        .collect();
    near.sort_by_key(|(distance, _)| *distance);
    near.into_iter().take(MOST).map(|(_, topic)| topic).collect()
}

/// How many letters to insert, delete, replace or swap with their neighbour turn one text into the
/// other.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    let mut previous = None;
    for (i, a) in from.chars().enumerate() {
        let mut next = vec![i + 1];
        for (j, &b) in to.iter().enumerate() {
            let replaced = row[j] + usize::from(a != b);
            let mut cost = replaced.min(row[j + 1] + 1).min(next[j] + 1);
            if j > 0 && previous == Some(b) && to[j - 1] == a {
                cost = cost.min(before[j - 1] + 1);
            }
            next.push(cost);
        }
        before = std::mem::replace(&mut row, next);
        previous = Some(a);
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> Option<&'static str> {
        lookup(text).map(Topic::id)
    }

    #[test]
    fn best_practices_are_found_however_they_are_written() {
        for text in ["SEC08-BP02", "sec08_bp02", "Sec8-bp2", "SEC 08 BP 02", " sec08bp02 "] {
            assert_eq!(id(text), Some("SEC08-BP02"), "{text}");
        }
    }

    #[test]
    fn questions_are_found_however_they_are_written() {
        for text in ["SEC 8", "SEC8", "sec08", "sec-8", "SEC_08"] {
            assert_eq!(id(text), Some("SEC 8"), "{text}");
        }
    }

    #[test]
    fn pillars_are_found_by_id_name_code_and_first_word() {
        for (text, expected) in [
            ("security", "security"),
            ("SEC", "security"),
            ("cost", "cost-optimization"),
            ("Cost optimization", "cost-optimization"),
            ("cost_optimization", "cost-optimization"),
            ("operational", "operational-excellence"),
            ("ops", "operational-excellence"),
            ("PERF", "performance-efficiency"),
        ] {
            assert_eq!(id(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        for text in [
            "",
            " ",
            "-",
            "8",
            "SEC0",
            "SEC 12",
            "SEC08-BP00",
            "SEC08-BP99",
            "SEC08-BP02x",
            "SEC 1 2",
            "XYZ 1",
            "SEC08-XX02",
            "SEC08-BP",
            "sec99999999999999999999999",
            "ſec",
            "SEC８",
            "optimization",
        ] {
            assert_eq!(id(text), None, "{text:?}");
        }
    }

    #[test]
    fn everything_is_found_by_its_own_id() {
        assert_eq!(Topic::all().count(), 6 + 57 + 307);
        for topic in Topic::all() {
            assert_eq!(lookup(topic.id()), Some(topic));
        }
    }

    #[test]
    fn misspellings_find_their_neighbours() {
        let nearest = |text| suggest(text).first().map(|topic| topic.id());
        assert_eq!(nearest("securty"), Some("security"));
        assert_eq!(nearest("SEC80-BP02"), Some("SEC08-BP02"), "neighbours swapped");
        assert_eq!(nearest("relability"), Some("reliability"));
        assert_eq!(nearest("nothing of the kind"), None);
        assert!(suggest("SEC08-BP0").len() <= 3);
        assert!(suggest(&"a".repeat(1_000_000)).is_empty());
    }

    #[test]
    fn distance_counts_edits() {
        for (from, to, expected) in
            [("", "", 0), ("", "abc", 3), ("abc", "", 3), ("abc", "acb", 1), ("kitten", "sitting", 3)]
        {
            assert_eq!(distance(from, to), expected, "{from} {to}");
            assert_eq!(distance(to, from), expected, "{to} {from}");
        }
    }
}
