//! Greets the account that a token belongs to, and lists its boards page by page.
//!
//! Reads `PINTEREST_ACCESS_TOKEN` (scopes `user_accounts:read` and `boards:read`), and
//! `PINTEREST_API_URI` if it differs from the default.

use std::env;
use std::error::Error;

use pinterest_sdk::{ApiClient, ApiRequest, CallOptions, Configuration};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut configuration = Configuration::default().with_access_token(env::var("PINTEREST_ACCESS_TOKEN")?);
    if let Ok(host) = env::var("PINTEREST_API_URI") {
        configuration = configuration.with_host(host);
    }
    let client = ApiClient::new(configuration)?;
    let options = CallOptions::default();

    let account = client
        .request(&ApiRequest::get("/user_account"), &options)
        .await?;
    println!(
        "Hello, {}",
        account.data["username"].as_str().unwrap_or("stranger")
    );

    let mut bookmark: Option<String> = None;
    loop {
        let mut request = ApiRequest::get("/boards").with_query("page_size", "25");
        if let Some(bookmark) = &bookmark {
            request = request.with_query("bookmark", bookmark);
        }
        let page = client.request(&request, &options).await?;
        for board in page.data["items"].as_array().into_iter().flatten() {
            println!("{}", board["name"].as_str().unwrap_or_default());
        }
        bookmark = page.data["bookmark"].as_str().map(str::to_owned);
        if bookmark.is_none() {
            break;
        }
    }
    Ok(())
}
