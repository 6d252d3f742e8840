// Greets you by name, today and next year: the first time it logs you in, in your browser, and ever after a token
// manager keeps the token, in the files that the command line uses too. Start it as often as you like. Settings come
// from the environment: PINTEREST_APP_ID, PINTEREST_APP_SECRET, PINTEREST_REDIRECT_URI (registered for the app, on this
// machine), and PINTEREST_API_URI and PINTEREST_OAUTH_URI if they differ from the default.

import PinterestSdk from 'pinterest-sdk';

const { PINTEREST_REDIRECT_URI: redirectUri = 'http://localhost:8085/' } = process.env;
const client = PinterestSdk.ApiClient.fromEnv();

const tokens = new PinterestSdk.TokenManager({
  client,
  store: new PinterestSdk.FileStore(),
  account: 'default',
  onEvent: ({ kind, account, error }) => console.error(kind, account, error?.message ?? ''),
});

try {
  const { state } = await tokens.status();
  if (state === 'ReauthorizationRequired') {
    const request = new PinterestSdk.AuthorizationRequest({ redirectUri, scopes: ['user_accounts:read'] });
    await tokens.adopt(await PinterestSdk.login(client, request));
  }
  const response = await tokens.fetch(`${client.basePath}/user_account`);
  const account = await response.json();
  console.log(response.ok ? `Hello, ${account.username}!` : `Pinterest answered ${response.status}: ${account.message}`);
} catch (error) {
  // What happened and what to do; never a token or a secret.
  console.error(error.message);
  process.exitCode = 1;
}
