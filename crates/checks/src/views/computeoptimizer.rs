//! AWS Compute Optimizer: what it recommends.

use findings::{Saving, SavingSource};
use model::{At, Fact, Inventory, List, Outcome, State, Text, Verdict, View};
use pricing::Usd;

use crate::cost::{given, known};

/// What is recommended for an instance.
#[derive(Debug, View)]
#[view("Pilaster::InstanceRecommendation")]
pub(crate) struct OfInstance<'a> {
    pub(crate) at: At<'a>,
    /// `Overprovisioned` where every part of it is large enough and one is too large.
    pub(crate) finding: Fact<'a, Text<'a>>,
    pub(crate) utilization_metrics: List<'a, Utilization<'a>>,
}

/// What was measured of it.
#[derive(Debug, View)]
pub(crate) struct Utilization<'a> {
    pub(crate) at: At<'a>,
    #[view(path = "name")]
    pub(crate) name: Fact<'a, Text<'a>>,
    #[view(path = "value")]
    pub(crate) value: Fact<'a, f64>,
}

/// What is recommended for an ECS service.
#[derive(Debug, View)]
#[view("Pilaster::ServiceRecommendation")]
pub(crate) struct OfService<'a> {
    pub(crate) at: At<'a>,
    pub(crate) finding: Fact<'a, Text<'a>>,
}

/// What is recommended for a database instance.
#[derive(Debug, View)]
#[view("Pilaster::DatabaseRecommendation")]
pub(crate) struct OfDatabase<'a> {
    pub(crate) at: At<'a>,
    pub(crate) finding: Fact<'a, Text<'a>>,
}

/// What is recommended for a function.
#[derive(Debug, View)]
#[view("Pilaster::FunctionRecommendation")]
pub(crate) struct OfFunction<'a> {
    pub(crate) at: At<'a>,
    pub(crate) finding: Fact<'a, Text<'a>>,
}

/// What was found is anything but `unwanted`. A recommendation without a finding says nothing.
pub(crate) fn must_not_find(finding: &Fact<'_, Text<'_>>, unwanted: &'static str) -> Verdict {
    finding.must_be_set().weakened() & finding.must_not_be(unwanted)
}

/// Judges what is recommended for a resource; `otherwise` where there is nothing, because the account is
/// not enrolled or too little has been seen of the resource.
pub(crate) fn recommended<'a, V: View<'a> + 'a>(
    around: &'a Inventory,
    resource: &At<'a>,
    judge: impl Fn(&V) -> Verdict,
    otherwise: impl FnOnce() -> Verdict,
) -> Verdict {
    let recommendations = || around.referring::<V>("ResourceArn", resource).certainly();
    match recommendations().must_exist("a recommendation").outcome {
        // Of what could not be read it is unknown whether it is there, and what it says.
        Outcome::Pass | Outcome::Unknown => recommendations().all(judge),
        Outcome::Fail | Outcome::NotApplicable => otherwise(),
    }
}

/// What is recommended for anything, as far as it says what that saves.
#[derive(Debug, View)]
#[view(
    "Pilaster::InstanceRecommendation",
    "Pilaster::ServiceRecommendation",
    "Pilaster::DatabaseRecommendation",
    "Pilaster::FunctionRecommendation"
)]
struct Recommendation<'a> {
    at: At<'a>,
    recommendation_options: List<'a, Choice<'a>>,
}

/// One way to follow a recommendation.
#[derive(Debug, View)]
struct Choice<'a> {
    at: At<'a>,
    /// 1 is that of the best. Options for services have none.
    #[view(path = "rank")]
    rank: Fact<'a, i64>,
    #[view(path = "savingsOpportunity.estimatedMonthlySavings")]
    at_list_price: Estimate<'a>,
    /// With what the account pays less, where Compute Optimizer was told to look at that.
    #[view(path = "savingsOpportunityAfterDiscounts.estimatedMonthlySavings")]
    after_discounts: Estimate<'a>,
}

#[derive(Debug, View)]
struct Estimate<'a> {
    at: At<'a>,
    #[view(path = "value")]
    value: Fact<'a, f64>,
    #[view(path = "currency")]
    currency: Fact<'a, Text<'a>>,
}

impl Estimate<'_> {
    fn usd(&self) -> Option<Usd> {
        given(self.currency.must_be("USD"))?;
        Usd::reported(known(&self.value)?)
    }
}

/// What Compute Optimizer estimates that following its recommendation would save: the option it ranks first, and where
/// none is ranked, the one that saves least.
pub(crate) fn estimated<'a>(around: &'a Inventory, resource: &At<'a>) -> Option<Saving> {
    let recommendations = around.referring::<Recommendation>("ResourceArn", resource);
    let [recommendation] = recommendations.known() else { return None };
    let State::Set(mut choices) = recommendation.recommendation_options.state() else { return None };
    if choices.iter().any(|choice| known(&choice.rank).is_some()) {
        choices.retain(|choice| known(&choice.rank) == Some(1));
    }
    let estimates = choices.iter().map(|choice| match choice.after_discounts.usd() {
        Some(usd) => Some((usd, "after discounts")),
        None => Some((choice.at_list_price.usd()?, "at on-demand prices")),
    });
    let (monthly, prices) = estimates.collect::<Option<Vec<_>>>()?.into_iter().min()?;
    let basis = format!("AWS Compute Optimizer estimates {} USD {prices}", monthly.rounded());
    Saving::new(monthly, basis, SavingSource::ComputeOptimizer)
}
