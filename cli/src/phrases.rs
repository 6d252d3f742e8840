//! What a person here calls the core's settings: options, variables, plain words.

use pinterest_sdk::Setting;

/// A setting as a sentence shows it.
pub(crate) fn phrase(setting: Setting) -> &'static str {
    match setting {
        Setting::Host => "PINTEREST_API_URI",
        Setting::AuthorizationUrl => "PINTEREST_OAUTH_URI",
        Setting::Username => "the app id",
        Setting::Password => "the app secret",
        Setting::AccessToken => "the access token",
        Setting::Proxy => "HTTPS_PROXY",
        Setting::NoProxy => "NO_PROXY",
        Setting::SslCaCert | Setting::SslCaPem => "CURL_CA_BUNDLE",
        Setting::MaxAnswerBytes => "--max-answer-bytes",
        Setting::RedirectUri => "the redirect URI",
        Setting::Code => "the code",
        Setting::RefreshToken => "the refresh token",
        Setting::Scope | Setting::Scopes => "--scopes",
        Setting::Token => "the token",
        other => other.phrase(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{Setting, phrase};

    #[test]
    fn every_setting_is_told_from_the_others() {
        let names: HashSet<&str> = Setting::ALL.iter().map(|setting| phrase(*setting)).collect();
        // Two ways to give one authority's certificate have one variable here, two names of scopes one option.
        assert_eq!(names.len(), Setting::ALL.len() - 2);
        assert!(!names.contains(""));
        assert_eq!(phrase(Setting::Host), "PINTEREST_API_URI");
        assert_eq!(phrase(Setting::MaxAnswerBytes), "--max-answer-bytes");
    }
}
