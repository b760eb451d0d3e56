//! The stored form of an assessment: JSON, compressed with zstd.

mod indices;

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::Assessment;

/// The version of the form. It changes when an old program could not read the new one.
const SCHEMA: &str = "pilaster.artefact/1";

/// Compression: 3 is zstd's default, fast enough not to be noticed.
const LEVEL: i32 = 3;

/// An artefact is never larger than this when it is unpacked, in bytes.
const LARGEST: u64 = 2 << 30;

/// How deep an artefact may be nested. Templates may be 200 levels deep, and a level of a template takes
/// up to five of JSON.
const DEEPEST: usize = 1_500;

/// The stack of the thread that reads, in bytes: enough for [`DEEPEST`] levels in a debug build.
const STACK: usize = 256 << 20;

/// Why an artefact cannot be written or read.
#[derive(Debug, Error)]
pub enum ArtefactError {
    /// It cannot be written or read at all.
    #[error("the artefact cannot be read or written")]
    Io(#[from] io::Error),
    /// It is no artefact.
    #[error("this is no assessment that `pilaster assess --save` wrote")]
    Content(#[from] serde_json::Error),
    /// It is of a version that this program does not know.
    #[error("the artefact is of the form {found}, this program reads {SCHEMA}")]
    Schema {
        /// The form it says it has.
        found: String,
    },
    /// It is nested deeper than any that was written.
    #[error("the artefact is nested more than {DEEPEST} levels deep, which none that was written is")]
    Depth,
    /// It names something by a number that nothing has.
    #[error("the artefact is damaged: it names {kind} {number} and has only {all}, counted from 0")]
    Dangling {
        /// What it names: `resource`.
        kind: &'static str,
        /// The number it names.
        number: u32,
        /// How many of the kind there are.
        all: usize,
    },
    /// Two of its checks are called the same.
    #[error("the artefact is damaged: it has the check {id} twice")]
    SameCheck {
        /// The id of both.
        id: String,
    },
}

#[derive(Serialize)]
struct Written<'a> {
    schema: &'static str,
    #[serde(flatten)]
    assessment: &'a Assessment,
}

#[derive(Deserialize)]
struct Header {
    schema: String,
}

impl Assessment {
    /// Writes the artefact.
    ///
    /// # Errors
    /// When `to` cannot be written.
    pub fn save(&self, to: impl Write) -> Result<(), ArtefactError> {
        let mut packed = zstd::Encoder::new(to, LEVEL)?;
        serde_json::to_writer(&mut packed, &Written { schema: SCHEMA, assessment: self })?;
        packed.finish()?.flush()?;
        Ok(())
    }

    /// Reads an artefact.
    ///
    /// # Errors
    /// When it cannot be read, is none or a damaged one, or is of a version this program does not know.
    pub fn load(from: impl Read) -> Result<Self, ArtefactError> {
        let mut text = String::new();
        zstd::Decoder::new(from)?.take(LARGEST).read_to_string(&mut text)?;
        if depth(&text) > DEEPEST {
            return Err(ArtefactError::Depth);
        }
        std::thread::scope(|scope| {
            let reading = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || read(&text))?;
            reading.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    }
}

fn read(text: &str) -> Result<Assessment, ArtefactError> {
    let Header { schema } = parse(text)?;
    if schema != SCHEMA {
        return Err(ArtefactError::Schema { found: schema });
    }
    let assessment = parse(text)?;
    indices::verify(&assessment)?;
    Ok(assessment)
}

/// Parses without the limit of 128 levels that `serde_json` has; [`DEEPEST`] is the limit here.
fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, serde_json::Error> {
    let mut parser = serde_json::Deserializer::from_str(text);
    parser.disable_recursion_limit();
    let value = T::deserialize(&mut parser)?;
    parser.end()?;
    Ok(value)
}

/// How deep the brackets of JSON are nested.
fn depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let (mut quoted, mut escaped) = (false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}
