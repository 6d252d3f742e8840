//! Every operation of the table, called against a sandbox that knows Pinterest's operations from elsewhere.

// Helpers of a test may fail it; limits are small.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]

mod arguments;
mod lives;
#[path = "../support/mod.rs"]
mod support;

use arguments::{Known, needed, required};
use pinterest_sdk::operations::{BodyKind, Checks, Credential, Kind, Operation};
use pinterest_sdk::{ApiClient, ApiResponse, CallOptions, Configuration, Error, OperationCall};
use serde_json::{Value, json};
use support::Server;

const AD_ACCOUNT: &str = "549760000000";
const BOARD: &str = "5497558600000";
const PIN: &str = "813744226420000000";
const TOKEN: &str = "pina_every_operation";

struct World {
    server: Server,
    client: ApiClient,
}

impl World {
    async fn new() -> Self {
        let server = Server::start().await;
        let configuration = Configuration::new("1234567", "0123456789abcdef0123456789abcdef01234567")
            .with_host(format!("{}/v5", server.address("http")))
            .with_access_token(TOKEN);
        let client = ApiClient::new(configuration).unwrap();
        Self { server, client }
    }

    async fn control(&self, path: &str, body: Value) -> Value {
        self.server
            .control("POST", &format!("/_sandbox/{path}"), &body)
            .await
    }

    /// The state at the start on 10 January 2026, with a token that has these scopes.
    async fn anew(&self, scope: &str) {
        self.server.reset().await;
        let now = self.control("clock", json!({"frozen": true})).await["now"]
            .as_f64()
            .unwrap();
        let wanted = (1_768_046_400.0 - now).round() as i64;
        self.control("clock", json!({"advance_seconds": wanted})).await;
        self.control("tokens", json!({"scope": scope, "access_token": TOKEN}))
            .await;
    }

    async fn call(&self, call: &OperationCall) -> Result<ApiResponse<Value>, Error> {
        self.client.call(call, &CallOptions::default()).await
    }

    /// What is there from the start.
    fn known() -> Known {
        let known = json!({
            "ad_account_id": AD_ACCOUNT, "board_id": BOARD, "pin_id": PIN, "pin_ids": PIN,
            "campaign_id": "626735565838", "ad_group_id": "2680060704746", "ad_id": "687195134316",
            "campaign_ids": "626735565838", "ad_group_ids": "2680060704746", "ad_ids": "687195134316",
            "start_date": "2026-01-01", "end_date": "2026-01-07", "granularity": "DAY", "country": "US",
        });
        let Value::Object(known) = known else { panic!() };
        known
    }

    /// A section, and media, for operations that need one.
    async fn made(&self, known: &mut Known) {
        self.anew("boards:read boards:write pins:read pins:write").await;
        let section = OperationCall::new("board_sections/create")
            .unwrap()
            .with("board_id", BOARD);
        let section = self
            .call(&section.with_body(&json!({"name": "s"})).unwrap())
            .await
            .unwrap();
        known.insert("section_id".into(), section.data["id"].clone());
        let media = OperationCall::new("media/create").unwrap();
        let media = self
            .call(&media.with_body(&json!({"media_type": "video"})).unwrap())
            .await
            .unwrap();
        known.insert("media_id".into(), media.data["media_id"].clone());
    }
}

/// The scopes of a person's token that an operation asks for.
fn scopes(operation: &Operation) -> Vec<&'static str> {
    let user = operation.credentials.iter().find_map(|one| match one {
        Credential::User(scopes) => Some(scopes.clone()),
        _ => None,
    });
    user.unwrap_or_default()
}

/// Campaigns, ad groups and ads have to be there to be changed.
fn id_of(operation: &Operation, known: &Known) -> Option<Value> {
    let name = match operation.name {
        "campaigns/update" => "campaign_id",
        "ad_groups/update" => "ad_group_id",
        "ads/update" => "ad_id",
        _ => return None,
    };
    known.get(name).cloned()
}

fn of_operation(operation: &Operation, known: &Known) -> OperationCall {
    let mut known = known.clone();
    if let Some(id) = id_of(operation, &known) {
        known.insert("id".into(), id);
    }
    let call = required(operation, &known);
    let source = json!({"source_type": "image_url", "url": "https://images.invalid/1.jpg"});
    // What Pinterest wants and its description says in words only.
    match operation.name {
        "reports/stats" => call.with(
            "parameters",
            json!({"catalog_type": "RETAIL", "report": {"report_type": "FEED_INGESTION_ISSUES", "feed_id": "1"}}),
        ),
        "ads/analytics" => call.with("ad_ids", json!([known["ad_id"]])),
        "pins/create" => call.with_body(&json!({"board_id": BOARD, "media_source": source})).unwrap(),
        "pins/save" => call.with_body(&json!({"board_id": BOARD})).unwrap(),
        _ => call,
    }
}

/// OAuth's own take an app's credentials, and forms that the table cannot fill.
fn is_oauth(operation: &Operation) -> bool {
    operation.tag == "oauth"
}

#[tokio::test]
async fn every_operation_is_answered_with_what_it_needs_and_refused_without_a_scope() {
    let world = World::new().await;
    let mut known = World::known();
    world.made(&mut known).await;
    let mut wrong = Vec::new();
    let mut called = 0;
    for operation in Operation::all().filter(|one| !is_oauth(one)) {
        let scopes = scopes(&operation);
        let mut fresh = known.clone();
        world.made(&mut fresh).await;
        world
            .control(
                "tokens",
                json!({"scope": scopes.join(" "), "access_token": TOKEN}),
            )
            .await;
        let call = of_operation(&operation, &fresh);
        called += 1;
        match world.call(&call).await {
            Ok(answer) => {
                let failures = operation.failures_in(&answer.data);
                // What is made of the facts has an example of a failure.
                let is_kept = operation.name.starts_with("campaigns/")
                    || operation.name.starts_with("ad_groups/")
                    || operation.name.starts_with("ads/");
                if is_kept && !failures.is_empty() {
                    wrong.push(format!("{}: {failures:?}", operation.name));
                }
                if operation.has_pages() && !answer.data["items"].is_array() {
                    wrong.push(format!("{} has no items: {}", operation.name, answer.data));
                }
            }
            Err(error) => wrong.push(format!("{}: {error} of {:?}", operation.name, call.body())),
        }
        let fewer = &scopes[..scopes.len().saturating_sub(1)];
        world
            .control("tokens", json!({"scope": fewer.join(" "), "access_token": TOKEN}))
            .await;
        match world.call(&call).await {
            Err(error) if error.status() == Some(401) && error.code() == Some(3) => {}
            other => wrong.push(format!("{} with {fewer:?} only: {other:?}", operation.name)),
        }
    }
    assert_eq!((called, wrong.join("\n")), (228, String::new()));
}

#[tokio::test]
async fn what_has_to_be_there_cannot_be_left_out() {
    let world = World::new().await;
    let mut known = World::known();
    let mut wrong = Vec::new();
    let mut tried = 0;
    for operation in Operation::all().filter(|one| !is_oauth(one)) {
        world.made(&mut known).await;
        world
            .control(
                "tokens",
                json!({"scope": scopes(&operation).join(" "), "access_token": TOKEN}),
            )
            .await;
        for (what, lacking) in lacking(&operation, &of_operation(&operation, &known)) {
            tried += 1;
            match world
                .client
                .request::<Value>(lacking, &CallOptions::default())
                .await
            {
                Err(error) if error.status() == Some(400) && error.code() == Some(1) => {}
                Ok(answer)
                    if !operation.failures_in(&answer.data).is_empty() && operation.method != "GET" => {}
                other => wrong.push(format!("{} without {what}: {other:?}", operation.name)),
            }
        }
    }
    assert!(tried > 300, "{tried}");
    assert_eq!(wrong.join("\n"), "");
}

/// The request of a call, without each of the things that have to be in it.
fn lacking(operation: &Operation, whole: &OperationCall) -> Vec<(String, pinterest_sdk::ApiRequest)> {
    let path = whole.request().unwrap().target();
    let (path, query) = path.split_once('?').unwrap_or((&path, ""));
    let request = |query: Vec<&str>, body: Option<&Value>| {
        let target = format!("{path}?{}", query.join("&"));
        let request = pinterest_sdk::ApiRequest::new(operation.method, target.trim_end_matches('?'));
        match body {
            Some(body) => request.with_json(body).unwrap(),
            None => request,
        }
    };
    let all: Vec<&str> = query.split('&').filter(|part| !part.is_empty()).collect();
    let mut found = Vec::new();
    for parameter in operation.parameters.iter().filter(|one| one.is_required) {
        let is_it = |part: &&str| {
            part.strip_prefix(parameter.name)
                .is_some_and(|rest| rest.starts_with('=') || rest.starts_with("%5B"))
        };
        if all.iter().any(is_it) {
            let others = all.iter().copied().filter(|part| !is_it(part)).collect();
            found.push((parameter.name.to_owned(), request(others, whole.body())));
        }
    }
    let Some(BodyKind {
        kind,
        is_required: true,
        ..
    }) = operation.body
    else {
        return found;
    };
    found.push(("its body".to_owned(), request(all.clone(), None)));
    let body = whole.body().unwrap();
    let (of_list, inner) = match Kind::parse(kind).0 {
        Kind::List(inner, _) => (true, inner),
        _ => (false, kind),
    };
    let Kind::Named(type_name) = Kind::parse(inner).0 else {
        return found;
    };
    for (name, _) in needed(type_name) {
        let mut less = body.clone();
        let object = if of_list { less.get_mut(0) } else { Some(&mut less) };
        let removed = object
            .and_then(Value::as_object_mut)
            .and_then(|fields| fields.remove(name));
        if removed.is_some() {
            found.push((name.to_owned(), request(all.clone(), Some(&less))));
        }
    }
    found
}

#[tokio::test]
async fn the_operations_of_oauth_are_in_the_table_too() {
    let world = World::new().await;
    world.anew("ads:write").await;
    let form = |name: &str, body: Value| {
        let call = OperationCall::new(name).unwrap().with_checks(Checks::Off);
        call.with_body(&body).unwrap()
    };
    let conversion = OperationCall::new("oauth/conversion_token").unwrap();
    assert_eq!(
        world.call(&conversion).await.unwrap().data["token_type"],
        "conversion"
    );
    let own = form(
        "oauth/token",
        json!({"grant_type": "client_credentials", "scope": "boards:read"}),
    );
    assert_eq!(
        world.call(&own).await.unwrap().data["response_type"],
        "client_credentials"
    );
    let system = world.control("tokens", json!({"kind": "system"})).await;
    let revoke = form("token/revoke", json!({"token": system["access_token"]}));
    assert_eq!(world.call(&revoke).await.unwrap().status, 200);
    let nothing = form("token/revoke", json!({}));
    assert_eq!(world.call(&nothing).await.unwrap_err().status(), Some(400));
}
