//! `lambda_arm64`

use macros::check;
use model::{Verdict, when};

use crate::views::lambda::Function;

/// Runtimes that Lambda offers on x86 only.
const X86_ONLY: [&str; 11] = [
    "java8",
    "nodejs",
    "nodejs4.3",
    "nodejs6.10",
    "nodejs8.10",
    "nodejs10.x",
    "python2.7",
    "python3.6",
    "python3.7",
    "ruby2.5",
    "dotnet5.0",
];

/// Lambda functions on portable runtimes run on Arm
///
/// A function on `arm64` costs a fifth less for the same time and memory, and uses less energy. Code in Node.js,
/// Python, Ruby, Java and .NET mostly runs as it is; only libraries with machine code in them have to be built
/// for it. Container images and custom runtimes are not judged: they have to be built anew.
///
/// ## Fix
/// Set `Architectures` to `[arm64]`, rebuild dependencies with machine code, and test.
/// ```yaml,fail
/// Type: AWS::Lambda::Function
/// Properties: { Runtime: python3.14 }
/// ```
/// ```yaml,pass
/// Type: AWS::Lambda::Function
/// Properties: { Runtime: python3.14, Architectures: [arm64] }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::Lambda::Function
/// Properties: { Runtime: provided.al2023 }
/// ```
#[check(COST06_BP02, SUS05_BP02, PERF02_BP01, severity = Low, needs = [Testing])]
fn lambda_arm64(function: &Function) -> Verdict {
    when(function.is_zip() & function.runtime.must("a portable runtime", |runtime| is_portable(runtime)), || {
        function.architectures.must_contain("arm64")
    })
}

fn is_portable(runtime: &str) -> bool {
    !X86_ONLY.contains(&runtime)
        && !runtime.starts_with("dotnetcore")
        && ["nodejs", "python", "ruby", "java", "dotnet"].iter().any(|language| runtime.starts_with(language))
}
