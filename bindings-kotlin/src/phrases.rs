//! What Kotlin calls the core's settings.

use pinterest_sdk::Setting;

/// A setting as a sentence shows it.
pub(crate) fn phrase(setting: Setting) -> &'static str {
    match setting {
        Setting::AuthorizationUrl => "`authorizationUrl`",
        Setting::AccessToken => "`accessToken`",
        Setting::NoProxy => "`noProxy`",
        Setting::SslCaCert => "`sslCaCert`",
        Setting::CertFile => "`certFile`",
        Setting::KeyFile => "`keyFile`",
        Setting::MaxAnswerBytes => "`maxAnswerBytes`",
        Setting::RedirectUri => "`redirectUri`",
        Setting::CodeVerifier => "`codeVerifier`",
        Setting::GrantType => "`grantType`",
        Setting::RefreshToken => "`refreshToken`",
        other => other.phrase(),
    }
}
