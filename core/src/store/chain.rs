//! Which of two records is the newer: told by what each replaced, never by a clock, which can be
//! set back.

use std::mem;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};

use super::stored_token::StoredToken;
use crate::secret::Secret;

/// Bytes of a fingerprint: enough that no two tokens share one.
const FINGERPRINT: usize = 16;
/// How many that were used up are remembered, and as many that logins gave.
const REMEMBERED: usize = 32;

/// How a record that was found relates to the one in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rank {
    /// It holds the same tokens.
    Same,
    /// It replaced the one in use.
    Newer,
    /// The one in use replaced it.
    Older,
    /// Neither knows the other: whichever is thrown away may be the one that is needed.
    Unknown,
}

/// What tells a token from every other and does not give it away: the start of its SHA-256.
fn fingerprint(token: &Secret) -> String {
    URL_SAFE_NO_PAD.encode(&digest(&SHA256, token.expose().as_bytes()).as_ref()[..FINGERPRINT])
}

/// These and one more; of too many the first stays, which a program may come with at each start, and the last.
pub(crate) fn remembered(mut known: Vec<String>, one: String) -> Vec<String> {
    if !known.contains(&one) {
        known.push(one);
    }
    if known.len() > REMEMBERED {
        known.remove(1);
    }
    known
}

impl StoredToken {
    /// The fingerprint of what is used up when this record is replaced: its refresh token or, where
    /// there is none, its access token.
    pub(crate) fn fingerprint(&self) -> String {
        fingerprint(self.refresh_token.as_ref().unwrap_or(&self.access_token))
    }

    /// Whether both are one app's, in one environment.
    pub fn is_same_app_as(&self, other: &Self) -> bool {
        let host = |token: &Self| token.host.trim_end_matches('/').to_owned();
        (host(self), &self.app_id) == (host(other), &other.app_id)
    }

    /// The same tokens as the record that follows `old`, of another login than that.
    #[must_use]
    pub fn following(mut self, old: Option<&Self>) -> Self {
        let of_its_app = old.filter(|old| self.is_same_app_as(old));
        let (spent, logins) = of_its_app.map_or(Default::default(), |old| {
            (
                remembered(old.spent.clone(), old.fingerprint()),
                old.logins.clone(),
            )
        });
        self.spent = spent;
        // Those that it came of itself stay known.
        let own = [mem::take(&mut self.logins), vec![self.fingerprint()]].concat();
        self.logins = own.into_iter().fold(logins, remembered);
        self.sequence = old.map_or(1, |old| old.sequence.saturating_add(1));
        self.replaces = old.map(Self::fingerprint);
        self
    }

    /// Whether its chain had this one before.
    fn remembers(&self, fingerprint: &String) -> bool {
        self.spent.contains(fingerprint) || self.logins.contains(fingerprint)
    }

    /// Whether this record's chain has used up what `old` is renewed with.
    pub(super) fn has_used_up(&self, old: &Self) -> bool {
        let old = old.fingerprint();
        self.remembers(&old) && self.fingerprint() != old
    }

    /// Whether this record is written as the one that follows `old`.
    pub(super) fn follows(&self, old: Option<&Self>) -> bool {
        self.replaces == old.map(Self::fingerprint)
            && self.sequence == old.map_or(1, |old| old.sequence.saturating_add(1))
    }
}

/// How `found` relates to `current`.
pub(crate) fn rank(found: &StoredToken, current: &StoredToken) -> Rank {
    if (&found.access_token, &found.refresh_token) == (&current.access_token, &current.refresh_token) {
        return Rank::Same;
    }
    let replaced = |new: &StoredToken, old: &StoredToken| {
        let old = old.fingerprint();
        // What a login gave is not used up as long as it stays the same.
        new.replaces.as_ref() == Some(&old)
            || new.spent.contains(&old)
            || (new.remembers(&old) && new.fingerprint() != old)
    };
    match (replaced(found, current), replaced(current, found)) {
        (true, false) => Rank::Newer,
        (false, true) => Rank::Older,
        // A refresh token that stays the same has one fingerprint in every record.
        (true, true) if found.sequence > current.sequence => Rank::Newer,
        (true, true) if found.sequence < current.sequence => Rank::Older,
        // Releases before the chain put a whole record beside the old one for no other reason.
        (false, false) if (found.sequence, current.sequence) == (0, 0) => Rank::Newer,
        _ => Rank::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::{REMEMBERED, Rank, StoredToken, rank};
    use crate::models::OauthAccessTokenResponse;
    use crate::secret::Secret;
    use crate::store::stored_token::record;

    #[test]
    fn what_replaced_another_is_newer_whatever_a_clock_said() {
        for (one, two) in [
            (record("a", Some("r")), record("b", Some("q"))),
            // The refresh token stays the same.
            (record("a", Some("r")), record("b", Some("r"))),
            // There is none.
            (record("a", None), record("b", None)),
        ] {
            let first = one.following(None);
            let second = two.following(Some(&first));
            let third =
                record("c", second.refresh_token.as_ref().map(Secret::expose)).following(Some(&second));
            assert_eq!(rank(&second, &first), Rank::Newer);
            assert_eq!(rank(&first, &second), Rank::Older);
            assert_eq!(rank(&third, &second), Rank::Newer);
            assert_eq!(rank(&second, &third), Rank::Older);
            assert_eq!(rank(&second, &second), Rank::Same);
            // Another app's remembers nothing of them, and took their place.
            let mut other = record("d", Some("p"));
            other.app_id = "2".into();
            let other = other.following(Some(&third));
            assert_eq!(rank(&other, &third), Rank::Newer);
            assert_eq!(rank(&third, &other), Rank::Older);
        }
    }

    #[test]
    fn a_record_knows_what_its_chain_used_up_the_first_for_ever() {
        let first = record("a", Some("r")).following(None);
        let mut chain = vec![first.clone()];
        for number in 1..2 * REMEMBERED {
            let mut answer = OauthAccessTokenResponse::new("a");
            answer.refresh_token = Some(format!("r{number}").into());
            chain.push(chain[number - 1].renewed(answer, 0));
        }
        let (last, before) = chain.split_last().unwrap();
        let known = |old: &&StoredToken| rank(old, last) == Rank::Older && rank(last, old) == Rank::Newer;
        assert_eq!(before.iter().filter(known).count(), REMEMBERED);
        assert!(known(&&first) && known(&&chain[chain.len() - 3]));
        // Another login's is no part of it, and knows as much.
        let login = record("e", Some("q")).following(Some(last));
        assert_eq!(rank(&first, &login), Rank::Older);
        assert_eq!(rank(&record("e", Some("q")), last), Rank::Unknown);
        let mut answer = OauthAccessTokenResponse::new("f");
        answer.refresh_token = Some("p".into());
        let renewed = record("e", Some("q")).following(Some(&first)).renewed(answer, 0);
        assert_eq!(rank(&first, &renewed), Rank::Older);
        // What a later login gave a program may come with at each start as well, however often it was renewed since.
        let logins: Vec<_> = ["q", "o"].map(|refresh| record("e", Some(refresh))).into();
        let mut last = last.clone();
        for login in &logins {
            last = login.clone().following(Some(&last));
            for number in 0..2 * REMEMBERED {
                let mut answer = OauthAccessTokenResponse::new("a");
                answer.refresh_token = Some(format!("{}{number}", last.sequence).into());
                last = last.renewed(answer, 0);
            }
        }
        assert!(
            logins
                .iter()
                .chain([&first])
                .all(|login| rank(login, &last) == Rank::Older)
        );
        let last = &last;
        // Of another app's nothing is.
        let mut other = record("e", Some("q"));
        other.app_id = "2".into();
        assert!(other.following(Some(last)).spent.is_empty());
        // A refresh token that stays the same is one.
        let same = first.renewed(OauthAccessTokenResponse::new("b"), 0);
        assert_eq!(
            same.renewed(OauthAccessTokenResponse::new("c"), 0).spent,
            same.spent
        );
    }

    #[test]
    fn strangers_are_not_ranked() {
        let mine = record("a", Some("r")).following(None);
        let other = record("b", Some("q")).following(None);
        assert_eq!(rank(&mine, &other), Rank::Unknown);
        let third = record("c", Some("p")).following(Some(&other));
        assert_eq!(
            rank(&third, &mine),
            Rank::Unknown,
            "a higher number alone proves nothing"
        );
        let unnumbered = record("d", Some("o"));
        assert_eq!(rank(&unnumbered, &mine), Rank::Unknown);
        assert_eq!(rank(&mine, &unnumbered), Rank::Unknown);
        // Two that were issued for one refresh token, as after a lost answer.
        let twin = record("e", Some("r2")).following(Some(&mine));
        let other_twin = record("f", Some("r3")).following(Some(&mine));
        assert_eq!(rank(&twin, &other_twin), Rank::Unknown);
        // And one that stays the same, so that each could have replaced the other.
        let twin = record("e", Some("r")).following(Some(&mine));
        let other_twin = record("f", Some("r")).following(Some(&mine));
        assert_eq!(rank(&twin, &other_twin), Rank::Unknown);
    }

    #[test]
    fn without_a_chain_what_was_left_beside_is_newer() {
        assert_eq!(
            rank(&record("b", Some("q")), &record("a", Some("r"))),
            Rank::Newer
        );
    }

    #[test]
    fn a_record_follows_what_it_names_and_nothing_else() {
        let first = record("a", Some("r")).following(None);
        let second = record("b", Some("q")).following(Some(&first));
        assert!(first.follows(None) && second.follows(Some(&first)));
        assert!(!first.follows(Some(&second)) && !second.follows(None) && !second.follows(Some(&second)));
        // Its number alone, and its fingerprint alone, where a refresh token stays the same.
        let stranger = record("c", Some("p")).following(None);
        assert!(!second.follows(Some(&stranger)));
        let same = record("d", Some("r")).following(Some(&first));
        let next = record("e", Some("r")).following(Some(&same));
        assert!(next.follows(Some(&same)) && !next.follows(Some(&first)));
    }
}
