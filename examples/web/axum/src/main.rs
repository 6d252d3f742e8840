//! "Connect with Pinterest" on a web site, with axum and tower-sessions.
//!
//! Register `http://localhost:8085/callback` as a redirect URI of your app, then:
//!
//! ```text
//! PINTEREST_APP_ID=… PINTEREST_APP_SECRET=… cargo run -p pinterest-example-axum
//! ```
//!
//! `PINTEREST_REDIRECT_URI` changes where it listens; `PINTEREST_API_URI` and `PINTEREST_OAUTH_URI`
//! lead to another server than Pinterest's, such as the sandbox.

use std::env;
use std::fmt::Display;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, Uri, header::CACHE_CONTROL};
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::{get, post};
use pinterest_sdk::{
    Account, ApiClient, ApiRequest, AuthorizationRequest, CallOptions, Configuration, Error,
};
use pinterest_sdk::{MemoryStore, PendingAuthorization, Scope, TokenManager};
use serde::Deserialize;
use tower_sessions::{MemoryStore as SessionStore, Session, SessionManagerLayer, cookie::SameSite};
use url::Url;

type Failure = (StatusCode, String);

#[derive(Clone)]
struct Site {
    pinterest: ApiClient,
    tokens: TokenManager,
    redirect_uri: String,
}

async fn home(State(site): State<Site>, session: Session) -> Result<impl IntoResponse, Failure> {
    let person: Option<String> = session.get("person").await.map_err(failure)?;
    let why: Option<String> = session.remove("why").await.map_err(failure)?;
    let content = match person {
        Some(person) => match greet(&site, &person).await {
            Ok(name) => format!("<h1>Hello, {}!</h1>{LOG_OUT}", escape(&name)),
            Err(error) => format!("<p>{}</p>{LOG_OUT}", escape(&sentence(&error))),
        },
        None => format!("<p>{}</p>{CONNECT}", escape(&why.unwrap_or_default())),
    };
    Ok(([(CACHE_CONTROL, "no-store")], Html(format!("{HEAD}{content}"))))
}

async fn login(State(site): State<Site>, session: Session) -> Result<Redirect, Failure> {
    let request = AuthorizationRequest::new(site.redirect_uri, [Scope::USER_ACCOUNTS_READ]);
    let pending = request.start(&site.pinterest).map_err(failure)?;
    session
        .insert("pending", pending.to_json())
        .await
        .map_err(failure)?;
    Ok(Redirect::to(pending.url()))
}

async fn callback(State(site): State<Site>, session: Session, callback: Uri) -> Result<Redirect, Failure> {
    // Taken out: one attempt for one click on the button.
    let pending: Option<String> = session.remove("pending").await.map_err(failure)?;
    let why = match pending {
        None => "No login was under way in this browser. Press the button.".to_owned(),
        Some(pending) => match complete(&site, &pending, &callback).await {
            Err(error) => sentence(&error),
            Ok(person) => {
                // A new id: whoever knew the old one does not get in (session fixation).
                session.cycle_id().await.map_err(failure)?;
                session.insert("person", person).await.map_err(failure)?;
                return Ok(Redirect::to("/"));
            }
        },
    };
    session.insert("why", why).await.map_err(failure)?;
    Ok(Redirect::to("/"))
}

/// Keeps the person's tokens, and gives their name.
async fn complete(site: &Site, pending: &str, callback: &Uri) -> Result<String, Error> {
    let pending = PendingAuthorization::from_json(pending)?;
    let answer = pending.complete(&site.pinterest, &callback.to_string()).await?;
    let person = username(&site.pinterest, answer.access_token.expose()).await?;
    site.tokens.account(Account::new(&person)?).adopt(answer).await?;
    Ok(person)
}

/// The person's name, by a token that is renewed when it is time.
async fn greet(site: &Site, person: &str) -> Result<String, Error> {
    let token = site.tokens.account(Account::new(person)?).access_token().await?;
    username(&site.pinterest, token.expose()).await
}

async fn logout(session: Session) -> Result<Redirect, Failure> {
    session.flush().await.map_err(failure)?;
    Ok(Redirect::to("/"))
}

/// The part of the answer that is used here.
#[derive(Deserialize)]
struct UserAccount {
    username: String,
}

async fn username(pinterest: &ApiClient, token: &str) -> Result<String, Error> {
    let theirs = pinterest.configuration().clone().with_access_token(token);
    let request = ApiRequest::get("/user_account");
    let account: UserAccount = pinterest
        .reconfigured(theirs)?
        .request(request, &CallOptions::default())
        .await?
        .data;
    Ok(account.username)
}

/// Sessions that cannot be kept, or a wrong configuration.
fn failure(error: impl Display) -> Failure {
    (StatusCode::INTERNAL_SERVER_ERROR, error.to_string())
}

fn sentence(error: &Error) -> String {
    format!("{}. {}", error.message(), error.hint().unwrap_or_default())
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

const HEAD: &str = "<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'>\
    <title>Connect with Pinterest</title><style>:root{color-scheme:light dark;font:1.1rem/1.5 system-ui}\
    body{max-width:32rem;margin:10vh auto;padding:0 1rem}button{font:inherit}</style>";
const CONNECT: &str = "<a href=/login>Connect with Pinterest</a>";
const LOG_OUT: &str = "<form method=post action=/logout><button>Log out</button></form>";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let redirect_uri =
        env::var("PINTEREST_REDIRECT_URI").unwrap_or_else(|_| "http://localhost:8085/callback".into());
    let here = Url::parse(&redirect_uri)?;
    if here.path() == "/" {
        return Err("PINTEREST_REDIRECT_URI needs a path of its own: / is the home page".into());
    }

    // Lax, not Strict: the callback comes from Pinterest's page.
    let sessions = SessionManagerLayer::new(SessionStore::default())
        .with_same_site(SameSite::Lax)
        .with_secure(here.scheme() == "https");
    let pinterest = ApiClient::new(Configuration::from_env())?;
    // Forgotten when the program ends; `FileStore`, or a store of your own over your database, keeps them.
    let tokens = TokenManager::new(pinterest.clone(), MemoryStore::new(), Account::new("nobody")?)?;
    let app = Router::new()
        .route("/", get(home))
        .route("/login", get(login))
        .route(here.path(), get(callback))
        .route("/logout", post(logout))
        .layer(sessions)
        .with_state(Site {
            pinterest,
            tokens,
            redirect_uri,
        });
    let port = here
        .port_or_known_default()
        .ok_or("the redirect URI has no port")?;
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    println!("http://localhost:{port}/");
    axum::serve(listener, app).await?;
    Ok(())
}
