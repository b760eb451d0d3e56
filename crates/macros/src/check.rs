//! `#[check]`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Error, Expr, ExprLit, FnArg, Ident, ItemFn, Lit, LitStr, Meta, Pat, Result, Token, Type, bracketed,
    parenthesized,
};

#[derive(Default)]
pub(crate) struct Arguments {
    practices: Vec<Ident>,
    severity: Option<Ident>,
    effort: Option<Ident>,
    needs: Vec<Ident>,
    fsbp: Vec<LitStr>,
    cis: Vec<LitStr>,
    live: Option<Ident>,
    cloudformation: Option<Ident>,
    plan: Option<Ident>,
    directory: Option<Ident>,
    thresholds: Vec<(Ident, Expr)>,
    saves: Option<Expr>,
}

impl Parse for Arguments {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let mut arguments = Self::default();
        while !input.is_empty() {
            let name: Ident = input.parse()?;
            if input.peek(Token![=]) {
                input.parse::<Token![=]>()?;
                arguments.set(&name, input)?;
            } else if input.peek(syn::token::Paren) && name == "thresholds" {
                let inner;
                parenthesized!(inner in input);
                while !inner.is_empty() {
                    let threshold: Ident = inner.parse()?;
                    inner.parse::<Token![=]>()?;
                    arguments.thresholds.push((threshold, inner.parse()?));
                    if !inner.is_empty() {
                        inner.parse::<Token![,]>()?;
                    }
                }
            } else {
                arguments.practices.push(name);
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(arguments)
    }
}

impl Arguments {
    fn set(&mut self, name: &Ident, input: ParseStream<'_>) -> Result<()> {
        match name.to_string().as_str() {
            "severity" => self.severity = Some(input.parse()?),
            "effort" => self.effort = Some(input.parse()?),
            "needs" => self.needs = list(input)?,
            "fsbp" => self.fsbp = list(input)?,
            "cis" => self.cis = list(input)?,
            "live" => self.live = Some(input.parse()?),
            "cloudformation" => self.cloudformation = Some(input.parse()?),
            "plan" => self.plan = Some(input.parse()?),
            "directory" => self.directory = Some(input.parse()?),
            "saves" => self.saves = Some(input.parse()?),
            "code" => {
                let level: Ident = input.parse()?;
                self.cloudformation = Some(level.clone());
                self.plan = Some(level.clone());
                self.directory = Some(level);
            }
            _ => return Err(Error::new_spanned(name, "not an argument of `check`")),
        }
        Ok(())
    }
}

fn list<T: Parse>(input: ParseStream<'_>) -> Result<Vec<T>> {
    let inner;
    bracketed!(inner in input);
    Ok(Punctuated::<T, Token![,]>::parse_terminated(&inner)?.into_iter().collect())
}

pub(crate) fn expand(arguments: Arguments, function: ItemFn) -> Result<TokenStream> {
    let name = &function.sig.ident;
    if arguments.practices.is_empty() {
        return Err(Error::new_spanned(name, "a check begins with its best practice: #[check(REL09_BP02)]"));
    }
    let doc = doc(&function.attrs);
    if doc.is_empty() {
        return Err(Error::new_spanned(name, "a check is documented: its first line is the claim"));
    }
    let mut inputs = function.sig.inputs.iter();
    let Some((Some(resource), Some(view))) = inputs.next().map(|input| (named(input), referenced(input))) else {
        return Err(Error::new_spanned(&function.sig, "a check takes a view by reference first"));
    };
    let mut more = Vec::new();
    for input in inputs {
        let kind = referenced(input).and_then(last_segment);
        more.push(match kind.as_deref() {
            Some("Inventory") => quote!(around),
            Some("Settings") => quote!(settings),
            _ => return Err(Error::new_spanned(input, "after its view a check takes `&Inventory` and `&Settings`")),
        });
    }
    let id = name.to_string();
    let entry = format_ident!("{}", id.to_uppercase());
    let practices = &arguments.practices;
    let severity = match &arguments.severity {
        Some(severity) => quote!(::core::option::Option::Some(::framework::Severity::#severity)),
        None => quote!(::core::option::Option::None),
    };
    let effort = arguments.effort.clone().unwrap_or_else(|| format_ident!("Small"));
    let (needs, fsbp, cis) = (&arguments.needs, &arguments.fsbp, &arguments.cis);
    let level = |level: &Option<Ident>| level.clone().unwrap_or_else(|| format_ident!("Fully"));
    let (live, cloudformation) = (level(&arguments.live), level(&arguments.cloudformation));
    let (plan, directory) = (level(&arguments.plan), level(&arguments.directory));
    let thresholds = arguments.thresholds.iter().map(|(name, value)| {
        let name = name.to_string();
        match value {
            Expr::Array(words) => quote!((#name, ::findings::Limit::Words(&#words))),
            number => quote!((#name, ::findings::Limit::Number(#number))),
        }
    });
    let saves = match &arguments.saves {
        // The names that the check gives to what it is told hold there, too.
        Some(saves) => quote!(::core::option::Option::Some(|at, around, settings| {
            let #resource: &#view = &<#view as ::model::FromAt>::from_at(at);
            let _ = (#resource, around, settings);
            #saves
        })),
        None => quote!(::core::option::Option::None),
    };
    let about = format!("The check `{id}`.");
    Ok(quote! {
        #function

        #[doc = #about]
        pub(crate) static #entry: ::findings::Check = ::findings::Check {
            id: #id,
            module: ::core::module_path!(),
            doc: #doc,
            practices: &[#(::framework::practices::#practices),*],
            severity: #severity,
            effort: ::findings::Effort::#effort,
            needs: &[#(::findings::Need::#needs),*],
            fsbp: &[#(#fsbp),*],
            cis: &[#(#cis),*],
            decided_by: ::findings::DecidedBy {
                live: ::findings::Level::#live,
                cloudformation: ::findings::Level::#cloudformation,
                plan: ::findings::Level::#plan,
                directory: ::findings::Level::#directory,
            },
            thresholds: &[#(#thresholds),*],
            kinds: <#view as ::model::View>::KINDS,
            judge: |at, around, settings| {
                let _ = (around, settings);
                #name(&<#view as ::model::FromAt>::from_at(at), #(#more),*)
            },
            saves: #saves,
        };
    })
}

fn doc(attributes: &[Attribute]) -> String {
    let mut text = String::new();
    for attribute in attributes {
        if let Meta::NameValue(pair) = &attribute.meta
            && pair.path.is_ident("doc")
            && let Expr::Lit(ExprLit { lit: Lit::Str(line), .. }) = &pair.value
        {
            let line = line.value();
            text.push_str(line.strip_prefix(' ').unwrap_or(&line));
            text.push('\n');
        }
    }
    text
}

fn referenced(input: &FnArg) -> Option<&Type> {
    match input {
        FnArg::Typed(typed) => match &*typed.ty {
            Type::Reference(reference) => Some(&reference.elem),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    }
}

fn named(input: &FnArg) -> Option<&Ident> {
    match input {
        FnArg::Typed(typed) => match &*typed.pat {
            Pat::Ident(pattern) => Some(&pattern.ident),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    }
}

fn last_segment(kind: &Type) -> Option<String> {
    match kind {
        Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
        _ => None,
    }
}
