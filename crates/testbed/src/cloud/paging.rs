//! Pages of lists.

use std::ops::Range;

use super::question::Question;

/// How many items a page holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paging {
    /// As many as the request asks for, or the service gives.
    #[default]
    Service,
    /// So many.
    Size(usize),
    /// Every list comes in so many pages, the last of which may be empty.
    Pages(usize),
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Page {
    /// The items that stand on it.
    pub(super) items: Range<usize>,
    /// The token of the next one.
    pub(super) next: Option<String>,
}

/// The number of the page that is asked for, from 1, and that of its first item. Tokens hold both.
pub(super) fn place(question: &Question) -> (usize, usize) {
    let numbers = question.token().and_then(|token| token.strip_prefix("page-")?.split_once('-'));
    let parsed = numbers.and_then(|(page, first)| Some((page.parse().ok()?, first.parse().ok()?)));
    parsed.unwrap_or((1, 0))
}

impl Paging {
    /// The page of a list of `total` items that is asked for. `asked` names the parameter that says how many
    /// items a page may hold; without it the service gives `given`.
    pub(super) fn page(self, question: &Question, total: usize, asked: &str, given: usize) -> Page {
        let (number, first) = place(question);
        let wanted = question.number(asked).unwrap_or(given).max(1);
        let (size, more) = match self {
            Self::Service => (wanted, first.saturating_add(wanted) < total),
            Self::Size(size) => (size.max(1).min(wanted), first.saturating_add(size.max(1).min(wanted)) < total),
            Self::Pages(pages) => (total.div_ceil(pages.max(1)).max(1), number < pages),
        };
        let end = first.saturating_add(size).min(total);
        let next = more.then(|| format!("page-{}-{end}", number + 1));
        Page { items: first.min(total)..end, next }
    }
}
