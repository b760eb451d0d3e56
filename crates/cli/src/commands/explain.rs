//! `pilaster explain`

use std::process::ExitCode;

use anstyle::Style;
use findings::{Check, Doc, Level, Need};
use framework::{BestPractice, Pillar, Question, Topic};

use super::shell::print;
use crate::arguments::{ColorChoice, ExplainOptions};
use crate::error::Error;
use crate::terminal;

pub(crate) fn run(options: &ExplainOptions) -> Result<ExitCode, Error> {
    let id = options.id.join(" ");
    let mut page = Page::new();
    match (checks::find(&id), framework::lookup(&id)) {
        (Some(check), _) => page.check(check),
        (None, Some(Topic::BestPractice(practice))) => page.practice(practice),
        (None, Some(Topic::Question(question))) => page.question(question),
        (None, Some(Topic::Pillar(pillar))) => page.pillar(pillar),
        (None, None) => {
            let mut nearest: Vec<String> = pipeline::nearest_check(&id).into_iter().collect();
            nearest.extend(framework::suggest(&id).into_iter().take(2).map(|topic| topic.id().to_owned()));
            return Err(Error::UnknownTopic { id, nearest });
        }
    }
    print(page.text.as_bytes())
}

/// The checks that give evidence for a practice.
fn evidence(practice: BestPractice) -> Vec<&'static Check> {
    checks::all().filter(|check| check.practices.contains(&practice)).collect()
}

/// Text for a terminal, wrapped to its width.
struct Page {
    text: String,
    width: usize,
    bold: Style,
}

impl Page {
    fn new() -> Self {
        let bold = if terminal::color(ColorChoice::Auto) { Style::new().bold() } else { Style::new() };
        Self { text: String::new(), width: terminal::width().min(100), bold }
    }

    fn heading(&mut self, text: &str) {
        let bold = self.bold;
        self.text.push_str(&format!("{bold}{text}{bold:#}\n"));
    }

    fn section(&mut self, text: &str) {
        self.text.push('\n');
        self.heading(text);
    }

    fn field(&mut self, name: &str, value: &str) {
        self.hanging(&format!("  {name:<14}"), value);
    }

    fn hanging(&mut self, start: &str, value: &str) {
        let indent = " ".repeat(start.chars().count());
        let options = textwrap::Options::new(self.width).initial_indent(start).subsequent_indent(&indent);
        self.text.push_str(&textwrap::fill(value, options));
        self.text.push('\n');
    }

    fn paragraphs(&mut self, markdown: &str) {
        for paragraph in markdown.split("\n\n") {
            let joined = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
            let options = textwrap::Options::new(self.width).initial_indent("  ").subsequent_indent("  ");
            self.text.push_str(&textwrap::fill(&joined, options));
            self.text.push('\n');
        }
    }

    fn check(&mut self, check: &Check) {
        let Doc { claim, why, fix, examples } = check.doc();
        self.heading(claim);
        self.field("check", check.id);
        self.field("severity", &check.severity().to_string());
        self.field("judges", &check.kinds.join(", "));
        self.field("decided by", &sources(check));
        let controls: Vec<&str> = check.fsbp.iter().chain(check.cis).copied().collect();
        if !controls.is_empty() {
            self.field("also known as", &controls.join(", "));
        }
        for (name, limit) in check.thresholds {
            let value = match limit {
                findings::Limit::Number(number) => number.to_string(),
                findings::Limit::Words(words) => words.join(", "),
            };
            self.field("threshold", &format!("{name} = {value}"));
        }
        self.section("Best practices");
        for practice in check.practices {
            self.hanging(&format!("  {}  ", practice.id()), practice.title());
        }
        self.section("Why");
        self.paragraphs(why);
        self.section("Fix");
        self.paragraphs(&fix);
        self.field("effort", &effort(check));
        for (title, expected) in [("Fails", "fail"), ("Passes", "pass")] {
            let shown = examples.iter().find(|example| example.expected == expected);
            if let Some(example) = shown {
                self.section(title);
                for line in example.text.lines() {
                    self.text.push_str(&format!("    {line}\n"));
                }
            }
        }
    }

    fn practice(&mut self, practice: BestPractice) {
        self.heading(&format!("{}  {}", practice.id(), practice.title()));
        self.field("pillar", practice.pillar().name());
        let question = practice.question();
        self.field("question", &format!("{}: {}", question.id(), question.text()));
        self.field("risk", &format!("{} if it is not followed", practice.risk()));
        self.field("guidance", &practice.url());
        self.section("Checks that give evidence for it");
        let found = evidence(practice);
        if found.is_empty() {
            self.paragraphs("None: it is about how people work, or about what no check can see yet.");
        }
        for check in found {
            self.hanging(
                &format!("  {:<9}", check.severity().to_string()),
                &format!("{}  {}", check.id, check.doc().claim),
            );
        }
    }

    fn question(&mut self, question: Question) {
        self.heading(&format!("{}  {}", question.id(), question.text()));
        self.field("pillar", question.pillar().name());
        self.field("guidance", &question.url());
        self.section("Best practices");
        for practice in question.practices() {
            let checks = evidence(practice).len();
            let count = match checks {
                0 => "no checks".to_owned(),
                1 => "1 check".to_owned(),
                _ => format!("{checks} checks"),
            };
            let risk = practice.risk().to_string();
            self.hanging(&format!("  {}  {risk:<7}", practice.id()), &format!("{} ({count})", practice.title()));
        }
    }

    fn pillar(&mut self, pillar: Pillar) {
        self.heading(pillar.name());
        self.paragraphs(pillar.about());
        self.field("guidance", pillar.url());
        self.section("Questions");
        for question in pillar.questions() {
            self.hanging(&format!("  {:<8}", question.id()), question.text());
        }
        let bearing = checks::all().filter(|c| c.practices.iter().any(|p| p.pillar() == pillar)).count();
        let covered = pillar.practices().filter(|practice| !evidence(*practice).is_empty()).count();
        self.section("Checks");
        let total = pillar.practices().count();
        self.paragraphs(&format!(
            "{bearing} checks bear on it and give evidence for {covered} of its {total} best practices: \
             `pilaster checks --pillar {}` lists them.",
            pillar.id()
        ));
    }
}

/// Which sources decide a check: `live, plan; partly cloudformation`.
fn sources(check: &Check) -> String {
    let levels = check.decided_by.by_source();
    let with = |wanted: Level| {
        let names: Vec<&str> = levels.iter().filter(|(_, level)| *level == wanted).map(|(name, _)| *name).collect();
        names.join(", ")
    };
    let (fully, partly) = (with(Level::Fully), with(Level::Partly));
    match (fully.is_empty(), partly.is_empty()) {
        (false, true) => fully,
        (false, false) => format!("{fully}; partly {partly}"),
        (true, _) => format!("partly {partly}"),
    }
}

/// What the fix takes: `small; may need testing`.
fn effort(check: &Check) -> String {
    let needs: Vec<&str> = check
        .needs
        .iter()
        .map(|need| match need {
            Need::Downtime => "downtime or a replacement",
            Need::Money => "money",
            Need::Testing => "testing",
        })
        .collect();
    match needs.is_empty() {
        true => check.effort.id().to_owned(),
        false => format!("{}; may take {}", check.effort.id(), needs.join(", ")),
    }
}
