//! Parameter groups of Amazon RDS that people made, with what they set in them. Those that the service brings
//! along cannot be changed.

use aws_wire::{Call, Pages};
use indexmap::IndexMap;
use model::{Node, Value};
use serde_json::json;

use super::rds::RDS;
use crate::shape::{part, text};
use crate::{Collector, Draft, Halt, Reach, Run};

const PAGES: Pages = Pages::Token { answer: "Marker", parameter: "Marker" };

static GROUPS: Call = Call {
    service: &RDS,
    operation: "DescribeDBParameterGroups",
    path: "",
    action: "rds:DescribeDBParameterGroups",
    pages: PAGES,
    yields: &["AWS::RDS::DBParameterGroup"],
    unset: &[],
};

static CLUSTER_GROUPS: Call = Call {
    service: &RDS,
    operation: "DescribeDBClusterParameterGroups",
    path: "",
    action: "rds:DescribeDBClusterParameterGroups",
    pages: PAGES,
    yields: &["AWS::RDS::DBClusterParameterGroup"],
    unset: &[],
};

static PARAMETERS: Call = Call {
    service: &RDS,
    operation: "DescribeDBParameters",
    path: "",
    action: "rds:DescribeDBParameters",
    pages: PAGES,
    yields: &[],
    unset: &[],
};

static CLUSTER_PARAMETERS: Call = Call {
    service: &RDS,
    operation: "DescribeDBClusterParameters",
    path: "",
    action: "rds:DescribeDBClusterParameters",
    pages: PAGES,
    yields: &[],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "rds_parameter_groups",
    reach: Reach::EveryRegion,
    calls: &[&GROUPS, &CLUSTER_GROUPS, &PARAMETERS, &CLUSTER_PARAMETERS],
    collect: |run| Box::pin(collect(run)),
};

/// What one list does not give is a gap of its own.
async fn collect(run: &Run) -> Result<(), Halt> {
    let parameters = json!({ "MaxRecords": 100 });
    let (groups, clusters) = tokio::join!(
        run.list(&GROUPS, parameters.clone(), "DBParameterGroups"),
        run.list(&CLUSTER_GROUPS, parameters, "DBClusterParameterGroups"),
    );
    run.each(groups.unwrap_or_default(), group).await;
    run.each(clusters.unwrap_or_default(), cluster_group).await;
    Ok(())
}

async fn group(run: &Run, found: Node) -> Vec<Draft> {
    let Some(name) = own(&found, "DBParameterGroupName") else { return Vec::new() };
    let asked = json!({ "DBParameterGroupName": name, "Source": "user", "MaxRecords": 100 });
    let set = run.get_list(&PARAMETERS, asked, "Parameters").await.map(by_name);
    let draft = Draft::new("AWS::RDS::DBParameterGroup", name, found.origin).name(name);
    vec![described(draft, &found, "DBParameterGroupName", "DBParameterGroupArn").set("Parameters", set)]
}

async fn cluster_group(run: &Run, found: Node) -> Vec<Draft> {
    let Some(name) = own(&found, "DBClusterParameterGroupName") else { return Vec::new() };
    let asked = json!({ "DBClusterParameterGroupName": name, "Source": "user", "MaxRecords": 100 });
    let set = run.get_list(&CLUSTER_PARAMETERS, asked, "Parameters").await.map(by_name);
    let draft = Draft::new("AWS::RDS::DBClusterParameterGroup", name, found.origin).name(name);
    vec![described(draft, &found, "DBClusterParameterGroupName", "DBClusterParameterGroupArn").set("Parameters", set)]
}

/// The name of a group that people made.
fn own<'n>(group: &'n Node, name: &str) -> Option<&'n str> {
    text(group, name).filter(|name| !name.starts_with("default."))
}

fn described(draft: Draft, group: &Node, name: &str, arn: &str) -> Draft {
    let draft = match text(group, arn) {
        Some(arn) => draft.arn(arn),
        None => draft,
    };
    draft.take(group, &[(name, name), ("DBParameterGroupFamily", "Family"), ("Description", "Description")])
}

/// Parameters as CloudFormation has them: a map of their values. What is refused stays what it is.
fn by_name(node: Node) -> Node {
    let Node { value: Value::List(parameters), origin, .. } = node else { return node };
    let set = parameters.iter().filter_map(|parameter| {
        let name = text(parameter, "ParameterName")?.to_owned();
        Some((name, part(parameter, "ParameterValue")?))
    });
    Node::new(Value::Map(set.collect::<IndexMap<String, Node>>()), origin)
}
