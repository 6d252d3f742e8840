//! Starting and stopping a sandbox.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::{Arc, Mutex};

use socket2::Socket;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use crate::addresses::Addresses;
use crate::certificates::Certificates;
use crate::connection::{Shared, serve};
use crate::faults;
use crate::world::World;

/// How to start a sandbox.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Options {
    /// The port on loopback; 0 takes a free one.
    pub port: u16,
    /// How many requests to remember.
    pub log_limit: usize,
    /// Codes to issue for the first app.
    pub codes: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            log_limit: 100_000,
            codes: Vec::new(),
        }
    }
}

/// A running sandbox; it stops when dropped.
pub struct Sandbox {
    addresses: Addresses,
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
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
        let port = listener.local_addr()?.port();
        // `localhost` may resolve to either; without IPv6 there is only one.
        let second = TcpListener::bind((Ipv6Addr::LOCALHOST, port)).await.ok();
        let (held, refused) = faults::refused()?;
        let addresses = Addresses {
            http: format!("http://127.0.0.1:{port}"),
            https: format!("https://localhost:{port}"),
            refused,
            silent: faults::silent(&mut tasks).await?,
            slam: faults::slam(&mut tasks).await?,
            plain: faults::plain(&mut tasks).await?,
            tls_expired: faults::tls(&mut tasks, &certificates.expired).await?,
            tls_wrong_host: faults::tls(&mut tasks, &certificates.wrong_host).await?,
            tls_self_signed: faults::tls(&mut tasks, &certificates.self_signed).await?,
        };
        let mut world = World::new(options.log_limit);
        for code in &options.codes {
            world
                .issue_code(None, None, None, Some(code))
                .map_err(io::Error::other)?;
        }
        let shared = Arc::new(Shared {
            world: Mutex::new(world),
            addresses: addresses.clone(),
            tls: TlsAcceptor::from(Arc::clone(&certificates.good)),
            log_limit: options.log_limit,
        });
        // Odd and even numbers, so that the two listeners' connections differ.
        for (first_number, listener) in [(1, Some(listener)), (2, second)] {
            if let Some(listener) = listener {
                tasks.spawn(accept(listener, Arc::clone(&shared), first_number));
            }
        }
        Ok(Self {
            addresses,
            certificates,
            _refused: held,
            _tasks: tasks,
        })
    }

    /// Where it and its faults are.
    pub fn addresses(&self) -> &Addresses {
        &self.addresses
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

async fn accept(listener: TcpListener, shared: Arc<Shared>, first_number: u64) {
    let mut connections = JoinSet::new();
    let mut number = first_number;
    loop {
        // An error here is a client that left early, or too many files: the next may do better.
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
            continue;
        };
        connections.spawn(serve(stream, Arc::clone(&shared), number));
        number += 2;
        while connections.try_join_next().is_some() {}
    }
}
