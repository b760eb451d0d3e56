//! AWS CodeBuild.

use model::{At, Fact, List, Text, View};

/// A project that builds.
#[derive(Debug, View)]
#[view("AWS::CodeBuild::Project")]
pub(crate) struct Project<'a> {
    pub(crate) at: At<'a>,
    pub(crate) source: Source<'a>,
    pub(crate) secondary_sources: List<'a, Source<'a>>,
    #[view(path = "Environment.EnvironmentVariables")]
    pub(crate) variables: List<'a, Variable<'a>>,
}

/// Where the code comes from.
#[derive(Debug, View)]
pub(crate) struct Source<'a> {
    pub(crate) at: At<'a>,
    #[view(path = "Type")]
    pub(crate) kind: Fact<'a, Text<'a>>,
    pub(crate) location: Fact<'a, Text<'a>>,
}

/// An environment variable of a build.
#[derive(Debug, View)]
pub(crate) struct Variable<'a> {
    pub(crate) at: At<'a>,
    pub(crate) name: Fact<'a, Text<'a>>,
    pub(crate) value: Fact<'a, Text<'a>>,
    #[view(path = "Type", default = "PLAINTEXT")]
    pub(crate) kind: Fact<'a, Text<'a>>,
}
