//! What an answer must not repeat.

use super::{ApiClient, CallOptions};
use crate::redaction::Redactor;

impl ApiClient {
    /// A text of elsewhere, such as an answer, without this client's access token, app secret and proxy password, in
    /// whichever encoding they are there; otherwise as it is.
    pub fn without_secrets(&self, text: &str) -> String {
        self.redactor(&CallOptions::default()).take_out(text)
    }

    /// Knows what a call carries besides its body, to a proxy too, which an answer might echo.
    pub(crate) fn redactor(&self, options: &CallOptions) -> Redactor {
        let settings = &*self.configuration;
        let mut redactor = Redactor::new();
        redactor.hide_all(&settings.access_token);
        if let Some(password) = &settings.password {
            redactor.hide_pair(
                settings.username.as_deref().unwrap_or_default(),
                password.expose(),
            );
        }
        for (name, value) in &options.headers {
            redactor.hide_header(name, value.expose());
        }
        self.transport.hide_secrets(&mut redactor);
        redactor
    }
}
