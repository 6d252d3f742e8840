//! Calls of operations, and their pages.

use std::collections::BTreeMap;
use std::sync::Arc;

use pinterest_sdk::operations::{Checks, Operation, take_items};
use pinterest_sdk::{
    Account, ApiClient, ApiResponse, CallOptions, OperationCall, Pages, Secret, TokenManager,
};
use serde_json::Value;
use serde_json::value::RawValue;
use tokio::sync::Mutex;

use crate::client::NativeClient;
use crate::error::NativeError;
use crate::models::json_text;
use crate::numbered::Numbered;
use crate::operations::NativeOperationAnswer;
use crate::outcome::NativeOutcome;
use crate::request::NativeOptions;
use crate::tokens::MANAGERS;

/// Pages that can be turned.
static PAGES: Numbered<Arc<Turning>> = Numbered::new();

/// The pages of an operation; one waits for the other who turns them.
struct Turning {
    operation: Operation,
    pages: Mutex<Pages>,
}

/// What is checked before a request is sent.
#[derive(Debug, Clone, Copy, uniffi::Enum)]
pub enum NativeChecks {
    Off,
    Usual,
    Strict,
}

impl From<NativeChecks> for Checks {
    fn from(checks: NativeChecks) -> Self {
        match checks {
            NativeChecks::Off => Self::Off,
            NativeChecks::Usual => Self::Usual,
            NativeChecks::Strict => Self::Strict,
        }
    }
}

/// An account of a manager, by its number.
#[derive(Debug, uniffi::Record)]
pub struct NativeAccount {
    pub manager: u64,
    pub account: String,
}

impl NativeAccount {
    #[allow(clippy::result_large_err)] // It crosses the border field by field; a box would not.
    fn tokens(&self) -> Result<TokenManager, NativeError> {
        let manager = MANAGERS.get(self.manager);
        let manager = manager.ok_or_else(|| NativeError::unexpected("this TokenManager is closed"))?;
        Ok(manager.account(Account::new(self.account.as_str())?))
    }
}

/// A call of an operation by its name. Any of its texts may be a secret, the name in the wrong place.
#[derive(Debug, uniffi::Record)]
pub struct NativeOperationCall {
    pub name: Secret,
    /// A JSON object.
    pub arguments: Secret,
    /// JSON.
    pub body: Option<Secret>,
    pub checks: NativeChecks,
    /// Whose token it has, in place of the client's.
    pub tokens: Option<NativeAccount>,
    pub options: NativeOptions,
}

impl NativeOperationCall {
    /// The call, whose token it has, and what it does differently.
    #[allow(clippy::result_large_err)] // It crosses the border field by field; a box would not.
    fn into_core(self) -> Result<(OperationCall, Option<TokenManager>, CallOptions), NativeError> {
        let mut call = OperationCall::new(self.name.expose())?
            .with_checks(self.checks.into())
            .with_json_arguments(self.arguments.expose())?;
        if let Some(body) = self.body {
            call = call.with_json_body(body.expose().to_owned())?;
        }
        let tokens = self.tokens.map(|account| account.tokens()).transpose()?;
        Ok((call, tokens, self.options.into()))
    }

    /// Makes it. Dropping the future ends it.
    #[allow(clippy::result_large_err)] // It crosses the border field by field; a box would not.
    pub(crate) async fn perform(self, client: ApiClient) -> Result<NativeOutcome, NativeError> {
        let (call, tokens, options) = self.into_core()?;
        let answer = match tokens {
            Some(tokens) => client.call_with(&tokens, &call, &options).await?,
            None => client.call(&call, &options).await?,
        };
        Ok(NativeOutcome::OperationAnswer {
            answer: NativeOperationAnswer::of(call.operation(), answer),
        })
    }
}

/// The pages of an operation; they cannot be turned once it is dropped.
#[derive(Debug, uniffi::Object)]
pub struct NativePages {
    number: u64,
}

#[uniffi::export]
impl NativePages {
    /// Asks for nothing yet.
    ///
    /// # Errors
    ///
    /// `InvalidInput` for what is no call of an operation that has pages.
    #[uniffi::constructor]
    #[allow(clippy::result_large_err)] // It crosses the border field by field; a box would not.
    pub fn new(client: &NativeClient, call: NativeOperationCall) -> Result<Arc<Self>, NativeError> {
        let (call, tokens, options) = call.into_core()?;
        // Before anybody waits for the first page.
        call.request()?;
        let operation = call.operation().clone();
        let pages = match tokens {
            Some(tokens) => client.client.pages_with(&tokens, call, &options)?,
            None => client.client.pages(call, &options)?,
        };
        let number = PAGES.keep(Arc::new(Turning {
            operation,
            pages: Mutex::new(pages),
        }));
        Ok(Arc::new(Self { number }))
    }

    /// What a call names them by.
    pub fn number(&self) -> u64 {
        self.number
    }
}

impl Drop for NativePages {
    fn drop(&mut self) {
        PAGES.take(self.number);
    }
}

/// The next page as it came; none after the last. If the future is dropped, the page is asked for again.
#[allow(clippy::result_large_err)] // It crosses the border field by field; a box would not.
pub(crate) async fn next_page(number: u64) -> Result<NativeOutcome, NativeError> {
    let turning = turning(number)?;
    let page = turning.pages.lock().await.next().await.transpose()?;
    Ok(NativeOutcome::Page {
        page: page.map(|page| NativeOperationAnswer::of(&turning.operation, page)),
    })
}

/// The items of the next page, each as it came.
#[allow(clippy::result_large_err)] // It crosses the border field by field; a box would not.
pub(crate) async fn next_items(number: u64) -> Result<NativeOutcome, NativeError> {
    let page = turning(number)?.pages.lock().await.next().await.transpose()?;
    let items = match page {
        Some(mut page) => Some(items(&mut page)?),
        None => None,
    };
    Ok(NativeOutcome::Items { items })
}

#[allow(clippy::result_large_err)] // It crosses the border field by field; a box would not.
fn turning(number: u64) -> Result<Arc<Turning>, NativeError> {
    PAGES
        .get(number)
        .ok_or_else(|| NativeError::unexpected("these pages are closed"))
}

/// From the text, since a parsed number may have lost digits.
#[allow(clippy::result_large_err)] // It crosses the border field by field; a box would not.
fn items(page: &mut ApiResponse<Value>) -> Result<Vec<Secret>, NativeError> {
    take_items(&mut page.data)?;
    let text = json_text(page);
    let mut fields: BTreeMap<String, &RawValue> = serde_json::from_str(&text).unwrap_or_default();
    let items = fields.remove("items").map_or("[]", RawValue::get);
    let items: Vec<&RawValue> = serde_json::from_str(items).unwrap_or_default();
    Ok(items.into_iter().map(|item| Secret::from(item.get())).collect())
}
