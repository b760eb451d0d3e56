//! Address ranges: whether one reaches so far that anyone may stand behind it.

use std::net::Ipv4Addr;

use model::{Node, Part, Scalar, State, Value, Why};

/// An address range in CIDR notation, by how far it reaches.
///
/// `0.0.0.0/0` is not the only way to let everyone in: `0.0.0.0/1` beside `128.0.0.0/1` does it in two
/// halves. AWS counts a range as public when it is broader than /8 (IPv4) or /32 (IPv6), private
/// addresses aside (Amazon S3 User Guide, "The meaning of public"); no private IPv4 range is broader
/// than /8, and of IPv6 `fc00::/7` is private.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Network {
    /// Strangers are in it.
    Internet,
    /// So few are in it that they can be known.
    Limited,
}

impl Network {
    fn of(range: &str) -> Option<Self> {
        let (address, length) = range.trim().split_once('/')?;
        let length: u8 = length.parse().ok()?;
        let widest = match address.contains(':') {
            true if is_unique_local(address) => 7,
            true => 32,
            false => 8,
        };
        Some(if length < widest { Network::Internet } else { Network::Limited })
    }

    /// By the end of a range: as much of it as can be told without its beginning.
    fn of_end(end: &str) -> Option<Self> {
        let (address, length) = end.rsplit_once('/')?;
        match length.parse::<u8>().ok()? {
            0 => Some(Network::Internet),
            32.. => Some(Network::Limited),
            8.. if address.contains('.') => Some(Network::Limited),
            _ => None,
        }
    }
}

/// Whether two IPv4 ranges have addresses in common; none where one of them is no such range.
pub(crate) fn overlap(one: &str, other: &str) -> Option<bool> {
    let ((one, one_length), (other, other_length)) = (range(one)?, range(other)?);
    let shorter = one_length.min(other_length);
    // A shift by the full width is no shift at all.
    let mask = u32::MAX.checked_shl(32 - shorter).unwrap_or(0);
    Some(one & mask == other & mask)
}

fn range(text: &str) -> Option<(u32, u32)> {
    let (address, length) = text.trim().split_once('/')?;
    let address: Ipv4Addr = address.parse().ok()?;
    Some((address.into(), length.parse().ok().filter(|length| *length <= 32)?))
}

/// `fc00::/7`, the private addresses of IPv6.
fn is_unique_local(address: &str) -> bool {
    let first = address.split(':').next().unwrap_or_default().to_ascii_lowercase();
    first.len() == 4 && (first.starts_with("fc") || first.starts_with("fd"))
}

impl<'a> Scalar<'a> for Network {
    fn read(node: &'a Node) -> State<Self> {
        let unknown = || match node.expression() {
            Some(expression) => State::Unknown(Why::Unresolved(expression.clone().into())),
            None => State::Unknown(Why::Malformed("an address range".into())),
        };
        match &node.value {
            Value::Null => State::Unset,
            Value::Unknown(why) => State::Unknown(why.clone()),
            Value::Text(text) => Network::of(text).map_or_else(unknown, State::Set),
            // `${Address}/32`, `10.${Number}.0.0/16`: the length is all that matters.
            Value::Pattern(parts) => match parts.last() {
                Some(Part::Text(end)) => Network::of_end(end).map_or_else(unknown, State::Set),
                _ => unknown(),
            },
            // The block of a VPC or a subnet is /16 at the most.
            Value::Reference(reference) if matches!(&*reference.attribute, "CidrBlock" | "Ipv6CidrBlock") => {
                State::Set(Network::Limited)
            }
            _ => unknown(),
        }
    }

    fn show(&self) -> String {
        match self {
            Network::Internet => "the internet".to_owned(),
            Network::Limited => "a limited range".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_which_the_end_is_known() {
        for (end, wanted) in [
            ("/32", Some(Network::Limited)),
            ("/128", Some(Network::Limited)),
            (".0.0/16", Some(Network::Limited)),
            ("/0", Some(Network::Internet)),
            ("/16", None),
            ("0", None),
        ] {
            assert_eq!(Network::of_end(end), wanted, "{end}");
        }
    }

    #[test]
    fn ranges_with_addresses_in_common() {
        for (one, other) in
            [("10.0.0.0/16", "10.0.0.0/16"), ("10.0.0.0/8", "10.9.0.0/16"), ("0.0.0.0/0", "10.0.0.1/32")]
        {
            assert_eq!(overlap(one, other), Some(true), "{one} {other}");
            assert_eq!(overlap(other, one), Some(true), "{other} {one}");
        }
        assert_eq!(overlap("10.0.0.0/16", "10.1.0.0/16"), Some(false));
        assert_eq!(overlap("10.0.0.0/16", "::/0"), None);
        assert_eq!(overlap("10.0.0.0/33", "10.0.0.0/16"), None);
    }

    #[test]
    fn ranges_that_let_everyone_in() {
        for range in ["0.0.0.0/0", "10.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "::/0", "0:0::/0", "2000::/3"] {
            assert_eq!(Network::of(range), Some(Network::Internet), "{range}");
        }
        for range in ["10.0.0.0/8", "203.0.113.7/32", "2001:db8::/32", "fd00::/8", "fc00::/7"] {
            assert_eq!(Network::of(range), Some(Network::Limited), "{range}");
        }
        for range in ["", "10.0.0.0", "pl-123", "10.0.0.0/x"] {
            assert_eq!(Network::of(range), None, "{range}");
        }
    }
}
