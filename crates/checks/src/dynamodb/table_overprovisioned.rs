//! `dynamodb_table_overprovisioned`

use findings::{Saving, Settings};
use macros::check;
use model::{At, Fact, State, Text, Verdict, View, when};
use pricing::Usd;

use crate::cost::{Cost, given, known};
use crate::moment::must_be_past;
use crate::views::metrics::Metric;

/// The days that are measured, and the seconds in them.
const DAYS: i64 = 14;
const SECONDS: f64 = (DAYS * 86_400) as f64;

#[derive(Debug, View)]
#[view("AWS::DynamoDB::Table")]
struct Table<'a> {
    at: At<'a>,
    #[view(default = "PROVISIONED")]
    billing_mode: Fact<'a, Text<'a>>,
    #[view(default = "STANDARD")]
    table_class: Fact<'a, Text<'a>>,
    #[view(path = "ProvisionedThroughput.ReadCapacityUnits")]
    reads: Fact<'a, f64>,
    #[view(path = "ProvisionedThroughput.WriteCapacityUnits")]
    writes: Fact<'a, f64>,
    #[view(path = "Observed.CreationDateTime")]
    created: Fact<'a, Text<'a>>,
    #[view(path = "Observed.Metrics.ConsumedReadCapacityUnits")]
    consumed_reads: Metric<'a>,
    #[view(path = "Observed.Metrics.ConsumedWriteCapacityUnits")]
    consumed_writes: Metric<'a>,
    #[view(path = "Observed.Metrics.ProvisionedReadCapacityUnits")]
    provisioned_reads: Metric<'a>,
    #[view(path = "Observed.Metrics.ProvisionedWriteCapacityUnits")]
    provisioned_writes: Metric<'a>,
}

/// DynamoDB tables use the capacity they are provisioned with
///
/// Provisioned capacity is charged by the hour, asked for or not. A table that over a fortnight used less
/// than a fifth of it would cost less on demand, or with less capacity that follows the load. DynamoDB
/// counts nothing while nothing is asked for, so no value means no use. Capacities of a few units are not
/// worth the attention.
///
/// ## Fix
/// Set `BillingMode: PAY_PER_REQUEST`, lower the capacity, or let Application Auto Scaling move it between
/// bounds that fit. A table can be changed to on-demand capacity four times a day.
/// ```account,fail
/// {"Type": "AWS::DynamoDB::Table", "Properties": {
///   "ProvisionedThroughput": {"ReadCapacityUnits": 100, "WriteCapacityUnits": 1},
///   "Observed": {"CreationDateTime": 1640995200.0, "Metrics": {
///     "ConsumedReadCapacityUnits": {"Sum": 604800, "Days": 14}, "ConsumedWriteCapacityUnits": {"Days": 0},
///     "ProvisionedReadCapacityUnits": {"Average": 100, "Days": 14},
///     "ProvisionedWriteCapacityUnits": {"Average": 1, "Days": 14}}}}}
/// ```
/// ```account,pass
/// {"Type": "AWS::DynamoDB::Table", "Properties": {
///   "ProvisionedThroughput": {"ReadCapacityUnits": 100, "WriteCapacityUnits": 1},
///   "Observed": {"CreationDateTime": 1640995200.0, "Metrics": {
///     "ConsumedReadCapacityUnits": {"Sum": 60480000, "Days": 14}, "ConsumedWriteCapacityUnits": {"Days": 0},
///     "ProvisionedReadCapacityUnits": {"Average": 100, "Days": 14},
///     "ProvisionedWriteCapacityUnits": {"Average": 1, "Days": 14}}}}}
/// ```
/// ```account,not_applicable
/// {"Type": "AWS::DynamoDB::Table", "Properties": {"BillingMode": "PAY_PER_REQUEST",
///   "ProvisionedThroughput": {"ReadCapacityUnits": 0, "WriteCapacityUnits": 0},
///   "Observed": {"CreationDateTime": 1640995200.0, "Metrics": {
///     "ConsumedReadCapacityUnits": {"Days": 0}, "ConsumedWriteCapacityUnits": {"Days": 0}}}}}
/// ```
#[check(
    COST06_BP02, SUS05_BP01, COST09_BP01,
    severity = Medium, needs = [Testing], code = Never,
    thresholds(percent = 20, least_units = 10),
    saves = fewer_units(table, settings)
)]
fn dynamodb_table_overprovisioned(table: &Table, settings: &Settings) -> Verdict {
    let (percent, least) = (settings.number("percent"), settings.number("least_units"));
    let used = |consumed: &Metric, measured: &Metric, now: &Fact<f64>| {
        // Capacity that follows the load is better known from its mean than from what it is now.
        let provisioned = if measured.average.state() == State::Unset { now } else { &measured.average };
        let worth = provisioned.must_be_at_least(least as f64);
        when(worth, || {
            provisioned.and_then(|units| {
                let expected = format!("{percent} percent or more of {units} units in every second of {DAYS} days");
                consumed.total(|sum| sum.must(&expected, |sum| *sum >= units * SECONDS * percent as f64 / 100.0))
            })
        })
    };
    when(table.billing_mode.must_be("PROVISIONED") & must_be_past(&table.created, DAYS, settings), || {
        used(&table.consumed_reads, &table.provisioned_reads, &table.reads)
            & used(&table.consumed_writes, &table.provisioned_writes, &table.writes)
    })
}

/// With as many units left as would have been used enough.
fn fewer_units(table: &Table<'_>, settings: &Settings) -> Option<Saving> {
    given(table.table_class.must_be("STANDARD"))?;
    let (percent, least) = (settings.number("percent").max(1) as f64, settings.number("least_units") as f64);
    let units = |consumed: &Metric, measured: &Metric, now: &Fact<f64>, what: &str, price: Option<Usd>| {
        let now = known(&measured.average).or_else(|| known(now))?.floor();
        // Where nothing is used, nothing is reported.
        let sum = known(&consumed.sum.clone().with_default(0.0))?;
        let then = (sum / SECONDS * 100.0 / percent).ceil().max(1.0);
        let price = price.filter(|_| now >= least && then < now)?;
        Some((Cost::hourly(now as i64, what, price)?, Cost::hourly(then as i64, what, price)?))
    };
    let (read, write) = (pricing::price("dynamodb", "rcu:provisioned"), pricing::price("dynamodb", "wcu:provisioned"));
    let reads = units(&table.consumed_reads, &table.provisioned_reads, &table.reads, "read units", read);
    let writes = units(&table.consumed_writes, &table.provisioned_writes, &table.writes, "write units", write);
    let (now, then) = match (reads, writes) {
        (Some(reads), Some(writes)) => (reads.0.and(Some(writes.0)), reads.1.and(Some(writes.1))),
        (Some(only), None) | (None, Some(only)) => only,
        (None, None) => return None,
    };
    now.less(then)
}
