//! What a token manager gave, as the JSON text that crosses the border.

use pinterest_sdk::store::{Failure, Life};
use pinterest_sdk::{AccessToken, Account, Error, TokenEvent, TokenManager, TokenStatus};
use serde::Serialize;
use serde_json::{Value, json};

use crate::answer_json::{Text, fields, written};

/// An outcome, and whether the process would lose something if it ended now.
#[derive(Serialize)]
struct Outcome<T> {
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<T>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    busy: Option<bool>,
}

#[derive(Serialize)]
struct Given<'a> {
    token: &'a str,
    /// Seconds since 1970.
    #[serde(rename = "freshUntil")]
    fresh_until: i64,
}

fn outcome<T: Serialize>(manager: &TokenManager, result: Result<T, &Error>) -> Text {
    ended(Some(manager.is_busy()), result)
}

fn ended<T: Serialize>(busy: Option<bool>, result: Result<T, &Error>) -> Text {
    let (data, error) = match result {
        Ok(data) => (Some(data), None),
        Err(error) => (None, Some(fields(error))),
    };
    written(&Outcome { data, error, busy })
}

/// The outcome of asking for a token.
pub(crate) fn given(manager: &TokenManager, token: &Result<AccessToken, Error>) -> Text {
    let given = token.as_ref().map(|token| Given {
        token: token.expose(),
        fresh_until: token.fresh_until(),
    });
    outcome(manager, given)
}

/// The outcome of what gives a value without secrets.
pub(crate) fn plain<T: Serialize>(manager: &TokenManager, result: &Result<T, Error>) -> Text {
    outcome(manager, result.as_ref())
}

/// The outcome of what was done to accounts.
pub(crate) fn accounts(result: Result<Vec<Account>, Error>) -> Text {
    let names = |accounts: Vec<Account>| accounts.iter().map(Account::to_string).collect::<Vec<_>>();
    ended(None, result.map(names).as_ref())
}

/// How an account's tokens stand.
pub(crate) fn status(manager: &TokenManager, status: &Result<TokenStatus, Error>) -> Text {
    let life = |life: Life| json!({ "issuedAt": life.issued_at, "expiresAt": life.expires_at });
    let failure = |failure: &Failure| {
        json!({
            "failures": failure.failures,
            "failedAt": failure.failed_at,
            "until": failure.until,
            "kind": failure.kind,
            "message": failure.message,
        })
    };
    let shown = status.as_ref().map(|status| {
        json!({
            "state": status.state.name(),
            "scope": status.scope,
            "accessLife": status.access_life.map(life),
            "refreshLife": status.refresh_life.map(life),
            "failure": status.failure.as_ref().map(failure),
            "asked": status.asked,
            "unsaved": status.unsaved,
            "store": status.store,
        })
    });
    outcome(manager, shown)
}

/// An event, to a manager by JavaScript's number.
pub(crate) fn event(to: u32, event: &TokenEvent) -> Text {
    let event = json!({
        "kind": event.kind.name(),
        "account": event.account.as_str(),
        "error": event.error.as_ref().map(fields),
        "at": event.at,
    });
    Text::new(json!({ "to": to, "event": event }).to_string())
}
