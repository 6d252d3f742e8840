//! Analytics of ad accounts, campaigns, ad groups and ads, each the sum of its ads', and what metrics
//! they have.

use serde_json::{Map, Value, json};

use super::advertised::{AD, AD_GROUP, CAMPAIGN, Kind};
use super::fields::Fields;
use super::period::{AT_ONCE, Period};
use super::query::{check_one_of, list, parameter, required, required_list};
use super::{Answer, Call, Refusal, ad_accounts};
use crate::content::Content;
use crate::http::Response;

/// Metrics, with how many of them come with a thousand impressions, and their words.
const METRICS: [(&str, i64, &str); 10] = [
    ("CLICKTHROUGH_1", 100, "Pin clicks"),
    ("IMPRESSION_1", 1000, "Impressions"),
    ("OUTBOUND_CLICK_1", 50, "Outbound clicks"),
    ("PAID_IMPRESSION", 1000, "Paid impressions"),
    ("REPIN_1", 20, "Saves"),
    ("SPEND_IN_DOLLAR", 10, "Spend"),
    ("SPEND_IN_MICRO_DOLLAR", 10_000_000, "Spend in microdollars"),
    ("TOTAL_CLICKTHROUGH", 100, "Total Pin clicks"),
    ("TOTAL_ENGAGEMENT", 170, "Total engagements"),
    ("TOTAL_IMPRESSION", 1000, "Total impressions"),
];

/// Something that has analytics: its column, its id, and the ids of what it belongs to.
pub(super) struct Subject {
    column: &'static str,
    id: String,
    owners: Vec<(&'static str, String)>,
    ads: i64,
}

/// What is to be known of some subjects.
pub(super) struct Question {
    pub(super) period: Period,
    pub(super) granularity: String,
    pub(super) columns: Vec<String>,
    /// Rows that one of these does not pass are left out.
    pub(super) filters: Vec<Filter>,
}

/// Rows with more, or less, of a metric.
pub(super) struct Filter {
    metric: String,
    is_more: bool,
    than: f64,
}

impl Filter {
    pub(super) fn of(fields: &Fields) -> Result<Self, Refusal> {
        let metric = fields.required("field", 30)?.to_owned();
        fields.one_of("field", &["SPEND_IN_DOLLAR", "TOTAL_IMPRESSION"])?;
        let is_more = fields.required("operator", 30)? == "GREATER_THAN";
        fields.one_of("operator", &["LESS_THAN", "GREATER_THAN"])?;
        let than = fields.get("values").and_then(|values| values.get(0)?.as_f64());
        let than = than.ok_or_else(|| Refusal::invalid("Invalid value for values: not a list of numbers"))?;
        Ok(Self {
            metric,
            is_more,
            than,
        })
    }

    fn passes(&self, impressions: i64) -> bool {
        let value = json!(metric(&self.metric, impressions))
            .as_f64()
            .unwrap_or_default();
        if self.is_more {
            value > self.than
        } else {
            value < self.than
        }
    }
}

pub(super) fn of_ad_account(call: &mut Call<'_>) -> Answer {
    ad_accounts::of_call(call)?;
    at_once(call, &[ad_account(call)])
}

pub(super) fn of_campaigns(call: &mut Call<'_>) -> Answer {
    named(call, &CAMPAIGN)
}

pub(super) fn of_ad_groups(call: &mut Call<'_>) -> Answer {
    named(call, &AD_GROUP)
}

/// By their ids, or by those of their campaigns and Pins.
pub(super) fn of_ads(call: &mut Call<'_>) -> Answer {
    if parameter(call.request, AD.ids).is_some() {
        return named(call, &AD);
    }
    ad_accounts::of_call(call)?;
    let (campaigns, pins) = (list(call.request, "campaign_ids"), list(call.request, "pin_ids"));
    if campaigns.is_empty() || pins.is_empty() {
        return Err(Refusal::invalid(
            "Missing required parameter 'ad_ids', or both 'campaign_ids' and 'pin_ids'",
        ));
    }
    let mut ads = all(call, &AD);
    ads.retain(|ad| {
        let is_among = |owner: &str, ids: &[String]| {
            ad.owners
                .iter()
                .any(|(name, id)| *name == owner && ids.contains(id))
        };
        is_among("campaign_id", &campaigns) && is_among("pin_id", &pins)
    });
    at_once(call, &ads)
}

/// The metrics that ads have here.
pub(super) fn metrics(call: &mut Call<'_>) -> Answer {
    let report = parameter(call.request, "report_type");
    check_one_of("report_type", report.as_deref(), &["SYNC", "ASYNC"])?;
    let items = METRICS.map(|(name, _, words)| {
        json!({"name": name, "category": "ADS", "display_name": words, "definition": words})
    });
    Ok(Response::json(200, &json!({"items": items})))
}

/// The ad account that the path names.
pub(super) fn ad_account(call: &Call<'_>) -> Subject {
    Subject {
        column: "ad_account_id",
        id: call.id(0).to_owned(),
        owners: Vec::new(),
        ads: ads(&call.world.content, "ad_account_id", call.id(0)),
    }
}

/// All of a kind that the ad account has.
pub(super) fn all(call: &Call<'_>, kind: &Kind) -> Vec<Subject> {
    let content = &call.world.content;
    let shelves = (kind.of)(content);
    let here = shelves
        .from(0)
        .filter(|(_, one)| one.owner("ad_account_id") == Some(call.id(0)));
    here.map(|(place, one)| {
        let id = shelves.id(place);
        Subject {
            column: kind.id,
            ads: ads(content, kind.id, &id),
            owners: one.owners.clone(),
            id,
        }
    })
    .collect()
}

/// A row for each subject and date, with the columns that have a value.
pub(super) fn rows(subjects: &[Subject], question: &Question) -> Result<Vec<Map<String, Value>>, Refusal> {
    let series = question.period.series(&question.granularity)?;
    let mut rows = Vec::new();
    for subject in subjects {
        for (date, impressions) in &series {
            let impressions = impressions * subject.ads;
            if !question.filters.iter().all(|filter| filter.passes(impressions)) {
                continue;
            }
            let mut row = Map::new();
            row.insert(subject.column.to_uppercase(), json!(subject.id));
            if question.granularity != "TOTAL" {
                row.insert("DATE".into(), json!(date));
            }
            for column in &question.columns {
                let owner = subject
                    .owners
                    .iter()
                    .find(|(name, _)| name.eq_ignore_ascii_case(column));
                let value = owner
                    .map(|(_, id)| json!(id))
                    .or_else(|| metric(column, impressions).map(Value::from));
                if let Some(value) = value {
                    row.insert(column.clone(), value);
                }
            }
            rows.push(row);
        }
    }
    Ok(rows)
}

fn metric(column: &str, impressions: i64) -> Option<i64> {
    let (_, of_thousand, _) = METRICS.iter().find(|(name, ..)| *name == column)?;
    Some(impressions * of_thousand / 1000)
}

/// How many ads belong to it.
fn ads(content: &Content, column: &str, id: &str) -> i64 {
    let all = content.ads.from(0);
    let its = all.filter(|(place, ad)| {
        ad.owner(column) == Some(id) || column == AD.id && content.ads.id(*place) == id
    });
    i64::try_from(its.count()).unwrap_or(i64::MAX)
}

/// Those of a kind that the request names.
fn named(call: &Call<'_>, kind: &Kind) -> Answer {
    ad_accounts::of_call(call)?;
    let ids = required_list(call.request, kind.ids)?;
    let mut subjects = all(call, kind);
    subjects.retain(|subject| ids.contains(&subject.id));
    at_once(call, &subjects)
}

fn at_once(call: &Call<'_>, subjects: &[Subject]) -> Answer {
    let request = call.request;
    let (start, end) = (required(request, "start_date")?, required(request, "end_date")?);
    let question = Question {
        period: Period::new(&start, &end, call.world.clock.now(), &AT_ONCE)?,
        columns: required_list(request, "columns")?,
        granularity: required(request, "granularity")?,
        filters: Vec::new(),
    };
    Ok(Response::json(200, &json!(rows(subjects, &question)?)))
}
