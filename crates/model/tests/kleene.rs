//! The laws of Kleene's strong three-valued logic, and what combining does to evidence.

use model::{Evidence, Origin, Outcome, ResourceId, SourceId, Verdict, all, any, when};
use proptest::prelude::*;

fn outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![Just(Outcome::Pass), Just(Outcome::Fail), Just(Outcome::Unknown), Just(Outcome::NotApplicable)]
}

fn decided() -> impl Strategy<Value = Outcome> {
    prop_oneof![Just(Outcome::Pass), Just(Outcome::Fail)]
}

fn verdict(outcome: Outcome, path: usize) -> Verdict {
    if outcome == Outcome::NotApplicable {
        return Verdict::not_applicable();
    }
    Verdict::new(
        outcome,
        Evidence {
            resource: ResourceId(0),
            path: path.to_string(),
            observed: format!("{outcome:?}"),
            expected: String::new(),
            origin: Origin::new(SourceId(0), 1, 1),
            sensitive: false,
        },
    )
}

proptest! {
    #[test]
    fn and_or_are_commutative_associative_idempotent(a in outcome(), b in outcome(), c in outcome()) {
        prop_assert_eq!(a.and(b), b.and(a));
        prop_assert_eq!(a.or(b), b.or(a));
        prop_assert_eq!(a.and(b).and(c), a.and(b.and(c)));
        prop_assert_eq!(a.or(b).or(c), a.or(b.or(c)));
        prop_assert_eq!(a.and(a), a);
        prop_assert_eq!(a.or(a), a);
    }

    #[test]
    fn de_morgan_and_double_negation(a in outcome(), b in outcome()) {
        prop_assert_eq!(a.and(b).not(), a.not().or(b.not()));
        prop_assert_eq!(a.or(b).not(), a.not().and(b.not()));
        prop_assert_eq!(a.not().not(), a);
    }

    #[test]
    fn not_applicable_is_neutral(a in outcome()) {
        prop_assert_eq!(a.and(Outcome::NotApplicable), a);
        prop_assert_eq!(a.or(Outcome::NotApplicable), a);
    }

    /// What is decided with an unknown stays so whichever way the unknown turns out.
    #[test]
    fn unknown_stands_for_either(a in outcome(), turned in decided()) {
        for (unknown, known) in [(a.and(Outcome::Unknown), a.and(turned)), (a.or(Outcome::Unknown), a.or(turned))] {
            if matches!(unknown, Outcome::Pass | Outcome::Fail) {
                prop_assert_eq!(unknown, known);
            }
        }
    }

    #[test]
    fn verdicts_combine_like_outcomes(outcomes in prop::collection::vec(outcome(), 0..6)) {
        let verdicts = || outcomes.iter().enumerate().map(|(number, outcome)| verdict(*outcome, number));
        let conjunction = all(verdicts());
        prop_assert_eq!(conjunction.outcome, outcomes.iter().fold(Outcome::NotApplicable, |a, b| a.and(*b)));
        let disjunction = any(verdicts());
        prop_assert_eq!(disjunction.outcome, outcomes.iter().fold(Outcome::NotApplicable, |a, b| a.or(*b)));
        // Evidence is kept of exactly the parts that came to the same as the whole.
        for whole in [conjunction, disjunction] {
            let kept: Vec<String> = whole.evidence.iter().map(|e| e.path.clone()).collect();
            let deciding: Vec<String> = outcomes.iter().enumerate()
                .filter(|(_, outcome)| **outcome == whole.outcome && **outcome != Outcome::NotApplicable)
                .map(|(number, _)| number.to_string()).collect();
            prop_assert_eq!(kept, deciding);
        }
    }

    #[test]
    fn a_condition_that_is_unknown_never_makes_a_failure(condition in outcome(), then in outcome()) {
        let result = when(verdict(condition, 0), || verdict(then, 1)).outcome;
        match condition {
            Outcome::Pass => prop_assert_eq!(result, then),
            Outcome::Unknown => prop_assert_ne!(result, Outcome::Fail),
            Outcome::Fail | Outcome::NotApplicable => prop_assert_eq!(result, Outcome::NotApplicable),
        }
    }
}
