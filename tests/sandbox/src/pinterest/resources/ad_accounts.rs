//! `/ad_accounts`: the account's own, and one that somebody shares with it.

use serde_json::{Value, json};

use super::paging::{page, parameter};
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
    let account = call.world.content.ad_accounts.get(call.id(0));
    let account = account.ok_or_else(Refusal::not_permitted)?;
    Ok(Response::json(200, &describe(call.id(0), account)))
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
        "country": "US",
        "currency": "USD",
        "permissions": [if account.is_own { "OWNER" } else { "ANALYST" }],
        "created_time": account.created_at,
        "updated_time": account.created_at,
    })
}
