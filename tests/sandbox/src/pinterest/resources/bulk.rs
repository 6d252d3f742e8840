//! Campaigns, ad groups and ads are made and changed many at a time, and each of them gets an answer of its own:
//! what it is now, or why not.

use serde_json::{Map, Value, json};

use super::advertised::{AD, AD_GROUP, CAMPAIGN, Kind, describe};
use super::{Answer, Call, Refusal, ad_accounts};
use crate::content::Advertised;
use crate::facts::{body_item, check};
use crate::http::Response;

/// How many bytes of JSON one of them may have.
const MOST: usize = 64 * 1024;

pub(super) fn create_campaigns(call: &mut Call<'_>) -> Answer {
    each(call, &CAMPAIGN, create)
}

pub(super) fn update_campaigns(call: &mut Call<'_>) -> Answer {
    each(call, &CAMPAIGN, update)
}

pub(super) fn create_ad_groups(call: &mut Call<'_>) -> Answer {
    each(call, &AD_GROUP, create)
}

pub(super) fn update_ad_groups(call: &mut Call<'_>) -> Answer {
    each(call, &AD_GROUP, update)
}

pub(super) fn create_ads(call: &mut Call<'_>) -> Answer {
    each(call, &AD, create)
}

pub(super) fn update_ads(call: &mut Call<'_>) -> Answer {
    each(call, &AD, update)
}

/// What one item comes to: a description, or why not.
type Outcome = Result<Value, String>;

fn each(
    call: &mut Call<'_>,
    kind: &Kind,
    deed: fn(&mut Call<'_>, &Kind, &Map<String, Value>) -> Outcome,
) -> Answer {
    ad_accounts::of_call(call)?;
    let invalid = |_| Refusal::invalid("Invalid request body");
    let items: Vec<Value> = serde_json::from_slice(&call.request.body).map_err(invalid)?;
    let answers: Vec<Value> = items
        .iter()
        .map(
            |item| match checked(call, item).and_then(|fields| deed(call, kind, fields)) {
                Ok(done) => succeeded(kind, &done),
                Err(why) => failed(kind, &why),
            },
        )
        .collect();
    Ok(Response::json(200, &json!({"items": answers})))
}

fn checked<'a>(call: &Call<'_>, item: &'a Value) -> Result<&'a Map<String, Value>, String> {
    check(body_item(call.route), item, "the item")?;
    let fields = item
        .as_object()
        .ok_or("Invalid value for the item: not an object")?;
    let other = fields.get("ad_account_id").is_some_and(|id| id != call.id(0));
    if other {
        return Err("Invalid value for ad_account_id: not the one of the path".into());
    }
    if item.to_string().len() > MOST {
        return Err("Invalid value for the item: too long".into());
    }
    Ok(fields)
}

/// Of ads the description has one exception, and none where there is none; of the others a list of them.
fn succeeded(kind: &Kind, done: &Value) -> Value {
    if kind.id == AD.id {
        json!({"data": done})
    } else {
        json!({"data": done, "exceptions": []})
    }
}

fn failed(kind: &Kind, why: &str) -> Value {
    let exception = json!({"code": 1, "message": why});
    if kind.id == AD.id {
        json!({"data": {}, "exceptions": exception})
    } else {
        json!({"data": {}, "exceptions": [exception]})
    }
}

fn create(call: &mut Call<'_>, kind: &Kind, fields: &Map<String, Value>) -> Outcome {
    let mut one = Advertised {
        fields: fields.clone(),
        owners: owners(call, kind, fields)?,
        created_at: call.world.clock.now(),
        updated_at: call.world.clock.now(),
    };
    // Pinterest gives it.
    one.fields.remove("id");
    let shelves = (kind.of_mut)(&mut call.world.content);
    let id = shelves.add(one);
    let one = shelves.get(&id).ok_or("It is gone")?;
    Ok(describe(&id, one, kind))
}

fn update(call: &mut Call<'_>, kind: &Kind, fields: &Map<String, Value>) -> Outcome {
    let id = fields.get("id").and_then(Value::as_str).unwrap_or_default();
    let here = call.id(0);
    let found = (kind.of)(&call.world.content).get(id);
    let known = found.filter(|one| one.owner("ad_account_id") == Some(here));
    let mut owners = known
        .ok_or_else(|| format!("There is no {} {id}", kind.id))?
        .owners
        .clone();
    if let Some(pin) = pin(call, kind, fields)? {
        owners.retain(|(name, _)| *name != "pin_id");
        owners.push(("pin_id", pin));
    }
    let now = call.world.clock.now();
    let one = (kind.of_mut)(&mut call.world.content).get_mut(id);
    let one = one.ok_or("It is gone")?;
    for (name, value) in fields.iter().filter(|(name, _)| *name != "id") {
        one.fields.insert(name.clone(), value.clone());
    }
    one.owners = owners;
    one.updated_at = now;
    Ok(describe(id, one, kind))
}

/// The ids of what a new one belongs to.
fn owners(
    call: &Call<'_>,
    kind: &Kind,
    fields: &Map<String, Value>,
) -> Result<Vec<(&'static str, String)>, String> {
    let mut owners = vec![("ad_account_id", call.id(0).to_owned())];
    if let Some((field, owner)) = kind.owner {
        let id = fields.get(field).and_then(Value::as_str).unwrap_or_default();
        let found = (owner.of)(&call.world.content).get(id);
        let found = found.filter(|one| one.owner("ad_account_id") == Some(call.id(0)));
        let found = found.ok_or_else(|| format!("There is no {field} {id}"))?;
        owners.clone_from(&found.owners);
        owners.push((field, id.to_owned()));
    }
    owners.extend(pin(call, kind, fields)?.map(|id| ("pin_id", id)));
    Ok(owners)
}

/// The Pin that an ad shows.
fn pin(call: &Call<'_>, kind: &Kind, fields: &Map<String, Value>) -> Result<Option<String>, String> {
    let id = fields
        .get("pin_id")
        .and_then(Value::as_str)
        .filter(|_| kind.id == AD.id);
    match id {
        Some(id) if call.world.content.pins.get(id).is_none() => Err(format!("There is no Pin {id}")),
        id => Ok(id.map(str::to_owned)),
    }
}
