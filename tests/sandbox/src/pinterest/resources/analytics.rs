//! `/user_account/analytics` and `/pins/{pin_id}/analytics`. The account's are the sum of its Pins'.

use serde_json::{Map, Value, json};

use super::period::{AT_ONCE, Period};
use super::query::{check_one_of, list, parameter, required, required_list};
use super::{Answer, Call, Refusal, ad_accounts, pins};
use crate::http::Response;

/// Metrics of the account, with how many of them come with a thousand impressions. One that ends in
/// `_RATE` is the share in them.
const METRICS: [(&str, i64); 9] = [
    ("ENGAGEMENT", 170),
    ("ENGAGEMENT_RATE", 170),
    ("IMPRESSION", 1000),
    ("OUTBOUND_CLICK", 50),
    ("OUTBOUND_CLICK_RATE", 50),
    ("PIN_CLICK", 100),
    ("PIN_CLICK_RATE", 100),
    ("SAVE", 20),
    ("SAVE_RATE", 20),
];
/// Metrics of a Pin; those that the account does not have are zero.
const PIN_METRICS: [&str; 15] = [
    "IMPRESSION",
    "OUTBOUND_CLICK",
    "PIN_CLICK",
    "SAVE",
    "SAVE_RATE",
    "TOTAL_COMMENTS",
    "TOTAL_REACTIONS",
    "USER_FOLLOW",
    "PROFILE_VISIT",
    "VIDEO_MRC_VIEW",
    "VIDEO_10S_VIEW",
    "QUARTILE_95_PERCENT_VIEW",
    "VIDEO_V50_WATCH_TIME",
    "VIDEO_START",
    "VIDEO_AVG_WATCH_TIME",
];
/// Those that are counted over a Pin's whole life.
const LIFETIME: [&str; 2] = ["TOTAL_COMMENTS", "TOTAL_REACTIONS"];

pub(super) fn of_account(call: &mut Call<'_>) -> Answer {
    let known = METRICS.map(|(name, _)| name);
    let mut metrics = list(call.request, "metric_types");
    if metrics.is_empty() {
        metrics = known.map(str::to_owned).to_vec();
    }
    let splits = ["NO_SPLIT", "APP_TYPE", "OWNED_CONTENT", "SOURCE", "PIN_FORMAT"];
    let series = series(call, &metrics, &known, &splits)?;
    let pins = i64::try_from(call.world.content.pins.iter().count()).unwrap_or(i64::MAX);
    let series: Vec<_> = series
        .into_iter()
        .map(|(date, impressions)| (date, impressions.saturating_mul(pins)))
        .collect();
    Ok(Response::json(200, &json!({"all": describe(&metrics, &series)})))
}

pub(super) fn of_pin(call: &mut Call<'_>) -> Answer {
    pins::of_call(call)?;
    let asked = required_list(call.request, "metric_types")?;
    let series = series(call, &asked, &PIN_METRICS, &["NO_SPLIT", "APP_TYPE"])?;
    let (lifetime, metrics): (Vec<_>, Vec<_>) = asked
        .into_iter()
        .partition(|name| LIFETIME.contains(&name.as_str()));
    let mut all = describe(&metrics, &series);
    all["lifetime_metrics"] = values(&lifetime, 0);
    Ok(Response::json(200, &json!({"all": all})))
}

/// The days that a request asks for, with a Pin's impressions, once its parameters are right.
fn series(
    call: &Call<'_>,
    metrics: &[String],
    known: &[&str],
    splits: &[&str],
) -> Result<Vec<(String, i64)>, Refusal> {
    let request = call.request;
    let (start, end) = (required(request, "start_date")?, required(request, "end_date")?);
    let period = Period::new(&start, &end, call.world.clock.now(), &AT_ONCE)?;
    for name in metrics {
        check_one_of("metric_types", Some(name), known)?;
    }
    let split = parameter(request, "split_field");
    check_one_of("split_field", split.as_deref(), splits)?;
    if split.is_some_and(|split| split != "NO_SPLIT") {
        return Err(Refusal::lacking());
    }
    if let Some(id) = parameter(request, "ad_account_id") {
        ad_accounts::named(call, &id)?;
    }
    period.series("DAY")
}

fn describe(metrics: &[String], series: &[(String, i64)]) -> Value {
    let days: Vec<_> = series
        .iter()
        .map(|(date, impressions)| {
            json!({"data_status": "READY", "date": date, "metrics": values(metrics, *impressions)})
        })
        .collect();
    let sum = series
        .iter()
        .fold(0_i64, |sum, (_, impressions)| sum.saturating_add(*impressions));
    json!({"daily_metrics": days, "summary_metrics": values(metrics, sum)})
}

/// Metrics with their values where something was seen so many times.
fn values(metrics: &[String], impressions: i64) -> Value {
    let mut values = Map::new();
    for name in metrics {
        let of_thousand = METRICS.iter().find(|(metric, _)| metric == name);
        let of_thousand = of_thousand.map_or(0, |(_, number)| *number);
        let value = if name.ends_with("_RATE") {
            // At most a thousand.
            json!(f64::from(i16::try_from(of_thousand).unwrap_or_default()) / 1000.0)
        } else {
            json!(impressions.saturating_mul(of_thousand) / 1000)
        };
        values.insert(name.clone(), value);
    }
    Value::Object(values)
}
