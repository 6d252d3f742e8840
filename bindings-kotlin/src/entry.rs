//! The functions that every call goes through, as C has them: a generated function makes a dozen objects
//! of JNA's a call, each with memory of its own and a cleaner. What crosses is the generator's bytes all the same.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::slice;
use std::sync::{Arc, Mutex, PoisonError};

use pinterest_sdk::Account;
use uniffi::{Lift, Lower};

use crate::UniFfiTag;
use crate::calls::NativeCall;
use crate::client::CLIENTS;
use crate::error::NativeError;
use crate::files::{self, NativeFiles};
use crate::messages::Peer;
use crate::outcome::NativeOutcome;
use crate::queue::{CallQueue, Ended, QUEUE};

/// What the last batch points into.
static HANDED_OUT: Mutex<Vec<Ended>> = Mutex::new(Vec::new());

/// What `pinterest_sdk_begin` says.
const BEGUN: i32 = 0;
const CLOSED: i32 = 1;
const DEFECT: i32 = 2;

/// Numbers that tell of one call in a batch: its own, its outcome's address and its length.
const ENTRY: usize = 3;

/// To be called before the functions below.
///
/// # Errors
///
/// `Unexpected` if the system has nothing to wait for sockets with.
#[uniffi::export]
#[allow(clippy::result_large_err)] // It crosses the border field by field; a box would not.
pub fn open_queue() -> Result<(), NativeError> {
    if QUEUE.get().is_none() {
        let queue = CallQueue::new(|| bytes(NativeOutcome::panicked()))
            .map_err(|error| NativeError::unexpected(format!("the SDK cannot wait for sockets: {error}")))?;
        let _ = QUEUE.set(queue); // Or another thread was faster.
    }
    Ok(())
}

/// Begins a call, a `NativeCall` as the generator writes it. Its outcome comes under the caller's number.
///
/// # Safety
///
/// `call` points to `length` bytes that stay until the function returns.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_sdk_begin(client: u64, number: u64, call: *const u8, length: u64) -> i32 {
    let begun = catch_unwind(|| {
        let (Some(queue), Ok(length)) = (QUEUE.get(), usize::try_from(length)) else {
            return DEFECT;
        };
        let Some(client) = CLIENTS.get(client) else {
            return CLOSED;
        };
        // SAFETY: the caller's promise.
        let mut call = unsafe { slice::from_raw_parts(call, length) };
        let Ok(call) = <NativeCall as Lift<UniFfiTag>>::try_read(&mut call) else {
            return DEFECT;
        };
        let outcome = call.make(client);
        queue.begin(number, Box::pin(async { bytes(outcome.await) }));
        BEGUN
    });
    begun.unwrap_or(DEFECT)
}

/// Begins to seal files with the current key: an account's, or everybody's. Its outcome, which accounts' it changed, comes
/// under the caller's number. What Kotlin keeps under the peer's is asked for keys.
///
/// # Errors
///
/// `InvalidInput` if that is no account, `Store` if there is no data folder.
#[uniffi::export]
#[allow(clippy::result_large_err)] // It crosses the border field by field; a box would not.
pub fn begin_reseal(
    number: u64,
    files: NativeFiles,
    account: Option<String>,
    peer: u64,
) -> Result<(), NativeError> {
    let files = files.open(&Arc::new(Peer::new(peer)))?;
    let account = account.map(|name| Account::new(&name)).transpose()?;
    let queue = QUEUE
        .get()
        .ok_or_else(|| NativeError::unexpected("nobody takes outcomes"))?;
    queue.begin(
        number,
        Box::pin(async { bytes(files::reseal(files, account).await) }),
    );
    Ok(())
}

/// Drops a call that has not ended; it then ends without an outcome.
#[unsafe(no_mangle)]
pub extern "C" fn pinterest_sdk_cancel(number: u64) {
    if let Some(queue) = QUEUE.get() {
        queue.cancel(number);
    }
}

/// Makes calls until some have ended, and fills the table with their numbers, addresses and lengths: as many entries
/// as it returns, at least one; below zero for a defect. The bytes are `NativeOutcome`s, as the generator reads
/// them, and stay until the next call of this function; no bytes stand for a call that was cancelled. The number
/// with all bits set is no call's: its bytes are a `NativeMessage`.
///
/// # Safety
///
/// `table` points to room for three numbers times `most`. One thread calls it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pinterest_sdk_outcomes(table: *mut u64, most: u64) -> i32 {
    let count = catch_unwind(AssertUnwindSafe(|| {
        let most = usize::try_from(most).ok()?;
        // SAFETY: the caller's promise.
        let table = unsafe { slice::from_raw_parts_mut(table, most * ENTRY) };
        let ended = QUEUE.get()?.take(most);
        for (entry, Ended { call, outcome }) in table.chunks_exact_mut(ENTRY).zip(&ended) {
            let outcome = outcome.as_deref().unwrap_or_default();
            entry.copy_from_slice(&[*call, outcome.as_ptr() as u64, outcome.len() as u64]);
        }
        let count = i32::try_from(ended.len()).ok()?;
        *HANDED_OUT.lock().unwrap_or_else(PoisonError::into_inner) = ended;
        Some(count)
    }));
    count.ok().flatten().unwrap_or(-1)
}

fn bytes(outcome: NativeOutcome) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(1024);
    <NativeOutcome as Lower<UniFfiTag>>::write(outcome, &mut bytes);
    bytes
}

#[cfg(test)]
mod tests {
    use super::{BEGUN, CLOSED, DEFECT, ENTRY, open_queue, pinterest_sdk_begin, pinterest_sdk_outcomes};
    use crate::client::CLIENTS;
    use pinterest_sdk::{ApiClient, Configuration};

    #[test]
    fn a_call_without_credentials_comes_back_as_a_failure() {
        /// `NativeCall::ConversionToken`: the fourth of the calls; of its options three are absent, and
        /// there are no headers.
        const CALL: [u8; 11] = [0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0];
        let begin = |client: u64, call: &[u8]| {
            // SAFETY: the bytes stay until it returns.
            unsafe { pinterest_sdk_begin(client, 17, call.as_ptr(), call.len() as u64) }
        };
        open_queue().unwrap();
        let client = CLIENTS.keep(
            ApiClient::new(Configuration::new(
                "1234567",
                "0123456789abcdef0123456789abcdef01234567",
            ))
            .unwrap(),
        );
        assert_eq!(begin(client, &[0, 0, 1]), DEFECT);
        assert_eq!(begin(client + 1, &CALL), CLOSED);
        assert_eq!(begin(client, &CALL), BEGUN);
        let mut table = [0; ENTRY];
        // What other tests tell Kotlin comes by the same queue.
        while table[0] != 17 {
            // SAFETY: there is room for one.
            assert_eq!(unsafe { pinterest_sdk_outcomes(table.as_mut_ptr(), 1) }, 1);
        }
        assert!(table[2] > 0);
    }
}
