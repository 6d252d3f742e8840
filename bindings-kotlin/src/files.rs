//! Files of tokens, and what seals them.

use std::sync::Arc;

use pinterest_sdk::store::{KeyFile, KeyVariable};
use pinterest_sdk::{Account, Error, FileStore};

use crate::error::NativeError;
use crate::messages::Peer;
use crate::outcome::NativeOutcome;
use crate::own_parts::OwnKeys;

/// Where they are.
#[derive(Debug, uniffi::Record)]
pub struct NativeFiles {
    /// The command line's without one.
    pub folder: Option<String>,
    /// What seals them.
    pub keys: Option<NativeKeys>,
}

/// Where the keys come from that seal files.
#[derive(Debug, uniffi::Enum)]
pub enum NativeKeys {
    File {
        path: String,
    },
    Variable {
        name: String,
    },
    /// From the program's own function, which Kotlin keeps.
    Own,
}

impl NativeFiles {
    pub(crate) fn open(self, peer: &Arc<Peer>) -> Result<FileStore, Error> {
        let files = match self.folder {
            Some(folder) => FileStore::new(folder),
            None => FileStore::in_data_folder()?,
        };
        Ok(match self.keys {
            Some(NativeKeys::File { path }) => files.with_keys(KeyFile::new(path)),
            Some(NativeKeys::Variable { name }) => files.with_keys(KeyVariable::new(name)),
            Some(NativeKeys::Own) => files.with_keys(OwnKeys(Arc::clone(peer))),
            None => files,
        })
    }
}

/// Seals an account's files with the current key, or everybody's; the accounts whose it changed.
pub(crate) async fn reseal(files: FileStore, account: Option<Account>) -> NativeOutcome {
    match files.reseal_of(account).await {
        Ok(accounts) => NativeOutcome::Accounts {
            names: accounts.iter().map(Account::to_string).collect(),
        },
        Err(error) => NativeOutcome::Failed {
            error: NativeError::from(error),
        },
    }
}
