//! Names that mean something to a terminal, a browser or a parser, through every format.

use crate::{golden, workbook};
use assessment::Assessment;
use findings::Status;
use reports::Options;

fn render(id: &str, assessment: &Assessment, color: bool) -> String {
    use Status::{Fail, NotApplicable, Pass, Unknown, Waived};
    let show = [Fail, Unknown, Waived, Pass, NotApplicable].into();
    let options = Options { show, verbose: 1, color, ..Options::default() };
    let mut out = Vec::new();
    (reports::format(id).unwrap().write)(assessment, &options, &mut out).unwrap();
    workbook::text(id, out)
}

#[test]
fn no_format_lets_a_control_or_hidden_character_through() {
    for format in reports::formats() {
        let mut text = render(format.id, &golden::hostile(), false);
        // The format asks for these, and a spreadsheet for that.
        if format.id == "csv" {
            text = text.replace("\r\n", "\n").trim_start_matches('\u{feff}').to_owned();
        }
        let acting = |c: &char| (c.is_control() && *c != '\n') || "\u{202e}\u{200b}\u{feff}\u{fffe}".contains(*c);
        assert_eq!(text.chars().filter(acting).count(), 0, "{}\n{text}", format.id);
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

#[test]
fn annotations_hold_no_command_of_others() {
    let text = render("github", &golden::hostile(), false);
    for line in text.lines() {
        let (head, _) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
        let (kind, properties) = head.split_once(' ').unwrap();
        assert!(["error", "warning", "notice"].contains(&kind), "{line}");
        for property in properties.split(',') {
            assert!(["file", "line", "title"].contains(&property.split_once('=').unwrap().0), "{line}");
        }
    }
    assert!(text.contains("%25s") && !text.contains("%s"), "{text}");
}

#[test]
fn csv_calculates_nothing_and_keeps_its_columns() {
    let formulas =
        ["=1+1", "+1", "-2", "@SUM(A1)", " =1", "\t=1", "\r=1", "\n=1", "＝1", "=cmd|' /C calc'!A0", "\"=1\",\"b"];
    for formula in formulas {
        let mut assessment = golden::assessment();
        for resource in &mut assessment.inventory.resources {
            formula.clone_into(&mut resource.id);
        }
        for evidence in assessment.findings.iter_mut().flat_map(|finding| &mut finding.evidence) {
            formula.clone_into(&mut evidence.observed);
        }
        assessment.waivers[0].reason = formula.to_owned();
        assessment.inventory.gaps[0].reason = formula.to_owned();
        let text = render("csv", &assessment, false);
        let text = text.strip_prefix('\u{feff}').unwrap();
        let mut table = csv::ReaderBuilder::new().terminator(csv::Terminator::CRLF).from_reader(text.as_bytes());
        let columns = table.headers().unwrap().len();
        let mut rows = 0;
        for row in table.records() {
            let row = row.unwrap();
            assert_eq!(row.len(), columns);
            for cell in &row {
                assert!(!cell.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝']), "{cell}");
            }
            rows += 1;
        }
        assert!(rows > 15, "{rows}");
    }
}

#[test]
fn lines_hand_on_the_very_text() {
    for (format, place) in [("json-lines", "/resource/id"), ("ocsf", "/resources/0/data/id")] {
        for line in render(format, &golden::hostile(), false).lines() {
            let finding: serde_json::Value = serde_json::from_str(line).unwrap();
            assert_eq!(finding.pointer(place).unwrap(), golden::HOSTILE, "{format}");
        }
    }
}

#[test]
fn tags_of_any_length_fit() {
    let mut assessment = golden::assessment();
    let long = format!("{}🚀{}", "\u{202e}".repeat(5_000), "@|`".repeat(5_000));
    for resource in &mut assessment.inventory.resources {
        resource.id.clone_from(&long);
    }
    for evidence in assessment.findings.iter_mut().flat_map(|finding| &mut finding.evidence) {
        evidence.observed.clone_from(&long);
    }
    for gap in &mut assessment.inventory.gaps {
        gap.reason.clone_from(&long);
    }
    assessment.waivers[0].reason.clone_from(&long);
    assessment.target.paths = vec![long.clone(); 20];
    let text = render("markdown", &assessment, false);
    assert!(text.len() < 65_536, "{}", text.len());
    assert_eq!(text.matches("<details>").count(), text.matches("</details>").count());
    assert!(text.contains("<b>critical</b>"));
    let text = render("github", &assessment, false);
    assert!(text.lines().all(|line| line.len() < 20_000));
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

/// Elements, their attributes and what may stand in them, as far as we write them, by the schema that Jenkins reads
/// results with: `junit-10.xsd` of its plugin xunit. Attributes are texts; those with a star are required.
const JUNIT: [(&str, &[&str], &[&str]); 5] = [
    ("testsuites", &["name", "time", "tests", "failures", "disabled", "errors"], &["testsuite"]),
    (
        "testsuite",
        &["name", "tests*", "failures", "errors", "time", "skipped", "timestamp", "hostname", "id", "package", "file"],
        &["testcase"],
    ),
    (
        "testcase",
        &["name*", "time", "classname", "status", "file", "line", "group", "url"],
        &["skipped", "error", "failure"],
    ),
    ("failure", &["type", "message"], &["text"]),
    ("skipped", &["type", "message"], &["text"]),
];

/// An element that is not closed yet: its name, and how many cases and failures it says it has and has.
struct Open {
    name: String,
    said: [usize; 2],
    has: [usize; 2],
}

fn assert_junit(text: &str) {
    use quick_xml::events::{BytesStart, Event};
    let of = |name: &str| JUNIT.iter().find(|(element, ..)| *element == name).unwrap();
    let number = |start: &BytesStart<'_>, key: &str| {
        let found = start.attributes().map(Result::unwrap).find(|attribute| attribute.key.as_ref() == key);
        found.map(|attribute| attribute.value.parse::<usize>().unwrap()).unwrap_or_default()
    };
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut open: Vec<Open> = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::Start(start) => {
                let name = start.name().as_ref().to_owned();
                match open.last() {
                    Some(parent) => assert!(of(&parent.name).2.contains(&name.as_str()), "{name} in {}", parent.name),
                    None => assert_eq!(name, "testsuites"),
                }
                let (_, allowed, _) = of(&name);
                let given: Vec<String> = start.attributes().map(|a| a.unwrap().key.as_ref().to_owned()).collect();
                for key in &given {
                    assert!(allowed.iter().any(|name| name.trim_end_matches('*') == key), "{key} of {name}");
                }
                for required in allowed.iter().filter_map(|name| name.strip_suffix('*')) {
                    assert!(given.iter().any(|key| key == required), "{name} without {required}");
                }
                let counts = [usize::from(name == "testcase"), usize::from(name == "failure")];
                for parent in &mut open {
                    parent.has = [parent.has[0] + counts[0], parent.has[1] + counts[1]];
                }
                open.push(Open { said: [number(&start, "tests"), number(&start, "failures")], name, has: [0, 0] });
            }
            Event::End(_) => {
                let closed = open.pop().unwrap();
                if closed.name.starts_with("testsuite") {
                    assert_eq!(closed.said, closed.has, "tests and failures of a {}", closed.name);
                }
            }
            Event::Text(text) if !text.trim().is_empty() => {
                let parent = open.last().unwrap();
                assert!(of(&parent.name).2.contains(&"text"), "text in {}", parent.name);
            }
            _ => {}
        }
    }
    assert!(open.is_empty());
}

#[test]
fn junit_is_as_jenkins_takes_it() {
    for assessment in [golden::assessment(), golden::hostile()] {
        assert_junit(&render("junit", &assessment, false));
    }
    let (before, after) = (golden::hostile(), golden::assessment());
    let changes = assessment::Comparison::between(&before, &after);
    assert_junit(&crate::comparisons::render("junit", &changes, &Options::default()));
}
