//! Answers kept on disk, to be read again without an account.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use model::{Node, Origin, Value, Why};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::redact::{REDACTED, redacted};
use crate::{Call, Class, Failure, Request, answer};

/// Keeps answers, without secrets. A service in a region has one file, `sqs.eu-west-1.jsonl`, with a line
/// for every request that was answered.
#[derive(Debug)]
pub struct Recorder {
    folder: PathBuf,
    files: Mutex<HashMap<String, File>>,
}

/// Answers that were kept.
#[derive(Debug, Clone, Default)]
pub struct Recording {
    exchanges: HashMap<Key, Exchange>,
}

/// Why answers cannot be kept or read.
#[derive(Debug, Error)]
pub enum RecordingError {
    /// A file cannot be written or read.
    #[error("{} cannot be used", path.display())]
    File {
        /// Which one.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A line is not of the form that is written.
    #[error("{}:{line} is no recorded answer", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    service: String,
    region: String,
    operation: String,
    request: String,
}

impl Key {
    fn new(call: &Call, region: &str, request: &Request) -> Self {
        Self {
            service: call.service.endpoint.to_owned(),
            region: region.to_owned(),
            operation: call.operation.to_owned(),
            request: asked(request),
        }
    }
}

/// What tells a request from others of the same operation.
fn asked(request: &Request) -> String {
    format!("{} {}", request.path, request.body)
}

/// A request and how it was answered.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Exchange {
    operation: String,
    action: String,
    request: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<Class>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
}

impl Recorder {
    /// Keeps answers in a folder, which is made.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn create(folder: impl Into<PathBuf>) -> Result<Self, RecordingError> {
        let folder = folder.into();
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        match builder.recursive(true).create(&folder) {
            Ok(()) => Ok(Self { folder, files: Mutex::default() }),
            Err(source) => Err(RecordingError::File { path: folder, source }),
        }
    }

    /// Keeps how a request was answered in the end. Answers that are no text are not kept.
    pub(crate) fn keep(
        &self,
        call: &Call,
        region: &str,
        request: &Request,
        outcome: Result<&[u8], &Failure>,
    ) -> io::Result<()> {
        let (answer, failure) = match outcome {
            Ok(body) => (std::str::from_utf8(body).ok().map(redacted), None),
            Err(failure) => (None, Some(failure)),
        };
        let exchange = Exchange {
            operation: call.operation.to_owned(),
            action: call.action.to_owned(),
            request: asked(request),
            answer,
            failure: failure.map(|failure| failure.class),
            code: failure.and_then(|failure| failure.code.clone()),
        };
        let mut line = serde_json::to_string(&exchange)?;
        line.push('\n');
        let name = format!("{}.{region}.jsonl", call.service.endpoint);
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let file = match files.get_mut(&name) {
            Some(file) => file,
            None => {
                let mut file = private(&self.folder.join(&name))?;
                // Behind a line that was cut off.
                if file.metadata()?.len() > 0 {
                    file.write_all(b"\n")?;
                }
                files.entry(name).or_insert(file)
            }
        };
        file.write_all(line.as_bytes())
    }

    /// Puts the lines of every file in order, so that the same answers make the same files. Of a request that
    /// was made several times, such as whether a report is ready, the last answer counts.
    ///
    /// # Errors
    /// When a file cannot be read or written.
    pub fn finish(&self) -> Result<(), RecordingError> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        for name in files.drain().map(|(name, _)| name) {
            let path = self.folder.join(name);
            let sort = || -> io::Result<()> {
                let text = fs::read_to_string(&path)?;
                let mut lines = BTreeMap::new();
                for line in text.lines() {
                    // A line that was cut off when a program was killed is not kept.
                    let Ok(exchange) = serde_json::from_str::<Exchange>(line) else { continue };
                    lines.insert((exchange.operation, exchange.request), line);
                }
                fs::write(&path, lines.into_values().collect::<Vec<&str>>().join("\n") + "\n")
            };
            sort().map_err(|source| RecordingError::File { path: path.clone(), source })?;
        }
        Ok(())
    }
}

/// A file that its owner alone may read, to write at its end.
fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

impl Recording {
    /// Reads what a [`Recorder`] kept in a folder.
    ///
    /// # Errors
    /// When a file cannot be read, or is not what a recorder writes.
    pub fn load(folder: &Path) -> Result<Self, RecordingError> {
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |source| RecordingError::File { path, source }
        };
        let mut exchanges = HashMap::new();
        for entry in fs::read_dir(folder).map_err(failed(folder))? {
            let path = entry.map_err(failed(folder))?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let Some((service, region)) = name.strip_suffix(".jsonl").and_then(|name| name.rsplit_once('.')) else {
                continue;
            };
            let text = fs::read_to_string(&path).map_err(failed(&path))?;
            for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty()) {
                let exchange: Exchange = serde_json::from_str(line).map_err(|source| RecordingError::Line {
                    path: path.clone(),
                    line: number + 1,
                    source,
                })?;
                let key = Key {
                    service: service.to_owned(),
                    region: region.to_owned(),
                    operation: exchange.operation.clone(),
                    request: exchange.request.clone(),
                };
                exchanges.insert(key, exchange);
            }
        }
        Ok(Self { exchanges })
    }

    /// The same account as it would answer without a permission.
    pub fn without(mut self, action: &str) -> Self {
        for exchange in self.exchanges.values_mut().filter(|exchange| exchange.action == action) {
            (exchange.answer, exchange.failure, exchange.code) = (None, Some(Class::Denied), None);
        }
        self
    }

    /// Whether there is an answer that takes this permission.
    pub fn holds(&self, action: &str) -> bool {
        self.exchanges.values().any(|exchange| exchange.action == action && exchange.answer.is_some())
    }

    /// The answer that was kept. What was not asked then was not answered.
    pub(crate) fn answer(&self, call: &Call, region: &str, request: &Request, origin: Origin) -> Result<Node, Failure> {
        match self.exchanges.get(&Key::new(call, region, request)) {
            Some(Exchange { answer: Some(body), .. }) => {
                answer(call, 200, None, body.as_bytes(), origin, true).map(without_marks)
            }
            Some(Exchange { failure: Some(class), code, .. }) => {
                Err(Failure { class: *class, action: call.action, code: code.clone() })
            }
            _ => Err(Failure::new(call, Class::NoAnswer)),
        }
    }
}

/// What was taken out is a value that was not read.
fn without_marks(mut node: Node) -> Node {
    node.value = match node.value {
        Value::Text(text) if &*text == REDACTED => Value::Unknown(Why::NotRead),
        Value::Map(entries) => Value::Map(entries.into_iter().map(|(key, node)| (key, without_marks(node))).collect()),
        Value::List(items) => Value::List(items.into_iter().map(without_marks).collect()),
        value => value,
    };
    node
}
