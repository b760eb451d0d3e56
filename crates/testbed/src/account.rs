//! Accounts as examples write them.

use indexmap::IndexMap;
use model::{Builder, Gap, Inventory, Medium, Node, Origin, Presence, Resource, Source, Value, Why};
use serde_json::Value as Json;

/// The account and the region of resources that do not say another one.
const ACCOUNT: &str = "111122223333";
const REGION: &str = "eu-west-1";

/// An account as an example shows it in JSON: a resource, a list of resources, or
/// `{"Listed": [types that were asked for and of which there are none], "Resources": [...]}`. Beside `Listed`,
/// `Unread` names types whose list was refused, and `NotOffered` those that the region does not have.
///
/// A resource has a `Type`, and may have `Id` (otherwise its type and number), `Name` (otherwise its id),
/// `Arn`, `Account`, `Region` and `Properties`. `{"Denied": "ec2:DescribeVolumes"}` stands for a value
/// that was refused.
///
/// # Panics
/// When it is not of this form.
pub fn account(text: &str) -> Inventory {
    let example: Json = serde_json::from_str(text).expect(text);
    let mut builder = Builder::new();
    let source = builder.source(Source::Call { operation: "example:Read".to_owned(), region: REGION.to_owned() });
    let origin = Origin::new(source, 0, 0);
    let resources = match &example {
        Json::Object(parts) if parts.contains_key("Resources") => &parts["Resources"],
        all => all,
    };
    let types = |name: &str| {
        let types = example.get(name).and_then(Json::as_array).into_iter().flatten();
        types.map(|kind| kind.as_str().expect("the name of a type").to_owned())
    };
    for name in ["Listed", "Unread", "NotOffered"] {
        types(name).for_each(|kind| builder.listed(kind));
    }
    types("NotOffered").for_each(|kind| builder.not_offered(kind, ACCOUNT, REGION));
    for kind in types("Unread") {
        let mut gap = Gap::in_file("", None, "denied");
        (gap.file, gap.account, gap.region) = (None, Some(ACCOUNT.to_owned()), Some(REGION.to_owned()));
        (gap.action, gap.hides) = (Some("example:List".to_owned()), vec![kind]);
        builder.gap(gap);
    }
    let resources = resources.as_array().map_or(std::slice::from_ref(resources), Vec::as_slice);
    for (number, entry) in resources.iter().enumerate() {
        let text = |key: &str| entry.get(key).map(|value| value.as_str().expect("text").to_owned());
        let kind = text("Type").expect("a Type");
        let id = text("Id").unwrap_or_else(|| match kind.as_str() {
            "Pilaster::Account" => ACCOUNT.to_owned(),
            "Pilaster::Region" => text("Region").unwrap_or_else(|| REGION.to_owned()),
            kind => format!("{}-{number}", kind.rsplit("::").next().unwrap_or_default().to_lowercase()),
        });
        let known = ["Type", "Id", "Name", "Arn", "Account", "Region", "Properties"];
        let strange = entry.as_object().into_iter().flat_map(|entry| entry.keys()).find(|k| !known.contains(&&***k));
        assert!(strange.is_none(), "{strange:?} is nothing that a resource has");
        let properties = entry.get("Properties").cloned().unwrap_or(Json::Object(Default::default()));
        builder.listed(&kind);
        builder.resource(Resource {
            name: text("Name").or_else(|| Some(id.clone())),
            id,
            arn: text("Arn"),
            account: Some(text("Account").unwrap_or_else(|| ACCOUNT.to_owned())),
            region: (kind != "Pilaster::Account").then(|| text("Region").unwrap_or_else(|| REGION.to_owned())),
            kind,
            origin,
            presence: Presence::Certain,
            medium: Medium::Account,
            properties: refused(Node::from_json(properties, origin)),
            attributes: IndexMap::new(),
        });
    }
    builder.build()
}

fn refused(mut node: Node) -> Node {
    node.value = match node.value {
        Value::Map(entries) => match entries.get("Denied").map(|denied| &denied.value) {
            Some(Value::Text(action)) => Value::Unknown(Why::Denied(action.clone())),
            _ => Value::Map(entries.into_iter().map(|(key, node)| (key, refused(node))).collect()),
        },
        Value::List(items) => Value::List(items.into_iter().map(refused).collect()),
        value => value,
    };
    node
}
