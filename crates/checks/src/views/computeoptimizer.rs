//! AWS Compute Optimizer: what it recommends.

use model::{At, Fact, Inventory, List, Outcome, Text, Verdict, View};

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
