//! Amazon Inspector: what it scans in a region.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value, Why};
use serde_json::json;

use crate::shape::part;
use crate::{Collector, Draft, Halt, Reach, Run};

static INSPECTOR2: Service = Service {
    endpoint: "inspector2",
    signing: "inspector2",
    variable: "INSPECTOR2",
    protocol: Protocol::RestJson,
    scope: Scope::Regional,
};

static STATUS: Call = Call {
    service: &INSPECTOR2,
    operation: "BatchGetAccountStatus",
    path: "POST /status/batch/get",
    action: "inspector2:BatchGetAccountStatus",
    pages: Pages::One,
    yields: &["Pilaster::Inspector"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "inspector2",
    reach: Reach::EveryRegion,
    calls: &[&STATUS],
    collect: |run| Box::pin(inspector(run)),
};

/// One of these in each region, whether Inspector is on or off. An account that is not among those answered
/// for is among those that failed.
async fn inspector(run: &Run) -> Result<(), Halt> {
    let accounts = run.list(&STATUS, json!({ "accountIds": [run.account()] }), "accounts").await?;
    if accounts.is_empty() {
        let why = Why::Denied(format!("{} (the account is not answered for)", STATUS.action).into());
        let observed = Node::new(Value::Unknown(why), run.origin(&STATUS));
        run.add(Draft::new("Pilaster::Inspector", run.region(), run.origin(&STATUS)).set("Observed", Some(observed)));
    }
    for found in accounts {
        let mut draft = Draft::new("Pilaster::Inspector", run.region(), found.origin);
        for (property, name) in [
            ("Observed.Status", "state"),
            ("Observed.Ec2Status", "resourceState.ec2"),
            ("Observed.EcrStatus", "resourceState.ecr"),
            ("Observed.LambdaStatus", "resourceState.lambda"),
            ("Observed.LambdaCodeStatus", "resourceState.lambdaCode"),
            ("Observed.CodeRepositoryStatus", "resourceState.codeRepository"),
        ] {
            let status = part(&found, &format!("{name}.status"));
            draft = draft.set(property, status.filter(|node| node.value != Value::Null));
        }
        run.add(draft);
    }
    Ok(())
}
