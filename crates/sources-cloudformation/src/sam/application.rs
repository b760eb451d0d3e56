//! `AWS::Serverless::Application`: a nested stack.

use super::plain::{At, Properties, entries, tags};
use super::{Expansion, Serverless};
use crate::nested;

pub(super) fn expand(expansion: &mut Expansion<'_>, from: &Serverless) {
    let own = &from.properties;
    let mut properties = Properties::default();
    if let Some(location) = own.get("Location") {
        let at = At(location.origin);
        let published = entries(Some(location)).is_some_and(|entries| entries.contains_key("ApplicationId"));
        let url = match published {
            true => at.later("an application of the serverless application repository"),
            false => location.clone(),
        };
        properties.put("TemplateURL", url);
    }
    properties.copy(&["NotificationARNs", "Parameters", "TimeoutInMinutes"], own);
    properties.put_some("Tags", tags(own.get("Tags")));
    expansion.add_main(from, nested::STACK, properties);
}
