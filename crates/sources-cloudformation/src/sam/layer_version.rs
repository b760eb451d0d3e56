//! `AWS::Serverless::LayerVersion`.

use super::plain::{Properties, text_of};
use super::{Expansion, Serverless, function};

pub(super) fn expand(expansion: &mut Expansion<'_>, from: &Serverless) {
    let own = &from.properties;
    let mut properties = Properties::default();
    properties.put_some("Content", own.get("ContentUri").map(|uri| function::package(uri, "ContentUri")));
    properties.put("LayerName", from.at.text(from.logical.as_str()));
    properties.copy(&["CompatibleArchitectures", "CompatibleRuntimes", "Description", "LayerName", "LicenseInfo"], own);
    // Versions of a layer are kept unless the template says otherwise.
    let policy = match text_of(own.get("RetentionPolicy")) {
        Some("Delete") => "Delete",
        _ => "Retain",
    };
    let mut attributes = from.attributes.clone();
    attributes.entry("DeletionPolicy".to_owned()).or_insert_with(|| from.at.text(policy));
    let from =
        Serverless { logical: from.logical.clone(), at: from.at, properties: indexmap::IndexMap::new(), attributes };
    expansion.add_main(&from, "AWS::Lambda::LayerVersion", properties);
}
