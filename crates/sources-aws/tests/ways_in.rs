//! The ways by which a network and its users get to what runs: Direct Connect, VPN, names.

mod support;

use model::Inventory;
use serde_json::json;
use testbed::cloud::{Asked, Reply};

use support::{scanned, scanned_in, statuses};

fn missing(inventory: &Inventory) -> Vec<&str> {
    inventory.gaps.iter().filter_map(|gap| gap.action.as_deref()).collect()
}

fn refused() -> Reply {
    Reply::Answer(
        403,
        "<Response><Errors><Error><Code>UnauthorizedOperation</Code></Error></Errors></Response>".to_owned(),
    )
}

fn connection(id: &str, location: &str) -> serde_json::Value {
    json!({ "connectionId": id, "location": location, "connectionState": "available", "bandwidth": "1Gbps",
        "tags": [{ "key": "Owner", "value": "net" }] })
}

#[tokio::test]
async fn connections_at_two_locations_back_each_other_up() {
    let check = "directconnect_redundant_locations";
    let everywhere = |asked: &Asked| {
        let location = if asked.region() == "us-east-1" { "EqDC2" } else { "EqLD5" };
        let id = format!("dx-{}", asked.region());
        Reply::json(json!({ "connections": [connection(&id, location)] }))
    };
    let (inventory, _) = scanned_in("directconnect", &["us-east-1", "eu-west-1"], everywhere).await;
    assert_eq!(statuses(&inventory, check), ["dx-eu-west-1 pass", "dx-us-east-1 pass"]);
    let found = inventory.resources.iter().find(|found| found.id == "dx-us-east-1").expect("the connection");
    let tags = serde_json::to_string(found.properties.get("Tags").expect("tags")).expect("JSON");
    assert!(tags.contains("\"Key\"") && tags.contains("net"), "{tags}");

    let one = |_: &Asked| {
        let gone = json!({ "connectionId": "dx-gone", "location": "EqLD5", "connectionState": "deleted" });
        Reply::json(json!({ "connections": [connection("dx-1", "EqDC2"), connection("dx-2", "EqDC2"), gone] }))
    };
    assert_eq!(statuses(&scanned("directconnect", one).await, check), ["dx-1 fail", "dx-2 fail"]);
    let empty = scanned("directconnect", |_| Reply::json(json!({ "connections": [] }))).await;
    assert!(statuses(&empty, check).is_empty() && empty.gaps.is_empty());
    let denied = scanned("directconnect", |_| Reply::error("AccessDeniedException")).await;
    assert_eq!(missing(&denied), ["directconnect:DescribeConnections"]);
}

fn vpn(second: &str) -> Reply {
    let tunnel =
        |status: &str| format!("<item><outsideIpAddress>192.0.2.1</outsideIpAddress><status>{status}</status></item>");
    Reply::Answer(
        200,
        format!(
            "<DescribeVpnConnectionsResponse><vpnConnectionSet><item><vpnConnectionId>vpn-1</vpnConnectionId>\
             <state>available</state><type>ipsec.1</type><vpnGatewayId>vgw-1</vpnGatewayId>\
             <customerGatewayConfiguration>&lt;pre_shared_key&gt;hush&lt;/pre_shared_key&gt;</customerGatewayConfiguration>\
             <options><staticRoutesOnly>true</staticRoutesOnly><tunnelOptionSet><item><preSharedKey>hush</preSharedKey>\
             </item></tunnelOptionSet></options><vgwTelemetry>{}{}</vgwTelemetry>\
             <tagSet><item><key>Owner</key><value>net</value></item></tagSet></item>\
             <item><vpnConnectionId>vpn-0</vpnConnectionId><state>deleted</state></item>\
             </vpnConnectionSet></DescribeVpnConnectionsResponse>",
            tunnel("UP"),
            tunnel(second),
        ),
    )
}

#[tokio::test]
async fn tunnels_are_up_or_down_and_their_keys_are_not_kept() {
    let check = "vpc_vpn_tunnels_redundant";
    let inventory = scanned("vpn", |_| vpn("UP")).await;
    assert_eq!(statuses(&inventory, check), ["vpn-1 pass"]);
    let kept = serde_json::to_string(&inventory).expect("JSON");
    assert!(!kept.contains("hush") && kept.contains("StaticRoutesOnly"), "{kept}");
    assert_eq!(statuses(&scanned("vpn", |_| vpn("DOWN")).await, check), ["vpn-1 fail"]);
    let none = "<DescribeVpnConnectionsResponse><vpnConnectionSet/></DescribeVpnConnectionsResponse>";
    let empty = scanned("vpn", move |_| Reply::Answer(200, none.to_owned())).await;
    assert!(statuses(&empty, check).is_empty() && empty.gaps.is_empty());
    let denied = scanned("vpn", |_| refused()).await;
    assert_eq!(missing(&denied), ["ec2:DescribeVpnConnections"]);
}

/// A public zone with records of every kind, and a private one.
fn names(asked: &Asked) -> Reply {
    let zone = |id: &str, private: &str| {
        format!(
            "<HostedZone><Id>/hostedzone/{id}</Id><Name>example.com.</Name><Config><PrivateZone>{private}</PrivateZone>\
             </Config></HostedZone>"
        )
    };
    let alias = |name: &str, target: &str| {
        format!(
            "<ResourceRecordSet><Name>{name}.</Name><Type>A</Type><AliasTarget><DNSName>{target}.</DNSName></AliasTarget>\
             </ResourceRecordSet>"
        )
    };
    let cname = |name: &str, target: &str| {
        format!(
            "<ResourceRecordSet><Name>{name}.</Name><Type>CNAME</Type><ResourceRecords><ResourceRecord><Value>{target}</Value>\
             </ResourceRecord></ResourceRecords></ResourceRecordSet>"
        )
    };
    let website = "s3-website-eu-west-1.amazonaws.com";
    let path = asked.path.as_str();
    let body = if path.starts_with("/2013-04-01/hostedzone/PUBLIC/rrset") {
        let records = alias("gone.example.com", website)
            + &alias("there.example.com", website)
            + &alias("foreign.example.com", website)
            + &cname("free.example.com", "free.eu-west-1.elasticbeanstalk.com")
            + &cname("taken.example.com", "taken.eu-west-1.elasticbeanstalk.com")
            + &cname("docs.example.com", "example.github.io");
        format!("<R><ResourceRecordSets>{records}</ResourceRecordSets><IsTruncated>false</IsTruncated></R>")
    } else if path.starts_with("/2013-04-01/hostedzone/PRIVATE/rrset") {
        let records = alias("gone.example.com", website);
        format!("<R><ResourceRecordSets>{records}</ResourceRecordSets><IsTruncated>false</IsTruncated></R>")
    } else if path.starts_with("/2013-04-01/hostedzone") {
        format!("<R><HostedZones>{}{}</HostedZones></R>", zone("PUBLIC", "false"), zone("PRIVATE", "true"))
    } else if path.starts_with("/2013-04-01/") {
        "<R/>".to_owned()
    } else if path.starts_with("/gone.example.com?location") {
        return Reply::Answer(404, "<Error><Code>NoSuchBucket</Code></Error>".to_owned());
    } else if path.starts_with("/foreign.example.com?location") {
        return Reply::Answer(403, "<Error><Code>AccessDenied</Code></Error>".to_owned());
    } else if path.starts_with("/there.example.com?location") {
        assert_eq!(asked.region(), "eu-west-1");
        "<LocationConstraint>eu-west-1</LocationConstraint>".to_owned()
    } else {
        assert!(asked.body.starts_with("Action=CheckDNSAvailability&") && asked.region() == "eu-west-1", "{asked:?}");
        let free = asked.body.ends_with("CNAMEPrefix=free");
        format!(
            "<CheckDNSAvailabilityResponse><CheckDNSAvailabilityResult><Available>{free}</Available>\
             </CheckDNSAvailabilityResult></CheckDNSAvailabilityResponse>"
        )
    };
    Reply::Answer(200, body)
}

#[tokio::test]
async fn records_point_to_what_is_there_or_to_what_anybody_could_claim() {
    let inventory = scanned("route53", names).await;
    assert_eq!(
        statuses(&inventory, "route53_dangling_record"),
        [
            "foreign.example.com. A unknown",
            "free.example.com. CNAME fail",
            "gone.example.com. A fail",
            "taken.example.com. CNAME pass",
            "there.example.com. A pass",
        ]
    );
    assert_eq!(missing(&inventory), ["s3:GetBucketLocation"]);

    let denied = scanned("route53", |asked| match asked.path.starts_with("/2013-04-01/") {
        true => names(asked),
        false => Reply::Answer(403, "<Error><Code>AccessDenied</Code></Error>".to_owned()),
    })
    .await;
    let found = statuses(&denied, "route53_dangling_record");
    assert_eq!(found.len(), 5);
    assert!(found.iter().all(|status| status.ends_with("unknown")), "{found:?}");
    assert_eq!(missing(&denied), ["elasticbeanstalk:CheckDNSAvailability", "s3:GetBucketLocation"]);
}
