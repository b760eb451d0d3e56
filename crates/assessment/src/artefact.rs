//! The stored form of an assessment: JSON, compressed with zstd.

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
    /// When it cannot be read, is none, or is of a version this program does not know.
    pub fn load(from: impl Read) -> Result<Self, ArtefactError> {
        let mut text = String::new();
        zstd::Decoder::new(from)?.take(LARGEST).read_to_string(&mut text)?;
        let Header { schema } = serde_json::from_str(&text)?;
        if schema != SCHEMA {
            return Err(ArtefactError::Schema { found: schema });
        }
        Ok(serde_json::from_str(&text)?)
    }
}
