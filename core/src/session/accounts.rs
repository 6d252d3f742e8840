//! The accounts of a manager, as long as somebody needs what is known of them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::flight::Runway;
use super::memory::Memory;
use super::works::Works;
use crate::store::{Account, StoreKey};

/// How many accounts are known that nobody has in hand: a program that makes a manager for each request finds there what
/// it knew.
const KNOWN: usize = 1000;

/// What belongs to one account.
pub(super) struct Own {
    pub(super) key: StoreKey,
    pub(super) runway: Runway,
    pub(super) works: Works,
    memory: RwLock<Memory>,
}

impl Own {
    fn new(key: StoreKey) -> Self {
        Self {
            key,
            runway: Runway::default(),
            works: Works::default(),
            memory: RwLock::default(),
        }
    }

    pub(super) fn memory(&self) -> RwLockReadGuard<'_, Memory> {
        self.memory.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn memory_mut(&self) -> RwLockWriteGuard<'_, Memory> {
        self.memory.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Every account that was named, but for those that nobody has in hand any more: whatever renews, keeps or ends tokens
/// has its account in hand.
#[derive(Default)]
pub(super) struct Accounts(Mutex<Known>);

#[derive(Default)]
struct Known {
    accounts: HashMap<Account, Arc<Own>>,
    /// How many there may be before the others are dropped.
    room: usize,
}

impl Accounts {
    fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn all(&self) -> Vec<Arc<Own>> {
        self.lock().accounts.values().cloned().collect()
    }

    /// What belongs to an account.
    pub(super) fn own(&self, account: Account, key: impl FnOnce(&Account) -> StoreKey) -> Arc<Own> {
        let mut known = self.lock();
        if let Some(own) = known.accounts.get(&account) {
            return Arc::clone(own);
        }
        if known.accounts.len() >= known.room.max(KNOWN) {
            // Nobody else gets it meanwhile, and tokens that are nowhere else stay.
            known
                .accounts
                .retain(|_, own| Arc::strong_count(own) > 1 || own.memory().unsaved.is_some());
            // So that looking through all of them is rare, however many are in hand.
            known.room = 2 * known.accounts.len();
        }
        let own = Arc::new(Own::new(key(&account)));
        known.accounts.insert(account, Arc::clone(&own));
        own
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::memory::Unsaved;
    use super::{Accounts, KNOWN, Own};
    use crate::models::OauthAccessTokenResponse;
    use crate::store::{Account, StoreKey, StoredToken};

    fn own(accounts: &Accounts, number: usize) -> Arc<Own> {
        let account = Account::new(&format!("shop-{number}")).unwrap();
        accounts.own(account, |account| {
            StoreKey::new("https://h/v5", "1", account.clone())
        })
    }

    #[test]
    fn of_ten_thousand_accounts_those_stay_that_somebody_needs() {
        let accounts = Accounts::default();
        let in_hand: Vec<_> = (0..10).map(|number| own(&accounts, number)).collect();
        let answer = OauthAccessTokenResponse::new("pina_a");
        let token = StoredToken::new("https://h/v5".into(), "1".into(), answer, 0);
        own(&accounts, 10).memory_mut().unsaved = Some(Unsaved::renewed(token));
        for number in 11..10_000 {
            own(&accounts, number);
            assert!(accounts.all().len() <= KNOWN);
        }
        for (number, known) in in_hand.iter().enumerate() {
            assert!(Arc::ptr_eq(known, &own(&accounts, number)));
        }
        assert!(own(&accounts, 10).memory().unsaved.is_some());
        // What was used lately is known yet.
        let lately = own(&accounts, 9_999);
        assert!(Arc::ptr_eq(&lately, &own(&accounts, 9_999)));
    }

    #[test]
    fn accounts_in_hand_are_not_looked_through_each_time() {
        let accounts = Accounts::default();
        let in_hand: Vec<_> = (0..3 * KNOWN).map(|number| own(&accounts, number)).collect();
        assert_eq!(accounts.all().len(), in_hand.len());
        drop(in_hand);
        (3 * KNOWN..7 * KNOWN).for_each(|number| drop(own(&accounts, number)));
        assert!(accounts.all().len() <= 4 * KNOWN);
        assert!(accounts.lock().room <= 4 * KNOWN);
    }
}
