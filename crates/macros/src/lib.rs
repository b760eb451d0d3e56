//! `#[derive(View)]`, `#[derive(Word)]` and `#[check]`.

use proc_macro::TokenStream;

mod check;
mod view;
mod word;

/// Reads a struct from a property tree.
///
/// Every field is read from the property of its name in PascalCase: `versioning_configuration` from
/// `VersioningConfiguration`. A field called `at` holds the place itself and must be there. Any type
/// that implements `model::FromAt` can be a field: `Fact`, `List`, `Entries`, `Tags`, another view.
///
/// On the struct, `#[view("AWS::S3::Bucket", ...)]` names the types of resource it is a view of; a
/// struct without it is a part of other views. On a field:
/// - `#[view(path = "DBInstanceClass")]`: another name, or a path with dots;
/// - `#[view(attribute = "DeletionPolicy")]`: what stands beside the properties;
/// - `#[view(default = false)]`: what AWS does when the property is unset;
/// - `#[view(account = true)]`: what an account means when it reports nothing, where that differs.
#[proc_macro_derive(View, attributes(view))]
pub fn derive_view(input: TokenStream) -> TokenStream {
    view::expand(syn::parse_macro_input!(input)).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Reads an enum of words from text: each variant from its name, or from `#[word("aws:kms")]`. One
/// variant marked `#[word(other)]` holds the text of any other word as a `String`.
#[proc_macro_derive(Word, attributes(word))]
pub fn derive_word(input: TokenStream) -> TokenStream {
    word::expand(syn::parse_macro_input!(input)).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Makes a function a check.
///
/// The first argument is the best practice; others may follow. Then, in any order:
/// - `severity = Medium` (without it, the risk of the practice decides), `effort = Small`,
///   `needs = [Downtime, Money, Testing]`: what the fix takes;
/// - `fsbp = ["S3.14"]`, `cis = ["v5.0.0:2.1.1"]`: the controls of others it corresponds to;
/// - `live`, `cloudformation`, `plan`, `directory`, or `code` for the last three, `= Fully` (the
///   default), `Partly` or `Never`: how far that source can decide it;
/// - `thresholds(min_days = 7, keys = ["Owner"])`: what `pilaster.toml` may change;
/// - `saves = idle(instance)`: an expression over what the function is told, of type `Option<Saving>`: what ending a
///   failure would save a month.
///
/// The function takes a view and, when it wants them, `&Inventory` and `&Settings`, and returns a
/// `Verdict`. The macro adds a `findings::Check` under the function's name in capitals.
#[proc_macro_attribute]
pub fn check(arguments: TokenStream, item: TokenStream) -> TokenStream {
    check::expand(syn::parse_macro_input!(arguments), syn::parse_macro_input!(item))
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}
