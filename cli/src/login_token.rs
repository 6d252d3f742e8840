//! `pinterest login --with-token`: a token that was made elsewhere.

use std::path::Path;

use super::failure::Failure;
use super::login::{self, warn_of_another, welcome};
use super::profile_report::warn_of_copies;
use super::screen::Screen;
use super::secret_input;
use super::settings::Settings;
use super::stray_secret::check_app_id;
use pinterest_sdk::store::{Life, StoredToken};
use pinterest_sdk::{ApiRequest, CallOptions, Environment, ErrorKind, Outcome};

/// Keeps the access token of standard input, unless it is known to be none. Nobody knows its end, and
/// nothing renews it.
pub(crate) async fn keep(settings: &Settings, screen: &Screen) -> Result<(), Failure> {
    let Some(app_id) = settings.app_id.clone() else {
        return Err(Failure::usage(
            "there is no app id",
            "set PINTEREST_APP_ID or use --app-id: the id of the app that the token is for",
        ));
    };
    check_app_id(&app_id)?;
    let access_token = secret_input::read(Path::new("-"))?;
    let host = settings.host.clone();
    let unknown = Life {
        issued_at: settings.clock.now(),
        expires_at: None,
    };
    let mut token = StoredToken {
        host: host.unwrap_or_else(|| Environment::Production.host().to_owned()),
        app_id,
        app_secret: None,
        account: None,
        scope: None,
        access_token,
        access_life: unknown,
        refresh_token: None,
        refresh_life: unknown,
        sequence: 1,
        replaces: None,
        spent: Vec::new(),
        logins: Vec::new(),
        client_credentials: false,
        requested: None,
    };
    let client = settings.bearer(&token)?;
    warn_of_another(settings, client.configuration(), screen);
    let room = settings.store.reserve(&settings.profile)?;
    let answer = {
        let _spinner = screen.spinner("asking Pinterest whose it is");
        let request = ApiRequest::get("/user_account");
        client
            .request::<serde_json::Value>(request, &CallOptions::default())
            .await
    };
    match answer {
        Ok(answer) => token.account = answer.data["username"].as_str().map(str::to_owned),
        // It may be known, and not be allowed to ask. What a firewall refuses says nothing of it.
        Err(error)
            if error.outcome() == Outcome::Refused
                && matches!(error.kind(), ErrorKind::Scope | ErrorKind::Forbidden) => {}
        Err(error) => return Err(error.into()),
    }
    let spinner = screen.spinner("keeping the token");
    let mut aside = Vec::new();
    let finishing = screen.interruption().finishing();
    let kept = login::keep(settings, room, token, finishing, &mut aside).await;
    drop(spinner);
    warn_of_copies(screen, &aside);
    welcome(settings, &kept?, screen)
}
