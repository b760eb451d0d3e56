//! Policy documents of IAM, wherever they stand: who may do what to which, under which conditions.

use model::{At, Entries, Fact, List, Outcome, State, Text, Verdict, View, any, when};

use crate::wildcards::{covers, is_certain, is_every_resource, is_of_another, is_whole_kind};

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
    pub(crate) principals: Entries<'a, List<'a, Fact<'a, Text<'a>>>>,
    pub(crate) not_principal: At<'a>,
    pub(crate) action: List<'a, Fact<'a, Text<'a>>>,
    pub(crate) not_action: List<'a, Fact<'a, Text<'a>>>,
    pub(crate) resource: List<'a, Fact<'a, Text<'a>>>,
    /// Operator, then key, then values.
    pub(crate) condition: Entries<'a, Entries<'a, List<'a, Fact<'a, Text<'a>>>>>,
}

/// Condition keys that tie a request to certain callers or networks (IAM User Guide, "AWS global
/// condition context keys"; Amazon S3 User Guide, "The meaning of public").
const LIMITING: [&str; 21] = [
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
    "aws:vpceaccount",
    "aws:vpceorgid",
    "aws:vpceorgpaths",
    "aws:vpcsourceip",
    "elasticfilesystem:accesspointarn",
    "kms:calleraccount",
    "s3:dataaccesspointaccount",
    "s3:dataaccesspointarn",
];

impl Policy<'_> {
    /// No statement admits anyone at all.
    pub(crate) fn must_not_admit_everyone(&self) -> Verdict {
        self.statements.all(|statement| statement.must_not_admit_everyone())
    }

    /// A statement denies every request that does not use TLS.
    pub(crate) fn must_deny_plain_http(&self) -> Verdict {
        let is_key = |key: &str| key.eq_ignore_ascii_case("aws:SecureTransport");
        self.statements.any("a statement that denies requests without TLS", |statement| {
            statement.effect.must_be("Deny")
                & statement.covers_everyone()
                & statement.may_be_used_for("s3:*")
                & statement.resource.any("every object", |resource| {
                    resource.must_read("every object", |text| text.ends_with('*'))
                })
                // A second condition beside it would leave some requests out.
                & statement.condition.all(|_, keys| {
                    keys.all(|key, values| if is_key(key) { values.must_not_be_empty() } else { Verdict::no() })
                })
                & statement.condition.any("aws:SecureTransport is false", |operator, keys| {
                    if !operator.eq_ignore_ascii_case("Bool") && !operator.eq_ignore_ascii_case("BoolIfExists") {
                        return Verdict::no();
                    }
                    keys.any("aws:SecureTransport is false", |_, values| values.must_contain("false"))
                })
        })
    }

    /// No statement allows every action on every resource.
    pub(crate) fn must_not_grant_everything(&self) -> Verdict {
        self.statements.all(|statement| {
            when(statement.effect.must_be("Allow"), || {
                let confined = statement
                    .resource
                    .all(|resource| resource.must_read("certain resources", |text| !is_every_resource(text)));
                (statement.resource.must_not_be_empty() & confined) | statement.must_not_allow_every_action()
            })
        })
    }

    /// None of the combinations of actions is allowed on every resource without a condition.
    pub(crate) fn must_not_allow_any_of(&self, combinations: &[&[&str]]) -> Verdict {
        // Most policies confine every statement, and then there is no need to look at each action.
        let confined = self.statements.all(|s| when(s.effect.must_be("Allow"), || s.is_confined(None)));
        if matches!(confined.outcome, Outcome::Pass | Outcome::NotApplicable) {
            return confined;
        }
        // One combination shows what is wrong with a policy; all of them would bury it.
        let (mut held, mut open) = (Verdict::not_applicable(), None);
        for actions in combinations {
            match any(actions.iter().map(|action| self.must_not_allow(action))) {
                allowed if allowed.outcome == Outcome::Fail => return allowed,
                unknown if unknown.outcome == Outcome::Unknown => {
                    open.get_or_insert(unknown);
                }
                verdict => held = verdict,
            }
        }
        open.unwrap_or(held)
    }

    fn must_not_allow(&self, action: &str) -> Verdict {
        let service = action.split(':').next();
        let allowed = self.statements.all(|statement| {
            when(statement.effect.must_be("Allow"), || match statement.is_confined(service) {
                confined if confined.outcome == Outcome::Pass => confined,
                confined => statement.must_not_cover(action) | confined,
            })
        });
        if allowed.outcome == Outcome::Pass {
            return allowed;
        }
        let denied = self.statements.any("a statement that denies it", |statement| {
            statement.effect.must_be("Deny")
                & statement.may_be_used_for(action)
                & statement.resource.any("every resource", |found| found.must_read("*", is_every_resource))
                & statement.condition.at().must_be_unset()
        });
        // That there is no denial says nothing that the allowance does not.
        if denied.outcome == Outcome::Fail { allowed } else { allowed | denied }
    }
}

impl Statement<'_> {
    /// It denies, or it names its principals, or a condition ties it to certain callers.
    pub(crate) fn must_not_admit_everyone(&self) -> Verdict {
        when(self.effect.must_be("Allow"), || self.names_principals() | self.limits_callers())
    }

    /// It does not speak of every principal there is.
    fn names_principals(&self) -> Verdict {
        match self.principals.state() {
            State::Set(_) => self.principals.all(|_, names| names.must_not_contain("*")),
            // An allowance with `NotPrincipal` is for everyone but a few.
            State::Unset => self.not_principal.must_be_unset(),
            State::Unknown(_) => self.principal_text.must_not_be("*"),
        }
    }

    /// It speaks of every principal there is.
    pub(crate) fn covers_everyone(&self) -> Verdict {
        match self.principals.state() {
            State::Set(_) => self.principals.any("every principal", |kind, names| match kind {
                "AWS" | "*" => names.must_contain("*"),
                _ => Verdict::no(),
            }),
            State::Unset | State::Unknown(_) => self.principal_text.must_be("*"),
        }
    }

    /// A condition ties it to certain callers or networks.
    pub(crate) fn limits_callers(&self) -> Verdict {
        self.must_require("a condition that limits who may use it", |key| LIMITING.contains(&key), is_certain)
    }

    /// A condition demands that a key, given in lower case, has a value that fits.
    pub(crate) fn must_require(
        &self,
        expected: &str,
        is_meant: impl Fn(&str) -> bool,
        fits: impl Fn(&str, &str) -> bool,
    ) -> Verdict {
        self.condition.any(expected, |operator, keys| {
            if !is_positive(operator) {
                return Verdict::no();
            }
            keys.any(expected, |key, values| {
                let key = key.to_ascii_lowercase();
                if !is_meant(&key) {
                    return Verdict::no();
                }
                values.must_not_be_empty() & values.all(|value| value.must_read(expected, |text| fits(&key, text)))
            })
        })
    }

    /// Every principal of a kind (`AWS`, `Service`, `Federated`) passes; not applicable where there is
    /// none, and where it speaks of all there are.
    pub(crate) fn each_principal<'s>(&'s self, kind: &str, judge: impl Fn(Fact<'s, Text<'s>>) -> Verdict) -> Verdict {
        match self.principals.state() {
            State::Set(entries) => model::all(
                entries.into_iter().map(
                    |(found, names)| {
                        if found == kind { names.all(&judge) } else { Verdict::not_applicable() }
                    },
                ),
            ),
            State::Unset => Verdict::not_applicable(),
            State::Unknown(_) => match self.principal_text.must_be("*") {
                everyone if everyone.outcome == Outcome::Pass => Verdict::not_applicable(),
                other => other.weakened(),
            },
        }
    }

    /// It allows an action, or one that covers it.
    pub(crate) fn allows(&self, action: &str) -> Verdict {
        self.effect.must_be("Allow") & self.may_be_used_for(action)
    }

    /// One of its actions is this one, or covers it.
    fn may_be_used_for(&self, action: &str) -> Verdict {
        self.action.any(action, |found| found.must_read(action, |text| covers(text, action)))
    }

    /// It leaves actions out. An allowance of all but a few still grants all the rest to whoever may
    /// change permissions.
    fn must_not_allow_every_action(&self) -> Verdict {
        self.action.all(|action| action.must_read("certain actions", |text| !covers(text, "*:*")))
            & when(self.not_action.at().must_be_set(), || self.leaves_out("iam:PutRolePolicy"))
    }

    fn must_not_cover(&self, action: &str) -> Verdict {
        let expected = format!("nothing that covers {action}");
        self.action.all(|found| found.must_read(&expected, |text| !covers(text, action)))
            & when(self.not_action.at().must_be_set(), || self.leaves_out(action))
    }

    fn leaves_out(&self, action: &str) -> Verdict {
        self.not_action.any(action, |found| found.must_read(action, |text| covers(text, action)))
    }

    /// It speaks of certain resources, or of none of the service, if one is given, or a condition confines
    /// it.
    fn is_confined(&self, service: Option<&str>) -> Verdict {
        let is_confined = |text: &str| !is_whole_kind(text) || service.is_some_and(|s| is_of_another(text, s));
        let resources = self.resource.must_not_be_empty()
            & self.resource.all(|resource| resource.must_read("certain resources", is_confined));
        match resources.outcome {
            Outcome::Pass => resources,
            _ => match self.condition.at().must_be_set() {
                conditions if conditions.outcome == Outcome::Fail => resources,
                conditions => resources | conditions,
            },
        }
    }
}

/// Whether an operator admits only what it names. `…Not…` admits all the rest, `ForAllValues:` and
/// `…IfExists` also what has no such key.
fn is_positive(operator: &str) -> bool {
    let operator = operator.to_ascii_lowercase();
    !operator.starts_with("forallvalues:")
        && !operator.ends_with("ifexists")
        && !operator.contains("not")
        && ["string", "arn", "ipaddress"]
            .iter()
            .any(|family| operator.trim_start_matches("foranyvalue:").starts_with(family))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_that_admit_only_what_they_name() {
        for operator in ["StringEquals", "ArnLike", "IpAddress", "ForAnyValue:StringLike", "stringlike"] {
            assert!(is_positive(operator), "{operator}");
        }
        for operator in
            ["StringNotEquals", "ForAllValues:StringLike", "StringEqualsIfExists", "Bool", "Null", "NotIpAddress"]
        {
            assert!(!is_positive(operator), "{operator}");
        }
    }
}
