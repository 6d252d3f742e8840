//! The bookmarks of pages: each page has that of the next one.

use std::collections::HashSet;

use serde_json::Value;

use crate::error::Error;

/// Follows the bookmarks of pages, and notices those that would go round for ever.
#[derive(Debug, Clone, Default)]
pub struct Bookmarks {
    seen: HashSet<String>,
}

impl Bookmarks {
    /// Those of pages that are asked for from this bookmark on, or from the first page.
    pub fn from(first: Option<&str>) -> Self {
        let seen = first.map(ToOwned::to_owned).into_iter().collect();
        Self { seen }
    }

    /// The bookmark of the page after this one; none after the last. A page that does not say is no last page.
    ///
    /// # Errors
    ///
    /// `Protocol` for a page without a place for a bookmark, for a bookmark that is no text, and for one that was
    /// there before. The page itself is whole.
    pub fn after(&mut self, page: &Value) -> Result<Option<String>, Error> {
        let next = match page.get("bookmark") {
            Some(Value::String(next)) => next,
            Some(Value::Null) => return Ok(None),
            None if page.is_object() => return Ok(None),
            Some(_) => return Err(broken("the bookmark of the page that came is not a text")),
            None => return Err(broken("the page that came is not JSON with items and a bookmark")),
        };
        if next.is_empty() {
            return Ok(None);
        }
        if !self.seen.insert(next.clone()) {
            return Err(broken("the page that came leads to one that came before"));
        }
        Ok(Some(next.clone()))
    }
}

/// Takes the items out of a page.
///
/// # Errors
///
/// `Protocol` for what has no list of items.
pub fn take_items(page: &mut Value) -> Result<Vec<Value>, Error> {
    match page.get_mut("items").map(Value::take) {
        Some(Value::Array(items)) => Ok(items),
        _ => Err(Error::protocol("the page that came has no list of items")
            .with_hint("the items so far are whole; ask for the pages to have each as it comes")),
    }
}

fn broken(what: &'static str) -> Error {
    Error::protocol(what).with_hint("the pages so far are whole, and more may follow; ask again")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Bookmarks;

    #[test]
    fn bookmarks_lead_on_until_there_is_none() {
        let mut bookmarks = Bookmarks::from(Some("a"));
        let mut after =
            |page: serde_json::Value| bookmarks.after(&page).map_err(|error| error.message().to_owned());
        assert_eq!(after(json!({"bookmark": "b"})), Ok(Some("b".into())));
        for last in [
            json!({"bookmark": null}),
            json!({"bookmark": ""}),
            json!({"items": []}),
        ] {
            assert_eq!(after(last), Ok(None));
        }
        for again in ["a", "b"] {
            let said = after(json!({"bookmark": again})).unwrap_err();
            assert_eq!(said, "the page that came leads to one that came before");
        }
        for odd in [json!({"bookmark": 5}), json!([1]), json!(null), json!("x")] {
            assert!(after(odd).is_err());
        }
    }
}
