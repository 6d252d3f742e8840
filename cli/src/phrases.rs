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
