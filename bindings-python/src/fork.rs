//! Forks: which of a line of processes this one is, told by the C library and not asked for.

use pyo3::prelude::*;

#[cfg(unix)]
mod counted {
    use std::io;
    use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

    static FORKS: AtomicU32 = AtomicU32::new(0);
    static IS_WATCHED: AtomicBool = AtomicBool::new(false);

    pub(super) fn generation() -> u32 {
        FORKS.load(Ordering::Relaxed)
    }

    /// In the child, before anything else runs there.
    extern "C" fn forked() {
        FORKS.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn watch() -> io::Result<()> {
        if IS_WATCHED.swap(true, Ordering::Relaxed) {
            return Ok(());
        }
        // SAFETY: what is called in the child adds to an atomic number, which is safe in a child of a
        // process with threads; the C library forgets it if this library is ever unloaded.
        match unsafe { libc::pthread_atfork(None, None, Some(forked)) } {
            0 => Ok(()),
            error => Err(io::Error::from_raw_os_error(error)),
        }
    }
}

#[cfg(not(unix))]
mod counted {
    pub(super) fn generation() -> u32 {
        0
    }

    pub(super) fn watch() -> std::io::Result<()> {
        Ok(())
    }
}

/// How many forks lie between this process and the one that loaded this library. A child's number is
/// never its parent's.
//
// `getpid` would be a system call each time.
pub(crate) fn generation() -> u32 {
    counted::generation()
}

/// Counts forks from now on.
///
/// # Errors
///
/// When the system has no memory left.
pub(crate) fn watch() -> PyResult<()> {
    Ok(counted::watch()?)
}
