//! The runtime that a call runs on: whether there is one, and whether it can do the work.

use std::net::{Ipv4Addr, UdpSocket};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use tokio::runtime::Handle;

use crate::error::Error;

/// The runtime that polls the calling future.
///
/// # Errors
///
/// `InvalidInput` without a tokio runtime: on another executor, or on a thread outside of it.
pub(crate) fn current() -> Result<Handle, Error> {
    Handle::try_current().map_err(|error| {
        Error::invalid_input("this call needs a tokio runtime, and none is running here")
            .with_hint(
                "await it in a tokio runtime: inside #[tokio::main], with Runtime::block_on, or after Handle::enter; \
                 nothing was sent",
            )
            .with_source(error)
    })
}

/// [`current`], if it has what connections and deadlines need.
///
/// # Errors
///
/// `InvalidInput` as well for a runtime that was built without `enable_io` or `enable_time`.
pub(crate) fn equipped() -> Result<Handle, Error> {
    let handle = current()?;
    // A runtime does not say what it can do: it panics when it is asked for what it cannot. So it
    // is asked here, where nothing has been sent and nothing is half done. There is no other way to
    // ask; a panic hook sees the first thing that is lacking, and no second one.
    let can = |probe: &dyn Fn()| catch_unwind(AssertUnwindSafe(probe)).is_ok();
    let timers = can(&|| drop(tokio::time::sleep(Duration::ZERO)));
    let sockets = timers && can(&|| drop(socket()));
    if timers && sockets {
        return Ok(handle);
    }
    let (what, remedy) = if timers {
        ("sockets", "enable_io")
    } else {
        ("timers", "enable_time")
    };
    Err(
        Error::invalid_input(format!("the tokio runtime of this call has no {what}")).with_hint(format!(
            "build it with Builder::enable_all, or with {remedy}; nothing was sent"
        )),
    )
}

/// The cheapest socket that every system has. Where even that is not to be had, connecting will say why.
fn socket() -> Option<tokio::net::UdpSocket> {
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).ok()?;
    socket.set_nonblocking(true).ok()?;
    tokio::net::UdpSocket::from_std(socket).ok()
}

#[cfg(test)]
mod tests {
    use tokio::runtime::Builder;

    use super::equipped;
    use crate::error::{Error, ErrorKind, Outcome};

    fn refused(error: &Error, says: &str) {
        let seen = (error.kind(), error.outcome());
        assert_eq!(seen, (ErrorKind::InvalidInput, Outcome::NotSent));
        assert!(error.to_string().contains(says), "{error}");
    }

    #[test]
    fn what_a_runtime_lacks_is_named_with_the_remedy() {
        refused(&equipped().unwrap_err(), "block_on");
        for (builder, says) in [
            (&mut Builder::new_current_thread(), "enable_time"),
            (Builder::new_current_thread().enable_time(), "enable_io"),
            (Builder::new_current_thread().enable_io(), "enable_time"),
        ] {
            let runtime = builder.build().unwrap();
            refused(&runtime.block_on(async { equipped() }).unwrap_err(), says);
        }
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        assert_eq!(
            runtime.block_on(async { equipped() }).unwrap().id(),
            runtime.handle().id()
        );
    }
}
