//! The addresses that misbehave before any request.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use socket2::{Domain, Socket, Type};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::delivery::{listen_for, part};

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
        listen_for(&mut stream, PATIENCE).await;
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
            // A client that does not want to hear it has left.
            if stream.write_all(answer).await.is_ok() {
                let _ = part(&mut stream).await;
            }
        }
    })
    .await
}

/// Gives every connection to an address of its own to `behave`; gives the address.
async fn listen<F, Fut>(tasks: &mut JoinSet<()>, behave: F) -> io::Result<String>
where
    F: Fn(TcpStream) -> Fut + Send + 'static,
    Fut: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?.to_string();
    tasks.spawn(accept(listener, behave));
    Ok(address)
}

/// Gives every connection to `behave`; ends them with itself.
pub(crate) async fn accept<F, Fut>(listener: TcpListener, behave: F)
where
    F: Fn(TcpStream) -> Fut + Send + 'static,
    Fut: Future<Output = ()> + Send + 'static,
{
    let mut conversations = JoinSet::new();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                conversations.spawn(behave(stream));
            }
            // A client that left early, or too many files: the next may do better.
            Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
        while conversations.try_join_next().is_some() {}
    }
}
