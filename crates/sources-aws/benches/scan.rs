//! How long a scan takes, and what it could take at best: `cargo bench -p sources-aws`, or with numbers of
//! resources of your own: `cargo bench -p sources-aws -- 10000 100000`.
//!
//! A generated account in 17 regions is held by one process and scanned by another, so that the memory and
//! the time that are shown are those of the scan. The account takes as many calls as AWS says it does, and
//! answers after 50 ms. What no scan can beat is the critical path: the longest chain of calls of which each
//! needs the answer to the one before, or the bucket that takes longest to give out its tokens.

#![expect(clippy::print_stdout, reason = "a program for the terminal")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_wire::{Client, ClientOptions, RATES};
use findings::Config;
use model::Builder;
use serde_json::{Value, json};
use sources_aws::{Account, Plan, Stop, collectors, enabled_regions, scan, who_am_i};
use testbed::TODAY;
use testbed::cloud::{Cloud, Exchange, Population, Rate, Stage};

/// Those that are enabled in every account.
const REGIONS: [&str; 17] = [
    "us-east-1",
    "eu-west-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "ap-south-1",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "eu-central-1",
    "eu-west-2",
    "eu-west-3",
    "eu-north-1",
    "sa-east-1",
];

/// Calls that need the answer to another: service, beginning of the operation, the other one.
const NEEDS: [(&str, &str, &str); 22] = [
    ("ec2", "DescribeInstanceAttribute", "DescribeInstances"),
    ("s3", "GetBucket", "ListBuckets"),
    ("s3", "GetPublicAccessBlock", "ListBuckets"),
    ("lambda", "Get", "ListFunctions"),
    ("lambda", "ListTags", "ListFunctions"),
    ("lambda", "ListFunctionUrlConfigs", "ListFunctions"),
    ("lambda", "ListFunctionEventInvokeConfigs", "ListFunctions"),
    ("sqs", "GetQueueAttributes", "ListQueues"),
    ("sqs", "ListQueueTags", "ListQueues"),
    ("sns", "GetTopicAttributes", "ListTopics"),
    ("sns", "ListTagsForResource", "ListTopics"),
    ("sns", "GetSubscriptionAttributes", "ListSubscriptions"),
    ("dynamodb", "Describe", "ListTables"),
    ("dynamodb", "ListTagsOfResource", "DescribeTable"),
    ("kms", "DescribeKey", "ListKeys"),
    ("kms", "Get", "DescribeKey"),
    ("elasticloadbalancing", "DescribeListeners", "DescribeLoadBalancers"),
    ("elasticloadbalancing", "DescribeRules", "DescribeListeners"),
    ("elasticloadbalancing", "DescribeTargetHealth", "DescribeTargetGroups"),
    ("ecs", "ListServices", "ListClusters"),
    ("ecs", "DescribeServices", "ListServices"),
    ("ecs", "DescribeTaskDefinition", "DescribeServices"),
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["cloud", resources] => hold(resources.parse().expect("a number of resources")),
        ["scan", url] => read(url),
        [] => ["1000", "10000"].into_iter().for_each(compare),
        sizes => sizes.iter().for_each(|size| compare(size)),
    }
}

fn stage(resources: usize) -> Stage {
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let rate = |rate: &aws_wire::Rate| Rate {
        service: rate.service.to_owned(),
        operations: owned(rate.operations),
        shared: rate.shared,
        rate: rate.rate,
        burst: rate.burst,
    };
    Stage {
        population: Population { regions: owned(&REGIONS), resources, seed: 1 },
        latency: Duration::from_millis(50),
        rates: RATES.iter().map(rate).collect(),
        ..Stage::default()
    }
}

/// Holds an account until a line is read, and says what it was asked.
fn hold(resources: usize) {
    let stage = stage(resources);
    let cloud = Cloud::open(stage.clone());
    println!("{}", cloud.url);
    let _ = std::io::stdin().read_line(&mut String::new());
    let exchanges = cloud.exchanges();
    let throttled = exchanges.iter().filter(|asked| asked.throttled).count();
    let busy: f64 = exchanges.iter().map(|asked| (asked.ended - asked.began).as_secs_f64()).sum();
    let (seconds, what) = critical_path(&stage, &exchanges);
    println!(
        "{}",
        json!({ "requests": exchanges.len(), "throttled": throttled, "busy": busy, "critical": seconds, "what": what })
    );
}

/// The least time that the requests could have taken, and what takes it.
fn critical_path(stage: &Stage, exchanges: &[Exchange]) -> (f64, String) {
    let mut pages: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for asked in exchanges {
        let most = pages.entry((&asked.service, &asked.operation)).or_default();
        *most = asked.page.max(*most);
    }
    // Who it is and which regions there are is asked before anything else.
    let chain = |(service, operation): &(&str, &str)| {
        let (mut length, mut at) = (2, *operation);
        loop {
            length += pages.get(&(*service, at)).copied().unwrap_or(1);
            let needs =
                NEEDS.iter().find(|(of, start, needed)| of == service && at.starts_with(start) && at != *needed);
            match needs {
                Some((.., needed)) => at = needed,
                None => return length,
            }
        }
    };
    let longest = pages.keys().map(|call| (chain(call), call)).max().unwrap_or((0, &("", "")));
    let chained = longest.0 as f64 * stage.latency.as_secs_f64();
    let drawn = stage.drawn(exchanges);
    let seconds = |rate: &Rate, requests: usize| ((requests as f64 - rate.burst) / rate.rate).max(0.0);
    let buckets = drawn.iter().map(|((_, operation, region), (rate, requests))| {
        (seconds(rate, *requests), format!("{requests} x {}:{operation} in {region}", rate.service))
    });
    let tightest = buckets.max_by(|(a, _), (b, _)| a.total_cmp(b)).unwrap_or_default();
    match tightest.0 > chained {
        true => tightest,
        false => (chained, format!("a chain of {} to {}:{}", longest.0, longest.1.0, longest.1.1)),
    }
}

/// Scans and judges, and says what it took.
fn read(url: &str) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("threads");
    let began = Instant::now();
    let inventory = runtime.block_on(async {
        let credentials = Credentials::new("AKIDEXAMPLE", "secret", None, None, "bench");
        let options = ClientOptions { endpoint_url: Some(url.to_owned()), ..ClientOptions::default() };
        let client = Client::new(SharedCredentialsProvider::new(credentials), options).expect("a client");
        let (id, _) = who_am_i(&client, "us-east-1").await.expect("the account");
        let regions = enabled_regions(&client, "us-east-1").await.expect("its regions");
        let plan = Plan {
            accounts: vec![Account { id, client: Arc::new(client), regions }],
            collectors: collectors().to_vec(),
            today: TODAY,
            deadline: Duration::from_secs(3600),
            probing: false,
            makes_reports: true,
        };
        let mut builder = Builder::new();
        scan(&plan, &Stop::default(), None, &|_, _| {}, &mut builder).await;
        builder.build()
    });
    let wall = began.elapsed().as_secs_f64();
    let (memory, processor) = (peak_memory(), processor_time());
    let judged = findings::judge(checks::all(), &inventory, &Config::default(), TODAY, false);
    println!(
        "{}",
        json!({
            "wall": wall, "scan_memory": memory, "scan_processor": processor, "processor": processor_time(),
            "memory": peak_memory(), "resources": inventory.resources.len(), "gaps": inventory.gaps.len(),
            "findings": judged.findings.len(),
        })
    );
}

/// The most memory the process has had, in MB (proc(5), `VmHWM`).
fn peak_memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1024.0
}

/// The time the process has had of processors, in seconds (proc(5), `utime` and `stime` of `stat`).
fn processor_time() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(") ").next().unwrap_or_default();
    let ticks = after.split(' ').skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}

fn started(role: &[&str]) -> (Child, BufReader<std::process::ChildStdout>) {
    let own = std::env::current_exe().expect("the name of the program");
    let mut command = Command::new(own);
    let mut child = command.args(role).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a process");
    let output = BufReader::new(child.stdout.take().expect("its output"));
    (child, output)
}

fn line(output: &mut impl BufRead) -> String {
    let mut line = String::new();
    output.read_line(&mut line).expect("a line");
    line.trim().to_owned()
}

fn compare(resources: &str) {
    let (mut holder, mut held) = started(&["cloud", resources]);
    let url = line(&mut held);
    let (mut scanner, mut scanned) = started(&["scan", &url]);
    let scan: Value = serde_json::from_str(&line(&mut scanned)).expect("what the scan took");
    scanner.wait().expect("the scan to end");
    writeln!(holder.stdin.take().expect("its input")).expect("a line");
    let account: Value = serde_json::from_str(&line(&mut held)).expect("what the account was asked");
    holder.wait().expect("the account to end");
    let number = |value: &Value, name: &str| value[name].as_f64().unwrap_or_default();
    let (wall, critical) = (number(&scan, "wall"), number(&account, "critical"));
    println!(
        "{resources} resources ({} with what hangs on them, {} findings, {} gaps)",
        scan["resources"], scan["findings"], scan["gaps"]
    );
    println!("  requests  {} ({} throttled)", account["requests"], account["throttled"]);
    println!("  wall      {wall:.1} s, {:.1} calls under way on average", number(&account, "busy") / wall);
    let what = account["what"].as_str().unwrap_or_default();
    println!("  critical  {critical:.1} s ({what}), ratio {:.2}", wall / critical);
    let (scanning, all) = (number(&scan, "scan_processor"), number(&scan, "processor"));
    println!("  processor {scanning:.1} s to scan, {:.1} s to judge", all - scanning);
    println!(
        "  memory    {:.0} MB after the scan, {:.0} MB at the end",
        number(&scan, "scan_memory"),
        number(&scan, "memory")
    );
}
