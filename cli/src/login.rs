//! `pinterest login`.

use std::error::Error as _;
use std::path::PathBuf;
use std::pin::pin;
use std::thread;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::timeout;

use super::arguments::Login;
use super::clock::now;
use super::failure::Failure;
use super::input;
use super::interruption::Finishing;
use super::paint::{BAD, BOLD, GOOD, WARNING};
use super::phrases::phrase;
use super::profile_report::{self, warn_of_copies};
use super::scopes;
use super::screen::{Screen, Spinner};
use super::settings::{Settings, lock, redirect_uri};
use super::text::VisibleLine;
use pinterest_sdk::session::Need;
use pinterest_sdk::store::{Lock, Room, Settled, StoreKey, StoredToken};
use pinterest_sdk::{
    ApiClient, ApiRequest, AuthorizationRequest, CallOptions, Configuration, Error, ErrorKind, LoopbackLogin,
    OauthAccessTokenRequest, OauthAccessTokenResponse, OauthApi, PendingAuthorization, Scope, WaitingBrowser,
    open_browser,
};

/// How often a pasted address may be wrong.
const ATTEMPTS: usize = 5;
/// How long the person's browser waits to hear that the tokens are kept.
const UNTOLD: Duration = Duration::from_secs(2);
/// How long to wait for the person's name, which is only a courtesy.
const COURTESY: Duration = Duration::from_secs(5);

/// Logs a person in and keeps the tokens. That they can be kept is made sure before anything else.
pub(crate) async fn log_in(settings: &Settings, options: &Login, screen: &Screen) -> Result<(), Failure> {
    let request = authorization(options);
    for doubt in scopes::doubts(&Scope::parse_list(&options.scopes)) {
        screen.say(format_args!(
            "{WARNING}warning:{WARNING:#} {}",
            VisibleLine(&doubt)
        ));
    }
    let client = settings.client().await?;
    warn_of_another(settings, client.configuration(), screen);
    if !options.keep_app_secret {
        settings.warn_of_secret(screen);
    }
    // The profile is not locked while the person is at Pinterest: other programs renew the old
    // tokens meanwhile.
    let room = settings.store.reserve(&settings.profile)?;

    let obtained = obtain(&client, &request, options, screen).await;
    let obtained = obtained.map_err(|failure| settings.name_secret(failure, None))?;
    let configuration = client.configuration();
    let app_id = configuration.username.clone().unwrap_or_default();
    let mut stored = StoredToken::new(
        configuration.host.clone(),
        app_id,
        obtained.token,
        settings.clock.now(),
    );
    // Whatever the answer calls it.
    stored.client_credentials |= options.client_credentials;
    if options.keep_app_secret {
        stored.app_secret.clone_from(&configuration.password);
    }
    let mut aside = Vec::new();
    let keeping = keep(settings, room, stored, obtained.finishing, &mut aside);
    let kept = match obtained.browser {
        Some(browser) => and_tell(browser, keeping, screen).await,
        None => keeping.await,
    };
    // Whatever it takes to say something, nothing waited for it.
    drop(obtained.spinner);
    warn_of_copies(screen, &aside);
    let mut stored = kept?;
    if let Some(name) = account(settings, &stored).await {
        stored.account = Some(name);
        // Without it nothing is lost.
        let _ = add_account(settings, &stored).await;
    }

    welcome(settings, &stored, screen)
}

/// Says who is connected, and what is kept.
pub(crate) fn welcome(settings: &Settings, stored: &StoredToken, screen: &Screen) -> Result<(), Failure> {
    let path = settings.store.path(&settings.profile);
    if screen.is_json() {
        return screen.print(profile_report::as_json(&settings.profile, &path, stored, now()));
    }
    match &stored.account {
        Some(name) => screen.say(format_args!(
            "{GOOD}✓{GOOD:#} Hello, {BOLD}{}{BOLD:#}! You are connected to Pinterest.",
            VisibleLine(name)
        )),
        None => screen.say(format_args!("{GOOD}✓{GOOD:#} You are connected to Pinterest.")),
    }
    screen.print(profile_report::for_people(
        &settings.profile,
        &path,
        stored,
        now(),
    ))
}

/// Says that the login replaces that of another app or environment.
pub(crate) fn warn_of_another(settings: &Settings, asked: &Configuration, screen: &Screen) {
    let Ok(Some(kept)) = settings.store.read(&settings.profile) else {
        return;
    };
    let app_id = asked.username.clone().unwrap_or_default();
    if StoreKey::new(asked.host.clone(), app_id, settings.profile.clone()).is_of(&kept) {
        return;
    }
    let what = format!(
        "this login replaces that of the app {} at {} in the profile `{}`; --profile NAME keeps both",
        kept.app_id, kept.host, settings.profile
    );
    screen.say(format_args!(
        "{WARNING}warning:{WARNING:#} {}",
        VisibleLine(&what)
    ));
}

/// A token that Pinterest gave and nobody has kept yet.
struct Obtained<'a> {
    token: OauthAccessTokenResponse,
    /// A stop waits as long as it is the only copy.
    finishing: Finishing<'a>,
    /// Waits to hear how it went.
    browser: Option<WaitingBrowser>,
    /// Says that another program's lock is waited for. It ends when the terminal takes what it draws.
    spinner: Spinner,
}

/// Keeps new tokens and tells the person's browser how that went, once it is known; if that takes
/// long, that it does.
async fn and_tell<T>(
    browser: WaitingBrowser,
    keeping: impl Future<Output = Result<T, Failure>>,
    screen: &Screen,
) -> Result<T, Failure> {
    let mut keeping = pin!(keeping);
    let Ok(result) = timeout(UNTOLD, &mut keeping).await else {
        return tokio::join!(keeping, browser.tell_that_it_goes_on()).0;
    };
    // A stop waits for the page as well.
    let _told = screen.interruption().finishing();
    let why = result.as_ref().err().map(|failure| match failure {
        Failure::Core(error) => error.message_in(phrase),
        failure => failure.to_string(),
    });
    browser.tell(why.as_deref().map_or(Ok(()), Err)).await;
    result
}

/// Keeps new tokens: on the disk at once, and in the profile's place when nobody else is at it. `aside`
/// gets the names of what could not be read or ranked.
pub(crate) async fn keep(
    settings: &Settings,
    room: Room,
    token: StoredToken,
    finishing: Finishing<'_>,
    aside: &mut Vec<PathBuf>,
) -> Result<StoredToken, Failure> {
    let mut room = room;
    // One that waits has come before: it is put in the place first.
    let waiting = settings.store.newer(&settings.profile).map(|(_, newer)| newer);
    let seen = waiting.or_else(|| settings.store.read(&settings.profile).ok().flatten());
    let token = token.following(seen.as_ref());
    // If this disk fails, saving tries another place; a stop waits for that.
    let _finishing = room.write(&token).is_err().then_some(finishing);
    let stands = |error: Error| room.stands(&error);
    let lock = match lock(settings).await {
        Ok(lock) => lock,
        Err(Failure::Core(error)) => return Err(stands(error).into()),
        Err(failure) => return Err(failure),
    };
    let settled = lock.settle().map_err(stands)?;
    Ok(put_in_place(settings, &lock, settled, room, token, aside)?)
}

/// Puts new tokens in the place of a profile that is locked and settled, as those that follow its own.
pub(crate) fn put_in_place(
    settings: &Settings,
    lock: &Lock,
    settled: Settled,
    room: Room,
    token: StoredToken,
    aside: &mut Vec<PathBuf>,
) -> Result<StoredToken, Error> {
    aside.extend(settled.aside);
    let token = token.following(lock.read().ok().flatten().as_ref());
    aside.extend(lock.save(room, &token)?);
    if settled.interrupted {
        // Where the mark stays, a later refusal names a cause too many; the tokens are kept.
        aside.extend(lock.end_interruption().ok().flatten());
    }
    settings.store.pause(&settings.profile).end();
    Ok(token)
}

/// Adds the person's name to the tokens, unless they are others by now. Nobody waits long for it.
async fn add_account(settings: &Settings, token: &StoredToken) -> Result<(), Failure> {
    let patience = Need::Early.patience();
    let lock = settings.store.lock(&settings.profile, patience).await?;
    // Within a second Pinterest gives one access token twice, with another refresh token.
    let is_kept = |current: &StoredToken| {
        (&current.access_token, &current.refresh_token) == (&token.access_token, &token.refresh_token)
    };
    // As it is kept now: whatever else was changed stays so.
    if let Some(mut current) = lock.read()?.filter(is_kept) {
        current.account.clone_from(&token.account);
        lock.save(settings.store.reserve(&settings.profile)?, &current)?;
    }
    Ok(())
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
    if options.comma_separated_scopes {
        request = request.with_comma_separated_scopes();
    }
    if options.continuous_refresh {
        request = request.with_continuous_refresh();
    }
    request
}

/// A token, whose only copy this is as long as nobody keeps it.
async fn obtain<'a>(
    client: &ApiClient,
    request: &AuthorizationRequest,
    options: &Login,
    screen: &'a Screen,
) -> Result<Obtained<'a>, Failure> {
    if options.client_credentials {
        return apps_own(client, options, screen).await;
    }
    client.check_authorization_url()?;
    if options.no_browser {
        return pasted(client, request, screen).await;
    }
    let login = LoopbackLogin::start(client, request).map_err(|error| {
        // Only what cannot listen has a cause of the system's.
        match error.source() {
            Some(_) => Failure::Advised {
                error,
                advice: "--no-browser needs no port".to_owned(),
            },
            None => error.into(),
        }
    })?;
    screen.say("Opening Pinterest in your browser. If nothing opens, go to this address, or end this and use --no-browser:");
    screen.say(format_args!("  {}", login.url()));
    let url = login.url().to_owned();
    // Beside the wait: a browser may take its time, or the whole terminal.
    let (tell, opened) = oneshot::channel();
    let opening = thread::Builder::new().spawn(move || {
        // Nobody listens once the person has come back.
        let _ = tell.send(open_browser(&url));
    });
    let spinner = screen.spinner("waiting for your answer (Ctrl-C stops)");
    let mut came = pin!(login.wait());
    let callback = tokio::select! {
        biased;
        callback = &mut came => callback,
        opened = opened => {
            // Without a thread nobody tells; the person has the address.
            if let (Ok(_), Ok(Err(error))) = (opening, opened) {
                screen.say(format_args!(
                    "{WARNING}{}.{WARNING:#} Open that address here by hand; from another machine, use --no-browser.",
                    VisibleLine(&error.message_in(phrase))
                ));
            }
            came.await
        }
    }?;
    let finishing = screen.interruption().finishing();
    let (token, browser) = callback.exchange_untold().await?;
    Ok(Obtained {
        token,
        finishing,
        browser: Some(browser),
        spinner,
    })
}

/// A token for the app owner's own account.
async fn apps_own<'a>(
    client: &ApiClient,
    options: &Login,
    screen: &'a Screen,
) -> Result<Obtained<'a>, Failure> {
    let finishing = screen.interruption().finishing();
    let spinner = screen.spinner("asking Pinterest for a token");
    let scopes = Scope::parse_list(&options.scopes);
    let scope = if options.comma_separated_scopes {
        Scope::join_with_commas(&scopes)
    } else {
        Scope::join(&scopes)
    };
    let request = OauthAccessTokenRequest::client_credentials(scope.clone());
    let mut token = OauthApi::new(client.clone()).oauth_token(request).await?;
    // An answer may leave out what was asked for (RFC 6749 section 5.1); the next renewal asks for it.
    token.scope.get_or_insert(scope);
    Ok(Obtained {
        token,
        finishing,
        browser: None,
        spinner,
    })
}

/// Takes the address that the browser ended at from standard input. A wrong one can be put right.
async fn pasted<'a>(
    client: &ApiClient,
    request: &AuthorizationRequest,
    screen: &'a Screen,
) -> Result<Obtained<'a>, Failure> {
    let pending = request.start(client)?;
    screen.say("Open this address in any browser, and allow it:");
    screen.say(format_args!("  {}", pending.url()));
    screen.say("The browser then goes to an address that need not load. Paste it here:");
    let (mut before, mut pasted) = (String::new(), String::new());
    for attempt in 1..=ATTEMPTS {
        let line = address(&pending).await?;
        // What a mail or a chat has broken into lines comes one by one, each with its end.
        before.push_str(&line);
        pasted = match pending.check(client, &before) {
            Ok(()) => before.clone(),
            Err(_) => line,
        };
        match pending.check(client, &pasted) {
            // Nothing was sent, and the right address can still come.
            Err(error) if attempt < ATTEMPTS && pending.expires_at() > now() => {
                screen.say(format_args!(
                    "{BAD}{}.{BAD:#} Paste the whole address:",
                    VisibleLine(&error.message_in(phrase))
                ));
            }
            _ => break,
        }
    }
    let finishing = screen.interruption().finishing();
    let spinner = screen.spinner("asking Pinterest for a token");
    Ok(Obtained {
        token: pending.complete(client, &pasted).await?,
        finishing,
        browser: None,
        spinner,
    })
}

/// A pasted address.
async fn address(pending: &PendingAuthorization) -> Result<String, Failure> {
    let left = u64::try_from(pending.expires_at() - now()).unwrap_or_default();
    let line = timeout(Duration::from_secs(left), input::line())
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
