//! A client's likes: with other settings, with another token, or for one call.

use std::sync::Arc;

use super::{ApiClient, with_trimmed_values};
use crate::configuration::Configuration;
use crate::error::Error;
#[cfg(feature = "store")]
use crate::secret::Secret;
use crate::transport::{Endpoint, SentWatch};

impl ApiClient {
    /// A client with other settings. It shares this one's pool unless they ask for other
    /// connections.
    ///
    /// # Errors
    ///
    /// `InvalidInput` naming the setting that cannot be used.
    pub fn reconfigured(&self, configuration: Configuration) -> Result<Self, Error> {
        let configuration = with_trimmed_values(configuration);
        let endpoint = Endpoint::parse(&configuration.host)?;
        if !self.transport.serves(&configuration.connection, &endpoint)? {
            return Self::new(configuration);
        }
        Ok(Self {
            configuration: Arc::new(configuration),
            endpoint: Arc::new(endpoint),
            transport: Arc::clone(&self.transport),
            limits: Arc::clone(&self.limits),
            watch: None,
        })
    }

    /// A client with another access token, which is fit to be sent.
    #[cfg(feature = "store")]
    pub(crate) fn with_token(&self, token: Secret) -> Self {
        let configuration = (*self.configuration).clone().with_access_token(token);
        Self {
            configuration: Arc::new(configuration),
            ..self.clone()
        }
    }

    /// A client for one call, with what tells whether its request may have left.
    pub(crate) fn watched(&self) -> (Self, SentWatch) {
        let watch = SentWatch::default();
        let client = Self {
            watch: Some(watch.clone()),
            ..self.clone()
        };
        (client, watch)
    }
}
