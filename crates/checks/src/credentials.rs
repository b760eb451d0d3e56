//! Text that looks like a password, a key or a token.

use model::{Fact, Text, Verdict};

/// What a name holds a credential is called. Names of things *about* credentials are in [`ABOUT`].
const NAMES: [&str; 10] =
    ["password", "passwd", "passphrase", "secret", "apikey", "accesskey", "privatekey", "authtoken", "accesstoken", "credentials"];

/// Endings of names that speak of a credential without holding it: `DB_PASSWORD_PARAMETER`.
const ABOUT: [&str; 14] = [
    "arn", "name", "id", "path", "parameter", "param", "length", "policy", "file", "url", "ttl", "enabled", "rotation",
    "key_name",
];

/// Beginnings of credentials that are recognised by their form: AWS, GitHub, Slack, Stripe, Google.
const PREFIXES: [(&str, usize); 9] = [
    ("AKIA", 20),
    ("ASIA", 20),
    ("ghp_", 40),
    ("github_pat_", 40),
    ("xoxb-", 30),
    ("xoxp-", 30),
    ("sk_live_", 24),
    ("rk_live_", 24),
    ("AIza", 39),
];

/// A variable of this name holds no credential that is written out.
pub(crate) fn must_hold_no_credential<'a>(name: &str, value: &Fact<'a, Text<'a>>) -> Verdict {
    let by_form = value.must_hold_no_literal("no credential", holds_credential);
    if !is_credential_name(name) {
        return by_form;
    }
    // Text around a reference, such as the path of a parameter, is no credential of its own.
    by_form
        & (value.must_not_be_literal()
            | value.must_hold_no_literal("a reference to where it is kept", can_be_credential))
}

/// Whether a variable or parameter of this name holds a credential.
pub(crate) fn is_credential_name(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    if ABOUT.iter().any(|ending| lower.ends_with(ending)) {
        return false;
    }
    let plain: String = lower.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    NAMES.iter().any(|word| plain.ends_with(word)) || plain == "token"
}

/// Whether text holds something that has the form of a credential, whatever it is called.
pub(crate) fn holds_credential(text: &str) -> bool {
    if text.contains("PRIVATE KEY-----") {
        return true;
    }
    PREFIXES.iter().any(|(prefix, length)| {
        text.match_indices(prefix).any(|(place, _)| {
            let starts_word = !text[..place].ends_with(|c: char| c.is_ascii_alphanumeric());
            let word = text[place..].chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')).count();
            starts_word && word >= *length
        })
    })
}

/// Whether the value of a variable with the name of a credential can be one: not empty, a switch, a
/// number of a few digits, or the place where the credential is kept.
pub(crate) fn can_be_credential(value: &str) -> bool {
    let value = value.trim();
    let kept_elsewhere = ["arn:", "/", "http://", "https://", "{{resolve:", "ssm:", "secretsmanager:"];
    value.len() >= 4
        && !value.eq_ignore_ascii_case("true")
        && !value.eq_ignore_ascii_case("false")
        && !value.eq_ignore_ascii_case("none")
        && !value.eq_ignore_ascii_case("null")
        && !kept_elsewhere.iter().any(|start| value.starts_with(start))
}

/// Whether a script assigns a literal to a variable with the name of a credential: `DB_PASSWORD=abc`,
/// `--password abc`.
pub(crate) fn assigns_credential(script: &str) -> bool {
    script.lines().any(|line| {
        line.match_indices('=').any(|(place, _)| {
            let name = line[..place].trim_end().rsplit(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))).next();
            let value = line[place + 1..].trim_start().trim_start_matches(['"', '\'']);
            let literal: String = value.chars().take_while(|c| !c.is_whitespace() && !matches!(c, '"' | '\'' | ';')).collect();
            name.is_some_and(is_credential_name)
                && !literal.starts_with(['$', '`', '<'])
                && !literal.contains("$(")
                && can_be_credential(&literal)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_hold_credentials() {
        for name in ["DB_PASSWORD", "dbPassword", "API_KEY", "ClientSecret", "AUTH_TOKEN", "token"] {
            assert!(is_credential_name(name), "{name}");
        }
        for name in ["SECRET_ARN", "PasswordParameter", "TOKEN_TTL", "DB_HOST", "KeyName", "SecretsManagerEndpoint"] {
            assert!(!is_credential_name(name), "{name}");
        }
    }

    #[test]
    fn forms_of_credentials() {
        assert!(holds_credential("export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE"));
        assert!(holds_credential("-----BEGIN RSA PRIVATE KEY-----"));
        assert!(!holds_credential("the AKIA prefix"));
        assert!(!holds_credential("bakiaAKIA"));
    }

    #[test]
    fn assignments_in_scripts() {
        assert!(assigns_credential("#!/bin/bash\nexport DB_PASSWORD='hunter22'\n"));
        assert!(!assigns_credential("DB_PASSWORD=$(aws secretsmanager get-secret-value)"));
        assert!(!assigns_credential("DB_PASSWORD=${Password}"));
        assert!(!assigns_credential("if [ \"$x\" = y ]; then :; fi"));
    }
}
