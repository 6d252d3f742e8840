//! `pinterest token` and `pinterest refresh`.

use serde_json::json;

use super::failure::Failure;
use super::paint::{GOOD, WARNING};
use super::profile_report;
use super::screen::Screen;
use super::settings::Settings;
use super::text::VisibleLine;
use crate::now;
use pinterest_sdk::session::Token;
use pinterest_sdk::store::StoredToken;

/// Prints a valid access token.
pub(crate) async fn print(settings: &Settings, screen: &Screen) -> Result<(), Failure> {
    let token = fresh(settings, screen).await?;
    if screen.is_json() {
        return screen.print(json!({
            "profile": settings.profile.as_str(),
            "access_token": token.access_token.expose(),
            "expires_at": token.access_life.expires_at,
            "seconds_left": token.access_life.left(now()),
        }));
    }
    screen.print(token.access_token.expose())
}

/// The profile's valid tokens. That they could not be renewed in time is said, and no failure.
pub(crate) async fn fresh(settings: &Settings, screen: &Screen) -> Result<StoredToken, Failure> {
    let (stored, interruption) = (settings.stored()?, screen.interruption());
    let Token {
        stored,
        renewal_failed,
    } = {
        let spinner = screen.spinner("asking Pinterest");
        let session = settings.session(interruption, &spinner);
        interruption.unless_wanted(session.token(stored)).await?
    };
    if let Some(error) = renewal_failed {
        if matches!(error, Failure::Interrupted(_)) {
            // At the prompt for the app secret; that may be before the signal itself is heard.
            return Err(error);
        }
        let error = error.to_string();
        screen.say(format_args!(
            "{WARNING}warning:{WARNING:#} the token is valid for {} yet, but could not be renewed: {}",
            profile_report::duration(stored.access_life.left(now()).unwrap_or_default()),
            VisibleLine(&error)
        ));
    }
    Ok(stored)
}

/// Renews the tokens now.
pub(crate) async fn renew(settings: &Settings, screen: &Screen) -> Result<(), Failure> {
    let (stored, interruption) = (settings.stored()?, screen.interruption());
    let renewed = {
        let spinner = screen.spinner("asking Pinterest");
        let session = settings.session(interruption, &spinner);
        interruption.unless_wanted(session.renew(&stored)).await?
    };
    let path = settings.store.path(&settings.profile);
    if screen.is_json() {
        return screen.print(profile_report::as_json(&settings.profile, &path, &renewed, now()));
    }
    screen.say(format_args!("{GOOD}✓{GOOD:#} Renewed."));
    screen.print(profile_report::for_people(
        &settings.profile,
        &path,
        &renewed,
        now(),
    ))
}
