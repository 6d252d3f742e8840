//! Why an authorization gave no token.

/// Why an authorization gave no token, for a program that tells a person more than "it failed".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AuthorizationReason {
    /// The person did not allow it (`access_denied`): ask again when they want to connect.
    Denied,
    /// Pinterest gave another `error`, such as `server_error`.
    Declined,
    /// The callback's state or issuer is not this authorization's: it is forged, or of another login.
    Foreign,
    /// The callback was used already.
    Replayed,
    /// The callback came after the authorization's end.
    Late,
    /// The callback is cut, doubled, or lacks its state or code; or it is another address altogether.
    Damaged,
    /// The authorization was started for another app or environment than the client's.
    OtherClient,
    /// There is no pending authorization: the session has none, as for a page that is opened once more.
    NotPending,
    /// No browser can be opened here.
    NoBrowser,
}

impl AuthorizationReason {
    /// The reason's name, stable across releases and languages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Denied => "Denied",
            Self::Declined => "Declined",
            Self::Foreign => "Foreign",
            Self::Replayed => "Replayed",
            Self::Late => "Late",
            Self::Damaged => "Damaged",
            Self::OtherClient => "OtherClient",
            Self::NotPending => "NotPending",
            Self::NoBrowser => "NoBrowser",
        }
    }
}
