#!/usr/bin/env python3
"""Fill a moto server with a believable, imperfect AWS account over six regions.

    python seed_account.py --endpoint http://127.0.0.1:5111 --scale 1 --manifest account.json

scale 1 is about 300 resources, scale 10 about 3,000 (account-wide singletons do not multiply).
Every choice comes from a seeded generator, and moto's own id generator is seeded too, so two
runs on a fresh server give the same account (creation times apart). The manifest lists each
resource with the traits it was given: the ground truth an assessment can be held against.
Only loopback endpoints are accepted.
"""
import argparse
import io
import json
import os
import random
import sys
import time
import urllib.parse
import urllib.request
import zipfile
from collections import Counter


REGIONS = ["us-east-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-southeast-1", "ap-northeast-1"]
WEIGHTS = [32, 14, 22, 14, 10, 8]
ACCOUNT = "123456789012"
import loopback_names  # noqa: E402,F401 - S3 Control asks for 123456789012.127.0.0.1
import boto3  # noqa: E402
from botocore.config import Config  # noqa: E402
APPS = ["checkout", "catalog", "billing", "search", "identity", "media", "ledger", "notify"]
ENVS = ["prod", "prod", "staging", "dev"]


class Seeder:
    def __init__(self, endpoint, scale, seed):
        self.endpoint, self.scale, self.rng = endpoint, scale, random.Random(seed)
        self.session = boto3.session.Session(aws_access_key_id="seed", aws_secret_access_key="seed")
        self.clients, self.items, self.gaps, self.n = {}, [], Counter(), Counter()
        self.sinks = set()
        self.net, self.amis, self.kms, self.roles, self.azs, self.certs = {}, {}, {}, [], {}, {}

    # --- plumbing
    def c(self, svc, region="us-east-1"):
        key = (svc, region)
        if key not in self.clients:
            # S3's short addressing must not become part of a loopback host name
            cfg = Config(retries={"max_attempts": 1}, s3={"addressing_style": "path"}, read_timeout=120)
            self.clients[key] = self.session.client(svc, region_name=region, endpoint_url=self.endpoint, config=cfg)
        return self.clients[key]

    def region(self):
        return self.rng.choices(REGIONS, WEIGHTS)[0]

    def chance(self, p):
        return self.rng.random() < p

    def name(self, kind):
        self.n[kind] += 1
        return f"{self.rng.choice(APPS)}-{self.rng.choice(ENVS)}-{kind}-{self.n[kind]:04d}"

    def tags(self, name, style="list"):
        env = next((e for e in ("prod", "staging") if f"-{e}-" in name), "dev")
        full = {"Name": name, "Environment": env, "Owner": "team-" + name.split("-")[0], "CostCenter": f"cc-{len(name) % 7}"}
        if self.chance(0.35):  # a third of an ordinary account is poorly tagged
            full = {"Name": name}
        if style == "dict":
            return full
        k, v = ("key", "value") if style == "lower" else ("Key", "Value")
        return [{k: a, v: b} for a, b in full.items()]

    def add(self, kind, region, ident, **traits):
        self.items.append({"kind": kind, "region": region, "id": ident, **traits})

    def attempt(self, what, fn, *a, **kw):
        """Run one call; a hole in moto is counted, never fatal."""
        try:
            return fn(*a, **kw)
        except Exception as e:  # noqa: BLE001 - any kind of refusal is one gap
            self.gaps[f"{what}: {type(e).__name__}: {str(e)[:140]}"] += 1
            return None

    def times(self, base):
        return range(base * self.scale)

    def bench(self, **q):
        try:
            urllib.request.urlopen(self.endpoint + "/bench/backdate?" + urllib.parse.urlencode(q), timeout=20).read()
        except OSError:
            self.gaps["bench/backdate: the server is not serve.py, keys keep today's date"] += 1

    # --- account-wide
    def account(self):
        s3c, iam = self.c("s3control"), self.c("iam")
        self.attempt("iam.password_policy", iam.update_account_password_policy, MinimumPasswordLength=8,
                     RequireSymbols=False, RequireNumbers=True, RequireUppercaseCharacters=True,
                     RequireLowercaseCharacters=True, AllowUsersToChangePassword=True)
        self.add("iam_password_policy", "global", "account", min_length=8, symbols=False, reuse_prevention=None)
        self.attempt("iam.alias", iam.create_account_alias, AccountAlias="quarry-sample")
        self.attempt("s3.account_pab", s3c.put_public_access_block, AccountId=ACCOUNT, PublicAccessBlockConfiguration={
            "BlockPublicAcls": True, "IgnorePublicAcls": True, "BlockPublicPolicy": False, "RestrictPublicBuckets": False})
        self.attempt("account.contact", self.c("account").put_alternate_contact, AlternateContactType="SECURITY",
                     EmailAddress="sec@example.test", Name="Sec", PhoneNumber="+15550100", Title="On call")
        self.attempt("organizations", self.c("organizations").create_organization, FeatureSet="ALL")
        self.attempt("budgets", self.c("budgets").create_budget, AccountId=ACCOUNT, Budget={
            "BudgetName": "monthly", "BudgetLimit": {"Amount": "20000", "Unit": "USD"}, "TimeUnit": "MONTHLY", "BudgetType": "COST"})
        self.add("budget", "global", "monthly")
        for r in REGIONS[:2]:
            self.guardrails(r)
        self.attempt("ebs.default_encryption", self.c("ec2", "eu-west-1").enable_ebs_encryption_by_default)
        self.add("ebs_default_encryption", "eu-west-1", "eu-west-1", enabled=True)

    def guardrails(self, r):
        gd = self.attempt("guardduty", self.c("guardduty", r).create_detector, Enable=True)
        if gd:
            self.add("guardduty_detector", r, gd["DetectorId"], enabled=True)
        cfg = self.c("config", r)
        if self.attempt("config.recorder", cfg.put_configuration_recorder, ConfigurationRecorder={
                "name": "default", "roleARN": f"arn:aws:iam::{ACCOUNT}:role/config",
                "recordingGroup": {"allSupported": True, "includeGlobalResourceTypes": r == "us-east-1"}}) is not None:
            self.attempt("config.bucket", self.bucket, "quarry-config-" + r, r, plain=True)
            self.attempt("config.channel", cfg.put_delivery_channel, DeliveryChannel={"name": "default", "s3BucketName": "quarry-config-" + r})
            if r == "us-east-1":
                self.attempt("config.start", cfg.start_configuration_recorder, ConfigurationRecorderName="default")
            self.add("config_recorder", r, "default", recording=r == "us-east-1")
        if r == "us-east-1":
            if self.attempt("securityhub", self.c("securityhub", r).enable_security_hub, EnableDefaultStandards=True) is not None:
                self.add("securityhub", r, "hub")
            self.attempt("inspector2", self.c("inspector2", r).enable, accountIds=[ACCOUNT], resourceTypes=["EC2", "ECR"])

    def keys(self):
        for r in REGIONS:
            self.kms[r] = []
        for i in self.times(7):
            r = REGIONS[i % len(REGIONS)] if i < len(REGIONS) else self.region()
            k = self.attempt("kms", self.c("kms", r).create_key, Description=self.name("key"),
                             Tags=[{"TagKey": "Environment", "TagValue": "prod"}])
            if not k:
                continue
            kid, rot = k["KeyMetadata"]["KeyId"], self.chance(0.5)
            if rot:
                self.attempt("kms.rotation", self.c("kms", r).enable_key_rotation, KeyId=kid)
            doomed = self.chance(0.08)
            if doomed:
                self.attempt("kms.delete", self.c("kms", r).schedule_key_deletion, KeyId=kid, PendingWindowInDays=7)
            else:
                self.kms[r].append(k["KeyMetadata"]["Arn"])
            self.add("kms_key", r, kid, rotation=rot, pending_deletion=doomed)

    def iam(self):
        iam = self.c("iam")
        star = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})
        narrow = json.dumps({"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": "arn:aws:s3:::quarry-*"}]})
        passrole = json.dumps({"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Action": ["iam:PassRole", "ec2:RunInstances", "lambda:*"], "Resource": "*"}]})
        policies = []
        for _ in self.times(5):
            n, kind = self.name("policy"), self.rng.choice(["star", "narrow", "narrow", "passrole"])
            p = self.attempt("iam.policy", iam.create_policy, PolicyName=n,
                             PolicyDocument={"star": star, "narrow": narrow, "passrole": passrole}[kind])
            if p:
                policies.append(p["Policy"]["Arn"])
                self.add("iam_policy", "global", p["Policy"]["Arn"], doc=kind)
        for _ in self.times(2):
            n = self.name("group")
            if self.attempt("iam.group", iam.create_group, GroupName=n):
                self.attempt("iam.group_policy", iam.attach_group_policy, GroupName=n, PolicyArn=self.rng.choice(policies))
                self.add("iam_group", "global", n)
        for _ in self.times(10):
            n = self.name("user")
            if not self.attempt("iam.user", iam.create_user, UserName=n, Tags=self.tags(n)):
                continue
            console, mfa, keys = self.chance(0.6), self.chance(0.5), self.rng.choice([0, 1, 1, 2])
            inline, admin, direct = self.chance(0.3), self.chance(0.15), self.chance(0.4)
            age = self.rng.choice([3, 20, 60, 120, 400])
            if console:
                self.attempt("iam.login", iam.create_login_profile, UserName=n, Password="Granite-42-slab!")
                if mfa:
                    d = self.attempt("iam.mfa", iam.create_virtual_mfa_device, VirtualMFADeviceName=n)
                    if d:
                        self.attempt("iam.mfa_on", iam.enable_mfa_device, UserName=n, AuthenticationCode1="123456",
                                     AuthenticationCode2="654321", SerialNumber=d["VirtualMFADevice"]["SerialNumber"])
            for _k in range(keys):
                self.attempt("iam.key", iam.create_access_key, UserName=n)
            if inline:
                self.attempt("iam.inline", iam.put_user_policy, UserName=n, PolicyName="inline", PolicyDocument=narrow)
            if admin:
                self.attempt("iam.admin", iam.attach_user_policy, UserName=n, PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
            if direct:
                self.attempt("iam.direct", iam.attach_user_policy, UserName=n, PolicyArn=self.rng.choice(policies))
            aged = {"user": n, "created": age + 10}
            if keys:
                aged |= {"key_created": age, "key_used": self.rng.choice([1, min(age, 100)])}
            if console:
                aged["password_used"] = self.rng.choice([1, 30, 200])
            self.bench(**aged)
            self.add("iam_user", "global", n, console=console, mfa=console and mfa, keys=keys, key_age_days=age if keys else None,
                     inline=inline, admin=admin, attached_directly=direct or admin)
        trusts = {"ec2.amazonaws.com": 3, "lambda.amazonaws.com": 4, "ecs-tasks.amazonaws.com": 2, "*": 1, "arn:aws:iam::210987654321:root": 1}
        for _ in self.times(12):
            n = self.name("role")
            who = self.rng.choices(list(trusts), list(trusts.values()))[0]
            principal = {"AWS": who} if who == "*" or who.startswith("arn") else {"Service": who}
            doc = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}]})
            role = self.attempt("iam.role", iam.create_role, RoleName=n, AssumeRolePolicyDocument=doc, Tags=self.tags(n))
            if not role:
                continue
            admin = self.chance(0.12)
            self.attempt("iam.attach", iam.attach_role_policy, RoleName=n,
                         PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess" if admin else self.rng.choice(policies))
            if self.chance(0.3):
                self.attempt("iam.role_inline", iam.put_role_policy, RoleName=n, PolicyName="inline",
                             PolicyDocument=star if self.chance(0.3) else narrow)
            self.roles.append(role["Role"]["Arn"])
            self.add("iam_role", "global", n, trust=who, admin=admin)
        self.attempt("iam.profile", iam.create_instance_profile, InstanceProfileName="app")
        if self.roles:
            self.attempt("iam.profile_role", iam.add_role_to_instance_profile, InstanceProfileName="app",
                         RoleName=self.roles[0].split("/")[-1])
        self.attempt("iam.cert", iam.upload_server_certificate, ServerCertificateName="legacy", CertificateBody="x", PrivateKey="x")

    # --- network and compute
    def network(self):
        for i in self.times(6):
            r = REGIONS[i % len(REGIONS)]
            ec2, n = self.c("ec2", r), self.name("vpc")
            v = self.attempt("vpc", ec2.create_vpc, CidrBlock=f"10.{i % 250}.0.0/16",
                             TagSpecifications=[{"ResourceType": "vpc", "Tags": self.tags(n)}])
            if not v:
                continue
            vid, flow = v["Vpc"]["VpcId"], self.chance(0.5)
            if flow:
                self.attempt("flow_logs", ec2.create_flow_logs, ResourceIds=[vid], ResourceType="VPC", TrafficType="ALL",
                             LogDestinationType="s3", LogDestination="arn:aws:s3:::quarry-config-us-east-1")
            self.add("vpc", r, vid, flow_logs=flow)
            igw = self.attempt("igw", ec2.create_internet_gateway)
            if igw:
                gid = igw["InternetGateway"]["InternetGatewayId"]
                self.attempt("igw.attach", ec2.attach_internet_gateway, InternetGatewayId=gid, VpcId=vid)
                rt = self.attempt("rt", ec2.create_route_table, VpcId=vid)
                if rt:
                    self.attempt("route", ec2.create_route, RouteTableId=rt["RouteTable"]["RouteTableId"],
                                 DestinationCidrBlock="0.0.0.0/0", GatewayId=gid)
            if r not in self.azs:
                self.azs[r] = sorted(z["ZoneName"] for z in ec2.describe_availability_zones()["AvailabilityZones"])
            subs = []
            for k in range(2):
                s = self.attempt("subnet", ec2.create_subnet, VpcId=vid, CidrBlock=f"10.{i % 250}.{k * 16}.0/20",
                                 AvailabilityZone=self.azs[r][k])
                if s:
                    sid, pub = s["Subnet"]["SubnetId"], k == 0
                    if pub:
                        self.attempt("subnet.public", ec2.modify_subnet_attribute, SubnetId=sid, MapPublicIpOnLaunch={"Value": True})
                        if igw and rt:
                            self.attempt("rt.assoc", ec2.associate_route_table, SubnetId=sid, RouteTableId=rt["RouteTable"]["RouteTableId"])
                    subs.append(sid)
                    self.add("subnet", r, sid, public=pub)
            if subs and self.chance(0.5):
                e = self.attempt("nat.eip", ec2.allocate_address, Domain="vpc")
                g = e and self.attempt("nat", ec2.create_nat_gateway, SubnetId=subs[0], AllocationId=e["AllocationId"])
                if g:
                    self.add("nat_gateway", r, g["NatGateway"]["NatGatewayId"])
            if self.chance(0.4):
                ep = self.attempt("vpce", ec2.create_vpc_endpoint, VpcId=vid, ServiceName=f"com.amazonaws.{r}.s3", VpcEndpointType="Gateway")
                if ep:
                    self.add("vpc_endpoint", r, ep["VpcEndpoint"]["VpcEndpointId"])
            self.net.setdefault(r, []).append({"vpc": vid, "subnets": subs, "sgs": []})
        shapes = [("ssh-world", 22, "0.0.0.0/0"), ("rdp-world", 3389, "0.0.0.0/0"), ("mysql-world", 3306, "0.0.0.0/0"),
                  ("https-world", 443, "0.0.0.0/0"), ("all-world", None, "0.0.0.0/0"), ("ssh-v6", 22, "::/0"),
                  ("inner", 5432, "10.0.0.0/8"), ("inner", 8080, "10.0.0.0/8"), ("inner", 443, "10.0.0.0/8"), ("closed", 0, None)]
        for i in self.times(16):
            r = REGIONS[i % len(REGIONS)] if i < len(REGIONS) else self.region()
            nets = self.net.get(r)
            if not nets:
                continue
            home, (shape, port, cidr), n = self.rng.choice(nets), self.rng.choice(shapes), self.name("sg")
            g = self.attempt("sg", self.c("ec2", r).create_security_group, GroupName=n, Description=shape, VpcId=home["vpc"])
            if not g:
                continue
            if cidr:
                perm = {"IpProtocol": "tcp", "FromPort": port, "ToPort": port} if port else {"IpProtocol": "-1"}
                perm["Ipv6Ranges" if ":" in cidr else "IpRanges"] = [{"CidrIpv6" if ":" in cidr else "CidrIp": cidr}]
                self.attempt("sg.rule", self.c("ec2", r).authorize_security_group_ingress, GroupId=g["GroupId"], IpPermissions=[perm])
            home["sgs"].append(g["GroupId"])
            self.add("security_group", r, g["GroupId"], shape=shape)
        for i in self.times(2):
            r = self.region()
            nets = self.net.get(r, [])
            acl = nets and self.attempt("nacl", self.c("ec2", r).create_network_acl, VpcId=nets[0]["vpc"])
            if acl:
                self.attempt("nacl.rule", self.c("ec2", r).create_network_acl_entry, NetworkAclId=acl["NetworkAcl"]["NetworkAclId"],
                             RuleNumber=100, Protocol="-1", RuleAction="allow", Egress=False, CidrBlock="0.0.0.0/0")
                self.add("network_acl", r, acl["NetworkAcl"]["NetworkAclId"], open=True)

    def compute(self):
        for r in REGIONS:
            im = self.attempt("ami.base", self.c("ec2", r).register_image, Name="base", Architecture="x86_64", RootDeviceName="/dev/sda1")
            self.amis[r] = im["ImageId"] if im else "ami-12c6146b"
        fleet = []
        for _ in self.times(26):
            r = self.region()
            home, n = self.rng.choice(self.net[r]), self.name("web")
            public, v2 = self.chance(0.35), self.chance(0.55)
            kw = dict(ImageId=self.amis[r], MinCount=1, MaxCount=1, SubnetId=home["subnets"][0 if public else 1],
                      InstanceType=self.rng.choice(["t2.micro", "t3.medium", "m4.large", "m5.xlarge", "m7g.large", "c3.large", "r6i.2xlarge"]),
                      MetadataOptions={"HttpTokens": "required" if v2 else "optional", "HttpEndpoint": "enabled"},
                      Monitoring={"Enabled": self.chance(0.3)}, EbsOptimized=self.chance(0.5),
                      TagSpecifications=[{"ResourceType": "instance", "Tags": self.tags(n)}])
            if home["sgs"]:
                kw["SecurityGroupIds"] = [self.rng.choice(home["sgs"])]
            profile = self.chance(0.4)
            if profile:
                kw["IamInstanceProfile"] = {"Name": "app"}
            secret = self.chance(0.1)
            if secret:
                kw["UserData"] = "#!/bin/sh\nexport DB_PASSWORD=correct-horse-battery\n"
            out = self.attempt("ec2.run", self.c("ec2", r).run_instances, **kw)
            if not out:
                continue
            iid, stopped = out["Instances"][0]["InstanceId"], self.chance(0.15)
            if stopped:
                self.attempt("ec2.stop", self.c("ec2", r).stop_instances, InstanceIds=[iid])
            fleet.append((r, iid))
            self.add("ec2_instance", r, iid, public=public, imdsv2=v2, profile=profile, stopped=stopped,
                     type=kw["InstanceType"], secret_in_user_data=secret)
        vols = []
        for _ in self.times(22):
            r, n = self.region(), self.name("vol")
            enc, loose = self.chance(0.5), self.chance(0.4)
            kw = dict(AvailabilityZone=self.azs[r][0], Size=self.rng.choice([8, 50, 200, 500]), Encrypted=enc,
                      VolumeType=self.rng.choice(["gp2", "gp2", "gp3", "io1"]), TagSpecifications=[{"ResourceType": "volume", "Tags": self.tags(n)}])
            if kw["VolumeType"] == "io1":
                kw["Iops"] = 1000
            v = self.attempt("ebs", self.c("ec2", r).create_volume, **kw)
            if not v:
                continue
            mine = [i for rr, i in fleet if rr == r]
            if not loose and mine:
                self.attempt("ebs.attach", self.c("ec2", r).attach_volume, VolumeId=v["VolumeId"], InstanceId=self.rng.choice(mine),
                             Device=f"/dev/sd{self.rng.choice('fghijklmnop')}")
            vols.append((r, v["VolumeId"]))
            self.add("ebs_volume", r, v["VolumeId"], encrypted=enc, unattached=loose or not mine, type=kw["VolumeType"])
        for _ in self.times(12):
            r, v = self.rng.choice(vols)
            s = self.attempt("snapshot", self.c("ec2", r).create_snapshot, VolumeId=v, Description=self.name("snap"))
            if s:
                public = self.chance(0.1)
                if public:
                    self.attempt("snapshot.public", self.c("ec2", r).modify_snapshot_attribute, SnapshotId=s["SnapshotId"],
                                 Attribute="createVolumePermission", OperationType="add", GroupNames=["all"])
                self.add("ebs_snapshot", r, s["SnapshotId"], public=public)
        for _ in self.times(6):
            r = self.region()
            e = self.attempt("eip", self.c("ec2", r).allocate_address, Domain="vpc")
            mine = [i for rr, i in fleet if rr == r]
            used = bool(mine) and self.chance(0.4)
            if e and used:
                self.attempt("eip.assoc", self.c("ec2", r).associate_address, AllocationId=e["AllocationId"], InstanceId=self.rng.choice(mine))
            if e:
                self.add("elastic_ip", r, e["AllocationId"], unattached=not used)
        for _ in self.times(2):
            r, i = self.rng.choice(fleet)
            a = self.attempt("ami", self.c("ec2", r).create_image, InstanceId=i, Name=self.name("ami"))
            if a:
                self.add("ami", r, a["ImageId"], public=False)
        for _ in self.times(3):
            r, n, v2 = self.region(), self.name("asg"), self.chance(0.5)
            lt = self.attempt("launch_template", self.c("ec2", r).create_launch_template, LaunchTemplateName=n, LaunchTemplateData={
                "ImageId": self.amis[r], "InstanceType": "t3.medium", "MetadataOptions": {"HttpTokens": "required" if v2 else "optional"}})
            home = self.rng.choice(self.net[r])
            multi = self.chance(0.6)
            if lt and self.attempt("asg", self.c("autoscaling", r).create_auto_scaling_group, AutoScalingGroupName=n, MinSize=0, MaxSize=4,
                                   DesiredCapacity=0, LaunchTemplate={"LaunchTemplateName": n, "Version": "$Latest"},
                                   VPCZoneIdentifier=",".join(home["subnets"] if multi else home["subnets"][:1])):
                self.add("autoscaling_group", r, n, multi_az=multi, imdsv2=v2)

    def balancers(self):
        for _ in self.times(5):
            r, n = self.region(), f"lb-{self.n['lb']:04d}"
            self.n["lb"] += 1
            home, public, tls = self.rng.choice(self.net[r]), self.chance(0.6), self.chance(0.5)
            elb = self.c("elbv2", r)
            lb = self.attempt("elbv2", elb.create_load_balancer, Name=n, Subnets=home["subnets"], Type="application",
                              Scheme="internet-facing" if public else "internal", SecurityGroups=home["sgs"][:1], Tags=self.tags(n))
            if not lb:
                continue
            arn = lb["LoadBalancers"][0]["LoadBalancerArn"]
            tg = self.attempt("elbv2.tg", elb.create_target_group, Name=n, Protocol="HTTP", Port=80, VpcId=home["vpc"])
            if tg:
                kw = dict(Protocol="HTTP", Port=80)
                if tls:
                    if r not in self.certs:
                        self.certs[r] = self.c("acm", r).request_certificate(DomainName=f"{r}.example.test", ValidationMethod="DNS")["CertificateArn"]
                        self.add("acm_certificate", r, self.certs[r])
                    kw = dict(Protocol="HTTPS", Port=443, Certificates=[{"CertificateArn": self.certs[r]}],
                              SslPolicy=self.rng.choice(["ELBSecurityPolicy-2016-08", "ELBSecurityPolicy-TLS13-1-2-2021-06"]))
                self.attempt("elbv2.listener", elb.create_listener, LoadBalancerArn=arn, DefaultActions=[
                    {"Type": "forward", "TargetGroupArn": tg["TargetGroups"][0]["TargetGroupArn"]}], **kw)
            guard = self.chance(0.3)
            self.attempt("elbv2.attrs", elb.modify_load_balancer_attributes, LoadBalancerArn=arn, Attributes=[
                {"Key": "deletion_protection.enabled", "Value": str(guard).lower()}])
            self.add("load_balancer", r, arn, public=public, tls=tls, deletion_protection=guard)
        for _ in self.times(1):
            r, n = self.region(), f"clb-{self.n['clb']:04d}"
            self.n["clb"] += 1
            if self.attempt("elb", self.c("elb", r).create_load_balancer, LoadBalancerName=n, AvailabilityZones=self.azs[r][:1],
                            Listeners=[{"Protocol": "HTTP", "LoadBalancerPort": 80, "InstancePort": 80}]):
                self.add("classic_load_balancer", r, n, tls=False)

    # --- storage and data
    def bucket(self, name, r, plain=False):
        s3 = self.c("s3", r)
        kw = {} if r == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": r}}
        s3.create_bucket(Bucket=name, **kw)
        t = {k: self.chance(p) for k, p in dict(encrypted=.6, versioned=.5, blocked=.55, logged=.3, tls_only=.3, public=.12, lifecycle=.35).items()}
        if plain:
            t = dict.fromkeys(t, False) | {"blocked": True}
        if t["encrypted"]:
            kms = self.chance(0.4)
            rule = {"SSEAlgorithm": "aws:kms"} if kms else {"SSEAlgorithm": "AES256"}
            self.attempt("s3.sse", s3.put_bucket_encryption, Bucket=name, ServerSideEncryptionConfiguration={
                "Rules": [{"ApplyServerSideEncryptionByDefault": rule}]})
        if t["versioned"]:
            self.attempt("s3.versioning", s3.put_bucket_versioning, Bucket=name, VersioningConfiguration={"Status": "Enabled"})
        if t["blocked"]:
            t["public"] = False
            self.attempt("s3.pab", s3.put_public_access_block, Bucket=name, PublicAccessBlockConfiguration=dict.fromkeys(
                ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"], True))
        if t["logged"]:
            sink = "quarry-access-logs-" + r
            if sink not in self.sinks:
                self.sinks.add(sink)
                s3.create_bucket(Bucket=sink, **kw)
                s3.put_bucket_policy(Bucket=sink, Policy=json.dumps({"Version": "2012-10-17", "Statement": [{
                    "Effect": "Allow", "Principal": {"Service": "logging.s3.amazonaws.com"}, "Action": "s3:PutObject", "Resource": f"arn:aws:s3:::{sink}/*"}]}))
                self.add("s3_bucket", r, sink, **dict.fromkeys(t, False))
            self.attempt("s3.logging", s3.put_bucket_logging, Bucket=name, BucketLoggingStatus={
                "LoggingEnabled": {"TargetBucket": sink, "TargetPrefix": name + "/"}})
        st = []
        if t["tls_only"]:
            st.append({"Sid": "tls", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": [f"arn:aws:s3:::{name}", f"arn:aws:s3:::{name}/*"],
                       "Condition": {"Bool": {"aws:SecureTransport": "false"}}})
        if t["public"]:
            st.append({"Sid": "world", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{name}/*"})
        if st:
            self.attempt("s3.policy", s3.put_bucket_policy, Bucket=name, Policy=json.dumps({"Version": "2012-10-17", "Statement": st}))
        if t["lifecycle"]:
            self.attempt("s3.lifecycle", s3.put_bucket_lifecycle_configuration, Bucket=name, LifecycleConfiguration={
                "Rules": [{"ID": "tier", "Status": "Enabled", "Filter": {"Prefix": ""}, "Transitions": [{"Days": 30, "StorageClass": "STANDARD_IA"}]}]})
        self.attempt("s3.tags", s3.put_bucket_tagging, Bucket=name, Tagging={"TagSet": self.tags(name)})
        self.add("s3_bucket", r, name, **t)

    def storage(self):
        for _ in self.times(18):
            self.attempt("s3.bucket", self.bucket, "quarry-" + self.name("bucket"), self.region())
        for _ in self.times(3):
            r, enc = self.region(), self.chance(0.5)
            f = self.attempt("efs", self.c("efs", r).create_file_system, CreationToken=self.name("efs"), Encrypted=enc, Backup=self.chance(0.5))
            if f:
                self.add("efs", r, f["FileSystemId"], encrypted=enc)
        for r in REGIONS[:2]:
            b = self.c("backup", r)
            if self.attempt("backup.vault", b.create_backup_vault, BackupVaultName="main"):
                self.attempt("backup.plan", b.create_backup_plan, BackupPlan={"BackupPlanName": "daily", "Rules": [
                    {"RuleName": "daily", "TargetBackupVaultName": "main", "ScheduleExpression": "cron(0 5 ? * * *)"}]})
                self.add("backup_vault", r, "main")

    def data(self):
        for _ in self.times(9):
            r, n = self.region(), self.name("db")
            public, enc, multi, keep, guard = (self.chance(p) for p in (.2, .55, .4, .6, .4))
            engine = self.rng.choice([("mysql", "5.7.44"), ("mysql", "8.0.36"), ("postgres", "11.22"), ("postgres", "16.3"), ("mariadb", "10.6.16")])
            d = self.attempt("rds", self.c("rds", r).create_db_instance, DBInstanceIdentifier=n, DBInstanceClass=self.rng.choice(["db.t3.medium", "db.m4.large", "db.r6g.large"]),
                             Engine=engine[0], EngineVersion=engine[1], AllocatedStorage=100, MasterUsername="admin", MasterUserPassword="Quartz-991-vein",
                             PubliclyAccessible=public, StorageEncrypted=enc, MultiAZ=multi, BackupRetentionPeriod=7 if keep else 0,
                             DeletionProtection=guard, AutoMinorVersionUpgrade=self.chance(0.6), StorageType=self.rng.choice(["gp2", "gp3"]),
                             EnablePerformanceInsights=self.chance(0.3), CopyTagsToSnapshot=self.chance(0.5), Tags=self.tags(n))
            if d:
                self.add("rds_instance", r, n, public=public, encrypted=enc, multi_az=multi, backups=keep, deletion_protection=guard, engine="-".join(engine))
                if self.chance(0.3):
                    if self.attempt("rds.snapshot", self.c("rds", r).create_db_snapshot, DBInstanceIdentifier=n, DBSnapshotIdentifier=n + "-snap"):
                        self.add("rds_snapshot", r, n + "-snap", encrypted=enc)
        for _ in self.times(1):
            r, n, enc = self.region(), self.name("aurora"), self.chance(0.5)
            if self.attempt("rds.cluster", self.c("rds", r).create_db_cluster, DBClusterIdentifier=n, Engine="aurora-mysql", MasterUsername="admin",
                            MasterUserPassword="Quartz-991-vein", StorageEncrypted=enc, BackupRetentionPeriod=1):
                self.add("rds_cluster", r, n, encrypted=enc)
        for _ in self.times(9):
            r, n, pitr, kms = self.region(), self.name("table"), self.chance(0.4), self.chance(0.3)
            kw = dict(BillingMode="PAY_PER_REQUEST") if self.chance(0.6) else dict(
                BillingMode="PROVISIONED", ProvisionedThroughput={"ReadCapacityUnits": 50, "WriteCapacityUnits": 50})
            if kms:
                kw["SSESpecification"] = {"Enabled": True, "SSEType": "KMS"}
            if self.attempt("dynamodb", self.c("dynamodb", r).create_table, TableName=n, KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
                            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}], Tags=self.tags(n), **kw):
                if pitr:
                    self.attempt("dynamodb.pitr", self.c("dynamodb", r).update_continuous_backups, TableName=n,
                                 PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True})
                self.add("dynamodb_table", r, n, pitr=pitr, cmk=kms, mode=kw["BillingMode"])
        for _ in self.times(2):
            r, n, enc = self.region(), f"cache-{self.n['cache']:04d}", self.chance(0.5)
            self.n["cache"] += 1
            if self.attempt("elasticache", self.c("elasticache", r).create_replication_group, ReplicationGroupId=n, ReplicationGroupDescription=n,
                            Engine="redis", CacheNodeType="cache.t3.medium", NumCacheClusters=1, AtRestEncryptionEnabled=enc,
                            TransitEncryptionEnabled=enc, AutomaticFailoverEnabled=False):
                self.add("elasticache", r, n, encrypted=enc, failover=False)
        for _ in self.times(1):
            r, n, public = self.region(), self.name("dw"), self.chance(0.5)
            if self.attempt("redshift", self.c("redshift", r).create_cluster, ClusterIdentifier=n, NodeType="dc2.large", MasterUsername="admin",
                            MasterUserPassword="Quartz991vein", PubliclyAccessible=public, Encrypted=False):
                self.add("redshift_cluster", r, n, public=public, encrypted=False)
            r, n = self.region(), f"find-{self.n['os']:04d}"
            self.n["os"] += 1
            if self.attempt("opensearch", self.c("opensearch", r).create_domain, DomainName=n, EngineVersion="OpenSearch_1.3",
                            EncryptionAtRestOptions={"Enabled": False}, NodeToNodeEncryptionOptions={"Enabled": False}):
                self.add("opensearch_domain", r, n, encrypted=False)

    # --- serverless, containers, messages
    def apps(self):
        buf = io.BytesIO()
        with zipfile.ZipFile(buf, "w") as z:
            z.writestr("app.py", "def handler(e, c):\n    return 1\n")
        role = next((a for a in self.roles), f"arn:aws:iam::{ACCOUNT}:role/x")
        for _ in self.times(14):
            r, n = self.region(), self.name("fn")
            runtime = self.rng.choice(["python2.7", "python3.7", "python3.8", "python3.12", "python3.12", "nodejs12.x", "nodejs14.x", "nodejs20.x", "go1.x", "java8"])
            secret, traced, dlq = self.chance(0.15), self.chance(0.4), self.chance(0.3)
            env = {"API_TOKEN": "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc"} if secret else {"STAGE": "prod"}
            kw = dict(DeadLetterConfig={"TargetArn": f"arn:aws:sqs:{r}:{ACCOUNT}:dlq"}) if dlq else {}
            if self.attempt("lambda", self.c("lambda", r).create_function, FunctionName=n, Runtime=runtime, Role=role, Handler="app.handler",
                            Code={"ZipFile": buf.getvalue()}, MemorySize=self.rng.choice([128, 512, 3008]), Timeout=self.rng.choice([3, 30, 900]),
                            Environment={"Variables": env}, TracingConfig={"Mode": "Active" if traced else "PassThrough"}, Tags=self.tags(n, "dict"), **kw):
                public = self.chance(0.1)
                if public:
                    self.attempt("lambda.public", self.c("lambda", r).add_permission, FunctionName=n, StatementId="w", Action="lambda:InvokeFunction", Principal="*")
                self.add("lambda_function", r, n, runtime=runtime, secret_in_env=secret, tracing=traced, dlq=dlq, public=public)
        for _ in self.times(2):
            r, n, ci = self.region(), self.name("ecs"), self.chance(0.5)
            ecs = self.c("ecs", r)
            if not self.attempt("ecs", ecs.create_cluster, clusterName=n, settings=[{"name": "containerInsights", "value": "enabled" if ci else "disabled"}],
                                tags=self.tags(n, "lower")):
                continue
            self.add("ecs_cluster", r, n, container_insights=ci)
            for _s in range(2):
                sn, root = self.name("svc"), self.chance(0.4)
                if self.attempt("ecs.task", ecs.register_task_definition, family=sn, networkMode="awsvpc", containerDefinitions=[
                        {"name": "app", "image": "nginx:latest", "cpu": 256, "memory": 512, "privileged": root, "readonlyRootFilesystem": not root,
                         "environment": [{"name": "DB_PASSWORD", "value": "correct-horse-battery"}] if root else []}]):
                    home = self.rng.choice(self.net[r])
                    count = self.rng.choice([1, 2, 3])
                    if self.attempt("ecs.service", ecs.create_service, cluster=n, serviceName=sn, taskDefinition=sn, desiredCount=count, launchType="FARGATE",
                                    networkConfiguration={"awsvpcConfiguration": {"subnets": home["subnets"], "securityGroups": home["sgs"][:1],
                                                                                      "assignPublicIp": "ENABLED" if root else "DISABLED"}}):
                        self.add("ecs_service", r, sn, privileged=root, desired=count)
        for _ in self.times(4):
            r, n, scan, fixed = self.region(), self.name("repo"), self.chance(0.5), self.chance(0.4)
            if self.attempt("ecr", self.c("ecr", r).create_repository, repositoryName=n, imageScanningConfiguration={"scanOnPush": scan},
                            imageTagMutability="IMMUTABLE" if fixed else "MUTABLE"):
                self.add("ecr_repository", r, n, scan_on_push=scan, immutable=fixed)
        for r in REGIONS[:1]:
            home = self.net[r][0]
            if self.attempt("eks", self.c("eks", r).create_cluster, name="core", version="1.25", roleArn=role,
                            resourcesVpcConfig={"subnetIds": home["subnets"], "endpointPublicAccess": True, "publicAccessCidrs": ["0.0.0.0/0"]}):
                self.add("eks_cluster", r, "core", public_endpoint=True, version="1.25")
        for _ in self.times(5):
            r, n, enc = self.region(), self.name("topic"), self.chance(0.4)
            t = self.attempt("sns", self.c("sns", r).create_topic, Name=n, Attributes={"KmsMasterKeyId": "alias/aws/sns"} if enc else {})
            if t:
                self.add("sns_topic", r, t["TopicArn"], encrypted=enc)
        for _ in self.times(8):
            r, n, enc, public = self.region(), self.name("queue"), self.chance(0.5), self.chance(0.12)
            at = {"KmsMasterKeyId": "alias/aws/sqs"} if enc else {"SqsManagedSseEnabled": "false"}
            if public:
                at["Policy"] = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": "*"}]})
            q = self.attempt("sqs", self.c("sqs", r).create_queue, QueueName=n, Attributes=at)
            if q:
                self.add("sqs_queue", r, n, encrypted=enc, public=public)
        for _ in self.times(2):
            r, n, enc = self.region(), self.name("stream"), self.chance(0.5)
            if self.attempt("kinesis", self.c("kinesis", r).create_stream, StreamName=n, ShardCount=1) is not None:
                if enc:
                    self.attempt("kinesis.sse", self.c("kinesis", r).start_stream_encryption, StreamName=n, EncryptionType="KMS", KeyId="alias/aws/kinesis")
                self.add("kinesis_stream", r, n, encrypted=enc)
        for _ in self.times(2):
            r, n, logged = self.region(), self.name("flow"), self.chance(0.5)
            if self.attempt("sfn", self.c("stepfunctions", r).create_state_machine, name=n, roleArn=role,
                            definition=json.dumps({"StartAt": "A", "States": {"A": {"Type": "Pass", "End": True}}})):
                self.add("state_machine", r, n)
        for _ in self.times(2):
            r, n = self.region(), self.name("rule")
            if self.attempt("events", self.c("events", r).put_rule, Name=n, ScheduleExpression="rate(1 day)"):
                self.add("event_rule", r, n)

    def edge(self):
        for _ in self.times(3):
            r, n = self.region(), self.name("api")
            ag = self.c("apigateway", r)
            a = self.attempt("apigw", ag.create_rest_api, name=n)
            if not a:
                continue
            root = ag.get_resources(restApiId=a["id"])["items"][0]["id"]
            auth = self.rng.choice(["NONE", "AWS_IAM"])
            self.attempt("apigw.method", ag.put_method, restApiId=a["id"], resourceId=root, httpMethod="GET", authorizationType=auth)
            self.attempt("apigw.integration", ag.put_integration, restApiId=a["id"], resourceId=root, httpMethod="GET", type="MOCK")
            dep = self.attempt("apigw.deploy", ag.create_deployment, restApiId=a["id"])
            if dep:
                self.attempt("apigw.stage", ag.create_stage, restApiId=a["id"], stageName="prod", deploymentId=dep["id"], tracingEnabled=self.chance(0.3))
            self.add("rest_api", r, a["id"], auth=auth)
        for _ in self.times(1):
            r, n = self.region(), self.name("http")
            a = self.attempt("apigwv2", self.c("apigatewayv2", r).create_api, Name=n, ProtocolType="HTTP")
            if a:
                self.attempt("apigwv2.stage", self.c("apigatewayv2", r).create_stage, ApiId=a["ApiId"], StageName="$default")
                self.add("http_api", r, a["ApiId"])
        for _ in self.times(2):
            n, tls = self.name("cdn"), self.chance(0.5)
            d = self.attempt("cloudfront", self.c("cloudfront").create_distribution, DistributionConfig={
                "CallerReference": n, "Comment": n, "Enabled": True,
                "Origins": {"Quantity": 1, "Items": [{"Id": "o", "DomainName": "origin.example.test", "CustomOriginConfig": {
                    "HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": "https-only" if tls else "http-only", "OriginSslProtocols": {"Quantity": 1, "Items": ["TLSv1"]}}}]},
                "DefaultCacheBehavior": {"TargetOriginId": "o", "ViewerProtocolPolicy": "redirect-to-https" if tls else "allow-all", "MinTTL": 0,
                                         "ForwardedValues": {"QueryString": False, "Cookies": {"Forward": "none"}}, "TrustedSigners": {"Enabled": False, "Quantity": 0}}})
            if d:
                self.add("cloudfront_distribution", "global", d["Distribution"]["Id"], https=tls)
        for _ in self.times(3):
            r, n = self.region(), f"{self.name('site')}.example.test"
            c = self.attempt("acm", self.c("acm", r).request_certificate, DomainName=n, ValidationMethod="DNS")
            if c:
                self.add("acm_certificate", r, c["CertificateArn"])
        for _ in self.times(1):
            n = f"{self.name('zone')}.example.test"
            z = self.attempt("route53", self.c("route53").create_hosted_zone, Name=n, CallerReference=n)
            if z:
                self.add("route53_zone", "global", z["HostedZone"]["Id"], query_logging=False)
        for _ in self.times(1):
            r, n = self.region(), self.name("waf")
            w = self.attempt("wafv2", self.c("wafv2", r).create_web_acl, Name=n, Scope="REGIONAL", DefaultAction={"Allow": {}}, Rules=[],
                             VisibilityConfig={"SampledRequestsEnabled": False, "CloudWatchMetricsEnabled": False, "MetricName": "m"})
            if w:
                self.add("web_acl", r, n, rules=0)

    def watch(self):
        for _ in self.times(12):
            r, n = self.region(), "/app/" + self.name("log")
            days = self.rng.choice([None, None, 30, 90, 365])
            kms = self.rng.choice(self.kms[r]) if self.kms[r] and self.chance(0.3) else None
            if self.attempt("logs", self.c("logs", r).create_log_group, logGroupName=n, **({"kmsKeyId": kms} if kms else {})) is not None:
                if days:
                    self.attempt("logs.retention", self.c("logs", r).put_retention_policy, logGroupName=n, retentionInDays=days)
                self.add("log_group", r, n, retention=days, encrypted=bool(kms))
        for _ in self.times(7):
            r, n, acts = self.region(), self.name("alarm"), self.chance(0.6)
            if self.attempt("alarm", self.c("cloudwatch", r).put_metric_alarm, AlarmName=n, Namespace="AWS/EC2", MetricName="CPUUtilization", Period=300,
                            EvaluationPeriods=2, Threshold=80, ComparisonOperator="GreaterThanThreshold", Statistic="Average", ActionsEnabled=acts,
                            AlarmActions=[f"arn:aws:sns:{r}:{ACCOUNT}:ops"] if acts else []) is not None:
                self.add("cloudwatch_alarm", r, n, has_action=acts)
        for i, (r, multi, valid) in enumerate([("us-east-1", True, True), ("eu-west-1", False, False)]):
            b = f"quarry-trail-{i}"
            self.attempt("trail.bucket", self.bucket, b, r, plain=True)
            ct = self.c("cloudtrail", r)
            if self.attempt("trail", ct.create_trail, Name=f"trail-{i}", S3BucketName=b, IsMultiRegionTrail=multi, EnableLogFileValidation=valid):
                if multi:
                    self.attempt("trail.start", ct.start_logging, Name=f"trail-{i}")
                self.add("cloudtrail", r, f"trail-{i}", multi_region=multi, validation=valid, logging=multi)
        for _ in self.times(5):
            r, n, rot = self.region(), self.name("secret"), self.chance(0.3)
            s = self.attempt("secret", self.c("secretsmanager", r).create_secret, Name=n, SecretString='{"p":"x"}', Tags=self.tags(n))
            if s:
                if rot:
                    self.attempt("secret.rotate", self.c("secretsmanager", r).rotate_secret, SecretId=n, RotationRules={"AutomaticallyAfterDays": 30})
                self.add("secret", r, s["ARN"], rotation=rot)
        for _ in self.times(3):
            r, n, safe = self.region(), "/" + self.name("param"), self.chance(0.5)
            if self.attempt("ssm", self.c("ssm", r).put_parameter, Name=n, Value="v", Type="SecureString" if safe else "String"):
                self.add("ssm_parameter", r, n, secure=safe)
        for _ in self.times(1):
            r, n = self.region(), self.name("stack")
            body = json.dumps({"Resources": {"T": {"Type": "AWS::SNS::Topic", "Properties": {}}}})
            if self.attempt("cloudformation", self.c("cloudformation", r).create_stack, StackName=n, TemplateBody=body):
                self.add("cloudformation_stack", r, n, termination_protection=False)
            r, n = self.region(), self.name("build")
            if self.attempt("codebuild", self.c("codebuild", r).create_project, name=n, source={"type": "S3", "location": "b/k"}, artifacts={"type": "NO_ARTIFACTS"},
                            environment={"type": "LINUX_CONTAINER", "image": "aws/codebuild/standard:5.0", "computeType": "BUILD_GENERAL1_SMALL", "privilegedMode": True},
                            serviceRole=self.roles[0] if self.roles else "arn:aws:iam::123456789012:role/x"):
                self.add("codebuild_project", r, n, privileged=True)

    def run(self):
        spent = {}
        for step in (self.account, self.keys, self.iam, self.network, self.compute, self.balancers,
                     self.storage, self.data, self.apps, self.edge, self.watch):
            t = time.time()
            self.attempt("step " + step.__name__, step)
            spent[step.__name__] = round(time.time() - t, 1)
        return spent


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--endpoint", required=True)
    ap.add_argument("--scale", type=int, default=1)
    ap.add_argument("--seed", type=int, default=42)
    ap.add_argument("--manifest", help="write the ground truth here (JSON)")
    a = ap.parse_args()
    host = urllib.parse.urlparse(a.endpoint).hostname
    if host not in ("127.0.0.1", "localhost", "::1"):
        sys.exit(f"refusing {a.endpoint}: this fills an account with insecure resources, so loopback only")
    t = time.time()
    urllib.request.urlopen(a.endpoint + f"/moto-api/seed?a={a.seed}", data=b"", timeout=30).read()
    s = Seeder(a.endpoint, a.scale, a.seed)
    spent = s.run()
    kinds = Counter(i["kind"] for i in s.items)
    summary = {"scale": a.scale, "seed": a.seed, "resources": len(s.items), "seconds": round(time.time() - t, 1), "steps": spent,
               "regions": dict(Counter(i["region"] for i in s.items)), "kinds": dict(kinds.most_common()), "gaps": dict(s.gaps)}
    print(json.dumps(summary, indent=1))
    if a.manifest:
        with open(a.manifest, "w") as f:
            json.dump({**summary, "items": s.items}, f, indent=1)


if __name__ == "__main__":
    main()
