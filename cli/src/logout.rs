//! `pinterest logout`.

use serde_json::json;

use super::failure::Failure;
use super::screen::Screen;
use super::settings::{Settings, lock};

/// Forgets the profile's tokens. Pinterest is told nothing.
pub(crate) async fn forget(settings: &Settings, screen: &Screen) -> Result<(), Failure> {
    let lock = lock(settings).await?;
    // What cannot be read is anybody's, and is forgotten.
    if let Ok(Some(stored)) = lock.read() {
        settings.check(&stored)?;
    }
    let forgotten = lock.remove()?;
    let profile = &settings.profile;
    if screen.is_json() {
        return screen.print(json!({"profile": profile.as_str(), "forgotten": forgotten}));
    }
    screen.say(if forgotten {
        format!("Forgot the tokens of `{profile}` on this machine. Pinterest accepts them until they expire.")
    } else {
        format!("`{profile}` was not logged in.")
    });
    Ok(())
}
