//! `lambda_runtime_supported`

use findings::Settings;
use jiff::civil::{Date, date};
use macros::check;
use model::{Verdict, when};

use crate::views::lambda::Function;

/// Lambda functions run on runtimes that AWS maintains
///
/// After the deprecation date of a runtime AWS no longer patches its language and libraries, nor helps
/// with it; later functions on it can neither be created nor updated, not even to mend them. What is found
/// in the language from then on stays open in your function. Functions from container images bring their
/// own runtime and are not judged.
///
/// ## Fix
/// Set `Runtime` to the newest version of the language that your code and its dependencies run on, and test
/// it. Plan the change before the date: versions differ.
/// ```yaml,fail
/// Type: AWS::Lambda::Function
/// Properties: { Handler: index.handler, Runtime: nodejs16.x }
/// ```
/// ```yaml,pass
/// Type: AWS::Lambda::Function
/// Properties: { Handler: index.handler, Runtime: nodejs24.x }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::Lambda::Function
/// Properties: { PackageType: Image, Code: { ImageUri: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/orders:1" } }
/// ```
#[check(SEC06_BP01, PERF05_BP06, SUS06_BP03, severity = Medium, effort = Medium, needs = [Testing], fsbp = ["Lambda.2"], thresholds(min_days = 90))]
fn lambda_runtime_supported(function: &Function, settings: &Settings) -> Verdict {
    let days = settings.number("min_days");
    when(function.is_zip(), || {
        function.runtime.must_surely(&format!("a runtime that is maintained for {days} more days"), |runtime| {
            let end = deprecation(runtime)?;
            Some(settings.today.until(end).is_ok_and(|left| i64::from(left.get_days()) >= days))
        })
    })
}

/// The day from which a runtime is deprecated. A runtime that is not listed is newer than the list.
fn deprecation(runtime: &str) -> Option<Date> {
    DEPRECATED.iter().find(|(names, _)| names.contains(&runtime)).map(|(_, day)| *day)
}

/// AWS Lambda Developer Guide, "Lambda runtimes", the tables of supported and of deprecated runtimes, as of
/// November 2026.
const DEPRECATED: &[(&[&str], Date)] = &[
    (&["nodejs", "nodejs4.3", "nodejs4.3-edge"], date(2020, 3, 5)),
    (&["nodejs6.10"], date(2019, 8, 12)),
    (&["nodejs8.10"], date(2020, 3, 6)),
    (&["nodejs10.x"], date(2021, 7, 30)),
    (&["nodejs12.x"], date(2023, 3, 31)),
    (&["nodejs14.x"], date(2023, 12, 4)),
    (&["nodejs16.x"], date(2024, 6, 12)),
    (&["nodejs18.x"], date(2025, 9, 1)),
    (&["nodejs20.x"], date(2026, 4, 30)),
    (&["nodejs22.x"], date(2027, 4, 30)),
    (&["nodejs24.x"], date(2028, 4, 30)),
    (&["python2.7"], date(2021, 7, 15)),
    (&["python3.6"], date(2022, 7, 18)),
    (&["python3.7"], date(2023, 12, 4)),
    (&["python3.8"], date(2024, 10, 14)),
    (&["python3.9"], date(2025, 12, 15)),
    (&["python3.10"], date(2026, 10, 31)),
    (&["python3.11"], date(2027, 6, 30)),
    (&["python3.12"], date(2028, 10, 31)),
    (&["python3.13", "python3.14"], date(2029, 6, 30)),
    (&["ruby2.5"], date(2021, 7, 30)),
    (&["ruby2.7"], date(2023, 12, 7)),
    (&["ruby3.2"], date(2026, 3, 31)),
    (&["ruby3.3"], date(2027, 3, 31)),
    (&["ruby3.4"], date(2028, 3, 31)),
    (&["ruby4.0"], date(2029, 3, 31)),
    (&["java8", "go1.x", "provided"], date(2024, 1, 8)),
    (&["java8.al2", "java11", "java17"], date(2027, 6, 30)),
    (&["java21", "java25", "provided.al2023"], date(2029, 6, 30)),
    (&["provided.al2"], date(2026, 7, 31)),
    (&["dotnetcore1.0"], date(2019, 6, 27)),
    (&["dotnetcore2.0"], date(2019, 5, 30)),
    (&["dotnetcore2.1"], date(2022, 1, 5)),
    (&["dotnetcore3.1"], date(2023, 4, 3)),
    (&["dotnet6"], date(2024, 12, 20)),
    (&["dotnet8"], date(2026, 11, 10)),
    (&["dotnet10"], date(2028, 11, 14)),
];
