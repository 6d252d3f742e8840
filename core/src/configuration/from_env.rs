//! Settings from the environment's variables, as the command line reads them.

use std::env;

use url::{Position, Url};

use super::Configuration;
use crate::secret::Secret;
use crate::unseen::trimmed;

/// Where Pinterest's quickstart, whose variables have no path, puts the API.
const API_PATH: &str = "/v5";
/// Where it puts the page that asks a person.
const OAUTH_PATH: &str = "/oauth/";

impl Configuration {
    /// The settings that the environment names, and the defaults of the rest:
    ///
    /// | variable | setting |
    /// |---|---|
    /// | `PINTEREST_APP_ID` | [`username`](Self::username) |
    /// | `PINTEREST_APP_SECRET` | [`password`](Self::password) |
    /// | `PINTEREST_ACCESS_TOKEN` | [`access_token`](Self::access_token) |
    /// | `PINTEREST_API_URI` | [`host`](Self::host); without a path, `/v5` |
    /// | `PINTEREST_OAUTH_URI` | [`authorization_url`](Self::authorization_url); without a path, `/oauth/` |
    ///
    /// One that is blank is not set. They are those of the command line and of Pinterest's quickstart.
    pub fn from_env() -> Self {
        Self::from_variables(|name| Some(env::var_os(name)?.to_string_lossy().into_owned()))
    }

    /// The same with variables that `value` knows by name.
    pub fn from_variables(mut value: impl FnMut(&str) -> Option<String>) -> Self {
        let mut value = |name| {
            let text = trimmed(&value(name)?).to_owned();
            (!text.is_empty()).then_some(text)
        };
        let mut found = Self {
            username: value("PINTEREST_APP_ID"),
            password: value("PINTEREST_APP_SECRET").map(Secret::from),
            access_token: value("PINTEREST_ACCESS_TOKEN").map(Secret::from),
            ..Self::default()
        };
        if let Some(uri) = value("PINTEREST_API_URI") {
            found.host = with_path(uri, API_PATH);
        }
        if let Some(uri) = value("PINTEREST_OAUTH_URI") {
            found.authorization_url = with_path(uri, OAUTH_PATH);
        }
        found
    }
}

/// The address, with `path` if it has none; what is no address is refused later.
fn with_path(uri: String, path: &str) -> String {
    match Url::parse(&uri) {
        Ok(url)
            if url.has_host()
                && url.path().bytes().all(|byte| byte == b'/')
                && url[Position::AfterPath..].is_empty() =>
        {
            format!("{}{path}", &url[..Position::BeforePath])
        }
        _ => uri,
    }
}

#[cfg(test)]
mod tests {
    use std::env;
    use std::process::Command;

    use super::Configuration;
    use crate::secret::Secret;

    fn of(variables: &[(&str, &str)]) -> Configuration {
        Configuration::from_variables(|name| {
            let found = variables.iter().find(|(variable, _)| *variable == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    /// The environment belongs to the process, so this runs in one of its own.
    #[test]
    fn the_environment_is_what_is_read() {
        const CHILD: &str = "PINTEREST_TEST_READS_ITS_ENVIRONMENT";
        if env::var_os(CHILD).is_some() {
            println!("id: {:?}", Configuration::from_env().username);
            return;
        }
        let output = Command::new(env::current_exe().expect("this program"))
            .args(["--exact", "--nocapture"])
            .arg("configuration::from_env::tests::the_environment_is_what_is_read")
            .env(CHILD, "")
            .env("PINTEREST_APP_ID", "1234567")
            .output()
            .expect("this program, once more");
        let printed = String::from_utf8_lossy(&output.stdout);
        assert!(printed.contains(r#"id: Some("1234567")"#), "{printed}");
    }

    #[test]
    fn what_is_not_set_or_blank_is_as_by_default() {
        assert!(of(&[]) == Configuration::default());
        assert!(of(&[("PINTEREST_API_URI", " "), ("PINTEREST_APP_ID", "")]) == Configuration::default());
        let found = of(&[
            ("PINTEREST_APP_ID", " 1234567\n"),
            ("PINTEREST_APP_SECRET", "secret"),
            ("PINTEREST_ACCESS_TOKEN", "pina_a"),
        ]);
        assert_eq!(found.username.as_deref(), Some("1234567"));
        assert_eq!(found.password.as_ref().map(Secret::expose), Some("secret"));
        assert_eq!(found.access_token.as_ref().map(Secret::expose), Some("pina_a"));
    }

    #[test]
    fn addresses_without_a_path_are_the_quickstart_s() {
        for (api, oauth, host, page) in [
            (
                "http://127.0.0.1:8086",
                "http://127.0.0.1:8086",
                "http://127.0.0.1:8086/v5",
                "http://127.0.0.1:8086/oauth/",
            ),
            (
                "https://a.example/",
                "https://a.example/",
                "https://a.example/v5",
                "https://a.example/oauth/",
            ),
            (
                "https://a.example/v5",
                "https://a.example/oauth/",
                "https://a.example/v5",
                "https://a.example/oauth/",
            ),
            (
                "https://a.example/v6/",
                "https://a.example/x",
                "https://a.example/v6/",
                "https://a.example/x",
            ),
            (
                "\u{feff}https://a.example\u{200b}",
                "https://a.example//",
                "https://a.example/v5",
                "https://a.example/oauth/",
            ),
            ("a.example", "not an address", "a.example", "not an address"),
            (
                "https://a.example/?x",
                "https://a.example/#x",
                "https://a.example/?x",
                "https://a.example/#x",
            ),
        ] {
            let found = of(&[("PINTEREST_API_URI", api), ("PINTEREST_OAUTH_URI", oauth)]);
            assert_eq!(
                (found.host.as_str(), found.authorization_url.as_str()),
                (host, page)
            );
        }
    }
}
