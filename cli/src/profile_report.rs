//! A profile as people and programs see it: nothing secret.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::paint::{BAD, BOLD, DIM, GOOD, WARNING};
use super::screen::Screen;
use super::text::VisibleLine;
use pinterest_sdk::store::{Account, Failure, Life, StoredToken};
use pinterest_sdk::{Environment, Scope};

/// Cells of a bar: with what stands before it, it fits a terminal of 40 columns.
const WIDTH: i64 = 20;

/// The profile for programs. Times are seconds since 1970, durations seconds.
pub(crate) fn as_json(profile: &Account, path: &Path, token: &StoredToken, now: i64) -> Value {
    let life = |life: Life| {
        json!({
            "state": state(life, now),
            "issued_at": life.issued_at,
            "expires_at": life.expires_at,
            "seconds_left": life.left(now),
        })
    };
    json!({
        "profile": profile.as_str(),
        "account": token.account,
        "app_id": token.app_id,
        "host": token.host,
        "scopes": scopes(token).iter().map(Scope::as_str).collect::<Vec<_>>(),
        "access_token": life(token.access_life),
        "refresh_token": token.refresh_token.as_ref().map(|_| life(token.refresh_life)),
        "app_secret_kept": token.app_secret.is_some(),
        "store": "file",
        "file": path.to_string_lossy(),
    })
}

/// The profile for people, several lines.
pub(crate) fn for_people(profile: &Account, path: &Path, token: &StoredToken, now: i64) -> String {
    let account = token
        .account
        .as_deref()
        .map(|name| format!(" · {}", VisibleLine(name)))
        .unwrap_or_default();
    let scopes = scopes(token)
        .iter()
        .map(Scope::as_str)
        .collect::<Vec<_>>()
        .join(", ");
    let scopes = match &scopes[..] {
        "" => "not known",
        scopes => scopes,
    };
    let refresh = match &token.refresh_token {
        Some(_) => bar(token.refresh_life, now),
        None if token.client_credentials => format!("{DIM}none: the app asks for another by itself{DIM:#}"),
        None => format!("{DIM}none: this login ends with its access token{DIM:#}"),
    };
    format!(
        "{BOLD}{profile}{BOLD:#}{account} · app {} · {}\n  access token   {}\n  refresh token  {refresh}\n  \
         {DIM}scopes{DIM:#}         {}\n  {DIM}file{DIM:#}           {}",
        VisibleLine(&token.app_id),
        VisibleLine(place(&token.host)),
        bar(token.access_life, now),
        VisibleLine(scopes),
        VisibleLine(&path.display().to_string()),
    )
}

/// How long the tokens live, in one line.
pub(crate) fn in_one_line(token: &StoredToken, now: i64) -> String {
    let left = |life: Life| life.left(now).map_or_else(|| "unknown".to_owned(), duration);
    match &token.refresh_token {
        Some(_) => format!(
            "The access token has {} left, the refresh token {}.",
            left(token.access_life),
            left(token.refresh_life)
        ),
        None => format!(
            "The access token has {} left; there is no refresh token.",
            left(token.access_life)
        ),
    }
}

/// What is said of tokens that are not in their place yet, and what puts them there: whatever uses
/// the profile.
pub(crate) fn waiting(profile: &Account, path: &Path) -> (String, String) {
    (
        format!(
            "a login or renewal was ended before its tokens were in place: they are in {}",
            path.display()
        ),
        format!("run `pinterest token --profile {profile}`, which puts them there"),
    )
}

/// What is said of the last renewal that failed, and when it is tried again: not if that is `in_vain`, and why.
pub(crate) fn failure(
    profile: &Account,
    failure: &Failure,
    in_vain: Option<&str>,
    now: i64,
) -> (String, String) {
    let ago = duration(now.saturating_sub(failure.failed_at).max(0));
    let message = match &failure.message[..] {
        "" => "a release before this did not keep why",
        message => message,
    };
    (
        format!("the last renewal failed {ago} ago: {message}"),
        match (in_vain, failure.left(now)) {
            // The pause is not what keeps it from being sent.
            (Some(why), _) => format!("{why}: run `pinterest login --profile {profile}`"),
            (None, Some(seconds)) => format!("an early one is tried again in {}", duration(seconds)),
            (None, None) => "the next command that uses the profile tries again".to_owned(),
        },
    )
}

/// The same for programs.
pub(crate) fn failure_as_json(failure: &Failure) -> Value {
    json!({
        "kind": failure.kind,
        "message": failure.message,
        "failures": failure.failures,
        "failed_at": failure.failed_at,
        "until": failure.until,
    })
}

/// Names what could not be read or ranked, and is kept.
pub(crate) fn warn_of_copies(screen: &Screen, copies: &[PathBuf]) {
    for copy in copies {
        screen.say(format_args!(
            "{WARNING}warning:{WARNING:#} tokens that could not be read or ranked are kept as {}",
            VisibleLine(&copy.display().to_string())
        ));
    }
}

/// `30 days`, `2 h`, `1 min`: whole units, rounded down.
pub(crate) fn duration(seconds: i64) -> String {
    match seconds {
        172_800.. => format!("{} days", seconds / 86_400),
        7_200.. => format!("{} h", seconds / 3_600),
        120.. => format!("{} min", seconds / 60),
        _ => format!("{seconds} s"),
    }
}

fn scopes(token: &StoredToken) -> Vec<Scope> {
    Scope::parse_list(token.scope.as_deref().unwrap_or_default())
}

fn place(host: &str) -> &str {
    match host {
        _ if host == Environment::Production.host() => "production",
        _ if host == Environment::Sandbox.host() => "Pinterest's API Sandbox",
        other => other,
    }
}

fn state(life: Life, now: i64) -> &'static str {
    match (life.is_over(now), life.is_ending(now)) {
        (true, _) => "expired",
        (false, true) => "ending",
        (false, false) => "valid",
    }
}

fn bar(life: Life, now: i64) -> String {
    let (Some(left), Some(length)) = (life.left(now), life.length()) else {
        return "its end is not known".to_owned();
    };
    // A token that is still valid shows at least one cell.
    let full = match left.saturating_mul(WIDTH).checked_div(length) {
        _ if left == 0 => 0,
        Some(cells) => cells.clamp(1, WIDTH),
        None => WIDTH,
    };
    let colour = match state(life, now) {
        "expired" => BAD,
        "ending" => WARNING,
        _ => GOOD,
    };
    let cells = |count: i64, cell: &str| cell.repeat(usize::try_from(count).unwrap_or_default());
    let words = if left == 0 {
        "expired".to_owned()
    } else {
        format!("{} of {} left", duration(left), duration(length))
    };
    format!(
        "{colour}{}{colour:#}{DIM}{}{DIM:#}  {words}",
        cells(full, "█"),
        cells(WIDTH - full, "░")
    )
}

#[cfg(test)]
mod tests {
    use super::{BAD, GOOD, WARNING, bar, duration};
    use pinterest_sdk::store::Life;

    fn drawn(left: i64, length: i64) -> (usize, usize) {
        let life = Life {
            issued_at: 0,
            expires_at: Some(length),
        };
        let text = bar(life, length - left);
        (text.matches('█').count(), text.matches('░').count())
    }

    #[test]
    fn a_bar_shows_what_is_left() {
        assert_eq!(drawn(100, 100), (20, 0));
        assert_eq!(drawn(50, 100), (10, 10));
        assert_eq!(drawn(1, 1_000_000), (1, 19));
        assert_eq!(drawn(0, 100), (0, 20));
        assert_eq!(drawn(200, 100), (20, 0), "a clock that was set back");
    }

    #[test]
    fn a_bar_has_the_colour_of_its_state() {
        for (left, length, colour) in [
            (100_000, 100_000, GOOD),
            (100, 100_000, WARNING),
            (0, 100_000, BAD),
        ] {
            let life = Life {
                issued_at: 0,
                expires_at: Some(length),
            };
            let text = bar(life, length - left);
            assert!(text.starts_with(&colour.to_string()), "{text}");
        }
    }

    #[test]
    fn durations_are_in_the_largest_unit_that_tells_something() {
        let texts = [0, 119, 120, 7_199, 7_200, 172_799, 172_800].map(duration);
        assert_eq!(
            texts,
            ["0 s", "119 s", "2 min", "119 min", "2 h", "47 h", "2 days"]
        );
    }
}
