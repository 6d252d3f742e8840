// The three grants, one after the other. Settings come from the environment:
// PINTEREST_APP_ID, PINTEREST_APP_SECRET, PINTEREST_CODE (the one-time code of the redirect),
// PINTEREST_REDIRECT_URI and PINTEREST_API_URI.

import PinterestSdk from 'pinterest-sdk';

const {
  PINTEREST_CODE: code,
  PINTEREST_REDIRECT_URI: redirectUri = 'http://localhost:8085/',
} = process.env;

const api = new PinterestSdk.OauthApi(PinterestSdk.ApiClient.fromEnv());

async function row(grantType, fields) {
  const started = performance.now();
  const token = await api.oauthToken(grantType, fields);
  const milliseconds = performance.now() - started;
  console.log(
    'node'.padEnd(8),
    grantType.padEnd(20),
    (token.response_type ?? 'none').padEnd(20),
    `${token.access_token.slice(0, 5)}…`.padEnd(8),
    `${Math.round(token.expires_in / 86_400)} days`.padEnd(10),
    milliseconds.toFixed(1).padStart(8),
  );
  return token;
}

try {
  const { refresh_token: refreshToken } = await row('authorization_code', { code, redirectUri });
  await row('refresh_token', { refreshToken });
  await row('client_credentials', { scope: 'user_accounts:read,pins:read,boards:read' });
} catch (error) {
  // What happened and what to do; never a token or a secret.
  console.error(error.message);
  process.exitCode = 1;
}
