//! `Fn::Cidr`.

use std::net::IpAddr;

use model::{Node, Value};

use super::known;
use crate::expression::call;
use crate::resolve::Scope;

/// AWS gives at most so many blocks.
const MAX_BLOCKS: u128 = 256;

pub(super) fn cidr(scope: &Scope<'_>, mut argument: Node) -> Node {
    scope.resolve(&mut argument);
    let origin = argument.origin;
    let blocks = match &argument.value {
        Value::List(items) => match items.as_slice() {
            [block, count] => blocks(text(block), number(count), Some(8)),
            [block, count, bits] => blocks(text(block), number(count), number(bits)),
            _ => None,
        },
        _ => None,
    };
    match blocks {
        Some(blocks) => {
            let items = blocks.into_iter().map(|text| Node::new(Value::Text(text.into()), origin));
            known(Value::List(items.collect()), call("Fn::Cidr", &argument), origin)
        }
        None => scope.unresolved("Fn::Cidr", &argument, true),
    }
}

fn text(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

fn number(node: &Node) -> Option<u128> {
    match &node.value {
        Value::Text(text) | Value::Number(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// The first `count` blocks with `bits` host bits within a block.
fn blocks(block: Option<&str>, count: Option<u128>, bits: Option<u128>) -> Option<Vec<String>> {
    let (address, prefix) = block?.split_once('/')?;
    let address: IpAddr = address.parse().ok()?;
    let prefix: u32 = prefix.parse().ok()?;
    let (width, first) = match address {
        IpAddr::V4(address) => (32_u32, u128::from(u32::from(address))),
        IpAddr::V6(address) => (128_u32, u128::from(address)),
    };
    let bits = u32::try_from(bits?).ok().filter(|&bits| bits < width)?;
    let count = count.filter(|&count| (1..=MAX_BLOCKS).contains(&count))?;
    let room = width.checked_sub(prefix)?.checked_sub(bits)?;
    if room < 64 && count > 1_u128 << room {
        return None;
    }
    // The block starts at its network address whatever the address within it was.
    let host = width - prefix;
    let base = if host >= 128 { 0 } else { first >> host << host };
    (0..count)
        .map(|number| {
            let start = base.checked_add(number.checked_shl(bits)?)?;
            let address = match width {
                32 => IpAddr::V4(u32::try_from(start).ok()?.into()),
                _ => IpAddr::V6(start.into()),
            };
            Some(format!("{address}/{}", width - bits))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_follow_each_other() {
        assert_eq!(
            blocks(Some("10.0.0.0/16"), Some(3), Some(8)).unwrap(),
            ["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24"]
        );
        assert_eq!(blocks(Some("2001:db8::/56"), Some(2), Some(64)).unwrap(), ["2001:db8::/64", "2001:db8:0:1::/64"]);
    }

    #[test]
    fn what_does_not_fit_has_no_blocks() {
        assert_eq!(blocks(Some("10.0.0.0/24"), Some(2), Some(8)), None);
        assert_eq!(blocks(Some("10.0.0.0/24"), Some(1), Some(40)), None);
        assert_eq!(blocks(Some("10.0.0.0"), Some(1), Some(8)), None);
    }
}
