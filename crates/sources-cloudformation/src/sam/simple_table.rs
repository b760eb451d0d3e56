//! `AWS::Serverless::SimpleTable`.

use super::plain::{At, Properties, tags, text_of};
use super::{Expansion, Serverless};

pub(super) fn expand(expansion: &mut Expansion<'_>, from: &Serverless) {
    let (at, own) = (from.at, &from.properties);
    let key = own.get("PrimaryKey");
    let place = key.map_or(at, |key| At(key.origin));
    let name = key.and_then(|key| key.get("Name")).cloned().unwrap_or_else(|| place.text("id"));
    let kind = match key.and_then(|key| key.get("Type")) {
        None => place.text("S"),
        Some(kind) => match text_of(Some(kind)) {
            Some("String") => At(kind.origin).text("S"),
            Some("Number") => At(kind.origin).text("N"),
            Some("Binary") => At(kind.origin).text("B"),
            _ => kind.clone(),
        },
    };
    let mut properties = Properties::default();
    let attribute = place.map([("AttributeName", name.clone()), ("AttributeType", kind)]);
    properties.put("AttributeDefinitions", place.list([attribute]));
    let key = place.map([("AttributeName", name), ("KeyType", place.text("HASH"))]);
    properties.put("KeySchema", place.list([key]));
    match own.get("ProvisionedThroughput") {
        Some(throughput) => properties.put("ProvisionedThroughput", throughput.clone()),
        None => properties.put("BillingMode", at.text("PAY_PER_REQUEST")),
    };
    properties.copy(&["PointInTimeRecoverySpecification", "SSESpecification", "TableName"], own);
    properties.put_some("Tags", tags(own.get("Tags")));
    expansion.add_main(from, "AWS::DynamoDB::Table", properties);
}
