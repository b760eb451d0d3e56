//! What Amazon CloudWatch answers to `GetMetricData`.

use std::collections::BTreeMap;

use testbed::cloud::{Asked, Reply};

/// One of the queries of a call.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Query {
    pub(crate) id: String,
    pub(crate) namespace: String,
    pub(crate) metric: String,
    pub(crate) statistic: String,
    /// Names and values of dimensions, in order: `InstanceId=i-1`.
    pub(crate) dimensions: Vec<String>,
}

pub(crate) fn is_asked(asked: &Asked) -> bool {
    asked.body.starts_with("Action=GetMetricData&")
}

/// Parameters of a form, by name.
pub(crate) fn parameters(asked: &Asked) -> BTreeMap<String, String> {
    let plain = |text: &str| text.replace("%2F", "/").replace("%3A", ":").replace("%24", "$");
    let pairs = asked.body.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), plain(value))).collect()
}

/// The queries of a call, in order.
pub(crate) fn queries(asked: &Asked) -> Vec<Query> {
    let parameters = parameters(asked);
    let value = |name: &str| parameters.get(name).cloned();
    let mut queries = Vec::new();
    while let Some(id) = value(&format!("MetricDataQueries.member.{}.Id", queries.len() + 1)) {
        let stat = format!("MetricDataQueries.member.{}.MetricStat", queries.len() + 1);
        let text = |name: &str| value(&format!("{stat}.{name}")).expect(name);
        let dimension = |number: usize, part: &str| value(&format!("{stat}.Metric.Dimensions.member.{number}.{part}"));
        let dimensions = (1..).map_while(|n| Some(format!("{}={}", dimension(n, "Name")?, dimension(n, "Value")?)));
        assert_eq!(text("Period"), "86400");
        queries.push(Query {
            id,
            namespace: text("Metric.Namespace"),
            metric: text("Metric.MetricName"),
            statistic: text("Stat"),
            dimensions: dimensions.collect(),
        });
    }
    queries
}

/// Answers each query with values, one a day from the first day on.
pub(crate) fn answer(asked: &Asked, values: impl Fn(&Query) -> Vec<f64>) -> Reply {
    let start = parameters(asked).remove("StartTime").expect("StartTime");
    let start: jiff::civil::Date = start[..10].parse().expect("a day");
    let result = |query: &Query| {
        let values = values(query);
        let day = |n: usize| start.saturating_add(jiff::Span::new().days(n as i64));
        let days: String = (0..values.len()).map(|n| format!("<member>{}T00:00:00Z</member>", day(n))).collect();
        let values: String = values.iter().map(|value| format!("<member>{value:?}</member>")).collect();
        format!(
            "<member><Id>{}</Id><Label>x</Label><Timestamps>{days}</Timestamps><Values>{values}</Values>\
             <StatusCode>Complete</StatusCode></member>",
            query.id
        )
    };
    page(&queries(asked).iter().map(result).collect::<String>(), None)
}

/// A page of an answer.
pub(crate) fn page(results: &str, next: Option<&str>) -> Reply {
    let next = next.map(|token| format!("<NextToken>{token}</NextToken>")).unwrap_or_default();
    Reply::Answer(
        200,
        format!(
            "<GetMetricDataResponse><GetMetricDataResult><MetricDataResults>{results}</MetricDataResults>{next}\
             </GetMetricDataResult></GetMetricDataResponse>"
        ),
    )
}

/// Nothing was measured.
pub(crate) fn nothing(asked: &Asked) -> Reply {
    answer(asked, |_| Vec::new())
}
