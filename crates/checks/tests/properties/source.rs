//! The views as the source code declares them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use syn::{Expr, ExprLit, Fields, GenericArgument, Item, ItemStruct, Lit, LitStr, PathArguments, Token, Type};

/// A view: the file it stands in, and what it reads.
pub(crate) struct View {
    pub(crate) file: String,
    pub(crate) name: String,
    pub(crate) kinds: Vec<String>,
    /// What a schema can tell of.
    pub(crate) fields: Vec<Field>,
    /// What only an account tells.
    pub(crate) observed: Vec<Field>,
}

/// A property, by the names that lead to it, and what it is read as.
pub(crate) struct Field {
    pub(crate) path: String,
    pub(crate) reading: Reading,
}

pub(crate) enum Reading {
    /// A value, whatever is below it.
    Leaf,
    List(Box<Reading>),
    Entries(Box<Reading>),
    View(String),
}

/// Every view of the crate, by file and name.
pub(crate) fn views(folder: &Path) -> BTreeMap<(String, String), View> {
    let mut found = BTreeMap::new();
    search(folder, folder, &mut found);
    found
}

fn search(root: &Path, folder: &Path, found: &mut BTreeMap<(String, String), View>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            search(root, &path, found);
            continue;
        }
        let file = path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
        let code = syn::parse_file(&fs::read_to_string(&path).expect("text")).expect("Rust");
        for item in code.items {
            if let Item::Struct(item) = item
                && let Some(view) = view(&file, &item)
            {
                found.insert((file.clone(), view.name.clone()), view);
            }
        }
    }
}

fn view(file: &str, item: &ItemStruct) -> Option<View> {
    let mut derived = false;
    let mut kinds = Vec::new();
    for attribute in &item.attrs {
        if attribute.path().is_ident("derive") {
            attribute
                .parse_nested_meta(|name| {
                    derived |= name.path.is_ident("View");
                    Ok(())
                })
                .expect("names of traits");
        } else if attribute.path().is_ident("view") {
            let words = attribute
                .parse_args_with(syn::punctuated::Punctuated::<LitStr, Token![,]>::parse_terminated)
                .expect("types of resources");
            kinds.extend(words.iter().map(LitStr::value));
        }
    }
    let Fields::Named(named) = &item.fields else { return None };
    let (observed, fields) =
        named.named.iter().filter_map(field).partition(|field: &Field| field.path.starts_with("Observed"));
    derived.then(|| View { file: file.to_owned(), name: item.ident.to_string(), kinds, fields, observed })
}

fn field(field: &syn::Field) -> Option<Field> {
    let name = field.ident.as_ref()?.to_string();
    let mut path: String = name.split('_').map(capitalized).collect();
    let mut is_property = name != "at";
    for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("view")) {
        attribute
            .parse_nested_meta(|meta| {
                let value: Expr = meta.value()?.parse()?;
                match (meta.path.is_ident("path"), value) {
                    (true, Expr::Lit(ExprLit { lit: Lit::Str(text), .. })) => path = text.value(),
                    _ => is_property &= !meta.path.is_ident("attribute"),
                }
                Ok(())
            })
            .expect("what the macro takes");
    }
    is_property.then(|| Field { path, reading: reading(&field.ty) })
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn reading(kind: &Type) -> Reading {
    let Type::Path(path) = kind else { return Reading::Leaf };
    let Some(last) = path.path.segments.last() else { return Reading::Leaf };
    let inner = || match &last.arguments {
        PathArguments::AngleBracketed(arguments) => arguments.args.iter().find_map(|argument| match argument {
            GenericArgument::Type(inner) => Some(Box::new(reading(inner))),
            _ => None,
        }),
        _ => None,
    };
    match last.ident.to_string().as_str() {
        "List" => Reading::List(inner().expect("a list of something")),
        "Entries" => Reading::Entries(inner().expect("entries of something")),
        "Fact" | "At" | "Tags" => Reading::Leaf,
        name => Reading::View(name.to_owned()),
    }
}
