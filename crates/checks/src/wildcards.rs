//! Wildcards in the actions, resources and conditions of policies.
//!
//! Text that only deployment fills in reads as [`model::BLANK`], a letter like any other.

/// Whether an action with wildcards covers another, which may have some itself.
pub(crate) fn covers(pattern: &str, action: &str) -> bool {
    // `*` stands for all there is, as `*:*` does.
    pattern.bytes().all(|byte| byte == b'*') && !pattern.is_empty() || matches(pattern.as_bytes(), action.as_bytes())
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
pub(crate) fn is_every_resource(text: &str) -> bool {
    let parts = match text.strip_prefix("arn:") {
        Some(arn) => arn.split(':').skip(1).collect::<Vec<_>>(),
        None => vec![text],
    };
    parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte == b'*'))
}

/// Whether an ARN or `*` is that of every resource, or of every resource of a kind:
/// `arn:aws:iam::*:role/*`.
pub(crate) fn is_whole_kind(text: &str) -> bool {
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
pub(crate) fn is_of_another(arn: &str, service: &str) -> bool {
    arn.split(':').nth(2).is_some_and(|found| !has_wildcard(found) && found != service)
}

/// Whether the value of a limiting key is one that not just anyone can have.
pub(crate) fn is_certain(key: &str, value: &str) -> bool {
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
        for (pattern, action) in [
            ("iam:*", "*:*"),
            ("iam:Get*", "iam:PassRole"),
            ("s3:Get*", "s3:*"),
            ("", "a"),
            ("iam:PassRole?", "iam:PassRole"),
        ] {
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
}
