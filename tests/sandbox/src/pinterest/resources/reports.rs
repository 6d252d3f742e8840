//! `/ad_accounts/{ad_account_id}/reports`: a report is asked for, made in a while, and fetched elsewhere.

use serde_json::{Map, Value, json};

use super::ad_analytics::Filter;
use super::advertised::{AD, AD_GROUP, CAMPAIGN};
use super::fields::Fields;
use super::period::{Period, Reach};
use super::query::{parameter, required};
use super::{Answer, Call, Refusal, ad_accounts, ad_analytics};
use crate::content::Report;
use crate::http::{Request, Response};
use crate::tokens::random;
use crate::world::World;

/// Where the files are, in place of Pinterest's storage elsewhere.
const FILES: &str = "/report-downloads/";
/// How long a report can be fetched once it was asked for, and an address of it, in seconds.
const REPORT_LIFETIME: i64 = 3600;
const ADDRESS_LIFETIME: i64 = 300;
const REACH: Reach = Reach {
    back: 914,
    length: 186,
};
const LEVELS: [&str; 13] = [
    "ADVERTISER",
    "ADVERTISER_TARGETING",
    "CAMPAIGN",
    "CAMPAIGN_TARGETING",
    "AD_GROUP",
    "AD_GROUP_TARGETING",
    "PIN_PROMOTION",
    "PIN_PROMOTION_TARGETING",
    "KEYWORD",
    "PRODUCT_GROUP",
    "PRODUCT_GROUP_TARGETING",
    "PRODUCT_ITEM",
    "PRODUCT_ITEM_TARGETING",
];

pub(super) fn create(call: &mut Call<'_>) -> Answer {
    ad_accounts::of_call(call)?;
    let fields = Fields::of(call.request)?;
    let (start, end) = (
        fields.required("start_date", 10)?,
        fields.required("end_date", 10)?,
    );
    let question = ad_analytics::Question {
        period: Period::new(start, end, call.world.clock.now(), &REACH)?,
        granularity: fields.required("granularity", 10)?.to_owned(),
        columns: fields.texts("columns")?,
        filters: if fields.has("metrics_filters") {
            let filters = fields.objects("metrics_filters")?;
            filters.iter().map(Filter::of).collect::<Result<_, _>>()?
        } else {
            Vec::new()
        },
    };
    fields.required("level", 30)?;
    let subjects = match fields.one_of("level", &LEVELS)? {
        Some("ADVERTISER") => vec![ad_analytics::ad_account(call)],
        Some("CAMPAIGN") => ad_analytics::all(call, &CAMPAIGN),
        Some("AD_GROUP") => ad_analytics::all(call, &AD_GROUP),
        Some("PIN_PROMOTION") => ad_analytics::all(call, &AD),
        _ => return Err(Refusal::lacking()),
    };
    let rows = ad_analytics::rows(&subjects, &question)?;
    let (content_type, file) = match fields.one_of("report_format", &["JSON", "CSV"])? {
        Some("CSV") => ("text/csv", table(&rows)),
        _ => ("application/json", json!(rows).to_string()),
    };
    let report = Report {
        ad_account_id: call.id(0).to_owned(),
        asked_at: call.world.clock.now(),
        content_type,
        file,
    };
    let token = random(24);
    call.world.content.reports.insert(&token, report);
    Ok(Response::json(
        200,
        &json!({"report_status": "IN_PROGRESS", "token": token, "message": null}),
    ))
}

pub(super) fn get(call: &mut Call<'_>) -> Answer {
    ad_accounts::of_call(call)?;
    let token = required(call.request, "token")?;
    let now = call.world.clock.now();
    let report = call.world.content.reports.get(&token);
    let report = report.filter(|report| report.ad_account_id == call.id(0));
    let needed = i64::from(call.world.switches.report_processing_seconds);
    let status = match report {
        None => "DOES_NOT_EXIST",
        Some(report) if now < report.asked_at + needed => "IN_PROGRESS",
        Some(report) if now >= report.asked_at + REPORT_LIFETIME => "EXPIRED",
        Some(_) => "FINISHED",
    };
    let finished = report.filter(|_| status == "FINISHED");
    let url = finished.map(|report| {
        let kind = report.content_type.rsplit('/').next().unwrap_or_default();
        let until = now + ADDRESS_LIFETIME;
        let here = call.base();
        format!("{here}{FILES}{token}/metrics_report.{kind}?expires={until}")
    });
    let size = finished.map(|report| report.file.len());
    Ok(Response::json(
        200,
        &json!({"report_status": status, "url": url, "size": size}),
    ))
}

pub(crate) fn is_download(path: &str) -> bool {
    path.starts_with(FILES)
}

/// The file, for who has its address: there is nothing else to show.
pub(crate) fn download(world: &World, request: &Request) -> Response {
    let token = request.path.strip_prefix(FILES).unwrap_or_default();
    let token = token.split('/').next().unwrap_or_default();
    let Some(report) = world.content.reports.get(token) else {
        return Response::error(404, "no report has this address");
    };
    let until = parameter(request, "expires").and_then(|text| text.parse().ok());
    if until.is_none_or(|until: i64| world.clock.now() >= until) {
        return Response::error(
            403,
            "an address is good for five minutes: ask for the report again",
        );
    }
    Response::file(report.content_type, &report.file)
}

/// Comma-separated values; none has a comma in it.
fn table(rows: &[Map<String, Value>]) -> String {
    let head = rows
        .first()
        .map(|row| row.keys().cloned().collect::<Vec<_>>().join(","));
    let mut lines: Vec<String> = head.into_iter().collect();
    for row in rows {
        let cells: Vec<_> = row
            .values()
            .map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
            .collect();
        lines.push(cells.join(","));
    }
    // Every line has an end, the last one, too.
    lines.push(String::new());
    lines.join("\n")
}
