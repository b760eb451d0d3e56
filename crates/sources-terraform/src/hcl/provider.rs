//! Configurations of providers: where resources go, and which tags they are given.

use std::rc::Rc;

use hcl_edit::expr::{Expression as Syntax, TraversalOperator};
use model::{Node, Value};

use super::declare::Content;
use super::run::{Each, Frame, Provider, Run, Scope};
use super::value::{as_string, text};

/// The partition a region is in, and the end of its host names.
pub(super) fn partition(region: &str) -> (&'static str, &'static str) {
    match region.split_once('-').map_or(region, |(area, _)| area) {
        "cn" => ("aws-cn", "amazonaws.com.cn"),
        "us" if region.starts_with("us-gov-") => ("aws-us-gov", "amazonaws.com"),
        "us" if region.starts_with("us-iso-") => ("aws-iso", "c2s.ic.gov"),
        "us" if region.starts_with("us-isob-") => ("aws-iso-b", "sc2s.sgov.gov"),
        "eusc" => ("aws-eusc", "amazonaws.eu"),
        _ => ("aws", "amazonaws.com"),
    }
}

impl<'a> Run<'a> {
    /// The configuration of the provider that a resource or data source uses.
    pub(super) fn provider_of(
        &self,
        scope: &Scope<'a>,
        kind: &str,
        content: Option<&'a Content<'a>>,
    ) -> Option<Rc<Provider>> {
        let own = content.and_then(|content| content.arguments.get("provider")).and_then(|own| name_of(own.value));
        let name = own.unwrap_or_else(|| kind.split_once('_').map_or(kind, |(name, _)| name).to_owned());
        self.provider(scope, &name)
    }

    fn provider(&self, scope: &Scope<'a>, name: &str) -> Option<Rc<Provider>> {
        if let Some(content) = scope.module.providers.get(name) {
            let configured = self.once(&scope.providers, &name.to_owned(), || Rc::new(self.configured(scope, content)));
            return configured;
        }
        let caller = scope.caller.as_ref()?;
        let outer = self.scope(caller.scope)?;
        let passed = caller.call.arguments.get("providers").and_then(|passed| match passed.value {
            Syntax::Object(entries) => entries.iter().find_map(|(key, value)| {
                let key = match key {
                    hcl_edit::expr::ObjectKey::Ident(name) => name.as_str().to_owned(),
                    hcl_edit::expr::ObjectKey::Expression(syntax) => name_of(syntax)?,
                };
                (key == name).then(|| name_of(value.expr()))?
            }),
            _ => None,
        });
        match passed {
            Some(outer_name) => self.provider(&outer, &outer_name),
            None if !name.contains('.') => self.provider(&outer, name),
            None => None,
        }
    }

    fn configured(&self, scope: &Scope<'a>, content: &'a Content<'a>) -> Provider {
        let each = Each::default();
        let frame = Frame::new(scope, content.file, &each);
        let argument = |name: &str| {
            let argument = content.arguments.get(name)?;
            let mut node = self.node(argument.value, &Frame { file: argument.file, ..frame });
            node.origin = argument.place();
            Some(self.settled(node))
        };
        let nested = |block: &str, name: &str| {
            let (file, block) = content.nested(block).next()?;
            let attribute = block.body.get_attribute(name)?;
            let mut node = self.node(&attribute.value, &Frame { file, ..frame });
            node.origin = file.place(&attribute.key);
            Some(self.settled(node))
        };
        let allowed = argument("allowed_account_ids").and_then(|allowed| match allowed.value {
            Value::List(items) => match items.as_slice() {
                [only] => as_string(only),
                _ => None,
            },
            _ => None,
        });
        let assumed = || {
            let role = nested("assume_role", "role_arn").and_then(|role| as_string(&role))?;
            role.split(':').nth(4).filter(|account| !account.is_empty()).map(str::to_owned)
        };
        Provider { region: argument("region"), account: allowed.or_else(assumed), tags: nested("default_tags", "tags") }
    }

    /// The region that a provider goes to.
    pub(super) fn region(&self, provider: Option<&Provider>) -> Option<Node> {
        match provider.and_then(|provider| provider.region.as_ref()) {
            Some(node) => as_string(node).map(|_| node.clone()),
            None => self.options.region.as_deref().map(text),
        }
    }
}

/// The name of a provider as it is referred to: `aws` or `aws.east`, which was once quoted.
fn name_of(syntax: &Syntax) -> Option<String> {
    match syntax {
        Syntax::Variable(name) => Some(name.as_str().to_owned()),
        Syntax::String(name) => Some(name.as_str().to_owned()),
        Syntax::Traversal(traversal) => match (&traversal.expr, traversal.operators.first()?.value()) {
            (Syntax::Variable(name), TraversalOperator::GetAttr(alias)) => {
                Some(format!("{}.{}", name.as_str(), alias.as_str()))
            }
            _ => None,
        },
        _ => None,
    }
}
