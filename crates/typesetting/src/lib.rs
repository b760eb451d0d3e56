//! Documents for print: a template and data go in, a PDF comes out.
//!
//! Templates are written in Typst's language and compiled into the program; what they print comes as JSON, so
//! that no string of it is ever taken for mark-up. A template reaches nothing but its own modules, its data and
//! the fonts: there are no packages, no files, no network and no clock. The same template and data make the same
//! bytes, but for letters that only a font of the machine has.
//!
//! Every PDF is held to PDF/UA-1: it is tagged, has a title, a language and bookmarks, and its pictures have a
//! text of their own. A template that breaks this does not compile.

mod fonts;
mod world;

use thiserror::Error;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use fonts::Letters;
use world::Room;

/// A document before it is set.
#[derive(Debug, Clone)]
pub struct Document<'a> {
    /// The text of the template. It reads its data by `json("data.json")`.
    pub template: &'a str,
    /// What the template imports: names such as `theme.typ`, and their texts.
    pub modules: &'a [(&'a str, &'a str)],
    /// The data as JSON.
    pub data: String,
    /// Who made it, for the properties of the file: `Pilaster 1.2.0`.
    pub creator: &'a str,
}

/// Why a document cannot be set.
#[derive(Debug, Error)]
pub enum TypesettingError {
    /// The template and the data do not fit each other, or the result would not be accessible.
    #[error("the document cannot be set: {0}")]
    Template(String),
}

/// Sets a document.
///
/// # Errors
/// When the template does not fit the data. That is a fault of whoever wrote the two, never of a string in the data.
pub fn pdf(document: Document<'_>) -> Result<Vec<u8>, TypesettingError> {
    let standards = PdfStandards::new(&[PdfStandard::Ua_1])
        .map_err(|error| TypesettingError::Template(error.message().to_string()))?;
    let options =
        PdfOptions { creator: Smart::Custom(Some(document.creator.into())), standards, ..PdfOptions::default() };
    let mut fault = String::new();
    for letters in Letters::ALL {
        let room = Room::new(&document, letters);
        let result = typst::compile::<PagedDocument>(&room).output.and_then(|paged| typst_pdf::pdf(&paged, &options));
        // What was remembered while it was set is as large as the document.
        comemo::evict(0);
        match result {
            Ok(bytes) => return Ok(bytes),
            Err(faults) => fault = room.describe(&faults),
        }
        if document.data.is_ascii() {
            break;
        }
    }
    Err(TypesettingError::Template(fault))
}

#[cfg(test)]
mod tests;
