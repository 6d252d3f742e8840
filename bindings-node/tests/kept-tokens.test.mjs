// A client of what the environment names, and what a program keeps of a token.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PinterestSdk } from './support/installed.mjs';

const { ApiClient, ApiError, OauthAccessTokenResponse, OauthApi, PendingAuthorization } = PinterestSdk;

const VARIABLES = {
  PINTEREST_APP_ID: '1234567',
  PINTEREST_APP_SECRET: 'secret',
  PINTEREST_ACCESS_TOKEN: ' ',
  PINTEREST_API_URI: 'http://127.0.0.1:8086',
  PINTEREST_OAUTH_URI: 'http://127.0.0.1:8086/page',
};

test('fromEnv reads the variables that the command line reads', (t) => {
  const before = { ...process.env };
  t.after(() => {
    for (const name of Object.keys(VARIABLES)) delete process.env[name];
    Object.assign(process.env, before);
  });
  for (const name of Object.keys(VARIABLES)) delete process.env[name];
  const none = ApiClient.fromEnv();
  assert.deepEqual([none.basePath, none.authentications.basic.username], [new ApiClient().basePath, undefined]);
  assert.equal(none.authorizationUrl, 'https://www.pinterest.com/oauth/');
  Object.assign(process.env, VARIABLES);
  const { basePath, authorizationUrl, authentications } = ApiClient.fromEnv();
  assert.deepEqual([basePath, authorizationUrl], ['http://127.0.0.1:8086/v5', 'http://127.0.0.1:8086/page']);
  const { basic, pinterest_oauth2: bearer } = authentications;
  assert.deepEqual([basic.username, basic.password, bearer.accessToken], ['1234567', 'secret', undefined]);
  class Own extends ApiClient {}
  assert.ok(Own.fromEnv() instanceof Own);
});

test('a token through a callApi of a program’s own knows when it ends, and no text form shows that', async () => {
  const client = new ApiClient();
  client.callApi = async () => ({ data: OauthAccessTokenResponse.constructFromObject({ access_token: 'a', expires_in: 60 }) });
  const token = await new OauthApi(client).oauthToken('client_credentials', { scope: 'pins:read' });
  assert.ok(Math.abs(token.expires_at - Date.now() / 1000 - 60) < 5);
  assert.equal(JSON.stringify(token).includes('expires_at'), false);
  // A row of a database gives it back.
  assert.equal(OauthAccessTokenResponse.constructFromObject({ access_token: 'a', expires_at: 7 }).expires_at, 7);
});

test('a merged token is another one, of the same class, whatever the row holds', () => {
  const fresh = OauthAccessTokenResponse.constructFromObject({ access_token: 'b', expires_in: 60, response_type: 'refresh_token' });
  fresh.expires_at = 1060;
  const row = { access_token: 'a', refresh_token: 'pinr.a', expires_at: 60, expires_in: 60, refresh_token_expires_in: 600, scope: null };
  const merged = fresh.mergedWith(row);
  assert.equal(merged.constructor, fresh.constructor);
  assert.deepEqual([merged.expires_at, merged.refresh_token, merged.refresh_token_expires_at], [1060, 'pinr.a', 600]);
  assert.deepEqual([fresh.refresh_token, merged.scope, Object.keys(merged).includes('scope')], [undefined, undefined, false]);
  assert.throws(() => fresh.mergedWith(null), TypeError);
  assert.throws(() => fresh.mergedWith({ ...row, refresh_token: 'pinr.\ud800' }), URIError);
  // What databases give back for numbers, or have none for.
  for (const [end, life, left, expected] of [
    [null, null, null, undefined], [1060, null, null, undefined], ['1060', '60', '600', 1600],
    [1060n, 60, 600n, 1600], [new Date(1060_000), 60, 600, 1600], ['2027-01-01', 60, 600, undefined], ['', 0, 600, undefined],
  ]) {
    const kept = { refresh_token: 'pinr.a', expires_at: end, expires_in: life, refresh_token_expires_in: left };
    assert.equal(fresh.mergedWith(kept).refresh_token_expires_at, expected);
  }
});

test('a callback without its session has a reason and a hint', () => {
  for (const kept of [undefined, null, '', '{}']) {
    assert.throws(() => PendingAuthorization.fromJSON(kept), (error) => {
      assert.ok(error instanceof ApiError);
      assert.deepEqual([error.kind, error.reason], ['InvalidInput', 'NotPending']);
      return error.hint.includes('start the authorization again');
    });
  }
});
