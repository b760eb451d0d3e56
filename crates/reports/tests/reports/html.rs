//! The page as a browser takes it: sound, on its own, and with nothing in it that others could run.

use assessment::{Assessment, Comparison};
use findings::Status;
use quick_xml::events::Event;
use reports::Options;
use sha2::{Digest, Sha256};

use crate::{comparisons, golden};

fn render(assessment: &Assessment) -> String {
    use Status::{Fail, NotApplicable, Pass, Unknown, Waived};
    let options = Options { show: [Fail, Unknown, Waived, Pass, NotApplicable].into(), ..Options::default() };
    let mut out = Vec::new();
    (reports::format("html").unwrap().write)(assessment, &options, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn compare(before: &Assessment, after: &Assessment) -> String {
    comparisons::render("html", &Comparison::between(before, after), &Options::default())
}

/// What stands between the first `start` and the `end` behind it.
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let text = &text[text.find(start).unwrap() + start.len()..];
    &text[..text.find(end).unwrap()]
}

/// The page without the contents of its style, its data and its script.
fn skeleton(page: &str) -> String {
    let mut page = page.to_owned();
    for (start, end) in [("<style>", "</style>"), ("application/json\">", "</script>"), ("<script>", "</script>")] {
        let content = between(&page, start, end).to_owned();
        page = page.replace(&format!("{start}{content}{end}"), &format!("{start}{end}"));
    }
    page
}

const VOID: [&str; 3] = ["meta", "input", "link"];

/// Every element closed in order; their names with their attributes.
fn elements(page: &str) -> Vec<(String, Vec<(String, String)>)> {
    let page = skeleton(page);
    let mut reader = quick_xml::Reader::from_str(&page);
    reader.config_mut().check_end_names = false;
    let (mut elements, mut open) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::Start(start) | Event::Empty(start) if VOID.contains(&start.name().as_ref()) => {}
            Event::Start(start) => {
                let name = start.name().as_ref().to_owned();
                let attributes = start.html_attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    (attribute.key.as_ref().to_owned(), attribute.value.to_string())
                });
                elements.push((name.clone(), attributes.collect()));
                open.push(name);
            }
            Event::End(end) => assert_eq!(Some(end.name().as_ref()), open.pop().as_deref()),
            _ => {}
        }
    }
    assert!(open.is_empty(), "{open:?}");
    elements
}

#[test]
fn html() {
    let page = render(&golden::assessment());
    let style = between(&page, "<style>", "</style>");
    let policy = between(&page, "http-equiv=\"Content-Security-Policy\" content=\"", "\"");
    let data: serde_json::Value = serde_json::from_str(between(&page, "application/json\">", "</script>")).unwrap();
    assert!(style.len() > 1000 && policy.len() > 100);
    // Practices are as many as the framework has; those that were assessed say enough.
    let page = skeleton(&page).replace(policy, "");
    let (before, rest) = page.split_once("<section id=\"practices\"").unwrap();
    let (practices, after) = rest.split_once("</section>").unwrap();
    let practices: Vec<String> = practices
        .split("<tr class=\"")
        .filter(|row| !row.starts_with("not_assessed"))
        .map(|row| row.to_owned())
        .collect();
    let page = format!("{before}<section id=\"practices\"{}</section>{after}", practices.join("<tr class=\""));
    let page = page.replace("><", ">\n<");
    insta::assert_snapshot!(format!("{page}\n{}", serde_json::to_string_pretty(&data).unwrap()));
}

#[test]
fn the_page_is_sound() {
    for assessment in [golden::assessment(), golden::hostile(), golden::large(50)] {
        assert_sound(&render(&assessment));
    }
}

#[test]
fn the_page_of_a_comparison_is_sound() {
    let all = [comparisons::before(), comparisons::after(), golden::hostile(), golden::large(50)];
    for before in &all {
        for after in &all {
            assert_sound(&compare(before, after));
        }
    }
}

fn assert_sound(page: &str) {
    let elements = elements(page);
    let values = |wanted: &str| -> Vec<&str> {
        let all = elements.iter().flat_map(|(_, attributes)| attributes);
        all.filter(|(name, _)| name == wanted).map(|(_, value)| value.as_str()).collect()
    };
    let ids = values("id");
    let distinct: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), distinct.len());
    for target in values("href") {
        let own = target.strip_prefix('#').is_some_and(|id| distinct.contains(id));
        assert!(own || target.starts_with("https://docs.aws.amazon.com/"), "{target}");
    }
    for name in values("for").into_iter().chain(values("aria-labelledby")) {
        assert!(distinct.contains(name) || name == "text", "{name}");
    }
    for (name, attributes) in &elements {
        let never = |(name, _): &(String, String)| name == "style" || name == "src" || name.starts_with("on");
        assert!(!attributes.iter().any(never), "{name} {attributes:?}");
        assert!(!["iframe", "object", "embed", "base", "img", "link"].contains(&name.as_str()), "{name}");
        assert!(name != "th" || attributes.iter().any(|(name, _)| name == "scope"));
    }
    let count = |wanted: &str| elements.iter().filter(|(name, _)| name == wanted).count();
    assert_eq!(count("table"), count("caption"));
    assert_eq!((count("h1"), count("main"), count("script"), count("style")), (1, 1, 2, 1));
}

#[test]
fn a_comparison_begins_with_its_scope_and_goes_on_by_kind() {
    let page = skeleton(&compare(&comparisons::before(), &comparisons::after()));
    let places = [
        "Not of the same scope (3)",
        "<dt>new</dt><dd>3</dd>",
        "What moved the score of Reliability",
        "<h2>New failures</h2>",
        "<span class=\"status new\">new</span> <b>Uploads</b>",
        "passed before",
        "<h2>No longer waived</h2>",
        "<h2>Fixed</h2>",
        "<h3>Appeared</h3>",
        "<th scope=\"row\">Archive</th>",
        "<h3>Gone</h3>",
        "<th scope=\"row\">Exports</th>",
    ];
    let mut rest = page.as_str();
    for place in places {
        rest = rest.split_once(place).unwrap_or_else(|| unreachable!("{place} in its place in {page}")).1;
    }
}

#[test]
fn a_browser_runs_only_what_the_policy_names() {
    let page = render(&golden::hostile());
    let policy = between(&page, "http-equiv=\"Content-Security-Policy\" content=\"", "\"").replace("&#39;", "'");
    assert!(policy.starts_with("default-src 'none'; "), "{policy}");
    for (directive, start, end) in
        [("style-src 'sha256-", "<style>", "</style>"), ("script-src 'sha256-", "<script>", "</script>")]
    {
        let content = between(&page, start, end);
        assert!(!content.contains("<!--") && !content.contains("://") && !content.contains("@import"));
        assert_eq!(decoded(between(&policy, directive, "'")), Sha256::digest(content.as_bytes()).to_vec());
    }
    assert!(!policy.contains("unsafe") && !policy.contains("http"));
}

fn decoded(base64: &str) -> Vec<u8> {
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits: String =
        base64.trim_end_matches('=').chars().map(|letter| format!("{:06b}", letters.find(letter).unwrap())).collect();
    (0..bits.len() / 8).map(|byte| u8::from_str_radix(&bits[byte * 8..byte * 8 + 8], 2).unwrap()).collect()
}

#[test]
fn names_come_out_literally() {
    let tag = "x".repeat(10_000);
    let names = [
        "</script><script>alert(1)</script><!--",
        "\"'><img src=x onerror=alert(1)>&lt;&#60;",
        "مرحبا 東京 🚀👩‍🚀",
        &tag,
    ];
    let mut assessment = golden::large(20);
    for (number, name) in names.iter().enumerate() {
        assessment.inventory.resources[number].id = (*name).to_owned();
        assessment.findings[number].evidence[0].observed = (*name).to_owned();
    }
    let page = render(&assessment);
    assert_eq!((page.matches("<script").count(), page.matches("</script").count()), (2, 2));
    assert!(!page.contains("<!--") && !page.contains("<img"));
    elements(&page);
    let data: serde_json::Value = serde_json::from_str(between(&page, "application/json\">", "</script>")).unwrap();
    let texts: Vec<&str> = data["texts"].as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect();
    for name in names {
        // What joins the two emoji to one is not seen itself.
        let name = name.replace('\u{200d}', "\\u{200d}");
        assert!(texts.contains(&name.as_str()), "{name}");
        let escaped = name.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
        assert!(page.contains(&format!("<b>{escaped}</b>")), "{escaped}");
    }
    assert!(page.contains("<li class=\"long\" tabindex=\"0\">"));
}

#[test]
fn tens_of_thousands_of_findings_are_data_and_not_elements() {
    let page = render(&golden::large(20_000));
    let data: serde_json::Value = serde_json::from_str(between(&page, "application/json\">", "</script>")).unwrap();
    let findings = |check: &serde_json::Value| check["findings"].as_array().unwrap().len();
    assert_eq!(data["checks"].as_array().unwrap().iter().map(findings).sum::<usize>(), 20_000);
    assert!(elements(&page).len() < 10_000);
    assert!(page.len() < 2_000_000, "{}", page.len());
    assert!(page.contains("more, which a browser that runs scripts lists"));
    assert!(page.contains("Failures by service and region"));
}
