//! What is done to its end, whoever stops waiting for it, and whether any of it goes on.

use tokio::sync::watch;

/// How much of it goes on.
#[derive(Debug)]
pub(super) struct Works(watch::Sender<usize>);

/// One piece of it, until it is dropped.
pub(super) struct Work(watch::Sender<usize>);

impl Default for Works {
    fn default() -> Self {
        Self(watch::Sender::new(0))
    }
}

impl Works {
    pub(super) fn begin(&self) -> Work {
        self.0.send_modify(|works| *works += 1);
        Work(self.0.clone())
    }

    pub(super) fn any(&self) -> bool {
        *self.0.borrow() > 0
    }

    /// Waits until nothing of it goes on.
    pub(super) async fn ended(&self) {
        // The sender lives as long as this.
        let _ = self.0.subscribe().wait_for(|works| *works == 0).await;
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        self.0.send_modify(|works| *works -= 1);
    }
}
