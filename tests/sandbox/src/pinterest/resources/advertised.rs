//! `/ad_accounts/{ad_account_id}/campaigns`, `…/ad_groups` and `…/ads`.

use serde_json::{Value, json};

use super::paging::page;
use super::query::{check_one_of, list, parameter};
use super::{Answer, Call, ad_accounts};
use crate::content::{Advertised, Content, Shelves};

/// Campaigns, ad groups or ads: where they differ.
pub(super) struct Kind {
    /// What the id of one is called elsewhere.
    pub(super) id: &'static str,
    /// The parameter that takes ids of them.
    pub(super) ids: &'static str,
    pub(super) of: fn(&Content) -> &Shelves<Advertised>,
    /// The parameters that a list of them takes for ids of what they belong to.
    filters: &'static [(&'static str, &'static str)],
    /// What all of them have in common.
    texts: &'static [(&'static str, &'static str)],
}

pub(super) const CAMPAIGN: Kind = Kind {
    id: "campaign_id",
    ids: "campaign_ids",
    of: |content| &content.campaigns,
    filters: &[],
    texts: &[
        ("type", "campaign"),
        ("summary_status", "RUNNING"),
        ("objective_type", "CONSIDERATION"),
    ],
};

pub(super) const AD_GROUP: Kind = Kind {
    id: "ad_group_id",
    ids: "ad_group_ids",
    of: |content| &content.ad_groups,
    filters: &[("campaign_ids", "campaign_id")],
    texts: &[
        ("type", "adgroup"),
        ("summary_status", "RUNNING"),
        ("billable_event", "CLICKTHROUGH"),
    ],
};

pub(super) const AD: Kind = Kind {
    id: "ad_id",
    ids: "ad_ids",
    of: |content| &content.ads,
    filters: &[("campaign_ids", "campaign_id"), ("ad_group_ids", "ad_group_id")],
    texts: &[
        ("type", "pinpromotion"),
        ("summary_status", "APPROVED"),
        ("review_status", "APPROVED"),
        ("creative_type", "REGULAR"),
    ],
};

/// All of them are.
const STATUS: &str = "ACTIVE";
const STATUSES: [&str; 5] = ["ACTIVE", "PAUSED", "ARCHIVED", "DRAFT", "DELETED_DRAFT"];

pub(super) fn campaigns(call: &mut Call<'_>) -> Answer {
    all(call, &CAMPAIGN)
}

pub(super) fn ad_groups(call: &mut Call<'_>) -> Answer {
    all(call, &AD_GROUP)
}

pub(super) fn ads(call: &mut Call<'_>) -> Answer {
    all(call, &AD)
}

fn all(call: &Call<'_>, kind: &Kind) -> Answer {
    ad_accounts::of_call(call)?;
    let request = call.request;
    check_one_of(
        "order",
        parameter(request, "order").as_deref(),
        &["ASCENDING", "DESCENDING"],
    )?;
    let statuses = list(request, "entity_statuses");
    for status in &statuses {
        check_one_of("entity_statuses", Some(status), &STATUSES)?;
    }
    let has_status = statuses.is_empty() || statuses.iter().any(|status| status == STATUS);
    let filters: Vec<_> = kind
        .filters
        .iter()
        .map(|(parameter, owner)| (*owner, list(request, parameter)))
        .collect();
    let ids = list(request, kind.ids);
    let among = |wanted: &[String], id: Option<&str>| {
        wanted.is_empty() || wanted.iter().any(|one| Some(one.as_str()) == id)
    };
    page(request, (kind.of)(&call.world.content), |id, one| {
        (has_status
            && one.owner("ad_account_id") == Some(call.id(0))
            && among(&ids, Some(&id))
            && filters
                .iter()
                .all(|(owner, wanted)| among(wanted, one.owner(owner))))
        .then(|| describe(&id, one, kind))
    })
}

fn describe(id: &str, one: &Advertised, kind: &Kind) -> Value {
    let mut description = json!({
        "id": id,
        "name": one.name,
        "status": STATUS,
        "created_time": one.created_at,
        "updated_time": one.created_at,
    });
    for (name, owner) in &one.owners {
        description[*name] = json!(owner);
    }
    for (name, text) in kind.texts {
        description[*name] = json!(text);
    }
    description
}
