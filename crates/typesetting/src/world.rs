//! What a template can reach.

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};

use crate::Document;
use crate::fonts::{Fonts, Letters};

/// Everything there is for one document.
pub(crate) struct Room {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    /// The template first.
    sources: Vec<Source>,
    data: (FileId, Bytes),
}

impl Room {
    pub(crate) fn new(document: &Document<'_>, letters: Letters) -> Self {
        let (Fonts { all: fonts, book }, data) = Fonts::for_text(&document.data, letters);
        let template = ("template.typ", document.template);
        let sources = std::iter::once(&template).chain(document.modules);
        Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(book),
            fonts,
            sources: sources.map(|(name, text)| Source::new(file(name), (*text).to_owned())).collect(),
            data: (file("data.json"), Bytes::from_string(data)),
        }
    }

    /// Faults with their places.
    pub(crate) fn describe(&self, faults: &[SourceDiagnostic]) -> String {
        let said: Vec<String> = faults.iter().map(|fault| format!("{}{}", self.place(fault), fault.message)).collect();
        said.join("; ")
    }

    fn place(&self, fault: &SourceDiagnostic) -> String {
        let line = || {
            let id = fault.span.id()?;
            let start = self.range(fault.span)?.start;
            let line = self.source(id).ok()?.lines().byte_to_line(start)?;
            Some(format!("{}:{}: ", id.get().vpath().get_without_slash(), line + 1))
        };
        line().unwrap_or_default()
    }
}

/// The file of this name beside the template.
fn file(name: &str) -> FileId {
    let path = VirtualPath::new(name).unwrap_or_else(|_| unreachable!("names of files are constants"));
    RootedPath::new(VirtualRoot::Project, path).intern()
}

fn absent(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_without_slash().into())
}

impl World for Room {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        file("template.typ")
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.iter().find(|source| source.id() == id).cloned().ok_or_else(|| absent(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let (data, bytes) = &self.data;
        if id == *data { Ok(bytes.clone()) } else { Err(absent(id)) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
