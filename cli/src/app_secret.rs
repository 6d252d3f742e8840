//! The app secret that a profile keeps: a new one, and where the one that was refused came from.

use super::failure::Failure;
use super::settings::{Settings, lock, variable};
use pinterest_sdk::ErrorKind;
use pinterest_sdk::store::StoredToken;

impl Settings {
    /// Keeps the new secret beside the profile's tokens, which Pinterest has just taken it for.
    pub(crate) async fn keep_new_secret(&self, renewed: StoredToken) -> Result<StoredToken, Failure> {
        let lock = lock(self).await?;
        // Another program may have renewed them since.
        let mut token = lock.read()?.unwrap_or(renewed);
        self.check(&token)?;
        token.app_secret.clone_from(&self.new_secret);
        lock.save(self.store.reserve(&self.profile)?, &token)?;
        Ok(token)
    }

    /// The same failure; if the app secret was refused, with where it came from and what to do there.
    pub(crate) fn name_secret(&self, failure: Failure, stored: Option<&StoredToken>) -> Failure {
        let error = match failure {
            Failure::Core(error) if error.kind() == ErrorKind::Authentication => error,
            failure => return failure,
        };
        let kept = stored.is_some_and(|stored| stored.app_secret.is_some());
        let advice = match &self.app_secret_file {
            Some(file) => format!("the secret came from {}", file.display()),
            None if variable("PINTEREST_APP_SECRET").is_some() => {
                "the secret came from PINTEREST_APP_SECRET".to_owned()
            }
            None if kept && self.new_secret.is_none() => format!(
                "the secret came from the profile, where --keep-app-secret put it: if the app has a new one, run `pinterest refresh --keep-app-secret --profile {}`",
                self.profile
            ),
            None => "the secret was typed".to_owned(),
        };
        Failure::Advised { error, advice }
    }
}
