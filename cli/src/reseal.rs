//! `pinterest reseal`.

use serde_json::json;

use super::failure::Failure;
use super::screen::Screen;
use super::settings::Settings;
use super::text::VisibleLine;
use pinterest_sdk::session::Need;

/// Seals the profile that was asked for, or every one, with the current key.
pub(crate) async fn reseal(settings: &Settings, screen: &Screen) -> Result<(), Failure> {
    if settings.store.key_source().is_none() {
        return Err(Failure::usage(
            "there is no key to seal tokens with",
            "set PINTEREST_TOKEN_KEY_FILE or PINTEREST_TOKEN_KEY: a key is what `openssl rand -base64 32` prints",
        ));
    }
    let patience = Need::Asked.patience();
    let spinner = screen.spinner("sealing the tokens");
    let resealed = if settings.profile_is_asked_for {
        // What is not there cannot be sealed: whoever mistyped it would take the older key away.
        if !settings.store.all_profiles()?.contains(&settings.profile) {
            return Err(settings.absent());
        }
        let changed = settings.store.reseal(&settings.profile, patience).await;
        vec![(settings.profile.clone(), changed)]
    } else {
        settings.store.reseal_each(patience).await?
    };
    drop(spinner);
    if resealed.is_empty() && !screen.is_json() {
        let folder = settings.store.folder().display().to_string();
        screen.say(format_args!("There is no profile in {}.", VisibleLine(&folder)));
    }
    let (mut reports, mut failed) = (Vec::new(), None::<Failure>);
    for (profile, changed) in resealed {
        match changed {
            Ok(changed) => {
                if !screen.is_json() {
                    let did = if changed {
                        "is sealed"
                    } else {
                        "was sealed already"
                    };
                    screen.say(format_args!("`{profile}` {did} with the current key."));
                }
                reports.push(json!({"profile": profile.as_str(), "changed": changed}));
            }
            // The others are sealed all the same.
            Err(error) => {
                if let Some(before) = failed.replace(error.into()) {
                    screen.failure(&before);
                }
            }
        }
    }
    if screen.is_json() {
        screen.print(json!(reports))?;
    }
    failed.map_or(Ok(()), Err)
}
