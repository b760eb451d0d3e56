//! What CloudWatch has measured: how much of what is there is used.
//!
//! Once everything else has been read, metrics are asked for of those [types of resource](table::TABLE) whose
//! use a check asks about, many in one call. They come under `Observed.Metrics`, each with what it came
//! to over its days and with how many days there was anything to measure. CloudWatch charges by the metric.

mod table;
mod total;

use std::collections::BTreeMap;
use std::sync::Arc;

use aws_wire::{Call, Class, Failure, Pages, Protocol, Scope, Service};
use futures_util::{StreamExt, stream};
use indexmap::IndexMap;
use jiff::Span;
use jiff::civil::Date;
use model::{Gap, Node, Resource, Value, Why};
use serde_json::json;
use tokio::time::sleep;

use crate::draft::place;
use crate::run::Found;
use crate::shape::text;
use crate::{Cell, Collector, Plan, Run, Stop};
use table::{Metric, TABLE, Take};
use total::Total;

pub(crate) static CLOUDWATCH: Service = Service {
    endpoint: "monitoring",
    signing: "monitoring",
    variable: "CLOUDWATCH",
    protocol: Protocol::Query { version: "2010-08-01", items: &[] },
    scope: Scope::Regional,
};

static DATA: Call = Call {
    service: &CLOUDWATCH,
    operation: "GetMetricData",
    path: "",
    action: "cloudwatch:GetMetricData",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &[],
    unset: &[],
};

/// How many queries one call takes. With a value a day they stay far below the 100,800 values that an
/// answer holds (Amazon CloudWatch API Reference, `GetMetricData`).
const QUERIES: usize = 500;

/// How many answers are waited for at once.
const AT_ONCE: usize = 64;

/// The seconds of a day.
const PERIOD: u32 = 86_400;

/// The call that is made after those of the collectors, where one of them lists anything that is measured.
pub(crate) fn call(collectors: &[&'static Collector]) -> Option<&'static Call> {
    let mut kinds = collectors.iter().flat_map(|collector| collector.calls).flat_map(|call| call.yields);
    kinds.any(|kind| TABLE.iter().any(|metric| metric.kind == *kind)).then_some(&DATA)
}

/// Asks for the metrics of everything that the cells hold, and sets them there.
pub(crate) async fn fetch(plan: &Plan, stop: &Stop, cells: &mut [(Cell, Found)]) {
    let mut questions = questions(cells);
    if plan.probing {
        questions.truncate(1);
    }
    let mut runs = BTreeMap::new();
    for place in questions.iter().map(|question| &question.place) {
        let account = plan.accounts.iter().find(|account| account.id == place.account);
        let Some(account) = account.filter(|_| !runs.contains_key(place)) else { continue };
        let run = Run {
            client: Arc::clone(&account.client),
            account: place.account.clone(),
            region: place.region.clone(),
            probing: plan.probing,
            makes_reports: false,
            stop: stop.clone(),
            today: plan.today,
            found: Default::default(),
        };
        runs.insert(place.clone(), run);
    }
    let mut open: BTreeMap<&Place, Vec<Series<'_>>> = BTreeMap::new();
    for (number, question) in questions.iter().enumerate() {
        for dimensions in &question.dimensions {
            let series = Series { question: number, metric: question.metric, dimensions };
            open.entry(&question.place).or_default().push(series);
        }
    }
    let batches = open.iter().flat_map(|(place, series)| {
        let run = runs.get(*place);
        batches(series).into_iter().filter_map(move |batch| Some((run?, place.days, batch)))
    });
    let batches: Vec<_> = batches.collect();
    let mut totals: Vec<Total> = questions.iter().map(|_| Total::default()).collect();
    // In order: what is added up in another order is another number.
    let mut answers =
        stream::iter(batches).map(|(run, days, batch)| answered(plan, run, days, batch)).buffered(AT_ONCE);
    while let Some(answer) = answers.next().await {
        for (number, total) in answer {
            totals.get_mut(number).into_iter().for_each(|all| all.add(&total));
        }
    }
    drop(answers);
    drop(open);
    for (question, total) in questions.into_iter().zip(totals) {
        let Some((_, found)) = cells.get_mut(question.cell) else { continue };
        let origin = found.origin(DATA.action, &question.place.region);
        let node = match question.unknown {
            Some(why) => Node::new(Value::Unknown(why), origin),
            None => total.node(question.metric.statistics, origin),
        };
        if let Some(run) = runs.remove(&question.place) {
            found.gaps.append(&mut run.found().gaps);
        }
        let Some(resource) = found.resources.get_mut(question.resource) else { continue };
        place(&mut resource.properties, &format!("Observed.Metrics.{}", question.metric.name), node);
    }
}

/// Where metrics are kept, and for how many days they are asked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    account: String,
    region: String,
    days: i32,
}

/// What is asked about one resource.
#[derive(Debug)]
struct Question {
    cell: usize,
    resource: usize,
    place: Place,
    metric: &'static Metric,
    /// Dimensions with their values; several where parts of the resource are measured apart.
    dimensions: Vec<Vec<(&'static str, String)>>,
    /// Why a dimension is not known.
    unknown: Option<Why>,
}

/// One run of values that CloudWatch keeps.
#[derive(Debug, Clone, Copy)]
struct Series<'q> {
    question: usize,
    metric: &'static Metric,
    dimensions: &'q [(&'static str, String)],
}

fn questions(cells: &[(Cell, Found)]) -> Vec<Question> {
    let mut metrics: BTreeMap<&str, Vec<&'static Metric>> = BTreeMap::new();
    TABLE.iter().for_each(|metric| metrics.entry(metric.kind).or_default().push(metric));
    let mut questions = Vec::new();
    for (number, (cell, found)) in cells.iter().enumerate() {
        // In the order of their names, not in that of the answers: the same account is asked the same.
        let mut resources: Vec<(usize, &Resource)> = found.resources.iter().enumerate().collect();
        resources.sort_by(|(_, a), (_, b)| (&a.kind, &a.id).cmp(&(&b.kind, &b.id)));
        for (position, resource) in resources {
            for metric in metrics.get(resource.kind.as_str()).into_iter().flatten().copied() {
                let known = match metric.only {
                    None => Ok(true),
                    Some((property, value)) => texts(&resource.properties, property).map(|found| found == [value]),
                };
                let dimensions = match known {
                    Ok(true) => dimensions(metric, cell, resource),
                    Ok(false) => continue,
                    Err(why) => Err(why),
                };
                let (dimensions, unknown) = match dimensions {
                    Ok(dimensions) => (dimensions, None),
                    Err(why) => (Vec::new(), Some(why)),
                };
                let region = resource.region.clone().unwrap_or_else(|| cell.region.clone());
                let place = Place { account: cell.account.clone(), region, days: metric.days };
                questions.push(Question { cell: number, resource: position, place, metric, dimensions, unknown });
            }
        }
    }
    questions
}

/// The dimensions of a metric of one resource: every combination of their values.
fn dimensions(metric: &Metric, cell: &Cell, resource: &Resource) -> Result<Vec<Vec<(&'static str, String)>>, Why> {
    let mut combinations = vec![Vec::new()];
    for (name, take) in metric.dimensions {
        let values = match take {
            Take::Id => vec![resource.id.clone()],
            Take::Name => vec![resource.name.clone().unwrap_or_else(|| resource.id.clone())],
            Take::Account => vec![cell.account.clone()],
            Take::Word(word) => vec![(*word).to_owned()],
            Take::Each(path) => texts(&resource.properties, path)?.into_iter().map(str::to_owned).collect(),
            Take::LastOf(path) => {
                let all = texts(&resource.properties, path)?;
                all.into_iter().map(|text| text.rsplit('/').next().unwrap_or(text).to_owned()).collect()
            }
        };
        combinations = combinations
            .into_iter()
            .flat_map(|before: Vec<(&'static str, String)>| {
                values.iter().map(move |value| {
                    let mut more = before.clone();
                    more.push((*name, value.clone()));
                    more
                })
            })
            .collect();
    }
    Ok(combinations)
}

/// The texts that a path leads to; `*` steps into a list.
fn texts<'n>(node: &'n Node, path: &str) -> Result<Vec<&'n str>, Why> {
    let mut nodes = vec![node];
    for step in path.split('.') {
        let mut next = Vec::new();
        for node in nodes {
            match &node.value {
                Value::Unknown(why) => return Err(why.clone()),
                Value::List(items) if step == "*" => next.extend(items),
                _ => next.extend(node.get(step)),
            }
        }
        nodes = next;
    }
    let mut texts = Vec::new();
    for node in nodes {
        let items = if let Value::List(items) = &node.value { items.as_slice() } else { std::slice::from_ref(node) };
        for item in items {
            match &item.value {
                Value::Text(text) => texts.push(&**text),
                Value::Unknown(why) => return Err(why.clone()),
                _ => {}
            }
        }
    }
    Ok(texts)
}

/// As many series as one call takes at a time. The statistics of one stay together: up to five of them
/// are charged as one metric (Amazon CloudWatch API Reference, `GetMetricData`).
fn batches<'q>(series: &[Series<'q>]) -> Vec<Vec<Series<'q>>> {
    let mut batches = Vec::new();
    let (mut batch, mut queries) = (Vec::new(), 0);
    for one in series {
        if queries + one.metric.statistics.len() > QUERIES {
            batches.push(std::mem::take(&mut batch));
            queries = 0;
        }
        queries += one.metric.statistics.len();
        batch.push(*one);
    }
    batches.push(batch);
    batches
}

/// What a batch of series came to; nothing is known of those that are not read before the scan is stopped
/// or the time for a cell is up.
async fn answered(plan: &Plan, run: &Run, days: i32, batch: Vec<Series<'_>>) -> Vec<(usize, Total)> {
    let questions: Vec<usize> = batch.iter().map(|series| series.question).collect();
    let reason = tokio::select! {
        biased;
        ending = run.stop.wait() => ending.to_string(),
        totals = ask(run, plan.today, days, batch) => return totals,
        () = sleep(plan.deadline) => format!("not read within {} s", plan.deadline.as_secs()),
    };
    run.found().gaps.push(Gap {
        service: Some(CLOUDWATCH.endpoint.to_owned()),
        account: Some(run.account().to_owned()),
        region: Some(run.region().to_owned()),
        call: Some(DATA.operation.to_owned()),
        reason,
        ..Gap::default()
    });
    questions.into_iter().map(|question| (question, Total::unread())).collect()
}

/// Asks for a batch of series, and says what each came to.
async fn ask(run: &Run, today: Date, days: i32, batch: Vec<Series<'_>>) -> Vec<(usize, Total)> {
    let first = today.saturating_sub(Span::new().days(days));
    let mut asked = IndexMap::new();
    let mut queries = Vec::new();
    for (number, series) in batch.iter().enumerate() {
        let dimensions: Vec<_> =
            series.dimensions.iter().map(|(name, value)| json!({ "Name": name, "Value": value })).collect();
        let metric = json!({
            "Namespace": series.metric.namespace, "MetricName": series.metric.name, "Dimensions": dimensions,
        });
        for statistic in series.metric.statistics {
            let id = format!("q{}", queries.len());
            let measure = json!({ "Metric": metric, "Period": PERIOD, "Stat": statistic.name() });
            queries.push(json!({ "Id": id, "MetricStat": measure, "ReturnData": true }));
            asked.insert(id, (number, *statistic, None));
        }
    }
    let parameters = json!({
        "StartTime": format!("{first}T00:00:00Z"), "EndTime": format!("{today}T00:00:00Z"),
        "MetricDataQueries": queries,
    });
    let mut totals: Vec<(usize, Total)> = batch.iter().map(|series| (series.question, Total::default())).collect();
    let answer = run.get_list(&DATA, parameters, "MetricDataResults").await;
    let results = match answer.map(|node| node.value) {
        Some(Value::List(results)) => results,
        Some(Value::Unknown(why)) => {
            totals.iter_mut().for_each(|(_, total)| total.unknown = Some(why.clone()));
            return totals;
        }
        _ => Vec::new(),
    };
    for result in &results {
        let Some((number, statistic, state)) = text(result, "Id").and_then(|id| asked.get_mut(id)) else { continue };
        let Some((_, total)) = totals.get_mut(*number) else { continue };
        let taken = match text(result, "StatusCode") {
            Some("Forbidden") => Err(Class::Denied),
            Some("InternalError") => Err(Class::Service),
            // What is partial goes on with the next page.
            _ => total.take(*statistic, first, result).ok_or(Class::Malformed),
        };
        *state = state.unwrap_or(Ok(())).and(taken).into();
    }
    // A probe is told no more than the first result.
    for (number, _, state) in asked.into_values().filter(|(.., state)| state.is_some() || !run.probing) {
        if let (Err(class), Some((_, total))) = (state.unwrap_or(Err(Class::Malformed)), totals.get_mut(number)) {
            let refused = run.unknown(run.region(), &DATA, &Failure::new(&DATA, class), run.origin(&DATA));
            if let Value::Unknown(why) = refused.value {
                total.unknown = Some(why);
            }
        }
    }
    totals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_can_be_asked_for() {
        let kinds: Vec<&str> = crate::collectors()
            .iter()
            .flat_map(|collector| collector.calls)
            .flat_map(|call| call.yields)
            .copied()
            .collect();
        for metric in TABLE {
            assert!(kinds.contains(&metric.kind), "no collector lists {}", metric.kind);
            // A bit for each day; five statistics are charged as one metric.
            assert!((1..64).contains(&metric.days) && (1..=5).contains(&metric.statistics.len()), "{metric:?}");
            assert!(!metric.dimensions.is_empty(), "{metric:?}");
        }
    }
}
