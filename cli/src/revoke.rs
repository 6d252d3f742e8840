//! `pinterest revoke`.

use serde_json::json;

use super::arguments::Revoke;
use super::failure::Failure;
use super::paint::GOOD;
use super::profile_report::warn_of_copies;
use super::screen::Screen;
use super::secret_input;
use super::settings::Settings;
use pinterest_sdk::{OauthApi, TokenRevocationRequest};

/// Ends tokens at Pinterest; the profile's are then forgotten. They stay if Pinterest refuses.
pub(crate) async fn revoke(settings: &Settings, options: &Revoke, screen: &Screen) -> Result<(), Failure> {
    if let Some(path) = &options.token_file {
        let token = secret_input::read(path)?;
        let api = OauthApi::new(settings.client().await?);
        let _spinner = screen.spinner("asking Pinterest");
        let revoked = api.revoke_token(TokenRevocationRequest::new(token)).await;
        revoked.map_err(|error| settings.name_secret(error.into(), None))?;
    } else {
        let stored = settings.stored(screen).await?;
        let spinner = screen.spinner("asking Pinterest");
        let session = settings.session(screen, &spinner);
        let revoked = session.revoke(&stored).await;
        let aside = revoked.map_err(|failure| settings.name_secret(failure, Some(&stored)))?;
        drop(spinner);
        warn_of_copies(screen, &aside);
    }
    if screen.is_json() {
        return screen.print(json!({"revoked": true}));
    }
    screen.say(format_args!(
        "{GOOD}✓{GOOD:#} Revoked: Pinterest accepts it no more."
    ));
    Ok(())
}
