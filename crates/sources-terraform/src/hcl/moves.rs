//! What `moved` blocks say that instances were called before.

use std::collections::{HashMap, VecDeque};

use super::run::Run;

/// How many addresses of one instance are followed back.
const MAX_ADDRESSES: usize = 32;

/// Where addresses came from, by where they went.
#[derive(Default)]
pub(super) struct Moves {
    from: HashMap<String, Vec<String>>,
}

impl Moves {
    /// The moves within every instance of every module.
    pub(super) fn of(run: &Run<'_>) -> Self {
        let mut moves = Self::default();
        for scope in run.scopes.borrow().iter() {
            for (from, to) in &scope.module.moves {
                moves.add(format!("{}{from}", scope.prefix), format!("{}{to}", scope.prefix));
            }
        }
        moves
    }

    fn add(&mut self, from: String, to: String) {
        self.from.entry(to).or_default().push(from);
    }

    /// The addresses that an instance had before, the last first. What moves takes along what it holds: a resource its
    /// instances, a module its resources.
    pub(super) fn before(&self, address: &str) -> Vec<String> {
        let mut before: Vec<String> = Vec::new();
        let mut open = VecDeque::from([address.to_owned()]);
        while let Some(next) = open.pop_front().filter(|_| !self.from.is_empty()) {
            // From behind: what is said of the resource itself comes before what is said of its module.
            let ends = next.rmatch_indices(['.', '[']).map(|(end, _)| end);
            for end in std::iter::once(next.len()).chain(ends) {
                let (holder, rest) = next.split_at(end);
                for from in self.from.get(holder).into_iter().flatten() {
                    let former = format!("{from}{rest}");
                    if before.len() < MAX_ADDRESSES && former != address && !before.contains(&former) {
                        open.push_back(former.clone());
                        before.push(former);
                    }
                }
            }
        }
        before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn before(moves: &[(&str, &str)], address: &str) -> Vec<String> {
        let mut all = Moves::default();
        for (from, to) in moves {
            all.add((*from).to_owned(), (*to).to_owned());
        }
        all.before(address)
    }

    #[test]
    fn addresses_are_followed_back() {
        let [bucket, logs] = ["aws_s3_bucket.a", "aws_s3_bucket.b"];
        assert_eq!(before(&[(bucket, logs)], logs), [bucket]);
        assert_eq!(before(&[(bucket, logs)], "aws_s3_bucket.b[\"x.y\"]"), ["aws_s3_bucket.a[\"x.y\"]"]);
        assert_eq!(before(&[(bucket, "aws_s3_bucket.a[0]")], "aws_s3_bucket.a[0]"), [bucket]);
        assert_eq!(before(&[("module.a", "module.b[1]")], "module.b[1].aws_s3_bucket.x"), ["module.a.aws_s3_bucket.x"]);
        let moves = [(bucket, logs), (logs, "module.c.aws_s3_bucket.c"), ("module.c", "module.d")];
        assert_eq!(before(&moves, "module.d.aws_s3_bucket.c"), ["module.c.aws_s3_bucket.c", logs, bucket]);
    }

    #[test]
    fn what_only_begins_alike_has_not_moved_and_a_circle_ends() {
        assert!(before(&[("aws_s3_bucket.a", "aws_s3_bucket.b")], "aws_s3_bucket.bb").is_empty());
        let circle = [("aws_s3_bucket.a", "aws_s3_bucket.b"), ("aws_s3_bucket.b", "aws_s3_bucket.a")];
        assert_eq!(before(&circle, "aws_s3_bucket.a"), ["aws_s3_bucket.b"]);
        let deeper = [("module.a.module.a", "module.a")];
        assert_eq!(before(&deeper, "module.a.aws_s3_bucket.x").len(), MAX_ADDRESSES);
    }
}
