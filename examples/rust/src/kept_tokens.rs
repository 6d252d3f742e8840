//! Gives a valid access token of an account every time it is run, renewed when it is time.
//!
//! Reads `PINTEREST_APP_ID` and `PINTEREST_APP_SECRET`, `PINTEREST_CODE` the first time, `TOKENS` (a folder; the
//! command line's unless set) and `PINTEREST_API_URI` if it differs from the default.

use std::env;
use std::process::ExitCode;

use pinterest_sdk::{
    Account, ApiClient, Configuration, Error, FileStore, OauthAccessTokenRequest, OauthApi, TokenManager,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match use_tokens().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // What happened and what to do; never a token.
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn use_tokens() -> Result<(), Error> {
    let client = ApiClient::new(Configuration::from_env())?;
    let store = match env::var_os("TOKENS") {
        Some(folder) => FileStore::new(folder),
        None => FileStore::in_data_folder()?,
    };
    let tokens = TokenManager::new(client.clone(), store, Account::new("shop-1")?)?;

    if let Ok(code) = env::var("PINTEREST_CODE") {
        let request = OauthAccessTokenRequest::authorization_code(code, "http://localhost:8085/");
        tokens
            .adopt(OauthApi::new(client).oauth_token(request).await?)
            .await?;
    }

    let token = tokens.access_token().await?;
    println!("a token of {} characters", token.expose().len());
    println!("{}", tokens.status().await?.state.name());
    Ok(())
}
