// Logs in with one of Node's OAuth clients: log-in.mjs arctic | openid-client | simple-oauth2.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const {
  PINTEREST_API_URI: api, PINTEREST_OAUTH_URI: page, PINTEREST_APP_ID: id, PINTEREST_APP_SECRET: secret,
  REDIRECT_URI: redirectUri, SCOPES: scope,
} = process.env;
const tokenUrl = `${api}/oauth/token`;

// The callback's address, of whoever opened the page.
async function ask(url) {
  console.log(String(url));
  const lines = createInterface({ input: process.stdin });
  const [line] = await once(lines, 'line');
  lines.close();
  return new URL(line);
}

async function tell(accessToken, refreshed) {
  const answer = await fetch(`${api}/user_account`, { headers: { authorization: `Bearer ${refreshed}` } });
  const { username } = await answer.json();
  console.log(JSON.stringify({ access_token: accessToken, refreshed, username }));
}

const clients = {
  async arctic() {
    const { CodeChallengeMethod, OAuth2Client, generateCodeVerifier, generateState } = await import('arctic');
    const client = new OAuth2Client(id, secret, redirectUri);
    const verifier = generateCodeVerifier();
    const url = client.createAuthorizationURLWithPKCE(
      page, generateState(), CodeChallengeMethod.S256, verifier, scope.split(' '),
    );
    const callback = await ask(url);
    const tokens = await client.validateAuthorizationCode(tokenUrl, callback.searchParams.get('code'), verifier);
    const refreshed = await client.refreshAccessToken(tokenUrl, tokens.refreshToken(), []);
    await tell(tokens.accessToken(), refreshed.accessToken());
  },

  async 'openid-client'() {
    const oauth = await import('openid-client');
    const issuer = new URL(api).origin;
    const server = { issuer, authorization_endpoint: page, token_endpoint: tokenUrl };
    const client = new oauth.Configuration(server, id, {}, oauth.ClientSecretBasic(secret));
    oauth.allowInsecureRequests(client);
    const pkceCodeVerifier = oauth.randomPKCECodeVerifier();
    const expectedState = oauth.randomState();
    const url = oauth.buildAuthorizationUrl(client, {
      redirect_uri: redirectUri, scope, state: expectedState, code_challenge_method: 'S256',
      code_challenge: await oauth.calculatePKCECodeChallenge(pkceCodeVerifier),
    });
    const tokens = await oauth.authorizationCodeGrant(client, await ask(url), { pkceCodeVerifier, expectedState });
    const refreshed = await oauth.refreshTokenGrant(client, tokens.refresh_token);
    await tell(tokens.access_token, refreshed.access_token);
  },

  async 'simple-oauth2'() {
    const { AuthorizationCode } = await import('simple-oauth2');
    const client = new AuthorizationCode({
      client: { id, secret },
      auth: { tokenHost: new URL(api).origin, tokenPath: new URL(tokenUrl).pathname, authorizeHost: new URL(page).origin, authorizePath: '/oauth/' },
    });
    const url = client.authorizeURL({ redirect_uri: redirectUri, scope, state: randomBytes(16).toString('hex') });
    const code = (await ask(url)).searchParams.get('code');
    const token = await client.getToken({ code, redirect_uri: redirectUri });
    const refreshed = await token.refresh();
    await tell(token.token.access_token, refreshed.token.access_token);
  },
};

await clients[process.argv[2]]();
