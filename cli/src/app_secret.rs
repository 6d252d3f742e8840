//! The app secret that a profile keeps: a new one, and where the one that was refused came from.

use super::failure::{Failure, advised};
use super::input;
use super::paint::WARNING;
use super::phrases::phrase;
use super::profile_report::warn_of_copies;
use super::screen::Screen;
use super::settings::{Settings, lock};
use super::variable::variable;
use pinterest_sdk::store::StoredToken;
use pinterest_sdk::{ErrorKind, Secret};

impl Settings {
    /// Keeps the new secret beside the profile's tokens, for whose app Pinterest has just taken it.
    pub(crate) async fn keep_new_secret(
        &self,
        renewed: &StoredToken,
        screen: &Screen,
    ) -> Result<StoredToken, Failure> {
        let kept = self.put_new_secret(renewed, screen).await;
        kept.map_err(renewed_without)
    }

    async fn put_new_secret(&self, renewed: &StoredToken, screen: &Screen) -> Result<StoredToken, Failure> {
        let lock = lock(self).await?;
        let mut settled = lock.settle()?;
        let kept = with_secret(lock.read()?, renewed, self.new_secret.as_ref());
        let saved = match kept {
            Some(token) => {
                let saved = lock.save(self.store.reserve(&self.profile)?, &token);
                Ok(saved.map(|copy| {
                    settled.aside.extend(copy);
                    token
                })?)
            }
            None => Err(Failure::Found {
                kind: ErrorKind::Store,
                what: format!(
                    "the profile `{}` was logged out, or in to another app, meanwhile: the secret is not kept",
                    self.profile
                ),
                hint: "see `pinterest status`".to_owned(),
            }),
        };
        // Whatever it takes to say something, nobody waits for it.
        drop(lock);
        warn_of_copies(screen, &settled.aside);
        saved
    }

    /// Says that a login which does not keep the app secret takes it out of the profile: what renews the tokens
    /// from a timer would fail a month later.
    pub(crate) fn warn_of_secret(&self, screen: &Screen) {
        let kept = self.store.read(&self.profile).ok().flatten();
        if kept.is_some_and(|kept| kept.app_secret.is_some()) {
            screen.say(format_args!(
                "{WARNING}warning:{WARNING:#} the profile `{}` kept the app secret, and this login does not: renewing needs it again; --keep-app-secret keeps it",
                self.profile
            ));
        }
    }

    /// The same failure; if the app secret was refused, with where it came from and what to do there.
    pub(crate) fn name_secret(&self, failure: Failure, stored: Option<&StoredToken>) -> Failure {
        let error = match failure {
            Failure::Core(error) if error.kind() == ErrorKind::Authentication => error,
            failure => return failure,
        };
        let kept = stored.is_some_and(|stored| stored.app_secret.is_some());
        let advice = match &self.app_secret_file {
            Some(file) => format!("the secret came from {}", input::name(file)),
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

/// The same failure, of a secret that is not kept though the tokens were renewed with it.
fn renewed_without(failure: Failure) -> Failure {
    match failure {
        Failure::Core(error) => Failure::Found {
            kind: error.kind(),
            what: format!(
                "the tokens were renewed and are kept, the secret is not: {}",
                error.message_in(phrase)
            ),
            hint: advised(&error, "then run this again"),
        },
        failure => failure,
    }
}

/// What is kept now, with a new secret. None if the tokens of `renewed` were forgotten since, or are
/// another app's: another program may have done that, or have renewed them once more.
fn with_secret(
    current: Option<StoredToken>,
    renewed: &StoredToken,
    secret: Option<&Secret>,
) -> Option<StoredToken> {
    let mut token = current.filter(|now| now.is_same_app_as(renewed))?;
    token.app_secret = secret.cloned();
    Some(token)
}

#[cfg(test)]
mod tests {
    use super::{StoredToken, renewed_without, with_secret};
    use pinterest_sdk::{Error, OauthAccessTokenResponse};

    fn token_of(app_id: &str, access: &str) -> StoredToken {
        let answer = OauthAccessTokenResponse::new(access);
        StoredToken::new("https://h/v5".into(), app_id.into(), answer, 0)
    }

    #[test]
    fn a_new_secret_is_kept_beside_its_own_apps_tokens_alone() {
        let (renewed, secret) = (token_of("1", "a"), "s".into());
        let kept = |current| with_secret(current, &renewed, Some(&secret));
        let newer = kept(Some(token_of("1", "b"))).unwrap();
        assert_eq!(
            (newer.access_token.expose(), newer.app_secret),
            ("b", Some("s".into()))
        );
        assert_eq!(kept(Some(token_of("2", "b"))), None);
        // Who has logged out stays so.
        assert_eq!(kept(None), None);
    }

    #[test]
    fn a_secret_that_is_not_kept_does_not_hide_that_the_tokens_are() {
        let failure = renewed_without(Error::store("another program has it locked").into());
        assert_eq!(failure.exit_code(), 6);
        let said = failure.to_string();
        assert!(said.starts_with("the tokens were renewed and are kept"), "{said}");
        assert!(
            said.contains("locked") && said.ends_with("run this again"),
            "{said}"
        );
    }
}
