//! Which app, environment and profile a command is about: options first, then the environment's
//! variables, then what the profile was logged in with.

use std::cell::OnceCell;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;

use super::arguments::Common;
use super::failure::Failure;
use super::input;
use super::keys;
use super::profile_report::warn_of_copies;
use super::screen::{Screen, Spinner};
use super::secret_input::{self, usable};
use super::stray_secret::check_app_id;
use super::variable::variable;
use pinterest_sdk::session::{App, Need, Session, absent};
use pinterest_sdk::store::{Account, FileStore, Lock, StoredToken};
use pinterest_sdk::trimmed_credential;
use pinterest_sdk::{ApiClient, Clock, Configuration, Environment, Error, ErrorKind, Secret};

/// What a command is about.
pub(crate) struct Settings {
    pub(crate) store: FileStore,
    pub(crate) profile: Account,
    /// By option or variable.
    pub(crate) profile_is_asked_for: bool,
    pub(crate) clock: Clock,
    /// Asked for by option or variable.
    pub(crate) host: Option<String>,
    pub(crate) app_id: Option<String>,
    authorization_url: Option<String>,
    pub(crate) app_secret_file: Option<PathBuf>,
    /// What a stream in its place gave, which gives it once.
    streamed_secret: OnceCell<Secret>,
    /// What the command is to keep; no other counts beside it.
    pub(crate) new_secret: Option<Secret>,
    /// Given for one command, unless a profile is named in its options.
    given_token: Option<Secret>,
}

impl Settings {
    pub(crate) fn new(common: Common, screen: &Screen) -> Result<Self, Failure> {
        let asked = common.environment.map(Environment::from);
        let profile = variable("PINTEREST_PROFILE");
        let given_token = match common.profile {
            Some(_) => None,
            None => variable("PINTEREST_ACCESS_TOKEN").map(Secret::new),
        };
        Ok(Self {
            given_token,
            profile_is_asked_for: common.profile.is_some() || profile.is_some(),
            store: keys::with_keys(
                FileStore::in_data_folder()?
                    .with_wait_flag(screen.locked())
                    .without_threads(),
            )?,
            profile: match common.profile {
                Some(profile) => profile,
                None => profile
                    .unwrap_or_else(|| "default".to_owned())
                    .parse()
                    .map_err(|error: Error| {
                        Failure::usage(
                            format!("PINTEREST_PROFILE is not understood: {}", error.message()),
                            "set it again, unset it, or use --profile",
                        )
                    })?,
            },
            clock: Clock::system(),
            host: asked
                .map(|environment| environment.host().to_owned())
                .or_else(|| address("PINTEREST_API_URI", |found| found.host)),
            app_id: common
                .app_id
                .or_else(|| variable("PINTEREST_APP_ID"))
                .map(|id| trimmed_credential(&id).to_owned())
                .filter(|id| !id.is_empty()),
            // An environment that is asked for by name has its own page.
            authorization_url: match asked {
                Some(_) => None,
                None => address("PINTEREST_OAUTH_URI", |found| found.authorization_url),
            },
            app_secret_file: common.app_secret_file,
            streamed_secret: OnceCell::new(),
            new_secret: None,
        })
    }

    /// The client for a login or for a call without stored tokens, with what was asked for, or what
    /// a person types.
    pub(crate) async fn client(&self) -> Result<ApiClient, Failure> {
        let app_id = match &self.app_id {
            Some(id) => id.clone(),
            None => ask_app_id().await?,
        };
        check_app_id(&app_id)?;
        let host = self
            .host
            .clone()
            .unwrap_or_else(|| Environment::Production.host().to_owned());
        Ok(self.build(host, app_id, self.app_secret(None)?)?)
    }

    /// Where requests go: to the host that was asked for, to the profile's, or, before any login, to production.
    pub(crate) async fn destination(&self, screen: &Screen) -> Result<String, Failure> {
        let stored = match &self.host {
            None if self.given_token.is_none() => match self.newest(screen).await {
                Err(Failure::Found {
                    kind: ErrorKind::ReauthorizationRequired,
                    ..
                }) => None,
                stored => Some(stored?),
            },
            _ => None,
        };
        let given = self.host.clone().or(stored.map(|stored| stored.host));
        let host = given.unwrap_or_else(|| Environment::Production.host().to_owned());
        // What may hold a password is not shown.
        ApiClient::new(Configuration::default().with_host(host.clone()))?;
        Ok(host.trim_end_matches('/').to_owned())
    }

    /// The client for a profile's access token.
    pub(crate) fn bearer(&self, stored: &StoredToken) -> Result<ApiClient, Error> {
        let mut configuration = self.configuration(stored.host.clone(), stored.app_id.clone());
        configuration.access_token = Some(stored.access_token.clone());
        ApiClient::new(configuration)
    }

    /// Whether calls have a token that was given for this command, and so need none that is kept, nor its key.
    pub(crate) fn is_token_given(&self) -> bool {
        self.given_token.is_some()
    }

    /// The client for the access token that was given for this command, if one was.
    pub(crate) fn bearer_given(&self) -> Option<Result<ApiClient, Error>> {
        let token = self.given_token.clone()?;
        let host = self.host.clone();
        let host = host.unwrap_or_else(|| Environment::Production.host().to_owned());
        let mut configuration = self.configuration(host, self.app_id.clone().unwrap_or_default());
        configuration.access_token = Some(token);
        Some(ApiClient::new(configuration))
    }

    /// The client for a profile's app: its id, and the secret.
    pub(crate) fn app(&self, stored: &StoredToken) -> Result<ApiClient, Failure> {
        let secret = self.app_secret(stored.app_secret.as_ref())?;
        Ok(self.build(stored.host.clone(), stored.app_id.clone(), secret)?)
    }

    /// What the profile was logged in with, if it fits what is asked for.
    pub(crate) async fn stored(&self, screen: &Screen) -> Result<StoredToken, Failure> {
        let found = match self.store.read(&self.profile) {
            // A program that was ended may have left them beside their place, where another app's may be.
            Ok(Some(kept)) if self.check(&kept).is_ok() || self.store.newer(&self.profile).is_none() => {
                Some(kept)
            }
            read @ (Ok(None) | Err(_)) if !self.store.has_leftovers(&self.profile) => read?,
            _ => {
                let can_wait = self.usable_beside().is_some();
                let need = if can_wait { Need::Early } else { Need::Now };
                self.found(screen, need).await?
            }
        };
        let stored = found.ok_or_else(|| self.absent())?;
        self.check(&stored)?;
        Ok(stored)
    }

    /// The profile is not logged in where it was looked for.
    pub(crate) fn absent(&self) -> Failure {
        let error = absent(&self.profile);
        Failure::Found {
            kind: error.kind(),
            what: format!(
                "{}: there is no {}",
                error.message(),
                self.store.path(&self.profile).display()
            ),
            hint: format!(
                "{}; cron and systemd may have another HOME or XDG_DATA_HOME than the login had",
                error.hint().unwrap_or_default()
            ),
        }
    }

    /// The profile's tokens, once what was left beside them is where it belongs.
    async fn settled(&self, screen: &Screen, need: Need) -> Result<Option<StoredToken>, Failure> {
        let spinner = screen.spinner("looking at what an ended program left");
        let lock = self.store.lock(&self.profile, need.patience()).await?;
        let settled = lock.settle()?;
        let found = lock.read();
        // Whatever it takes to say something, nobody waits for it.
        drop(lock);
        drop(spinner);
        warn_of_copies(screen, &settled.aside);
        Ok(found?)
    }

    /// Newer tokens than those in the profile's place, if they can be used from where they are.
    fn usable_beside(&self) -> Option<StoredToken> {
        let (_, newer) = self.store.newer(&self.profile)?;
        (!newer.access_life.is_over(self.clock.now())).then_some(newer)
    }

    /// The profile's tokens, in their place or wherever they can be used: they may not get there soon, while another
    /// program has the profile locked.
    async fn found(&self, screen: &Screen, need: Need) -> Result<Option<StoredToken>, Failure> {
        let settled = self.settled(screen, need).await;
        settled.or_else(|failure| self.usable_beside().map(Some).ok_or(failure))
    }

    /// What is stored, or newer tokens that can be used.
    pub(crate) async fn newest(&self, screen: &Screen) -> Result<StoredToken, Failure> {
        let stored = self.stored(screen).await?;
        if self.store.newer(&self.profile).is_none() {
            return Ok(stored);
        }
        let newest = match self.found(screen, Need::Early).await {
            Ok(Some(found)) => found,
            // Somebody logged out or revoked it: what was read before is not valid for any while.
            Ok(None) => return Err(self.absent()),
            Err(_) => return Ok(stored),
        };
        self.check(&newest)?;
        Ok(newest)
    }

    /// The profile's tokens, and how to renew them. The spinner rests while a person is asked.
    pub(crate) fn session<'a>(
        &'a self,
        screen: &'a Screen,
        spinner: &'a Spinner,
    ) -> Session<'a, ProfileApp<'a>> {
        let app = ProfileApp {
            settings: self,
            screen,
            spinner,
        };
        Session::new(
            &self.store,
            &self.profile,
            &self.clock,
            app,
            screen.interruption().must_finish(),
        )
    }

    /// Refuses to use a profile for another app or environment than it was logged in to.
    pub(crate) fn check(&self, stored: &StoredToken) -> Result<(), Failure> {
        for (what, asked, kept) in [
            ("environment", &self.host, &stored.host),
            ("app", &self.app_id, &stored.app_id),
        ] {
            if let Some(asked) = asked
                && asked.trim_end_matches('/') != kept.trim_end_matches('/')
            {
                // What may hold a password, or is a secret in the wrong place, is not shown.
                if what == "environment" {
                    ApiClient::new(Configuration::default().with_host(asked.clone()))?;
                } else {
                    check_app_id(asked)?;
                }
                return Err(Failure::usage(
                    format!(
                        "the profile `{}` is logged in to the {what} {kept}, not to {asked}",
                        self.profile
                    ),
                    "name another profile with --profile, or log in again",
                ));
            }
        }
        Ok(())
    }

    fn build(&self, host: String, app_id: String, secret: Secret) -> Result<ApiClient, Error> {
        let mut configuration = self.configuration(host, app_id);
        configuration.password = Some(secret);
        ApiClient::new(configuration)
    }

    /// The core's settings for an app at a host.
    pub(crate) fn configuration(&self, host: String, app_id: String) -> Configuration {
        let mut configuration = Configuration::default();
        configuration.host = host;
        configuration.username = Some(app_id);
        if let Some(url) = &self.authorization_url {
            configuration.authorization_url.clone_from(url);
        }
        configuration
    }

    /// The app secret, from a file, the environment or the profile; from a prompt if there is none.
    fn app_secret(&self, kept: Option<&Secret>) -> Result<Secret, Failure> {
        let found = match self.known_secret(kept)? {
            Some(secret) => Some(secret),
            None => secret_input::ask("App secret")?,
        };
        usable(found)
    }

    /// Takes a secret that is given or typed, never the profile's: it is to be kept in its place.
    pub(crate) fn take_new_secret(&mut self) -> Result<(), Failure> {
        self.new_secret = Some(self.app_secret(None)?);
        Ok(())
    }

    /// The app secret, if nobody has to be asked.
    pub(crate) fn known_secret(&self, kept: Option<&Secret>) -> Result<Option<Secret>, Failure> {
        if let Some(secret) = &self.new_secret {
            return Ok(Some(secret.clone()));
        }
        match (&self.app_secret_file, variable("PINTEREST_APP_SECRET")) {
            (Some(path), _) => secret_input::read_again(path, &self.streamed_secret).map(Some),
            (None, Some(secret)) => Ok(Some(Secret::new(secret))),
            (None, None) => Ok(kept.cloned()),
        }
    }
}

/// Waits until no other program changes the profile.
pub(crate) async fn lock(settings: &Settings) -> Result<Lock, Failure> {
    let patience = Need::Asked.patience();
    Ok(settings.store.lock(&settings.profile, patience).await?)
}

/// The app that a profile is logged in to.
pub(crate) struct ProfileApp<'a> {
    settings: &'a Settings,
    screen: &'a Screen,
    spinner: &'a Spinner,
}

impl App for ProfileApp<'_> {
    type Error = Failure;

    fn client(&self, stored: &StoredToken, need: Need) -> Result<ApiClient, Failure> {
        let kept = stored.app_secret.as_ref();
        match need {
            // What can wait is not worth a prompt.
            Need::Early => {
                let secret = usable(self.settings.known_secret(kept)?)?;
                let client = self
                    .settings
                    .build(stored.host.clone(), stored.app_id.clone(), secret)?;
                Ok(client)
            }
            Need::Now | Need::Asked => self.spinner.rest(|| self.settings.app(stored)),
        }
    }

    fn accept(&self, stored: &StoredToken) -> Result<(), Failure> {
        self.settings.check(stored)
    }

    fn set_aside(&self, copies: &[PathBuf]) {
        self.spinner.rest(|| warn_of_copies(self.screen, copies));
    }
}

/// The redirect URI that is asked for by option or variable, or the one of Pinterest's own example.
pub(crate) fn redirect_uri(option: Option<&str>) -> String {
    option
        .map(str::to_owned)
        .or_else(|| variable("PINTEREST_REDIRECT_URI"))
        .unwrap_or_else(|| "http://localhost:8085/".to_owned())
}

/// An address that is set, as the core reads the variable: one without a path gets Pinterest's.
fn address(name: &str, setting: impl FnOnce(Configuration) -> String) -> Option<String> {
    let value = variable(name)?;
    let found = Configuration::from_variables(|asked| (asked == name).then(|| value.clone()));
    Some(setting(found))
}

async fn ask_app_id() -> Result<String, Failure> {
    let mut typed = String::new();
    if io::stdin().is_terminal() {
        // Where nobody sees it, nobody answers.
        let _ = write!(io::stderr(), "App id: ");
        typed = input::line().await?.unwrap_or_default();
    }
    match trimmed_credential(&typed) {
        "" => Err(Failure::usage(
            "there is no app id",
            "set PINTEREST_APP_ID or use --app-id; it is on https://developers.pinterest.com/apps/",
        )),
        id => Ok(id.to_owned()),
    }
}
