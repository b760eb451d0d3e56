//! Environment variables: of functions, containers and builds.

use model::{Fact, Outcome, Text, Verdict};

use crate::credentials::{can_be_credential, holds_credential, is_credential_name, may_name_a_place};

/// A variable of this name holds no credential that is written out.
pub(crate) fn must_hold_no_credential<'a>(name: &str, value: &Fact<'a, Text<'a>>) -> Verdict {
    let by_form = value.must_hold_no_literal("no credential", holds_credential);
    if !is_credential_name(name) {
        return by_form;
    }
    let by_name = value.must_hold_no_literal("a reference to where it is kept", |text| {
        can_be_credential(text) && !(may_name_a_place(name) && is_name(text))
    });
    // Text around a reference, such as the path of a parameter, is no credential of its own.
    let judged = if by_name.outcome == Outcome::Fail { value.must_not_be_literal() } else { by_name };
    // What looks like a credential by its form as well as by its name is one finding.
    if by_form.outcome == Outcome::Fail { by_form } else { by_form & judged }
}

/// Whether text reads like the name of something: `prod-db-secret`.
fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split(['-', '_', '/', '.']).collect();
    words.len() > 1 && words.iter().all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric()))
}
