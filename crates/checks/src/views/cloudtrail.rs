//! AWS CloudTrail.

use model::{At, Fact, Inventory, List, Outcome, Resource, Text, Verdict, View, any, when};

/// What has to have a trail: an account. In code it is a trail that is judged.
#[derive(Debug, View)]
#[view("AWS::CloudTrail::Trail", "Pilaster::Account")]
pub(crate) struct TrailOfAccount<'a> {
    pub(crate) at: At<'a>,
}

/// What a region shows of a trail whose home is another one.
#[derive(Debug, View)]
#[view("Pilaster::ShadowTrail")]
struct ShadowTrail<'a> {
    at: At<'a>,
    #[view(path = "Observed.HomeRegion")]
    home_region: Fact<'a, Text<'a>>,
}

impl TrailOfAccount<'_> {
    /// An account has a trail that passes. In code, the trail does. Where the home of one of its trails is in a region
    /// that was not read, an account may have one.
    pub(crate) fn must_have(
        &self,
        around: &Inventory,
        expected: &str,
        judge: impl Fn(&Trail<'_>) -> Verdict,
    ) -> Verdict {
        let verdict = around.one_of::<Trail<'_>>(&self.at, expected, judge);
        if verdict.outcome != Outcome::Fail || !self.at.is_in_account() {
            return verdict;
        }
        let account = &self.at.resource().account;
        let regions = around.of_kind("Pilaster::Region").map(|id| around.resource(id));
        let regions: Vec<&str> = regions.filter(|r| r.account == *account).map(|r| r.id.as_str()).collect();
        let shadows = around.all::<ShadowTrail<'_>>().filter(|shadow| shadow.at.resource().account == *account);
        let mut homes = shadows.map(|shadow| shadow.home_region.must_be_one_of(&regions).weakened());
        homes.find(|home| home.outcome == Outcome::Unknown).unwrap_or(verdict)
    }
}

/// A trail.
#[derive(Debug, View)]
#[view("AWS::CloudTrail::Trail")]
pub(crate) struct Trail<'a> {
    pub(crate) at: At<'a>,
    pub(crate) is_logging: Fact<'a, bool>,
    #[view(default = false)]
    pub(crate) is_multi_region_trail: Fact<'a, bool>,
    #[view(default = false)]
    pub(crate) enable_log_file_validation: Fact<'a, bool>,
    #[view(path = "KMSKeyId")]
    pub(crate) key: Fact<'a, Text<'a>>,
    #[view(path = "S3BucketName")]
    pub(crate) bucket: Fact<'a, Text<'a>>,
    #[view(path = "CloudWatchLogsLogGroupArn")]
    pub(crate) log_group: Fact<'a, Text<'a>>,
    event_selectors: List<'a, EventSelector<'a>>,
    advanced_event_selectors: List<'a, AdvancedEventSelector<'a>>,
}

#[derive(Debug, View)]
struct EventSelector<'a> {
    at: At<'a>,
    #[view(default = true)]
    include_management_events: Fact<'a, bool>,
    #[view(default = "All")]
    read_write_type: Fact<'a, Text<'a>>,
    data_resources: List<'a, DataResource<'a>>,
}

#[derive(Debug, View)]
struct DataResource<'a> {
    at: At<'a>,
    #[view(path = "Type")]
    kind: Fact<'a, Text<'a>>,
    values: List<'a, Fact<'a, Text<'a>>>,
}

#[derive(Debug, View)]
struct AdvancedEventSelector<'a> {
    at: At<'a>,
    field_selectors: List<'a, FieldSelector<'a>>,
}

#[derive(Debug, View)]
struct FieldSelector<'a> {
    at: At<'a>,
    field: Fact<'a, Text<'a>>,
    equals: List<'a, Fact<'a, Text<'a>>>,
}

/// As many trails as an account has in a region, several times over.
const ENOUGH: usize = 25;

impl Trail<'_> {
    /// The verdict where the trail is the account's own. A trail of an organization shows in each of its accounts,
    /// which can do nothing about it: it is judged in the one that made it.
    pub(crate) fn if_own(&self, judge: impl FnOnce() -> Verdict) -> Verdict {
        let Resource { arn, account, .. } = self.at.resource();
        let maker = arn.as_deref().and_then(|arn| arn.split(':').nth(4));
        match (maker, account) {
            (Some(maker), Some(account)) if maker != account => Verdict::not_applicable(),
            _ => judge(),
        }
    }

    /// One of the trails that were read in the account of `at` passes; not applicable where there is none.
    pub(crate) fn any(around: &Inventory, at: &At<'_>, judge: impl Fn(&Trail<'_>) -> Verdict) -> Verdict {
        let account = &at.resource().account;
        let trails = around.all::<Trail<'_>>().filter(|trail| trail.at.resource().account == *account);
        any(trails.take(ENOUGH).map(|trail| judge(&trail)))
    }

    /// It passes, or another of the trails that were read does: for trails in code.
    pub(crate) fn or_another(&self, around: &Inventory, judge: impl Fn(&Trail<'_>) -> Verdict) -> Verdict {
        let own = judge(self);
        if own.outcome == Outcome::Pass {
            return own;
        }
        match Trail::any(around, &self.at, judge) {
            other if matches!(other.outcome, Outcome::Fail | Outcome::NotApplicable) => own,
            other => own | other,
        }
    }

    /// It records management events at all. A trail without selectors does.
    pub(crate) fn records_management_events(&self) -> Verdict {
        self.has_no_selectors()
            | self.event_selectors.any("management events", |selector| selector.include_management_events.must_be(true))
            | self.advanced_event_selectors.any("management events", |selector| selector.is_of_category("Management"))
    }

    /// It records management events that read as well as those that write.
    pub(crate) fn records_reads_and_writes(&self) -> Verdict {
        let expected = "management events, read and write";
        self.has_no_selectors()
            | self.event_selectors.any(expected, |selector| {
                selector.include_management_events.must_be(true) & selector.read_write_type.must_be("All")
            })
            | self.advanced_event_selectors.any(expected, |selector| {
                selector.is_of_category("Management") & selector.does_not_select_by(&["readOnly"])
            })
    }

    /// It records what is done to the objects of every bucket.
    pub(crate) fn records_object_events(&self) -> Verdict {
        let expected = "events of the objects of every bucket";
        self.event_selectors.any(expected, |selector| {
            selector.read_write_type.must_be("All")
                & selector.data_resources.any(expected, |data| {
                    data.kind.must_be("AWS::S3::Object")
                        & data.values.any(expected, |value| {
                            value.must_read("arn:aws:s3", |text| {
                                let mut parts = text.trim_end_matches(':').split(':');
                                parts.next() == Some("arn") && parts.nth(1) == Some("s3") && parts.next().is_none()
                            })
                        })
                })
        }) | self.advanced_event_selectors.any(expected, |selector| {
            selector.is_of_category("Data")
                & selector.selects("resources.type", "AWS::S3::Object")
                & selector.does_not_select_by(&["readOnly", "resources.ARN", "eventName"])
        })
    }

    fn has_no_selectors(&self) -> Verdict {
        self.event_selectors.must_be_empty() & self.advanced_event_selectors.must_be_empty()
    }
}

impl AdvancedEventSelector<'_> {
    fn is_of_category(&self, category: &str) -> Verdict {
        self.selects("eventCategory", category)
    }

    fn selects(&self, field: &str, value: &str) -> Verdict {
        self.field_selectors.any(value, |selector| {
            selector.field.must_be_one_of(&[field]) & selector.equals.any(value, |found| found.must_be_one_of(&[value]))
        })
    }

    fn does_not_select_by(&self, fields: &[&str]) -> Verdict {
        self.field_selectors.all(|selector| {
            when(selector.field.must_be_set(), || {
                model::all(fields.iter().map(|field| selector.field.must_not_be(field)))
            })
        })
    }
}
