//! Amazon ECS: clusters, and services that run a task definition each.

use serde_json::{Value, json};

use super::{Account, with};
use crate::cloud::answer::Answer;
use crate::cloud::population::{ACCOUNT, Kind, name, number_of};

pub(super) fn answer(account: &Account<'_>) -> Option<Answer> {
    let (population, region, question) = (account.population, account.region(), account.question);
    let (clusters, services) = (population.count(Kind::Cluster, region), population.count(Kind::Service, region));
    let cluster = number_of(question.text("cluster")).filter(|number| *number < clusters);
    let described = |name: &str, most: usize, item: fn(&Account<'_>, usize) -> Value| -> Vec<Value> {
        let numbers = question.list(name).into_iter().filter_map(|arn| number_of(&arn));
        numbers.filter(|number| *number < most).map(|number| item(account, number)).collect()
    };
    Some(match (question.operation.as_str(), cluster) {
        ("ListClusters", _) => {
            let (arns, next) = account.items(clusters, "maxResults", 100, |number| json!(cluster_arn(account, number)));
            with(json!({ "clusterArns": arns }), "nextToken", next)
        }
        ("DescribeClusters", _) => {
            Answer::Tree(json!({ "clusters": described("clusters", clusters, of_cluster), "failures": [] }))
        }
        ("ListServices", Some(cluster)) => {
            // Services are dealt out to the clusters in turn.
            let own: Vec<usize> = (0..services).filter(|number| number % clusters.max(1) == cluster).collect();
            let arn = |at: usize| json!(own.get(at).map(|number| service_arn(account, *number)));
            let (arns, next) = account.items(own.len(), "maxResults", 10, arn);
            with(json!({ "serviceArns": arns }), "nextToken", next)
        }
        ("DescribeServices", Some(_)) => {
            Answer::Tree(json!({ "services": described("services", services, of_service), "failures": [] }))
        }
        ("DescribeTaskDefinition", _) => {
            let asked = question.text("taskDefinition");
            // `…:task-definition/orders-1:3`
            let number = asked.rsplit_once(':').and_then(|(name, _)| number_of(name));
            match number.filter(|number| *number < services) {
                Some(number) => Answer::Tree(json!({ "taskDefinition": definition(account, number), "tags": [] })),
                None => Answer::Error(400, "ClientException"),
            }
        }
        ("ListServices" | "DescribeServices", None) => Answer::Error(400, "ClusterNotFoundException"),
        _ => return None,
    })
}

fn cluster_arn(account: &Account<'_>, number: usize) -> String {
    account.arn("ecs", &format!("cluster/{}", name(number)))
}

fn service_arn(account: &Account<'_>, number: usize) -> String {
    let clusters = account.population.count(Kind::Cluster, account.region());
    account.arn("ecs", &format!("service/{}/{}", name(number % clusters.max(1)), name(number)))
}

fn definition_arn(account: &Account<'_>, number: usize) -> String {
    account.arn("ecs", &format!("task-definition/{}:3", name(number)))
}

fn of_cluster(account: &Account<'_>, number: usize) -> Value {
    let mut dice = account.population.dice(Kind::Cluster, account.region(), number);
    let insights = if dice.happens(50) { "enabled" } else { "disabled" };
    json!({
        "clusterArn": cluster_arn(account, number),
        "clusterName": name(number),
        "status": "ACTIVE",
        "registeredContainerInstancesCount": 0,
        "runningTasksCount": 2,
        "settings": [{ "name": "containerInsights", "value": insights }],
        "capacityProviders": ["FARGATE"],
        "defaultCapacityProviderStrategy": [],
        "tags": [],
    })
}

fn of_service(account: &Account<'_>, number: usize) -> Value {
    let (population, region) = (account.population, account.region());
    let mut dice = population.dice(Kind::Service, region, number);
    let clusters = population.count(Kind::Cluster, region);
    let network = json!({ "awsvpcConfiguration": {
        "subnets": [population.id("subnet", Kind::Subnet, region, 0)],
        "securityGroups": [population.id("sg", Kind::SecurityGroup, region, 0)],
        "assignPublicIp": if dice.happens(20) { "ENABLED" } else { "DISABLED" },
    } });
    json!({
        "serviceArn": service_arn(account, number),
        "serviceName": name(number),
        "clusterArn": cluster_arn(account, number % clusters.max(1)),
        "loadBalancers": [],
        "serviceRegistries": [],
        "status": "ACTIVE",
        "desiredCount": 2,
        "runningCount": 2,
        "pendingCount": 0,
        "launchType": "FARGATE",
        "platformVersion": "LATEST",
        "taskDefinition": definition_arn(account, number),
        "deploymentConfiguration": {
            "deploymentCircuitBreaker": { "enable": dice.happens(50), "rollback": true },
            "maximumPercent": 200, "minimumHealthyPercent": 100,
        },
        "networkConfiguration": network,
        "createdAt": 1_714_550_400.125,
        "schedulingStrategy": "REPLICA",
        "enableECSManagedTags": true,
        "propagateTags": "NONE",
        "enableExecuteCommand": dice.happens(20),
        "tags": [],
    })
}

fn definition(account: &Account<'_>, number: usize) -> Value {
    let mut dice = account.population.dice(Kind::Service, account.region(), number);
    let container = json!({
        "name": name(number),
        "image": format!("{ACCOUNT}.dkr.ecr.{}.amazonaws.com/{}:latest", account.region(), name(number)),
        "cpu": 0, "essential": true, "portMappings": [{ "containerPort": 8080, "protocol": "tcp" }],
        "environment": [{ "name": "STAGE", "value": "production" }],
        "readonlyRootFilesystem": dice.happens(40),
        "logConfiguration": { "logDriver": "awslogs", "options": { "awslogs-group": name(number) } },
    });
    json!({
        "taskDefinitionArn": definition_arn(account, number),
        "family": name(number),
        "revision": 3,
        "containerDefinitions": [container],
        "taskRoleArn": format!("arn:aws:iam::{ACCOUNT}:role/{}", name(number)),
        "executionRoleArn": format!("arn:aws:iam::{ACCOUNT}:role/{}", name(0)),
        "networkMode": "awsvpc",
        "status": "ACTIVE",
        "requiresCompatibilities": ["FARGATE"],
        "cpu": "512",
        "memory": "1024",
    })
}
