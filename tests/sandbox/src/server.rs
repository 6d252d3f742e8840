//! Starting and stopping a sandbox.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use rustls::ServerConfig;
use socket2::Socket;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use crate::addresses::Addresses;
use crate::certificates::Certificates;
use crate::connection::{serve, serve_tls};
use crate::faults;
use crate::options::Options;
use crate::shared::Shared;

/// How often a free port is looked for that is free for IPv4 and IPv6.
const TRIES: usize = 20;

/// A running sandbox; it stops when dropped.
pub struct Sandbox {
    shared: Arc<Shared>,
    certificates: Certificates,
    // Held, not used: the first keeps a port from others, the second ends with the sandbox.
    _refused: Socket,
    _tasks: JoinSet<()>,
}

impl Sandbox {
    /// Starts one on the current tokio runtime. It accepts connections when this returns.
    ///
    /// # Errors
    ///
    /// The port is taken, or the system gives no sockets.
    pub async fn start(options: Options) -> io::Result<Self> {
        let certificates = Certificates::make()?;
        let mut tasks = JoinSet::new();
        let (port, listeners) = bind(options.port).await?;
        let (held, refused) = faults::refused()?;
        // Whoever takes a bad certificate is served, which needs the state, which names the addresses.
        let expired = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let wrong_host = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let self_signed = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let addresses = Addresses {
            http: format!("http://127.0.0.1:{port}"),
            https: format!("https://localhost:{port}"),
            refused,
            silent: faults::silent(&mut tasks).await?,
            slam: faults::slam(&mut tasks).await?,
            plain: faults::plain(&mut tasks).await?,
            tls_expired: expired.local_addr()?.to_string(),
            tls_wrong_host: wrong_host.local_addr()?.to_string(),
            tls_self_signed: self_signed.local_addr()?.to_string(),
        };
        let acceptor = TlsAcceptor::from(Arc::clone(&certificates.good));
        let shared = Arc::new(Shared::new(options, addresses, acceptor));
        for (listener, config) in [
            (expired, &certificates.expired),
            (wrong_host, &certificates.wrong_host),
            (self_signed, &certificates.self_signed),
        ] {
            tasks.spawn(accept_tls(listener, Arc::clone(config), Arc::clone(&shared)));
        }
        for listener in listeners {
            let shared = Arc::clone(&shared);
            tasks.spawn(faults::accept(listener, move |stream| {
                serve(stream, Arc::clone(&shared))
            }));
        }
        Ok(Self {
            shared,
            certificates,
            _refused: held,
            _tasks: tasks,
        })
    }

    /// Where it and its faults are.
    pub fn addresses(&self) -> &Addresses {
        &self.shared.addresses
    }

    /// Its certificate authority in PEM form.
    pub fn ca_pem(&self) -> &str {
        &self.certificates.ca_pem
    }

    /// A client certificate that it accepts, with its key, in PEM form.
    pub fn client_certificate_pem(&self) -> &str {
        &self.certificates.client_pem
    }
}

/// Listens on loopback, on one port for both families: `localhost` may resolve to either, and no
/// other program must sit on the second.
async fn bind(port: u16) -> io::Result<(u16, Vec<TcpListener>)> {
    let mut taken = io::Error::from(io::ErrorKind::AddrInUse);
    for _ in 0..TRIES {
        let first = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let chosen = first.local_addr()?.port();
        match TcpListener::bind((Ipv6Addr::LOCALHOST, chosen)).await {
            Ok(second) => return Ok((chosen, vec![first, second])),
            // There is no IPv6 here.
            Err(error) if error.kind() != io::ErrorKind::AddrInUse => return Ok((chosen, vec![first])),
            Err(error) if port != 0 => return Err(error),
            Err(error) => taken = error,
        }
    }
    Err(taken)
}

/// Like the others but for its certificate: a client that takes it is served, and the log shows it.
async fn accept_tls(listener: TcpListener, config: Arc<ServerConfig>, shared: Arc<Shared>) {
    let acceptor = TlsAcceptor::from(config);
    faults::accept(listener, move |stream| {
        serve_tls(stream, acceptor.clone(), Arc::clone(&shared))
    })
    .await;
}
