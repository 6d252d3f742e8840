// Logs you in, in your browser, and greets you by name. Settings come from the environment:
// PINTEREST_APP_ID, PINTEREST_APP_SECRET, PINTEREST_REDIRECT_URI (registered for the app, on this
// machine), and PINTEREST_API_URI and PINTEREST_OAUTH_URI if they differ from the default.

import PinterestSdk from 'pinterest-sdk';

const { PINTEREST_REDIRECT_URI: redirectUri = 'http://localhost:8085/' } = process.env;
const client = PinterestSdk.ApiClient.fromEnv();

try {
  const request = new PinterestSdk.AuthorizationRequest({ redirectUri, scopes: ['user_accounts:read'] });
  const token = await PinterestSdk.login(client, request);
  client.authentications['pinterest_oauth2'].accessToken = token.access_token;
  const accepts = ['application/json'];
  const { data: account } = await client.callApi(
    '/user_account', 'GET', {}, {}, {}, {}, null, ['pinterest_oauth2'], [], accepts, Object, null,
  );
  console.log(`Hello, ${account.username}!`);
} catch (error) {
  // What happened and what to do; never a token or a secret.
  console.error(error.message);
  process.exitCode = 1;
}
