//! What AWS charges by its price list, as far as checks need it.
//!
//! The prices are those of us-east-1, on demand, and committed as data with their sources: what a saving
//! stands on can be looked up, and a run without a network says the same as one with.

mod usd;

use std::collections::HashMap;
use std::sync::OnceLock;

pub use usd::Usd;

/// The region whose prices these are.
pub const REGION: &str = "us-east-1";

/// The hours of a month, as the AWS Pricing Calculator counts them: 8,760 a year by 12.
pub const HOURS_PER_MONTH: i64 = 730;

const TABLE: &str = include_str!("../data/us_east_1.csv");

/// A row of the table.
struct Row {
    service: &'static str,
    item: &'static str,
    price: Usd,
}

/// The price of an item of a service in its unit: `price("ebs", "volume:gp3")` is that of a GiB for a month. None where
/// it is not known.
pub fn price(service: &str, item: &str) -> Option<Usd> {
    // Read when something has to be paid for: most runs begin with other things.
    static PRICES: OnceLock<HashMap<(&'static str, &'static str), Usd>> = OnceLock::new();
    let prices = PRICES.get_or_init(|| rows().map(|row| ((row.service, row.item), row.price)).collect());
    prices.get(&(service, item)).copied()
}

fn rows() -> impl Iterator<Item = Row> {
    TABLE.lines().skip(1).filter_map(|line| {
        let mut cells = line.split(',');
        let (service, item, _unit, price) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
        Some(Row { service, item, price: Usd::parse(price)? })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_price_with_a_source() {
        let sources = include_str!("../data/README.md");
        let mut lines = TABLE.lines();
        assert_eq!(lines.next(), Some("service,item,unit,usd,source"));
        let mut before = ("", "");
        for line in lines {
            let [service, item, unit, usd, source] = line.split(',').collect::<Vec<_>>()[..] else { panic!("{line}") };
            assert!(before < (service, item), "{line}: not in order, or there twice");
            assert!(!unit.is_empty() && !line.contains('"'), "{line}");
            assert!(Usd::parse(usd).is_some_and(|price| price > Usd::ZERO), "{line}");
            let source = source.split([':', ' ']).next().unwrap();
            assert!(sources.contains(&format!("`{source}")), "{line}: its source is not described");
            before = (service, item);
        }
        assert_eq!(rows().count(), TABLE.lines().count() - 1);
    }

    #[test]
    fn prices_are_found_by_name() {
        assert_eq!(price("ebs", "volume:gp3"), Usd::parse("0.08"));
        assert_eq!(price("ec2", "instance:m7g.large"), Usd::parse("0.0816"));
        assert_eq!(price("ec2", "instance:m7g.huge"), None);
    }
}
