//! The sandbox as an HTTP proxy: every tunnel leads back to itself.

use std::io;

use tokio::io::AsyncWriteExt as _;

use crate::delivery::send;
use crate::http::{Request, Response};
use crate::log::Origin;
use crate::shared::Shared;
use crate::stream::{After, End, Stream};
use crate::switches::ProxyFault;

/// The refusal of a request to the proxy without credentials, if they are asked for. Any will do.
pub(crate) fn unauthenticated(shared: &Shared, request: &Request) -> Option<Response> {
    let is_for_proxy = request.method == "CONNECT" || request.target_host.is_some();
    if !is_for_proxy
        || request.header("proxy-authorization").is_some()
        || !shared.world().switches.proxy_requires_authentication
    {
        return None;
    }
    let refusal = Response::error(407, "the proxy asks for a user name and password")
        .measured(request.is_head())
        .with_header("Proxy-Authenticate", "Basic realm=\"pinterest-sandbox\"");
    Some(refusal)
}

/// Answers a `CONNECT` (RFC 9110 section 9.3.6).
pub(crate) async fn connect<S: Stream>(
    stream: &mut S,
    shared: &Shared,
    origin: &Origin,
    request: &Request,
    nothing_follows: bool,
) -> io::Result<End> {
    if origin.tls || !nothing_follows {
        let why = "CONNECT is for the plain port, and nothing may follow before its answer";
        return refuse(stream, 400, why).await;
    }
    let fault = shared.world().switches.proxy_fault;
    match fault {
        Some(ProxyFault::Close) => return Ok(End::Connection(After::Close)),
        Some(ProxyFault::BadGateway) => {
            return refuse(stream, 502, "the proxy cannot reach this host").await;
        }
        Some(ProxyFault::CloseTunnel) | None => {}
    }
    stream
        .write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")
        .await?;
    stream.flush().await?;
    if fault.is_some() {
        return Ok(End::Connection(After::Close));
    }
    Ok(End::Tunnel(Origin {
        connect_target: Some(request.path.clone()),
        proxy_authorization: request.header("proxy-authorization").map(str::to_owned),
        ..origin.clone()
    }))
}

async fn refuse<S: Stream>(stream: &mut S, status: u16, why: &str) -> io::Result<End> {
    let refusal = Response::error(status, why)
        .measured(false)
        .with_header("Connection", "close");
    send(stream, &refusal).await?;
    Ok(End::Refused)
}
