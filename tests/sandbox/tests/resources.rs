//! What a token opens: boards, sections, Pins, media, ad accounts.

// Helpers of a test may fail it; not every test program uses each of them.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, dead_code)]

mod support;

use pinterest_sandbox::Sandbox;
use serde_json::{Value, json};
use support::{Answer, control, request, start};

const ALL: &str = "user_accounts:read,boards:read,boards:write,pins:read,pins:write,ads:read";
const FIRST_BOARD: &str = "5497558600000";

/// A person with a token of some scopes.
struct Person<'a> {
    sandbox: &'a Sandbox,
    headers: String,
}

impl<'a> Person<'a> {
    async fn with(sandbox: &'a Sandbox, scope: &str) -> Self {
        let minted = control(sandbox, "POST", "tokens", json!({"scope": scope})).await;
        let token = minted["access_token"].as_str().unwrap();
        let headers = format!("Authorization: Bearer {token}\r\nContent-Type: application/json\r\n");
        Self { sandbox, headers }
    }

    async fn ask(&self, method: &str, path: &str, body: Value) -> Answer {
        let text = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        request(self.sandbox, method, &format!("/v5{path}"), &self.headers, &text).await
    }

    async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, Value::Null).await
    }

    /// Creates something; gives its id.
    async fn create(&self, path: &str, body: Value) -> String {
        let answer = self.ask("POST", path, body).await;
        assert_eq!(answer.status, 201, "{path}: {}", answer.body);
        answer.json()["id"].as_str().unwrap().to_owned()
    }

    async fn delete(&self, path: &str) {
        let answer = self.ask("DELETE", path, Value::Null).await;
        assert_eq!((answer.status, &*answer.body), (204, ""), "{path}");
        assert!(!answer.head.contains("Content-Length"), "{}", answer.head);
    }

    /// How many entries all pages of a list have.
    async fn count(&self, path: &str) -> (usize, usize) {
        let (mut seen, mut pages, mut bookmark) = (0, 0, String::new());
        loop {
            let page = self.get(&format!("{path}{bookmark}")).await.json();
            seen += page["items"].as_array().unwrap().len();
            pages += 1;
            match page["bookmark"].as_str() {
                Some(next) => bookmark = format!("&bookmark={next}"),
                None => return (seen, pages),
            }
        }
    }
}

fn image(board_id: &str) -> Value {
    json!({"board_id": board_id, "title": "A title", "media_source": {"source_type": "image_url", "url": "https://example.com/a.jpg"}})
}

#[tokio::test]
async fn a_board_is_created_changed_and_deleted() {
    let sandbox = start().await;
    let person = Person::with(&sandbox, ALL).await;
    let id = person
        .create(
            "/boards",
            json!({"name": "Summer", "description": "Warm", "privacy": "PROTECTED"}),
        )
        .await;
    let path = format!("/boards/{id}");
    let board = person.get(&path).await.json();
    assert_eq!(
        (
            &board["name"],
            &board["privacy"],
            &board["pin_count"],
            &board["owner"]["username"]
        ),
        (
            &json!("Summer"),
            &json!("PROTECTED"),
            &json!(0),
            &json!("sandbox_user")
        )
    );
    assert_eq!(
        board["created_at"].as_str().unwrap().len(),
        "2026-01-01T00:00:00".len()
    );
    let changed = person
        .ask("PATCH", &path, json!({"name": "Winter", "description": null}))
        .await;
    assert_eq!((changed.status, &changed.json()["name"]), (200, &json!("Winter")));
    assert_eq!(person.get(&path).await.json()["description"], Value::Null);
    assert_eq!(person.get("/user_account").await.json()["board_count"], 61);
    assert_eq!(person.count("/boards?page_size=25").await, (61, 3));
    assert_eq!(
        person.count("/boards?page_size=250&privacy=PROTECTED").await,
        (1, 1)
    );
    let pin = person.create("/pins", image(&id)).await;
    person.delete(&path).await;
    assert_eq!(person.get(&path).await.refusal(), (404, 40));
    assert_eq!(person.get(&format!("/pins/{pin}")).await.refusal(), (404, 50));
    control(&sandbox, "POST", "reset", Value::Null).await;
    let person = Person::with(&sandbox, ALL).await;
    assert_eq!(person.count("/boards?page_size=20").await, (60, 3));
}

#[tokio::test]
async fn a_page_goes_on_where_the_last_one_ended_though_boards_go() {
    let sandbox = start().await;
    let person = Person::with(&sandbox, ALL).await;
    let page = person.get("/boards?page_size=2").await.json();
    person.delete(&format!("/boards/{FIRST_BOARD}")).await;
    let bookmark = page["bookmark"].as_str().unwrap();
    let next = person
        .get(&format!("/boards?page_size=1&bookmark={bookmark}"))
        .await
        .json();
    assert_eq!(next["items"][0]["name"], "Board 3");
}

#[tokio::test]
async fn a_pin_is_created_found_moved_saved_and_deleted() {
    let sandbox = start().await;
    let person = Person::with(&sandbox, ALL).await;
    let board = person.create("/boards", json!({"name": "Pins"})).await;
    let section = person
        .create(&format!("/boards/{board}/sections"), json!({"name": "Salads"}))
        .await;
    let id = person.create("/pins", image(&board)).await;
    let path = format!("/pins/{id}");
    let pin = person.get(&path).await.json();
    assert_eq!(
        (
            &pin["title"],
            &pin["link"],
            &pin["creative_type"],
            &pin["media"]["media_type"]
        ),
        (
            &json!("A title"),
            &Value::Null,
            &json!("REGULAR"),
            &json!("image")
        )
    );
    assert_eq!(pin["media"]["images"]["600x"]["url"], "https://example.com/a.jpg");
    assert_eq!(person.count("/pins?page_size=25").await, (31, 2));
    assert_eq!(person.count(&format!("/boards/{board}/pins?")).await, (1, 1));

    let moved = person
        .ask(
            "PATCH",
            &path,
            json!({"board_section_id": section, "title": null, "link": "https://example.com/"}),
        )
        .await
        .json();
    assert_eq!(
        (&moved["board_section_id"], &moved["title"], &moved["link"]),
        (&json!(section), &Value::Null, &json!("https://example.com/"))
    );
    assert_eq!(
        person
            .count(&format!("/boards/{board}/sections/{section}/pins?"))
            .await,
        (1, 1)
    );
    // Another board has no such section.
    let elsewhere = json!({"board_id": FIRST_BOARD, "board_section_id": section});
    assert_eq!(person.ask("PATCH", &path, elsewhere).await.refusal(), (404, 2031));
    let gone = person
        .ask("PATCH", &path, json!({"board_id": FIRST_BOARD}))
        .await
        .json();
    assert_eq!(
        (&gone["board_id"], &gone["board_section_id"]),
        (&json!(FIRST_BOARD), &Value::Null)
    );
    let saved = person
        .create(&format!("{path}/save"), json!({"board_id": board}))
        .await;
    let saved = person.get(&format!("/pins/{saved}")).await.json();
    assert_eq!(saved["parent_pin_id"], json!(id));
    person.delete(&path).await;
    assert_eq!(person.get(&path).await.refusal(), (404, 50));
}

#[tokio::test]
async fn sections_are_listed_renamed_and_deleted_with_their_pins() {
    let sandbox = start().await;
    let person = Person::with(&sandbox, ALL).await;
    let list = format!("/boards/{FIRST_BOARD}/sections");
    let one = person.create(&list, json!({"name": "One"})).await;
    person.create(&list, json!({"name": "Two"})).await;
    assert_eq!(person.count(&format!("{list}?page_size=1")).await, (2, 2));
    let path = format!("{list}/{one}");
    let renamed = person.ask("PATCH", &path, json!({"name": "Uno"})).await.json();
    assert_eq!(renamed, json!({"id": one, "name": "Uno"}));
    let mut pin = image(FIRST_BOARD);
    pin["board_section_id"] = json!(one);
    let pin = person.create("/pins", pin).await;
    person.delete(&path).await;
    assert_eq!(person.get(&format!("/pins/{pin}")).await.refusal(), (404, 50));
    assert_eq!(
        person.ask("PATCH", &path, json!({"name": "x"})).await.refusal(),
        (404, 2031)
    );
    let other = format!("/boards/1/sections/{one}");
    assert_eq!(
        person.ask("DELETE", &other, Value::Null).await.refusal(),
        (404, 40)
    );
}

#[tokio::test]
async fn every_kind_of_media_makes_a_pin_and_nothing_else_does() {
    let sandbox = start().await;
    let person = Person::with(&sandbox, ALL).await;
    let (url, data) = (
        json!({"url": "https://example.com/a.jpg"}),
        json!({"content_type": "image/png", "data": "AAAA"}),
    );
    for (source, kind) in [
        (
            json!({"source_type": "image_base64", "content_type": "image/jpeg", "data": "AAAA"}),
            "image",
        ),
        (
            json!({"source_type": "multiple_image_urls", "items": [url, url]}),
            "multiple_images",
        ),
        (
            json!({"source_type": "multiple_image_base64", "items": [data, data]}),
            "multiple_images",
        ),
    ] {
        let body = json!({"board_id": FIRST_BOARD, "media_source": source});
        let answer = person.ask("POST", "/pins", body).await.json();
        assert_eq!(answer["media"]["media_type"], kind, "{source}");
    }
    for (name, value) in [
        ("board_id", Value::Null),
        ("title", json!("x".repeat(101))),
        ("title", json!(7)),
        ("media_source", Value::Null),
        ("media_source", json!({"source_type": "image_url"})),
        ("media_source", json!({"source_type": "video_url", "url": "x"})),
        (
            "media_source",
            json!({"source_type": "multiple_image_urls", "items": [url]}),
        ),
        (
            "media_source",
            json!({"source_type": "image_base64", "content_type": "image/gif", "data": "x"}),
        ),
    ] {
        let mut body = image(FIRST_BOARD);
        body[name] = value.clone();
        assert_eq!(
            person.ask("POST", "/pins", body).await.refusal(),
            (400, 1),
            "{name} {value}"
        );
    }
    for body in [
        Value::Null,
        json!([]),
        json!({"name": ""}),
        json!({"name": "x", "privacy": "OPEN"}),
    ] {
        assert_eq!(
            person.ask("POST", "/boards", body.clone()).await.refusal(),
            (400, 1),
            "{body}"
        );
    }
}

#[tokio::test]
async fn a_video_is_registered_uploaded_processed_and_pinned() {
    let sandbox = start().await;
    let person = Person::with(&sandbox, ALL).await;
    control(&sandbox, "POST", "clock", json!({"frozen": true})).await;
    let media = person
        .ask("POST", "/media", json!({"media_type": "video"}))
        .await
        .json();
    let id = media["media_id"].as_str().unwrap();
    let status = async || person.get(&format!("/media/{id}")).await.json()["status"].clone();
    assert_eq!(status().await, "registered");
    let path = media["upload_url"]
        .as_str()
        .unwrap()
        .strip_prefix("http://sandbox")
        .unwrap();
    let form = "Content-Type: multipart/form-data; boundary=b\r\n";
    let part = |name: &str, value: &str| {
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let key = part("key", media["upload_parameters"]["key"].as_str().unwrap());
    let file = part("file", "bytes") + "--b--\r\n";
    for (headers, body) in [
        (form, file.clone()),
        (form, key.clone()),
        ("", format!("{key}{file}")),
    ] {
        assert_eq!(request(&sandbox, "POST", path, headers, &body).await.status, 400);
    }
    let sent = request(&sandbox, "POST", path, form, &format!("{key}{file}")).await;
    assert_eq!((sent.status, status().await), (204, json!("processing")));
    let mut pin = image(FIRST_BOARD);
    pin["media_source"] =
        json!({"source_type": "video_id", "media_id": id, "cover_image_url": "https://example.com/c.jpg"});
    assert_eq!(person.ask("POST", "/pins", pin.clone()).await.refusal(), (400, 1));
    control(&sandbox, "POST", "clock", json!({"advance_seconds": 1})).await;
    assert_eq!(status().await, "succeeded");
    let made = person.ask("POST", "/pins", pin).await;
    assert_eq!(
        (made.status, &made.json()["creative_type"]),
        (201, &json!("VIDEO"))
    );
    assert_eq!(person.count("/media?page_size=1").await, (1, 1));
    assert_eq!(person.get("/media/1").await.status, 404);
    assert_eq!(
        person
            .ask("POST", "/media", json!({"media_type": "image"}))
            .await
            .refusal(),
        (400, 1)
    );
}

#[tokio::test]
async fn ad_accounts_are_ones_own_and_shared_ones() {
    let sandbox = start().await;
    let person = Person::with(&sandbox, ALL).await;
    assert_eq!(person.count("/ad_accounts?page_size=1").await, (2, 2));
    let own = person
        .get("/ad_accounts?include_shared_accounts=false")
        .await
        .json();
    assert_eq!(own["items"].as_array().unwrap().len(), 1);
    assert_eq!(own["items"][0]["permissions"], json!(["OWNER"]));
    let id = own["items"][0]["id"].as_str().unwrap();
    assert_eq!(
        person.get(&format!("/ad_accounts/{id}")).await.json(),
        own["items"][0]
    );
    assert_eq!(person.get("/ad_accounts/1").await.refusal(), (403, 29));
}

#[tokio::test]
async fn every_endpoint_wants_its_scopes_and_all_of_them() {
    let sandbox = start().await;
    let wanted = |scope: &str| {
        ALL.split(',')
            .filter(|name| *name != scope)
            .collect::<Vec<_>>()
            .join(",")
    };
    for (method, path, scopes) in [
        ("GET", "/user_account", "user_accounts:read"),
        ("GET", "/boards/1", "boards:read"),
        ("POST", "/boards", "boards:read boards:write"),
        ("PATCH", "/boards/1", "boards:read boards:write"),
        ("DELETE", "/boards/1", "boards:read boards:write"),
        ("GET", "/boards/1/sections", "boards:read"),
        ("POST", "/boards/1/sections", "boards:read boards:write"),
        ("GET", "/boards/1/pins", "boards:read pins:read"),
        ("GET", "/pins", "boards:read pins:read"),
        ("POST", "/pins", "boards:read boards:write pins:read pins:write"),
        (
            "DELETE",
            "/pins/1",
            "boards:read boards:write pins:read pins:write",
        ),
        ("POST", "/media", "pins:read pins:write"),
        ("GET", "/media/1", "pins:read"),
        ("GET", "/ad_accounts", "ads:read"),
    ] {
        for scope in scopes.split(' ') {
            let person = Person::with(&sandbox, &wanted(scope)).await;
            let answer = person.ask(method, path, Value::Null).await;
            assert_eq!(answer.refusal(), (401, 3), "{method} {path} without {scope}");
        }
    }
}

#[tokio::test]
async fn secret_boards_have_scopes_of_their_own() {
    let sandbox = start().await;
    let trusted = format!("{ALL},boards:read_secret,boards:write_secret,pins:read_secret,pins:write_secret");
    let owner = Person::with(&sandbox, &trusted).await;
    let other = Person::with(&sandbox, ALL).await;
    let secret = json!({"name": "Secret", "privacy": "SECRET"});
    assert_eq!(
        other.ask("POST", "/boards", secret.clone()).await.refusal(),
        (403, 29)
    );
    let board = owner.create("/boards", secret).await;
    let pin = owner.create("/pins", image(&board)).await;
    for path in [
        format!("/boards/{board}"),
        format!("/boards/{board}/pins"),
        format!("/pins/{pin}"),
    ] {
        assert_eq!(owner.get(&path).await.status, 200, "{path}");
        assert_eq!(other.get(&path).await.refusal(), (403, 29), "{path}");
    }
    assert_eq!(owner.count("/boards?page_size=250").await, (61, 1));
    assert_eq!(other.count("/boards?page_size=250").await, (60, 1));
    assert_eq!(other.count("/pins?page_size=250").await, (30, 1));
    assert_eq!(
        other
            .ask("DELETE", &format!("/boards/{board}"), Value::Null)
            .await
            .refusal(),
        (403, 29)
    );
    assert_eq!(
        other.ask("POST", "/pins", image(&board)).await.refusal(),
        (403, 29)
    );
}
