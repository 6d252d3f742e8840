//! `pinterest logout`.

use serde_json::{Value, json};

use super::arguments::Logout;
use super::failure::Failure;
use super::screen::Screen;
use super::settings::{Settings, lock};

/// Forgets the profile's tokens, or those of all. Pinterest is told nothing.
pub(crate) async fn forget(mut settings: Settings, options: &Logout, screen: &Screen) -> Result<(), Failure> {
    let profiles = if options.all {
        settings.store.all_profiles()?
    } else {
        vec![settings.profile.clone()]
    };
    let (mut forgotten, mut failed) = (Vec::new(), None);
    for profile in profiles {
        settings.profile = profile;
        match forget_one(&settings, options, screen).await {
            Ok(one) => forgotten.push(one),
            Err(failure) if !options.all || matches!(failure, Failure::Interrupted(_)) => {
                return Err(failure);
            }
            // The others are forgotten all the same.
            Err(failure) => {
                if let Some(before) = failed.replace(failure) {
                    screen.failure(&before);
                }
            }
        }
    }
    if screen.is_json() {
        screen.print(match forgotten.pop() {
            Some(one) if !options.all => one,
            last => forgotten.into_iter().chain(last).collect(),
        })?;
    } else if options.all && forgotten.is_empty() && failed.is_none() {
        screen.say("Nobody was logged in.");
    }
    failed.map_or(Ok(()), Err)
}

async fn forget_one(settings: &Settings, options: &Logout, screen: &Screen) -> Result<Value, Failure> {
    let spinner = screen.spinner("forgetting the tokens");
    let lock = lock(settings).await?;
    // What waits is what the next command uses. What cannot be read is anybody's, and is forgotten.
    let newer = settings.store.newer(&settings.profile).map(|(_, newer)| newer);
    if !options.all
        && let Some(used) = newer.or_else(|| lock.read().ok().flatten())
    {
        settings.check(&used)?;
    }
    let forgotten = lock.remove()?;
    drop(lock);
    drop(spinner);
    let profile = &settings.profile;
    if !screen.is_json() {
        screen.say(if forgotten {
            format!(
                "Forgot the tokens of `{profile}` on this machine. Pinterest accepts them until they expire."
            )
        } else {
            format!("`{profile}` was not logged in.")
        });
    }
    Ok(json!({"profile": profile.as_str(), "forgotten": forgotten}))
}
