//! Logs in with one of Rust's OAuth clients: `peers oauth2 | async-oauth2`.

use std::collections::HashMap;
use std::env::{args, var};
use std::error::Error;

use url::Url;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

struct Given {
    api: String,
    page: String,
    token_url: String,
    app_id: String,
    app_secret: String,
    redirect_uri: String,
    scopes: Vec<String>,
}

/// The code of the callback of whoever opened the page.
fn ask(page: &Url) -> Result<String> {
    println!("{page}");
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    let callback = Url::parse(line.trim())?;
    let mut fields: HashMap<_, _> = callback.query_pairs().into_owned().collect();
    fields.remove("code").ok_or_else(|| line.into())
}

async fn tell(given: &Given, access_token: &str, refreshed: &str) -> Result<()> {
    let request = reqwest::Client::new()
        .get(format!("{}/user_account", given.api))
        .bearer_auth(refreshed);
    let account: serde_json::Value = serde_json::from_slice(&request.send().await?.bytes().await?)?;
    let username = &account["username"];
    println!(
        "{}",
        serde_json::json!({"access_token": access_token, "refreshed": refreshed, "username": username})
    );
    Ok(())
}

async fn with_oauth2(given: &Given) -> Result<()> {
    use oauth2::basic::BasicClient;
    use oauth2::{
        AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, PkceCodeChallenge, RedirectUrl, Scope,
        TokenResponse, TokenUrl,
    };

    let client = BasicClient::new(ClientId::new(given.app_id.clone()))
        .set_client_secret(ClientSecret::new(given.app_secret.clone()))
        .set_auth_uri(AuthUrl::new(given.page.clone())?)
        .set_token_uri(TokenUrl::new(given.token_url.clone())?)
        .set_redirect_uri(RedirectUrl::new(given.redirect_uri.clone())?);
    let http = oauth2::reqwest::ClientBuilder::new()
        .redirect(oauth2::reqwest::redirect::Policy::none())
        .build()?;
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let scopes = given.scopes.iter().cloned().map(Scope::new);
    let request = client.authorize_url(CsrfToken::new_random).add_scopes(scopes);
    let (page, _) = request.set_pkce_challenge(challenge).url();
    let code = AuthorizationCode::new(ask(&page)?);
    let token = client
        .exchange_code(code)
        .set_pkce_verifier(verifier)
        .request_async(&http)
        .await?;
    let refresh_token = token.refresh_token().ok_or("no refresh token")?;
    let refreshed = client
        .exchange_refresh_token(refresh_token)
        .request_async(&http)
        .await?;
    tell(
        given,
        token.access_token().secret(),
        refreshed.access_token().secret(),
    )
    .await
}

async fn with_async_oauth2(given: &Given) -> Result<()> {
    use async_oauth2::{Client, StandardToken, State, Token};

    let mut client = Client::new(&given.app_id, given.page.parse()?, given.token_url.parse()?);
    client.set_client_secret(&given.app_secret);
    client.set_redirect_url(given.redirect_uri.parse()?);
    for scope in &given.scopes {
        client.add_scope(scope);
    }
    let http = reqwest::Client::new();
    let code = ask(&client.authorize_url(&State::new_random()))?;
    let token = client
        .exchange_code(code)
        .with_reqwest_client(&http)
        .execute::<StandardToken>()
        .await?;
    let refresh_token = token.refresh_token().ok_or("no refresh token")?;
    let refreshed = client
        .exchange_refresh_token(refresh_token)
        .with_reqwest_client(&http)
        .execute::<StandardToken>()
        .await?;
    tell(
        given,
        token.access_token().as_ref(),
        refreshed.access_token().as_ref(),
    )
    .await
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let api = var("PINTEREST_API_URI")?;
    let given = Given {
        token_url: format!("{api}/oauth/token"),
        api,
        page: var("PINTEREST_OAUTH_URI")?,
        app_id: var("PINTEREST_APP_ID")?,
        app_secret: var("PINTEREST_APP_SECRET")?,
        redirect_uri: var("REDIRECT_URI")?,
        scopes: var("SCOPES")?.split(' ').map(str::to_owned).collect(),
    };
    match args().nth(1).as_deref() {
        Some("oauth2") => with_oauth2(&given).await,
        Some("async-oauth2") => with_async_oauth2(&given).await,
        other => Err(format!("no such client: {other:?}").into()),
    }
}
