//! The way to a host, decided once: what is told of it is what the connections do.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::ClientBuilder;

use super::bypass;
use super::endpoint::Endpoint;
use super::environment::{ProxyVariables, Variable};
use super::proxy::{Proxy, refuse};
use crate::configuration::ConnectionSettings;
use crate::error::Error;
use crate::redaction::Redactor;
use crate::secret::Secret;
use crate::words::{Setting, Word};

/// How connections to one host are made.
#[derive(Clone, PartialEq)]
pub(crate) enum Route {
    Direct,
    Through(Box<Proxy>),
}

impl Route {
    /// # Errors
    ///
    /// `InvalidInput` for a proxy that cannot be used: going on without it would send secrets another
    /// way than was meant. One of the settings is always checked; one of the environment, which is
    /// there for other programs too, does not matter to a host that is reached without it.
    pub(crate) fn find(
        settings: &ConnectionSettings,
        variables: &ProxyVariables,
        endpoint: &Endpoint,
    ) -> Result<Self, Error> {
        let parse = |named: &Word, url| Proxy::parse(named, url)?.with_headers(settings);
        let configured = settings
            .proxy
            .as_ref()
            .map(|url| parse(&Setting::Proxy.into(), url.expose()))
            .transpose()?;
        // Plain HTTP is taken for safe because it stays on this machine, so here it stays.
        if endpoint.is_plain() {
            return Ok(Self::Direct);
        }
        let is_listed = |list: &str| bypass::names(list, endpoint.host(), endpoint.port());
        let no_proxy = settings
            .no_proxy
            .as_deref()
            .filter(|list| !list.trim().is_empty());
        if no_proxy.is_some_and(is_listed) {
            return Ok(Self::Direct);
        }
        if let Some(proxy) = configured {
            return Ok(Self::Through(Box::new(proxy)));
        }
        // On this machine no proxy is needed.
        let Some(Variable { name, value }) = variables.proxy.as_ref().filter(|_| !endpoint.is_loopback())
        else {
            return Ok(Self::Direct);
        };
        if let (None, Some(list)) = (no_proxy, &variables.no_proxy) {
            let text = list.value.as_ref().map(Secret::expose);
            let text = text.ok_or_else(|| Error::invalid_input(format!("{} is not UTF-8", list.name)))?;
            if is_listed(text) {
                return Ok(Self::Direct);
            }
        }
        let name = Word::from(name.clone());
        let url = value
            .as_ref()
            .ok_or_else(|| refuse(&name, "it is not UTF-8: percent-encode such bytes"))?;
        Ok(Self::Through(Box::new(parse(&name, url.expose())?)))
    }

    /// Makes a client go this way and no other.
    ///
    /// # Errors
    ///
    /// When the library does not take what [`find`](Self::find) took.
    pub(crate) fn apply(&self, builder: ClientBuilder) -> reqwest::Result<ClientBuilder> {
        // The environment has had its say, and the name's file and server have none: this is what
        // `Endpoint` takes the name for.
        let here: [SocketAddr; 2] = [(Ipv4Addr::LOCALHOST, 0).into(), (Ipv6Addr::LOCALHOST, 0).into()];
        let builder = builder.no_proxy().resolve_to_addrs("localhost", &here);
        Ok(match self {
            Self::Direct => builder,
            Self::Through(proxy) => builder.proxy(proxy.for_every_request()?),
        })
    }

    /// Hides what the proxy on it is told in confidence.
    pub(crate) fn hide_secrets(&self, redactor: &mut Redactor) {
        if let Self::Through(proxy) = self {
            proxy.hide_secrets(redactor);
        }
    }

    /// The proxy's host and port.
    pub(crate) fn via(&self) -> Option<&str> {
        match self {
            Self::Direct => None,
            Self::Through(proxy) => Some(proxy.address()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Route;
    use crate::configuration::ConnectionSettings;
    use crate::error::Error;
    use crate::secret::Secret;
    use crate::transport::endpoint::Endpoint;
    use crate::transport::environment::{ProxyVariables, Variable};

    const API: &str = "https://api.pinterest.com/v5";

    fn settings(proxy: Option<&str>, no_proxy: Option<&str>) -> ConnectionSettings {
        ConnectionSettings {
            proxy: proxy.map(Secret::new),
            no_proxy: no_proxy.map(str::to_owned),
            ..ConnectionSettings::default()
        }
    }

    fn variables(proxy: Option<&str>, no_proxy: Option<&str>) -> ProxyVariables {
        let variable = |name: &str, value: Option<&str>| {
            value.map(|value| Variable {
                name: String::from(name),
                value: Some(Secret::new(value)),
            })
        };
        ProxyVariables {
            proxy: variable("HTTPS_PROXY", proxy),
            no_proxy: variable("NO_PROXY", no_proxy),
        }
    }

    fn via(
        settings: &ConnectionSettings,
        variables: &ProxyVariables,
        host: &str,
    ) -> Result<Option<String>, Error> {
        let route = Route::find(settings, variables, &Endpoint::parse(host)?)?;
        Ok(route.via().map(str::to_owned))
    }

    #[test]
    fn settings_come_before_the_environment_and_lists_before_proxies() {
        let through = |address: &str| Some(address.to_owned());
        let (set, env) = (Some("http://set:1"), Some("http://env:2"));
        for (settings, variables, expected) in [
            (settings(None, None), variables(None, None), None),
            (settings(None, None), variables(env, None), through("env:2")),
            (settings(set, None), variables(env, None), through("set:1")),
            (settings(None, None), variables(env, Some("pinterest.com")), None),
            (
                settings(None, None),
                variables(env, Some("other.com")),
                through("env:2"),
            ),
            (settings(set, None), variables(env, Some("*")), through("set:1")),
            (settings(set, Some("*")), variables(env, None), None),
            (
                settings(set, Some("pinterest.com:443")),
                variables(None, None),
                None,
            ),
            (
                settings(set, Some("pinterest.com:80")),
                variables(None, None),
                through("set:1"),
            ),
            (settings(None, Some("*")), variables(env, None), None),
            (
                settings(None, Some("other")),
                variables(env, Some("*")),
                through("env:2"),
            ),
            (settings(None, Some(" ")), variables(env, Some("*")), None),
        ] {
            assert_eq!(via(&settings, &variables, API).unwrap(), expected);
        }
    }

    #[test]
    fn plain_http_never_goes_through_a_proxy() {
        let (set, env) = (
            settings(Some("http://set:1"), None),
            variables(Some("http://env:2"), None),
        );
        let none = (settings(None, None), variables(None, None));
        for host in [
            "http://localhost:1",
            "http://127.0.0.1:1",
            "http://127.9.9.9:1",
            "http://[::1]:1",
        ] {
            assert_eq!(via(&set, &none.1, host).unwrap(), None, "{host}");
            assert_eq!(via(&none.0, &env, host).unwrap(), None, "{host}");
        }
        let over_tls = "https://localhost:1";
        assert_eq!(via(&set, &none.1, over_tls).unwrap().as_deref(), Some("set:1"));
        assert_eq!(via(&none.0, &env, over_tls).unwrap(), None);
    }

    #[test]
    fn a_variable_that_is_not_used_does_not_matter_and_a_setting_does() {
        let odd = Some("socks5h://canary:1");
        for (settings, variables) in [
            (settings(None, None), variables(odd, Some("*"))),
            (settings(Some("http://set:1"), None), variables(odd, None)),
        ] {
            assert!(via(&settings, &variables, API).is_ok());
        }
        for (settings, variables) in [
            (settings(None, None), variables(odd, None)),
            (settings(odd, None), variables(None, None)),
            (settings(odd, Some("*")), variables(None, None)),
        ] {
            assert!(via(&settings, &variables, API).is_err());
        }
    }

    #[test]
    fn a_setting_that_cannot_be_used_is_refused_on_this_machine_too() {
        let error = via(
            &settings(Some("canary"), None),
            &variables(None, None),
            "http://127.0.0.1:1",
        );
        assert!(error.unwrap_err().message().starts_with("`proxy`"));
    }

    #[test]
    fn variables_that_are_not_text_are_refused_by_name() {
        let broken = |name: &str| {
            Some(Variable {
                name: String::from(name),
                value: None,
            })
        };
        for (mut variables, name) in [
            (variables(None, None), "ALL_PROXY"),
            (variables(Some("http://env:2"), None), "NO_PROXY"),
        ] {
            match name {
                "NO_PROXY" => variables.no_proxy = broken(name),
                _ => variables.proxy = broken(name),
            }
            let error = via(&settings(None, None), &variables, API).unwrap_err();
            assert!(error.message().starts_with(name), "{error}");
            assert!(via(&settings(None, None), &variables, "http://127.0.0.1:1").is_ok());
        }
    }
}
