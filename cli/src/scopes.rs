//! Scopes that a person may have mistyped.

use pinterest_sdk::Scope;

/// What to say of each that has no constant: Pinterest may have more by now.
pub(crate) fn doubts(scopes: &[Scope]) -> Vec<String> {
    scopes
        .iter()
        .filter(|scope| !Scope::KNOWN.contains(scope))
        .map(|scope| match nearest(scope) {
            Some(known) => format!("the scope `{scope}` is not known here; did you mean `{known}`?"),
            None => format!("the scope `{scope}` is not known here"),
        })
        .collect()
}

/// The known one that it may be a slip of.
fn nearest(scope: &Scope) -> Option<&'static Scope> {
    /// A word of another scope is further away.
    const SLIPS: usize = 3;
    let slips = |known: &&Scope| strsim::damerau_levenshtein(known.as_str(), scope.as_str());
    let nearest = Scope::KNOWN.iter().min_by_key(slips)?;
    (slips(&nearest) <= SLIPS).then_some(nearest)
}

#[cfg(test)]
mod tests {
    use super::{Scope, doubts};

    #[test]
    fn a_slip_is_named_with_what_was_meant() {
        for (scope, near) in [
            ("user_accounts:raed", Some("user_accounts:read")),
            ("user_account:read", Some("user_accounts:read")),
            ("pin:read", Some("pins:read")),
            ("board:write", Some("boards:write")),
            ("new_thing:read", None),
        ] {
            let said = doubts(&[Scope::from(scope), Scope::PINS_READ]);
            let [said] = &said[..] else { panic!("{said:?}") };
            assert!(said.contains(&format!("`{scope}`")), "{said}");
            match near {
                Some(near) => assert!(said.contains(&format!("did you mean `{near}`?")), "{said}"),
                None => assert!(!said.contains("did you mean"), "{said}"),
            }
        }
        assert!(doubts(Scope::KNOWN).is_empty());
    }
}
