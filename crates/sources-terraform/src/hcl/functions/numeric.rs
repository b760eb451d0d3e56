//! Functions of numbers.

use model::Node;

use super::{Answer, integer_at, number_at, text_at};
use crate::hcl::value::{Fault, as_number, integer, number};

pub(in crate::hcl) fn call(name: &str, arguments: &[&Node]) -> Option<Answer> {
    let answer = match name {
        "abs" => number_at(arguments, 0).and_then(|value| number(value.abs())),
        "ceil" => number_at(arguments, 0).and_then(|value| number(value.ceil())),
        "floor" => number_at(arguments, 0).and_then(|value| number(value.floor())),
        "log" => two(arguments).and_then(|(value, base)| number(value.ln() / base.ln())),
        "pow" => two(arguments).and_then(|(base, power)| number(base.powf(power))),
        "signum" => number_at(arguments, 0).map(|value| integer(if value == 0.0 { 0 } else { value.signum() as i128 })),
        "max" => extreme(arguments, f64::max),
        "min" => extreme(arguments, f64::min),
        "parseint" => parse(arguments),
        _ => return None,
    };
    Some(answer.map(Some))
}

fn two(arguments: &[&Node]) -> Result<(f64, f64), Fault> {
    Ok((number_at(arguments, 0)?, number_at(arguments, 1)?))
}

fn extreme(arguments: &[&Node], choose: fn(f64, f64) -> f64) -> Result<Node, Fault> {
    let numbers: Option<Vec<f64>> = arguments.iter().map(|argument| as_number(argument)).collect();
    let chosen = numbers.and_then(|numbers| numbers.into_iter().reduce(choose));
    number(chosen.ok_or_else(|| Fault::new("no numbers"))?)
}

fn parse(arguments: &[&Node]) -> Result<Node, Fault> {
    let wrong = || Fault::new("not a number of this base");
    let base =
        u32::try_from(integer_at(arguments, 1)?).ok().filter(|base| (2..=36).contains(base)).ok_or_else(wrong)?;
    Ok(integer(i128::from_str_radix(&text_at(arguments, 0)?, base).map_err(|_| wrong())?))
}
