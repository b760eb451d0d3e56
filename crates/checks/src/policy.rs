//! Policy documents of IAM, wherever they stand: who may do what to which, under which conditions.

use model::{At, Entries, Fact, List, State, Text, Verdict, View, when};

/// A policy document.
#[derive(Debug, View)]
pub(crate) struct Policy<'a> {
    pub(crate) at: At<'a>,
    #[view(path = "Statement")]
    pub(crate) statements: List<'a, Statement<'a>>,
}

/// One statement of a policy.
#[derive(Debug, View)]
pub(crate) struct Statement<'a> {
    pub(crate) at: At<'a>,
    pub(crate) effect: Fact<'a, Text<'a>>,
    #[view(path = "Principal")]
    principal_text: Fact<'a, Text<'a>>,
    #[view(path = "Principal")]
    principals: Entries<'a, List<'a, Fact<'a, Text<'a>>>>,
    pub(crate) not_principal: At<'a>,
    pub(crate) action: List<'a, Fact<'a, Text<'a>>>,
    pub(crate) not_action: List<'a, Fact<'a, Text<'a>>>,
    pub(crate) resource: List<'a, Fact<'a, Text<'a>>>,
    /// Operator, then key, then values.
    pub(crate) condition: Entries<'a, Entries<'a, List<'a, Fact<'a, Text<'a>>>>>,
}

/// Condition keys that tie a request to certain callers or networks (IAM User Guide, "AWS global
/// condition context keys"; Amazon S3 User Guide, "The meaning of public").
const LIMITING: [&str; 17] = [
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceip",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
    "aws:sourceowner",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:userid",
    "aws:vpcsourceip",
    "elasticfilesystem:accesspointarn",
    "kms:calleraccount",
    "s3:dataaccesspointaccount",
];

impl<'a> Policy<'a> {
    /// No statement admits anyone at all.
    pub(crate) fn must_not_admit_everyone(&self) -> Verdict {
        self.statements.all(|statement| statement.must_not_admit_everyone())
    }

    /// A statement denies every request that does not use TLS.
    pub(crate) fn must_deny_plain_http(&self) -> Verdict {
        self.statements.any("a statement that denies requests without TLS", |statement| {
            statement.effect.must_be("Deny")
                & statement.covers_everyone()
                & statement.action.any("every action", |action| action.must_be_one_of(&["*", "s3:*"]))
                & statement.condition.any("aws:SecureTransport is false", |operator, keys| {
                    if !operator.eq_ignore_ascii_case("Bool") && !operator.eq_ignore_ascii_case("BoolIfExists") {
                        return Verdict::no();
                    }
                    keys.any("aws:SecureTransport is false", |key, values| {
                        if key.eq_ignore_ascii_case("aws:SecureTransport") {
                            values.must_contain("false")
                        } else {
                            Verdict::no()
                        }
                    })
                })
        })
    }

    /// No statement allows every action on every resource.
    pub(crate) fn must_not_grant_everything(&self) -> Verdict {
        self.statements.all(|statement| {
            when(statement.effect.must_be("Allow"), || {
                (statement.action.must_not_contain("*") & statement.action.must_not_contain("*:*"))
                    | statement.resource.must_not_contain("*")
            })
        })
    }
}

impl<'a> Statement<'a> {
    /// It denies, or it names its principals, or a condition ties it to certain callers.
    pub(crate) fn must_not_admit_everyone(&self) -> Verdict {
        when(self.effect.must_be("Allow"), || self.names_principals() | self.limits_callers())
    }

    /// It does not speak of every principal there is.
    fn names_principals(&self) -> Verdict {
        match self.principals.state() {
            State::Set(_) => self.principals.all(|kind, names| match kind {
                "AWS" | "*" => names.must_not_contain("*"),
                _ => names.at().must_be_set(),
            }),
            // An allowance with `NotPrincipal` is for everyone but a few.
            State::Unset => self.not_principal.must_be_unset(),
            State::Unknown(_) => self.principal_text.must_not_be("*"),
        }
    }

    /// It speaks of every principal there is.
    pub(crate) fn covers_everyone(&self) -> Verdict {
        match self.principals.state() {
            State::Set(_) => self.principals.any("every principal", |kind, names| match kind {
                "AWS" => names.must_contain("*"),
                _ => Verdict::no(),
            }),
            State::Unset | State::Unknown(_) => self.principal_text.must_be("*"),
        }
    }

    /// A condition ties it to certain callers or networks.
    pub(crate) fn limits_callers(&self) -> Verdict {
        let expected = "a condition that limits who may use it";
        self.condition.any(expected, |operator, keys| {
            if !is_positive(operator) {
                return Verdict::no();
            }
            keys.any(expected, |key, values| {
                if LIMITING.contains(&key.to_ascii_lowercase().as_str()) {
                    values.all(|value| value.must_not_be_one_of(&["*", "0.0.0.0/0", "::/0"]))
                } else {
                    Verdict::no()
                }
            })
        })
    }
}

/// Whether an operator admits only what it names. `…Not…` admits all the rest, `ForAllValues:` and
/// `…IfExists` also what has no such key.
fn is_positive(operator: &str) -> bool {
    let operator = operator.to_ascii_lowercase();
    !operator.starts_with("forallvalues:")
        && !operator.ends_with("ifexists")
        && !operator.contains("not")
        && ["string", "arn", "ipaddress"].iter().any(|family| {
            operator.trim_start_matches("foranyvalue:").starts_with(family)
        })
}
