//! The addresses that misbehave before any request.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use rustls::ServerConfig;
use socket2::{Domain, Socket, Type};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

/// How long a silent peer stays.
const PATIENCE: Duration = Duration::from_secs(120);

/// A port that nobody listens on and nobody else can take while this is held.
pub(crate) fn refused() -> io::Result<(Socket, String)> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    socket.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into())?;
    let address = socket
        .local_addr()?
        .as_socket()
        .ok_or_else(|| io::Error::other("a port has no address"))?
        .to_string();
    Ok((socket, address))
}

/// Accepts and says nothing.
pub(crate) async fn silent(tasks: &mut JoinSet<()>) -> io::Result<String> {
    listen(tasks, |mut stream| async move {
        let mut ignored = [0; 1024];
        let gone = async { while matches!(stream.read(&mut ignored).await, Ok(read) if read > 0) {} };
        // Whether the client left or patience ended, the connection closes.
        let _ = tokio::time::timeout(PATIENCE, gone).await;
    })
    .await
}

/// Accepts and closes at once.
pub(crate) async fn slam(tasks: &mut JoinSet<()>) -> io::Result<String> {
    listen(tasks, |stream| async move { drop(stream) }).await
}

/// Speaks plain text, whatever it hears.
pub(crate) async fn plain(tasks: &mut JoinSet<()>) -> io::Result<String> {
    listen(tasks, |mut stream| async move {
        let mut heard = [0; 1024];
        if stream.read(&mut heard).await.is_ok() {
            let answer = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            let _ = stream.write_all(answer).await;
        }
    })
    .await
}

/// TLS with a certificate that no client should take.
pub(crate) async fn tls(tasks: &mut JoinSet<()>, config: &Arc<ServerConfig>) -> io::Result<String> {
    let acceptor = TlsAcceptor::from(Arc::clone(config));
    listen(tasks, move |stream| {
        let acceptor = acceptor.clone();
        async move {
            // The handshake is the whole conversation.
            let _ = acceptor.accept(stream).await;
        }
    })
    .await
}

async fn listen<F, Fut>(tasks: &mut JoinSet<()>, behave: F) -> io::Result<String>
where
    F: Fn(TcpStream) -> Fut + Send + 'static,
    Fut: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?.to_string();
    tasks.spawn(async move {
        let mut conversations = JoinSet::new();
        while let Ok((stream, _)) = listener.accept().await {
            conversations.spawn(behave(stream));
            while conversations.try_join_next().is_some() {}
        }
    });
    Ok(address)
}
