//! Text that looks like a password, a key or a token.

/// How names of what holds a credential end, without separators. What such a name is followed by, as
/// in `DB_PASSWORD_PARAMETER`, makes it the name of something about a credential.
const ENDINGS: [&str; 14] = [
    "password",
    "passwd",
    "passphrase",
    "secret",
    "secretkey",
    "secretstring",
    "apikey",
    "apikeyvalue",
    "accesskey",
    "privatekey",
    "signingkey",
    "presharedkey",
    "credentials",
    "token",
];

/// Names that end so and hold something else: places in a listing, guards of a request, what answers for
/// a custom resource, the id of an Alexa skill, the working directory.
const HARMLESS: [&str; 11] = [
    "nexttoken",
    "pagetoken",
    "paginationtoken",
    "continuationtoken",
    "clienttoken",
    "clientrequesttoken",
    "idempotencytoken",
    "servicetoken",
    "eventsourcetoken",
    "pwd",
    "oldpwd",
];

/// Beginnings of credentials that are recognised by their form, and how long they are at least: AWS,
/// GitHub, GitLab, Slack, Stripe, Google, npm, Docker, Anthropic, OpenAI.
const PREFIXES: [(&str, usize); 15] = [
    ("AKIA", 20),
    ("ASIA", 20),
    ("ghp_", 40),
    ("gho_", 40),
    ("github_pat_", 40),
    ("glpat-", 26),
    ("xoxb-", 30),
    ("xoxp-", 30),
    ("sk_live_", 24),
    ("rk_live_", 24),
    ("AIza", 39),
    ("npm_", 40),
    ("dckr_pat_", 36),
    ("sk-ant-", 40),
    ("sk-proj-", 40),
];

/// Whether a variable, parameter or property of this name holds a credential.
pub(crate) fn is_credential_name(name: &str) -> bool {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    !HARMLESS.contains(&plain.as_str()) && (ENDINGS.iter().any(|word| plain.ends_with(word)) || plain.ends_with("pwd"))
}

/// Whether a variable of this name can as well name the place of a credential: `DB_SECRET` may hold
/// the ARN of a secret.
pub(crate) fn may_name_a_place(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    lower.ends_with("secret") || lower.ends_with("credentials")
}

/// Whether text holds something that has the form of a credential, whatever it is called.
pub(crate) fn holds_credential(text: &str) -> bool {
    text.contains("PRIVATE KEY-----")
        || PREFIXES.iter().any(|(prefix, length)| {
            text.match_indices(prefix).any(|(place, _)| {
                let starts_word = !text[..place].ends_with(|c: char| c.is_ascii_alphanumeric());
                let word = text[place..].bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
                starts_word && word.count() >= *length
            })
        })
        || text.match_indices("://").any(|(place, mark)| has_password(&text[place + mark.len()..]))
}

/// Whether an address has a password in it: `user:password@host`.
fn has_password(address: &str) -> bool {
    let authority =
        address.split(|c: char| c.is_whitespace() || matches!(c, '/' | '"' | '\'')).next().unwrap_or_default();
    let Some((user, _)) = authority.rsplit_once('@') else { return false };
    let Some((_, password)) = user.split_once(':') else { return false };
    is_literal(password) && !password.is_empty()
}

/// Words that stand for a setting: a switch, or the unit of how long a token lives.
const WORDS: [&str; 12] = [
    "true", "false", "none", "null", "enabled", "disabled", "required", "optional", "seconds", "minutes", "hours",
    "days",
];

/// How values begin that are filled in while the system runs: paths into the input of a workflow or an event,
/// JSONata, parameters of documents and pipelines, mappings of requests in API Gateway.
const EXPRESSIONS: [&str; 13] = [
    "$.",
    "$$.",
    "{%",
    "{{",
    "#{",
    "$context.",
    "$request.",
    "$response.",
    "$stageVariables.",
    "context.",
    "stageVariables.",
    "method.request.",
    "integration.response.",
];

/// Whether the value of a variable with the name of a credential can be one: not empty, a setting, a number of a
/// few digits, filled in while the system runs, or the place where the credential is kept.
pub(crate) fn can_be_credential(value: &str) -> bool {
    let value = value.trim();
    if EXPRESSIONS.iter().any(|start| value.starts_with(start)) {
        return false;
    }
    let kept_elsewhere = ["arn:", "/", "alias/", "http://", "https://", "ssm:", "secretsmanager:"];
    let is_word = WORDS.iter().any(|word| value.eq_ignore_ascii_case(word));
    let is_small_number = value.len() < 6 && value.bytes().all(|byte| byte.is_ascii_digit());
    let is_step = |step: &str| {
        !step.is_empty() && step.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.'))
    };
    let is_place = kept_elsewhere.iter().any(|start| value.starts_with(start))
        || value.contains('/') && value.split('/').all(is_step);
    value.len() >= 4 && !is_word && !is_small_number && !is_place
}

/// Whether a script assigns a literal to a variable with the name of a credential: `DB_PASSWORD=abc`,
/// `--password abc`.
pub(crate) fn assigns_credential(script: &str) -> bool {
    script.lines().any(|line| {
        let assigned = line.match_indices('=').any(|(place, _)| {
            let name = line[..place]
                .trim_end()
                .rsplit(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-')))
                .next();
            name.is_some_and(is_credential_name) && is_literal_credential(line[place + 1..].trim_start())
        });
        let mut words = line.split_whitespace().peekable();
        assigned
            || std::iter::from_fn(|| words.next().map(|word| (word, words.peek().copied()))).any(|(word, next)| {
                word.strip_prefix("--").is_some_and(is_credential_name)
                    && next.is_some_and(|next| !next.starts_with('-') && is_literal_credential(next))
            })
    })
}

/// Whether a script goes on with a value that is written out and can be a credential.
fn is_literal_credential(rest: &str) -> bool {
    let value = rest.trim_start_matches(['"', '\'']);
    let end = value.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';')).unwrap_or(value.len());
    let literal = &value[..end];
    is_literal(literal) && can_be_credential(literal)
}

/// Whether a value is written out, and not what a shell or a template puts there.
fn is_literal(value: &str) -> bool {
    !value.starts_with(['$', '`', '<', '{', '%', '*']) && !value.contains("$(") && !value.contains("${")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_hold_credentials() {
        for name in [
            "DB_PASSWORD",
            "dbPassword",
            "API_KEY",
            "ClientSecret",
            "AUTH_TOKEN",
            "token",
            "GITHUB_TOKEN",
            "SECRET_KEY",
            "DB_PWD",
            "ApiKeyValue",
            "PreSharedKey",
            "/shop/db/password",
        ] {
            assert!(is_credential_name(name), "{name}");
        }
        for name in [
            "SECRET_ARN",
            "PasswordParameter",
            "TOKEN_TTL",
            "DB_HOST",
            "KeyName",
            "SecretsManagerEndpoint",
            "NextToken",
            "PWD",
            "MAX_TOKENS",
            "PasswordPolicy",
            "EventSourceToken",
            "SecretId",
        ] {
            assert!(!is_credential_name(name), "{name}");
        }
    }

    #[test]
    fn forms_of_credentials() {
        assert!(holds_credential("export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE"));
        assert!(holds_credential("-----BEGIN RSA PRIVATE KEY-----"));
        assert!(holds_credential("postgres://shop:hunter22@db.example.com:5432/shop"));
        assert!(!holds_credential("the AKIA prefix"));
        assert!(!holds_credential("bakiaAKIA"));
        assert!(!holds_credential("postgres://shop:${Password}@db.example.com/shop"));
        assert!(!holds_credential("https://example.com/a:b@c"));
        assert!(!holds_credential("postgres://shop@db.example.com/shop"));
    }

    #[test]
    fn values_that_can_be_credentials() {
        for value in ["hunter22", "correct horse battery staple", "123456", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"]
        {
            assert!(can_be_credential(value), "{value}");
        }
        for value in [
            "",
            "true",
            "minutes",
            "3600",
            "arn:aws:secretsmanager:eu-west-1:1:secret:x",
            "/shop/db",
            "shop/db/password",
            "$$.Task.Token",
            "{% $states.context.Task.Token %}",
            "{{ Password }}",
            "method.request.header.X-Api-Key",
        ] {
            assert!(!can_be_credential(value), "{value}");
        }
    }

    #[test]
    fn assignments_in_scripts() {
        assert!(assigns_credential("#!/bin/bash\nexport DB_PASSWORD='hunter22'\n"));
        assert!(assigns_credential("mysql --user shop --password hunter22"));
        assert!(!assigns_credential("mysql --password --user shop"));
        assert!(!assigns_credential("mysql --password \"$PASSWORD\""));
        assert!(!assigns_credential("DB_PASSWORD=$(aws secretsmanager get-secret-value)"));
        assert!(!assigns_credential("DB_PASSWORD=${Password}"));
        assert!(!assigns_credential("TOKEN=`curl -X PUT http://169.254.169.254/latest/api/token`"));
        assert!(!assigns_credential("if [ \"$x\" = y ]; then :; fi"));
    }
}
