//! Workbooks, read back.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::process::Command;

use assessment::{Assessment, Comparison};
use findings::Status;
use reports::Options;
use zip::ZipArchive;

use crate::{golden, paper};

/// What a format wrote, as text; of a workbook, its parts one after the other, of a PDF its pages.
pub(crate) fn text(id: &str, bytes: Vec<u8>) -> String {
    match id {
        "xlsx" => parts(&bytes).into_values().collect(),
        "pdf" | "pdf-executive" => paper::pages(&bytes).concat(),
        _ => String::from_utf8(bytes).unwrap(),
    }
}

fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for number in 0..archive.len() {
        let mut part = archive.by_index(number).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        parts.insert(part.name().unwrap().into_owned(), text);
    }
    parts
}

fn write(assessment: &Assessment) -> Vec<u8> {
    use Status::{Fail, NotApplicable, Pass, Unknown, Waived};
    let options = Options { show: [Fail, Unknown, Waived, Pass, NotApplicable].into(), ..Options::default() };
    let mut out = Vec::new();
    (reports::format("xlsx").unwrap().write)(assessment, &options, &mut out).unwrap();
    out
}

/// The text between a start and an end, each time.
fn between<'a>(text: &'a str, start: &'a str, end: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(start).skip(1).map(move |rest| rest.split(end).next().unwrap())
}

fn unescaped(xml: &str) -> String {
    quick_xml::escape::unescape(xml).unwrap().into_owned()
}

/// The cells of each sheet in rows, numbers as they stand.
fn sheets(parts: &BTreeMap<String, String>) -> Vec<(String, Vec<Vec<String>>)> {
    let strings: Vec<String> = between(&parts["xl/sharedStrings.xml"], "<si>", "</si>")
        .map(|string| unescaped(string.split_once('>').unwrap().1.strip_suffix("</t>").unwrap()))
        .collect();
    let names = between(&parts["xl/workbook.xml"], "<sheet name=\"", "\"");
    let cells = |row: &str| {
        let cells = between(row, "<c ", "</c>").filter_map(|cell| {
            let value = cell.split_once("<v>")?.1.strip_suffix("</v>")?;
            Some(if cell.contains("t=\"s\"") {
                strings[value.parse::<usize>().unwrap()].clone()
            } else {
                value.to_owned()
            })
        });
        cells.collect()
    };
    let rows = |number: usize| {
        let sheet = &parts[&format!("xl/worksheets/sheet{number}.xml")];
        between(sheet, "<row ", "</row>").map(cells).collect::<Vec<Vec<String>>>()
    };
    names.zip(1..).map(|(name, number)| (name.to_owned(), rows(number))).collect()
}

/// The sheets of workbooks as LibreOffice has them, in rows, by `workbook-Sheet`; nothing where it is not installed.
fn opened(workbooks: &[(&str, Vec<u8>)]) -> Option<BTreeMap<String, Vec<Vec<String>>>> {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    for (name, bytes) in workbooks {
        std::fs::write(path(&format!("{name}.xlsx")), bytes).unwrap();
    }
    let mut soffice = Command::new("soffice");
    soffice
        .arg(format!("-env:UserInstallation=file://{}", path("profile").display()))
        // Commas, quotes, UTF-8, as shown, every sheet.
        .args([
            "--headless",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1",
        ])
        .arg("--outdir")
        .arg(folder.path())
        .args(workbooks.iter().map(|(name, _)| path(&format!("{name}.xlsx"))));
    let output = match soffice.output() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            #[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
            {
                println!("skipped: LibreOffice is not installed (apt-get install libreoffice-calc-nogui)");
            }
            return None;
        }
        output => output.unwrap(),
    };
    assert!(output.status.success(), "{output:?}");
    let mut sheets = BTreeMap::new();
    for file in std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path()) {
        if file.extension().is_some_and(|extension| extension == "csv") {
            let mut table = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_path(&file).unwrap();
            let rows = table.records().map(|row| row.unwrap().iter().map(str::to_owned).collect());
            sheets.insert(file.file_stem().unwrap().to_str().unwrap().to_owned(), rows.collect());
        }
    }
    Some(sheets)
}

#[test]
fn libreoffice_opens_every_sheet_and_reads_what_was_written() {
    let mut compared = Vec::new();
    let (before, after) = (golden::hostile(), golden::assessment());
    let compare = reports::format("xlsx").unwrap().compare;
    compare(&Comparison::between(&before, &after), &Options::default(), &mut compared).unwrap();
    let workbooks = [
        ("golden", write(&golden::assessment())),
        ("hostile", write(&golden::hostile())),
        ("compared", compared),
        ("large", write(&golden::large(20_000))),
    ];
    let Some(opened) = opened(&workbooks) else { return };
    let full = |rows: &[Vec<String>]| -> Vec<Vec<String>> {
        let cells = |row: &Vec<String>| row.iter().filter(|cell| !cell.is_empty()).cloned().collect::<Vec<_>>();
        rows.iter().map(cells).filter(|row| !row.is_empty()).collect()
    };
    let mut tables = 0;
    for (name, bytes) in &workbooks {
        for (sheet, written) in sheets(&parts(bytes)) {
            let read = &opened[&format!("{name}-{sheet}")];
            // A table shows its cells as they are; the others show numbers as percentages and the like.
            if ["Summary", "Provenance"].contains(&sheet.as_str()) {
                assert_eq!(full(read).len(), full(&written).len(), "{name} {sheet}");
            } else {
                assert!(full(read) == full(&written), "{name} {sheet}");
                tables += 1;
            }
        }
    }
    assert_eq!((tables, opened["large-Findings"].len()), (20, 20_001));
}

/// What stands in the sheets of a workbook.
pub(crate) fn sheets_of(assessment: &Assessment) -> Vec<(String, Vec<Vec<String>>)> {
    sheets(&parts(&write(assessment)))
}

#[test]
fn every_sheet_says_what_it_should() {
    let parts = parts(&write(&golden::assessment()));
    let mut text = String::new();
    for (name, mut rows) in sheets(&parts) {
        // Practices are as many as the framework has; those that were assessed say enough.
        rows.retain(|row| name != "Practices" || !row.iter().any(|cell| cell == "not_assessed"));
        text.push_str(&format!("== {name}\n"));
        for row in rows.iter().filter(|row| !row.is_empty()) {
            text.push_str(&format!("{}\n", row.join(" | ")));
        }
    }
    insta::assert_snapshot!(text);
    for number in 2..=7 {
        let sheet = &parts[&format!("xl/worksheets/sheet{number}.xml")];
        assert!(sheet.contains("state=\"frozen\"") && sheet.contains("<tablePart "), "{number}");
    }
    assert!(parts["xl/tables/table1.xml"].contains("<autoFilter ref=\"A1:Z"));
    let chart = &parts["xl/charts/chart1.xml"];
    assert!(chart.contains("Security") && chart.contains("<c:f>Summary!$B$"), "{chart}");
    let (names, scores) = chart.split_once("<c:valAx>").unwrap();
    // The names stand there, the first on top; the scale is the same in every workbook.
    assert!(names.contains("maxMin") && !names.contains("<c:delete val=\"1\"/>"), "{chart}");
    assert!(scores.contains("<c:max val=\"100\"/><c:min val=\"0\"/>"), "{chart}");
    assert!(parts["xl/charts/chart2.xml"].contains("critical"));
    assert!(parts["docProps/core.xml"].contains("2026-11-01T00:00:00Z"));
}

#[test]
fn what_changed_is_a_table() {
    let (before, mut after) = (golden::assessment(), golden::assessment());
    after.findings.iter_mut().filter(|finding| finding.status() == Status::Fail).for_each(|finding| {
        finding.outcome = model::Outcome::Pass;
    });
    let mut out = Vec::new();
    let compare = reports::format("xlsx").unwrap().compare;
    compare(&Comparison::between(&before, &after), &Options::default(), &mut out).unwrap();
    let parts = parts(&out);
    let sheets = sheets(&parts);
    let [summary, changes, resources] = sheets.as_slice() else { unreachable!("{sheets:?}") };
    assert_eq!([&summary.0, &changes.0, &resources.0], ["Summary", "Changes", "Resources"]);
    let chart = &parts["xl/charts/chart1.xml"];
    assert!(chart.contains("Before") && chart.contains("After") && chart.contains("<c:f>Summary!$C$"), "{chart}");
    assert!(changes.1.len() > 5);
    assert!(changes.1.iter().skip(1).all(|row| row[0] == "Fixed" && row.contains(&"fail".to_owned())), "{changes:?}");
}

#[test]
fn the_same_assessment_makes_the_same_bytes() {
    let once = write(&golden::assessment());
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    assert!(once == write(&golden::assessment()));
}

#[test]
fn nothing_is_calculated_and_nothing_is_a_link() {
    let formulas = ["=1+1", "{=1}", "+1", "-2", "@SUM(A1)", "http://e.example/", "mailto:a@e.example", "internal:A!A1"];
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
        assessment.target.paths = vec![formula.to_owned()];
        assessment.target.parameters = vec![formula.to_owned()];
        let parts = parts(&write(&assessment));
        for (name, part) in &parts {
            assert!(!part.contains("<hyperlink") && !part.contains("TargetMode=\"External\""), "{name}");
            assert!(
                !name.starts_with("xl/worksheets/sheet") || !part.contains("<f>") && !part.contains("<f "),
                "{name}"
            );
        }
        // It stands there as it was written.
        let cells = sheets(&parts).into_iter().flat_map(|(_, rows)| rows).flatten();
        assert!(cells.filter(|cell| cell == formula).count() > 15, "{formula}");
    }
}

#[test]
fn a_cell_holds_names_of_any_length_and_kind() {
    let mut assessment = golden::assessment();
    let names = [format!("{}🚀", "\u{202e}]]>".repeat(5_000)), "x".repeat(40_000), "_x0041_ שלום 🚀".to_owned()];
    for (resource, name) in assessment.inventory.resources.iter_mut().zip(names.iter().cycle()) {
        resource.id.clone_from(name);
    }
    let sheets = sheets(&parts(&write(&assessment)));
    let longest = sheets.iter().flat_map(|(_, rows)| rows).flatten().map(|cell| cell.encode_utf16().count()).max();
    assert_eq!(longest, Some(32_767));
    let has = |wanted: &str| sheets.iter().flat_map(|(_, rows)| rows).flatten().any(|cell| cell.contains(wanted));
    assert!(has("\\u{202e}]]>") && has("_x005F_x0041_ שלום 🚀"));
}
