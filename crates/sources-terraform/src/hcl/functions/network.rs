//! Functions of ranges of addresses.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use model::Node;

use super::{Answer, integer_at, text_at};
use crate::hcl::value::{Fault, as_integer, list, text};

pub(in crate::hcl) fn call(name: &str, arguments: &[&Node]) -> Option<Answer> {
    let answer = match name {
        "cidrhost" => host(arguments),
        "cidrnetmask" => netmask(arguments),
        "cidrsubnet" => subnet(arguments),
        "cidrsubnets" => subnets(arguments),
        _ => return None,
    };
    Some(answer.map(Some))
}

/// A range of addresses.
#[derive(Clone, Copy)]
struct Range {
    /// The first address, in the lowest bits.
    start: u128,
    length: u32,
    /// 32, or 128.
    bits: u32,
}

impl Range {
    fn parse(written: &str) -> Result<Self, Fault> {
        let wrong = || Fault::new("not a range of addresses");
        let (address, length) = written.split_once('/').ok_or_else(wrong)?;
        let length: u32 = length.parse().map_err(|_| wrong())?;
        let (start, bits) = match address.parse().map_err(|_| wrong())? {
            IpAddr::V4(address) => (u128::from(u32::from(address)), 32),
            IpAddr::V6(address) => (u128::from(address), 128),
        };
        if length > bits {
            return Err(wrong());
        }
        Ok(Self { start: start & !low(bits - length), length, bits })
    }

    /// The number-th range within that is longer by `more` bits.
    fn within(self, more: u32, number: u128) -> Result<Self, Fault> {
        let length = self.length.checked_add(more).filter(|length| *length <= self.bits);
        let length = length.ok_or_else(|| Fault::new("not enough addresses"))?;
        if number > low(more) {
            return Err(Fault::new("not enough ranges"));
        }
        Ok(Self { start: self.start | number.checked_shl(self.bits - length).unwrap_or(0), length, ..self })
    }

    fn address(self, address: u128) -> String {
        match self.bits {
            32 => Ipv4Addr::from(u32::try_from(address).unwrap_or(u32::MAX)).to_string(),
            _ => Ipv6Addr::from(address).to_string(),
        }
    }

    fn show(self) -> Node {
        text(format!("{}/{}", self.address(self.start), self.length))
    }
}

/// A number with so many ones at its low end.
fn low(ones: u32) -> u128 {
    1_u128.checked_shl(ones).map_or(u128::MAX, |high| high - 1)
}

fn host(arguments: &[&Node]) -> Result<Node, Fault> {
    let range = Range::parse(&text_at(arguments, 0)?)?;
    let number = integer_at(arguments, 1)?;
    let last = low(range.bits - range.length);
    let offset = match u128::try_from(number) {
        Ok(number) => number,
        Err(_) => {
            let from_end = number.unsigned_abs() - 1;
            last.checked_sub(from_end).ok_or_else(|| Fault::new("not enough addresses"))?
        }
    };
    if offset > last {
        return Err(Fault::new("not enough addresses"));
    }
    Ok(text(range.address(range.start | offset)))
}

fn netmask(arguments: &[&Node]) -> Result<Node, Fault> {
    let range = Range::parse(&text_at(arguments, 0)?)?;
    if range.bits != 32 {
        return Err(Fault::new("only of IPv4"));
    }
    Ok(text(range.address(low(32) & !low(32 - range.length))))
}

fn subnet(arguments: &[&Node]) -> Result<Node, Fault> {
    let range = Range::parse(&text_at(arguments, 0)?)?;
    let more = u32::try_from(integer_at(arguments, 1)?).map_err(|_| Fault::new("no number of bits"))?;
    let number = u128::try_from(integer_at(arguments, 2)?).map_err(|_| Fault::new("no number of a range"))?;
    Ok(range.within(more, number)?.show())
}

fn subnets(arguments: &[&Node]) -> Result<Node, Fault> {
    let range = Range::parse(&text_at(arguments, 0)?)?;
    let wrong = || Fault::new("not enough addresses");
    let mut next = range.start;
    let mut made = Vec::new();
    for argument in arguments.iter().skip(1) {
        let more = as_integer(argument).and_then(|more| u32::try_from(more).ok()).ok_or_else(wrong)?;
        let length = range.length.checked_add(more).filter(|length| *length <= range.bits).ok_or_else(wrong)?;
        let size = low(range.bits - length);
        let start = next.checked_add(size).ok_or_else(wrong)? & !size;
        let own = Range { start, length, ..range };
        if start & !low(range.bits - range.length) != range.start {
            return Err(wrong());
        }
        made.push(own.show());
        next = start.checked_add(size).and_then(|last| last.checked_add(1)).ok_or_else(wrong)?;
    }
    Ok(list(made))
}
