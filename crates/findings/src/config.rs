//! `pilaster.toml`: which checks run, how much they matter, and what is accepted.

use std::collections::BTreeMap;

use framework::Severity;
use jiff::civil::Date;
use serde::Deserialize;
use thiserror::Error;

use crate::{Check, Threshold, Waiver, WaiverScope};

/// What a configuration file says.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// Changes to checks, by id.
    pub checks: BTreeMap<String, CheckConfig>,
    /// Accepted findings.
    pub waivers: Vec<Waiver>,
}

/// What a configuration changes about a check.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CheckConfig {
    /// `enabled = false` leaves it out.
    pub enabled: Option<bool>,
    /// How much a failure matters.
    pub severity: Option<Severity>,
    /// Thresholds by name.
    pub thresholds: BTreeMap<String, Threshold>,
}

/// Why a configuration cannot be used.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// It is no TOML, or not of the expected form.
    #[error("{file}:{line}: {message}")]
    Syntax {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// It names a check that does not exist.
    #[error("{file}:{line}: there is no check {id}{}", suggestion.as_ref().map(|s| format!("; did you mean {s}?")).unwrap_or_default())]
    UnknownCheck {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The id that was used.
        id: String,
        /// The nearest id.
        suggestion: Option<String>,
    },
    /// It sets something that the check does not have, or gives it the wrong kind of value.
    #[error("{file}:{line}: {check} cannot take {key}: {message}")]
    Threshold {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The check.
        check: String,
        /// The key.
        key: String,
        /// What it could take.
        message: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    checks: BTreeMap<toml::Spanned<String>, BTreeMap<String, toml::Value>>,
    #[serde(default)]
    waivers: Vec<toml::Spanned<WaiverEntry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WaiverEntry {
    check: Option<String>,
    resource: Option<String>,
    tag: Option<String>,
    reason: Option<String>,
    owner: Option<String>,
    until: Option<toml::Value>,
}

impl Config {
    /// Reads a configuration. `file` is the name to show; `find` knows the checks there are, and
    /// `suggest` the nearest id.
    ///
    /// # Errors
    /// When it is no TOML, has a key that is not known, or changes a check that does not exist. A
    /// waiver that is not usable is no error: it is reported with the assessment, and has no effect.
    pub fn parse(
        file: &str,
        text: &str,
        find: impl Fn(&str) -> Option<&'static Check>,
        suggest: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, ConfigError> {
        let line_at = |offset: usize| text.get(..offset).map_or(1, |before| before.matches('\n').count() + 1);
        let parsed: File = toml::from_str(text).map_err(|error| ConfigError::Syntax {
            file: file.to_owned(),
            line: error.span().map_or(1, |span| line_at(span.start)),
            message: error.message().trim().replace('\n', ", "),
        })?;
        let mut config = Self::default();
        for (id, entries) in parsed.checks {
            let line = line_at(id.span().start);
            let id = id.into_inner();
            let Some(check) = find(&id) else {
                let suggestion = suggest(&id);
                return Err(ConfigError::UnknownCheck { file: file.to_owned(), line, id, suggestion });
            };
            let changes = CheckConfig::read(check, entries).map_err(|(key, message)| ConfigError::Threshold {
                file: file.to_owned(),
                line,
                check: id.clone(),
                key,
                message,
            })?;
            config.checks.insert(id, changes);
        }
        for entry in parsed.waivers {
            let place = format!("{file}:{}", line_at(entry.span().start));
            let entry = entry.into_inner();
            config.waivers.push(Waiver {
                check: entry.check.unwrap_or_default(),
                scope: WaiverScope::Pattern { resource: entry.resource, tag: entry.tag },
                reason: entry.reason.unwrap_or_default(),
                owner: entry.owner,
                until: entry.until.map(|value| match value {
                    toml::Value::String(text) => text,
                    other => other.to_string(),
                }),
                place,
            });
        }
        Ok(config)
    }

    /// Whether the check runs.
    pub fn enabled(&self, check: &Check) -> bool {
        self.checks.get(check.id).and_then(|c| c.enabled).unwrap_or(true)
    }

    /// How much a failure of the check matters.
    pub fn severity(&self, check: &Check) -> Severity {
        self.checks.get(check.id).and_then(|c| c.severity).unwrap_or_else(|| check.severity())
    }

    /// The thresholds of the check.
    pub(crate) fn thresholds(&self, check: &Check) -> Vec<(&'static str, Threshold)> {
        let changed = self.checks.get(check.id);
        let value = |name: &str| changed.and_then(|c| c.thresholds.get(name)).cloned();
        check.thresholds.iter().map(|(name, limit)| (*name, value(name).unwrap_or_else(|| (*limit).into()))).collect()
    }
}

impl CheckConfig {
    fn read(check: &Check, entries: BTreeMap<String, toml::Value>) -> Result<Self, (String, String)> {
        let mut changes = Self::default();
        for (key, value) in entries {
            let wrong = |message: &str| (key.clone(), message.to_owned());
            match (key.as_str(), value) {
                ("enabled", toml::Value::Boolean(enabled)) => changes.enabled = Some(enabled),
                ("enabled", _) => return Err(wrong("it is true or false")),
                ("severity", toml::Value::String(text)) => {
                    let severity = text.parse().map_err(|_| wrong("it is critical, high, medium or low"))?;
                    changes.severity = Some(severity);
                }
                ("severity", _) => return Err(wrong("it is critical, high, medium or low")),
                (name, value) => {
                    let Some((_, default)) = check.thresholds.iter().find(|(declared, _)| *declared == name) else {
                        let mut known = vec!["enabled", "severity"];
                        known.extend(check.thresholds.iter().map(|(name, _)| *name));
                        return Err(wrong(&format!("it has {}", known.join(", "))));
                    };
                    let threshold = match ((*default).into(), value) {
                        (Threshold::Number(_), toml::Value::Integer(number)) => Threshold::Number(number),
                        (Threshold::Number(_), _) => return Err(wrong("it is a whole number")),
                        (Threshold::Words(_), toml::Value::Array(items)) => Threshold::Words(
                            items
                                .into_iter()
                                .map(|item| match item {
                                    toml::Value::String(word) => Ok(word),
                                    _ => Err(wrong("it is a list of strings")),
                                })
                                .collect::<Result<_, _>>()?,
                        ),
                        (Threshold::Words(_), _) => return Err(wrong("it is a list of strings")),
                    };
                    changes.thresholds.insert(key, threshold);
                }
            }
        }
        Ok(changes)
    }
}

/// A day written `2027-01-31`.
pub(crate) fn day(text: &str) -> Option<Date> {
    text.trim().parse().ok()
}
