//! Ending tokens at Pinterest.

use std::path::PathBuf;

use super::hold::{App, Failed, Session};
use super::need::Need;
use crate::api::OauthApi;
use crate::client::{ApiClient, CallOptions};
use crate::error::{Error, Outcome};
use crate::models::{TokenRevocationRequest, TokenTypeHint};
use crate::store::StoredToken;

impl<A: App> Session<'_, A> {
    /// Ends the tokens that are kept now at Pinterest, whatever `seen` was, and forgets them. They
    /// stay if Pinterest refuses. What was set aside stays as well, since its tokens live: its names.
    ///
    /// # Errors
    ///
    /// `ReauthorizationRequired` if there are none, and those of [`OauthApi::revoke_token`]; the outcome
    /// is `Unknown` once one of them has ended.
    pub async fn revoke(&self, seen: &StoredToken) -> Result<Vec<PathBuf>, A::Error> {
        let mut aside = Vec::new();
        let ended = self.end(seen, &mut aside).await;
        self.tell(&aside);
        ended.map_err(Failed::into_error)
    }

    async fn end(
        &self,
        seen: &StoredToken,
        aside: &mut Vec<PathBuf>,
    ) -> Result<Vec<PathBuf>, Failed<A::Error>> {
        let mut held = self.hold(seen, Need::Asked, aside).await?;
        end(&held.client, &held.current.token, &CallOptions::default()).await?;
        let removed = held.lock.compare_and_swap(Some(&held.current), None).await;
        if removed.map_err(|error| error.with_outcome(Outcome::Unknown))? {
            return Ok(self.store.set_aside(self.profile));
        }
        let what = format!(
            "the profile `{}` holds other tokens by now, which have not ended",
            self.profile
        );
        let error = Error::store(what).with_hint("revoke those as well");
        Err(error.with_outcome(Outcome::Unknown).into())
    }
}

/// Ends tokens: the refresh token first, with which whoever has both could get another access token.
///
/// # Errors
///
/// Those of [`OauthApi::revoke_token`]; the outcome is `Unknown` once one of them has ended.
pub(super) async fn end(client: &ApiClient, token: &StoredToken, options: &CallOptions) -> Result<(), Error> {
    let api = OauthApi::new(client.clone());
    // Somebody has it locked meanwhile, which has an end.
    let limit = Need::Asked.time(client.configuration().timeout);
    let options = &options.clone().with_timeout(limit);
    let refresh = token.refresh_token.clone();
    let refresh = refresh.map(|token| (token, TokenTypeHint::RefreshToken));
    let access = (token.access_token.clone(), TokenTypeHint::AccessToken);
    let mut ended = false;
    for (token, hint) in refresh.into_iter().chain([access]) {
        let request = TokenRevocationRequest::new(token).with_token_type_hint(hint);
        let answer = api.revoke_token_with_http_info(request, options).await;
        answer.map_err(|error| {
            if ended {
                error.with_outcome(Outcome::Unknown)
            } else {
                error
            }
        })?;
        ended = true;
    }
    Ok(())
}
