// A client with a `callApi` of its own: every call goes through it, and none to the network.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PinterestSdk } from './support/installed.mjs';
import { freePort, isFree, visit } from './support/person.mjs';
import { Sandbox } from './support/sandbox.mjs';

const { ApiClient, AuthorizationRequest, OauthApi, login } = PinterestSdk;
const sandbox = await Sandbox.start();
const FORM = ['application/x-www-form-urlencoded'];

/** A client whose calls end in `answer`, and what they were. */
function mocked(answer) {
  const client = sandbox.client();
  client.authorizationUrl = `${sandbox.http}/oauth/`;
  const calls = [];
  client.callApi = (...given) => {
    calls.push(given);
    return answer(given[12], given);
  };
  return { api: new OauthApi(client), calls, client };
}

async function pendingOf(client, pkce) {
  const request = new AuthorizationRequest({ redirectUri: 'http://localhost:8085/', scopes: 'pins:read', pkce, continuousRefresh: true });
  const pending = request.start(client);
  return { pending, callback: `${pending.redirectUri}?code=the-code&state=${pending.state}` };
}

test('a token call goes through a callApi of the program', async () => {
  await sandbox.reset();
  const client = sandbox.client();
  let given;
  client.callApi = (...args) => {
    given = args;
    args[12](null, 'made up', { status: 200 });
  };
  const opts = { refreshToken: 'r', continuousRefresh: false, headers: { 'X-A': 'a' } };
  assert.equal(await new OauthApi(client).oauthToken('refresh_token', opts), 'made up');
  assert.deepEqual(given.slice(0, 6), ['/oauth/token', 'POST', {}, {}, { 'X-A': 'a' }, { grant_type: 'refresh_token', refresh_token: 'r' }]);
  client.callApi = (...args) => args[12](new Error('broken'), null, undefined);
  await assert.rejects(new OauthApi(client).oauthToken('refresh_token', opts), { message: 'broken' });
  await assert.rejects(new OauthApi(client).oauthTokenWithHttpInfo('refresh_token', opts), { message: 'broken' });
  assert.equal((await sandbox.requests()).length, 0);

  class Counting extends ApiClient {
    calls = 0;

    callApi(...args) {
      this.calls += 1;
      return super.callApi(...args);
    }
  }
  const counting = Object.assign(new Counting(`${sandbox.http}/v5`), { authentications: client.authentications });
  const data = await new OauthApi(counting).oauthToken('client_credentials', { scope: 'user_accounts:read' });
  assert.ok(data instanceof PinterestSdk.OauthAccessTokenResponse && data.access_token.startsWith('pin'));
  assert.equal(counting.calls, 1);
});

test('revocation, conversion tokens and both with HTTP info go through it', async () => {
  await sandbox.reset();
  const { api, calls } = mocked((callback) => callback(null, 'made up', { status: 200 }));
  assert.equal(await api.revokeToken('pina_x', { tokenTypeHint: 'access_token', headers: { 'X-A': 'a' } }), 'made up');
  assert.deepEqual(await api.revokeTokenWithHttpInfo('pina_x'), { data: 'made up', response: { status: 200 } });
  assert.equal(await api.tokenRevoke('pina_x'), 'made up');
  assert.equal(await api.conversionToken(), 'made up');
  assert.equal(await api.oauthConversionToken(), 'made up');
  const told = await new Promise((resolve) => { api.conversionToken((...given) => resolve(given)); });
  assert.deepEqual(told, [null, 'made up', { status: 200 }]);
  const revocation = ['/oauth/token/revoke', 'POST', {}, {}, { 'X-A': 'a' }, { token: 'pina_x', token_type_hint: 'access_token' }];
  assert.deepEqual(calls[0].slice(0, 11), [...revocation, null, ['basic'], FORM, ['application/json'], null]);
  const conversion = ['/oauth/conversion_token', 'POST', {}, {}, {}, {}, null, ['pinterest_oauth2'], [], ['application/json']];
  assert.deepEqual(calls[3].slice(0, 11), [...conversion, PinterestSdk.ConversionToken]);
  assert.equal((await sandbox.requests()).length, 0);
});

test('an authorization ends in it, the callback checked and counted as ever', async () => {
  await sandbox.reset();
  const { calls, client } = mocked((callback) => callback(null, 'made up', { status: 200 }));
  const { pending, callback } = await pendingOf(client, true);
  await assert.rejects(pending.complete(client, callback.replace(pending.state, 'forged')), { kind: 'Authorization' });
  assert.equal(calls.length, 0);
  assert.equal(await pending.complete(client, callback), 'made up');
  const { code_verifier: verifier, ...form } = calls[0][5];
  assert.ok(verifier.length >= 43);
  const expected = { grant_type: 'authorization_code', code: 'the-code', redirect_uri: 'http://localhost:8085/' };
  assert.deepEqual(form, { ...expected, continuous_refresh: 'true' });
  await assert.rejects(pending.complete(client, callback), /used already/);
  assert.equal((await sandbox.requests()).length, 0);

  const again = await pendingOf(client, true);
  for (const limit of [{ timeout: 5 }, { connectTimeout: 5 }]) {
    assert.throws(() => again.pending.complete(client, again.callback, limit), TypeError);
  }
  assert.equal(await again.pending.complete(client, again.callback, { headers: { 'X-Own': '1' } }), 'made up');
  assert.deepEqual(calls[1][4], { 'X-Own': '1' });

  const broken = mocked((told) => told(new Error('broken'), null, undefined));
  const other = await pendingOf(broken.client);
  await assert.rejects(other.pending.complete(broken.client, other.callback), { message: 'broken' });
});

test('a login ends in it, and the page says how', async () => {
  await sandbox.reset();
  for (const [answer, page] of [[null, /You are connected/], [new Error('broken in the test'), /broken in the test/]]) {
    const port = await freePort();
    const { client } = mocked((callback) => setTimeout(callback, 20, answer, answer ? null : 'made up', undefined));
    const request = new AuthorizationRequest({ redirectUri: `http://localhost:${port}/`, scopes: 'pins:read' });
    let shown;
    const ended = login(client, request, {
      show: (url) => {
        const state = new URL(url).searchParams.get('state');
        shown = fetch(`http://localhost:${port}/?code=the-code&state=${state}`).then((told) => told.text());
      },
    });
    if (answer) await assert.rejects(ended, answer);
    else assert.equal(await ended, 'made up');
    assert.match(await shown, page);
    assert.ok(await isFree(port));
  }
  assert.equal((await sandbox.requests()).length, 0);
});

test('a login through it is denied, and can be ended in mid-exchange', async () => {
  await sandbox.reset();
  const port = await freePort();
  const { calls, client } = mocked(() => {});
  const redirectUri = `http://localhost:${port}/`;
  await sandbox.control('POST', '/_sandbox/apps', { app_id: `own-${port}`, app_secret: '0123456789abcdef0123456789abcdef01234567', redirect_uris: [redirectUri] });
  client.authentications.basic.username = `own-${port}`;
  const request = new AuthorizationRequest({ redirectUri, scopes: 'user_accounts:read' });
  let page;
  const denied = login(client, request, { show: (url) => { page = visit(url, 'deny'); } });
  await assert.rejects(denied, { kind: 'Authorization' });
  assert.match((await page).text, /did not work/);
  assert.equal(calls.length, 0);

  const controller = new AbortController();
  client.callApi = () => setTimeout(() => controller.abort(), 20);
  const ended = login(client, request, { signal: controller.signal, show: (url) => { page = visit(url); } });
  await assert.rejects(ended, { name: 'AbortError' });
  await page;
  assert.ok(await isFree(port));
});

test('it may answer by a promise, and a signal ends the wait for it', async () => {
  const { api } = mocked(async () => ({ data: 'promised', response: { status: 200 } }));
  assert.equal(await api.oauthToken('client_credentials'), 'promised');
  await assert.rejects(mocked(async () => Promise.reject(new Error('broken'))).api.revokeToken('pina_x'), { message: 'broken' });
  const later = mocked(async (callback) => { setTimeout(callback, 20, null, 'later'); });
  assert.equal(await later.api.conversionToken(), 'later');
  const never = mocked(() => {}).api;
  await assert.rejects(never.oauthToken('client_credentials', { signal: AbortSignal.timeout(20) }), { name: 'TimeoutError' });
  const dropped = never.conversionToken();
  dropped.abort();
  await assert.rejects(dropped, { name: 'AbortError' });
});

test('what is put on the class, and a part of callApi, is used as well', async () => {
  await sandbox.reset();
  const original = ApiClient.prototype.callApi;
  ApiClient.prototype.callApi = (...given) => given[12](null, 'of the class', { status: 200 });
  try {
    assert.equal(await sandbox.api().oauthToken('client_credentials'), 'of the class');
    assert.equal(await sandbox.api().revokeToken('pina_x'), 'of the class');
    assert.equal(await sandbox.api().conversionToken(), 'of the class');
  } finally {
    ApiClient.prototype.callApi = original;
  }
  assert.equal((await sandbox.requests()).length, 0);

  for (const name of ['buildUrl', 'applyAuthToRequest', 'normalizeParams', 'paramToString', 'deserialize']) {
    let seen = 0;
    const Mine = class extends ApiClient {
      [name](...given) {
        seen += 1;
        return super[name](...given);
      }
    };
    const client = Object.assign(new Mine(`${sandbox.http}/v5`), { authentications: sandbox.client().authentications });
    const data = await new OauthApi(client).oauthToken('client_credentials', { scope: 'user_accounts:read' });
    assert.ok(data instanceof PinterestSdk.OauthAccessTokenResponse);
    assert.ok(seen > 0, name);
  }
});

test('a promise that has a response and no data is an answer', async () => {
  for (const answer of [{ response: { status: 204 } }, { data: undefined, response: { status: 204 } }]) {
    const { api } = mocked(async () => answer);
    assert.equal(await api.revokeToken('pina_x', { signal: AbortSignal.timeout(1000) }), null);
  }
});

test('a call’s own headers come before the client’s, in any case, through it and without it', async () => {
  await sandbox.reset();
  class Own extends ApiClient {
    callApi(...given) {
      return super.callApi(...given);
    }
  }
  const own = { 'x-mine': 'call', 'USER-AGENT': 'call', cookie: 'call', ACCEPT: 'call' };
  for (const Kind of [ApiClient, Own]) {
    const client = new Kind(`${sandbox.http}/v5`);
    Object.assign(client.authentications.basic, { username: '1234567', password: '0123456789abcdef0123456789abcdef01234567' });
    client.defaultHeaders = { 'X-Mine': 'client', 'User-Agent': 'client', Cookie: 'client', Accept: 'client', 'X-Kept': 'client' };
    const api = new OauthApi(client);
    const { pending, callback } = await pendingOf(client);
    const calls = [
      () => api.oauthToken('client_credentials', { scope: 'user_accounts:read', headers: own }),
      () => pending.complete(client, callback, { headers: own }),
      () => client.callApi('/x', 'POST', {}, {}, own, {}, null, [], [], [], null, null),
    ];
    for (const call of calls) {
      await sandbox.script({ json: { access_token: 'pina_x', token_type: 'bearer' } });
      await call();
      const sent = (await sandbox.requests()).at(-1).headers.map(([name, value]) => [name.toLowerCase(), value]);
      for (const name of ['x-mine', 'user-agent', 'cookie', 'x-kept']) {
        const expected = [[name, name === 'x-kept' ? 'client' : 'call']];
        assert.deepEqual(sent.filter(([header]) => header === name), expected, `${Kind.name} ${call}`);
      }
    }
  }
});

test('a token manager does not go past one that is put there later', async (t) => {
  await sandbox.reset();
  const client = sandbox.client();
  const tokens = new PinterestSdk.TokenManager({ client, store: new PinterestSdk.MemoryStore(), account: 'shop-1' });
  assert.equal(await tokens.adopt({ access_token: 'pina_1', refresh_token: 'pinr.1' }), 'pina_1');
  assert.equal(await tokens.accessToken(), 'pina_1');
  const seen = t.mock.method(ApiClient.prototype, 'callApi', () => assert.fail('called'));
  assert.equal(await tokens.accessToken(), 'pina_1');
  for (const ask of [() => tokens.refresh(), () => tokens.revoke(), () => tokens.account('shop-2').accessToken()]) {
    await assert.rejects(ask, { name: 'TypeError', message: /^a client with a callApi of its own renews no tokens/ });
  }
  assert.deepEqual([seen.mock.callCount(), (await sandbox.requests()).length], [0, 0]);
});

test('a test may put something in the place of any class that is exported', (t) => {
  for (const name of Object.keys(PinterestSdk)) {
    if (name === 'default') continue;
    const { get } = Object.getOwnPropertyDescriptor(PinterestSdk, name);
    const original = PinterestSdk[name];
    if (get) t.mock.getter(PinterestSdk, name, () => 'mine');
    else t.mock.method(PinterestSdk, name, () => 'mine');
    assert.notEqual(PinterestSdk[name], original, name);
    t.mock.restoreAll();
    assert.equal(PinterestSdk[name], original, name);
  }
});

test('what is no client is named', async () => {
  for (const client of [{}, 'client', new PinterestSdk.MemoryStore()]) {
    await assert.rejects(async () => new OauthApi(client).oauthToken('client_credentials', { scope: 'pins:read' }), {
      name: 'TypeError',
      message: 'the client is not an ApiClient, and has no `callApi`',
    });
  }
});
