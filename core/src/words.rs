//! Sentences that name settings, which every face of this library calls by names of its own.

use std::borrow::Cow;

/// What a caller sets, and what a message may be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Setting {
    /// [`Configuration::host`](crate::Configuration::host).
    Host,
    /// [`Configuration::authorization_url`](crate::Configuration::authorization_url).
    AuthorizationUrl,
    /// [`Configuration::username`](crate::Configuration::username).
    Username,
    /// [`Configuration::password`](crate::Configuration::password).
    Password,
    /// [`Configuration::access_token`](crate::Configuration::access_token).
    AccessToken,
    /// [`ConnectionSettings::proxy`](crate::ConnectionSettings::proxy).
    Proxy,
    /// [`ConnectionSettings::no_proxy`](crate::ConnectionSettings::no_proxy).
    NoProxy,
    /// [`ConnectionSettings::ssl_ca_cert`](crate::ConnectionSettings::ssl_ca_cert).
    SslCaCert,
    /// [`ConnectionSettings::ssl_ca_pem`](crate::ConnectionSettings::ssl_ca_pem).
    SslCaPem,
    /// [`ConnectionSettings::cert_file`](crate::ConnectionSettings::cert_file).
    CertFile,
    /// [`ConnectionSettings::key_file`](crate::ConnectionSettings::key_file).
    KeyFile,
    /// [`Configuration::max_answer_bytes`](crate::Configuration::max_answer_bytes).
    MaxAnswerBytes,
    /// The redirect URI of an [`AuthorizationRequest`](crate::AuthorizationRequest) or a token request.
    RedirectUri,
    /// The code of a token request.
    Code,
    /// The PKCE verifier of a token request.
    CodeVerifier,
    /// The refresh token of a token request.
    RefreshToken,
    /// The scope of a token request.
    Scope,
    /// The scopes of an [`AuthorizationRequest`](crate::AuthorizationRequest).
    Scopes,
    /// The grant of a token request.
    GrantType,
    /// The token that is to be revoked.
    Token,
}

impl Setting {
    /// Every setting.
    pub const ALL: &[Self] = &[
        Self::Host,
        Self::AuthorizationUrl,
        Self::Username,
        Self::Password,
        Self::AccessToken,
        Self::Proxy,
        Self::NoProxy,
        Self::SslCaCert,
        Self::SslCaPem,
        Self::CertFile,
        Self::KeyFile,
        Self::MaxAnswerBytes,
        Self::RedirectUri,
        Self::Code,
        Self::CodeVerifier,
        Self::RefreshToken,
        Self::Scope,
        Self::Scopes,
        Self::GrantType,
        Self::Token,
    ];

    /// What this crate calls it, as a sentence shows it.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Host => "`host`",
            Self::AuthorizationUrl => "`authorization_url`",
            Self::Username => "`username`",
            Self::Password => "`password`",
            Self::AccessToken => "`access_token`",
            Self::Proxy => "`proxy`",
            Self::NoProxy => "`no_proxy`",
            Self::SslCaCert => "`ssl_ca_cert`",
            Self::SslCaPem => "`ssl_ca_pem`",
            Self::CertFile => "`cert_file`",
            Self::KeyFile => "`key_file`",
            Self::MaxAnswerBytes => "`max_answer_bytes`",
            Self::RedirectUri => "`redirect_uri`",
            Self::Code => "`code`",
            Self::CodeVerifier => "`code_verifier`",
            Self::RefreshToken => "`refresh_token`",
            Self::Scope => "`scope`",
            Self::Scopes => "`scopes`",
            Self::GrantType => "`grant_type`",
            Self::Token => "`token`",
        }
    }
}

impl Setting {
    /// What it is, where its name alone does not tell.
    fn meaning(self) -> Option<&'static str> {
        match self {
            Self::Username => Some("the app id"),
            Self::Password => Some("the app secret"),
            Self::AccessToken => Some("a user's access token"),
            _ => None,
        }
    }
}

/// A sentence, or a part of one.
#[derive(Debug, Clone)]
pub(crate) struct Words(Vec<Word>);

/// A piece of a sentence.
#[derive(Debug, Clone)]
pub(crate) enum Word {
    Text(Cow<'static, str>),
    /// From outside: another program's words, or a part of an answer. It may repeat a secret.
    Foreign(String),
    Setting(Setting),
    /// A setting, and what it is.
    Explained(Setting),
}

/// A sentence of texts and settings: `words![Setting::Host, " is not a URL"]`.
macro_rules! words {
    ($($word:expr),+ $(,)?) => {
        $crate::words::Words::from_iter([$($crate::words::Word::from($word)),+])
    };
}
pub(crate) use words;

impl Words {
    /// The sentence with more at its end.
    pub(crate) fn then(mut self, more: impl Into<Word>) -> Self {
        self.0.push(more.into());
        self
    }

    /// The same with what came from outside as `change` gives it; words of ours say nothing secret,
    /// though a secret may be one of them.
    pub(crate) fn map_foreign(&self, change: impl Fn(&str) -> String) -> Self {
        self.0
            .iter()
            .map(|word| match word {
                Word::Foreign(text) => Word::Foreign(change(text)),
                word => word.clone(),
            })
            .collect()
    }

    /// The sentence, with the settings as `phrase` calls them.
    pub(crate) fn say(&self, phrase: impl Fn(Setting) -> &'static str) -> String {
        self.0
            .iter()
            .map(|word| match word {
                Word::Text(text) => text.to_string(),
                Word::Foreign(text) => text.clone(),
                Word::Setting(setting) => phrase(*setting).to_owned(),
                Word::Explained(setting) => match (phrase(*setting), setting.meaning()) {
                    (name, Some(meaning)) if name != meaning => format!("{name} ({meaning})"),
                    (name, _) => name.to_owned(),
                },
            })
            .collect()
    }
}

impl FromIterator<Word> for Words {
    fn from_iter<T: IntoIterator<Item = Word>>(words: T) -> Self {
        Self(words.into_iter().collect())
    }
}

impl From<&'static str> for Word {
    fn from(text: &'static str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Word {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<Setting> for Word {
    fn from(setting: Setting) -> Self {
        Self::Setting(setting)
    }
}

impl From<String> for Words {
    fn from(text: String) -> Self {
        Self(vec![text.into()])
    }
}

impl From<&str> for Words {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{Setting, Word};

    #[test]
    fn each_face_says_a_setting_in_its_own_words() {
        let sentence = words![
            Setting::Host,
            " is not a URL: ",
            String::from("why"),
            "; see ",
            Setting::Proxy
        ];
        assert_eq!(
            sentence.say(Setting::phrase),
            "`host` is not a URL: why; see `proxy`"
        );
        assert_eq!(sentence.say(|_| "x"), "x is not a URL: why; see x");
        let explained = words![
            Word::Explained(Setting::Username),
            "; ",
            Word::Explained(Setting::Host)
        ];
        assert_eq!(explained.say(Setting::phrase), "`username` (the app id); `host`");
        assert_eq!(explained.say(|_| "the app id"), "the app id; the app id");
        let secrets = [Setting::Password, Setting::AccessToken];
        assert_eq!(
            secrets.map(|setting| words![Word::Explained(setting)].say(Setting::phrase)),
            [
                "`password` (the app secret)",
                "`access_token` (a user's access token)"
            ]
        );
    }

    #[test]
    fn only_what_came_from_outside_is_changed() {
        let sentence = words![
            "no answer from ",
            Setting::Host,
            ": ",
            Word::Foreign("answer".into())
        ];
        let changed = sentence.map_foreign(|_| "[redacted]".to_owned());
        assert_eq!(changed.say(Setting::phrase), "no answer from `host`: [redacted]");
    }

    #[test]
    fn no_two_settings_share_a_phrase() {
        let phrases: HashSet<&str> = Setting::ALL.iter().map(|setting| setting.phrase()).collect();
        assert_eq!(phrases.len(), Setting::ALL.len());
    }
}
