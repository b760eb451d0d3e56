//! The functions of Terraform that depend on nothing but their arguments.

pub(super) mod collection;
pub(super) mod encoding;
pub(super) mod network;
pub(super) mod numeric;
pub(super) mod pattern;
pub(super) mod string;

use model::{Node, Value};

use super::value::{Fault, as_integer, as_number, as_string};

/// What a function gives: nothing when that is not known.
pub(super) type Answer = Result<Option<Node>, Fault>;

fn argument<'n>(arguments: &[&'n Node], number: usize) -> Result<&'n Node, Fault> {
    arguments.get(number).copied().ok_or_else(|| Fault::new("an argument is missing"))
}

fn text_at(arguments: &[&Node], number: usize) -> Result<String, Fault> {
    as_string(argument(arguments, number)?).ok_or_else(|| Fault::new("not text"))
}

fn number_at(arguments: &[&Node], number: usize) -> Result<f64, Fault> {
    as_number(argument(arguments, number)?).ok_or_else(|| Fault::new("not a number"))
}

fn integer_at(arguments: &[&Node], number: usize) -> Result<i128, Fault> {
    as_integer(argument(arguments, number)?).ok_or_else(|| Fault::new("not a whole number"))
}

fn items_at<'n>(arguments: &[&'n Node], number: usize) -> Result<&'n [Node], Fault> {
    match &argument(arguments, number)?.value {
        Value::List(items) => Ok(items),
        _ => Err(Fault::new("not a list")),
    }
}
