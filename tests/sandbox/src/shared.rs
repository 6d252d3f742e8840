//! What all connections share.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio_rustls::TlsAcceptor;

use crate::addresses::Addresses;
use crate::options::Options;
use crate::world::World;

/// One sandbox's state, and what does not change.
pub(crate) struct Shared {
    world: Mutex<World>,
    connections: AtomicU64,
    pub(crate) options: Options,
    pub(crate) addresses: Addresses,
    pub(crate) tls: TlsAcceptor,
}

impl Shared {
    pub(crate) fn new(options: Options, addresses: Addresses, tls: TlsAcceptor) -> Self {
        Self {
            world: Mutex::new(World::new(&options)),
            connections: AtomicU64::new(0),
            options,
            addresses,
            tls,
        }
    }

    /// The state; a panic elsewhere does not make it unusable.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next connection's number, from 1.
    pub(crate) fn number(&self) -> u64 {
        self.connections.fetch_add(1, Relaxed) + 1
    }
}
