//! `pilaster policy`

use std::process::ExitCode;

use serde_json::json;

use super::shell::print;
use crate::arguments::PolicyOptions;
use crate::error::Error;

pub(crate) fn run(options: &PolicyOptions) -> Result<ExitCode, Error> {
    let actions = pipeline::scan_actions(&options.services)?;
    let policy = json!({
        "Version": "2012-10-17",
        "Statement": [{ "Sid": "PilasterScan", "Effect": "Allow", "Action": actions, "Resource": "*" }],
    });
    print(format!("{policy:#}\n").as_bytes())
}
