//! Forks: which of a line of processes this one is, told by the C library and not asked for.

use pyo3::prelude::*;

#[cfg(unix)]
mod counted {
    use std::io;
    use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

    use pinterest_sdk::store::take_lock_descriptors;

    static FORKS: AtomicU32 = AtomicU32::new(0);
    static IS_WATCHED: AtomicBool = AtomicBool::new(false);

    pub(super) fn generation() -> u32 {
        FORKS.load(Ordering::Relaxed)
    }

    /// In the child, before anything else runs there. It lets go of the parent's locks on files, which would stay
    /// as long as it has them open, also if the parent is killed.
    extern "C" fn forked() {
        FORKS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: each of these may be called in a child of a process with threads. What had the descriptors is
        // never dropped here, and would find nothing in them.
        unsafe {
            let nothing = libc::open(c"/dev/null".as_ptr(), libc::O_RDWR | libc::O_CLOEXEC);
            for held in take_lock_descriptors() {
                if libc::dup2(nothing, held) < 0 {
                    libc::close(held);
                }
                libc::fcntl(held, libc::F_SETFD, libc::FD_CLOEXEC);
            }
            libc::close(nothing);
        }
    }

    pub(super) fn watch() -> io::Result<()> {
        if IS_WATCHED.swap(true, Ordering::Relaxed) {
            return Ok(());
        }
        // SAFETY: what is called in the child takes no lock and no memory, which is safe in a child of a
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
// `getpid` would be a system call each time, and gives a number again once its process has ended.
#[pyfunction]
#[pyo3(name = "fork_generation")]
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
