//! The assessment that every format is rendered from.

mod checks;
mod large;

use std::sync::Arc;

use assessment::{Assessment, Input, Target};
use findings::{Check, Finding, Waiver, WaiverProblem, WaiverScope};
use indexmap::IndexMap;
use model::{
    Builder, Evidence, Expression, ExpressionKind, Gap, Medium, Node, Origin, Outcome, Presence, Resource, ResourceId,
    SourceId, Suppression, Value,
};

pub(crate) use checks::{ALL, check};
use checks::{
    BACKUP_RETENTION, GROUP_SSH, LOG_RETENTION, NO_LITERAL_PASSWORD, NOT_PUBLIC, VERSIONING, VOLUME_ENCRYPTED,
};
pub(crate) use large::large;

const SHOP: &str = include_str!("shop.yaml");
const NETWORK: &str = include_str!("network.json");

/// A file, in which places are found by what stands there.
#[derive(Clone, Copy)]
struct File {
    source: SourceId,
    text: &'static str,
}

impl File {
    /// The first place of `what` behind the first place of `after`.
    fn at(self, after: &str, what: &str) -> Origin {
        let begin = self.text.find(after).unwrap();
        let position = begin + self.text[begin..].find(what).unwrap();
        let before = &self.text[..position];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
        Origin::new(self.source, line as u32, column as u32)
    }
}

fn resource(kind: &str, id: &str, origin: Origin) -> Resource {
    Resource {
        kind: kind.to_owned(),
        id: id.to_owned(),
        name: None,
        arn: None,
        account: None,
        region: Some("eu-west-1".to_owned()),
        origin,
        presence: Presence::Certain,
        medium: Medium::Code,
        properties: Node::new(Value::Map(IndexMap::new()), origin),
        attributes: IndexMap::new(),
    }
}

fn with(mut resource: Resource, name: &str, node: Node) -> Resource {
    if let Value::Map(entries) = &mut resource.properties.value {
        entries.insert(name.to_owned(), node);
    }
    resource
}

fn evidence(resource: ResourceId, path: &str, observed: &str, expected: &str, origin: Origin) -> Evidence {
    Evidence {
        resource,
        path: path.to_owned(),
        observed: observed.to_owned(),
        expected: expected.to_owned(),
        origin,
        sensitive: false,
    }
}

/// Findings with ids that count up.
#[derive(Default)]
struct Found(Vec<Finding>);

impl Found {
    fn add(
        &mut self,
        check: &'static Check,
        outcome: Outcome,
        resource: ResourceId,
        evidence: Vec<Evidence>,
    ) -> &mut Finding {
        let number = ALL.iter().position(|other| other.id == check.id).unwrap();
        self.0.push(Finding {
            id: format!("{:020x}", self.0.len() + 1),
            check: number as u32,
            resource,
            outcome,
            severity: check.severity(),
            evidence,
            waiver: None,
            known: false,
            saving: None,
        });
        self.0.last_mut().unwrap()
    }

    fn sorted(mut self) -> Vec<Finding> {
        self.0.sort_by_key(|finding| (finding.check, finding.resource));
        self.0
    }
}

/// An assessment that has a bit of everything.
pub(crate) fn assessment() -> Assessment {
    let mut builder = Builder::new();
    let shop = File { source: builder.file("examples/shop/shop.yaml", SHOP), text: SHOP };
    let network = File { source: builder.file("examples/shop/network.json", NETWORK), text: NETWORK };
    let mut found = Found::default();

    databases(&mut builder, &mut found, shop);
    network_of(&mut builder, &mut found, shop, network);
    volumes(&mut builder, &mut found, shop);
    let waivers = buckets(&mut builder, &mut found, shop);

    builder.gap(Gap::in_file("examples/shop/broken.yaml", Some(12), "the key Resources stands there twice; keep one"));
    builder.gap(Gap::in_file("examples/shop/huge.json", None, "the file is larger than 64 MB; split the template"));
    builder.skip("examples/shop/README.md", "not a template");
    builder.skip("examples/shop/buildspec.yml", "has no Resources");
    for (tool, rule, line) in [("checkov", "CKV_AWS_16", 9), ("checkov", "CKV_AWS_17", 9), ("cfn_nag", "F22", 30)] {
        builder.suppression(Suppression {
            tool: tool.to_owned(),
            rules: vec![rule.to_owned()],
            reason: (line == 30).then(|| "the scratch volume holds nothing".to_owned()),
            resource: None,
            origin: Origin::new(shop.source, line, 5),
        });
    }
    finish(builder, found, waivers)
}

fn finish(builder: Builder, found: Found, waivers: Vec<Waiver>) -> Assessment {
    Assessment::new(Input {
        version: "0.1.0".to_owned(),
        today: jiff::civil::date(2026, 11, 1),
        target: Target {
            paths: vec!["examples/shop".to_owned()],
            parameters: vec!["Environment".to_owned(), "VpcCidr".to_owned()],
            account: None,
            region: Some("eu-west-1".to_owned()),
        },
        inventory: builder.build(),
        checks: ALL.iter().map(|check| (*check, check.severity())).collect(),
        findings: found.sorted(),
        waivers,
        waiver_problems: vec![WaiverProblem {
            place: "pilaster.toml:12".to_owned(),
            message: "the waiver names s3_bucket_versionning, which is no check; did you mean s3_bucket_versioning?"
                .to_owned(),
        }],
        has_baseline: true,
    })
}

fn databases(builder: &mut Builder, found: &mut Found, shop: File) {
    for (id, retention) in [("Database", "0"), ("Replica", "1")] {
        let head = format!("  {id}:");
        let database = builder.resource(resource("AWS::RDS::DBInstance", id, shop.at(&head, id)));
        let place = |what| shop.at(&head, what);
        let public = evidence(database, "PubliclyAccessible", "true", "false", place("PubliclyAccessible"));
        found.add(&NOT_PUBLIC, Outcome::Fail, database, vec![public]);
        let backups =
            evidence(database, "BackupRetentionPeriod", retention, "at least 7", place("BackupRetentionPeriod"));
        found.add(&BACKUP_RETENTION, Outcome::Fail, database, vec![backups]);
        let mut password = evidence(
            database,
            "MasterUserPassword",
            "a literal value",
            "a reference to where it is kept",
            place("MasterUserPassword"),
        );
        password.sensitive = true;
        found.add(&NO_LITERAL_PASSWORD, Outcome::Fail, database, vec![password]);
    }
}

fn network_of(builder: &mut Builder, found: &mut Found, shop: File, network: File) {
    let place = shop.at("WebGroup", "WebGroup");
    let group = builder.resource(resource("AWS::EC2::SecurityGroup", "WebGroup", place));
    let ssh = builder.resource(resource("AWS::EC2::SecurityGroupIngress", "Ssh", network.at("\"Ssh\"", "\"Ssh\"")));
    let open = evidence(ssh, "CidrIp", "0.0.0.0/0", "no range of the whole internet", network.at("Ssh", "\"CidrIp\""));
    found.add(&GROUP_SSH, Outcome::Fail, group, vec![open]);
}

fn volumes(builder: &mut Builder, found: &mut Found, shop: File) {
    let parameter = ExpressionKind::Parameter { name: "Encrypted".into(), hidden: false };
    let place = shop.at("  Data:", "Encrypted");
    let node = Node::unresolved(Expression::new("!Ref Encrypted", parameter), place);
    let data = resource("AWS::EC2::Volume", "Data", shop.at("  Data:", "Data"));
    let data = builder.resource(with(data, "Encrypted", node));
    let observed = "!Ref Encrypted (parameter without a value)";
    let unknown = evidence(data, "Encrypted", observed, "true", place);
    found.add(&VOLUME_ENCRYPTED, Outcome::Unknown, data, vec![unknown]);

    let place = shop.at("  Scratch:", "Scratch");
    let mut scratch = resource("AWS::EC2::Volume", "Scratch", place);
    scratch.presence = Presence::Possible(Arc::new(Expression::new("the condition IsTest", ExpressionKind::Choice)));
    let scratch = builder.resource(scratch);
    let expected = "known, so that it is known whether the resource exists";
    let perhaps = evidence(scratch, "Condition", "the condition IsTest", expected, place);
    found.add(&VOLUME_ENCRYPTED, Outcome::Unknown, scratch, vec![perhaps]);
}

fn buckets(builder: &mut Builder, found: &mut Found, shop: File) -> Vec<Waiver> {
    let mut waiver = Waiver {
        check: "s3_bucket_versioning".to_owned(),
        scope: WaiverScope::Pattern { resource: Some("AccessLogs".to_owned()), tag: None },
        reason: "Access logs are written once and expire after 90 days".to_owned(),
        owner: Some("platform team".to_owned()),
        until: Some("2027-01-31".to_owned()),
        place: "pilaster.toml:4".to_owned(),
    };
    for id in ["Images", "Uploads", "Invoices", "Exports", "AccessLogs"] {
        let place = shop.at(&format!("  {id}:"), id);
        let bucket = builder.resource(resource("AWS::S3::Bucket", id, place));
        let unset = evidence(bucket, "VersioningConfiguration.Status", "unset", "Enabled", place);
        let finding = found.add(&VERSIONING, Outcome::Fail, bucket, vec![unset]);
        if id == "AccessLogs" {
            waiver.scope = WaiverScope::Resource(bucket);
            finding.waiver = Some(0);
        }
    }
    let place = shop.at("  WebLogs:", "WebLogs");
    let logs = builder.resource(resource("AWS::Logs::LogGroup", "WebLogs", place));
    found.add(&LOG_RETENTION, Outcome::Pass, logs, Vec::new());
    let known = evidence(logs, "RetentionInDays", "unset", "set", place);
    found.add(&LOG_RETENTION, Outcome::Fail, logs, vec![known]).known = true;
    found.add(&LOG_RETENTION, Outcome::NotApplicable, logs, Vec::new());
    vec![waiver]
}

/// Text that means something to a terminal, a browser, a parser or a reader.
pub(crate) const HOSTILE: &str = "a\u{1b}[31m\u{7}\n\r\t\u{202e}b\u{200b}\0\u{fffe}|`<script>alert(1)</script>&amp;\"'[x](http://e.example)@all {0} %s ]]> -->";

/// An assessment in which everything that others name is hostile.
pub(crate) fn hostile() -> Assessment {
    let mut builder = Builder::new();
    let text: Arc<str> = format!("Resources:\n  {HOSTILE}").into();
    let source = builder.file(HOSTILE, text);
    let place = Origin::new(source, 2, 3);
    let mut found = Found::default();
    let bucket = builder.resource(resource("AWS::S3::Bucket", HOSTILE, place));
    for (check, outcome) in
        [(&VERSIONING, Outcome::Fail), (&VOLUME_ENCRYPTED, Outcome::Unknown), (&NOT_PUBLIC, Outcome::Fail)]
    {
        found.add(check, outcome, bucket, vec![evidence(bucket, HOSTILE, HOSTILE, HOSTILE, place)]);
    }
    found.0[2].waiver = Some(0);
    builder.gap(Gap::in_file(HOSTILE, Some(1), HOSTILE));
    builder.skip(HOSTILE, HOSTILE);
    builder.suppression(Suppression {
        tool: HOSTILE.to_owned(),
        rules: vec![HOSTILE.to_owned()],
        reason: Some(HOSTILE.to_owned()),
        resource: Some(bucket),
        origin: place,
    });
    let waiver = Waiver {
        check: "*".to_owned(),
        scope: WaiverScope::Resource(bucket),
        reason: HOSTILE.to_owned(),
        owner: Some(HOSTILE.to_owned()),
        until: Some(HOSTILE.to_owned()),
        place: HOSTILE.to_owned(),
    };
    let mut assessment = finish(builder, found, vec![waiver]);
    assessment.waiver_problems = vec![WaiverProblem { place: HOSTILE.to_owned(), message: HOSTILE.to_owned() }];
    assessment.target.paths = vec![HOSTILE.to_owned()];
    assessment.target.parameters = vec![HOSTILE.to_owned()];
    assessment
}
