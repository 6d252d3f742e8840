//! Pins, and the media that they are made of.

// Helpers of a test may fail it; not every test program uses each of them.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, dead_code)]

mod support;

use serde_json::{Value, json};
use support::person::{ALL, FIRST_BOARD, Person, image};
use support::{control, request, start};

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
    assert_eq!(
        pin["media"]["images"]["600x"],
        json!({"url": "https://example.com/a.jpg", "width": 600, "height": 900})
    );
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
