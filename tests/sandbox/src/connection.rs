//! One connection: requests in, answers out, and tunnels to itself.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use socket2::SockRef;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;

use crate::addresses::Addresses;
use crate::control;
use crate::delivery::{After, Stream, deliver, send};
use crate::http::{ReadError, Reader, Request, Response};
use crate::log::Origin;
use crate::pinterest;
use crate::world::World;

/// The first byte of a TLS handshake record (RFC 8446 section 5.1).
const TLS_HANDSHAKE: u8 = 0x16;

/// What all connections share.
pub(crate) struct Shared {
    pub(crate) world: Mutex<World>,
    pub(crate) addresses: Addresses,
    pub(crate) tls: TlsAcceptor,
    pub(crate) log_limit: usize,
}

impl Shared {
    /// The state; a panic elsewhere does not make it unusable.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How a stretch of requests on one connection ended.
enum End {
    Connection(After),
    /// A `CONNECT` was answered: what follows is for its target.
    Tunnel(Origin),
}

/// Serves a connection until it ends.
pub(crate) async fn serve(mut stream: TcpStream, shared: Arc<Shared>, number: u64) {
    let mut origin = Origin {
        connection: number,
        ..Origin::default()
    };
    // An error means that the client is gone, which is its right.
    let _ = stream.set_nodelay(true);
    loop {
        let mut first = [0];
        if !matches!(stream.peek(&mut first).await, Ok(1)) {
            return;
        }
        if first[0] == TLS_HANDSHAKE {
            let Ok(mut tls) = shared.tls.accept(stream).await else {
                return;
            };
            origin.tls = true;
            origin.client_certificate = tls
                .get_ref()
                .1
                .peer_certificates()
                .and_then(|chain| chain.first())
                .map(|certificate| STANDARD.encode(certificate));
            if let Ok(End::Connection(after)) = requests(&mut tls, &shared, &origin).await {
                if after == After::Reset {
                    reset(tls.get_ref().0);
                } else {
                    let _ = tls.shutdown().await;
                }
            }
            return;
        }
        match requests(&mut stream, &shared, &origin).await {
            Ok(End::Tunnel(tunnel)) => origin = tunnel,
            Ok(End::Connection(After::Reset)) => return reset(&stream),
            Ok(End::Connection(_)) => {
                let _ = stream.shutdown().await;
                return;
            }
            Err(_) => return,
        }
    }
}

/// Makes the coming close a reset.
fn reset(stream: &TcpStream) {
    let _ = SockRef::from(stream).set_linger(Some(std::time::Duration::ZERO));
}

async fn requests<S: Stream>(stream: &mut S, shared: &Shared, origin: &Origin) -> io::Result<End> {
    let mut reader = Reader::default();
    loop {
        let request = match reader.next(stream).await {
            Ok(request) => request,
            Err(ReadError::Malformed(why)) => {
                send(stream, &plain_refusal(400, why)).await?;
                return Ok(End::Connection(After::Close));
            }
            Err(ReadError::Closed | ReadError::Io) => return Ok(End::Connection(After::Close)),
        };
        if request.method == "CONNECT" {
            if let Some(end) = connect(stream, shared, origin, &request, reader.is_empty()).await? {
                return Ok(end);
            }
            continue;
        }
        let close = request.wants_close();
        let after = answer(stream, shared, origin, request).await?;
        if after != After::Keep || close {
            return Ok(End::Connection(after));
        }
    }
}

async fn answer<S: Stream>(
    stream: &mut S,
    shared: &Shared,
    origin: &Origin,
    request: Request,
) -> io::Result<After> {
    if request.path.starts_with(control::PREFIX) {
        let response = control::answer(&mut shared.world(), &shared.addresses, shared.log_limit, &request);
        send(stream, &response).await?;
        return Ok(After::Keep);
    }
    let (id, scripted, real) = {
        let mut world = shared.world();
        let scripted = world.script.next();
        let real = match &scripted {
            Some(scripted) if !scripted.pass => None,
            _ => Some(pinterest::answer(&mut world, &request)),
        };
        let now = world.clock.now();
        let id = world.log.add(now, origin, request);
        let status = real
            .as_ref()
            .map(|real| real.status)
            .or(scripted.as_ref().and_then(|scripted| scripted.status));
        world.log.answered(id, status.unwrap_or(200));
        (id, scripted, real)
    };
    match (scripted, real) {
        (Some(scripted), real) => {
            if scripted.fault.is_some() {
                shared.world().log.answered(id, 0);
            }
            deliver(stream, &scripted, real).await
        }
        (None, Some(real)) => {
            send(stream, &real).await?;
            Ok(After::Keep)
        }
        (None, None) => Ok(After::Close),
    }
}

/// Answers a `CONNECT`; `None` if the client must ask again.
async fn connect<S: Stream>(
    stream: &mut S,
    shared: &Shared,
    origin: &Origin,
    request: &Request,
    nothing_follows: bool,
) -> io::Result<Option<End>> {
    let authorization = request.header("proxy-authorization").map(str::to_owned);
    if shared.world().switches.proxy_requires_authentication && authorization.is_none() {
        let refusal = plain_refusal(407, "the proxy asks for a user name and password")
            .with_header("Proxy-Authenticate", "Basic realm=\"pinterest-sandbox\"");
        send(stream, &refusal).await?;
        return Ok(None);
    }
    if origin.tls || !nothing_follows {
        send(
            stream,
            &plain_refusal(
                400,
                "CONNECT is for the plain port, and nothing may follow before its answer",
            ),
        )
        .await?;
        return Ok(Some(End::Connection(After::Close)));
    }
    stream
        .write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")
        .await?;
    Ok(Some(End::Tunnel(Origin {
        connect_target: Some(request.path.clone()),
        proxy_authorization: authorization,
        ..origin.clone()
    })))
}

fn plain_refusal(status: u16, why: &str) -> Response {
    let response = Response::json(status, &json!({"error": why}));
    let length = response.body.len().to_string();
    response.with_header("Content-Length", length)
}
