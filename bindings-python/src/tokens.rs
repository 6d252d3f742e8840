//! The token manager: a valid token from memory, and everything else by the background.

use std::ptr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use pinterest_sdk::{
    AccessToken, Account, OauthAccessTokenResponse, Secret, TokenEvent, TokenManager, TokenOptions,
};
use pyo3::prelude::*;
use pyo3::types::{PyInt, PyString};

use crate::answer::failed;
use crate::client::Client;
use crate::duration::duration;
use crate::errand::Errand;
use crate::per_process::PerProcess;
use crate::renewals::{Kept, watch_end};
use crate::stores::Store;

/// An account's tokens.
#[pyclass(frozen, module = "pinterest_sdk._native")]
pub(crate) struct Tokens {
    root: Arc<Root>,
    account: Account,
    manager: PerProcess<TokenManager>,
    /// The last token that was given out, as Python's text. Locked only for a moment, by threads that hold
    /// the interpreter: a forked child finds it free.
    text: Mutex<Option<(AccessToken, Py<PyString>)>>,
}

type Texts = (String, Option<String>, Option<String>, Option<String>);
type Numbers = ((Option<i64>, Option<i64>), (Option<i64>, Option<i64>));

/// What the accounts of one manager share.
struct Root {
    client: Py<Client>,
    store: Store,
    wait: Duration,
    client_credentials: Option<String>,
    /// A weak reference to it, so that a listener that has the manager is collected with it.
    listener: Option<Py<PyAny>>,
    manager: PerProcess<Kept>,
}

/// A token of its fields.
fn kept(texts: Texts, numbers: Numbers) -> OauthAccessTokenResponse {
    let (access_token, refresh_token, scope, response_type) = texts;
    let mut response = OauthAccessTokenResponse::new(access_token);
    response.refresh_token = refresh_token.map(Secret::from);
    response.scope = scope;
    response.response_type = response_type.map(Into::into);
    (response.expires_in, response.expires_at) = numbers.0;
    (
        response.refresh_token_expires_in,
        response.refresh_token_expires_at,
    ) = numbers.1;
    response
}

/// What a refresh keeps: the refresh token, the scope, the seconds that the former lives, and its end.
#[pyfunction]
#[allow(clippy::type_complexity)] // Python takes them apart at once.
pub(crate) fn merge_tokens(
    fresh: (Texts, Numbers),
    old: (Texts, Numbers),
) -> (Option<String>, Option<String>, Option<i64>, Option<i64>) {
    let merged = kept(fresh.0, fresh.1).merged_with(&kept(old.0, old.1));
    let refresh_token = merged.refresh_token.map(|token| token.expose().to_owned());
    let (life, end) = (merged.refresh_token_expires_in, merged.refresh_token_expires_at);
    (refresh_token, merged.scope, life, end)
}

#[pymethods]
impl Tokens {
    /// `store` is a store of this module, or a `Keeper` and what describes its store. `wait` is in seconds.
    /// `listener` is a weak reference to what gets kind, account, exception or `None`, and moment or `None`, on
    /// another thread.
    #[new]
    fn new(
        py: Python<'_>,
        client: Py<Client>,
        store: (Bound<'_, PyAny>, String),
        account: &str,
        wait: f64,
        client_credentials: Option<String>,
        listener: Option<Py<PyAny>>,
    ) -> PyResult<Self> {
        let account = Account::new(account).map_err(failed)?;
        let root = Root {
            client,
            store: Store::of(&store.0, store.1),
            wait: duration(wait),
            client_credentials,
            listener,
            manager: PerProcess::new(),
        };
        let tokens = Self::of(Arc::new(root), account);
        // At once, so that a setting that cannot be used is found here.
        tokens.manager(py)?;
        Ok(tokens)
    }

    /// The token in memory, if it is valid and nothing is to be done.
    fn fresh(&self, py: Python<'_>) -> Option<Py<PyString>> {
        let token = self.manager.existing()?.fresh()?;
        let mut last = self.text.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, text)) = &*last
            && ptr::eq(known.expose(), token.expose())
        {
            return Some(text.clone_ref(py));
        }
        let text = PyString::new(py, token.expose()).unbind();
        *last = Some((token, text.clone_ref(py)));
        Some(text)
    }

    /// A valid access token.
    fn access_token(&self, py: Python<'_>) -> PyResult<Errand> {
        let manager = self.manager(py)?;
        Ok(Errand::new(async move { manager.access_token().await }))
    }

    /// A new one.
    fn refresh(&self, py: Python<'_>) -> PyResult<Errand> {
        let manager = self.manager(py)?;
        Ok(Errand::new(async move { manager.refresh().await }))
    }

    /// Says that the API refused a token.
    fn invalidate(&self, py: Python<'_>, token: &str) -> PyResult<()> {
        self.manager(py)?.invalidate(token);
        Ok(())
    }

    /// Whether another token may help a request that was answered so; this one is invalidated then.
    fn refused(&self, py: Python<'_>, token: &str, status: &Bound<'_, PyInt>, body: &[u8]) -> PyResult<bool> {
        // Python's numbers have no end.
        let manager = self.manager(py)?;
        Ok(manager.refused(token, status.extract().unwrap_or(i64::MAX), body))
    }

    /// Why a request there is not to have a token, and what to do; `None` if it is.
    fn foreign(&self, py: Python<'_>, url: &str) -> PyResult<Option<(String, Option<String>)>> {
        let error = self.manager(py)?.check_address(url).err();
        Ok(error.map(|error| (error.message().to_owned(), error.hint().map(str::to_owned))))
    }

    /// Keeps the tokens of an answer: its access and refresh token, scope and type; the seconds that the
    /// access token lives and its end, and the same of the refresh token.
    fn adopt(&self, py: Python<'_>, texts: Texts, numbers: Numbers) -> PyResult<Errand> {
        let manager = self.manager(py)?;
        let response = kept(texts, numbers);
        Ok(Errand::new(async move { manager.adopt(response).await }))
    }

    /// How the tokens stand: state, scope, issue and end of the access token, those of the refresh token,
    /// the failure, whether tokens are asked for, whether they are unsaved, the store.
    fn status(&self, py: Python<'_>) -> PyResult<Errand> {
        let manager = self.manager(py)?;
        Ok(Errand::new(async move { manager.status().await }))
    }

    /// Ends the tokens at Pinterest.
    fn revoke(&self, py: Python<'_>) -> PyResult<Errand> {
        let manager = self.manager(py)?;
        Ok(Errand::new(async move { manager.revoke().await }))
    }

    /// Forgets the tokens; whether there were any.
    fn forget(&self, py: Python<'_>) -> PyResult<Errand> {
        let manager = self.manager(py)?;
        Ok(Errand::new(async move { manager.forget().await }))
    }

    /// Waits until everything is kept, as long as the core does for `None`; whether that is so.
    fn close(&self, py: Python<'_>, seconds: Option<f64>) -> PyResult<Errand> {
        let manager = self.manager(py)?;
        let limit = seconds.map_or(TokenManager::CLOSING, duration);
        Ok(Errand::new(async move { Ok(manager.close(limit).await) }))
    }

    /// Those of another account.
    fn of_account(&self, account: &str) -> PyResult<Self> {
        let account = Account::new(account).map_err(failed)?;
        Ok(Self::of(Arc::clone(&self.root), account))
    }

    /// Whose they are.
    #[getter]
    fn account(&self) -> &str {
        self.account.as_str()
    }
}

impl Tokens {
    fn of(root: Arc<Root>, account: Account) -> Self {
        Self {
            root,
            account,
            manager: PerProcess::new(),
            text: Mutex::default(),
        }
    }

    fn manager(&self, py: Python<'_>) -> PyResult<TokenManager> {
        let manager = self.manager.get(|| self.root.manager(py, &self.account))?;
        watch_end(py)?;
        Ok(TokenManager::clone(&manager))
    }
}

impl Root {
    /// This process's manager of an account.
    fn manager(&self, py: Python<'_>, account: &Account) -> PyResult<TokenManager> {
        let first = self.manager.get(|| {
            let mut options = TokenOptions::default().with_wait(self.wait);
            options.client_credentials.clone_from(&self.client_credentials);
            if let Some(listener) = &self.listener {
                let listener = listener.clone_ref(py);
                options = options.with_listener(move |event| tell(&listener, event));
            }
            options.headers = self.client.get().headers().to_vec();
            let client = self.client.get().core()?;
            let store = self.store.of_process(py);
            let manager = TokenManager::with_options(client, store, account.clone(), options);
            manager.map(Kept::new).map_err(failed)
        })?;
        Ok(first.manager.account(account.clone()))
    }
}

/// The listener hands the event on, and returns at once. One that is gone, as an interpreter that is ending, hears
/// of nothing.
fn tell(listener: &Py<PyAny>, event: &TokenEvent) {
    Python::try_attach(|py| {
        let Some(listener) = listener.call0(py).ok().filter(|one| !one.is_none(py)) else {
            return;
        };
        let error = event.error.clone().map(|error| failed(error).into_value(py));
        let arguments = (event.kind.name(), event.account.as_str(), error, event.at);
        // It raises nothing that is ours to hear.
        let _ = listener.call1(py, arguments);
    });
}
