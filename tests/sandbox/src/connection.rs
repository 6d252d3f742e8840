//! One connection: requests in, answers out, and tunnels to itself.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use socket2::SockRef;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;

use crate::control;
use crate::delivery::{deliver, part, send};
use crate::http::{ReadError, Reader, Request, Response};
use crate::log::Origin;
use crate::note;
use crate::pinterest;
use crate::proxy;
use crate::shared::Shared;
use crate::stream::{After, End, Stream};

/// The first byte of a TLS handshake record (RFC 8446 section 5.1).
const TLS_HANDSHAKE: u8 = 0x16;

/// Serves a connection until it ends, whatever it speaks.
pub(crate) async fn serve(mut stream: TcpStream, shared: Arc<Shared>) {
    let mut origin = Origin {
        connection: shared.number(),
        ..Origin::default()
    };
    // An error means that the client is gone, which is its right. So it is below.
    let _ = stream.set_nodelay(true);
    loop {
        let mut first = [0];
        if !matches!(stream.peek(&mut first).await, Ok(1)) {
            return;
        }
        if first[0] == TLS_HANDSHAKE {
            return handshake(stream, &shared.tls, &shared, origin).await;
        }
        match requests(&mut stream, &shared, &Arc::new(origin)).await {
            Ok(End::Tunnel(tunnel)) => origin = tunnel,
            Ok(End::Connection(After::Reset)) => return reset(&stream),
            Ok(End::Connection(_)) => {
                let _ = stream.shutdown().await;
                return;
            }
            Ok(End::Refused) => {
                let _ = part(&mut stream).await;
                return;
            }
            Err(_) => return,
        }
    }
}

/// Serves a connection that speaks TLS with a certificate of its own.
pub(crate) async fn serve_tls(stream: TcpStream, acceptor: TlsAcceptor, shared: Arc<Shared>) {
    let origin = Origin {
        connection: shared.number(),
        ..Origin::default()
    };
    let _ = stream.set_nodelay(true);
    handshake(stream, &acceptor, &shared, origin).await;
}

async fn handshake(stream: TcpStream, acceptor: &TlsAcceptor, shared: &Shared, mut origin: Origin) {
    let Ok(mut tls) = acceptor.accept(stream).await else {
        return;
    };
    origin.tls = true;
    origin.client_certificate = tls
        .get_ref()
        .1
        .peer_certificates()
        .and_then(|chain| chain.first())
        .map(|certificate| STANDARD.encode(certificate));
    match requests(&mut tls, shared, &Arc::new(origin)).await {
        Ok(End::Connection(After::Reset)) => reset(tls.get_ref().0),
        Ok(End::Connection(_)) => {
            let _ = tls.shutdown().await;
        }
        Ok(End::Refused | End::Tunnel(_)) => {
            let _ = part(&mut tls).await;
        }
        Err(_) => {}
    }
}

/// Makes the coming close a reset.
fn reset(stream: &TcpStream) {
    let _ = SockRef::from(stream).set_linger(Some(Duration::ZERO));
}

async fn requests<S: Stream>(stream: &mut S, shared: &Shared, origin: &Arc<Origin>) -> io::Result<End> {
    let mut reader = Reader::default();
    loop {
        let request = match reader.next(stream).await {
            Ok(request) => request,
            Err(ReadError::Malformed(why)) => {
                let refusal = Response::error(400, why)
                    .measured(false)
                    .with_header("Connection", "close");
                send(stream, &refusal).await?;
                return Ok(End::Refused);
            }
            Err(ReadError::Closed) => return Ok(End::Connection(After::Close)),
        };
        if let Some(refusal) = proxy::unauthenticated(shared, &request) {
            send(stream, &refusal).await?;
            if request.wants_close() {
                return Ok(End::Connection(After::Close));
            }
            continue;
        }
        if request.method == "CONNECT" {
            return proxy::connect(stream, shared, origin, &request, reader.is_empty()).await;
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
    origin: &Arc<Origin>,
    request: Request,
) -> io::Result<After> {
    let is_head = request.is_head();
    let connection = match (request.wants_close(), request.is_old) {
        (true, _) => Some("close"),
        (false, true) => Some("keep-alive"),
        (false, false) => None,
    };
    if control::is_ours(&request) {
        let mut response = control::answer(shared, &request).measured(is_head);
        if let Some(connection) = connection {
            response = response.with_header("Connection", connection);
        }
        send(stream, &response).await?;
        return Ok(After::Keep);
    }
    let (scripted, mut real) = {
        let mut world = shared.world();
        let scripted = world.script.next();
        let passes = scripted.as_ref().is_none_or(|scripted| scripted.pass);
        let odd = scripted.as_ref().and_then(|scripted| scripted.odd);
        let real = passes.then(|| pinterest::answer(&mut world, &request, origin.tls, odd));
        // An answer that is lost on its way was none.
        let lost = scripted.as_ref().is_some_and(|scripted| scripted.fault.is_some());
        let status = match (&real, &scripted) {
            _ if lost => None,
            (Some(real), _) => Some(real.status),
            (None, scripted) => scripted.as_ref().and_then(|scripted| scripted.status_to_log()),
        };
        let now = world.clock.millis();
        let note = if passes {
            note::of(&world, &request, real.as_ref())
        } else {
            note::scripted()
        };
        world.log.add(now, origin, request, note, status);
        (scripted, real)
    };
    if let Some(connection) = connection {
        real = real.map(|response| response.with_header("Connection", connection));
    }
    match (scripted, real) {
        (Some(scripted), real) => deliver(stream, &scripted, real, is_head).await,
        (None, Some(real)) => {
            send(stream, &real).await?;
            Ok(After::Keep)
        }
        (None, None) => Ok(After::Close),
    }
}
