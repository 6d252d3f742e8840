//! The way to a host: directly, or through the configured or the environment's proxy.

use http::{HeaderMap, Uri};
use reqwest::{ClientBuilder, NoProxy, Proxy};

use super::endpoint::Endpoint;
use crate::configuration::ConnectionSettings;
use crate::error::Error;
use crate::headers;

/// How connections to one host are made.
#[derive(Clone, Default)]
pub(crate) struct Route {
    proxy: Option<Proxy>,
    /// This machine is reached without the environment's proxy.
    direct: bool,
    /// The proxy's host and port, for messages; `None` where one may not be used.
    via: Option<String>,
}

impl Route {
    /// # Errors
    ///
    /// `InvalidInput` for a proxy that cannot be used, also one that the environment names: going
    /// on without it would send secrets another way than was meant. No message shows its URL, which
    /// may hold a password.
    pub(crate) fn find(settings: &ConnectionSettings, endpoint: &Endpoint) -> Result<Self, Error> {
        if let Some(url) = &settings.proxy {
            let via = checked(url.expose(), true).ok_or_else(|| refuse("`proxy`"))?;
            let always = settings.no_proxy.as_deref().is_none_or(str::is_empty);
            return Ok(Self {
                proxy: Some(configured(settings, url.expose())?),
                direct: false,
                via: always.then_some(via),
            });
        }
        if is_direct(settings, endpoint) {
            return Ok(Self {
                direct: true,
                ..Self::default()
            });
        }
        let variable = |names: [&'static str; 2]| {
            names
                .into_iter()
                .find_map(|name| Some((name, std::env::var(name).ok()?)))
                .filter(|(_, value)| !value.is_empty())
        };
        let named = variable(["HTTPS_PROXY", "https_proxy"]).or_else(|| variable(["ALL_PROXY", "all_proxy"]));
        let Some((name, url)) = named else {
            return Ok(Self::default());
        };
        let via = checked(&url, false).ok_or_else(|| refuse(name))?;
        let always = variable(["NO_PROXY", "no_proxy"]).is_none();
        Ok(Self {
            via: always.then_some(via),
            ..Self::default()
        })
    }

    pub(crate) fn apply(&self, builder: ClientBuilder) -> ClientBuilder {
        match &self.proxy {
            Some(proxy) => builder.proxy(proxy.clone()),
            None if self.direct => builder.no_proxy(),
            None => builder,
        }
    }

    pub(crate) fn is_direct(&self) -> bool {
        self.direct
    }

    /// The proxy that connections go through, where that is certain.
    pub(crate) fn via(&self) -> Option<&str> {
        self.via.as_deref()
    }
}

/// Whether the environment's proxy is passed by: on this machine none is needed.
pub(crate) fn is_direct(settings: &ConnectionSettings, endpoint: &Endpoint) -> bool {
    settings.proxy.is_none() && endpoint.is_loopback()
}

fn refuse(setting: &str) -> Error {
    Error::invalid_input(format!(
        "{setting} is not the URL of an HTTP proxy, such as http://user:password@host:3128"
    ))
}

/// The proxy's host and port. In the environment the scheme may be left out.
fn checked(url: &str, with_scheme: bool) -> Option<String> {
    let uri: Uri = url.parse().ok()?;
    match uri.scheme_str() {
        Some("http" | "https") => {}
        None if !with_scheme => {}
        _ => return None,
    }
    let authority = uri.authority()?;
    let host = authority.as_str().rsplit('@').next()?;
    (!authority.host().is_empty()).then(|| host.to_owned())
}

fn configured(settings: &ConnectionSettings, url: &str) -> Result<Proxy, Error> {
    let mut proxy = Proxy::all(url).map_err(|_| refuse("`proxy`"))?;
    if !settings.proxy_headers.is_empty() {
        let mut headers = HeaderMap::new();
        for (name, value) in &settings.proxy_headers {
            headers::insert(&mut headers, name, value.expose())?;
        }
        proxy = proxy.headers(headers);
    }
    // The library takes `*` for every name, but not for every address.
    let no_proxy = settings.no_proxy.as_deref().map(|hosts| match hosts.trim() {
        "*" => "*,0.0.0.0/0,::/0",
        _ => hosts,
    });
    Ok(proxy.no_proxy(no_proxy.and_then(NoProxy::from_string)))
}
