//! Greets the account that a token belongs to, and lists its boards page by page.
//!
//! Reads `PINTEREST_ACCESS_TOKEN` (scopes `user_accounts:read` and `boards:read`), and
//! `PINTEREST_API_URI` if it differs from the default.

use std::process::ExitCode;

use futures_util::TryStreamExt;
use pinterest_sdk::{ApiClient, ApiRequest, CallOptions, Configuration, Error, OperationCall};
use serde::Deserialize;

/// The part of an answer that is used here; `serde_json::Value` reads any.
#[derive(Deserialize)]
struct Account {
    username: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match greet().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // What happened and what to do; never a token.
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn greet() -> Result<(), Error> {
    let client = ApiClient::new(Configuration::from_env())?;
    let options = CallOptions::default();

    let request = ApiRequest::get("/user_account");
    let account: Account = client.request(request, &options).await?.data;
    println!("Hello, {}", account.username);

    let call = OperationCall::new("boards/list")?.with("page_size", 25);
    let mut boards = client.pages(call, &options)?.into_items();
    while let Some(board) = boards.try_next().await? {
        println!("{}", board["name"].as_str().unwrap_or_default());
    }
    Ok(())
}
