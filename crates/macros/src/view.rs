//! `#[derive(View)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::punctuated::Punctuated;
use syn::{Data, DeriveInput, Error, Expr, Field, Fields, LitStr, Result, Token};

#[derive(Default)]
struct Options {
    path: Option<LitStr>,
    attribute: Option<LitStr>,
    default: Option<Expr>,
    account: Option<Expr>,
}

pub(crate) fn expand(input: DeriveInput) -> Result<TokenStream> {
    let name = &input.ident;
    let Data::Struct(data) = &input.data else {
        return Err(Error::new_spanned(name, "a view is a struct"));
    };
    let Fields::Named(fields) = &data.fields else {
        return Err(Error::new_spanned(name, "a view has named fields"));
    };
    let Some(lifetime) = input.generics.lifetimes().next().map(|l| &l.lifetime) else {
        return Err(Error::new_spanned(name, "a view borrows from the inventory: give it a lifetime"));
    };
    let mut kinds: Vec<LitStr> = Vec::new();
    for attribute in input.attrs.iter().filter(|a| a.path().is_ident("view")) {
        kinds.extend(attribute.parse_args_with(Punctuated::<LitStr, Token![,]>::parse_terminated)?);
    }
    let mut reads = Vec::new();
    let mut has_place = false;
    for field in &fields.named {
        let Some(ident) = &field.ident else { continue };
        if ident == "at" {
            has_place = true;
            continue;
        }
        let options = options(field)?;
        let place = match (&options.path, &options.attribute) {
            (Some(_), Some(attribute)) => {
                return Err(Error::new_spanned(attribute, "either `path` or `attribute`"));
            }
            (_, Some(attribute)) => quote!(at.attribute(#attribute)),
            (Some(path), None) => quote!(at.child(#path)),
            (None, None) => {
                let property = pascal_case(&ident.to_string());
                quote!(at.child(#property))
            }
        };
        let mut read = quote!(::model::FromAt::from_at(#place));
        if options.default.is_some() || options.account.is_some() {
            let kind = &field.ty;
            read = quote!(<#kind as ::model::FromAt<#lifetime>>::from_at(#place));
        }
        if let Some(default) = options.default {
            read = quote!(#read.with_default(#default));
        }
        if let Some(default) = options.account {
            read = quote!(#read.with_account_default(#default));
        }
        reads.push(quote!(#ident: #read));
    }
    if !has_place {
        return Err(Error::new_spanned(name, "a view has a field `at: At<'a>`"));
    }
    let (generics, arguments, bounds) = input.generics.split_for_impl();
    let view = (!kinds.is_empty()).then(|| {
        quote! {
            impl #generics ::model::View<#lifetime> for #name #arguments #bounds {
                const KINDS: &'static [&'static str] = &[#(#kinds),*];

                fn at(&self) -> &::model::At<#lifetime> {
                    &self.at
                }
            }
        }
    });
    Ok(quote! {
        impl #generics ::model::FromAt<#lifetime> for #name #arguments #bounds {
            fn from_at(at: ::model::At<#lifetime>) -> Self {
                let view = Self { #(#reads,)* at };
                // A part of other views need not use its place; every view has one all the same.
                let _ = &view.at;
                view
            }
        }
        #view
    })
}

fn options(field: &Field) -> Result<Options> {
    let mut options = Options::default();
    for attribute in field.attrs.iter().filter(|a| a.path().is_ident("view")) {
        attribute.parse_nested_meta(|meta| {
            match meta.path.get_ident().map(ToString::to_string).as_deref() {
                Some("path") => options.path = Some(meta.value()?.parse()?),
                Some("attribute") => options.attribute = Some(meta.value()?.parse()?),
                Some("default") => options.default = Some(meta.value()?.parse()?),
                Some("account") => options.account = Some(meta.value()?.parse()?),
                _ => return Err(meta.error("expected `path`, `attribute`, `default` or `account`")),
            }
            Ok(())
        })?;
    }
    Ok(options)
}

fn pascal_case(name: &str) -> String {
    name.split('_')
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
        })
        .collect()
}
