//! `#[derive(Word)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Error, LitStr, Result};

pub(crate) fn expand(input: DeriveInput) -> Result<TokenStream> {
    let name = &input.ident;
    let Data::Enum(data) = &input.data else {
        return Err(Error::new_spanned(name, "words are an enum"));
    };
    let (mut reads, mut shows, mut other) = (Vec::new(), Vec::new(), None);
    for variant in &data.variants {
        let ident = &variant.ident;
        let mut word = LitStr::new(&ident.to_string(), ident.span());
        let mut is_other = false;
        for attribute in variant.attrs.iter().filter(|a| a.path().is_ident("word")) {
            if let Ok(text) = attribute.parse_args::<LitStr>() {
                word = text;
            } else if attribute.parse_args::<syn::Ident>()? == "other" {
                is_other = true;
            } else {
                return Err(Error::new_spanned(attribute, "expected the word as text, or `other`"));
            }
        }
        if is_other {
            other = Some(ident);
        } else {
            reads.push(quote!(#word => Self::#ident));
            shows.push(quote!(Self::#ident => #word.to_owned()));
        }
    }
    let Some(other) = other else {
        return Err(Error::new_spanned(name, "AWS adds words: mark a variant that holds a String `#[word(other)]`"));
    };
    Ok(quote! {
        impl<'a> ::model::Scalar<'a> for #name {
            fn read(node: &'a ::model::Node) -> ::model::State<Self> {
                match <&'a str as ::model::Scalar<'a>>::read(node) {
                    ::model::State::Set(text) => ::model::State::Set(match text {
                        #(#reads,)*
                        text => Self::#other(text.to_owned()),
                    }),
                    ::model::State::Unset => ::model::State::Unset,
                    ::model::State::Unknown(why) => ::model::State::Unknown(why),
                }
            }

            fn show(&self) -> String {
                match self {
                    #(#shows,)*
                    Self::#other(text) => text.clone(),
                }
            }
        }
    })
}
