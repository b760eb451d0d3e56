//! What every report says of itself.

use assessment::Assessment;
use serde::Serialize;

use super::Edition;
use super::breaks::{headed, titled};
use crate::rows;

#[derive(Serialize)]
pub(super) struct Head {
    edition: Edition,
    /// What was assessed, for the title.
    subject: String,
    /// The same for the head of every page.
    head: String,
    today: String,
    version: String,
}

impl Head {
    pub(super) fn new(assessment: &Assessment, edition: Edition) -> Self {
        let subject = rows::subject(assessment);
        Self {
            edition,
            subject: titled(&subject),
            head: headed(&subject),
            today: assessment.today.to_string(),
            version: headed(&assessment.version),
        }
    }
}
