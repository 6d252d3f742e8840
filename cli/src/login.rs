//! `pinterest login`.

use std::time::Duration;

use tokio::time::timeout;

use super::arguments::Login;
use super::clock::now;
use super::failure::Failure;
use super::profile_report;
use super::screen::{BAD, BOLD, GOOD, Screen, WARNING};
use super::secret_input;
use super::settings::{Settings, redirect_uri};
use pinterest_sdk::store::StoredToken;
use pinterest_sdk::{
    ApiClient, ApiRequest, AuthorizationRequest, CallOptions, ErrorKind, LoopbackLogin,
    OauthAccessTokenResponse, PendingAuthorization, Scope, open_browser,
};

/// How often a pasted address may be wrong.
const ATTEMPTS: usize = 5;
/// How long to wait for the person's name, which is only a courtesy.
const COURTESY: Duration = Duration::from_secs(5);

/// Logs a person in and keeps the tokens. That they can be kept is made sure before anything else.
pub(crate) async fn log_in(settings: &Settings, options: &Login, screen: &Screen) -> Result<(), Failure> {
    let request = authorization(options);
    let client = settings.client().await?;
    // Not held while the person is at Pinterest: other programs renew the old tokens meanwhile.
    settings.store.lock(&settings.profile).await?.reserve()?.give_up();

    let token = obtain(&client, &request, options, screen).await?;
    let configuration = client.configuration();
    let app_id = configuration.username.clone().unwrap_or_default();
    let mut stored = StoredToken::new(configuration.host.clone(), app_id, token, now());
    if options.keep_app_secret {
        stored.app_secret.clone_from(&configuration.password);
    }
    let lock = settings.store.lock(&settings.profile).await?;
    let aside = lock.reserve()?.save(&stored)?;
    stored.account = account(settings, &stored).await;
    if stored.account.is_some() {
        lock.reserve()?.save(&stored)?;
    }
    drop(lock);

    let path = settings.store.path(&settings.profile);
    if let Some(aside) = aside {
        screen.say(format_args!(
            "{WARNING}warning:{WARNING:#} the profile's old file could not be read; it is kept as {}",
            aside.display()
        ));
    }
    if screen.is_json() {
        return screen.print(profile_report::as_json(&settings.profile, &path, &stored, now()));
    }
    match &stored.account {
        Some(name) => screen.say(format_args!(
            "{GOOD}✓{GOOD:#} Hello, {BOLD}{name}{BOLD:#}! You are connected to Pinterest."
        )),
        None => screen.say(format_args!("{GOOD}✓{GOOD:#} You are connected to Pinterest.")),
    }
    screen.print(profile_report::for_people(
        &settings.profile,
        &path,
        &stored,
        now(),
    ))
}

fn authorization(options: &Login) -> AuthorizationRequest {
    let mut request = AuthorizationRequest::new(
        redirect_uri(options.redirect_uri.as_deref()),
        Scope::parse_list(&options.scopes),
    )
    .with_lifetime(Duration::from_secs(options.wait));
    if options.pkce {
        request = request.with_pkce();
    }
    if options.continuous_refresh {
        request = request.with_continuous_refresh();
    }
    request
}

async fn obtain(
    client: &ApiClient,
    request: &AuthorizationRequest,
    options: &Login,
    screen: &Screen,
) -> Result<OauthAccessTokenResponse, Failure> {
    if options.no_browser {
        return pasted(client, request, screen).await;
    }
    let login = LoopbackLogin::start(client, request)?;
    screen.say("Opening Pinterest in your browser. If nothing opens, go to this address, or end this and use --no-browser:");
    screen.say(format_args!("  {}", login.url()));
    let url = login.url().to_owned();
    // Beside the wait: a browser may take its time, or the whole terminal.
    let opened = tokio::task::spawn_blocking(move || open_browser(&url));
    let spinner = screen.spinner("waiting for your answer (Ctrl-C stops)");
    let mut finished = std::pin::pin!(login.finish());
    let token = tokio::select! {
        biased;
        token = &mut finished => token,
        opened = opened => {
            if let Ok(Err(error)) = opened {
                screen.say(format_args!(
                    "{WARNING}{}.{WARNING:#} Open that address here by hand; from another machine, use --no-browser.",
                    error.message()
                ));
            }
            finished.await
        }
    };
    drop(spinner);
    Ok(token?)
}

/// Takes the address that the browser ended at from standard input. A wrong one can be put right.
async fn pasted(
    client: &ApiClient,
    request: &AuthorizationRequest,
    screen: &Screen,
) -> Result<OauthAccessTokenResponse, Failure> {
    let pending = request.start(client)?;
    screen.say("Open this address in any browser, and allow it:");
    screen.say(format_args!("  {}", pending.url()));
    screen.say("The browser then goes to an address that need not load. Paste it here:");
    for _ in 1..ATTEMPTS {
        let address = address(&pending).await?;
        match pending.check(client, &address) {
            // Nothing was sent, and the right address can still come.
            Err(error) if pending.expires_at() > now() => {
                screen.say(format_args!(
                    "{BAD}{}.{BAD:#} Paste the whole address:",
                    error.message()
                ));
            }
            _ => return Ok(pending.complete(client, &address).await?),
        }
    }
    Ok(pending.complete(client, &address(&pending).await?).await?)
}

/// A pasted address.
async fn address(pending: &PendingAuthorization) -> Result<String, Failure> {
    let left = u64::try_from(pending.expires_at() - now()).unwrap_or_default();
    let line = timeout(Duration::from_secs(left), secret_input::line())
        .await
        .map_err(|_| Failure::Found {
            kind: ErrorKind::Network,
            what: "nobody pasted an address in time".into(),
            hint: "start the login again; --wait gives more time".into(),
        })??;
    line.ok_or_else(|| {
        Failure::usage(
            "the input ended before an address came",
            "paste the address that the browser ended at, and press Enter",
        )
    })
}

/// The person's name, if the token may ask for it.
async fn account(settings: &Settings, stored: &StoredToken) -> Option<String> {
    let mut configuration = settings.bearer(stored).ok()?.configuration().clone();
    configuration.timeout = COURTESY;
    let client = ApiClient::new(configuration).ok()?;
    let request = ApiRequest::get("/user_account");
    let answer = client
        .request::<serde_json::Value>(request, &CallOptions::default())
        .await
        .ok()?;
    let name = answer.data["username"].as_str()?;
    Some(name.chars().filter(|c| !c.is_control()).take(100).collect())
}
