//! Reads an account with one collector and prints what it found, as JSON:
//! `cargo run -p sources-aws --example read -- http://127.0.0.1:5000 sqs us-east-1 eu-west-1`
//!
//! Meant for writing collectors against a stand-in: the credentials are those of a test.

#![expect(clippy::print_stderr, clippy::print_stdout, reason = "a program for the terminal")]

use std::sync::Arc;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_wire::{Client, ClientOptions};
use sources_aws::{Account, Cell, Plan, Stop, collectors, scan};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(url), Some(name)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: read URL COLLECTOR REGION...");
        return;
    };
    let credentials = Credentials::new("testing", "testing", None, None, "example");
    let options = ClientOptions { endpoint_url: Some(url), attempts: 3, ..ClientOptions::default() };
    let client = Arc::new(Client::new(SharedCredentialsProvider::new(credentials), options).expect("a client"));
    let plan = Plan {
        accounts: vec![Account { id: "123456789012".to_owned(), client, regions: arguments.collect() }],
        collectors: collectors().iter().copied().filter(|collector| collector.name == name).collect(),
        today: jiff::civil::date(2026, 11, 21),
        deadline: std::time::Duration::from_secs(600),
        probing: false,
        makes_reports: true,
    };
    let mut builder = model::Builder::new();
    let show = |cell: &Cell, state| eprintln!("{} {} {state:?}", cell.region, cell.service);
    scan(&plan, &Stop::default(), None, &show, &mut builder).await;
    let inventory = builder.build();
    println!("{}", serde_json::to_string_pretty(&inventory).expect("JSON"));
    eprintln!("{} resources, {} gaps", inventory.resources.len(), inventory.gaps.len());
}
