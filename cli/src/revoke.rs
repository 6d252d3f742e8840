//! `pinterest revoke`.

use serde_json::json;

use super::arguments::Revoke;
use super::failure::Failure;
use super::paint::GOOD;
use super::screen::Screen;
use super::secret_input;
use super::settings::Settings;
use pinterest_sdk::{OauthApi, TokenRevocationRequest, TokenTypeHint};

/// Ends tokens at Pinterest; the profile's are then forgotten. They stay if Pinterest refuses.
pub(crate) async fn revoke(settings: &Settings, options: &Revoke, screen: &Screen) -> Result<(), Failure> {
    if let Some(path) = &options.token_file {
        let token = secret_input::read(path)?;
        let api = OauthApi::new(settings.client().await?);
        let _spinner = screen.spinner("asking Pinterest");
        api.revoke_token(TokenRevocationRequest::new(token)).await?;
    } else {
        let stored = settings.stored()?;
        let api = OauthApi::new(settings.app(&stored)?);
        let lock = settings.store.lock(&settings.profile).await?;
        // What Pinterest no longer accepts is not left here.
        let _finishing = screen.interruption().finishing();
        let _spinner = screen.spinner("asking Pinterest");
        // The refresh token first: with it, whoever has both could get another access token.
        let refresh = stored
            .refresh_token
            .map(|token| (token, TokenTypeHint::RefreshToken));
        let access = (stored.access_token, TokenTypeHint::AccessToken);
        for (token, hint) in refresh.into_iter().chain([access]) {
            api.revoke_token(TokenRevocationRequest::new(token).with_token_type_hint(hint))
                .await?;
        }
        lock.remove()?;
    }
    if screen.is_json() {
        return screen.print(json!({"revoked": true}));
    }
    screen.say(format_args!(
        "{GOOD}✓{GOOD:#} Revoked: Pinterest accepts it no more."
    ));
    Ok(())
}
