//! `vpc_nat_gateway_idle`

use findings::{Saving, Settings};
use macros::check;
use model::{At, Fact, Text, Verdict, View, when};

use crate::cost::{Cost, given};
use crate::moment::must_be_past;
use crate::views::metrics::Metric;

#[derive(Debug, View)]
#[view("AWS::EC2::NatGateway")]
struct NatGateway<'a> {
    at: At<'a>,
    #[view(default = "zonal")]
    availability_mode: Fact<'a, Text<'a>>,
    #[view(path = "Observed.State")]
    state: Fact<'a, Text<'a>>,
    #[view(path = "Observed.CreateTime")]
    created: Fact<'a, Text<'a>>,
    #[view(path = "Observed.Metrics.BytesOutToDestination")]
    sent: Metric<'a>,
    #[view(path = "Observed.Metrics.BytesOutToSource")]
    received: Metric<'a>,
}

/// NAT gateways have passed traffic within the last fortnight
///
/// A NAT gateway is charged by the hour, and so is its public address, whether anything goes through it or
/// not. One that passed nothing in a fortnight is in no route that is used: its network is empty, or has
/// found another way out.
///
/// ## Fix
/// Remove the routes to the gateway, delete it and release its address. Where it waits for another zone to
/// fail, waive the check.
/// ```account,fail
/// {"Type": "AWS::EC2::NatGateway", "Properties": {"Observed": {"State": "available",
///   "CreateTime": "2022-01-01T10:00:00Z", "Metrics": {"BytesOutToDestination": {"Sum": 0, "Days": 14},
///     "BytesOutToSource": {"Sum": 0, "Days": 14}}}}}
/// ```
/// ```account,pass
/// {"Type": "AWS::EC2::NatGateway", "Properties": {"Observed": {"State": "available",
///   "CreateTime": "2022-01-01T10:00:00Z", "Metrics": {"BytesOutToDestination": {"Sum": 81920, "Days": 14},
///     "BytesOutToSource": {"Sum": 40960, "Days": 14}}}}}
/// ```
/// ```account,not_applicable
/// {"Type": "AWS::EC2::NatGateway", "Properties": {"Observed": {"State": "available",
///   "CreateTime": "2099-01-01T10:00:00Z", "Metrics": {"BytesOutToDestination": {"Days": 0},
///     "BytesOutToSource": {"Days": 0}}}}}
/// ```
#[check(
    COST04_BP03, COST08_BP03,
    severity = Medium, needs = [Testing], code = Never,
    thresholds(days = 14),
    saves = removed(gateway)
)]
fn vpc_nat_gateway_idle(gateway: &NatGateway, settings: &Settings) -> Verdict {
    let old = must_be_past(&gateway.created, settings.number("days"), settings);
    when(gateway.state.must_be("available") & old, || {
        gateway.sent.must_count_something() | gateway.received.must_count_something()
    })
}

/// A regional gateway is charged for each zone it is in, which is not known.
fn removed(gateway: &NatGateway<'_>) -> Option<Saving> {
    given(gateway.availability_mode.must_be("zonal"))?;
    Cost::hourly(1, "NAT gateway", pricing::price("vpc", "nat-gateway")?)?.saved()
}
