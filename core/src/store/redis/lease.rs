//! An account that nobody else changes meanwhile, as long as it is renewed.

use std::sync::Arc;

use super::{Place, Shared};
use crate::error::Error;
use crate::runtime;
use crate::store::record::Record;
use crate::store::token_store::{Later, StoreLock};

/// A lease, and the fencing token that came with it.
pub(super) struct Lease {
    shared: Arc<Shared>,
    place: Place,
    /// Nobody else's: empty once the lease is given up.
    owner: String,
    fence: i64,
}

impl Lease {
    pub(super) fn new(shared: Arc<Shared>, place: Place, owner: String, fence: i64) -> Self {
        Self {
            shared,
            place,
            owner,
            fence,
        }
    }

    fn give_up(&mut self) -> impl Future<Output = Result<(), Error>> + Send + 'static {
        let (shared, place) = (Arc::clone(&self.shared), self.place.clone());
        let owner = std::mem::take(&mut self.owner);
        async move { shared.release(&place, &owner).await }
    }
}

impl StoreLock for Lease {
    fn load(&mut self) -> Later<'_, Option<Record>> {
        Box::pin(self.shared.load(&self.place))
    }

    fn compare_and_swap<'a>(
        &'a mut self,
        expected: Option<&'a Record>,
        new: Option<&'a Record>,
    ) -> Later<'a, bool> {
        let holder = (&*self.owner, self.fence);
        Box::pin(self.shared.swap(&self.place, holder, expected, new))
    }

    fn keep_alive(&mut self) -> Later<'_, ()> {
        Box::pin(async {
            if self.shared.renew(&self.place, &self.owner, self.fence).await? {
                return Ok(());
            }
            Err(Error::store(
                "the lease was lost: another process has taken it meanwhile",
            ))
        })
    }

    fn unlock(mut self: Box<Self>) -> Later<'static, ()> {
        Box::pin(self.give_up())
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if self.owner.is_empty() {
            return;
        }
        // Without a runtime it ends by itself.
        if let Ok(runtime) = runtime::current() {
            drop(runtime.spawn(self.give_up()));
        }
    }
}
