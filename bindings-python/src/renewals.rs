//! The managers of one process, whose renewals the interpreter's end waits for.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use pinterest_sdk::TokenManager;
use pyo3::prelude::*;
use tokio::time::{sleep, timeout};

use crate::background::spawn;
use crate::per_process::PerProcess;
use crate::signals::{TICK, check_signals};

/// How long a manager that nobody has any more is known here while its store does not take its tokens: as long as
/// the core offers them.
const NOBODYS: Duration = Duration::from_secs(3600);
/// How long one wait for it is, and how long the pause until the next.
const TURN: Duration = Duration::from_secs(60);

/// What the last end has in any case.
const LEFT: Duration = Duration::from_secs(2);

static NEXT: AtomicU64 = AtomicU64::new(0);
static ALL: PerProcess<Managers> = PerProcess::new();
/// Whether Python knows that this process's end is to wait.
static IS_WATCHED: PerProcess<()> = PerProcess::new();
/// How long this process's ends have waited.
static WAITED: PerProcess<Mutex<Duration>> = PerProcess::new();

/// By number.
type Managers = Mutex<HashMap<u64, TokenManager>>;

/// A manager that the interpreter's end waits for, also after this is dropped, until its renewals are over and the
/// store has taken all of its tokens.
pub(crate) struct Kept {
    pub(crate) manager: TokenManager,
    number: u64,
}

impl Kept {
    pub(crate) fn new(manager: TokenManager) -> Self {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        lock(&all()).insert(number, manager.clone());
        Self { manager, number }
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        let (manager, number) = (self.manager.clone(), self.number);
        let last = async move {
            let closed = async {
                while !manager.close(TURN).await {
                    sleep(TURN).await;
                }
            };
            let _ = timeout(NOBODYS, closed).await;
            lock(&all()).remove(&number);
        };
        if spawn(last).is_err() {
            lock(&all()).remove(&number);
        }
    }
}

/// Has the end of a process waited for that ends otherwise than the interpreter does: a child of `multiprocessing`.
pub(crate) fn watch_end(py: Python<'_>) -> PyResult<()> {
    if IS_WATCHED.existing().is_none() {
        py.import("pinterest_sdk._process")?
            .call_method0("watch_end_of_child")?;
        let Ok(_) = IS_WATCHED.get(|| Ok::<_, Infallible>(()));
    }
    Ok(())
}

/// Waits until nothing is being renewed and everything is kept, up to a signal and ten seconds: for all ends of the
/// process together, since one begins before its executors end and another after that, to which a little is left.
///
/// `is_over` is given for the first of them, and says whether the program ends then. While threads of it go on, that
/// wait is not one of its end, which has all of the time later.
#[pyfunction]
#[pyo3(signature = (is_over))]
pub(crate) fn drain(py: Python<'_>, is_over: Option<Py<PyAny>>) {
    let (Some(all), Ok(waited)) = (
        ALL.existing(),
        WAITED.get(|| Ok::<_, Infallible>(Mutex::default())),
    ) else {
        return;
    };
    let limit = {
        let waited = waited.lock().unwrap_or_else(PoisonError::into_inner);
        let kept_back = is_over.as_ref().map_or(Duration::ZERO, |_| LEFT);
        TokenManager::CLOSING.saturating_sub(*waited + kept_back)
    };
    let managers: Vec<_> = lock(&all).values().cloned().collect();
    let (send, done) = sync_channel::<()>(0);
    for manager in managers {
        let send = send.clone();
        let last = async move {
            manager.close(limit).await;
            drop(send);
        };
        if spawn(last).is_err() {
            return;
        }
    }
    drop(send);
    let began = py.detach(move || {
        let mut began = None;
        loop {
            if began.is_none() && ends(is_over.as_ref()) {
                began = Some(Instant::now());
            }
            // Nothing is ever sent: the wait ends when the last of the other ends is dropped.
            if done.recv_timeout(TICK) != Err(RecvTimeoutError::Timeout) || check_signals().is_err() {
                return began;
            }
        }
    });
    *waited.lock().unwrap_or_else(PoisonError::into_inner) +=
        began.map_or(Duration::ZERO, |began| began.elapsed());
}

/// Whether the program ends; if it cannot be asked, it does.
fn ends(is_over: Option<&Py<PyAny>>) -> bool {
    is_over.is_none_or(|is_over| {
        Python::attach(|py| {
            is_over
                .call0(py)
                .and_then(|given| given.is_truthy(py))
                .unwrap_or(true)
        })
    })
}

fn all() -> Arc<Managers> {
    let Ok(all) = ALL.get(|| Ok::<_, Infallible>(Managers::default()));
    all
}

/// Locked only for a moment, in which nobody waits for anything.
fn lock(all: &Managers) -> MutexGuard<'_, HashMap<u64, TokenManager>> {
    all.lock().unwrap_or_else(PoisonError::into_inner)
}
