// A token and what can go wrong with it, in TypeScript. Settings come from the environment: PINTEREST_APP_ID,
// PINTEREST_APP_SECRET, and PINTEREST_API_URI if it differs from the default.

import { ApiClient, ApiError, OauthApi, type OauthAccessTokenResponse } from 'pinterest-sdk';

const client = ApiClient.fromEnv();

/** What to tell a person. Releases add kinds, so there is a default. */
function advice(error: ApiError): string {
  switch (error.kind) {
    case 'Authentication':
      return 'check the app id and secret';
    case 'RateLimited':
      return `try again in ${error.retryAfter ?? 60} seconds`;
    default:
      return error.hint ?? 'try again later';
  }
}

try {
  const token: OauthAccessTokenResponse = await new OauthApi(client).oauthToken('client_credentials', {
    scope: 'user_accounts:read',
  });
  console.log(`A token for ${token.scope ?? 'nothing'}, valid for ${token.expires_in ?? 0} seconds`);
} catch (error) {
  if (!(error instanceof ApiError)) throw error;
  console.error(`${error.message}\nWhat to do: ${advice(error)}`);
  process.exitCode = 1;
}
