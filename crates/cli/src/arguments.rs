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
  pilaster scan --profile audit                    assess a running account, in all its regions
  pilaster explain SEC08-BP02                      what a best practice asks, and which checks bear on it
  pilaster compare monday.pilaster friday.pilaster what changed between two saved assessments
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
    Scan(Box<ScanOptions>),
    Doctor(DoctorOptions),
    Policy(PolicyOptions),
    Report(ReportOptions),
    Compare(CompareOptions),
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
  pilaster assess terraform/ --var-file production.tfvars
  terraform show -json plan | pilaster assess -

A plan that lies beside its code and is named, as in `pilaster assess plan.json`, tells more than one that is piped: it has the
lines of the code, and what only the code knows of policies.")]
pub(crate) struct AssessOptions {
    /// Templates, Terraform, plans and folders of them; - reads a template or a plan from standard input
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,

    /// The value of a parameter; may be given several times
    #[arg(long = "parameter", value_name = "NAME=VALUE", value_parser = parameter)]
    pub(crate) parameters: Vec<(String, String)>,

    /// A file of parameters, as the AWS CLI takes it, or a map in JSON or YAML
    #[arg(long = "parameter-file", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) parameter_files: Vec<PathBuf>,

    /// The value of a variable of Terraform, before those of files and TF_VAR_; may be given several times
    #[arg(long = "var", value_name = "NAME=VALUE", value_parser = parameter)]
    pub(crate) variables: Vec<(String, String)>,

    /// A file of variables of Terraform
    #[arg(long = "var-file", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) variable_files: Vec<PathBuf>,

    /// The region the code is for, where it does not tell
    #[arg(long, value_name = "REGION")]
    pub(crate) region: Option<String>,

    /// The account the code is for
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
  pilaster scan --organization pilaster-audit --resume organization.partial
  pilaster scan --record answers/ && pilaster scan --replay answers/ --show all

Nothing is written in the account. `pilaster doctor` shows beforehand what the identity may read, and
`pilaster policy` prints the permissions a scan takes; what it is denied is listed as a gap, and never
counts as absent. Ctrl-C ends a scan with what it has read.")]
pub(crate) struct ScanOptions {
    #[command(flatten)]
    pub(crate) access: AccessOptions,

    #[command(flatten)]
    pub(crate) services: ServiceOptions,

    /// Keep what has been read in this file, and go on from it when the scan was stopped
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) resume: Option<PathBuf>,

    /// Keep what AWS answers in a folder, without secrets, to scan it again with --replay
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) record: Option<PathBuf>,

    /// Scan what was recorded, without any account
    #[arg(
        long,
        value_name = "DIR",
        value_hint = ValueHint::DirPath,
        conflicts_with_all = [
            "resume", "record", "profile", "regions", "roles", "organization", "endpoint_url", "cell_timeout",
        ],
    )]
    pub(crate) replay: Option<PathBuf>,

    /// How long a service in a region may take, in seconds; what it has read by then is kept
    #[arg(long, value_name = "SECONDS", default_value = "1800")]
    pub(crate) cell_timeout: u64,

    #[command(flatten)]
    pub(crate) judging: JudgingOptions,

    #[command(flatten)]
    pub(crate) rendering: Rendering,

    #[command(flatten)]
    pub(crate) failing: Failing,
}

/// How AWS is reached, and which accounts are meant.
#[derive(Debug, Args)]
pub(crate) struct AccessOptions {
    /// A profile of the AWS configuration
    #[arg(long, value_name = "NAME", help_heading = "Account options")]
    pub(crate) profile: Option<String>,

    /// A region to read; may be given several times [default: all that are enabled]
    #[arg(long = "region", value_name = "REGION", help_heading = "Account options")]
    pub(crate) regions: Vec<String>,

    /// A role to take on; several are several accounts in one assessment
    #[arg(long = "role-arn", value_name = "ARN", help_heading = "Account options")]
    pub(crate) roles: Vec<String>,

    /// Read all active accounts of the organization, by the role of this name in each of them
    #[arg(long, value_name = "ROLE_NAME", value_parser = role_name, conflicts_with = "roles", help_heading = "Account options")]
    pub(crate) organization: Option<String>,

    /// The external id that the roles ask for
    #[arg(long, value_name = "ID", value_parser = external_id, help_heading = "Account options")]
    pub(crate) external_id: Option<String>,

    /// The name of the sessions, as CloudTrail shows it [default: pilaster]
    #[arg(long, value_name = "NAME", value_parser = role_name, help_heading = "Account options")]
    pub(crate) session_name: Option<String>,

    /// How long a session lasts, in seconds [default: 3600]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(900..=43200), help_heading = "Account options")]
    pub(crate) session_duration: Option<u64>,

    /// The MFA device that the role asks for
    #[arg(
        long,
        value_name = "ARN",
        requires = "mfa_code",
        conflicts_with = "organization",
        help_heading = "Account options"
    )]
    pub(crate) mfa_serial: Option<String>,

    /// The code that the MFA device shows
    #[arg(long, value_name = "CODE", requires = "mfa_serial", help_heading = "Account options")]
    pub(crate) mfa_code: Option<String>,

    /// An address for every service, in place of AWS's
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url, help_heading = "Account options")]
    pub(crate) endpoint_url: Option<String>,

    /// Use endpoints validated for FIPS 140
    #[arg(long, help_heading = "Account options")]
    pub(crate) fips: bool,

    /// Use endpoints that speak both IPv4 and IPv6
    #[arg(long, help_heading = "Account options")]
    pub(crate) dual_stack: bool,
}

/// Which services are read.
#[derive(Debug, Args)]
pub(crate) struct ServiceOptions {
    /// A service to read; may be given several times [default: all]
    #[arg(long = "service", value_name = "SERVICE")]
    pub(crate) services: Vec<String>,

    /// A service to leave out; may be given several times
    #[arg(long = "skip-service", value_name = "SERVICE")]
    pub(crate) skipped: Vec<String>,

    /// Read the last credential report of IAM, and have no new one made
    #[arg(long)]
    pub(crate) last_credential_report: bool,
}

/// Say which identity, accounts and regions a scan would use, and what it may not read
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  pilaster doctor
  pilaster doctor --profile audit --organization pilaster-audit

Asks every service in one region for one thing of each kind. Exit code 1: permissions are missing.")]
pub(crate) struct DoctorOptions {
    #[command(flatten)]
    pub(crate) access: AccessOptions,

    #[command(flatten)]
    pub(crate) services: ServiceOptions,

    /// No progress on standard error
    #[arg(long)]
    pub(crate) no_progress: bool,
}

/// Print the IAM policy that lets `pilaster scan` read what it reads, and nothing else
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  pilaster policy > pilaster-policy.json
  pilaster policy --format cloudformation --trust 111122223333 --external-id shop > role.yaml
  pilaster policy --format terraform --trust 111122223333 > role.tf
  pilaster policy --service s3 --service rds")]
pub(crate) struct PolicyOptions {
    #[command(flatten)]
    pub(crate) services: ServiceOptions,

    /// The policy alone, or a role that has it
    #[arg(long, value_name = "FORMAT", default_value = "json")]
    pub(crate) format: PolicyFormat,

    /// The account that may take on the role [default: the one it is made in]
    #[arg(long, value_name = "ACCOUNT_ID", value_parser = account_id)]
    pub(crate) trust: Option<String>,

    /// The external id that the role asks for
    #[arg(long, value_name = "ID", value_parser = external_id)]
    pub(crate) external_id: Option<String>,

    /// The name of the role
    #[arg(long, value_name = "NAME", value_parser = role_name, default_value = "pilaster-scan")]
    pub(crate) role_name: String,
}

/// How a policy is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PolicyFormat {
    /// The policy document
    Json,
    /// A template with a role
    Cloudformation,
    /// Terraform resources of a role
    Terraform,
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
#[command(after_help = "Examples:
  pilaster report shop.pilaster --format markdown
  pilaster report shop.pilaster --format pdf-executive -o shop.pdf
  pilaster report november.pilaster --earlier september.pilaster --earlier october.pilaster -o november.pdf")]
pub(crate) struct ReportOptions {
    /// What `pilaster assess --save` wrote
    #[arg(value_name = "FILE.pilaster", value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,

    /// A saved assessment from before, for the trend of scores in html and pdf; may be given several times
    #[arg(long, value_name = "FILE.pilaster", value_hint = ValueHint::FilePath)]
    pub(crate) earlier: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) rendering: Rendering,

    #[command(flatten)]
    pub(crate) failing: Failing,
}

/// Tell what changed between saved assessments
#[derive(Debug, Args)]
#[command(
    mut_arg("show", |show| show.hide(true)),
    mut_arg("severity", |severity| severity.help("List only changes of this severity or above")),
    after_help = "Examples:
  pilaster compare main.pilaster branch.pilaster
  pilaster compare main.pilaster branch.pilaster --fail-on-new high --format markdown -o comment.md
  pilaster compare september.pilaster october.pilaster november.pilaster

The last two are compared; those before them tell what had been fixed and fails again.

Exit codes: 0 nothing new at or above --fail-on-new, 1 something new at or above it, 2 the command
could not do its work."
)]
pub(crate) struct CompareOptions {
    /// What `pilaster assess --save` or `pilaster scan --save` wrote, the oldest first
    #[arg(required = true, num_args = 2.., value_name = "FILE.pilaster", value_hint = ValueHint::FilePath)]
    pub(crate) files: Vec<PathBuf>,

    /// Exit with 1 when something fails that did not, of this severity or above: critical, high, medium or low
    #[arg(long, value_name = "SEVERITY")]
    pub(crate) fail_on_new: Option<Severity>,

    #[command(flatten)]
    pub(crate) rendering: Rendering,
}

/// How results are rendered.
#[derive(Debug, Args)]
pub(crate) struct Rendering {
    /// What results are written as, text unless given; may be given several times, each with its --output
    #[arg(long = "format", value_name = "FORMAT", value_parser = format_names())]
    pub(crate) formats: Vec<String>,

    /// Where the format before it goes; without it, standard output
    #[arg(long = "output", short = 'o', value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) outputs: Vec<PathBuf>,

    /// Which findings are listed: fail, unknown, waived, pass, not_applicable or all
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

fn account_id(text: &str) -> Result<String, String> {
    match text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        true => Ok(text.to_owned()),
        false => Err("expected the twelve digits of an account".to_owned()),
    }
}

/// What IAM takes for external ids (AssumeRole, API reference): the text goes into templates as it is.
fn external_id(text: &str) -> Result<String, String> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_+=,.@:/-".contains(&byte);
    match (2..=1224).contains(&text.len()) && text.bytes().all(allowed) {
        true => Ok(text.to_owned()),
        false => Err("expected 2 to 1224 letters, digits and _+=,.@:/-".to_owned()),
    }
}

/// What IAM takes for names of roles and sessions.
fn role_name(text: &str) -> Result<String, String> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte);
    match (2..=64).contains(&text.len()) && text.bytes().all(allowed) {
        true => Ok(text.to_owned()),
        false => Err("expected 2 to 64 letters, digits and _+=,.@-".to_owned()),
    }
}

fn format_names() -> clap::builder::PossibleValuesParser {
    clap::builder::PossibleValuesParser::new(reports::formats().iter().map(|format| format.id))
}
