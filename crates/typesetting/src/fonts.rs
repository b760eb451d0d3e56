//! The fonts of a document: two families that every program carries, and what the machine has for letters that
//! these lack.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt::Write;

use fontdb::{Database, FaceInfo, Style, Weight};
use ttf_parser::Face;
use typst::foundations::Bytes;
use typst::text::{Coverage, Font, FontBook, FontInfo};

const EMBEDDED: [&[u8]; 3] = [
    include_bytes!("../fonts/Inter-Regular.ttf"),
    include_bytes!("../fonts/Inter-SemiBold.ttf"),
    include_bytes!("../fonts/JetBrainsMono-Regular.ttf"),
];

/// Which characters of the data are printed as they are. All others are written by their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Letters {
    /// Those that some font has.
    Any,
    /// Those that the embedded families have.
    Embedded,
    /// Those of ASCII.
    Ascii,
}

impl Letters {
    /// What to try, one after the other. Whether letters can be set is only known once they are: some go together
    /// with none, and fonts claim what they do not have.
    pub(crate) const ALL: [Letters; 3] = [Letters::Any, Letters::Embedded, Letters::Ascii];
}

/// Fonts, and what they are known to have.
pub(crate) struct Fonts {
    pub(crate) all: Vec<Font>,
    pub(crate) book: FontBook,
}

impl Fonts {
    /// The fonts that a text needs, and the text, in which characters that are not printed are written as
    /// `\u{1f512}`: nobody can read an empty box.
    pub(crate) fn for_text(json: &str, letters: Letters) -> (Self, String) {
        let mut fonts = Self { all: Vec::new(), book: FontBook::new() };
        let mut missing = BTreeSet::new();
        let mut others: BTreeSet<char> = json.chars().filter(|c| !c.is_ascii()).collect();
        if letters == Letters::Ascii {
            missing.append(&mut others);
        }
        for data in EMBEDDED {
            if let Some(font) = Font::new(Bytes::new(data), 0) {
                let own = having(data, 0, &others);
                others.retain(|c| !own.contains(c));
                let info = font.info().clone();
                fonts.push(font, info);
            }
        }
        others.retain(|c| !selects(*c));
        if letters == Letters::Any && !others.is_empty() {
            fonts.add_those_of_the_machine(&mut others);
        }
        missing.append(&mut others);
        (fonts, visible(json, &missing))
    }

    fn push(&mut self, font: Font, info: FontInfo) {
        self.all.push(font);
        self.book.push(info);
    }

    /// Adds fonts that have some of the characters, which are taken out.
    fn add_those_of_the_machine(&mut self, missing: &mut BTreeSet<char>) {
        let mut database = Database::new();
        database.load_system_fonts();
        let mut faces: Vec<&FaceInfo> = database.faces().filter(|face| face.style == Style::Normal).collect();
        // The order in which folders are read must not matter.
        faces.sort_by_cached_key(|face| {
            let family = face.families.first().map(|(name, _)| name.clone()).unwrap_or_default();
            let plain = face.weight == Weight::NORMAL;
            (
                Reverse(plain),
                Reverse(family.starts_with("Noto Sans")),
                family,
                face.post_script_name.clone(),
                face.index,
            )
        });
        for face in faces {
            if missing.is_empty() {
                break;
            }
            let found = database.with_face_data(face.id, |data, index| {
                let own = having(data, index, missing);
                let font = (!own.is_empty()).then(|| Font::new(Bytes::new(data.to_vec()), index))??;
                Some((font, own))
            });
            if let Some((font, own)) = found.flatten() {
                missing.retain(|c| !own.contains(c));
                // What a font says of itself may be more than it has, and each character needs one font.
                let info = FontInfo {
                    coverage: Coverage::from_vec(own.into_iter().map(u32::from).collect()),
                    ..font.info().clone()
                };
                self.push(font, info);
            }
        }
    }
}

/// Those of the characters that a font has a picture of.
fn having(font: &[u8], index: u32, characters: &BTreeSet<char>) -> BTreeSet<char> {
    let Ok(face) = Face::parse(font, index) else { return BTreeSet::new() };
    let has = |c: &char| face.glyph_index(*c).is_some_and(|glyph| glyph.0 != 0);
    characters.iter().copied().filter(has).collect()
}

/// Whether a character only says how the one before it looks.
fn selects(character: char) -> bool {
    matches!(character, '\u{fe00}'..='\u{fe0f}')
}

/// JSON whose strings show some characters by their numbers.
fn visible(json: &str, hidden: &BTreeSet<char>) -> String {
    let mut result = String::with_capacity(json.len() + 64);
    for character in json.chars() {
        if hidden.contains(&character) {
            // Writing to a string does not fail.
            let _ = write!(result, "\\\\u{{{:x}}}", u32::from(character));
        } else {
            result.push(character);
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(json: &str, letters: Letters) -> String {
        Fonts::for_text(json, letters).1
    }

    #[test]
    fn the_families_are_those_that_templates_name() {
        let (fonts, _) = Fonts::for_text("", Letters::Any);
        let families: BTreeSet<&str> = fonts.all.iter().map(|font| font.info().family.as_str()).collect();
        assert_eq!(families, BTreeSet::from(["Inter", "JetBrains Mono"]));
    }

    #[test]
    fn what_the_families_have_needs_no_other_font() {
        let json = "{\"a\":\"Grüße Привет Ελληνικά → – … ₿ ✓\"}";
        let (fonts, same) = Fonts::for_text(json, Letters::Any);
        assert_eq!((fonts.all.len(), same.as_str()), (EMBEDDED.len(), json));
        assert_eq!(text(json, Letters::Embedded), json);
    }

    #[test]
    fn what_no_font_has_is_written_by_its_number() {
        // The last private character: nobody's letter.
        let json = "{\"a\":\"x\u{10fffd}\u{fe0f}é\"}";
        assert_eq!(text(json, Letters::Any), "{\"a\":\"x\\\\u{10fffd}\u{fe0f}é\"}");
        assert_eq!(text(json, Letters::Ascii), "{\"a\":\"x\\\\u{10fffd}\\\\u{fe0f}\\\\u{e9}\"}");
    }
}
