//! All three grants, one after another.
//!
//! Reads `PINTEREST_APP_ID`, `PINTEREST_APP_SECRET` and `PINTEREST_CODE`, the one-time code from
//! your redirect URI; `PINTEREST_REDIRECT_URI` and `PINTEREST_API_URI` if they differ from the
//! defaults.

use std::env::{self, VarError};
use std::error::Error;
use std::process::ExitCode;
use std::time::Instant;

use pinterest_sdk::{ApiClient, Configuration, OauthAccessTokenRequest, OauthAccessTokenResponse, OauthApi};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match three_grants().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // What happened and what to do; never a token or a secret.
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn three_grants() -> Result<(), Box<dyn Error>> {
    let redirect_uri = env::var("PINTEREST_REDIRECT_URI").unwrap_or_else(|_| "http://localhost:8085/".into());
    let api = OauthApi::new(ApiClient::new(Configuration::from_env())?);

    let code = setting("PINTEREST_CODE")?;
    let token = run(
        &api,
        OauthAccessTokenRequest::authorization_code(code, redirect_uri),
    )
    .await?;
    let refresh_token = token
        .refresh_token
        .ok_or("no refresh token came with the code's answer")?;
    run(&api, OauthAccessTokenRequest::refresh_token(refresh_token)).await?;
    run(
        &api,
        OauthAccessTokenRequest::client_credentials("user_accounts:read,pins:read,boards:read"),
    )
    .await?;
    Ok(())
}

/// Makes one call and prints one row about it.
async fn run(
    api: &OauthApi,
    request: OauthAccessTokenRequest,
) -> Result<OauthAccessTokenResponse, pinterest_sdk::Error> {
    let grant = request.grant_type().to_owned();
    let started = Instant::now();
    let token = api.oauth_token(request).await?;
    println!(
        "{:<8} {grant:<20} {:<20} {:<8} {:<10} {:>8.1}",
        "rust",
        token.response_type.as_ref().map_or("none", |kind| kind.as_str()),
        token.access_token.expose().chars().take(5).collect::<String>() + "…",
        token
            .expires_in
            .map_or("unknown".into(), |seconds| format!("{} days", seconds / 86_400)),
        started.elapsed().as_secs_f64() * 1000.0,
    );
    Ok(token)
}

fn setting(name: &str) -> Result<String, String> {
    env::var(name).map_err(|error| match error {
        VarError::NotPresent => format!("set {name}"),
        VarError::NotUnicode(_) => format!("{name} is not text"),
    })
}
