//! AWS Step Functions: state machines and the language they are written in.

use model::{At, Entries, Fact, List, Outcome, Text, Verdict, View, when};

/// A state machine.
#[derive(Debug, View)]
#[view("AWS::StepFunctions::StateMachine")]
pub(crate) struct StateMachine<'a> {
    pub(crate) at: At<'a>,
    /// The definition as properties.
    pub(crate) definition: At<'a>,
    /// The definition as JSON text.
    pub(crate) definition_string: At<'a>,
    #[view(path = "DefinitionS3Location")]
    pub(crate) definition_location: At<'a>,
    #[view(path = "StateMachineType", default = "STANDARD")]
    kind: Fact<'a, Text<'a>>,
    #[view(path = "LoggingConfiguration.Level", default = "OFF")]
    pub(crate) log_level: Fact<'a, Text<'a>>,
    #[view(path = "TracingConfiguration.Enabled", default = false)]
    pub(crate) tracing: Fact<'a, bool>,
}

impl StateMachine<'_> {
    /// It ends by itself: an express workflow does within five minutes.
    pub(crate) fn ends_soon(&self) -> Verdict {
        let express = self.kind.must_be("EXPRESS");
        // That it is none of these is worth no words where a timeout is missing.
        if express.outcome == Outcome::Fail { Verdict::no() } else { express }
    }
}

/// States, and where they begin: of a machine, a branch or a loop.
#[derive(Debug, View)]
pub(crate) struct States<'a> {
    pub(crate) at: At<'a>,
    pub(crate) states: Entries<'a, Step<'a>>,
    /// Seconds.
    pub(crate) timeout_seconds: Fact<'a, i64>,
}

/// A state.
#[derive(Debug, View)]
pub(crate) struct Step<'a> {
    pub(crate) at: At<'a>,
    #[view(path = "Type")]
    kind: Fact<'a, Text<'a>>,
    retry: List<'a, Retrier<'a>>,
    catch: List<'a, At<'a>>,
    timeout_seconds: Fact<'a, Text<'a>>,
    timeout_seconds_path: Fact<'a, Text<'a>>,
    branches: List<'a, At<'a>>,
    /// The states of a loop, and what they were called before 2022.
    item_processor: At<'a>,
    iterator: At<'a>,
}

/// When and how often a state is tried again. The defaults are those of the Amazon States Language.
#[derive(Debug, View)]
pub(crate) struct Retrier<'a> {
    pub(crate) at: At<'a>,
    #[view(default = 3)]
    max_attempts: Fact<'a, i64>,
    #[view(default = 2.0)]
    backoff_rate: Fact<'a, f64>,
}

/// Branches and loops in each other are followed to this depth.
const MAX_DEPTH: usize = 16;

/// More attempts than this have no bound worth the name.
const MAX_ATTEMPTS: i64 = 20;

impl<'a> States<'a> {
    /// Every task is tried again within bounds, has somewhere to go when it fails, and ends at some time.
    ///
    /// `caught` and `timed` say whether what is around the states catches their errors and ends them.
    pub(crate) fn must_bear_failure(&self, caught: &Verdict, timed: &Verdict, depth: usize) -> Verdict {
        self.states.all(|_, step| match depth {
            0 => Verdict::not_applicable(),
            depth => step.must_bear_failure(caught, timed, depth - 1),
        })
    }

    /// The same for the states of a whole machine; `ends_soon` says whether it ends by itself.
    pub(crate) fn must_bear_all_failures(&self, ends_soon: &Verdict) -> Verdict {
        let timed = self.timeout_seconds.must_be_set() | ends_soon.clone();
        self.must_bear_failure(&Verdict::no(), &timed, MAX_DEPTH)
    }
}

impl<'a> Step<'a> {
    fn must_bear_failure(&self, caught: &Verdict, timed: &Verdict, depth: usize) -> Verdict {
        let catches = self.catch.must_not_be_empty() | caught.clone();
        let task = when(self.kind.must_be("Task"), || {
            let ends = self.timeout_seconds.must_be_set() | self.timeout_seconds_path.must_be_set() | timed.clone();
            self.retry.must_not_be_empty()
                & self.retry.all(|retrier| retrier.must_be_bounded())
                & catches.clone()
                & ends
        });
        let within = |at: At<'a>| {
            let states = <States<'a> as model::FromAt>::from_at(at);
            when(states.at.must_be_set(), || states.must_bear_failure(&catches, timed, depth))
        };
        let branches = when(self.branches.must_not_be_empty(), || self.branches.all(within));
        task & branches & within(self.item_processor.clone()) & within(self.iterator.clone())
    }
}

impl Retrier<'_> {
    fn must_be_bounded(&self) -> Verdict {
        self.max_attempts.must_be_at_most(MAX_ATTEMPTS) & self.backoff_rate.must("more than 1", |rate| *rate > 1.0)
    }
}
