//! What goes in, and what it may not do.

use super::{Document, pdf};

const HEAD: &str = "#set document(title: \"T\")\n#set text(lang: \"en\", font: \"Inter\")\n= T\n";

fn set(body: &str, data: &str) -> Result<Vec<u8>, String> {
    let template = format!("{HEAD}{body}");
    let modules = [("theme.typ", "#let twice(x) = x + x")];
    let document = Document { template: &template, modules: &modules, data: data.to_owned(), creator: "test" };
    pdf(document).map_err(|error| error.to_string())
}

#[test]
fn a_template_and_its_data_make_a_pdf_and_the_same_ones_the_same() {
    let once = set("#import \"theme.typ\": twice\n#twice(json(\"data.json\").a)", r#"{"a":"x"}"#).unwrap();
    assert!(once.starts_with(b"%PDF-1.7"));
    assert_eq!(Ok(once), set("#import \"theme.typ\": twice\n#twice(json(\"data.json\").a)", r#"{"a":"x"}"#));
}

#[test]
fn strings_of_the_data_are_no_mark_up() {
    let data = r##"{"a":"#panic() $x^$ *b [ ] <l> @r \\ `"}"##;
    assert!(set("#json(\"data.json\").a", data).is_ok());
    assert!(set("#eval(json(\"data.json\").a, mode: \"markup\")", data).is_err(), "it would have been one");
}

#[test]
fn a_template_reaches_nothing_else() {
    for body in [
        "#read(\"/etc/hostname\")",
        "#read(\"../Cargo.toml\")",
        "#import \"@preview/cetz:0.3.0\"",
        "#datetime.today().display()",
        "#image(\"a.png\")",
    ] {
        assert!(set(body, "{}").is_err(), "{body}");
    }
}

#[test]
fn faults_have_a_place() {
    let fault = set("\n#json(\"data.json\").b", r#"{"a":1}"#).unwrap_err();
    assert!(fault.starts_with("the document cannot be set: template.typ:5: "), "{fault}");
}

#[test]
fn what_a_screen_reader_could_not_read_is_refused() {
    let svg = r#"#image(bytes("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"), format: "svg"ALT)"#;
    assert!(set(&svg.replace("ALT", ""), "{}").is_err());
    assert!(set(&svg.replace("ALT", ", alt: \"a picture\""), "{}").is_ok());
}

#[test]
fn no_letter_keeps_a_document_from_being_made() {
    // Marks without a letter to stand on, half of a script, letters that fonts claim and do not have.
    let letters: String = ('\u{300}'..'\u{700}').step_by(3).chain('\u{1f300}'..'\u{1f340}').collect();
    let data = format!("{{\"a\":\"{letters} \u{305} \u{e0d2} \u{a64e} \u{1f3f4}\u{fe0f}\"}}");
    for body in ["#json(\"data.json\").a", "#for x in json(\"data.json\").a { box(x) }"] {
        assert!(set(body, &data).is_ok(), "{body}");
    }
}
