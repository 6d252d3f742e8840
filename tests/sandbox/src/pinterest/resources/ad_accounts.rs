//! `/ad_accounts`: the account's own, and one that somebody shares with it.

use serde_json::{Value, json};

use super::fields::Fields;
use super::paging::page;
use super::query::parameter;
use super::{Answer, Call, Refusal, USER_ID, USERNAME};
use crate::content::AdAccount;
use crate::http::Response;

pub(super) fn list(call: &mut Call<'_>) -> Answer {
    let own_only = match parameter(call.request, "include_shared_accounts").as_deref() {
        None | Some("true" | "True") => false,
        Some("false" | "False") => true,
        Some(_) => return Err(Refusal::invalid("Invalid value for include_shared_accounts")),
    };
    page(call.request, &call.world.content.ad_accounts, |id, account| {
        (!own_only || account.is_own).then(|| describe(&id, account))
    })
}

pub(super) fn get(call: &mut Call<'_>) -> Answer {
    let account = of_call(call)?;
    Ok(Response::json(200, &describe(call.id(0), account)))
}

pub(super) fn create(call: &mut Call<'_>) -> Answer {
    let fields = Fields::of(call.request)?;
    let account = AdAccount {
        // The description demands neither.
        name: fields.text("name", 256)?.unwrap_or("Ad account").to_owned(),
        country: fields.text("country", 2)?.unwrap_or("US").to_owned(),
        is_own: true,
        created_at: call.world.clock.now(),
    };
    let id = call.world.content.ad_accounts.add(account);
    Ok(Response::json(200, &describe(&id, named(call, &id)?)))
}

/// The ad account that the path names.
pub(super) fn of_call<'a>(call: &'a Call<'_>) -> Result<&'a AdAccount, Refusal> {
    named(call, call.id(0))
}

pub(super) fn named<'a>(call: &'a Call<'_>, id: &str) -> Result<&'a AdAccount, Refusal> {
    let account = call.world.content.ad_accounts.get(id);
    account.ok_or_else(Refusal::not_permitted)
}

fn describe(id: &str, account: &AdAccount) -> Value {
    let owner = if account.is_own {
        json!({"username": USERNAME, "id": USER_ID})
    } else {
        json!({"username": "sandbox_partner", "id": "549755885176"})
    };
    json!({
        "id": id,
        "name": account.name,
        "owner": owner,
        "country": account.country,
        "currency": "USD",
        "permissions": [if account.is_own { "OWNER" } else { "ANALYST" }],
        "created_time": account.created_at,
        "updated_time": account.created_at,
    })
}
