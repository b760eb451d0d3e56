//! `ecs_cluster_container_insights`

use macros::check;
use model::{At, Fact, List, Text, Verdict, View};

#[derive(Debug, View)]
#[view("AWS::ECS::Cluster")]
struct Cluster<'a> {
    at: At<'a>,
    #[view(path = "ClusterSettings")]
    settings: List<'a, Setting<'a>>,
}

#[derive(Debug, View)]
struct Setting<'a> {
    at: At<'a>,
    name: Fact<'a, Text<'a>>,
    value: Fact<'a, Text<'a>>,
}

/// ECS clusters have Container Insights on
///
/// Without it, Amazon ECS reports CPU and memory of a service as a whole. Container Insights adds tasks and
/// containers, network, storage, restarts and the reasons of failures: what is needed to tell which task is too
/// small and which container leaks.
///
/// ## Fix
/// Add `{ Name: containerInsights, Value: enhanced }` to `ClusterSettings`. The metrics are charged for.
/// ```yaml,fail
/// Type: AWS::ECS::Cluster
/// ```
/// ```yaml,pass
/// Type: AWS::ECS::Cluster
/// Properties: { ClusterSettings: [{ Name: containerInsights, Value: enhanced }] }
/// ```
#[check(REL06_BP01, PERF02_BP03, OPS08_BP01, severity = Medium, needs = [Money], fsbp = ["ECS.12"])]
fn ecs_cluster_container_insights(cluster: &Cluster) -> Verdict {
    cluster.settings.any("containerInsights enabled or enhanced", |setting| {
        setting.name.must_be("containerInsights") & setting.value.must_be_one_of(&["enabled", "enhanced"])
    })
}
