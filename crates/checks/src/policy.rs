//! Policy documents of IAM, wherever they stand: who may do what to which, under which conditions.

use model::{At, Entries, Fact, List, Outcome, State, Text, Verdict, View, any, when};

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
const LIMITING: [&str; 20] = [
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
                let confined = statement.resource.all(|resource| {
                    resource.must_read("certain resources", |text| !is_every_resource(text))
                });
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
            State::Set(entries) => model::all(entries.into_iter().map(|(found, names)| {
                if found == kind { names.all(&judge) } else { Verdict::not_applicable() }
            })),
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

/// Whether an action with wildcards covers another, which may have some itself.
fn covers(pattern: &str, action: &str) -> bool {
    // `*` stands for all there is, as `*:*` does.
    pattern.bytes().all(|byte| byte == b'*') && !pattern.is_empty()
        || matches(pattern.as_bytes(), action.as_bytes())
}

/// Whether a text matches a pattern with `*` and `?`, whatever the case of its letters.
fn matches(pattern: &[u8], text: &[u8]) -> bool {
    let (mut p, mut t) = (0, 0);
    // Where to go on when what follows the last `*` does not match.
    let mut retry: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                retry = Some((p + 1, t));
                p += 1;
            }
            Some(byte) if *byte == b'?' || text.get(t).is_some_and(|c| c.eq_ignore_ascii_case(byte)) => {
                p += 1;
                t += 1;
            }
            _ => match retry {
                Some((after, from)) => {
                    retry = Some((after, from + 1));
                    (p, t) = (after, from + 1);
                }
                None => return false,
            },
        }
    }
    pattern.get(p..).unwrap_or_default().iter().all(|byte| *byte == b'*')
}

fn has_wildcard(text: &str) -> bool {
    text.contains(['*', '?'])
}

/// Whether an ARN or `*` is that of every resource of every service.
fn is_every_resource(text: &str) -> bool {
    let parts = match text.strip_prefix("arn:") {
        Some(arn) => arn.split(':').skip(1).collect::<Vec<_>>(),
        None => vec![text],
    };
    parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte == b'*'))
}

/// Whether an ARN or `*` is that of every resource, or of every resource of a kind:
/// `arn:aws:iam::*:role/*`.
fn is_whole_kind(text: &str) -> bool {
    if is_every_resource(text) {
        return true;
    }
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    let [_, _, service, _, _, resource] = parts[..] else { return false };
    let name = match resource.split_once(['/', ':']) {
        // What stands before the objects of S3 is a bucket, and not their kind.
        Some((kind, name)) if service != "s3" && kind.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') => name,
        _ => resource,
    };
    !name.is_empty() && name.bytes().all(|byte| byte == b'*')
}

/// Whether an ARN is of another service than this one.
fn is_of_another(arn: &str, service: &str) -> bool {
    arn.split(':').nth(2).is_some_and(|found| !has_wildcard(found) && found != service)
}

/// Whether the value of a limiting key is one that not just anyone can have.
fn is_certain(key: &str, value: &str) -> bool {
    if key.ends_with("sourceip") {
        // S3 takes anything wider for public ("The meaning of public").
        return match value.split_once('/').map(|(address, length)| (address, length.parse::<u32>())) {
            Some((address, Ok(length))) => length >= if address.contains(':') { 32 } else { 8 },
            _ => !has_wildcard(value),
        };
    }
    if !has_wildcard(value) {
        return !value.is_empty();
    }
    if key.ends_with("arn") {
        return is_certain_arn(value);
    }
    // `o-a1b2c3/r-f6g7/*` and `AROAEXAMPLE:*` begin with what is unique.
    value.split(['/', ':']).next().is_some_and(|first| !first.is_empty() && !has_wildcard(first))
}

/// Whether an ARN with wildcards is tied to an account, or to a name that is unique among all accounts.
fn is_certain_arn(arn: &str) -> bool {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    match parts[..] {
        [_, _, _, _, account, _] if !account.is_empty() && !has_wildcard(account) => true,
        // Names of buckets are unique; the ARNs of some services have no account.
        [_, _, service, _, account, resource] => (account.is_empty() || service == "s3") && !has_wildcard(resource),
        // The ARN of something in the template, and more behind it.
        _ => arn.starts_with(model::BLANK),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_cover_actions() {
        for (pattern, action) in [
            ("*", "iam:PassRole"),
            ("*:*", "iam:PassRole"),
            ("IAM:*", "iam:PassRole"),
            ("iam:Pass*", "iam:PassRole"),
            ("iam:*Role", "iam:PassRole"),
            ("iam:passrol?", "iam:PassRole"),
            ("*", "s3:*"),
            ("S3:*", "s3:*"),
            ("**", "*:*"),
        ] {
            assert!(covers(pattern, action), "{pattern} {action}");
        }
        for (pattern, action) in
            [("iam:*", "*:*"), ("iam:Get*", "iam:PassRole"), ("s3:Get*", "s3:*"), ("", "a"), ("iam:PassRole?", "iam:PassRole")]
        {
            assert!(!covers(pattern, action), "{pattern} {action}");
        }
    }

    #[test]
    fn resources_that_are_all_there_is() {
        for every in ["*", "**", "arn:aws:*:*:*:*"] {
            assert!(is_every_resource(every), "{every}");
            assert!(is_whole_kind(every), "{every}");
        }
        for kind in ["arn:aws:iam::*:role/*", "arn:aws:iam::123456789012:policy/*", "arn:aws:s3:::*"] {
            assert!(!is_every_resource(kind), "{kind}");
            assert!(is_whole_kind(kind), "{kind}");
        }
        for one in ["arn:aws:s3:::bucket/*", "arn:aws:iam::123456789012:role/app-*", "\u{FFFC}", "\u{FFFC}/*"] {
            assert!(!is_every_resource(one) && !is_whole_kind(one), "{one}");
        }
    }

    #[test]
    fn values_that_not_just_anyone_has() {
        for (key, value) in [
            ("aws:sourceip", "203.0.113.0/24"),
            ("aws:sourceip", "10.0.0.0/8"),
            ("aws:sourceaccount", "123456789012"),
            ("aws:sourceaccount", "\u{FFFC}"),
            ("aws:sourcearn", "arn:aws:s3:*:*:uploads"),
            ("aws:sourcearn", "arn:aws:events:*:123456789012:rule/*"),
            ("aws:sourcearn", "arn:aws:events:*:\u{FFFC}:rule/*"),
            ("aws:principalorgpaths", "o-a1b2/r-c3/*"),
            ("aws:userid", "AROAEXAMPLE:*"),
        ] {
            assert!(is_certain(key, value), "{key} {value}");
        }
        for (key, value) in [
            ("aws:sourceip", "0.0.0.0/0"),
            ("aws:sourceip", "0.0.0.0/1"),
            ("aws:sourceip", "::/0"),
            ("aws:sourceaccount", "*"),
            ("aws:principalarn", "arn:aws:iam::*:role/admin"),
            ("aws:sourcearn", "arn:aws:s3:::uploads*"),
            ("aws:principalorgid", "o-*"),
            ("aws:principalorgid", ""),
        ] {
            assert!(!is_certain(key, value), "{key} {value}");
        }
    }

    #[test]
    fn operators_that_admit_only_what_they_name() {
        for operator in ["StringEquals", "ArnLike", "IpAddress", "ForAnyValue:StringLike", "stringlike"] {
            assert!(is_positive(operator), "{operator}");
        }
        for operator in ["StringNotEquals", "ForAllValues:StringLike", "StringEqualsIfExists", "Bool", "Null", "NotIpAddress"] {
            assert!(!is_positive(operator), "{operator}");
        }
    }
}
