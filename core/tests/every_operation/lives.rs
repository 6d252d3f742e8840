//! What is made is there: in lists, by its id, changed, and gone.

use pinterest_sdk::{ApiClient, ApiRequest, Auth, Configuration, OperationCall, Part};
use serde_json::{Value, json};

use crate::{AD_ACCOUNT, PIN, World};

const ALL: &str = "ads:read ads:write boards:read boards:write pins:read pins:write";

async fn given(world: &World, name: &str, arguments: Value, body: Value) -> Value {
    let mut call = OperationCall::new(name).unwrap();
    for (argument, value) in arguments.as_object().unwrap() {
        call = call.with(argument, value.clone());
    }
    if !body.is_null() {
        call = call.with_body(&body).unwrap();
    }
    world
        .call(&call)
        .await
        .unwrap_or_else(|error| panic!("{name}: {error}"))
        .data
}

fn ids(list: &Value) -> Vec<&str> {
    let items = list["items"].as_array().unwrap().iter();
    items.map(|item| item["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_board_a_section_and_a_pin_live_and_go() {
    let world = World::new().await;
    world.anew(ALL).await;
    let call = async |name, arguments, body| given(&world, name, arguments, body).await;
    let board = call("boards/create", json!({}), json!({"name": "Ideas"})).await["id"].clone();
    let on = json!({"board_id": board});
    let section = call("board_sections/create", on.clone(), json!({"name": "First"})).await["id"].clone();
    let source = json!({"source_type": "image_url", "url": "https://images.invalid/1.jpg"});
    let pin = json!({"board_id": board, "board_section_id": section, "title": "One", "media_source": source});
    let pin = call("pins/create", json!({}), pin).await["id"].clone();
    let of_section = json!({"board_id": board, "section_id": section});
    for (list, arguments) in [
        ("boards/list_pins", &on),
        ("board_sections/list_pins", &of_section),
    ] {
        assert_eq!(
            ids(&call(list, arguments.clone(), Value::Null).await),
            [pin.as_str().unwrap()]
        );
    }
    let by_id = json!({"pin_id": pin});
    call("pins/update", by_id.clone(), json!({"title": "Two"})).await;
    assert_eq!(call("pins/get", by_id.clone(), Value::Null).await["title"], "Two");
    call(
        "board_sections/update",
        of_section.clone(),
        json!({"name": "Second"}),
    )
    .await;
    assert_eq!(
        call("board_sections/list", on.clone(), Value::Null).await["items"][0]["name"],
        "Second"
    );
    call("board_sections/delete", of_section, Value::Null).await;
    let gone = OperationCall::new("pins/get").unwrap().with("pin_id", pin);
    assert_eq!(world.call(&gone).await.unwrap_err().status(), Some(404));
    call("boards/delete", on.clone(), Value::Null).await;
    let gone = OperationCall::new("boards/get").unwrap().with("board_id", board);
    assert_eq!(world.call(&gone).await.unwrap_err().code(), Some(40));
}

#[tokio::test]
async fn a_campaign_an_ad_group_and_an_ad_belong_to_each_other() {
    let world = World::new().await;
    world.anew(ALL).await;
    let call = async |name, arguments, body| given(&world, name, arguments, body).await;
    let made = call(
        "ad_accounts/create",
        json!({}),
        json!({"name": "Mine", "country": "CH", "owner_user_id": "1"}),
    )
    .await;
    let account = json!({"ad_account_id": made["id"]});
    assert_eq!(
        call("ad_accounts/get", account.clone(), Value::Null).await["country"],
        "CH"
    );
    let campaign = json!([{"ad_account_id": made["id"], "name": "c", "objective_type": "AWARENESS"}]);
    let campaign =
        call("campaigns/create", account.clone(), campaign).await["items"][0]["data"]["id"].clone();
    let group = json!([{"campaign_id": campaign, "name": "g", "billable_event": "CLICKTHROUGH"}]);
    let group = call("ad_groups/create", account.clone(), group).await["items"][0]["data"]["id"].clone();
    let ad = json!([{"ad_group_id": group, "creative_type": "REGULAR", "pin_id": PIN}]);
    let ad = call("ads/create", account.clone(), ad).await["items"][0]["data"].clone();
    assert_eq!(
        (&ad["campaign_id"], &ad["ad_account_id"]),
        (&campaign, &made["id"])
    );
    let mut of_campaign = account.clone();
    of_campaign["campaign_ids"] = json!([campaign]);
    for (list, id) in [
        ("campaigns/list", &campaign),
        ("ad_groups/list", &group),
        ("ads/list", &ad["id"]),
    ] {
        let found = call(list, of_campaign.clone(), Value::Null).await;
        assert_eq!(ids(&found), [id.as_str().unwrap()], "{list}");
    }
    let archived = json!([{"id": campaign, "ad_account_id": made["id"], "status": "ARCHIVED"}]);
    call("campaigns/update", account.clone(), archived).await;
    let mut one = account.clone();
    one["campaign_id"] = campaign;
    let campaign = call("campaigns/get", one, Value::Null).await;
    assert_eq!(
        (&campaign["status"], &campaign["name"]),
        (&json!("ARCHIVED"), &json!("c"))
    );
    // Lists have what is active or paused, unless they are asked for others.
    assert!(ids(&call("campaigns/list", account.clone(), Value::Null).await).is_empty());
    let mut archived = account;
    archived["entity_statuses"] = json!(["ARCHIVED"]);
    assert_eq!(
        ids(&call("campaigns/list", archived, Value::Null).await),
        [campaign["id"].as_str().unwrap()]
    );
}

#[tokio::test]
async fn an_answer_of_success_says_which_items_failed() {
    let world = World::new().await;
    world.anew(ALL).await;
    let body = json!([
        {"ad_account_id": AD_ACCOUNT, "name": "good", "objective_type": "AWARENESS"},
        {"ad_account_id": AD_ACCOUNT, "objective_type": "AWARENESS"},
        {"ad_account_id": "5", "name": "elsewhere", "objective_type": "AWARENESS"},
    ]);
    let create = OperationCall::new("campaigns/create")
        .unwrap()
        .with("ad_account_id", AD_ACCOUNT);
    let create = create
        .with_checks(pinterest_sdk::operations::Checks::Off)
        .with_body(&body)
        .unwrap();
    let answer = world.call(&create).await.unwrap();
    let failures = create.operation().failures_in(&answer.data);
    let failures: Vec<_> = failures
        .iter()
        .map(|one| (one.item, one.code, one.message.as_deref()))
        .collect();
    assert_eq!(
        failures,
        [
            (Some(1), Some(1), Some("Missing required field 'name'")),
            (
                Some(2),
                Some(1),
                Some("Invalid value for ad_account_id: not the one of the path")
            ),
        ]
    );
    // Of ads one exception, not a list.
    let ads = json!([{"ad_group_id": "1", "creative_type": "REGULAR", "pin_id": PIN}]);
    let create = OperationCall::new("ads/create")
        .unwrap()
        .with("ad_account_id", AD_ACCOUNT);
    let create = create.with_body(&ads).unwrap();
    let answer = world.call(&create).await.unwrap();
    let failures = create.operation().failures_in(&answer.data);
    assert_eq!(failures[0].message.as_deref(), Some("There is no ad_group_id 1"));
}

#[tokio::test]
async fn media_is_registered_sent_and_ready() {
    let world = World::new().await;
    world.anew(ALL).await;
    let media = given(&world, "media/create", json!({}), json!({"media_type": "video"})).await;
    let (root, path) = media["upload_url"]
        .as_str()
        .unwrap()
        .split_once("/media-uploads/")
        .unwrap();
    let mut parts: Vec<Part> = media["upload_parameters"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| Part::new(name, value.as_str().unwrap()))
        .collect();
    parts.push(Part::new("file", "bytes"));
    let elsewhere = ApiClient::new(Configuration::new("1", "2").with_host(root)).unwrap();
    let upload = ApiRequest::new("POST", format!("/media-uploads/{path}"))
        .with_multipart(parts)
        .with_auth(Auth::None);
    elsewhere
        .request::<Value>(upload, &pinterest_sdk::CallOptions::default())
        .await
        .unwrap();
    let by_id = json!({"media_id": media["media_id"]});
    let status = async || given(&world, "media/get", by_id.clone(), Value::Null).await["status"].clone();
    assert_eq!(status().await, "processing");
    world.control("clock", json!({"advance_seconds": 1})).await;
    assert_eq!(status().await, "succeeded");
}
