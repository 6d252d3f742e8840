//! The forms of texts: regular expressions.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

use regex_lite::Regex;

/// What is a long text, in bytes.
const LONG: usize = 4096;

/// The forms of texts by how the table writes them; none for what looks ahead, which is left to the server.
#[derive(Default)]
pub(super) struct Forms(RefCell<HashMap<String, Option<Regex>>>);

impl Forms {
    /// The form in words, if the text is not of it.
    pub(super) fn missed(&self, pattern: &str, text: &str) -> Option<String> {
        let mut forms = self.0.borrow_mut();
        let form = forms.entry(pattern.to_owned()).or_insert_with(|| {
            let expression: String = serde_json::from_str(pattern).unwrap_or_default();
            Regex::new(&expression).ok()
        });
        let form = form.as_ref()?;
        (!form.is_match(&characters(pattern, text))).then(|| form.to_string())
    }
}

/// Each character of a long text once, where a pattern such as `^[a-z]+$` asks no more than which there are: images come
/// as texts of many megabytes.
fn characters<'a>(pattern: &str, text: &'a str) -> Cow<'a, str> {
    let asks_which = pattern.starts_with("\"^[") && pattern.find(']') == pattern.rfind("]+$\"");
    if text.len() <= LONG || !asks_which || !text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let there = text.bytes().fold(0_u128, |there, byte| there | 1 << byte);
    let found = (0..128_u8).filter(|byte| there >> byte & 1 == 1);
    Cow::Owned(found.map(char::from).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_held_against_its_form_in_no_time() {
        let (image, forms) = (r#""^[a-zA-Z0-9+/=]+$""#, Forms::default());
        let mut text = "Ab+/".repeat(5_000_000);
        let start = std::time::Instant::now();
        assert_eq!(forms.missed(image, &text), None);
        text.push('-');
        assert_eq!(forms.missed(image, &text).as_deref(), Some("^[a-zA-Z0-9+/=]+$"));
        text.pop();
        text.push('é');
        assert!(characters("\"^[a-z]+$\"", &text).len() == text.len());
        assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
        // Where order counts, all of it is looked at.
        let digits = "1".repeat(LONG + 1);
        assert_eq!(characters(r#""^\\d+\\+?$""#, &digits), digits);
        assert_eq!(characters(r#""^[C]?\\d+$""#, &digits), digits);
        assert_eq!(characters(r#""^[0-9]+$""#, &digits), "1");
    }
}
