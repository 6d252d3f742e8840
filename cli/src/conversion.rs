//! `pinterest conversion-token`.

use serde_json::json;

use super::failure::Failure;
use super::screen::Screen;
use super::settings::Settings;
use super::token::{self, Held};
use pinterest_sdk::{ApiClient, OauthApi};

/// Asks for a token for sending conversions, and prints it. It is not kept.
pub(crate) async fn print(settings: &Settings, screen: &Screen) -> Result<(), Failure> {
    let mut held = None;
    let client = token::bearer_held(settings, screen, &mut held).await?;
    let done = print_with(client, settings, screen).await;
    Held::keep_at_the_end(held, settings, screen).await;
    done
}

async fn print_with(client: ApiClient, settings: &Settings, screen: &Screen) -> Result<(), Failure> {
    let api = OauthApi::new(client);
    // A stop waits until it is printed: it lives long, and nobody else has it.
    let _finishing = screen.interruption().finishing();
    let token = {
        let _spinner = screen.spinner("asking Pinterest");
        let answer = api.conversion_token().await;
        answer.map_err(|error| token::name_login(settings, error))?
    };
    screen.print_the_only_copy();
    if screen.is_json() {
        return screen.print(json!({
            "access_token": token.access_token.expose(),
            "token_type": token.token_type,
        }));
    }
    screen.print(token.access_token.expose())
}
