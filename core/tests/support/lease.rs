//! What the scripts of the Redis store do, in Rust: the model's Redis, which is held to the real one.

#![allow(dead_code)] // Not every test program needs all of it.

/// One account's place in Redis. `T` is a text that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place<T> {
    pub lease: Option<u8>,
    pub fence: u8,
    pub kept: Option<T>,
}

impl<T: Clone + PartialEq> Place<T> {
    /// `take.lua`: the fencing token.
    pub fn take(&mut self, owner: u8) -> Option<u8> {
        if self.lease.is_some_and(|holder| holder != owner) {
            return None;
        }
        if self.lease.is_none() || self.fence == 0 {
            self.fence += 1;
        }
        self.lease = Some(owner);
        Some(self.fence)
    }

    fn is_free_for(&self, owner: u8, fence: u8) -> bool {
        self.lease.is_none_or(|holder| holder == owner) && self.fence <= fence
    }

    /// `renew.lua`
    pub fn renew(&mut self, owner: u8, fence: u8) -> bool {
        let free = self.is_free_for(owner, fence);
        if free {
            self.lease = Some(owner);
        }
        free
    }

    /// `release.lua`
    pub fn release(&mut self, owner: u8) {
        self.lease = self.lease.filter(|holder| *holder != owner);
    }

    /// `swap.lua`
    pub fn swap(&mut self, owner: u8, fence: u8, expected: Option<&T>, new: Option<&T>) -> bool {
        let kept = self.kept.as_ref();
        let done = self.is_free_for(owner, fence) && (kept == expected || kept == new);
        if done {
            self.kept = new.cloned();
            self.lease = Some(owner);
        }
        done
    }
}
