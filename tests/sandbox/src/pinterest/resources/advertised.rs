//! `/ad_accounts/{ad_account_id}/campaigns`, `…/ad_groups` and `…/ads`: lists, and each by its id.

use serde_json::{Value, json};

use super::paging::page;
use super::query::{check_one_of, list, parameter};
use super::{Answer, Call, Refusal, ad_accounts};
use crate::content::{Advertised, Content, Shelves};
use crate::http::Response;

/// Campaigns, ad groups or ads: where they differ.
pub(super) struct Kind {
    /// What the id of one is called elsewhere.
    pub(super) id: &'static str,
    /// The parameter that takes ids of them.
    pub(super) ids: &'static str,
    pub(super) of: fn(&Content) -> &Shelves<Advertised>,
    pub(super) of_mut: fn(&mut Content) -> &mut Shelves<Advertised>,
    /// The fields that name what one belongs to, and the kind of that; it has the same owners.
    pub(super) owner: Option<(&'static str, &'static Kind)>,
    /// The parameters that a list of them takes for ids of what they belong to.
    filters: &'static [(&'static str, &'static str)],
    /// What all of them have in common.
    texts: &'static [(&'static str, &'static str)],
}

pub(super) const CAMPAIGN: Kind = Kind {
    id: "campaign_id",
    ids: "campaign_ids",
    of: |content| &content.campaigns,
    of_mut: |content| &mut content.campaigns,
    owner: None,
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
    of_mut: |content| &mut content.ad_groups,
    owner: Some(("campaign_id", &CAMPAIGN)),
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
    of_mut: |content| &mut content.ads,
    owner: Some(("ad_group_id", &AD_GROUP)),
    filters: &[("campaign_ids", "campaign_id"), ("ad_group_ids", "ad_group_id")],
    texts: &[
        ("type", "pinpromotion"),
        ("summary_status", "APPROVED"),
        ("review_status", "APPROVED"),
        ("creative_type", "REGULAR"),
    ],
};

/// Those that a list has unless it is asked for others.
const SHOWN: [&str; 2] = ["ACTIVE", "PAUSED"];
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
    let is_shown = |one: &Advertised| {
        if statuses.is_empty() {
            SHOWN.contains(&one.status())
        } else {
            statuses.iter().any(|status| status == one.status())
        }
    };
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
        (is_shown(one)
            && one.owner("ad_account_id") == Some(call.id(0))
            && among(&ids, Some(&id))
            && filters
                .iter()
                .all(|(owner, wanted)| among(wanted, one.owner(owner))))
        .then(|| describe(&id, one, kind))
    })
}

pub(super) fn campaign(call: &mut Call<'_>) -> Answer {
    one(call, &CAMPAIGN)
}

pub(super) fn ad_group(call: &mut Call<'_>) -> Answer {
    one(call, &AD_GROUP)
}

pub(super) fn ad(call: &mut Call<'_>) -> Answer {
    one(call, &AD)
}

fn one(call: &Call<'_>, kind: &Kind) -> Answer {
    ad_accounts::of_call(call)?;
    let id = call.id(1);
    let found = (kind.of)(&call.world.content).get(id);
    let found = found.filter(|one| one.owner("ad_account_id") == Some(call.id(0)));
    let found = found.ok_or_else(|| Refusal::new(404, 1, format!("There is no such {}", kind.id)))?;
    Ok(Response::json(200, &describe(id, found, kind)))
}

/// One as a list shows it.
pub(super) fn describe(id: &str, one: &Advertised, kind: &Kind) -> Value {
    let mut description = json!({
        "id": id,
        "status": one.status(),
        "created_time": one.created_at,
        "updated_time": one.updated_at,
    });
    for (name, text) in kind.texts {
        description[*name] = json!(text);
    }
    for (name, value) in &one.fields {
        description[name] = value.clone();
    }
    for (name, owner) in &one.owners {
        description[*name] = json!(owner);
    }
    description
}
