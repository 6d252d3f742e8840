//! What to do about Redis's refusals.

use crate::error::Error;

/// What a user has to be allowed.
const RIGHTS: &str = "the connection's user may not do this: let it run EVAL and EVALSHA, and GET, SET, DEL, HGET, HSET, HDEL and HINCRBY on the keys `pinterest:*`";

/// Words of a refusal, and what to do. The first that occur count.
const ADVICE: [(&str, &str); 11] = [
    ("NOPERM", RIGHTS),
    ("The user executing the script", RIGHTS),
    (
        "NOAUTH",
        "Redis asks for a user and password: give them to the connection",
    ),
    (
        "WRONGPASS",
        "Redis does not know this user and password: look at those of the connection",
    ),
    (
        "WRONGTYPE",
        "something else than this library wrote at the account's key: look at it with TYPE, and remove it or use another database",
    ),
    (
        "OOM",
        "Redis has no memory left: give it more, or remove what nobody needs",
    ),
    ("READONLY", "this is a replica: connect to the primary"),
    (
        "MISCONF",
        "Redis cannot save to its disk, and takes nothing until it can: look at its log",
    ),
    ("NOREPLICAS", "Redis has too few replicas to write: look at them"),
    (
        "unknown command",
        "the service does not run scripts: use one that knows EVAL",
    ),
    (
        "CROSSSLOT",
        "look at what changes the keys between this library and Redis",
    ),
];

/// The failure with what to do about it, if whoever made it did not say so.
pub(super) fn advised(error: Error) -> Error {
    if error.hint().is_some() {
        return error;
    }
    let known = ADVICE.iter().find(|(words, _)| error.message().contains(words));
    let advice = known.map_or("look at whether Redis can be reached", |(_, advice)| advice);
    error.with_advice(advice)
}

#[cfg(test)]
mod tests {
    use super::advised;
    use crate::error::Error;

    #[test]
    fn a_refusal_says_what_to_do_and_advice_that_is_there_stays() {
        let hint = |message: &str| advised(Error::store(message)).hint().unwrap().to_owned();
        assert!(hint("READONLY You can't write against a read only replica").contains("primary"));
        assert!(hint("broken pipe").contains("reached"));
        let own = Error::store("NOPERM").with_advice("ask Ada");
        assert_eq!(advised(own).hint(), Some("ask Ada"));
    }
}
