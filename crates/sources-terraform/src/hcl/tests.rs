//! Whole modules, as they are read.

use std::fs;
use std::path::Path;

use files::Boundary;
use indexmap::IndexMap;
use model::{Builder, ExpressionKind, Node, Part, Presence, Value, Why};

use crate::Options;
use crate::instance::Configuration;

/// What a folder of these files comes to.
struct Reading {
    configuration: Configuration,
    gaps: Vec<String>,
}

fn read_with(files: &[(&str, &str)], options: impl FnOnce(&Path) -> Options) -> Reading {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let options = options(folder.path());
    let mut into = Builder::new();
    let boundary = Boundary::of(folder.path());
    let (configuration, _) = super::read(folder.path(), &boundary, &options, &mut into).expect("it is read");
    let gaps = into.build().gaps.into_iter().map(|gap| {
        let file = gap.file.unwrap_or_default();
        let file = file.rsplit('/').next().unwrap_or_default().to_owned();
        format!("{file}:{}: {}", gap.line.unwrap_or(0), gap.reason)
    });
    Reading { configuration, gaps: gaps.collect() }
}

fn read(text: &str) -> Reading {
    read_with(&[("main.tf", text)], |_| Options::default())
}

impl Reading {
    /// The values of an instance, as they are shown here.
    fn shown(&self, address: &str) -> String {
        match self.configuration.instances.iter().find(|instance| instance.address == address) {
            Some(instance) => show(&instance.values, &self.configuration),
            None => format!("no {address} among {:?}", self.addresses()),
        }
    }

    fn value(&self, address: &str, name: &str) -> Node {
        let instance = self.configuration.instances.iter().find(|instance| instance.address == address);
        let instance = instance.unwrap_or_else(|| panic!("no {address} among {:?}", self.addresses()));
        instance.values.get(name).cloned().unwrap_or_else(|| super::value::bare(Value::Null))
    }

    fn addresses(&self) -> Vec<&str> {
        self.configuration.instances.iter().map(|instance| instance.address.as_str()).collect()
    }
}

fn show(node: &Node, all: &Configuration) -> String {
    let reference = |reference: &model::Reference| {
        let target = all.instances.get(reference.target.0 as usize).map_or("?", |instance| instance.address.as_str());
        format!("@{target}.{}", reference.attribute)
    };
    let expression = |expression: &model::Expression| {
        let kind = match &expression.kind {
            ExpressionKind::Parameter { hidden: true, .. } => "hidden".to_owned(),
            ExpressionKind::Parameter { .. } => "parameter".to_owned(),
            kind => format!("{kind:?}").to_lowercase(),
        };
        format!("<{} {kind}{}>", expression.text, if expression.set { " set" } else { "" })
    };
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) => format!("{text:?}"),
        Value::Pattern(parts) => {
            let part = |part: &Part| match part {
                Part::Text(text) => text.to_string(),
                Part::Reference(target) => reference(target),
                Part::Unknown(unknown) => expression(unknown),
            };
            format!("{:?}", parts.iter().map(part).collect::<String>())
        }
        Value::List(items) => format!("[{}]", items.iter().map(|item| show(item, all)).collect::<Vec<_>>().join(", ")),
        Value::Map(entries) => {
            let entries = entries.iter().map(|(key, entry)| format!("{key}={}", show(entry, all)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        Value::Reference(target) => reference(target),
        Value::Unknown(Why::Unresolved(unknown)) => expression(unknown),
        Value::Unknown(why) => format!("{why:?}"),
    }
}

/// What expressions come to, one by one.
fn evaluated(preamble: &str, expressions: &[&str]) -> Vec<String> {
    let arguments: String = expressions.iter().enumerate().map(|(at, text)| format!("  a{at} = {text}\n")).collect();
    let reading = read(&format!("{preamble}\nresource \"x\" \"x\" {{\n{arguments}}}\n"));
    assert_eq!(reading.gaps, Vec::<String>::new());
    (0..expressions.len()).map(|at| show(&reading.value("x.x", &format!("a{at}")), &reading.configuration)).collect()
}

fn check(preamble: &str, cases: &[(&str, &str)]) {
    let expressions: Vec<&str> = cases.iter().map(|(expression, _)| *expression).collect();
    let wrong: Vec<String> = evaluated(preamble, &expressions)
        .into_iter()
        .zip(cases)
        .filter(|(found, (_, expected))| found != expected)
        .map(|(found, (expression, expected))| format!("{expression}\n   is {found}\n  not {expected}"))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn expressions_have_the_values_terraform_gives_them() {
    check(
        "locals {\n  m = { a = 1, b = \"two\" }\n  l = [\"x\", \"y\", \"z\"]\n  o = [{ n = \"p\", v = [1, 2] }, { n = \"q\", v = [3] }]\n}",
        &[
            ("1 + 2 * 3", "7"),
            ("(1 + 2) * 3", "9"),
            ("7 / 2", "3.5"),
            ("7 % 3", "1"),
            ("-7 % 3", "-1"),
            ("0.1 + 0.2", "0.3"),
            ("1 / 3 > 0.33", "true"),
            ("\"a\" == \"a\" && !false", "true"),
            ("1 == \"1\"", "false"),
            ("local.m.b", "\"two\""),
            ("local.m[\"a\"]", "1"),
            ("local.l[1]", "\"y\""),
            ("local.l.2", "\"z\""),
            ("local.o[*].n", "[\"p\", \"q\"]"),
            ("local.o.*.v[0]", "[1, 2]"),
            ("local.o[*].v[0]", "[1, 3]"),
            ("[for i, v in local.l : \"${i}-${v}\" if v != \"y\"]", "[\"0-x\", \"2-z\"]"),
            ("{ for o in local.o : o.n => length(o.v) }", "{p=2, q=1}"),
            ("{ for v in [\"a1\", \"b1\", \"a2\"] : substr(v, 0, 1) => v... }", "{a=[\"a1\", \"a2\"], b=[\"b1\"]}"),
            ("[for k, v in { b = 1, a = 2 } : \"${k}${v}\"]", "[\"a2\", \"b1\"]"),
            ("true ? \"yes\" : \"no\"", "\"yes\""),
            ("\"n=${1.50} b=${true}\"", "\"n=1.5 b=true\""),
            ("\"$${x} %%{y}\"", "\"${x} %{y}\""),
            ("\"%{ if true }yes%{ else }no%{ endif }\"", "\"yes\""),
            ("\"%{ for v in local.l }${v},%{ endfor }\"", "\"x,y,z,\""),
            ("\"a  ${~ \"b\" ~}  c\"", "\"abc\""),
            ("<<-EOT\n    one\n      two ${local.l[0]}\n    EOT\n", "\"one\\n  two x\\n\""),
            ("<<EOT\n%{ for v in local.l ~}\n- ${v}\n%{ endfor ~}\nEOT\n", "\"- x\\n- y\\n- z\\n\""),
            // Cut by `~` are lines, and only their own: this is what Terraform 1.11 gives.
            (
                "<<EOT\na %{ if true ~}\n\n   b\n%{ endif }|\n  x %{~ if true }\n c%{ endif ~}\n\n  d\nEOT\n",
                "\"a \\n   b\\n|\\n  x\\n c\\n  d\\n\"",
            ),
            (
                "<<-EOT\n    %{ for x in local.l ~}\n    item ${x}\n    %{ endfor ~}\n    end\n    EOT\n",
                "\"    item x\\n    item y\\n    item z\\n    end\\n\"",
            ),
            ("<<-EOT\n    %{ if true }\n    yes\n    %{ endif }\n    end\n    EOT\n", "\"\\nyes\\n\\nend\\n\""),
            ("null", "null"),
            ("try(local.m.nope, \"else\")", "\"else\""),
            ("can(local.m.nope)", "false"),
            ("can(local.m.a)", "true"),
            ("try(local.l[9], local.l[0])", "\"x\""),
            ("path.module", "\".\""),
            ("terraform.workspace", "\"default\""),
            ("{ (local.l[0]) = 1, \"b-${local.l[1]}\" = 2, c : 3 }", "{x=1, b-y=2, c=3}"),
        ],
    );
}

#[test]
fn functions_give_what_terraform_gives() {
    check(
        "",
        &[
            ("abs(-3.5)", "3.5"),
            ("ceil(4.1)", "5"),
            ("floor(-1.5)", "-2"),
            ("max([1, 5, 3]...)", "5"),
            ("min(2, 1)", "1"),
            ("pow(2, 10)", "1024"),
            ("log(16, 2)", "4"),
            ("signum(-3)", "-1"),
            ("parseint(\"ff\", 16)", "255"),
            ("lower(\"AbC\")", "\"abc\""),
            ("title(\"hello world\")", "\"Hello World\""),
            ("format(\"%s-%03d %5.2f%% %q\", \"a\", 7, 3.14159, \"x\")", "\"a-007  3.14% \\\"x\\\"\""),
            ("format(\"%-5s|%5s|\", \"ab\", \"cd\")", "\"ab   |   cd|\""),
            ("formatlist(\"%s-%s\", [\"a\", \"b\"], \"z\")", "[\"a-z\", \"b-z\"]"),
            ("join(\",\", [\"a\", \"b\"], [\"c\"])", "\"a,b,c\""),
            ("split(\",\", \"a,b,,c\")", "[\"a\", \"b\", \"\", \"c\"]"),
            ("replace(\"a.b.c\", \".\", \"-\")", "\"a-b-c\""),
            ("replace(\"hello world\", \"/w.*d/\", \"everybody\")", "\"hello everybody\""),
            ("replace(\"hello world\", \"/(h)(e)/\", \"$2$1\")", "\"ehllo world\""),
            ("regex(\"[a-z]+\", \"53453453.345345aaabbbccc23454\")", "\"aaabbbccc\""),
            ("regex(\"(\\\\d+)-(\\\\d\\\\d)\", \"2019-02-01\")", "[\"2019\", \"02\"]"),
            ("regexall(\"[a-z]+\", \"1234abcd5678efgh9\")", "[\"abcd\", \"efgh\"]"),
            ("length(regexall(\"[a-z]\", \"1234\"))", "0"),
            ("try(regex(\"x\", \"abc\"), \"none\")", "\"none\""),
            ("substr(\"hello\", 1, 3)", "\"ell\""),
            ("substr(\"hello\", -2, -1)", "\"lo\""),
            ("trim(\"?!hi?!\", \"!?\")", "\"hi\""),
            ("trimprefix(\"helloworld\", \"hello\")", "\"world\""),
            ("trimsuffix(\"helloworld\", \"world\")", "\"hello\""),
            ("indent(2, \"a\\nb\")", "\"a\\n  b\""),
            ("chomp(\"a\\n\\n\")", "\"a\""),
            ("startswith(\"abc\", \"ab\")", "true"),
            ("strcontains(\"abc\", \"bc\")", "true"),
            ("strrev(\"abc\")", "\"cba\""),
            ("basename(\"a/b/c.txt\")", "\"c.txt\""),
            ("dirname(\"a/b/c.txt\")", "\"a/b\""),
            ("length([1, 2])", "2"),
            ("length(\"h\\u00e9\")", "2"),
            ("merge({ a = 1 }, null, { b = 2 }, { a = 3 })", "{a=3, b=2}"),
            ("concat([1], [2, 3])", "[1, 2, 3]"),
            ("coalesce(null, \"\", \"b\")", "\"b\""),
            ("coalescelist([], [1])", "[1]"),
            ("lookup({ a = 1 }, \"b\", 2)", "2"),
            ("contains([\"a\"], \"a\")", "true"),
            ("element([\"a\", \"b\"], 3)", "\"b\""),
            ("keys({ b = 1, a = 2 })", "[\"a\", \"b\"]"),
            ("values({ b = 1, a = 2 })", "[2, 1]"),
            ("zipmap([\"a\", \"b\"], [1, 2])", "{a=1, b=2}"),
            ("flatten([[\"a\", [\"b\"]], [], [\"c\"]])", "[\"a\", \"b\", \"c\"]"),
            ("compact([\"a\", \"\", null, \"b\"])", "[\"a\", \"b\"]"),
            ("distinct([\"b\", \"a\", \"b\"])", "[\"b\", \"a\"]"),
            ("reverse([1, 2])", "[2, 1]"),
            ("slice([\"a\", \"b\", \"c\"], 1, 3)", "[\"b\", \"c\"]"),
            ("sort([\"b\", \"a\"])", "[\"a\", \"b\"]"),
            ("sum([1, 2.5])", "3.5"),
            ("range(3)", "[0, 1, 2]"),
            ("range(1, 8, 3)", "[1, 4, 7]"),
            ("index([\"a\", \"b\"], \"b\")", "1"),
            ("one([])", "null"),
            ("one([\"a\"])", "\"a\""),
            ("toset([\"b\", \"a\", \"b\"])", "[\"a\", \"b\"]"),
            ("setunion([\"b\"], [\"a\"])", "[\"a\", \"b\"]"),
            ("setintersection([\"a\", \"b\"], [\"b\", \"c\"])", "[\"b\"]"),
            ("setsubtract([\"a\", \"b\"], [\"b\"])", "[\"a\"]"),
            ("setproduct([\"a\", \"b\"], [1])", "[[\"a\", 1], [\"b\", 1]]"),
            ("chunklist([1, 2, 3], 2)", "[[1, 2], [3]]"),
            ("matchkeys([1, 2], [\"a\", \"b\"], [\"b\"])", "[2]"),
            ("transpose({ a = [\"1\", \"2\"], b = [\"2\"] })", "{1=[\"a\"], 2=[\"a\", \"b\"]}"),
            ("alltrue([true, false])", "false"),
            ("anytrue([])", "false"),
            ("alltrue([])", "true"),
            ("tonumber(\"5\") + 1", "6"),
            ("tostring(5)", "\"5\""),
            ("tobool(\"true\")", "true"),
            ("base64encode(\"Hello!\")", "\"SGVsbG8h\""),
            ("base64encode(\"a\")", "\"YQ==\""),
            ("base64decode(\"SGVsbG8h\")", "\"Hello!\""),
            ("urlencode(\"a b&c\")", "\"a+b%26c\""),
            ("jsondecode(\"{\\\"a\\\": [1]}\").a[0]", "1"),
            ("jsonencode({ a = [1, true, null] })", "{a=[1, true, null]}"),
            ("\"x${jsonencode({ b = \"<\", a = 1 })}\"", "\"x{\\\"a\\\":1,\\\"b\\\":\\\"\\\\u003c\\\"}\""),
            ("csvdecode(\"a,b\\n1,2\\n\")", "[{a=\"1\", b=\"2\"}]"),
            ("cidrsubnet(\"10.0.0.0/16\", 8, 2)", "\"10.0.2.0/24\""),
            ("cidrsubnet(\"fd00:fd12:3456:7890::/56\", 16, 162)", "\"fd00:fd12:3456:7800:a200::/72\""),
            (
                "cidrsubnets(\"10.1.0.0/16\", 4, 4, 8, 4)",
                "[\"10.1.0.0/20\", \"10.1.16.0/20\", \"10.1.32.0/24\", \"10.1.48.0/20\"]",
            ),
            ("cidrhost(\"10.12.112.0/20\", 16)", "\"10.12.112.16\""),
            ("cidrhost(\"10.12.112.0/20\", -1)", "\"10.12.127.255\""),
            ("cidrnetmask(\"172.16.0.0/12\")", "\"255.240.0.0\""),
            ("timestamp()", "<timestamp() function set>"),
            ("sha256(\"a\")", "<sha256(\"a\") function set>"),
        ],
    );
}

#[test]
fn what_is_not_known_stays_so() {
    check(
        "variable \"u\" {}\nvariable \"secret\" {\n  sensitive = true\n}\nvariable \"known\" {\n  default = \"k\"\n}\ndata \"aws_ami\" \"a\" {}\n",
        &[
            ("var.u", "<var.u parameter>"),
            ("var.u.x[0]", "<var.u.x[0] parameter>"),
            ("\"a-${var.u}-${var.known}\"", "\"a-<var.u parameter>-k\""),
            ("\"${var.u}\"", "<var.u parameter>"),
            ("data.aws_ami.a.id", "<data.aws_ami.a.id attribute set>"),
            ("var.u ? 1 : 1", "1"),
            ("var.u ? 1 : 2", "<var.u ? 1 : 2 choice set>"),
            ("var.u ? \"a\" : null", "<var.u ? \"a\" : null choice>"),
            ("false && var.u", "false"),
            ("var.u || true", "true"),
            ("var.u && true", "<var.u && true function>"),
            ("var.u == 1", "<var.u == 1 function>"),
            ("data.aws_ami.a.id == null", "false"),
            ("lower(var.u)", "<lower(var.u) function>"),
            ("lower(data.aws_ami.a.id)", "<lower(data.aws_ami.a.id) function set>"),
            ("lower(var.secret)", "<lower(var.secret) hidden>"),
            ("length([var.u, 1])", "2"),
            ("length(var.u)", "<length(var.u) function>"),
            ("merge({ a = 1 }, { b = var.u })", "{a=1, b=<var.u parameter>}"),
            ("merge({ a = 1 }, var.u)", "<merge({ a = 1 }, var.u) function>"),
            ("concat([1], [var.u])[0]", "1"),
            ("coalesce(null, var.u, \"b\")", "<coalesce(null, var.u, \"b\") function>"),
            ("coalesce(data.aws_ami.a.id, \"b\")", "<data.aws_ami.a.id attribute set>"),
            ("lookup({ a = var.u, b = 2 }, \"b\", 3)", "2"),
            ("contains([var.u, \"a\"], \"a\")", "true"),
            ("contains([var.u, \"a\"], \"b\")", "<contains([var.u, \"a\"], \"b\") function>"),
            ("try(var.u.x, \"else\")", "<var.u.x parameter>"),
            ("can(var.u.x)", "<can(var.u.x) function>"),
            ("[for x in var.u : x]", "<[for x in var.u : x] function>"),
            ("[for x in [1, var.u] : x if x != 1]", "<[for x in [1, var.u] : x if x != 1] choice>"),
            ("[for x in [1, var.u] : x]", "[1, <var.u parameter>]"),
            ("join(\"-\", [\"a\", var.u])", "\"a-<var.u parameter>\""),
            ("format(\"%s/%s\", \"a\", var.u)", "\"a/<var.u parameter>\""),
            ("{ (var.u) = 1 }", "<(var.u) parameter set>"),
            ("jsonencode({ a = var.u })", "{a=<var.u parameter>}"),
            ("toset([var.u, \"a\"])", "[<var.u parameter>, \"a\"]"),
            ("module.nope.x", "<module.nope.x import>"),
            ("data.terraform_remote_state.r.outputs.x", "<data.terraform_remote_state.r.outputs.x import>"),
            ("\"%{ if var.u }a%{ endif }b\"", "\"<%{ if var.u } choice>b\""),
            ("nosuch(1)", "<nosuch(1) function>"),
            ("[1, 2][5]", "<[1, 2][5] lookup>"),
            ("element([7], var.u)", "7"),
            ("try([][var.u], \"none\")", "\"none\""),
            ("try([1][var.u], \"none\")", "<[1][var.u] lookup>"),
            ("cidrhost(\"::/0\", -1)", "\"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff\""),
            ("-170141183460469231731687303715884105728 / -1 > 0", "true"),
            ("substr(\"abc\", 1, 170141183460469231731687303715884105727)", "\"bc\""),
        ],
    );
}

#[test]
fn instances_and_references() {
    let reading = read(
        r#"
variable "create" {}
variable "zones" { default = ["a", "b"] }
resource "aws_s3_bucket" "b" {
  bucket = "logs"
  rule {}
}
resource "aws_s3_bucket_versioning" "v" {
  bucket = aws_s3_bucket.b.bucket
  text   = "arn:${aws_s3_bucket.b.bucket}/${aws_s3_bucket.b.arn}"
  same   = aws_s3_bucket.b.bucket == "logs"
}
resource "aws_subnet" "s" {
  for_each = toset(var.zones)
  zone     = each.value
  vpc_id   = aws_vpc.v[0].id
}
resource "aws_vpc" "v" {
  count = 2
  n     = count.index
}
resource "aws_none" "n" { count = 0 }
resource "aws_perhaps" "p" { count = var.create ? 1 : 0 }
resource "x" "x" {
  splat  = aws_vpc.v[*].id
  keyed  = aws_subnet.s["a"].id
  all    = [for s in aws_subnet.s : s.id]
  by_key = { for k, s in aws_subnet.s : k => s.vpc_id }
  values = values(aws_subnet.s)[*].id
  none   = try(aws_none.n[0].id, "none")
  one    = one(aws_perhaps.p[*].id)
  first  = aws_perhaps.p[0].id
  old    = concat(aws_perhaps.p.*.id, [""])[0]
  many   = length(aws_perhaps.p)
  many2  = length(aws_perhaps.p[*].id) > 0
  tried  = try(aws_perhaps.p[0].id, null)
  zone   = aws_subnet.s["b"].zone
  deep   = aws_vpc.v[1].some[0].thing
  block  = try(aws_s3_bucket.b.rule[0].id, null)
  last   = element(aws_vpc.v[*].id, 1)
}
"#,
    );
    assert_eq!(reading.gaps, Vec::<String>::new());
    assert_eq!(
        reading.addresses(),
        [
            "aws_perhaps.p",
            "aws_s3_bucket.b",
            "aws_s3_bucket_versioning.v",
            "aws_subnet.s[\"a\"]",
            "aws_subnet.s[\"b\"]",
            "aws_vpc.v[0]",
            "aws_vpc.v[1]",
            "x.x",
        ]
    );
    assert!(
        matches!(&reading.configuration.instances[0].presence, Presence::Possible(open) if &*open.text == "var.create ? 1 : 0")
    );
    assert_eq!(
        reading.shown("aws_s3_bucket_versioning.v"),
        "{bucket=@aws_s3_bucket.b.bucket, text=\"arn:logs/@aws_s3_bucket.b.arn\", same=true}"
    );
    assert_eq!(reading.shown("aws_subnet.s[\"b\"]"), "{zone=\"b\", vpc_id=@aws_vpc.v[0].id}");
    assert_eq!(reading.shown("aws_vpc.v[1]"), "{n=1}");
    let expected = [
        "splat=[@aws_vpc.v[0].id, @aws_vpc.v[1].id]",
        "keyed=@aws_subnet.s[\"a\"].id",
        "all=[@aws_subnet.s[\"a\"].id, @aws_subnet.s[\"b\"].id]",
        "by_key={a=@aws_vpc.v[0].id, b=@aws_vpc.v[0].id}",
        "values=[@aws_subnet.s[\"a\"].id, @aws_subnet.s[\"b\"].id]",
        "none=\"none\"",
        "one=@aws_perhaps.p.id",
        "first=@aws_perhaps.p.id",
        "old=@aws_perhaps.p.id",
        "many=<length(aws_perhaps.p) function>",
        "many2=<length(aws_perhaps.p[*].id) > 0 function>",
        "tried=@aws_perhaps.p.id",
        "zone=\"b\"",
        "deep=@aws_vpc.v[1].some[0].thing",
        "block=<aws_s3_bucket.b.rule[0].id attribute set>",
        "last=@aws_vpc.v[1].id",
    ];
    assert_eq!(reading.shown("x.x"), format!("{{{}}}", expected.join(", ")));
}

#[test]
fn variables_are_given_in_the_order_of_terraform() {
    let reading = read_with(
        &[
            (
                "main.tf",
                r#"
variable "a" { default = "default" }
variable "b" { default = "default" }
variable "c" { default = "default" }
variable "d" { default = "default" }
variable "e" { default = "default" }
variable "f" { default = "default" }
variable "list" { type = list(number) }
variable "set" { type = set(string) }
variable "flag" { type = bool }
variable "old" {
  type    = "string"
  default = 5
}
variable "object" {
  type = object({
    name = string
    size = optional(number, 3)
    tags = optional(map(string))
    deep = optional(object({ on = optional(bool, true) }), {})
  })
}
variable "null" {
  default  = "default"
  nullable = false
}
variable "secret" {
  default   = { user = "root", keys = ["k"] }
  sensitive = true
}
variable "wrong" { type = number }
variable "any" { type = any }
variable "untyped" {}
resource "x" "x" {
  all    = [var.a, var.b, var.c, var.d, var.e, var.f]
  list   = var.list
  set    = var.set
  flag   = var.flag ? "on" : "off"
  old    = var.old
  object = var.object
  null   = var.null
  wrong  = var.wrong
  any    = var.any[0]
  text   = var.untyped
}
resource "y" "y" {
  secret = "${var.secret.user}!"
  whole  = var.secret
  given  = var.a
  local  = local.l
  plain  = "p"
}
locals { l = "literal" }
"#,
            ),
            (
                "terraform.tfvars",
                "b = \"tfvars\"\nc = \"tfvars\"\nd = \"tfvars\"\ne = \"tfvars\"\nobject = { name = \"n\", size = \"7\" }\n",
            ),
            ("terraform.tfvars.json", "{\"c\": \"json\", \"null\": null, \"wrong\": \"many\"}"),
            ("a.auto.tfvars", "d = \"a\"\ne = \"a\"\n"),
            ("b.auto.tfvars", "d = \"b\"\n"),
            ("extra.tfvars", "e = \"file\"\nf = \"file\"\n"),
        ],
        |folder| Options {
            variables: IndexMap::from([
                ("f".to_owned(), "given".to_owned()),
                ("list".to_owned(), "[1, \"2\"]".to_owned()),
                ("set".to_owned(), "[\"b\", \"a\", \"b\"]".to_owned()),
                ("flag".to_owned(), "true".to_owned()),
                ("any".to_owned(), "[1]".to_owned()),
                ("untyped".to_owned(), "[1]".to_owned()),
            ]),
            variable_files: vec![folder.join("extra.tfvars")],
            environment: IndexMap::from([("a".to_owned(), "env".to_owned()), ("b".to_owned(), "env".to_owned())]),
            ..Options::default()
        },
    );
    assert_eq!(reading.gaps, ["main.tf:31: the value of var.wrong does not fit: a number is wanted"]);
    let expected = [
        r#"all=["env", "tfvars", "json", "b", "file", "given"]"#,
        "list=[1, 2]",
        r#"set=["a", "b"]"#,
        r#"flag="on""#,
        r#"old="5""#,
        r#"object={name="n", size=7, tags=null, deep={on=true}}"#,
        r#"null="default""#,
        "wrong=<var.wrong parameter>",
        "any=1",
        r#"text="[1]""#,
    ];
    assert_eq!(reading.shown("x.x"), format!("{{{}}}", expected.join(", ")));
    let kind =
        |name: &str| reading.value("y.y", name).written.map(|written| (written.text.to_string(), written.kind.clone()));
    let parameter = |name: &str, hidden| ExpressionKind::Parameter { name: name.into(), hidden };
    assert_eq!(kind("secret"), Some(("\"${var.secret.user}!\"".to_owned(), parameter("secret", true))));
    assert_eq!(kind("given"), Some(("var.a".to_owned(), parameter("a", false))));
    assert_eq!(kind("local"), Some(("local.l".to_owned(), ExpressionKind::Function)));
    assert_eq!(kind("plain"), None);
    let Value::Map(entries) = reading.value("y.y", "whole").value else { panic!("no map") };
    assert!(entries.values().all(|entry| entry.written.as_ref().is_some_and(|w| w.kind == parameter("secret", true))));
}

#[test]
fn a_file_of_variables_that_is_named_has_to_be_right() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("v.tfvars"), "a = 1\nb = = 2\n").expect("a file");
    let read = |name: &str| {
        let options = Options { variable_files: vec![folder.path().join(name)], ..Options::default() };
        let boundary = Boundary::of(folder.path());
        super::read(folder.path(), &boundary, &options, &mut Builder::new())
            .map(|_| ())
            .map_err(|error| error.to_string())
    };
    let wrong = read("v.tfvars").expect_err("it is wrong");
    assert!(wrong.contains("v.tfvars:2: "), "{wrong}");
    assert!(read("none.tfvars").is_err());
}

#[test]
fn blocks_are_lists_and_dynamic_blocks_are_unrolled() {
    let reading = read(
        r#"
variable "open" {}
locals {
  rules = [{ port = 80, from = ["a"] }, { port = 443, from = [] }]
}
resource "aws_security_group" "g" {
  lifecycle {
    prevent_destroy = true
    ignore_changes  = ["tags"]
  }
  egress {
    port = 0
  }
  dynamic "ingress" {
    for_each = local.rules
    iterator = rule
    content {
      port = rule.value.port
      at   = rule.key
      dynamic "peer" {
        for_each = toset(rule.value.from)
        content {
          name = "${rule.value.port}-${peer.value}"
        }
      }
    }
  }
  dynamic "other" {
    for_each = var.open
    content {}
  }
  dynamic "none" {
    for_each = []
    content {}
  }
  provisioner "local-exec" {
    command = "true"
  }
}
resource "x" "x" {
  ports = aws_security_group.g.ingress[*].port
}
"#,
    );
    assert_eq!(reading.gaps, Vec::<String>::new());
    assert_eq!(
        reading.shown("aws_security_group.g"),
        "{egress=[{port=0}], ingress=[{port=80, at=0, peer=[{name=\"80-a\"}]}, {port=443, at=1}], other=[<var.open choice>]}"
    );
    assert_eq!(reading.shown("x.x"), "{ports=[80, 443]}");
    let kept = reading.configuration.instances[0].prevent_destroy.clone().expect("it is written");
    assert_eq!((kept.value, kept.origin.line), (Value::Bool(true), 8));
    let ingress = reading.value("aws_security_group.g", "ingress");
    let Value::List(items) = &ingress.value else { panic!("no list") };
    let port = items[1].get("port").expect("a port");
    assert_eq!((port.origin.line, port.origin.column), (18, 7));
    assert_eq!(port.written.as_ref().map(|written| &*written.text), Some("rule.value.port"));
}

#[test]
fn an_instance_for_every_instance_of_an_unknown_number_leads_to_it() {
    let reading = read(
        r#"
variable "names" {}
resource "x" "b" { for_each = var.names }
resource "x" "p" {
  for_each = x.b
  bucket   = each.value.id
}
resource "x" "q" {
  for_each = x.p
  bucket   = x.b[each.key].id
}
"#,
    );
    assert_eq!(reading.gaps, Vec::<String>::new());
    assert_eq!(reading.shown("x.p"), "{bucket=@x.b.id}");
    assert_eq!(reading.shown("x.q"), "{bucket=@x.b.id}");
    let decides =
        |presence: &Presence| matches!(presence, Presence::Possible(expression) if &*expression.text == "var.names");
    assert!(reading.configuration.instances.iter().all(|instance| decides(&instance.presence)));
}

#[test]
fn modules_are_followed() {
    let shop = r#"
variable "name" { type = string }
variable "size" { default = 2 }
variable "bucket" { default = null }
resource "aws_queue" "q" {
  count = var.size
  name  = "${var.name}-${count.index}"
  to    = var.bucket
  here  = path.module
}
output "ids" { value = aws_queue.q[*].id }
output "name" { value = upper(var.name) }
"#;
    let main = r#"
resource "aws_s3_bucket" "b" { bucket = "b" }
module "one" {
  source = "./modules/shop"
  name   = "one"
  bucket = aws_s3_bucket.b.arn
}
module "each" {
  for_each = { eu = 1, us = 0 }
  source   = "./modules/shop"
  name     = each.key
  size     = each.value
}
module "two" {
  count  = 2
  source = "./modules/shop"
  name   = module.one.name
  size   = 0
}
variable "open" {}
module "perhaps" {
  count  = var.open
  source = "./modules/shop"
  name   = "p"
  size   = 1
}
module "far" {
  source = "terraform-aws-modules/vpc/aws"
}
module "out" {
  source = "../../etc"
}
module "got" {
  source = "github.com/x/y"
}
resource "x" "x" {
  one   = module.one.ids
  each  = { for k, m in module.each : k => m.ids }
  eu    = module.each["eu"].ids[0]
  two   = module.two[*].name
  first = module.two[0].name
  open  = module.perhaps[0].ids
  far   = module.far.vpc_id
  got   = module.got.it
  none  = try(module.one.nothing, "none")
}
"#;
    let reading = read_with(
        &[
            ("main.tf", main),
            ("modules/shop/main.tf", shop),
            (".git/HEAD", ""),
            (
                ".terraform/modules/modules.json",
                r#"{"Modules":[{"Key":"","Dir":"."},{"Key":"got","Dir":".terraform/modules/got"}]}"#,
            ),
            (".terraform/modules/got/main.tf", "output \"it\" { value = \"got\" }\n"),
        ],
        |_| Options::default(),
    );
    assert_eq!(
        reading.addresses(),
        [
            "aws_s3_bucket.b",
            "module.each[\"eu\"].aws_queue.q[0]",
            "module.one.aws_queue.q[0]",
            "module.one.aws_queue.q[1]",
            "module.perhaps.aws_queue.q[0]",
            "x.x",
        ]
    );
    assert_eq!(
        reading.shown("module.one.aws_queue.q[1]"),
        "{name=\"one-1\", to=@aws_s3_bucket.b.arn, here=\"modules/shop\"}"
    );
    let perhaps = reading.configuration.instances.iter().find(|one| one.address.starts_with("module.perhaps"));
    assert!(perhaps.is_some_and(|one| matches!(one.presence, Presence::Possible(_))));
    let expected = [
        "one=[@module.one.aws_queue.q[0].id, @module.one.aws_queue.q[1].id]",
        "each={eu=[@module.each[\"eu\"].aws_queue.q[0].id], us=[]}",
        "eu=@module.each[\"eu\"].aws_queue.q[0].id",
        "two=[\"ONE\", \"ONE\"]",
        "first=\"ONE\"",
        "open=[@module.perhaps.aws_queue.q[0].id]",
        "far=<module.far.vpc_id import>",
        "got=\"got\"",
        "none=\"none\"",
    ];
    assert_eq!(reading.shown("x.x"), format!("{{{}}}", expected.join(", ")));
    assert_eq!(reading.gaps.len(), 2, "{:?}", reading.gaps);
    assert_eq!(
        reading.gaps[0],
        "main.tf:27: module far comes from terraform-aws-modules/vpc/aws, which is not here; run `terraform get`"
    );
    assert!(reading.gaps[1].starts_with("main.tf:30: module out comes from ../../etc, which is outside of "));
}

#[test]
fn providers_say_where_resources_go() {
    let reading = read_with(
        &[
            (
                "main.tf",
                r#"
provider "aws" {
  region              = var.region
  allowed_account_ids = ["111111111111"]
  default_tags {
    tags = { team = "core", env = "x" }
  }
}
provider "aws" {
  alias  = "us"
  region = "us-east-1"
  assume_role {
    role_arn = "arn:aws:iam::222222222222:role/deploy"
  }
}
variable "region" { default = "eu-west-1" }
resource "aws_a" "plain" {
  tags = { env = "prod" }
}
resource "aws_a" "us" {
  provider = aws.us
}
resource "aws_a" "own" {
  region = "cn-north-1"
}
resource "random_x" "x" {
  tags = {}
}
module "m" {
  source    = "./m"
  providers = { aws = aws.us }
}
data "aws_region" "r" {}
data "aws_partition" "p" {}
data "aws_caller_identity" "me" {}
data "aws_caller_identity" "us" {
  provider = aws.us
}
resource "x" "x" {
  arn  = "arn:${data.aws_partition.p.partition}:s3:${data.aws_region.r.name}:${data.aws_caller_identity.me.account_id}"
  us   = data.aws_caller_identity.us.account_id
  user = data.aws_caller_identity.us.user_id
}
"#,
            ),
            ("m/main.tf", "resource \"aws_a\" \"in\" {}\n"),
        ],
        |_| Options::default(),
    );
    assert_eq!(reading.gaps, Vec::<String>::new());
    let places: Vec<String> = reading
        .configuration
        .instances
        .iter()
        .map(|one| format!("{} {:?} {:?}", one.address, one.account.as_deref(), one.region.as_deref()))
        .collect();
    assert_eq!(
        places,
        [
            "aws_a.own Some(\"111111111111\") Some(\"cn-north-1\")",
            "aws_a.plain Some(\"111111111111\") Some(\"eu-west-1\")",
            "aws_a.us Some(\"222222222222\") Some(\"us-east-1\")",
            "module.m.aws_a.in Some(\"222222222222\") Some(\"us-east-1\")",
            "random_x.x None None",
            "x.x None None",
        ]
    );
    assert_eq!(reading.shown("aws_a.plain"), "{tags={env=\"prod\"}, tags_all={team=\"core\", env=\"prod\"}}");
    assert_eq!(reading.shown("aws_a.us"), "{}");
    assert_eq!(
        reading.shown("x.x"),
        "{arn=\"arn:aws:s3:eu-west-1:111111111111\", us=\"222222222222\", user=<data.aws_caller_identity.us.user_id attribute set>}"
    );
}

#[test]
fn policy_documents_are_structures() {
    let reading = read(
        r#"
data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.b.arn}/*"]
  }
}
data "aws_iam_policy_document" "n" {
  for_each = toset(["a"])
  statement {
    sid = each.key
  }
}
resource "aws_s3_bucket" "b" {}
resource "x" "x" {
  policy = data.aws_iam_policy_document.d.json
  named  = data.aws_iam_policy_document.n["a"].json
  id     = data.aws_iam_policy_document.d.id
}
"#,
    );
    assert_eq!(reading.gaps, Vec::<String>::new());
    let shown = reading.shown("x.x");
    assert!(shown.contains("Action=") && shown.contains("@aws_s3_bucket.b.arn/*"), "{shown}");
    assert!(
        shown.contains("Sid=\"a\"") && shown.contains("id=<data.aws_iam_policy_document.d.id attribute set>"),
        "{shown}"
    );
}

#[test]
fn comments_count_for_every_instance() {
    let reading = read(
        "# pilaster:waive s3_x reason=\"short\"\nresource \"aws_a\" \"a\" {\n  count = 2\n  # checkov:skip=CKV_1: no\n}\nresource \"aws_a\" \"b\" {}\n",
    );
    let waivers: Vec<usize> = reading.configuration.instances.iter().map(|one| one.waivers.len()).collect();
    assert_eq!(waivers, [1, 1, 0]);
    let of: Vec<Option<usize>> = reading.configuration.suppressions.iter().map(|(instance, _)| *instance).collect();
    assert_eq!(of, [Some(0), Some(1)]);
}

#[test]
fn a_waiver_at_a_call_counts_for_the_module() {
    let reading = read_with(
        &[
            (
                "main.tf",
                "# pilaster:waive s3_x reason=\"short\"\nmodule \"m\" {\n  source = \"./m\"\n}\nmodule \"n\" {\n  source = \"./m\"\n}\n",
            ),
            ("m/main.tf", "resource \"aws_a\" \"a\" {}\n"),
        ],
        |_| Options::default(),
    );
    let waivers: Vec<usize> = reading.configuration.instances.iter().map(|one| one.waivers.len()).collect();
    assert_eq!(waivers, [1, 0]);
}

#[test]
fn overrides_are_merged() {
    let reading = read_with(
        &[
            ("main.tf", "resource \"x\" \"x\" {\n  a = 1\n  b = 1\n  n {\n    v = 1\n  }\n  n {\n    v = 2\n  }\n}\n"),
            ("override.tf", "resource \"x\" \"x\" {\n  b = 2\n  n {\n    v = 3\n  }\n}\n"),
        ],
        |_| Options::default(),
    );
    assert_eq!(reading.shown("x.x"), "{a=1, b=2, n=[{v=3}]}");
}

#[test]
fn blocks_that_do_not_count_are_gaps() {
    let reading = read(
        "resource \"x\" {}\nresource x \"x\" {\n  a = 1\n}\nresource \"x\" \"x\" {\n  a = 2\n}\nstrange \"y\" {}\nresource \"x\" \"broken\" {\n  a = \n}\n",
    );
    assert_eq!(reading.shown("x.x"), "{a=1}");
    assert_eq!(reading.gaps.len(), 3, "{:?}", reading.gaps);
    assert_eq!(reading.gaps[0], "main.tf:1: resource x lacks a name");
    assert_eq!(reading.gaps[1], "main.tf:5: resource x.x is declared more than once: the first counts");
    assert!(reading.gaps[2].starts_with("main.tf:10: syntax error: "), "{:?}", reading.gaps);
}

#[test]
fn a_region_that_is_not_known_is_not_the_providers() {
    let reading = read(
        "provider \"aws\" {\n  region = \"eu-west-1\"\n}\nvariable \"r\" {}\nresource \"aws_a\" \"a\" {\n  region = var.r\n}\n",
    );
    assert_eq!(reading.configuration.instances[0].region, None);
}

#[test]
fn files_are_read_within_the_boundary_only() {
    let reading = read_with(
        &[
            (
                "main.tf",
                r#"
resource "x" "x" {
  file   = file("${path.module}/note.txt")
  out    = file("/etc/hostname")
  up     = fileexists("../../../../etc/hostname")
  there  = fileexists("note.txt")
  coded  = filebase64("note.txt")
  made   = templatefile("t.tpl", { name = "n", items = ["a", "b"], open = var.open })
  gone   = try(file("gone.txt"), "gone")
}
variable "open" {}
"#,
            ),
            ("note.txt", "noted"),
            ("t.tpl", "%{ for item in items ~}\n${name}-${item}\n%{ endfor ~}\n${open}"),
        ],
        |_| Options::default(),
    );
    let expected = [
        "file=\"noted\"",
        "out=<file(\"/etc/hostname\") function>",
        "up=<fileexists(\"../../../../etc/hostname\") function>",
        "there=true",
        "coded=\"bm90ZWQ=\"",
        "made=\"n-a\\nn-b\\n<var.open parameter>\"",
        "gone=\"gone\"",
    ];
    assert_eq!(reading.shown("x.x"), format!("{{{}}}", expected.join(", ")));
}

#[test]
fn what_depends_on_itself_ends() {
    let reading = read(
        r#"
locals {
  a = local.b
  b = [local.a]
}
resource "x" "x" {
  for_each = { k = x.x["k"].id }
  a        = local.a
}
module "m" {
  source = "./"
  in     = module.m.out
}
output "out" { value = module.m.out }
"#,
    );
    assert!(reading.gaps.iter().any(|gap| gap.contains("local.a depends on itself")), "{:?}", reading.gaps);
    assert!(reading.gaps.iter().any(|gap| gap.contains("without end")), "{:?}", reading.gaps);
}

#[test]
fn hostile_code_ends() {
    let mut chain = String::from("locals {\n  l0 = 1\n");
    for number in 1..6000 {
        chain.push_str(&format!("  l{number} = [local.l{}]\n", number - 1));
    }
    chain.push_str("}\nresource \"x\" \"x\" {\n  deep = local.l5999\n}\n");
    read(&chain);
    let wide = "locals {\n  r = range(1000)\n}\nresource \"x\" \"x\" {\n  n = [for a in local.r : [for b in local.r : [for c in local.r : [for d in local.r : \"${a}${b}${c}${d}\"]]]]\n}\n";
    let reading = read(wide);
    assert!(reading.gaps.iter().any(|gap| gap.contains("takes too long")), "{:?}", reading.gaps);
    for step in [".a", "[*]", "[0]"] {
        read(&format!("resource \"y\" \"y\" {{}}\nresource \"x\" \"x\" {{\n  v = y.y{}\n}}\n", step.repeat(20_000)));
    }
    for start in ["\"0123456789\"", "[\"0123456789\"]"] {
        let mut doubling = format!("locals {{\n  l0 = {start}\n");
        for number in 1..60 {
            let before = number - 1;
            doubling.push_str(&match start.starts_with('[') {
                true => format!("  l{number} = [local.l{before}, local.l{before}]\n"),
                false => format!("  l{number} = \"${{local.l{before}}}${{local.l{before}}}\"\n"),
            });
        }
        doubling.push_str("}\nresource \"x\" \"x\" {\n  much = local.l59\n}\n");
        let reading = read(&doubling);
        assert!(reading.gaps.iter().any(|gap| gap.contains("takes too long")), "{:?}", reading.gaps);
    }
    let reading = read("resource \"x\" \"x\" {\n  count = 100000000000\n}\n");
    assert_eq!(reading.gaps, ["main.tf:1: count of x.x is too large: not read"]);
}

#[test]
fn the_json_syntax_means_the_same() {
    let reading = read_with(
        &[(
            "main.tf.json",
            r#"{
  "//": "a comment",
  "provider": { "aws": [{ "region": "eu-west-1", "default_tags": { "tags": { "a": "b" } } }] },
  "variable": { "names": { "type": "list(string)", "default": ["x", "y"] } },
  "locals": { "quoted": "say \"${join(\"-\", var.names)}\" $${no}\n" },
  "resource": {
    "aws_a": {
      "one": {
        "for_each": "${toset(var.names)}",
        "name": "n-${each.key}",
        "text": "${local.quoted}",
        "to": "${aws_a.two[0].id}",
        "lifecycle": { "prevent_destroy": true },
        "dynamic": { "rule": [{ "for_each": [1, 2], "content": [{ "port": "${rule.value}" }] }] }
      },
      "two": [{ "ingress": [{ "port": 1 }], "count": 1 }]
    }
  }
}"#,
        )],
        |_| Options::default(),
    );
    assert_eq!(reading.gaps, Vec::<String>::new());
    assert_eq!(reading.addresses(), ["aws_a.one[\"x\"]", "aws_a.one[\"y\"]", "aws_a.two[0]"]);
    assert_eq!(
        reading.shown("aws_a.one[\"y\"]"),
        "{name=\"n-y\", text=\"say \\\"x-y\\\" ${no}\\n\", to=@aws_a.two[0].id, rule=[{port=1}, {port=2}], tags_all={a=\"b\"}}"
    );
    assert_eq!(reading.shown("aws_a.two[0]"), "{ingress=[{port=1}], tags_all={a=\"b\"}}");
    let one = &reading.configuration.instances[0];
    assert_eq!((one.origin.line, one.region.as_deref(), one.prevent_destroy.is_some()), (0, Some("eu-west-1"), true));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(96))]

    /// Code with pieces cut out, doubled or swapped for others never ends the reading.
    #[test]
    fn mutilated_code_is_read(cuts in proptest::collection::vec((0_usize..1200, 0_usize..40, 0_usize..8), 1..5)) {
        let mut text = SAMPLE.to_owned();
        for (start, length, what) in cuts {
            let floor = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            let range = floor(start)..floor(start + length);
            let with = ["", "${", "\"", "}", "{", "[for x in", "<<EOT\n", "\u{e4}"][what];
            text.replace_range(range, with);
        }
        read(&text);
    }
}

const SAMPLE: &str = r#"
variable "a" {
  type    = object({ n = optional(number, 1), l = list(string) })
  default = { l = ["x", "y"] }
}
locals {
  m = { for k, v in var.a.l : v => "${k}-${upper(v)}" if v != "z" }
  t = <<-EOT
    %{ for k, v in local.m ~}
    ${k} = ${v}
    %{ endfor ~}
  EOT
}
resource "aws_a" "one" {
  for_each = local.m
  name     = format("%s-%03d", each.key, 1)
  text     = local.t
  dynamic "rule" {
    for_each = each.value == "" ? [] : [1, 2]
    content {
      port = rule.value * 2 + rule.key
    }
  }
}
resource "aws_a" "two" {
  count  = length(var.a.l)
  first  = aws_a.one["x"].id
  all    = values(aws_a.one)[*].name
  policy = jsonencode({ Statement = [{ Action = ["s3:*"], Resource = "${aws_a.one["y"].arn}/*" }] })
  pick   = try(element(var.a.l, count.index), null)
  range  = cidrsubnet("10.0.0.0/16", 8, count.index)
}
module "m" {
  source = "./m"
}
output "o" { value = module.m.x[*].y }
"#;

#[test]
fn modules_that_call_each_other_end() {
    let twice = |target: &str| {
        format!(
            "module \"a\" {{\n  source = \"{target}\"\n}}\nmodule \"b\" {{\n  source = \"{target}\"\n}}\nresource \"x\" \"x\" {{}}\n"
        )
    };
    let reading = read_with(&[("main.tf", &twice("./m")), ("m/main.tf", &twice("../"))], |_| Options::default());
    assert_eq!(reading.addresses(), ["module.a.x.x", "module.b.x.x", "x.x"]);
    assert!(reading.gaps.iter().all(|gap| gap.contains("without end")), "{:?}", reading.gaps);
}

#[test]
fn a_module_that_is_called_often_is_read_once() {
    let calls: String = (0..300)
        .map(|number| format!("module \"m{number}\" {{\n  source = \"./m\"\n  name = \"n{number}\"\n}}\n"))
        .collect();
    let module = "variable \"name\" {}\nlocals {\n  upper = upper(var.name)\n}\nresource \"x\" \"x\" {\n  name = local.upper\n}\n";
    let reading = read_with(&[("main.tf", &calls), ("m/main.tf", module)], |_| Options::default());
    assert_eq!(reading.addresses().len(), 300);
    assert_eq!(reading.shown("module.m299.x.x"), "{name=\"N299\"}");
}
