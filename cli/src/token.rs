//! `pinterest token` and `pinterest refresh`.

use std::future::ready;

use serde_json::json;

use super::arguments::Refresh;
use super::failure::Failure;
use super::interruption::Interruption;
use super::paint::{GOOD, WARNING};
use super::phrases::phrase;
use super::profile_report::{self, duration};
use super::screen::Screen;
use super::settings::Settings;
use super::text::VisibleLine;
use pinterest_sdk::session::{Need, Renewal, Token};
use pinterest_sdk::store::StoredToken;
use pinterest_sdk::{ApiClient, Error, ErrorKind};

/// Prints a valid access token. One that could not be kept is printed as well: nobody else has it.
pub(crate) async fn print(settings: &Settings, screen: &Screen) -> Result<(), Failure> {
    let token = obtain(settings, screen).await?;
    let stored = token.stored;
    if screen.is_json() {
        screen.print(json!({
            "profile": settings.profile.as_str(),
            "access_token": stored.access_token.expose(),
            "expires_at": stored.access_life.expires_at,
            "seconds_left": stored.access_life.left(settings.clock.now()),
        }))?;
    } else {
        screen.print(stored.access_token.expose())?;
    }
    match token.renewal {
        Renewal::NotKept(error) => Err(error.into()),
        _ => Ok(()),
    }
}

/// The profile's valid tokens. That they could not be renewed in time, or kept, is said, and no failure.
async fn fresh(settings: &Settings, screen: &Screen) -> Result<Token<Failure>, Failure> {
    let token = obtain(settings, screen).await?;
    if let Renewal::NotKept(error) = &token.renewal {
        let error = error.line_in(phrase);
        screen.say(format_args!(
            "{WARNING}warning:{WARNING:#} {}",
            VisibleLine(&error)
        ));
    }
    Ok(token)
}

/// A token that could not be kept, and which nobody else has.
pub(crate) struct Held(StoredToken);

impl Held {
    /// Whether this is what it was issued in place of.
    fn came_of(&self, old: &StoredToken) -> bool {
        self.0.clone().following(Some(old)).replaces == self.0.replaces
    }

    async fn keep(&self, settings: &Settings, screen: &Screen, need: Need) -> Result<(), Error> {
        let spinner = screen.spinner("keeping the token");
        settings.session(screen, &spinner).keep(&self.0, need).await
    }

    /// Keeps it if that can be by now, and is held no longer then.
    pub(crate) async fn keep_behind(held: &mut Option<Self>, settings: &Settings, screen: &Screen) {
        if let Some(there) = held
            && there.keep(settings, screen, Need::Early).await.is_ok()
        {
            *held = None;
        }
    }

    /// Keeps it if that can be by now: the program ends, and nobody else has it.
    pub(crate) async fn keep_at_the_end(held: Option<Self>, settings: &Settings, screen: &Screen) {
        if let Some(held) = held {
            let _finishing = screen.interruption().finishing();
            // That it could not be kept was said.
            let _ = held.keep(settings, screen, Need::Early).await;
        }
    }
}

/// A client for the access token that was given for this command, or for the profile's. What could not be kept is held,
/// used for as long as it is valid, and kept as soon as can be: [at the end](Held::keep_at_the_end) at the latest.
pub(crate) async fn bearer_held(
    settings: &Settings,
    screen: &Screen,
    held: &mut Option<Held>,
) -> Result<ApiClient, Failure> {
    if let Some(client) = settings.bearer_given() {
        return Ok(client?);
    }
    let stored = settings.stored(screen).await?;
    if let Some(there) = held.as_ref().filter(|held| held.came_of(&stored)) {
        let is_over = there.0.access_life.is_over(settings.clock.now());
        let need = if is_over { Need::Now } else { Need::Early };
        // Whoever renews what is in its place meanwhile sends what is used up.
        if let Err(error) = there.keep(settings, screen, need).await {
            let client = settings.bearer(&there.0);
            return if is_over { Err(error.into()) } else { Ok(client?) };
        }
        *held = None;
    }
    let Token { stored, renewal } = fresh(settings, screen).await?;
    let client = settings.bearer(&stored)?;
    *held = matches!(renewal, Renewal::NotKept(_)).then_some(Held(stored));
    Ok(client)
}

/// Refuses to go on with a page where the profile is logged in to another app or environment since the one before: its
/// bookmark means nothing there, and nobody would see that the rest is somebody else's.
pub(crate) fn check_goes_on(
    settings: &Settings,
    before: Option<&ApiClient>,
    client: &ApiClient,
) -> Result<(), Failure> {
    let whose = |client: &ApiClient| {
        let configuration = client.configuration();
        (configuration.host.clone(), configuration.username.clone())
    };
    if before.is_none_or(|before| whose(before) == whose(client)) {
        return Ok(());
    }
    Err(Failure::Found {
        kind: ErrorKind::Store,
        what: format!(
            "the profile `{}` was logged in to another app or environment between two pages",
            settings.profile
        ),
        hint: "ask from the first page on; --profile NAME keeps both logins".to_owned(),
    })
}

/// The same failure; where the token is refused or lacks a scope, with the command that gets the profile another, or
/// with the variable that holds it: no login changes that one.
pub(crate) fn name_login(settings: &Settings, error: Error) -> Failure {
    let profile = &settings.profile;
    let advice = match error.kind() {
        ErrorKind::Scope | ErrorKind::Authentication if settings.is_token_given() => {
            "the token is that of PINTEREST_ACCESS_TOKEN: set another, or unset it to use the profile's"
                .to_owned()
        }
        ErrorKind::Scope => format!(
            "`pinterest login --profile {profile} --scopes …` does so, and `pinterest status --profile {profile}` shows the scopes that it has"
        ),
        ErrorKind::Authentication => format!(
            "`pinterest refresh --profile {profile}` may get another, or else `pinterest login --profile {profile}`"
        ),
        _ => return error.into(),
    };
    Failure::Advised { error, advice }
}

/// The token, unless the program was asked to end meanwhile. One that has no place on the disk is
/// given out all the same: nobody else has it.
async fn result(token: Token<Failure>, interruption: &Interruption) -> Result<Token<Failure>, Failure> {
    match token.renewal {
        Renewal::NotKept(_) => Ok(token),
        _ => interruption.unless_wanted(ready(Ok::<_, Failure>(token))).await,
    }
}

async fn obtain(settings: &Settings, screen: &Screen) -> Result<Token<Failure>, Failure> {
    let (stored, interruption) = (settings.newest(screen).await?, screen.interruption());
    let token = {
        let spinner = screen.spinner("asking Pinterest");
        let session = settings.session(screen, &spinner);
        let kept = stored.clone();
        let token = session.token(stored).await;
        let token = token.map_err(|failure| settings.name_secret(failure, Some(&kept)))?;
        result(token, interruption).await?
    };
    let left = duration(
        token
            .stored
            .access_life
            .left(settings.clock.now())
            .unwrap_or_default(),
    );
    match &token.renewal {
        Renewal::Failed(error) => screen.say(format_args!(
            "{WARNING}warning:{WARNING:#} the token is valid for {left} yet, but could not be renewed: {}",
            VisibleLine(&error.to_string())
        )),
        Renewal::Paused(seconds) => screen.say(format_args!(
            "{WARNING}warning:{WARNING:#} the token is valid for {left} yet; renewing it failed, and is tried again in {}",
            duration(*seconds)
        )),
        Renewal::NotDue | Renewal::Done | Renewal::ByAnother | Renewal::NotKept(_) => {}
    }
    Ok(token)
}

/// Renews the tokens now, with a new app secret if one is to be kept.
pub(crate) async fn renew(mut settings: Settings, options: &Refresh, screen: &Screen) -> Result<(), Failure> {
    let stored = settings.stored(screen).await?;
    if options.keep_app_secret {
        settings.take_new_secret()?;
    }
    let settings = &settings;
    let mut token = {
        let spinner = screen.spinner("asking Pinterest for new tokens");
        let session = settings.session(screen, &spinner);
        let mut old = stored;
        loop {
            let renewed = session.renew(&old).await;
            let renewed = renewed.map_err(|failure| settings.name_secret(failure, Some(&old)))?;
            // A secret that is to be kept has to be tried.
            if options.keep_app_secret && matches!(renewed.renewal, Renewal::ByAnother) {
                old = renewed.stored;
                continue;
            }
            break result(renewed, screen.interruption()).await?;
        }
    };
    if options.keep_app_secret && !matches!(token.renewal, Renewal::NotKept(_)) {
        token.stored = settings.keep_new_secret(&token.stored, screen).await?;
    }
    let by_another = match token.renewal {
        Renewal::NotKept(error) => return Err(error.into()),
        renewal => matches!(renewal, Renewal::ByAnother),
    };
    let (path, now) = (settings.store.path(&settings.profile), settings.clock.now());
    if screen.is_json() {
        let mut report = profile_report::as_json(&settings.profile, &path, &token.stored, now);
        report["renewed_by_another_program"] = by_another.into();
        return screen.print(report);
    }
    if options.quiet {
        return Ok(());
    }
    let done = if by_another {
        "Another program has just renewed it; nothing was asked for."
    } else {
        "Renewed."
    };
    if !screen.is_terminal() {
        return screen.print(format_args!(
            "{}: {done} {}",
            settings.profile,
            profile_report::in_one_line(&token.stored, now)
        ));
    }
    screen.say(format_args!("{GOOD}✓{GOOD:#} {done}"));
    screen.print(profile_report::for_people(
        &settings.profile,
        &path,
        &token.stored,
        now,
    ))
}
