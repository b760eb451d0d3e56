//! `rds_performance_monitoring`

use macros::check;
use model::{Inventory, Verdict};

use crate::views::rds::{Cluster, Instance};

/// RDS instances are watched by Enhanced Monitoring and Performance Insights
///
/// The metrics CloudWatch gets by default tell that a database is busy, but not why. Enhanced Monitoring
/// shows the processes and the memory of the instance at intervals down to a second, and Performance
/// Insights which queries it spends its time on. Both have to be on before the incident they are needed for.
///
/// ## Fix
/// Set `MonitoringInterval` (60 seconds will do) with a `MonitoringRoleArn`, and
/// `EnablePerformanceInsights: true` or `DatabaseInsightsMode: advanced`. On a cluster,
/// `PerformanceInsightsEnabled` and the others hold for all of its members.
/// ```yaml,fail
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: postgres, DBInstanceClass: db.m7g.large }
/// ```
/// ```yaml,pass
/// Type: AWS::RDS::DBInstance
/// Properties:
///   Engine: postgres
///   DBInstanceClass: db.m7g.large
///   MonitoringInterval: 60
///   MonitoringRoleArn: arn:aws:iam::123456789012:role/rds-monitoring
///   EnablePerformanceInsights: true
/// ```
#[check(PERF03_BP03, PERF03_BP04, REL06_BP01, severity = Low, fsbp = ["RDS.6"])]
fn rds_performance_monitoring(instance: &Instance, around: &Inventory) -> Verdict {
    let of_cluster = |judge: &dyn Fn(&Cluster) -> Verdict| {
        around.linked::<Cluster>(&instance.cluster).and_then(|cluster| judge(&cluster))
    };
    let enhanced = instance.monitoring_interval.must_be_at_least(1)
        | of_cluster(&|cluster| cluster.monitoring_interval.must_be_at_least(1));
    let insights = instance.enable_performance_insights.must_be(true)
        | instance.database_insights_mode.must_be("advanced")
        | of_cluster(&|cluster| {
            cluster.performance_insights_enabled.must_be(true) | cluster.database_insights_mode.must_be("advanced")
        });
    enhanced & insights
}
