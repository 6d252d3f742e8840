//! Reads a callback as a person pastes it: in quotes, broken into lines, escaped by a shell, cut.
//!
//! What is done here can only bring out the state that is waited for, never replace it: every
//! reading is held against it as a whole. What the errors say of a state that is not ours follows
//! from its length alone, or from so many right characters that nobody can have guessed them.

use url::{Url, form_urlencoded};

use super::callback::{Callback, not_ours};
use crate::credential::trimmed;
use crate::error::{AuthorizationReason, Error};
use crate::secret::same;

/// Bytes of a text that is read as a paste; an address is far shorter.
const MAX_PASTE: usize = 16 * 1024;
/// Words of a paste that are tried by themselves.
const MAX_WORDS: usize = 16;
/// Characters of a state, at 6 bits each, that nobody guesses.
const BEYOND_GUESSING: usize = 22;

/// What stands before an address in a sentence, in code and in Markdown.
const BEFORE: &[char] = &[
    '"', '\'', '`', '<', '(', '[', '{', '«', '‹', '“', '„', '‘', '‚', '*', '|', '=', ':',
];
/// What ends it: no address has any of these.
const ENDS: &[char] = &['"', '`', '<', '>', '|', '»', '›', '“', '”', '‘', '’', '…'];
/// What may stand after it as well as in it; no state ends with any of it.
const AFTER: &[char] = &['\'', ')', ']', '}', '*', '.', ',', ';', ':', '!', '/'];
/// Ampersands as HTML, JSON and shells write them.
const AMPERSANDS: [&str; 6] = ["&amp;", "&#38;", "&#x26;", "\\u0026", "^&", "`&"];
/// What terminals put around a paste (xterm's bracketed paste), also without the escape character.
const BRACKETS: [&str; 4] = ["\u{1b}[200~", "\u{1b}[201~", "^[[200~", "^[[201~"];

/// What a pasted callback should be the answer to.
pub(super) struct Expected<'a> {
    /// Pinterest's page, where the authorization began.
    pub(super) url: &'a str,
    pub(super) state: &'a str,
    pub(super) redirect_uri: &'a str,
}

/// The callback that the text holds.
///
/// # Errors
///
/// `Authorization` saying what the text is instead.
pub(super) fn read(text: &str, expected: &Expected<'_>) -> Result<Callback, Error> {
    let callback = find(text, expected)?;
    if asks(&callback) {
        return Err(the_page());
    }
    Ok(callback)
}

fn find(text: &str, expected: &Expected<'_>) -> Result<Callback, Error> {
    let exact = Callback::parse(text);
    let is_ours = |callback: &Callback| {
        callback
            .get("state")
            .is_some_and(|state| same(state, expected.state))
    };
    let is_one = is_address(text) && copies(text).is_empty();
    if is_one && exact.as_ref().is_ok_and(is_ours) || text.len() > MAX_PASTE {
        let callback = exact?;
        let why_not = (!is_ours(&callback)).then(|| why(text, &callback, expected));
        return why_not.map_or(Ok(callback), Err);
    }
    let mut readings = readings(text);
    readings.extend(mail(text).iter().flat_map(|text| self::readings(text)));
    let readings: Vec<_> = readings.iter().map(|text| Callback::parse(text)).collect();
    let mut failure = None;
    let mut closest = None;
    let mut ours = None;
    for reading in readings.into_iter().chain([exact]) {
        match reading {
            Ok(callback) if is_ours(&callback) && answers(&callback) => return Ok(callback),
            // Whoever pastes all that is on the screen pastes the page's address before the one that it led to.
            Ok(callback) if is_ours(&callback) => ours = ours.or(Some(callback)),
            Ok(callback) => closest = closest.or(Some(callback)),
            Err(error) => failure = failure.or(Some(error)),
        }
    }
    if let Some(callback) = ours {
        return Ok(callback);
    }
    Err(match (failure, closest) {
        (Some(error), _) => error,
        (None, Some(callback)) => why(text, &callback, expected),
        (None, None) => not_ours(AuthorizationReason::Damaged, "the callback holds no `state`"),
    })
}

/// Whether the text is nothing but an address, as a server gets it: no reading of it is needed.
fn is_address(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/' || c == '?')
        && !text.contains("&amp;")
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte))
}

/// The addresses that the text may hold, the likeliest first.
fn readings(text: &str) -> Vec<String> {
    let mut text = text.to_owned();
    for bracket in BRACKETS {
        text = text.replace(bracket, " ");
    }
    // Twice, for what was escaped twice.
    for ampersand in AMPERSANDS.iter().chain(&AMPERSANDS) {
        text = text.replace(ampersand, "&");
    }
    // Shells and JSON escape with it; no address of ours has any.
    text.retain(|c| c != '\\');
    let whole: String = text
        .lines()
        // As mail quotes.
        .map(|line| line.trim_start_matches(['>', ' ', '\t']))
        .collect::<String>()
        .chars()
        .filter(|c| !trimmed(c.encode_utf8(&mut [0; 4])).is_empty() && !c.is_control())
        .collect();
    let words = text.split_whitespace().filter(|word| word.contains('='));
    let mut readings: Vec<_> = copies(&whole).iter().map(|copy| bare(copy)).collect();
    readings.push(bare(&whole));
    readings.extend(words.take(MAX_WORDS).map(bare));
    if !whole.contains(['=', '&']) {
        // Percent-encoded as a whole, as a part of another address is.
        let decoded = form_urlencoded::parse(whole.as_bytes()).next();
        readings.extend(decoded.map(|(text, _)| bare(&text)));
    }
    // In an address of whoever looks at links first, as mail servers put it.
    if let Ok(around) = Url::parse(&bare(&whole)) {
        let inner = around
            .query_pairs()
            .filter(|(_, value)| value.starts_with("http"))
            .take(MAX_WORDS);
        readings.extend(inner.map(|(_, address)| bare(&address)));
    }
    readings
}

/// The copies of one address that were pasted one after the other, if there are several: as many as
/// words are tried.
fn copies(text: &str) -> Vec<String> {
    let start = text.find("http").unwrap_or_default();
    let Some((beginning, _)) = text[start..]
        .split_once('?')
        .filter(|(place, _)| place.contains('/'))
    else {
        return Vec::new();
    };
    let beginning = format!("{beginning}?");
    let copies: Vec<_> = text[start..]
        .split(beginning.as_str())
        .filter(|rest| !rest.is_empty())
        .take(MAX_WORDS)
        .map(|rest| format!("{beginning}{rest}"))
        .collect();
    if copies.len() < 2 { Vec::new() } else { copies }
}

/// The text as it was before a mail program encoded it (quoted-printable, RFC 2045 section 6.7), if
/// it can be that: then every `=` is part of it.
fn mail(text: &str) -> Option<String> {
    text.find('=')?;
    let (mut decoded, mut rest) = (Vec::new(), text);
    while let Some((before, after)) = rest.split_once('=') {
        decoded.extend(before.bytes());
        let line = after.trim_start_matches([' ', '\t', '\r']).strip_prefix('\n');
        rest = match (line, after.get(..2)) {
            (Some(line), _) => line,
            (None, Some(code)) if code.bytes().all(|digit| digit.is_ascii_hexdigit()) => {
                decoded.push(u8::from_str_radix(code, 16).ok()?);
                &after[2..]
            }
            _ => return None,
        };
    }
    decoded.extend(rest.bytes());
    String::from_utf8(decoded).ok()
}

/// An address without what stands around it.
fn bare(text: &str) -> String {
    let mut text = text;
    // [what it is called](where it leads)
    if let Some((_, link)) = text.split_once("](") {
        text = link;
    }
    let query = text.find('?').unwrap_or(text.len());
    if let Some(start) = text.get(..query).and_then(|before| before.find("http")) {
        text = &text[start..];
    }
    let text = text
        .strip_prefix("[200~")
        .or_else(|| text.strip_prefix("0~"))
        .unwrap_or(text);
    let text = text.trim_start_matches(BEFORE);
    let text = text
        .split(ENDS)
        .next()
        .unwrap_or_default()
        .trim_end_matches(AFTER);
    let text = text
        .strip_suffix("[201~")
        .or_else(|| text.strip_suffix("1~"))
        .unwrap_or(text);
    trimmed(text).to_owned()
}

const PASTE: &str = "paste the whole address that the browser ended at, with everything after the question mark; \
                     nothing was sent";

/// It is ours, as far as can be seen, and not whole.
fn damaged(what: &str) -> Error {
    Error::authorization(AuthorizationReason::Damaged, what).with_hint(PASTE)
}

/// Why a callback whose state is not ours, or lacks, is not what was waited for.
fn why(text: &str, callback: &Callback, expected: &Expected<'_>) -> Error {
    let text = trimmed(text);
    let ours = expected.state;
    let origins =
        [text, expected.url, expected.redirect_uri].map(|url| Url::parse(url).ok().map(|url| url.origin()));
    let on_the_way = origins[0].is_some() && origins[0] == origins[1] && origins[0] != origins[2];
    if asks(callback) || on_the_way && !answers(callback) {
        return the_page();
    }
    if let Some(state) = callback.get("state") {
        let not_the_one = "`state` is not the one of this authorization";
        if holds(state, ours) || state.len() != ours.len() && holds(text, ours) {
            return damaged(&format!(
                "the callback is damaged: its {not_the_one}, but something was added to it"
            ));
        }
        let begins_ours = (BEYOND_GUESSING..ours.len()).contains(&state.len())
            && ours.is_char_boundary(state.len())
            && same(state, &ours[..state.len()]);
        if begins_ours {
            return damaged(&format!(
                "the callback was cut: its {not_the_one}, but the beginning of it"
            ));
        }
        if state.len() < BEYOND_GUESSING {
            let what = format!(
                "the callback's {not_the_one}; it is so short that the callback was cut, or is forged"
            );
            return Error::authorization(AuthorizationReason::Foreign, what).with_hint(PASTE);
        }
        return not_ours(
            AuthorizationReason::Foreign,
            &format!("the callback's {not_the_one}"),
        );
    }
    let what = if holds(text, ours) {
        "the callback is damaged: it holds no `state` that can be read"
    } else if bare(text).is_empty() {
        "the callback is empty: it holds no `state`"
    } else if bare(text)
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    {
        "the callback holds no `state`: this seems to be the code alone"
    } else if answers(callback) || begins(text, expected.redirect_uri) {
        "the callback was cut: it holds no `state`"
    } else {
        "the callback holds no `state`"
    };
    damaged(what)
}

/// Whether these are the parameters of an authorization URL.
fn asks(callback: &Callback) -> bool {
    callback.has_any(&["client_id", "response_type"]) && !answers(callback)
}

/// Whether these are the parameters of an answer.
fn answers(callback: &Callback) -> bool {
    callback.has_any(&["code", "error"])
}

fn the_page() -> Error {
    let what = "this is the address of Pinterest's page, not the one that it leads to";
    Error::authorization(AuthorizationReason::Damaged, what)
        .with_hint("open it, allow it, and paste the address that the browser ends at; nothing was sent")
}

/// Whether a text is the beginning of an address at the redirect URI.
fn begins(text: &str, redirect_uri: &str) -> bool {
    let text = text.trim_start_matches(BEFORE);
    redirect_uri.starts_with(text) || text.starts_with(redirect_uri)
}

/// Whether a text holds a secret one, in a time that says nothing of where they differ.
fn holds(text: &str, secret: &str) -> bool {
    text.as_bytes()
        .windows(secret.len().max(1))
        .take(MAX_PASTE)
        .fold(false, |found, window| {
            found | (std::str::from_utf8(window).is_ok_and(|window| same(window, secret)))
        })
}
