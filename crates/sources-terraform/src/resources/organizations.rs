//! Organizations, their accounts and their policies.

use crate::mapping::{From, Mapping, One, Take, With};
use crate::shape::{json, listed, text_or};

pub(crate) static MAPPINGS: &[Mapping] = &[
    Mapping::own(
        "aws_organizations_organization",
        "AWS::Organizations::Organization",
        &[Take("feature_set", "FeatureSet")],
    ),
    Mapping::own(
        "aws_organizations_organizational_unit",
        "AWS::Organizations::OrganizationalUnit",
        &[Take("name", "Name"), Take("parent_id", "ParentId"), Take("tags_all", "Tags")],
    ),
    Mapping::own(
        "aws_organizations_account",
        "AWS::Organizations::Account",
        &[
            Take("name", "AccountName"),
            Take("email", "Email"),
            Take("role_name", "RoleName"),
            With("parent_id", "ParentIds", listed),
            Take("tags_all", "Tags"),
        ],
    ),
    Mapping::own(
        "aws_organizations_policy",
        "AWS::Organizations::Policy",
        &[
            Take("name", "Name"),
            Take("description", "Description"),
            From(&["type"], "Type", |values| Some(text_or(values, "type", "SERVICE_CONTROL_POLICY"))),
            With("content", "Content", json),
            Take("tags_all", "Tags"),
        ],
    ),
    Mapping::part(
        "aws_organizations_policy_attachment",
        &["AWS::Organizations::Policy"],
        "policy_id",
        &[Take("target_id", "TargetIds[]")],
    ),
    Mapping::own(
        "aws_account_alternate_contact",
        "Pilaster::AccountContacts",
        &[
            Take("account_id", "AccountId"),
            One(
                "",
                "Security",
                &[
                    Take("name", "Name"),
                    Take("title", "Title"),
                    Take("email_address", "EmailAddress"),
                    Take("phone_number", "PhoneNumber"),
                ],
            ),
        ],
    )
    .when("alternate_contact_type", "SECURITY"),
];
