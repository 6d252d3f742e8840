//! What JavaScript calls the core's settings.

use pinterest_sdk::Setting;

/// A setting as a sentence shows it.
pub(crate) fn phrase(setting: Setting) -> &'static str {
    match setting {
        Setting::Host => "`basePath`",
        Setting::AuthorizationUrl => "`authorizationUrl`",
        Setting::Username => "`authentications.basic.username`",
        Setting::Password => "`authentications.basic.password`",
        Setting::AccessToken => "`authentications.pinterest_oauth2.accessToken`",
        Setting::NoProxy => "`noProxy`",
        Setting::SslCaCert => "`sslCaCert`",
        Setting::SslCaPem => "`sslCaPem`",
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
