//! Greets the account that a token belongs to, and lists its boards page by page.
//!
//! Reads `PINTEREST_ACCESS_TOKEN` (scopes `user_accounts:read` and `boards:read`), and
//! `PINTEREST_API_URI` if it differs from the default.

use std::process::ExitCode;

use pinterest_sdk::{ApiClient, ApiRequest, CallOptions, Configuration, Error};
use serde::Deserialize;

/// The part of an answer that is used here; `serde_json::Value` reads any.
#[derive(Deserialize)]
struct Account {
    username: String,
}

#[derive(Deserialize)]
struct Board {
    name: String,
}

#[derive(Deserialize)]
struct Page {
    items: Vec<Board>,
    bookmark: Option<String>,
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

    let mut bookmark: Option<String> = None;
    loop {
        let mut request = ApiRequest::get("/boards").with_query("page_size", "25");
        if let Some(bookmark) = &bookmark {
            request = request.with_query("bookmark", bookmark);
        }
        let page: Page = client.request(request, &options).await?.data;
        for board in page.items {
            println!("{}", board.name);
        }
        bookmark = page.bookmark;
        if bookmark.is_none() {
            break;
        }
    }
    Ok(())
}
