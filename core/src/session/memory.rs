//! What a process knows of an account without asking the store.

use std::mem::take;
use std::ops::Range;
use std::sync::Weak;

use super::access_token::AccessToken;
use super::event::TokenEventKind;
use crate::error::Error;
use crate::secret::{Secret, same};
use crate::store::{Failure, Rank, StoredToken, rank, remembered};

/// What a process knows of an account.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// The last token that was read or issued.
    pub(super) token: Option<AccessToken>,
    /// A token that the API refused: it is not given out again.
    pub(super) rejected: Option<Secret>,
    /// What took the place of a refused token, and when, in seconds since 1970.
    pub(super) replacement: Option<(AccessToken, i64)>,
    /// New tokens that the store has not taken yet.
    pub(super) unsaved: Option<Unsaved>,
    /// How many logins gave tokens, and which of them, counted from one, is the last whose the store has got.
    pub(super) logins: u64,
    pub(super) kept_login: u64,
    /// The fingerprints of what they gave, the first and the last of them.
    pub(super) given: Vec<String>,
    /// Lives as long as somebody asks the store to take them.
    pub(super) saver: Weak<()>,
    /// From when to when no early renewal is tried, in seconds since 1970.
    pub(super) pause: Range<i64>,
    /// A renewal that failed, and when it may be tried again.
    pub(super) failure: Option<Failure>,
    /// How often other tokens were issued or adopted here, or all was forgotten: what was read before is old.
    pub(super) changes: u64,
    /// What was said last of a person who has to authorize again.
    pub(super) said: Option<(TokenEventKind, Option<i64>)>,
}

/// New tokens that the store has not taken yet.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Unsaved {
    pub(super) token: StoredToken,
    /// Which login gave them, if a person has just authorized: they replace whatever is there.
    pub(super) login: Option<u64>,
}

impl Unsaved {
    pub(super) fn renewed(token: StoredToken) -> Self {
        Self { token, login: None }
    }

    /// Tokens of a login, the how many-th of the account's in this process.
    pub(super) fn adopted(token: StoredToken, login: u64) -> Self {
        let login = Some(login);
        Self { token, login }
    }

    /// Whether the other's are a login's that came later.
    fn is_before(&self, other: &Self) -> bool {
        // None is less than any.
        self.login < other.login
    }

    /// The tokens in the place of what was found; none if that stays.
    pub(super) fn following(self, found: Option<&StoredToken>) -> Option<StoredToken> {
        let Some(found) = found else {
            // Somebody who forgot the tokens meanwhile does not get them back, but those of a login.
            return Some(self.token).filter(|token| self.login.is_some() || token.replaces.is_none());
        };
        match rank(&self.token, found) {
            Rank::Newer => Some(self.token),
            Rank::Unknown | Rank::Older if self.login.is_some() && !self.is_spent(found) => {
                Some(self.in_place_of(Some(found)))
            }
            _ => None,
        }
    }

    /// Whether what was found came in place of these tokens, whose refresh token may be used up. One that stays the same
    /// tells nothing, and access tokens alone are never used up: the one that is given last is the one that is meant.
    pub(super) fn is_spent(&self, found: &StoredToken) -> bool {
        self.token.is_same_app_as(found)
            && rank(&self.token, found) == Rank::Older
            && self.token.fingerprint() != found.fingerprint()
            && (self.token.renews() || found.renews())
    }

    /// The tokens as the record that follows what was found, with the app's secret that is kept there.
    pub(super) fn in_place_of(self, found: Option<&StoredToken>) -> StoredToken {
        // What they came of is known yet where nothing is found.
        let Some(found) = found else {
            return self.token;
        };
        let same_app = self.token.is_same_app_as(found);
        StoredToken {
            app_secret: found.app_secret.clone().filter(|_| same_app),
            ..self.token.following(Some(found))
        }
    }
}

impl Memory {
    /// Whether there is something that the store has not taken, and nobody asks it to any more: whoever did has ended
    /// with its runtime.
    pub(super) fn is_stranded(&self) -> bool {
        self.unsaved.is_some() && self.saver.strong_count() == 0
    }

    /// The store has taken it.
    pub(super) fn kept(&mut self, new: &Unsaved) {
        self.unsaved.take_if(|unsaved| unsaved == new);
    }

    /// The same, of what waited: a login that waits for the lock need not do it once more.
    pub(super) fn saved(&mut self, new: &Unsaved) {
        self.kept(new);
        if let Some(login) = new.login {
            self.kept_login = self.kept_login.max(login);
            self.changes = self.changes.wrapping_add(1);
        }
    }

    /// Tokens of a login, which wait to be kept. Those of an answer that came once more, while others that came after it
    /// are nowhere but here, count as the first of all.
    pub(super) fn wait(&mut self, token: StoredToken) -> Unsaved {
        let own = token.fingerprint();
        let waits = self.unsaved.as_ref().map(|unsaved| &unsaved.token);
        if self.given.contains(&own)
            && waits.is_some_and(|waits| waits.fingerprint() != own && (waits.renews() || token.renews()))
        {
            return Unsaved::adopted(token, 0);
        }
        self.given = remembered(take(&mut self.given), own);
        self.logins += 1;
        let new = Unsaved::adopted(token, self.logins);
        self.put(&new);
        new
    }

    /// Has a login's tokens wait, but for those of an answer that came once more: what it was renewed to, and is
    /// nowhere else, stays.
    fn put(&mut self, new: &Unsaved) {
        if self.renewed_from(new).is_none() {
            self.unsaved = Some(new.clone());
        }
    }

    /// What waits, if a login's tokens were renewed to it.
    fn renewed_from(&self, new: &Unsaved) -> Option<&StoredToken> {
        let waits = self.unsaved.as_ref().map(|unsaved| &unsaved.token);
        waits.filter(|waits| new.is_spent(waits))
    }

    /// A login's tokens, or what they were renewed to and waits.
    pub(super) fn newest_of(&self, new: Unsaved) -> Unsaved {
        match self.renewed_from(&new) {
            Some(renewed) => Unsaved {
                token: renewed.clone(),
                ..new
            },
            None => new,
        }
    }

    /// Tokens that were just issued wait to be kept, unless those of a login do that they did not come of.
    pub(super) fn issued(&mut self, token: &StoredToken) {
        let stays = |unsaved: &Unsaved| !unsaved.is_spent(token);
        if !self.unsaved.as_ref().is_some_and(stays) {
            self.unsaved = Some(Unsaved::renewed(token.clone()));
        }
    }

    /// The same of a login's that were not kept: all may have been forgotten meanwhile, but for them.
    pub(super) fn wait_again(&mut self, new: &Unsaved) {
        let stays = |other: &Unsaved| !other.is_before(new);
        if !self.is_taken(new) && !self.unsaved.as_ref().is_some_and(stays) {
            self.put(new);
        }
    }

    /// Whether the store has got a login's, or those of a later one, while the login waited for the lock.
    pub(super) fn is_taken(&self, new: &Unsaved) -> bool {
        new.login.is_some_and(|login| login <= self.kept_login)
    }

    /// Whether no others came since these, which waited here to be kept: a person may have authorized meanwhile, whose
    /// tokens wait or are kept by now.
    pub(super) fn is_newest(&self, new: &Unsaved, is_kept: bool) -> bool {
        match &self.unsaved {
            Some(unsaved) => unsaved == new || (is_kept && !new.is_before(unsaved)),
            None => is_kept,
        }
    }

    /// The store has tokens that a person's authorization gave: whatever was not taken before is of no use, but another
    /// person's who has authorized since.
    pub(super) fn adopted(&mut self, new: &Unsaved) {
        self.saved(new);
        self.unsaved.take_if(|unsaved| !new.is_before(unsaved));
    }

    /// Nothing is known any more, but in which order things came.
    pub(super) fn forget(&mut self) {
        *self = Self {
            changes: self.changes.wrapping_add(1),
            logins: self.logins,
            kept_login: self.kept_login,
            ..Self::default()
        };
    }

    pub(super) fn rejects(&self, token: &str) -> bool {
        self.rejected
            .as_ref()
            .is_some_and(|rejected| same(rejected.expose(), token))
    }

    /// What is said to whoever comes before a renewal may be tried again.
    pub(super) fn held_off(&self, now: i64) -> Option<Error> {
        self.failure.as_ref()?.held_off(now)
    }

    /// The token, if it can be used now.
    pub(super) fn valid(&self, now: i64) -> Option<&AccessToken> {
        self.token
            .as_ref()
            .filter(|token| !token.is_over(now) && !self.rejects(token.expose()))
    }

    /// The token, if it can be used and nothing is to be done.
    pub(super) fn fresh(&self, now: i64) -> Option<&AccessToken> {
        self.token
            .as_ref()
            .filter(|token| token.is_fresh(now) && self.rejected.is_none() && !self.is_stranded())
    }
}

#[cfg(test)]
mod tests {
    use super::{Memory, Unsaved};
    use crate::models::OauthAccessTokenResponse;
    use crate::store::StoredToken;

    fn token(access: &str) -> StoredToken {
        let mut answer = OauthAccessTokenResponse::new(access);
        answer.refresh_token = Some(access.into());
        StoredToken::new("https://h/v5".into(), "1".into(), answer, 0).following(None)
    }

    #[test]
    fn a_renewed_token_replaces_its_own_and_a_login_s_whatever_is_there() {
        let (old, stranger) = (token("a"), token("b"));
        let renewed = token("c").following(Some(&old));
        let adopted: fn(_) -> _ = |token| Unsaved::adopted(token, 1);
        for (new, adopted) in [(Unsaved::renewed as fn(_) -> _, false), (adopted, true)] {
            let following = |found| new(renewed.clone()).following(found);
            assert_eq!(following(Some(&old)), Some(renewed.clone()));
            assert_eq!(following(Some(&renewed)), None);
            // Forgotten meanwhile.
            assert_eq!(following(None), adopted.then(|| renewed.clone()));
            assert_eq!(new(old.clone()).following(None), Some(old.clone()));
            let next = following(Some(&stranger)).and_then(|next| next.replaces);
            assert_eq!(next, adopted.then(|| stranger.fingerprint()));
        }
    }

    #[test]
    fn a_login_s_stays_behind_what_its_refresh_token_was_spent_for() {
        let login = token("a");
        let next = token("b").following(Some(&login));
        assert_eq!(Unsaved::adopted(login.clone(), 1).following(Some(&next)), None);
        // A program renewed it by itself, and the refresh token stays the same: who is older is not known.
        let mut same = token("c").following(Some(&login));
        same.refresh_token.clone_from(&login.refresh_token);
        let kept = Unsaved::adopted(login.clone(), 1).following(Some(&same));
        assert_eq!(kept.unwrap().access_token, login.access_token);
    }

    #[test]
    fn an_access_token_alone_is_used_up_by_what_can_be_renewed_and_by_no_other() {
        let alone = |access: &str| StoredToken {
            refresh_token: None,
            ..token(access)
        };
        let login = alone("a");
        for (next, used_up) in [(token("b"), true), (alone("b"), false)] {
            let next = next.following(Some(&login));
            assert_eq!(Unsaved::adopted(login.clone(), 1).is_spent(&next), used_up);
        }
        let next = alone("b").following(Some(&token("a")));
        assert!(Unsaved::adopted(token("a"), 1).is_spent(&next));
    }

    #[test]
    fn an_answer_that_comes_once_more_is_the_first_of_all_only_behind_a_later_one_that_renews() {
        let alone = |access: &str| StoredToken {
            refresh_token: None,
            ..token(access)
        };
        for (first, then, counts) in [
            (token("a"), token("b"), false),
            (alone("a"), token("b"), false),
            (token("a"), alone("b"), false),
            (alone("a"), alone("b"), true),
            (token("a"), token("a"), true),
        ] {
            let mut memory = Memory::default();
            memory.wait(first.clone());
            memory.wait(then);
            let again = memory.wait(first);
            assert_eq!(!memory.is_taken(&again), counts, "{again:?}");
        }
    }

    #[test]
    fn only_a_login_that_came_later_waits_yet_once_another_is_kept() {
        let (one, two) = (Unsaved::adopted(token("a"), 1), Unsaved::adopted(token("b"), 2));
        for (waits, still) in [
            (one.clone(), false),
            (Unsaved::renewed(token("c")), false),
            (two, true),
        ] {
            let mut memory = Memory {
                unsaved: Some(waits),
                ..Memory::default()
            };
            memory.adopted(&one);
            assert_eq!(memory.unsaved.is_some(), still);
        }
    }

    #[test]
    fn of_two_logins_that_wait_the_later_one_stays_whoever_keeps_them() {
        let mut memory = Memory::default();
        let (one, two) = (memory.wait(token("a")), memory.wait(token("b")));
        assert_eq!(memory.unsaved.as_ref(), Some(&two));
        memory.wait_again(&one);
        assert_eq!(memory.unsaved.as_ref(), Some(&two));
        // The first is kept before the other has the lock, or is in vain once the other is kept.
        for (kept, taken) in [(&one, [true, false]), (&two, [true, true])] {
            memory.adopted(kept);
            assert_eq!([&one, &two].map(|login| memory.is_taken(login)), taken);
            memory.wait_again(kept);
            assert_eq!(memory.unsaved.is_some(), !taken[1]);
        }
        // All that is forgotten meanwhile does not make the next login an earlier one.
        memory.forget();
        let three = memory.wait(token("a"));
        assert!(!memory.is_taken(&three));
        memory.forget();
        memory.wait_again(&three);
        assert_eq!(memory.unsaved.as_ref(), Some(&three));
    }

    #[test]
    fn what_a_login_s_were_renewed_to_waits_however_often_they_are_given() {
        let (login, stranger) = (token("a"), token("b"));
        let renewed = token("c").following(Some(&login));
        let mut memory = Memory::default();
        let again = memory.wait(login.clone());
        assert_eq!(memory.newest_of(again.clone()), again);
        memory.issued(&renewed);
        for _ in 0..2 {
            let again = memory.wait(login.clone());
            memory.wait_again(&again);
            assert_eq!(memory.unsaved.as_ref(), Some(&Unsaved::renewed(renewed.clone())));
            let newest = memory.newest_of(again.clone());
            assert_eq!((&newest.token, newest.login), (&renewed, again.login));
            // Where nothing is found, what they came of is known yet.
            assert_eq!(newest.in_place_of(None), renewed);
        }
        // But not in the place of another login's.
        let other = memory.wait(stranger);
        memory.issued(&renewed);
        assert_eq!(memory.unsaved, Some(other));
    }

    #[test]
    fn a_login_s_keeps_the_app_secret_that_is_there_and_no_other_app_s() {
        for (app_id, kept) in [("1", true), ("2", false)] {
            let mut there = token("b");
            (there.app_id, there.app_secret) = (app_id.into(), Some("s".into()));
            let next = Unsaved::adopted(token("a"), 1).following(Some(&there)).unwrap();
            assert_eq!(next.app_secret.is_some(), kept);
        }
    }
}
