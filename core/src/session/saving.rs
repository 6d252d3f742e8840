//! What a manager does with an account's tokens in the store: read, renew, keep.

use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::time::{Instant, sleep};

use super::access_token::AccessToken;
use super::event::TokenEventKind;
use super::flight::Landing;
use super::keeping::{bounded, changed, keep_waiting, told};
use super::manager::TokenManager;
use super::memory::Unsaved;
use super::need::Need;
use super::transaction::{Renewed, Transaction, alive};
use crate::error::{Error, ErrorKind, Outcome};
use crate::models::{OauthAccessTokenRequest, OauthAccessTokenResponse};
use crate::runtime;
use crate::store::{Rank, Record, StoreLock, StoredToken, rank};

/// The first pause before the store is asked again to take what it did not take; each further one is
/// twice as long, up to the last.
const PAUSES: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(60));
/// How long the store is asked for a manager that nobody has any more.
const NOBODYS: Duration = Duration::from_secs(3600);
/// What a person has to do.
pub(super) const REMEDY: &str =
    "send the person through the authorization again, and give the answer to `adopt`";

impl TokenManager {
    /// One flight: what the store has, if somebody else was faster, or else a renewal.
    pub(super) async fn fly(&self, need: Need, known: Option<AccessToken>) -> Landing {
        // The flight before this may have brought one, whether or not the store takes it.
        let now = self.now();
        let valid = self.own.memory().valid(now).cloned();
        if let Some(token) = valid.filter(|_| need == Need::Now) {
            return Ok(token);
        }
        let landing = match self.look(need, known.as_ref()).await {
            Ok(Some(known)) => return known,
            Ok(None) => self.lock_and_renew(need, known.as_ref()).await,
            Err(error) => Err(error),
        };
        if let Err(error) = &landing {
            self.failed(error, need);
        }
        landing
    }

    /// What there is without a renewal: the store's token, or a failure of which everybody has heard.
    async fn look(&self, need: Need, known: Option<&AccessToken>) -> Result<Option<Landing>, Error> {
        // What is not kept yet is newer than what the store has.
        let (is_kept, changes) = {
            let memory = self.own.memory();
            (memory.unsaved.is_none(), memory.changes)
        };
        if need != Need::Asked
            && is_kept
            && let Some(record) = self.load().await?
        {
            if self.is_usable(&record, need, known) {
                // One that was read before others came, or before it was forgotten, is read again under the lock.
                return Ok(self.publish_read(&record.token, changes).map(Ok));
            }
            if let Some(known) = self.paused(&record, need, known) {
                return Ok(Some(Ok(known)));
            }
        }
        let held_off = self.own.memory().held_off(self.now());
        Ok(held_off.filter(|_| need != Need::Asked).map(Err))
    }

    /// The token that is known, if an early renewal of it failed a while ago, whoever's: it is not tried again yet.
    fn paused(&self, record: &Record, need: Need, known: Option<&AccessToken>) -> Option<AccessToken> {
        let (known, now) = (known.filter(|_| need == Need::Early)?, self.now());
        let seconds = record.failure.as_ref()?.left(now)?;
        self.own.memory_mut().pause = now..now.saturating_add(seconds);
        Some(known.clone())
    }

    async fn lock_and_renew(&self, need: Need, known: Option<&AccessToken>) -> Landing {
        let mut lock = self.lock(need.patience()).await?;
        let landing = self.renew_locked(&mut *lock, need, known).await;
        self.unlock(lock).await;
        landing
    }

    async fn renew_locked(
        &self,
        lock: &mut dyn StoreLock,
        need: Need,
        known: Option<&AccessToken>,
    ) -> Landing {
        let transaction = Transaction {
            client: &self.shared.client,
            clock: &self.shared.client.configuration().clock,
            options: self.shared.options.call(),
            need,
            issued: &|token| self.own.memory_mut().issued(token),
            budget: (need != Need::Early).then_some(&self.shared.budget),
            scope: self.shared.options.client_credentials.as_deref(),
            remedy: REMEDY,
        };
        let Some(record) = self.newest(lock).await? else {
            return self.first(lock, &transaction).await;
        };
        if self.is_usable(&record, need, known) {
            return Ok(self.publish(&record.token, false));
        }
        // Whoever was waited for may have tried in vain.
        if let Some(known) = self.paused(&record, need, known) {
            return Ok(known);
        }
        match transaction.renew(lock, &record).await? {
            Renewed::Found(token) => Ok(self.publish(&token, false)),
            Renewed::Issued(token, kept) => Ok(self.issued(&Unsaved::renewed(token), kept)),
        }
    }

    /// What is there, once what could not be kept is kept: before anything follows it.
    pub(super) async fn newest(&self, lock: &mut dyn StoreLock) -> Result<Option<Record>, Error> {
        let mut found = bounded(lock.load()).await?;
        if let Some(record) = &mut found {
            self.check(record)?;
        }
        let kept = self.save_locked(lock, found.as_ref()).await?;
        Ok(kept.or(found))
    }

    /// What is said where nothing is kept: most often it is looked for in another place than it is in.
    pub(super) fn absent(&self) -> String {
        let (account, store) = (self.name(), self.shared.store.describe());
        format!("there are no tokens of the account `{account}` in: {store}")
    }

    /// The first token of an app's own.
    async fn first(&self, lock: &mut dyn StoreLock, transaction: &Transaction<'_>) -> Landing {
        let Some(scope) = &self.shared.options.client_credentials else {
            let why = self.absent();
            return Err(
                Error::new(ErrorKind::ReauthorizationRequired, Outcome::NotSent, why).with_hint(REMEDY),
            );
        };
        let request = OauthAccessTokenRequest::client_credentials(scope.clone());
        let mut response = alive(lock, transaction.ask(&request, &mut false)).await?;
        response.scope.get_or_insert_with(|| scope.clone());
        let mut token = self.stored(response);
        (token.client_credentials, token.requested) = (true, Some(scope.clone()));
        (transaction.issued)(&token);
        let kept = told(bounded(lock.compare_and_swap(None, Some(&self.record(token.clone())))).await);
        Ok(self.issued(&Unsaved::renewed(token), kept))
    }

    /// Keeps another app's tokens, which stand where this one's are to be, beside their place.
    pub(super) async fn spare(&self, lock: &mut dyn StoreLock, found: Option<&Record>) -> Result<(), Error> {
        match found.filter(|found| !self.own.key.is_of(&found.token)) {
            Some(other) => {
                let kept = bounded(lock.keep_aside(other)).await?;
                self.tell_aside(kept.as_slice());
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// The first record of an answer.
    pub(super) fn stored(&self, response: OauthAccessTokenResponse) -> StoredToken {
        let configuration = self.shared.client.configuration();
        let (response, came) = response.with_arrival(self.now());
        let (host, app_id) = (configuration.host.clone(), self.shared.app_id.clone());
        StoredToken::new(host, app_id, response, came)
    }

    /// Whether the token of a record will do: another than is known and, where there is time, one that need
    /// not be renewed itself.
    fn is_usable(&self, record: &Record, need: Need, known: Option<&AccessToken>) -> bool {
        let (token, now) = (&record.token, self.now());
        let life = token.access_life;
        let scopes = self.shared.options.client_credentials.as_deref();
        if scopes.is_some_and(|scopes| token.lacks(scopes)) {
            return false;
        }
        match need {
            // The first that is read may be renewed behind.
            Need::Now => !life.is_over(now) && !self.own.memory().rejects(token.access_token.expose()),
            Need::Early | Need::Asked => {
                !life.is_ending(now)
                    && known.is_some_and(|known| known.expose() != token.access_token.expose())
            }
        }
    }

    /// New tokens, which are used at once and kept as soon as can be: those that wait to be kept, unless a person has
    /// authorized since.
    pub(super) fn issued(&self, new: &Unsaved, kept: Result<(), Error>) -> AccessToken {
        let access_token = self.publish_newest(new, &new.token, kept.is_ok(), true);
        match kept {
            Ok(()) => self.own.memory_mut().kept(new),
            Err(error) => {
                self.tell(TokenEventKind::NotKept, Some(&error), None);
                if let Ok(runtime) = runtime::equipped() {
                    self.save_behind(&runtime);
                }
            }
        }
        access_token
    }

    /// Gives tokens to everybody, unless there are newer ones: they are good for whoever asked for them.
    pub(super) fn publish_newest(
        &self,
        new: &Unsaved,
        token: &StoredToken,
        is_kept: bool,
        is_new: bool,
    ) -> AccessToken {
        let token = AccessToken::of(token);
        let memory = self.own.memory_mut();
        if memory.is_newest(new, is_kept) {
            self.give(memory, &token, is_new);
        }
        token
    }

    /// Has the store asked to take what it has not taken, unless somebody does.
    pub(super) fn save_behind(&self, runtime: &Handle) {
        if !self.own.memory().is_stranded() {
            return;
        }
        let saver = Arc::new(());
        self.own.memory_mut().saver = Arc::downgrade(&saver);
        drop(runtime.spawn(save_later(self.clone(), saver)));
    }

    /// Keeps what the store has not taken yet, if there is anything. Whoever changes it is waited for as long as
    /// that.
    pub(super) async fn save(&self, patience: Duration) -> Result<(), Error> {
        if self.own.memory().unsaved.is_none() {
            return Ok(());
        }
        let mut lock = self.lock(patience).await?;
        let found = self.found(&mut *lock).await;
        let saved = match found {
            Ok(found) => self.save_locked(&mut *lock, found.as_ref()).await.map(drop),
            Err(error) => Err(error),
        };
        self.unlock(lock).await;
        saved
    }

    /// The same under the lock; what is kept then, if that is what was not.
    async fn save_locked(
        &self,
        lock: &mut dyn StoreLock,
        found: Option<&Record>,
    ) -> Result<Option<Record>, Error> {
        let Some(unsaved) = self.own.memory().unsaved.clone() else {
            return Ok(None);
        };
        let following = unsaved.clone().following(found.map(|found| &found.token));
        match (&following, found) {
            (None, Some(found)) if rank(&unsaved.token, &found.token) == Rank::Unknown => {
                self.set_aside(lock, &Record::new(unsaved.token.clone())).await?;
            }
            (None, None) => self.tell(TokenEventKind::NotKept, Some(&self.emptied()), None),
            _ => {}
        }
        let record = following.map(|token| self.record(token));
        match (&record, found) {
            (Some(record), Some(found)) => {
                self.spare(lock, Some(found)).await?;
                bounded(keep_waiting(lock, found.clone(), record)).await?;
            }
            (Some(record), None) => {
                if !bounded(lock.compare_and_swap(None, Some(record))).await? {
                    return Err(changed());
                }
            }
            (None, _) => {}
        }
        self.own.memory_mut().saved(&unsaved);
        // A login may have no other chance to have its tokens given out: its own turn may not come.
        if let Some(record) = record.as_ref().filter(|_| unsaved.login.is_some()) {
            self.publish(&record.token, false);
        }
        Ok(record)
    }

    /// Keeps tokens beside others of which nobody knows whether they are newer, and says where. Which are the
    /// good ones shows when a person has to authorize, or not.
    async fn set_aside(&self, lock: &mut dyn StoreLock, record: &Record) -> Result<(), Error> {
        let what = "the store has tokens by now that may be newer than those that were issued here, or older";
        let error = match bounded(lock.keep_aside(record)).await? {
            Some(path) => Error::store(format!("{what}: these are in {}", path.display()))
                .with_hint("if the store's tokens are refused, put that file in their place"),
            None => Error::store(format!("{what}: these are used as long as this program runs"))
                .with_hint("if the store's tokens are refused, a person has to authorize again"),
        };
        self.tell(
            TokenEventKind::NotKept,
            Some(&error.with_outcome(Outcome::Unknown)),
            None,
        );
        Ok(())
    }

    /// Somebody forgot the account's tokens, or the store lost them: nobody can tell.
    fn emptied(&self) -> Error {
        let (account, store) = (self.name(), self.shared.store.describe());
        Error::store(format!(
            "the tokens of the account `{account}` are no longer in {store}: those that were issued here since \
             are used as long as this program runs, and not kept"
        ))
        .with_outcome(Outcome::Unknown)
        .with_hint("if nobody forgot them on purpose, a person has to authorize again before this program ends")
    }
}

/// Asks the store again and again to take what it did not take: as long as somebody has the manager, and for a
/// while after that. It ends with the runtime, and the next call begins it anew.
async fn save_later(manager: TokenManager, _saver: Arc<()>) {
    let (shared, own) = (Arc::downgrade(&manager.shared), Arc::downgrade(&manager.own));
    let (started, mut nobodys) = (Instant::now(), Some(manager));
    let mut pause = PAUSES.0;
    loop {
        sleep(pause).await;
        pause = (pause * 2).min(PAUSES.1);
        nobodys = nobodys.filter(|_| started.elapsed() < NOBODYS);
        let (Some(shared), Some(own)) = (shared.upgrade(), own.upgrade()) else {
            return;
        };
        let manager = TokenManager { shared, own };
        if manager.save(Need::Early.patience()).await.is_ok() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{TokenManager, Unsaved};
    use crate::client::ApiClient;
    use crate::configuration::Configuration;
    use crate::error::Error;
    use crate::models::OauthAccessTokenResponse;
    use crate::store::{Account, MemoryStore, StoredToken};

    fn token(access: &str) -> StoredToken {
        let mut answer = OauthAccessTokenResponse::new(access);
        answer.expires_in = Some(86_400 * 30);
        answer.refresh_token = Some(format!("r{access}").into());
        StoredToken::new("https://h/v5".into(), "1".into(), answer, i64::from(u32::MAX)).following(None)
    }

    #[tokio::test]
    async fn a_person_s_tokens_stay_before_those_that_were_asked_for_earlier() {
        for is_login in [false, true] {
            for kept in [Ok(()), Err(Error::store("the disk is full"))] {
                let client = ApiClient::new(Configuration::new("1", "s")).unwrap();
                let tokens =
                    TokenManager::new(client, MemoryStore::new(), Account::new("a").unwrap()).unwrap();
                let new = if is_login {
                    tokens.own.memory_mut().wait(token("a"))
                } else {
                    Unsaved::renewed(token("a"))
                };
                let login = tokens.own.memory_mut().wait(token("b"));
                tokens.publish(&login.token, true);
                assert_eq!(tokens.issued(&new, kept.clone()).expose(), "a");
                assert_eq!(tokens.own.memory().token.as_ref().unwrap().expose(), "b");
                assert_eq!(tokens.own.memory().unsaved.as_ref(), Some(&login));
                assert!(tokens.close(Duration::from_secs(5)).await);
                // By now they are kept, and nothing that failed before takes their place.
                assert_eq!(tokens.issued(&new, Err(Error::store("locked"))).expose(), "a");
                assert_eq!(tokens.access_token().await.unwrap().expose(), "b");
                assert!(!tokens.is_busy());
            }
        }
    }
}
