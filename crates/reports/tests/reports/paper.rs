//! Reports for print, read back.

use assessment::Assessment;
use findings::{Effort, Need, Status, WaiverProblem};
use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, interpret_page,
};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, Name, Object, Stream};
use kurbo::{Affine, BezPath, Rect};
use reports::Options;

use crate::golden;

/// The text of each page, in the order in which it was drawn.
pub(crate) fn pages(bytes: &[u8]) -> Vec<String> {
    let pdf = Pdf::new(bytes.to_vec()).unwrap();
    let cache = InterpreterCache::new();
    let page = |page| {
        let mut reader = Reader::default();
        let bounds = Rect::new(0.0, 0.0, 1000.0, 1000.0);
        let mut context = Context::new(Affine::IDENTITY, bounds, &cache, pdf.xref(), InterpreterSettings::default());
        interpret_page(page, &mut context, &mut reader);
        reader.text
    };
    pdf.pages().iter().map(page).collect()
}

/// Keeps what is written and drops what is drawn.
#[derive(Default)]
struct Reader {
    text: String,
    line: f64,
}

impl<'a> Device<'a> for Reader {
    fn draw_glyph(&mut self, glyph: &Glyph<'a>, transform: Affine, within: Affine, _: &Paint<'a>, _: &GlyphDrawMode) {
        let line = (transform * within).translation().y;
        if (line - self.line).abs() > 3.0 {
            self.text.push('\n');
        }
        self.line = line;
        match glyph.as_unicode() {
            Some(BfString::Char(character)) => self.text.push(character),
            Some(BfString::String(string)) => self.text.push_str(&string),
            None => self.text.push('\u{fffd}'),
        }
    }
    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

fn write(id: &str, assessment: &Assessment, options: &Options) -> Vec<u8> {
    let mut out = Vec::new();
    (reports::format(id).unwrap().write)(assessment, options, &mut out).unwrap();
    out
}

fn everything() -> Options {
    use Status::{Fail, NotApplicable, Pass, Unknown, Waived};
    Options { show: [Fail, Unknown, Waived, Pass, NotApplicable].into(), ..Options::default() }
}

/// Words as they are read: lines joined, blanks dropped, because where a line ends is up to the page.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn text(id: &str, assessment: &Assessment) -> String {
    squeezed(&pages(&write(id, assessment, &everything())).concat())
}

/// The dictionary that everything else hangs on.
fn catalog(pdf: &Pdf) -> Dict<'_> {
    pdf.xref().get(pdf.xref().root_id()).unwrap()
}

/// How many elements of a kind the structure has.
fn elements(pdf: &Pdf, kind: &str) -> usize {
    let is_kind = |object: &Object<'_>| match object {
        Object::Dict(dict) => {
            dict.contains_key("P") && dict.get::<Name<'_>>("S").is_some_and(|name| name.as_ref() == kind.as_bytes())
        }
        _ => false,
    };
    pdf.objects().into_iter().filter(is_kind).count()
}

#[test]
fn the_file_is_what_a_reader_and_a_screen_reader_need() {
    let assessment = golden::assessment();
    for (id, figures) in [("pdf", 6 + 6), ("pdf-executive", 6)] {
        let pdf = Pdf::new(write(id, &assessment, &everything())).unwrap();
        let root = catalog(&pdf);
        for key in ["StructTreeRoot", "MarkInfo", "Lang", "Outlines", "Metadata"] {
            assert!(root.contains_key(key), "{id} lacks {key}");
        }
        let metadata = root.get::<Stream<'_>>("Metadata").unwrap().decoded().unwrap();
        let metadata = String::from_utf8_lossy(&metadata).into_owned();
        assert!(metadata.contains("pdfuaid:part"), "{metadata}");
        assert!(metadata.contains("Well-architected assessment of "), "{metadata}");
        assert!(elements(&pdf, "H1") >= 1 && elements(&pdf, "Table") >= 2 && elements(&pdf, "TH") >= 4, "{id}");
        assert!(elements(&pdf, "Figure") >= figures, "{id}: {}", elements(&pdf, "Figure"));
    }
}

#[test]
fn the_full_report_tells_everything() {
    let assessment = golden::assessment();
    let text = text("pdf", &assessment);
    let has = |words: &str| assert!(text.contains(&squeezed(words)), "{words}\n{text}");
    for check in &assessment.checks {
        has(&check.claim);
        has(&check.id);
    }
    for finding in &assessment.findings {
        has(&assessment.inventory.resource(finding.resource).id);
        for evidence in finding.evidence.iter().filter(|_| finding.is_new()) {
            has(&evidence.observed);
            has(&evidence.expected);
        }
    }
    for gap in &assessment.inventory.gaps {
        has(&gap.reason);
    }
    for result in &assessment.pillars {
        has(result.pillar.name());
    }
    for words in ["Coverage and gaps", "What to do first", "Roadmap", "Day 0 to 30", "Method", "No model wrote"] {
        has(words);
    }
}

/// As much of everything as one could have, and names as long as one could make them.
fn endless() -> Assessment {
    let mut assessment = golden::large(200);
    let long = |number: usize| format!("{number}/{}", "very-long-name/".repeat(200));
    assessment.version = "1.0".repeat(500);
    assessment.target.paths = (0..50).map(long).collect();
    assessment.target.parameters = (0..50).map(long).collect();
    assessment.inventory.gaps = (0..300)
        .map(|number| model::Gap {
            action: Some(format!("service:Action{number}")),
            ..model::Gap::in_file(long(number), Some(1), "because of this ".repeat(200))
        })
        .collect();
    assessment.waiver_problems =
        (0..150).map(|number| WaiverProblem { place: long(number), message: "over ".repeat(200) }).collect();
    for check in &mut assessment.checks {
        check.claim = "a claim as long as none ".repeat(6);
        check.effort = Effort::Large;
        check.needs = vec![Need::Downtime, Need::Money, Need::Testing];
    }
    assessment
}

#[test]
fn the_executive_report_is_short_and_says_what_was_not_seen_first() {
    let mut past = reports::Past::of(&golden::hostile(), &golden::assessment());
    past.today = jiff::civil::date(2026, 1, 31);
    let options = Options { past: vec![past; 30], ..everything() };
    for assessment in [golden::assessment(), golden::hostile(), endless()] {
        let pages = pages(&write("pdf-executive", &assessment, &options));
        assert!((1..=4).contains(&pages.len()), "{}", pages.len());
        let first = &pages[0];
        let place = |words: &str| first.find(words).unwrap_or_else(|| panic!("{words}: {first}"));
        assert!(place("Coverage and gaps") < place("failed"));
    }
}

#[test]
fn the_head_of_every_page_is_one_line() {
    for page in pages(&write("pdf", &endless(), &everything())).iter().skip(1) {
        let head = page.trim_start().lines().next().unwrap();
        assert!(head.ends_with("…Well-architected assessment") && head.chars().count() < 100, "{page}");
    }
}

#[test]
fn the_roadmap_has_every_failing_check_once_whatever_is_listed() {
    let assessment = golden::assessment();
    let options = Options { show: [Status::Pass].into(), ..Options::default() };
    let text = squeezed(&pages(&write("pdf", &assessment, &options)).concat());
    let (_, roadmap) = text.rsplit_once("Computedfromseverity").unwrap();
    let (roadmap, _) = roadmap.split_once("Scoresalongtheway").unwrap();
    for (check, failing) in assessment.checks.iter().zip(assessment.failing()) {
        assert_eq!(roadmap.matches(&squeezed(&check.claim)).count(), usize::from(failing > 0), "{}", check.claim);
    }
}

#[test]
fn the_same_assessment_makes_the_same_bytes() {
    let assessment = golden::assessment();
    let once = write("pdf-executive", &assessment, &everything());
    assert_eq!(once, write("pdf-executive", &assessment, &everything()));
}

#[test]
fn a_past_makes_a_trend() {
    let assessment = golden::assessment();
    let mut past = reports::Past::of(&assessment, &assessment);
    past.today = jiff::civil::date(2026, 1, 31);
    let options = Options { past: vec![past], ..everything() };
    let drawn = squeezed(&pages(&write("pdf-executive", &assessment, &options)).concat());
    assert_eq!(drawn.matches("2026-01-31").count(), 6, "{drawn}");
    assert!(!text("pdf-executive", &assessment).contains("2026-01-31"));
}
