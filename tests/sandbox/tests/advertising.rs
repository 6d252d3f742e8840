//! What is advertised, reports and terms.

// Helpers of a test may fail it; not every test program uses each of them.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, dead_code)]

mod support;

use serde_json::{Value, json};
use support::person::{ALL, Person};
use support::{control, in_january, request, start, words};

const OWN: &str = "/ad_accounts/549760000000";
const SHARED: &str = "/ad_accounts/549760000001";
const CAMPAIGN: &str = "626735565838";
const AD_GROUP: &str = "2680060704746";
const AD: &str = "687195134316";
const PIN: &str = "813744226420000000";

#[tokio::test]
async fn the_own_ad_account_has_a_campaign_with_an_ad_group_with_an_ad() {
    let sandbox = start().await;
    let person = Person::with(&sandbox, ALL).await;
    for (kind, query, found) in [
        ("campaigns", "", Some(CAMPAIGN)),
        ("campaigns", "?campaign_ids=626735565838", Some(CAMPAIGN)),
        (
            "campaigns",
            "?campaign_ids=1&campaign_ids=626735565838",
            Some(CAMPAIGN),
        ),
        ("campaigns", "?campaign_ids=1,2", None),
        (
            "campaigns",
            "?entity_statuses=ACTIVE&order=DESCENDING",
            Some(CAMPAIGN),
        ),
        ("campaigns", "?entity_statuses=PAUSED", None),
        ("ad_groups", "?campaign_ids=626735565838", Some(AD_GROUP)),
        ("ad_groups", "?campaign_ids=1", None),
        (
            "ads",
            "?campaign_ids=626735565838&ad_group_ids=2680060704746",
            Some(AD),
        ),
        ("ads", "?ad_group_ids=1", None),
        ("ads", "?ad_ids=687195134316", Some(AD)),
    ] {
        let page = person.get(&format!("{OWN}/{kind}{query}")).await.json();
        assert_eq!(page["bookmark"], Value::Null);
        let found: Vec<_> = found.into_iter().collect();
        assert_eq!(words(&page["items"], "id"), found, "{kind}{query}");
    }
    let ad = &person.get(&format!("{OWN}/ads")).await.json()["items"][0];
    for (name, value) in [
        ("ad_account_id", "549760000000"),
        ("campaign_id", CAMPAIGN),
        ("ad_group_id", AD_GROUP),
        ("pin_id", PIN),
        ("status", "ACTIVE"),
        ("type", "pinpromotion"),
    ] {
        assert_eq!(ad[name], value, "{name}");
    }
    for kind in ["campaigns", "ad_groups", "ads"] {
        assert_eq!(person.count(&format!("{SHARED}/{kind}?")).await, (0, 1));
        for (path, refusal) in [
            (format!("/ad_accounts/1/{kind}"), (403, 29)),
            (format!("{OWN}/{kind}?entity_statuses=GONE"), (400, 1)),
            (format!("{OWN}/{kind}?order=UP"), (400, 1)),
            (format!("{OWN}/{kind}?page_size=0"), (400, 1)),
        ] {
            assert_eq!(person.get(&path).await.refusal(), refusal, "{path}");
        }
    }
}

#[tokio::test]
async fn a_report_is_in_progress_then_finished_then_expired() {
    let sandbox = in_january().await;
    let person = Person::with(&sandbox, ALL).await;
    let path = format!("{OWN}/reports");
    let mut wanted = json!({
        "start_date": "2026-01-01", "end_date": "2026-01-07", "granularity": "DAY", "level": "PIN_PROMOTION",
        "columns": ["IMPRESSION_1", "CLICKTHROUGH_1"], "report_format": "CSV",
        "metrics_filters": [{"field": "SPEND_IN_DOLLAR", "operator": "GREATER_THAN", "values": [5]}],
    });
    let asked = person.ask("POST", &path, wanted.clone()).await;
    let report = asked.json();
    assert_eq!(
        (asked.status, &report["report_status"]),
        (200, &json!("IN_PROGRESS"))
    );
    let token = format!("token={}", report["token"].as_str().unwrap());
    let state = async |query: &str| person.get(&format!("{path}?{query}")).await.json();
    let unfinished = json!({"report_status": "IN_PROGRESS", "url": null, "size": null});
    assert_eq!(state(&token).await, unfinished);
    assert_eq!(state("token=other").await["report_status"], "DOES_NOT_EXIST");
    let elsewhere = person.get(&format!("{SHARED}/reports?{token}")).await.json();
    assert_eq!(elsewhere["report_status"], "DOES_NOT_EXIST");

    let advance = async |seconds: i64| {
        control(&sandbox, "POST", "clock", json!({"advance_seconds": seconds})).await;
    };
    advance(1).await;
    let finished = state(&token).await;
    assert_eq!(finished["report_status"], "FINISHED");
    // Whoever has the address can fetch it.
    let address = finished["url"]
        .as_str()
        .unwrap()
        .strip_prefix("http://sandbox")
        .unwrap();
    assert!(address.contains("/metrics_report.csv?"), "{address}");
    let file = request(&sandbox, "GET", address, "", "").await;
    let text = "AD_ID,CLICKTHROUGH_1,DATE,IMPRESSION_1\n687195134316,60,2026-01-06,600\n687195134316,70,2026-01-07,700\n";
    assert_eq!((file.status, file.body.as_str()), (200, text));
    assert_eq!(finished["size"], text.len());
    advance(300).await;
    assert_eq!(request(&sandbox, "GET", address, "", "").await.status, 403);
    let lost = address.replace("/report-downloads/", "/report-downloads/x");
    assert_eq!(request(&sandbox, "GET", &lost, "", "").await.status, 404);
    advance(3300).await;
    assert_eq!(state(&token).await["report_status"], "EXPIRED");

    wanted["report_format"] = json!("JSON");
    wanted["level"] = json!("ADVERTISER");
    wanted["granularity"] = json!("TOTAL");
    wanted["metrics_filters"][0]["operator"] = json!("LESS_THAN");
    wanted["metrics_filters"][0]["values"] = json!([28.5]);
    control(
        &sandbox,
        "PATCH",
        "switches",
        json!({"report_processing_seconds": 0}),
    )
    .await;
    let report = person.ask("POST", &path, wanted).await.json();
    let finished = state(&format!("token={}", report["token"].as_str().unwrap())).await;
    let address = finished["url"]
        .as_str()
        .unwrap()
        .strip_prefix("http://sandbox")
        .unwrap();
    assert_eq!(
        request(&sandbox, "GET", address, "", "").await.json(),
        json!([{"AD_ACCOUNT_ID": "549760000000", "CLICKTHROUGH_1": 280, "IMPRESSION_1": 2800}])
    );
}

#[tokio::test]
async fn a_report_must_be_asked_for_rightly() {
    let sandbox = in_january().await;
    let person = Person::with(&sandbox, ALL).await;
    let right = json!({
        "start_date": "2026-01-01", "end_date": "2026-01-07", "granularity": "DAY", "level": "CAMPAIGN",
        "columns": ["REPIN_1"],
    });
    let filter = |field: &str, operator: &str, values: Value| json!([{"field": field, "operator": operator, "values": values}]);
    for (name, value, refusal) in [
        ("start_date", Value::Null, (400, 1)),
        ("start_date", json!("2023-07-09"), (400, 1)),
        ("end_date", Value::Null, (400, 1)),
        ("end_date", json!("2026-07-07"), (400, 1)),
        ("granularity", Value::Null, (400, 1)),
        ("granularity", json!("YEAR"), (400, 1)),
        ("level", Value::Null, (400, 1)),
        ("level", json!("SKY"), (400, 1)),
        ("level", json!("KEYWORD"), (501, 0)),
        ("columns", Value::Null, (400, 1)),
        ("columns", json!([]), (400, 1)),
        ("columns", json!("REPIN_1"), (400, 1)),
        ("report_format", json!("XML"), (400, 1)),
        ("metrics_filters", json!({}), (400, 1)),
        (
            "metrics_filters",
            filter("REPIN_1", "LESS_THAN", json!([1])),
            (400, 1),
        ),
        (
            "metrics_filters",
            filter("SPEND_IN_DOLLAR", "IS", json!([1])),
            (400, 1),
        ),
        (
            "metrics_filters",
            filter("SPEND_IN_DOLLAR", "LESS_THAN", json!(1)),
            (400, 1),
        ),
    ] {
        let mut wrong = right.clone();
        wrong[name] = value.clone();
        let answer = person.ask("POST", &format!("{OWN}/reports"), wrong).await;
        assert_eq!(answer.refusal(), refusal, "{name}: {value}");
    }
    let elsewhere = person.ask("POST", "/ad_accounts/1/reports", right.clone()).await;
    assert_eq!(elsewhere.refusal(), (403, 29));
    assert_eq!(
        person.ask("POST", &format!("{OWN}/reports"), right).await.status,
        200
    );
    assert_eq!(person.get(&format!("{OWN}/reports")).await.refusal(), (400, 1));
}

#[tokio::test]
async fn terms_are_related_to_each_and_suggested_for_one() {
    let sandbox = start().await;
    let person = Person::with(&sandbox, ALL).await;
    let related = person.get("/terms/related?terms=workout,yoga").await.json();
    assert_eq!(
        (&related["id"], &related["related_term_count"]),
        (&json!("workout"), &json!(4))
    );
    assert_eq!(words(&related["related_terms_list"], "term"), ["workout", "yoga"]);
    assert_eq!(related["related_terms_list"][1]["related_terms"][0], "yoga ideas");
    for (query, count) in [
        ("term=yoga", 4),
        ("term=yoga&limit=1", 1),
        ("term=yoga&limit=10", 10),
    ] {
        let suggested = person.get(&format!("/terms/suggested?{query}")).await.json();
        assert_eq!(suggested.as_array().unwrap().len(), count, "{query}");
    }
    for path in [
        "/terms/related",
        "/terms/suggested",
        "/terms/suggested?term=yoga&limit=0",
        "/terms/suggested?term=yoga&limit=11",
        "/terms/suggested?term=yoga&limit=many",
    ] {
        assert_eq!(person.get(path).await.refusal(), (400, 1), "{path}");
    }
    let metrics = person
        .get("/resources/delivery_metrics?report_type=ASYNC")
        .await
        .json();
    assert!(words(&metrics["items"], "name").contains(&"CLICKTHROUGH_1".to_owned()));
    let wrong = person.get("/resources/delivery_metrics?report_type=LATE").await;
    assert_eq!(wrong.refusal(), (400, 1));
}
