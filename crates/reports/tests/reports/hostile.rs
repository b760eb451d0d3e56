//! Names that mean something to a terminal, a browser or a parser, through every format.

use crate::golden;
use assessment::Assessment;
use findings::Status;
use reports::Options;

fn render(id: &str, assessment: &Assessment, color: bool) -> String {
    use Status::{Fail, NotApplicable, Pass, Unknown, Waived};
    let show = [Fail, Unknown, Waived, Pass, NotApplicable].into();
    let options = Options { show, verbose: 1, color, ..Options::default() };
    let mut out = Vec::new();
    (reports::format(id).unwrap().write)(assessment, &options, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn no_format_lets_a_control_or_hidden_character_through() {
    for format in reports::formats() {
        let text = render(format.id, &golden::hostile(), false);
        let acting = |c: &char| (c.is_control() && *c != '\n') || "\u{202e}\u{200b}\u{fffe}".contains(*c);
        // JSON escapes what is below the blank, and hands on the rest for programs to judge.
        let harmful = text.chars().filter(acting).filter(|_| format.id != "json").count();
        assert_eq!(harmful, 0, "{}\n{text}", format.id);
    }
}

#[test]
fn colour_comes_from_the_report_alone() {
    let text = render("text", &golden::hostile(), true);
    assert!(!text.contains("a\u{1b}[31m\u{7}") && !text.contains('\u{7}'), "{text}");
    assert!(text.contains("a\\u{1b}[31m"));
}

#[test]
fn markdown_holds_no_markup_of_others() {
    let text = render("markdown", &golden::hostile(), false);
    for line in text.lines() {
        let prose: String = outside_code(line);
        assert!(!prose.contains("<script"), "{line}");
        assert!(!prose.contains("](http://e.example"), "{line}");
        assert!(!prose.contains("@all"), "{line}");
    }
    let rows = text.lines().filter(|line| line.starts_with("| ")).collect::<Vec<_>>();
    for row in rows {
        let cells = row.replace("\\|", "").matches('|').count();
        assert!(cells == 9 || cells == 6, "{row}");
    }
}

/// A line without its code spans.
pub(crate) fn outside_code(line: &str) -> String {
    let mut prose = String::new();
    let mut rest = line;
    while let Some(start) = rest.find('`') {
        prose.push_str(&rest[..start]);
        let fence = rest[start..].len() - rest[start..].trim_start_matches('`').len();
        let body = &rest[start + fence..];
        // The end is as many ticks, no more and no fewer.
        let mut end = None;
        let mut position = 0;
        while let Some(next) = body[position..].find('`') {
            let run = body[position + next..].len() - body[position + next..].trim_start_matches('`').len();
            if run == fence {
                end = Some(position + next + run);
                break;
            }
            position += next + run;
        }
        match end {
            Some(end) => rest = &body[end..],
            None => rest = body,
        }
    }
    prose + rest
}

#[test]
fn junit_is_well_formed() {
    for assessment in [golden::assessment(), golden::hostile()] {
        let text = render("junit", &assessment, false);
        let mut reader = quick_xml::Reader::from_str(&text);
        reader.config_mut().check_end_names = true;
        let (mut cases, mut declared) = (0, 0);
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Start(start) | quick_xml::events::Event::Empty(start) => {
                    let attributes: Vec<_> = start.attributes().map(Result::unwrap).collect();
                    if start.name().as_ref() == "testcase" {
                        cases += 1;
                    }
                    if start.name().as_ref() == "testsuites" {
                        let tests = attributes.iter().find(|attribute| attribute.key.as_ref() == "tests").unwrap();
                        declared = tests.value.parse().unwrap();
                    }
                }
                _ => {}
            }
        }
        assert_eq!(cases, declared);
    }
}
