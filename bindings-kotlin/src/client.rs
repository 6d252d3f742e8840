//! One configuration and its pool of connections.

use std::sync::Arc;

use pinterest_sdk::{ApiClient, Configuration};

use crate::clock::NativeClock;
use crate::error::NativeError;
use crate::models::NativeConfiguration;
use crate::numbered::Numbered;

/// Those that calls can be made with.
pub(crate) static CLIENTS: Numbered<ApiClient> = Numbered::new();

/// A client; no call can be begun with it once it is dropped.
#[derive(Debug, uniffi::Object)]
pub struct NativeClient {
    pub(crate) client: ApiClient,
    number: u64,
}

#[uniffi::export]
impl NativeClient {
    /// Checks the settings; connects to nothing yet. Without a clock it has the system's.
    ///
    /// # Errors
    ///
    /// `InvalidInput` naming the setting that cannot be used.
    #[uniffi::constructor]
    #[allow(clippy::result_large_err)] // It crosses the border field by field; a box would not.
    pub fn new(
        configuration: NativeConfiguration,
        clock: Option<Arc<NativeClock>>,
    ) -> Result<Arc<Self>, NativeError> {
        let mut configuration = Configuration::from(configuration);
        if let Some(clock) = clock {
            configuration.clock = clock.clock();
        }
        let client = ApiClient::new(configuration)?;
        let number = CLIENTS.keep(client.clone());
        Ok(Arc::new(Self { client, number }))
    }

    /// What a call names it by.
    pub fn number(&self) -> u64 {
        self.number
    }
}

impl Drop for NativeClient {
    fn drop(&mut self) {
        CLIENTS.take(self.number);
    }
}
