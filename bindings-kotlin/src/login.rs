//! A login on one machine: a listener on the redirect URI's port, a browser, a token.

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;

use pinterest_sdk::{Error, LoopbackLogin};

use crate::authorize::NativeAuthorizationRequest;
use crate::client::NativeClient;
use crate::error::NativeError;
use crate::models::NativeToken;
use crate::runtime;

/// A login that listens. Dropping it frees the port.
#[derive(Debug, uniffi::Object)]
pub struct NativeLogin {
    url: String,
    /// Until someone waits for it.
    login: Mutex<Option<LoopbackLogin>>,
}

#[uniffi::export]
impl NativeLogin {
    /// Where to send the person.
    pub fn url(&self) -> String {
        self.url.clone()
    }

    /// Waits for the callback and exchanges its code. Dropping the future frees the port before it
    /// returns: whoever gives up can start again at once.
    pub async fn finish(&self) -> Result<NativeToken, NativeError> {
        let login = self
            .login
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
            .ok_or_else(|| NativeError::unexpected("this login was waited for already"))?;
        run_in_place(login.finish()).await.map(NativeToken::from)
    }
}

#[uniffi::export]
impl NativeClient {
    /// Listens on the redirect URI's port.
    ///
    /// # Errors
    ///
    /// `InvalidInput` if that cannot be.
    #[allow(clippy::result_large_err)] // It crosses the border field by field; a box would not.
    pub fn start_login(&self, request: NativeAuthorizationRequest) -> Result<Arc<NativeLogin>, NativeError> {
        let login = LoopbackLogin::start(&self.client, &request.into())?;
        Ok(Arc::new(NativeLogin {
            url: login.url().to_owned(),
            login: Mutex::new(Some(login)),
        }))
    }
}

/// Opens a URL in the person's browser, within a second.
///
/// # Errors
///
/// `Authorization` if there is none.
#[uniffi::export]
#[allow(clippy::result_large_err)] // It crosses the border field by field; a box would not.
pub fn open_browser(url: &str) -> Result<(), NativeError> {
    Ok(pinterest_sdk::open_browser(url)?)
}

/// Runs a call on whichever threads wait for it, so that it has ended, and what it held is free, once
/// the future is dropped. For calls that wake seldom.
///
/// # Errors
///
/// Those of [`runtime::run`].
async fn run_in_place<T>(call: impl Future<Output = Result<T, Error>>) -> Result<T, NativeError> {
    let runtime = runtime::runtime()?;
    let mut call = pin!(call);
    poll_fn(|context| {
        let _entered = runtime.enter();
        match catch_unwind(AssertUnwindSafe(|| call.as_mut().poll(context))) {
            Ok(progress) => progress.map_err(NativeError::from),
            Err(_) => Poll::Ready(Err(runtime::panicked())),
        }
    })
    .await
}

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::net::TcpListener;
    use std::sync::mpsc;
    use std::task::{Context, Poll, Waker};
    use std::time::Duration;

    use pinterest_sdk::{ApiClient, Configuration};

    use super::{NativeAuthorizationRequest, NativeClient, NativeError, run_in_place, runtime};

    #[test]
    fn giving_up_frees_the_port_while_the_thread_of_the_calls_is_busy() {
        let client = ApiClient::new(Configuration::new("app-id", "app-secret")).unwrap();
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let request = NativeAuthorizationRequest {
            redirect_uri: format!("http://{address}/"),
            scopes: vec!["pins:read".to_owned()],
            pkce: false,
            continuous_refresh: false,
            lifetime: 60_000_000_000,
        };
        let login = NativeClient { client }.start_login(request).unwrap();
        let mut waiting = Box::pin(login.finish());
        let mut context = Context::from_waker(Waker::noop());
        assert!(waiting.as_mut().poll(&mut context).is_pending());
        TcpListener::bind(address).unwrap_err();

        let (busy, is_busy) = mpsc::channel();
        let (release, released) = mpsc::channel::<()>();
        runtime::runtime().unwrap().spawn(async move {
            busy.send(()).unwrap();
            let _ = released.recv_timeout(Duration::from_secs(5));
        });
        is_busy.recv_timeout(Duration::from_secs(5)).unwrap();
        drop(waiting);
        TcpListener::bind(address).unwrap();
        drop(release);
    }

    #[test]
    fn a_panic_becomes_an_error_that_does_not_quote_it() {
        let mut call = Box::pin(run_in_place::<()>(async { panic!("canary") }));
        let mut context = Context::from_waker(Waker::noop());
        let Poll::Ready(Err(NativeError::Unexpected { text })) = call.as_mut().poll(&mut context) else {
            panic!("not `Unexpected`");
        };
        assert!(text.contains("panicked") && !text.contains("canary"), "{text}");
    }
}
