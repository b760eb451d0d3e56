//! The fonts of a document: two families that every program carries, and what the machine has for letters that
//! these lack.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt::Write;

use fontdb::{Database, FaceInfo, Style, Weight};
use typst::foundations::Bytes;
use typst::text::{Font, FontInfo};

const EMBEDDED: [&[u8]; 3] = [
    include_bytes!("../fonts/Inter-Regular.ttf"),
    include_bytes!("../fonts/Inter-SemiBold.ttf"),
    include_bytes!("../fonts/JetBrainsMono-Regular.ttf"),
];

/// The fonts that a text needs, and the text. Characters that no font has are written as `\u{1f512}`, because
/// nobody can read an empty box.
pub(crate) fn for_text(json: String) -> (Vec<Font>, String) {
    let mut fonts: Vec<Font> = EMBEDDED.into_iter().filter_map(|font| Font::new(Bytes::new(font), 0)).collect();
    let mut missing = missing(&json, &fonts);
    if missing.is_empty() {
        return (fonts, json);
    }
    let found = of_machine(&mut missing);
    fonts.extend(found);
    let json = if missing.is_empty() { json } else { visible(&json, &missing) };
    (fonts, json)
}

fn missing(text: &str, fonts: &[Font]) -> BTreeSet<char> {
    let others: BTreeSet<char> = text.chars().filter(|c| !c.is_ascii() && !selects(*c)).collect();
    others.into_iter().filter(|c| !fonts.iter().any(|font| font.info().coverage.contains(u32::from(*c)))).collect()
}

/// Whether a character only says how the one before it looks.
fn selects(character: char) -> bool {
    matches!(character, '\u{fe00}'..='\u{fe0f}')
}

/// Fonts of the machine that have some of the characters, which are taken out.
fn of_machine(missing: &mut BTreeSet<char>) -> Vec<Font> {
    let mut database = Database::new();
    database.load_system_fonts();
    let mut faces: Vec<&FaceInfo> = database.faces().filter(|face| face.style == Style::Normal).collect();
    // The order in which folders are read must not matter.
    faces.sort_by_cached_key(|face| {
        let family = face.families.first().map(|(name, _)| name.clone()).unwrap_or_default();
        let plain = face.weight == Weight::NORMAL;
        (Reverse(plain), Reverse(family.starts_with("Noto Sans")), family, face.post_script_name.clone(), face.index)
    });
    let mut fonts = Vec::new();
    for face in faces {
        if missing.is_empty() {
            break;
        }
        let font = database.with_face_data(face.id, |data, index| {
            let info = FontInfo::new(data, index)?;
            let has = |c: &char| info.coverage.contains(u32::from(*c));
            missing.iter().any(has).then(|| Font::new(Bytes::new(data.to_vec()), index))?
        });
        if let Some(font) = font.flatten() {
            missing.retain(|c| !font.info().coverage.contains(u32::from(*c)));
            fonts.push(font);
        }
    }
    fonts
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

    #[test]
    fn the_families_are_those_that_templates_name() {
        let (fonts, _) = for_text(String::new());
        let families: BTreeSet<&str> = fonts.iter().map(|font| font.info().family.as_str()).collect();
        assert_eq!(families, BTreeSet::from(["Inter", "JetBrains Mono"]));
    }

    #[test]
    fn what_the_families_have_needs_no_other_font() {
        let text = "{\"a\":\"Grüße Привет Ελληνικά → – … ₿ ✓\"}".to_owned();
        let (fonts, same) = for_text(text.clone());
        assert_eq!((fonts.len(), same), (EMBEDDED.len(), text));
    }

    #[test]
    fn what_no_font_has_is_written_by_its_number() {
        // The last private character: nobody's letter.
        let (_, json) = for_text("{\"a\":\"x\u{10fffd}\u{fe0f}\"}".to_owned());
        assert_eq!(json, "{\"a\":\"x\\\\u{10fffd}\u{fe0f}\"}");
    }
}
