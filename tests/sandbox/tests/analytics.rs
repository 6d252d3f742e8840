//! Analytics: of the account and its Pins, and of what is advertised.

// Helpers of a test may fail it; not every test program uses each of them.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, dead_code)]

mod support;

use serde_json::json;
use support::person::{ALL, Person};
use support::{in_january, words};

const OWN: &str = "/ad_accounts/549760000000";
const SHARED: &str = "/ad_accounts/549760000001";
const CAMPAIGN: &str = "626735565838";
const AD_GROUP: &str = "2680060704746";
const AD: &str = "687195134316";
const PIN: &str = "813744226420000000";
/// A Thursday, and the Wednesday after: 100 to 700 impressions.
const WEEK: &str = "start_date=2026-01-01&end_date=2026-01-07";

#[tokio::test]
async fn the_accounts_analytics_are_the_sum_of_its_pins() {
    let sandbox = in_january().await;
    let person = Person::with(&sandbox, ALL).await;
    let path =
        format!("/pins/{PIN}/analytics?{WEEK}&metric_types=IMPRESSION,SAVE_RATE,TOTAL_COMMENTS,VIDEO_START");
    let pin = &person.get(&path).await.json()["all"];
    assert_eq!(
        pin["summary_metrics"],
        json!({"IMPRESSION": 2800, "SAVE_RATE": 0.02, "VIDEO_START": 0})
    );
    assert_eq!(pin["lifetime_metrics"], json!({"TOTAL_COMMENTS": 0}));
    let days = pin["daily_metrics"].as_array().unwrap();
    assert_eq!(days.len(), 7);
    assert_eq!(
        days[6],
        json!({"data_status": "READY", "date": "2026-01-07", "metrics": {"IMPRESSION": 700, "SAVE_RATE": 0.02, "VIDEO_START": 0}})
    );
    let account = person
        .get(&format!("/user_account/analytics?{WEEK}"))
        .await
        .json();
    let sum = &account["all"]["summary_metrics"];
    assert_eq!(
        (&sum["IMPRESSION"], &sum["PIN_CLICK_RATE"]),
        (&json!(84_000), &json!(0.1))
    );
    assert_eq!(
        (sum.as_object().unwrap().len(), &sum["PIN_CLICK"]),
        (9, &json!(8400))
    );
    assert_eq!(account["all"]["daily_metrics"][0]["metrics"]["SAVE"], 60);
}

#[tokio::test]
async fn what_is_asked_of_analytics_must_be_there_and_right() {
    let sandbox = in_january().await;
    let person = Person::with(&sandbox, ALL).await;
    let user = "/user_account/analytics?";
    let pin = &format!("/pins/{PIN}/analytics?metric_types=SAVE&");
    let ads = &format!("{OWN}/analytics?columns=SPEND_IN_DOLLAR&granularity=DAY&");
    for path in [user, pin, ads] {
        for (query, status) in [
            ("start_date=2025-10-12&end_date=2026-01-10", 200),
            ("", 400),
            ("start_date=2026-01-01", 400),
            ("end_date=2026-01-01", 400),
            ("start_date=2026-01-02&end_date=2026-01-01", 400),
            ("start_date=2026-1-1&end_date=2026-01-02", 400),
            ("start_date=2026-01-01&end_date=2026-01-32", 400),
            ("start_date=2025-10-11&end_date=2026-01-01", 400),
            ("start_date=2025-10-12&end_date=2026-01-11", 400),
        ] {
            assert_eq!(
                person.get(&format!("{path}{query}")).await.status,
                status,
                "{path}{query}"
            );
        }
    }
    for (path, refusal) in [
        (format!("{user}{WEEK}&metric_types=LOVE"), (400, 1)),
        (format!("{user}{WEEK}&split_field=LOVE"), (400, 1)),
        (format!("{user}{WEEK}&split_field=APP_TYPE"), (501, 0)),
        (format!("{user}{WEEK}&ad_account_id=1"), (403, 29)),
        (format!("/pins/{PIN}/analytics?{WEEK}"), (400, 1)),
        (format!("/pins/1/analytics?{WEEK}&metric_types=SAVE"), (404, 50)),
        (format!("{OWN}/analytics?{WEEK}&granularity=DAY"), (400, 1)),
        (format!("{OWN}/analytics?{WEEK}&columns=REPIN_1"), (400, 1)),
        (
            format!("{OWN}/analytics?{WEEK}&columns=REPIN_1&granularity=YEAR"),
            (400, 1),
        ),
        (
            format!("{OWN}/analytics?{WEEK}&columns=REPIN_1&granularity=HOUR"),
            (501, 0),
        ),
        (
            format!("{OWN}/campaigns/analytics?{WEEK}&columns=REPIN_1&granularity=DAY"),
            (400, 1),
        ),
        (
            format!("{OWN}/ad_groups/analytics?{WEEK}&columns=REPIN_1&granularity=DAY"),
            (400, 1),
        ),
        (
            format!("{OWN}/ads/analytics?{WEEK}&columns=REPIN_1&granularity=DAY&pin_ids={PIN}"),
            (400, 1),
        ),
        (
            format!("/ad_accounts/1/analytics?{WEEK}&columns=REPIN_1&granularity=DAY"),
            (403, 29),
        ),
        (
            format!("/ad_accounts/1/ads/analytics?{WEEK}&columns=REPIN_1&granularity=DAY&ad_ids=1"),
            (403, 29),
        ),
    ] {
        assert_eq!(person.get(&path).await.refusal(), refusal, "{path}");
    }
    let as_other = format!("{user}{WEEK}&ad_account_id=549760000001&split_field=NO_SPLIT");
    assert_eq!(person.get(&as_other).await.status, 200);
}

#[tokio::test]
async fn an_ads_analytics_are_those_of_all_that_it_belongs_to() {
    let sandbox = in_january().await;
    let person = Person::with(&sandbox, ALL).await;
    let columns = "columns=SPEND_IN_DOLLAR,TOTAL_CLICKTHROUGH,ROAS,CAMPAIGN_ID";
    for (path, column, id) in [
        ("analytics?".to_owned(), "AD_ACCOUNT_ID", "549760000000"),
        (
            format!("campaigns/analytics?campaign_ids=1,{CAMPAIGN}&"),
            "CAMPAIGN_ID",
            CAMPAIGN,
        ),
        (
            format!("ad_groups/analytics?ad_group_ids={AD_GROUP}&"),
            "AD_GROUP_ID",
            AD_GROUP,
        ),
        (format!("ads/analytics?ad_ids={AD}&"), "AD_ID", AD),
        (
            format!("ads/analytics?campaign_ids={CAMPAIGN}&pin_ids={PIN}&"),
            "AD_ID",
            AD,
        ),
    ] {
        let path = format!("{OWN}/{path}{columns}&{WEEK}");
        let mut row = json!({"SPEND_IN_DOLLAR": 28, "TOTAL_CLICKTHROUGH": 280});
        row[column] = json!(id);
        if column != "AD_ACCOUNT_ID" {
            row["CAMPAIGN_ID"] = json!(CAMPAIGN);
        }
        let total = person.get(&format!("{path}&granularity=TOTAL")).await.json();
        assert_eq!(total, json!([row]), "{path}");
        let days = person.get(&format!("{path}&granularity=DAY")).await.json();
        assert_eq!(
            (days.as_array().unwrap().len(), &days[2]["DATE"]),
            (7, &json!("2026-01-03"))
        );
        assert_eq!(days[2]["SPEND_IN_DOLLAR"], 3);
    }
    let other = format!("{SHARED}/analytics?{WEEK}&granularity=TOTAL&{columns}");
    assert_eq!(person.get(&other).await.json()[0]["SPEND_IN_DOLLAR"], 0);
    for none in [
        "campaigns/analytics?campaign_ids=1".to_owned(),
        "ad_groups/analytics?ad_group_ids=1".to_owned(),
        "ads/analytics?ad_ids=1".to_owned(),
        format!("ads/analytics?campaign_ids=1&pin_ids={PIN}"),
        format!("ads/analytics?campaign_ids={CAMPAIGN}&pin_ids=1"),
    ] {
        let path = format!("{OWN}/{none}&{columns}&{WEEK}&granularity=TOTAL");
        assert_eq!(person.get(&path).await.json(), json!([]), "{path}");
    }
    for (granularity, dates) in [
        ("WEEK", &["2025-12-29", "2026-01-05"][..]),
        ("MONTH", &["2025-12-01", "2026-01-01"]),
    ] {
        let path = format!(
            "{OWN}/analytics?columns=TOTAL_IMPRESSION&start_date=2025-12-31&end_date=2026-01-07&granularity={granularity}"
        );
        let rows = person.get(&path).await.json();
        assert_eq!(words(&rows, "DATE"), dates);
        let sum: i64 = rows
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|row| row["TOTAL_IMPRESSION"].as_i64())
            .sum();
        assert_eq!(sum, 3500);
    }
}
