//! The services of a generated account. The shapes are those of botocore's models.

mod compute;
mod containers;
mod databases;
mod functions;
mod identities;
mod keys;
mod load_balancers;
mod messages;
mod networks;
mod storage;
mod watching;

use serde_json::{Value, json};

use super::answer::Answer;
use super::paging::{Page, Paging};
use super::population::{ACCOUNT, Population};
use super::question::Question;

/// A path that names an operation.
#[derive(Debug)]
pub(super) struct Route {
    pub(super) service: &'static str,
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    /// The parameter without a value that tells it from others of this path.
    pub(super) marks: Option<&'static str>,
    pub(super) operation: &'static str,
}

const fn get(service: &'static str, path: &'static str, marks: Option<&'static str>, operation: &'static str) -> Route {
    Route { service, method: "GET", path, marks, operation }
}

/// The paths of Amazon S3 and AWS Lambda.
pub(super) static ROUTES: [Route; 27] = [
    get("s3", "/{Bucket}", Some("location"), "GetBucketLocation"),
    get("s3", "/{Bucket}", Some("encryption"), "GetBucketEncryption"),
    get("s3", "/{Bucket}", Some("versioning"), "GetBucketVersioning"),
    get("s3", "/{Bucket}", Some("publicAccessBlock"), "GetPublicAccessBlock"),
    get("s3", "/{Bucket}", Some("policy"), "GetBucketPolicy"),
    get("s3", "/{Bucket}", Some("policyStatus"), "GetBucketPolicyStatus"),
    get("s3", "/{Bucket}", Some("acl"), "GetBucketAcl"),
    get("s3", "/{Bucket}", Some("lifecycle"), "GetBucketLifecycleConfiguration"),
    get("s3", "/{Bucket}", Some("logging"), "GetBucketLogging"),
    get("s3", "/{Bucket}", Some("tagging"), "GetBucketTagging"),
    get("s3", "/{Bucket}", Some("ownershipControls"), "GetBucketOwnershipControls"),
    get("s3", "/{Bucket}", Some("notification"), "GetBucketNotificationConfiguration"),
    get("s3", "/{Bucket}", Some("replication"), "GetBucketReplication"),
    get("s3", "/{Bucket}", Some("object-lock"), "GetObjectLockConfiguration"),
    get("s3", "/{Bucket}", Some("accelerate"), "GetBucketAccelerateConfiguration"),
    get("s3", "/{Bucket}", Some("website"), "GetBucketWebsite"),
    get("s3", "/{Bucket}", Some("cors"), "GetBucketCors"),
    get("s3", "/{Bucket}", Some("intelligent-tiering"), "ListBucketIntelligentTieringConfigurations"),
    get("s3", "/", None, "ListBuckets"),
    get("lambda", "/2015-03-31/functions/", None, "ListFunctions"),
    get("lambda", "/2015-03-31/event-source-mappings/", None, "ListEventSourceMappings"),
    get("lambda", "/2015-03-31/functions/{FunctionName}", None, "GetFunction"),
    get("lambda", "/2015-03-31/functions/{FunctionName}/policy", None, "GetPolicy"),
    get("lambda", "/2021-10-31/functions/{FunctionName}/urls", None, "ListFunctionUrlConfigs"),
    get(
        "lambda",
        "/2019-09-25/functions/{FunctionName}/event-invoke-config/list",
        None,
        "ListFunctionEventInvokeConfigs",
    ),
    get("lambda", "/2019-09-30/functions/{FunctionName}/concurrency", None, "GetFunctionConcurrency"),
    get("lambda", "/2017-03-31/tags/{Resource}", None, "ListTags"),
];

/// What an account has for a question.
pub(super) struct Account<'a> {
    pub(super) population: &'a Population,
    pub(super) question: &'a Question,
    paging: Paging,
}

impl Account<'_> {
    pub(super) fn region(&self) -> &str {
        &self.question.region
    }

    /// The page of a list that is asked for.
    fn page(&self, total: usize, asked: &str, given: usize) -> Page {
        self.paging.page(self.question, total, asked, given)
    }

    /// The page of a list that is asked for, with its items and the token for the next.
    fn items(
        &self,
        total: usize,
        asked: &str,
        given: usize,
        item: impl FnMut(usize) -> Value,
    ) -> (Vec<Value>, Option<String>) {
        let page = self.page(total, asked, given);
        (page.items.map(item).collect(), page.next)
    }

    /// `arn:aws:sqs:eu-west-1:123456789012:orders-1`
    fn arn(&self, service: &str, resource: &str) -> String {
        format!("arn:aws:{service}:{}:{ACCOUNT}:{resource}", self.region())
    }
}

/// A tree, with a token when there is one.
fn with(mut tree: Value, name: &str, token: Option<String>) -> Answer {
    if let Some(token) = token {
        tree[name] = json!(token);
    }
    Answer::Tree(tree)
}

/// What the account answers. Of what it does not hold, there is nothing.
pub(super) fn answer(population: &Population, paging: Paging, question: &Question) -> Answer {
    let account = Account { population, question, paging };
    let answer = match question.service.as_str() {
        "sts" => identities::caller(&account),
        "ec2" => networks::answer(&account).or_else(|| compute::answer(&account)),
        "iam" => identities::answer(&account),
        "s3" => storage::answer(&account),
        "lambda" => functions::answer(&account),
        "sqs" => messages::queues(&account),
        "sns" => messages::topics(&account),
        "dynamodb" => databases::tables(&account),
        "rds" => databases::instances(&account),
        "logs" => watching::logs(&account),
        "monitoring" => watching::metrics(&account),
        "kms" => keys::answer(&account),
        "elasticloadbalancing" => load_balancers::answer(&account),
        "ecs" => containers::answer(&account),
        _ => None,
    };
    answer.unwrap_or_else(|| Answer::nothing(question))
}
