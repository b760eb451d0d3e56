//! Experiments with failure, and what is asked of recovery.

use model::Node;

use crate::mapping::{List, Mapping, Rule, Take, With, properties};
use crate::shape::by_name;

const ACTION: &[Rule] = &[
    Take("action_id", "ActionId"),
    Take("description", "Description"),
    Take("start_after", "StartAfter"),
    With("parameter", "Parameters", |node| Some(by_name(&node, "key", |block| block.get("value").cloned()))),
    With("target", "Targets", |node| Some(by_name(&node, "key", |block| block.get("value").cloned()))),
];

const TARGET: &[Rule] = &[
    Take("resource_type", "ResourceType"),
    Take("resource_arns", "ResourceArns"),
    Take("selection_mode", "SelectionMode"),
    Take("parameters", "Parameters"),
    With("resource_tag", "ResourceTags", |node| Some(by_name(&node, "key", |block| block.get("value").cloned()))),
    List("filter", "Filters", &[Take("path", "Path"), Take("values", "Values")]),
];

pub(crate) static MAPPINGS: &[Mapping] = &[
    Mapping::own(
        "aws_fis_experiment_template",
        "AWS::FIS::ExperimentTemplate",
        &[
            Take("description", "Description"),
            Take("role_arn", "RoleArn"),
            With("action", "Actions", actions),
            With("target", "Targets", targets),
            List("stop_condition", "StopConditions", &[Take("source", "Source"), Take("value", "Value")]),
            Take("tags_all", "Tags"),
        ],
    ),
    // The provider has no application of Resilience Hub, only what is asked of one.
    Mapping::own(
        "aws_resiliencehub_resiliency_policy",
        "AWS::ResilienceHub::ResiliencyPolicy",
        &[
            Take("name", "PolicyName"),
            Take("description", "PolicyDescription"),
            Take("tier", "Tier"),
            Take("data_location_constraint", "DataLocationConstraint"),
            Take("tags_all", "Tags"),
        ],
    ),
];

fn actions(node: Node) -> Option<Node> {
    Some(by_name(&node, "name", |block| Some(properties(ACTION, block))))
}

fn targets(node: Node) -> Option<Node> {
    Some(by_name(&node, "name", |block| Some(properties(TARGET, block))))
}
