//! The tables and constants of the `framework` crate.

mod csv;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use framework::{Pillar, Risk};

use self::csv::records;
use super::{File, layout};
use crate::workspace::{self, Error};

const DATA: &str = "crates/framework/data/best_practices.csv";
const COLUMNS: [&str; 7] = ["id", "pillar", "question_id", "question", "title", "risk", "slug"];

struct Practice {
    id: String,
    /// `SEC08_BP02`
    constant: String,
    /// The row of its question.
    question: usize,
    title: String,
    risk: Risk,
    slug: String,
}

struct Question {
    id: String,
    text: String,
    pillar: Pillar,
    /// `sec-08`
    slug: String,
    first: usize,
    count: usize,
}

pub(super) fn files(root: &Path) -> Result<Vec<File>, Error> {
    let data = workspace::read(&root.join(DATA))?;
    let (questions, practices) = read(&data)?;
    let folder = Path::new("crates/framework/src");
    Ok(vec![
        File { path: folder.join("practices.rs"), text: Some(constants(&practices)) },
        File { path: folder.join("tables.rs"), text: Some(tables(&questions, &practices)) },
    ])
}

fn read(data: &str) -> Result<(Vec<Question>, Vec<Practice>), Error> {
    let mut rows = records(data).map_err(|problem| Error::broken(DATA, problem))?.into_iter();
    if rows.next().is_none_or(|header| header != COLUMNS) {
        return Err(Error::broken(DATA, format!("its columns are not {}", COLUMNS.join(","))));
    }
    let mut questions: Vec<Question> = Vec::new();
    let mut practices: Vec<Practice> = Vec::new();
    let mut slugs = BTreeSet::new();
    for row in rows {
        let broken = |problem: &str| Error::broken(DATA, format!("{}: {problem}", row.join(",")));
        let [id, pillar, question_id, question, title, risk, slug] =
            <[String; 7]>::try_from(row.clone()).map_err(|_| broken("not seven columns"))?;
        let pillar =
            Pillar::ALL.into_iter().find(|known| known.id() == pillar).ok_or_else(|| broken("no such pillar"))?;
        let risk = match risk.as_str() {
            "High" => Risk::High,
            "Medium" => Risk::Medium,
            "Low" => Risk::Low,
            _ => return Err(broken("no such risk")),
        };
        if !slugs.insert(slug.clone()) {
            return Err(broken("its slug is taken"));
        }

        if questions.last().is_none_or(|last| last.id != question_id) {
            // Ids are positions: `lookup` counts questions in a pillar and practices in a question.
            let number = questions.iter().filter(|known| known.pillar == pillar).count() + 1;
            if question_id != format!("{} {number}", pillar.code())
                || questions.last().is_some_and(|last| last.pillar > pillar)
            {
                return Err(broken("its question is out of order"));
            }
            questions.push(Question {
                id: question_id,
                text: question,
                pillar,
                slug: format!("{}-{number:02}", pillar.code().to_ascii_lowercase()),
                first: practices.len(),
                count: 0,
            });
        }
        let row = questions.len().saturating_sub(1);
        let Some(question) = questions.last_mut() else {
            return Err(broken("no question"));
        };
        question.count += 1;
        let stem = question.slug.to_ascii_uppercase().replace('-', "");
        if id != format!("{stem}-BP{:02}", question.count) {
            return Err(broken("its id is out of order"));
        }
        let constant = id.replace('-', "_");
        practices.push(Practice { id, constant, question: row, title, risk, slug });
    }
    Ok((questions, practices))
}

fn constants(practices: &[Practice]) -> String {
    let mut text = layout::header("A constant for every best practice.");
    text.push_str("use crate::BestPractice;\n");
    for (row, practice) in practices.iter().enumerate() {
        let Practice { constant, title, .. } = practice;
        let _ = write!(text, "\n/// {title}\npub const {constant}: BestPractice = BestPractice::at({row});\n");
    }
    text
}

fn tables(questions: &[Question], practices: &[Practice]) -> String {
    let mut text = layout::header("Questions and best practices in the framework's order.");
    text.push_str("use crate::{Pillar, Risk, practice, question};\n\n");
    let _ = writeln!(text, "pub(crate) static QUESTIONS: [question::Entry; {}] = [", questions.len());
    for question in questions {
        let Question { id, text: asked, pillar, slug, first, count } = question;
        let (id, asked, slug) = (layout::literal(id), layout::literal(asked), layout::literal(slug));
        let _ = write!(
            text,
            "    question::Entry {{\n        id: {id},\n        pillar: Pillar::{pillar:?},\n        \
             text: {asked},\n        slug: {slug},\n        first: {first},\n        count: {count},\n    }},\n"
        );
    }
    let _ = writeln!(text, "];\n\npub(crate) static PRACTICES: [practice::Entry; {}] = [", practices.len());
    for practice in practices {
        let Practice { id, question, title, risk, slug, .. } = practice;
        let (id, title, slug) = (layout::literal(id), layout::literal(title), layout::literal(slug));
        let _ = write!(
            text,
            "    practice::Entry {{\n        id: {id},\n        question: {question},\n        \
             risk: Risk::{risk:?},\n        title: {title},\n        slug: {slug},\n    }},\n"
        );
    }
    text.push_str("];\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "id,pillar,question_id,question,title,risk,slug\n";

    fn problem(rows: &str) -> String {
        match read(&format!("{HEADER}{rows}")) {
            Ok(_) => "none".to_owned(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn rows_become_questions_and_practices() {
        let rows = "SEC01-BP01,security,SEC 1,How?,\"First, and \"\"best\"\"\",High,a\n\
                    SEC01-BP02,security,SEC 1,How?,Second,Low,b\n";
        let (questions, practices) = read(&format!("{HEADER}{rows}")).unwrap();
        assert_eq!((questions.len(), practices.len()), (1, 2));
        assert_eq!((questions[0].first, questions[0].count), (0, 2));
        let text = tables(&questions, &practices);
        assert!(text.contains(r#"title: "First, and \"best\"","#), "{text}");
        let text = constants(&practices);
        assert!(text.contains("/// Second\npub const SEC01_BP02: BestPractice = BestPractice::at(1);"), "{text}");
    }

    #[test]
    fn rows_out_of_order_are_refused() {
        let first = "SEC01-BP01,security,SEC 1,How?,First,High,a\n";
        assert_eq!(problem(first), "none");
        for (rows, expected) in [
            ("SEC01-BP02,security,SEC 1,How?,First,High,a\n", "its id is out of order"),
            ("SEC02-BP01,security,SEC 2,How?,First,High,a\n", "its question is out of order"),
            ("SEC01-BP01,safety,SEC 1,How?,First,High,a\n", "no such pillar"),
            ("SEC01-BP01,security,SEC 1,How?,First,Huge,a\n", "no such risk"),
            ("SEC01-BP01,security\n", "not seven columns"),
        ] {
            assert!(problem(rows).ends_with(expected), "{rows}: {}", problem(rows));
        }
        let taken = format!("{first}SEC01-BP02,security,SEC 1,How?,Second,Low,a\n");
        assert!(problem(&taken).ends_with("its slug is taken"));
        assert!(read("id,title\n").is_err());
    }
}
