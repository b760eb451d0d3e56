//! Amazon Elastic Container Service.

use model::{At, Fact, Inventory, Linked, List, Outcome, State, Text, Verdict, View, when};

/// What a task runs.
#[derive(Debug, View)]
#[view("AWS::ECS::TaskDefinition")]
pub(crate) struct TaskDefinition<'a> {
    pub(crate) at: At<'a>,
    #[view(path = "ContainerDefinitions")]
    pub(crate) containers: List<'a, Container<'a>>,
    /// In units, of which a processor has 1,024.
    pub(crate) cpu: Fact<'a, i64>,
    /// In MiB.
    pub(crate) memory: Fact<'a, i64>,
    pub(crate) network_mode: Fact<'a, Text<'a>>,
    pub(crate) pid_mode: Fact<'a, Text<'a>>,
    pub(crate) requires_compatibilities: List<'a, Fact<'a, Text<'a>>>,
    #[view(path = "RuntimePlatform.CpuArchitecture", default = "X86_64")]
    pub(crate) architecture: Fact<'a, Text<'a>>,
    #[view(path = "RuntimePlatform.OperatingSystemFamily", default = "LINUX")]
    pub(crate) operating_system: Fact<'a, Text<'a>>,
}

impl TaskDefinition<'_> {
    pub(crate) fn runs_linux(&self) -> Verdict {
        self.operating_system.must_be("LINUX")
    }
}

/// A container of a task.
#[derive(Debug, View)]
pub(crate) struct Container<'a> {
    pub(crate) at: At<'a>,
    #[view(default = false)]
    pub(crate) privileged: Fact<'a, bool>,
    #[view(default = false)]
    pub(crate) readonly_root_filesystem: Fact<'a, bool>,
    #[view(path = "Environment")]
    pub(crate) variables: List<'a, Variable<'a>>,
    #[view(path = "LogConfiguration.LogDriver")]
    pub(crate) log_driver: Fact<'a, Text<'a>>,
}

/// An environment variable of a container.
#[derive(Debug, View)]
pub(crate) struct Variable<'a> {
    pub(crate) at: At<'a>,
    pub(crate) name: Fact<'a, Text<'a>>,
    pub(crate) value: Fact<'a, Text<'a>>,
}

/// Tasks that are kept running.
#[derive(Debug, View)]
#[view("AWS::ECS::Service")]
pub(crate) struct Service<'a> {
    pub(crate) at: At<'a>,
    pub(crate) launch_type: Fact<'a, Text<'a>>,
    #[view(default = "LATEST")]
    pub(crate) platform_version: Fact<'a, Text<'a>>,
    #[view(default = "REPLICA")]
    pub(crate) scheduling_strategy: Fact<'a, Text<'a>>,
    #[view(default = 1)]
    pub(crate) desired_count: Fact<'a, i64>,
    #[view(path = "NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp", default = "DISABLED")]
    pub(crate) assign_public_ip: Fact<'a, Text<'a>>,
    #[view(path = "NetworkConfiguration.AwsvpcConfiguration.Subnets")]
    pub(crate) subnets: List<'a, Fact<'a, Text<'a>>>,
    #[view(path = "DeploymentController.Type", default = "ECS")]
    pub(crate) deployment_controller: Fact<'a, Text<'a>>,
    #[view(path = "DeploymentConfiguration.DeploymentCircuitBreaker")]
    pub(crate) circuit_breaker: Guard<'a>,
    #[view(path = "DeploymentConfiguration.Alarms")]
    pub(crate) alarms: Guard<'a>,
}

impl Service<'_> {
    /// Application Auto Scaling moves its number of tasks, and its bounds for that pass `judge`.
    pub(crate) fn must_scale(
        &self,
        around: &Inventory,
        expected: &str,
        judge: impl Fn(&ScalableTarget<'_>) -> Verdict,
    ) -> Verdict {
        let own = around.referring::<ScalableTarget<'_>>("ResourceId", &self.at).any(expected, |target| judge(target));
        if own.outcome != Outcome::Fail {
            return own;
        }
        let name = self.at.resource().name.as_deref().map(|name| format!("/{name}"));
        // Those that point to a service have been asked as its own.
        let elsewhere = |target: &ScalableTarget<'_>| match around.linked::<Service<'_>>(&target.resource_id) {
            Linked::Found(_) => Verdict::no(),
            _ => Verdict::not_applicable(),
        };
        let others =
            around.such(&self.at, "points to no service", elsewhere).map(|target| match target.resource_id.state() {
                // `service/shop/web`, written out.
                State::Set(id) if name.as_ref().is_some_and(|name| id.ends_with(name)) => {
                    target.at.as_one_of_several(judge(&target))
                }
                State::Set(_) | State::Unset => Verdict::not_applicable(),
                // `service/${Cluster}/${Stack}-web` may be this one, unless it names another.
                State::Unknown(_) => match around.linked::<Service<'_>>(&target.resource_id) {
                    Linked::Found(_) => Verdict::not_applicable(),
                    _ => when(target.resource_id.must_start_with("service/"), || {
                        target.resource_id.and_then(|_| Verdict::not_applicable())
                    }),
                },
            });
        let found = model::any(others.filter(|verdict| matches!(verdict.outcome, Outcome::Pass | Outcome::Unknown)));
        own | found
    }
}

/// What stops a deployment that fails.
#[derive(Debug, View)]
pub(crate) struct Guard<'a> {
    pub(crate) at: At<'a>,
    #[view(default = false)]
    pub(crate) enable: Fact<'a, bool>,
    #[view(default = false)]
    pub(crate) rollback: Fact<'a, bool>,
}

impl Guard<'_> {
    /// It stops a deployment that fails, and goes back.
    pub(crate) fn must_roll_back(&self) -> Verdict {
        self.enable.must_be(true) & self.rollback.must_be(true)
    }
}

/// The bounds within which Application Auto Scaling moves the number of tasks.
#[derive(Debug, View)]
#[view("AWS::ApplicationAutoScaling::ScalableTarget")]
pub(crate) struct ScalableTarget<'a> {
    pub(crate) at: At<'a>,
    pub(crate) resource_id: Fact<'a, Text<'a>>,
    pub(crate) min_capacity: Fact<'a, i64>,
    /// Changes of its bounds by the clock.
    pub(crate) scheduled_actions: List<'a, At<'a>>,
}
