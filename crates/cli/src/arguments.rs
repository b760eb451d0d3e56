//! What the command line takes.

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;
use findings::Status;
use framework::{Pillar, Severity};
use jiff::civil::Date;

/// Tells whether what you run on AWS is well-architected, and shows the evidence
#[derive(Debug, Parser)]
#[command(
    name = "pilaster",
    version,
    about,
    arg_required_else_help = true,
    after_help = "Examples:
  pilaster assess templates/                       assess every template below a folder
  pilaster explain SEC08-BP02                      what a best practice asks, and which checks bear on it
  pilaster checks --pillar reliability             the checks of a pillar

Exit codes: 0 nothing at or above --fail-on, 1 findings at or above it, 2 the command could not do its
work, 3 done, but with gaps (with --fail-on-gaps)."
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Assess(AssessOptions),
    Scan(ScanOptions),
    Policy(PolicyOptions),
    Report(ReportOptions),
    Explain(ExplainOptions),
    Checks(ChecksOptions),
    /// Print the completions of a shell
    #[command(after_help = "Example:
  pilaster completions bash > ~/.local/share/bash-completion/completions/pilaster")]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page
    #[command(after_help = "Example:
  pilaster man > ~/.local/share/man/man1/pilaster.1")]
    Man,
}

/// Assess CloudFormation templates, SAM templates and CDK output
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  pilaster assess shop.yaml
  pilaster assess infra/ cdk.out/ --parameter Environment=production
  pilaster assess . --format text --format sarif --output pilaster.sarif
  pilaster assess . --baseline last-week.json --fail-on medium
  cat shop.yaml | pilaster assess -")]
pub(crate) struct AssessOptions {
    /// Templates, folders and CDK output; - reads one template from standard input
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,

    /// The value of a parameter; may be given several times
    #[arg(long = "parameter", value_name = "NAME=VALUE", value_parser = parameter)]
    pub(crate) parameters: Vec<(String, String)>,

    /// A file of parameters, as the AWS CLI takes it, or a map in JSON or YAML
    #[arg(long = "parameter-file", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) parameter_files: Vec<PathBuf>,

    /// The region the templates are for
    #[arg(long, value_name = "REGION")]
    pub(crate) region: Option<String>,

    /// The account the templates are for
    #[arg(long, value_name = "ID")]
    pub(crate) account: Option<String>,

    #[command(flatten)]
    pub(crate) judging: JudgingOptions,

    #[command(flatten)]
    pub(crate) rendering: Rendering,

    #[command(flatten)]
    pub(crate) failing: Failing,
}

/// Assess the account that the AWS credentials reach
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  pilaster scan
  pilaster scan --profile audit --region eu-west-1 --region eu-central-1
  pilaster scan --service s3 --service rds --format json --output account.json
  pilaster scan --role-arn arn:aws:iam::123456789012:role/pilaster --external-id shop

Nothing is written in the account. `pilaster policy` prints the permissions a scan takes; what it is
denied is listed as a gap, and never counts as absent.")]
pub(crate) struct ScanOptions {
    /// A profile of the AWS configuration
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Option<String>,

    /// A region to read; may be given several times [default: all that are enabled]
    #[arg(long = "region", value_name = "REGION")]
    pub(crate) regions: Vec<String>,

    /// A service to read; may be given several times [default: all]
    #[arg(long = "service", value_name = "SERVICE")]
    pub(crate) services: Vec<String>,

    /// A role to take on; several are several accounts in one assessment
    #[arg(long = "role-arn", value_name = "ARN")]
    pub(crate) roles: Vec<String>,

    /// The external id that the roles ask for
    #[arg(long, value_name = "ID", requires = "roles")]
    pub(crate) external_id: Option<String>,

    /// An address for every service, in place of AWS's
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url)]
    pub(crate) endpoint_url: Option<String>,

    #[command(flatten)]
    pub(crate) judging: JudgingOptions,

    #[command(flatten)]
    pub(crate) rendering: Rendering,

    #[command(flatten)]
    pub(crate) failing: Failing,
}

/// Print the IAM policy that lets `pilaster scan` read what it reads, and nothing else
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  pilaster policy > pilaster-policy.json
  pilaster policy --service s3 --service rds")]
pub(crate) struct PolicyOptions {
    /// A service to read; may be given several times [default: all]
    #[arg(long = "service", value_name = "SERVICE")]
    pub(crate) services: Vec<String>,
}

/// How what was read is judged, and what is kept.
#[derive(Debug, Args)]
pub(crate) struct JudgingOptions {
    /// The configuration; without it ./pilaster.toml, if there is one
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) config: Option<PathBuf>,

    /// An earlier assessment (JSON or .pilaster): show and fail only on what is new since then
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) baseline: Option<PathBuf>,

    /// Keep the whole assessment, to render it again or compare with it later
    #[arg(long, value_name = "FILE.pilaster", value_hint = ValueHint::FilePath)]
    pub(crate) save: Option<PathBuf>,

    /// The day to judge by: when waivers expire and versions go out of support [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) date: Option<Date>,

    /// No progress on standard error
    #[arg(long)]
    pub(crate) no_progress: bool,
}

/// Render a saved assessment again
#[derive(Debug, Args)]
#[command(after_help = "Example:
  pilaster report shop.pilaster --format markdown")]
pub(crate) struct ReportOptions {
    /// What `pilaster assess --save` wrote
    #[arg(value_name = "FILE.pilaster", value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,

    #[command(flatten)]
    pub(crate) rendering: Rendering,

    #[command(flatten)]
    pub(crate) failing: Failing,
}

/// How results are rendered.
#[derive(Debug, Args)]
pub(crate) struct Rendering {
    /// text, json, sarif, markdown or junit; may be given several times, each with its --output
    #[arg(long = "format", value_name = "FORMAT", value_parser = format_names())]
    pub(crate) formats: Vec<String>,

    /// Where the format before it goes; without it, standard output
    #[arg(long = "output", short = 'o', value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) outputs: Vec<PathBuf>,

    /// Which findings text and JSON list: fail, unknown, waived, pass, not_applicable or all
    #[arg(long, value_name = "STATUS,...", value_delimiter = ',', default_value = "fail,unknown,waived")]
    pub(crate) show: Vec<Show>,

    /// List only findings of this severity or above
    #[arg(long, value_name = "SEVERITY")]
    pub(crate) severity: Option<Severity>,

    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: ColorChoice,

    /// Show more: every resource of a check, skipped files, suppressions of other tools
    #[arg(long, short = 'v', action = ArgAction::Count)]
    pub(crate) verbose: u8,
}

/// What makes the exit code.
#[derive(Debug, Args)]
pub(crate) struct Failing {
    /// Exit with 1 on findings of this severity or above: critical, high, medium, low or never
    #[arg(long, value_name = "SEVERITY", default_value = "low", value_parser = fail_on)]
    pub(crate) fail_on: FailOn,

    /// Exit with 3 when something could not be read
    #[arg(long)]
    pub(crate) fail_on_gaps: bool,
}

/// Explain a check, a best practice, a question or a pillar
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  pilaster explain rds_backup_retention
  pilaster explain SEC08-BP02
  pilaster explain \"SEC 8\"
  pilaster explain security")]
pub(crate) struct ExplainOptions {
    /// An id or a name; several words need no quotes
    #[arg(required = true, value_name = "ID")]
    pub(crate) id: Vec<String>,
}

/// List the checks
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  pilaster checks --pillar cost-optimization --severity medium
  pilaster checks --service rds
  pilaster checks --format json")]
pub(crate) struct ChecksOptions {
    /// Only those that bear on this pillar
    #[arg(long)]
    pub(crate) pillar: Option<Pillar>,

    /// Only those of this severity or above
    #[arg(long)]
    pub(crate) severity: Option<Severity>,

    /// Only those of this service, as in their ids: s3, rds, ...
    #[arg(long)]
    pub(crate) service: Option<String>,

    /// text, json or markdown
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: ListFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    Text,
    Json,
    Markdown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum Show {
    Fail,
    Unknown,
    Waived,
    Pass,
    NotApplicable,
    All,
}

impl Show {
    pub(crate) fn statuses(self) -> &'static [Status] {
        match self {
            Show::Fail => &[Status::Fail],
            Show::Unknown => &[Status::Unknown],
            Show::Waived => &[Status::Waived],
            Show::Pass => &[Status::Pass],
            Show::NotApplicable => &[Status::NotApplicable],
            Show::All => &[Status::Fail, Status::Unknown, Status::Waived, Status::Pass, Status::NotApplicable],
        }
    }
}

/// The severity from which findings make the command fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FailOn {
    From(Severity),
    Never,
}

fn fail_on(text: &str) -> Result<FailOn, String> {
    match text {
        "never" => Ok(FailOn::Never),
        severity => {
            severity.parse().map(FailOn::From).map_err(|_| "expected critical, high, medium, low or never".to_owned())
        }
    }
}

fn parameter(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("expected NAME=VALUE".to_owned()),
    }
}

fn format_names() -> clap::builder::PossibleValuesParser {
    clap::builder::PossibleValuesParser::new(reports::formats().iter().map(|format| format.id))
}
