//! `inspector_scanning_enabled`

use macros::check;
use model::{At, Fact, Inventory, Text, Verdict, View, when};

use crate::views::ecr::Repository;
use crate::views::lambda::Function;

/// What Amazon Inspector scans in a region.
#[derive(Debug, View)]
#[view("Pilaster::Inspector")]
struct Inspector<'a> {
    at: At<'a>,
    #[view(path = "Observed.Ec2Status")]
    instances: Fact<'a, Text<'a>>,
    #[view(path = "Observed.EcrStatus")]
    images: Fact<'a, Text<'a>>,
    #[view(path = "Observed.LambdaStatus")]
    functions: Fact<'a, Text<'a>>,
}

#[derive(Debug, View)]
#[view("AWS::EC2::Instance")]
struct Instance<'a> {
    at: At<'a>,
}

/// Inspector looks for vulnerabilities in what runs
///
/// Software that was sound on the day it was installed is full of known holes a year later, and attackers
/// scan for them within hours of their publication. Inspector compares instances, images and functions with
/// the lists of known vulnerabilities all the time. Only kinds of resources that the region has are judged.
///
/// ## Fix
/// Turn on Amazon Inspector in the region for EC2, ECR and Lambda, best for the whole organization by a
/// delegated administrator, new accounts included. It is billed by instance, image and function.
/// ```account,fail
/// [{ "Type": "Pilaster::Inspector",
///    "Properties": { "Observed": { "Ec2Status": "ENABLED", "EcrStatus": "ENABLED", "LambdaStatus": "DISABLED" } } },
///  { "Type": "AWS::Lambda::Function" }]
/// ```
/// ```account,pass
/// { "Listed": ["AWS::EC2::Instance", "AWS::ECR::Repository"],
///   "Resources": [
///     { "Type": "Pilaster::Inspector",
///       "Properties": { "Observed": { "Ec2Status": "DISABLED", "EcrStatus": "DISABLED", "LambdaStatus": "ENABLED" } } },
///     { "Type": "AWS::Lambda::Function" }] }
/// ```
/// ```account,not_applicable
/// { "Listed": ["AWS::EC2::Instance", "AWS::ECR::Repository", "AWS::Lambda::Function"],
///   "Resources": [{ "Type": "Pilaster::Inspector", "Properties": { "Observed": { "Ec2Status": "DISABLED" } } }] }
/// ```
/// ```account,unknown
/// [{ "Type": "Pilaster::Inspector",
///    "Properties": { "Observed": { "Denied": "inspector2:BatchGetAccountStatus" } } },
///  { "Type": "AWS::Lambda::Function" }]
/// ```
#[check(SEC06_BP01, SEC11_BP02, severity = High, needs = [Money], fsbp = ["Inspector.1", "Inspector.2", "Inspector.4"], code = Never)]
fn inspector_scanning_enabled(inspector: &Inspector, around: &Inventory) -> Verdict {
    let is_on = |status: &Fact<Text>| status.must_be_one_of(&["ENABLED", "ENABLING"]);
    let (instances, repositories, functions) = (
        around.beside::<Instance>(&inspector.at).must_exist("an instance"),
        around.beside::<Repository>(&inspector.at).must_exist("a repository of images"),
        around.beside::<Function>(&inspector.at).must_exist("a function"),
    );
    when(instances, || is_on(&inspector.instances))
        & when(repositories, || is_on(&inspector.images))
        & when(functions, || is_on(&inspector.functions))
}
