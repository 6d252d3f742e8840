// From the authorization URL to a token, as a web application does it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { PinterestSdk, run } from './support/installed.mjs';
import { decide } from './support/person.mjs';
import { Sandbox } from './support/sandbox.mjs';

const { ApiClient, ApiError, AuthorizationRequest, OauthAccessTokenResponseCode, PendingAuthorization } = PinterestSdk;
const sandbox = await Sandbox.start();
const redirectUri = 'http://localhost:8085/';
const request = new AuthorizationRequest({ redirectUri, scopes: ['user_accounts:read', 'boards:read'] });

function client() {
  return Object.assign(sandbox.client(), { authorizationUrl: `${sandbox.http}/oauth/` });
}

/** A failure of the kind, with every field that a caller reads. */
function failure(kind, message) {
  return (error) => {
    assert.ok(error instanceof ApiError && error instanceof Error, inspect(error));
    assert.equal(error.kind, kind);
    assert.match(error.message, message);
    assert.equal(error.outcome, 'NotSent');
    return true;
  };
}

test('from the URL over the consent page to a token', async () => {
  const pending = request.start(client());
  assert.ok(pending.url.startsWith(`${sandbox.http}/oauth/?client_id=1234567&`), pending.url);
  assert.ok(pending.url.endsWith(`&scope=user_accounts%3Aread%20boards%3Aread&state=${pending.state}`), pending.url);
  assert.equal(pending.redirectUri, redirectUri);
  assert.ok(Math.abs(pending.expiresAt - Date.now() / 1000 - 600) < 5, `${pending.expiresAt}`);
  const token = await pending.complete(client(), await decide(pending.url));
  assert.ok(token instanceof OauthAccessTokenResponseCode, inspect(token));
  assert.match(token.access_token, /^pina_/);
  assert.match(token.refresh_token, /^pinr\./);
});

test('it rests in a session: as JSON text, as an object, in another process', async () => {
  const pending = request.start(client());
  const session = JSON.parse(JSON.stringify({ pending }));
  assert.deepEqual(Object.getPrototypeOf(pending.toJSON()), Object.prototype);
  for (const restored of [
    PendingAuthorization.fromJSON(session.pending),
    PendingAuthorization.fromJSON(JSON.stringify(pending)),
    PendingAuthorization.fromJSON(pending),
  ]) {
    assert.deepEqual(restored.toJSON(), pending.toJSON());
    assert.deepEqual([restored.url, restored.expiresAt], [pending.url, pending.expiresAt]);
  }
  pending.toJSON().state = 'changed';
  assert.notEqual(pending.state, 'changed');

  const args = [`${sandbox.http}/v5`, JSON.stringify(pending), await decide(pending.url)];
  const program = `
    const { ApiClient, PendingAuthorization } = PinterestSdk;
    const [basePath, kept, callback] = process.argv.slice(2);
    Object.assign(ApiClient.instance, { basePath });
    Object.assign(ApiClient.instance.authentications.basic, { username: '1234567', password: '0123456789abcdef0123456789abcdef01234567' });
    PendingAuthorization.fromJSON(kept).complete(null, callback).then((token) => console.log(token.constructor.name));`;
  const ended = await run(`import PinterestSdk from 'pinterest-sdk';${program}`, { args });
  assert.deepEqual([ended.stdout, ended.stderr], ['OauthAccessTokenResponseCode\n', '']);
});

test('CommonJS has the same, and the default client is used where none is given', async () => {
  const program = `
    const { ApiClient, AuthorizationRequest } = require('pinterest-sdk');
    ApiClient.instance.authentications.basic.username = 123;
    const { url } = new AuthorizationRequest({ redirect_uri: 'https://app.example/back', scopes: 'pins:read boards:read' }).start();
    console.log(url);`;
  const { stdout, stderr } = await run(program, { extension: '.cjs' });
  assert.equal(stderr, '');
  assert.match(stdout, /^https:\/\/www\.pinterest\.com\/oauth\/\?client_id=123&.*&scope=pins%3Aread%20boards%3Aread&state=/);
});

test('a callback may be a text, a URL or its parameters', async () => {
  for (const form of [(url) => url, (url) => new URL(url), (url) => new URL(url).searchParams, (url) => new URL(url).search]) {
    const pending = request.start(client());
    const token = await pending.complete(client(), form(await decide(pending.url)));
    assert.match(token.access_token, /^pina_/);
  }
});

test('options may be in snake_case, and reach the core', async () => {
  const asked = new AuthorizationRequest({
    redirect_uri: redirectUri,
    scopes: ['pins:read'],
    pkce: true,
    continuous_refresh: true,
    lifetime_seconds: 60.5,
  });
  const pending = asked.start(client());
  assert.match(pending.url, /&code_challenge=[\w-]{43}&code_challenge_method=S256$/);
  assert.ok(pending.expiresAt - Date.now() / 1000 <= 61, `${pending.expiresAt}`);
  await sandbox.reset();
  await pending.complete(client(), await decide(pending.url));
  const { body } = (await sandbox.requests()).at(-1);
  assert.match(body, /&code_verifier=/);
  assert.match(body, /&continuous_refresh=true/);
});

test('an option that is missing, unknown or of a wrong type is a TypeError', () => {
  const scopes = ['pins:read'];
  for (const wrong of [
    undefined,
    { redirectUri },
    { scopes },
    { redirectUri, scopes, scope: 'pins:read' },
    { redirectUri, redirect_uri: redirectUri, scopes },
    { redirectUri: new URL(redirectUri), scopes },
    { redirectUri, scopes: [5] },
    { redirectUri, scopes: { pins: true } },
    { redirectUri, scopes, pkce: 'yes' },
    { redirectUri, scopes, lifetimeSeconds: -1 },
    { redirectUri, scopes, lifetimeSeconds: Infinity },
    { redirectUri, scopes, lifetimeSeconds: '600' },
  ]) {
    assert.throws(() => new AuthorizationRequest(wrong), TypeError, inspect(wrong));
  }
  assert.throws(() => request.start({}), { name: 'TypeError', message: 'the client is not an ApiClient' });
  const pending = request.start(client());
  assert.throws(() => pending.complete(client()), TypeError);
  assert.throws(() => pending.complete('?code=c'), TypeError);
  assert.throws(() => pending.complete(client(), '?code=c', { timeout: '5' }), TypeError);
  const longest = new AuthorizationRequest({ redirectUri, scopes, lifetimeSeconds: 4e12 }).start(client());
  assert.deepEqual(PendingAuthorization.fromJSON(JSON.stringify(longest)).toJSON(), longest.toJSON());
});

test('what cannot be started or restored is an ApiError, thrown at once', () => {
  const nobody = new ApiClient();
  assert.throws(() => request.start(nobody), failure('InvalidInput', /app id/));
  const wrongs = { authorizationUrl: 'http://evil.example/oauth/', basePath: 'http://evil.example/v5' };
  for (const [name, value] of Object.entries(wrongs)) {
    assert.throws(() => request.start(Object.assign(client(), { [name]: value })), failure('InvalidInput', /http/));
  }
  assert.throws(() => request.start(Object.assign(client(), { authorizationUrl: 5n })), TypeError);
  for (const wrong of [undefined, null, {}, '', 'x', '{"version":2}', { ...request.start(client()).toJSON(), url: 5 }]) {
    assert.throws(() => PendingAuthorization.fromJSON(wrong), failure('InvalidInput', /not a pending authorization/));
  }
});

test('authorizationUrl is read at each start; without one it is Pinterest’s', () => {
  const changing = client();
  changing.authorizationUrl = 'https://www.pinterest.test/oauth/';
  assert.ok(request.start(changing).url.startsWith('https://www.pinterest.test/oauth/?'));
  changing.authorizationUrl = undefined;
  assert.ok(request.start(changing).url.startsWith('https://www.pinterest.com/oauth/?'));
});

test('two at once do not mix; a callback in the other session is refused and changes nothing', async () => {
  const [mine, yours] = [request.start(client()), request.start(client())];
  assert.notEqual(mine.state, yours.state);
  const [myCallback, yourCallback] = await Promise.all([decide(mine.url), decide(yours.url)]);
  await assert.rejects(mine.complete(client(), yourCallback), failure('Authorization', /`state` is not the one/));
  const tokens = await Promise.all([mine.complete(client(), myCallback), yours.complete(client(), yourCallback)]);
  assert.equal(tokens.length, 2);
  await assert.rejects(mine.complete(client(), myCallback), failure('Authorization', /used already/));
});

test('a denial says so, with a hint', async () => {
  const pending = request.start(client());
  await assert.rejects(pending.complete(client(), await decide(pending.url, 'deny')), (error) => {
    assert.match(error.hint, /ask again/);
    return failure('Authorization', /access_denied/)(error);
  });
});

test('a refused code tells what Pinterest said', async () => {
  const pending = request.start(client());
  await assert.rejects(pending.complete(client(), `?code=gone&state=${pending.state}`), (error) => {
    assert.deepEqual([error.kind, error.status, error.code], ['InvalidGrant', 401, 283]);
    assert.equal(error.response.body.code, 283);
    return true;
  });
});

test('a code that is left can be sent again', async () => {
  await sandbox.reset();
  const pending = request.start(client());
  const callback = await decide(pending.url);
  await sandbox.script({ status: 429, json: { code: 8, message: 'm' } }, { status: 401, json: { code: 2, message: 'm' } });
  for (const status of [429, 401]) {
    await assert.rejects(pending.complete(client(), callback), (error) => {
      assert.deepEqual([error.status, error.outcome], [status, 'Refused']);
      return true;
    });
  }
  assert.match((await pending.complete(client(), callback)).access_token, /^pina_/);
  await assert.rejects(pending.complete(client(), callback), failure('Authorization', /used already/));
});

test('a code that did not leave can be sent again', async () => {
  // It waits for the other side of the TLS handshake.
  const mute = Object.assign(client(), { basePath: `https://${sandbox.addresses.silent}/v5` });
  const pending = request.start(mute);
  for (let time = 0; time < 3; time += 1) {
    const signal = AbortSignal.timeout(100);
    await assert.rejects(pending.complete(mute, `?code=c&state=${pending.state}`, { signal }), { name: 'TimeoutError' });
  }
});

test('a signal ends the exchange', async () => {
  await sandbox.reset();
  const pending = request.start(client());
  await sandbox.script({ fault: 'hang' });
  const started = performance.now();
  const signal = AbortSignal.timeout(100);
  await assert.rejects(pending.complete(client(), `?code=c&state=${pending.state}`, { signal }), { name: 'TimeoutError' });
  assert.ok(performance.now() - started < 2000);
  await assert.rejects(
    pending.complete(client(), `?code=c&state=${pending.state}`),
    failure('Authorization', /used already/),
  );
  await assert.rejects(request.start(client()).complete(client(), '?code=c', { signal }), { name: 'TimeoutError' });
});

test('an exchange has the client’s limits', async () => {
  await sandbox.reset();
  await sandbox.script({ fault: 'hang' });
  const pending = request.start(client());
  const hurried = Object.assign(client(), { timeout: 200 });
  await assert.rejects(pending.complete(hurried, `?code=c&state=${pending.state}`), (error) => {
    assert.deepEqual([error.kind, error.outcome, error.timeout], ['Network', 'Unknown', 200]);
    return true;
  });
});

test('no text form shows a secret', async () => {
  await sandbox.reset();
  await sandbox.control('POST', '/_sandbox/apps', { app_id: 'canary', app_secret: 'canary-secret', redirect_uris: [redirectUri] });
  const secretive = client();
  Object.assign(secretive.authentications.basic, { username: 'canary', password: 'canary-secret' });
  const asked = new AuthorizationRequest({ redirectUri, scopes: ['pins:read'], pkce: true });
  const pending = asked.start(secretive);
  const errors = [];
  for (const callback of ['?code=canary-code', `?code=canary-code&state=${pending.state}x`, `?code=canary-code&state=${pending.state}`]) {
    errors.push(await pending.complete(secretive, callback).catch((error) => error));
  }
  const again = asked.start(secretive);
  const token = await again.complete(secretive, await decide(again.url));
  const secrets = ['canary-secret', 'canary-code', token.access_token, token.refresh_token];
  for (const shown of [secretive, asked, pending, ...errors]) {
    const texts = [inspect(shown, { depth: 9, showHidden: true }), JSON.stringify(shown), String(shown), shown.stack].join('\n');
    for (const secret of secrets) assert.ok(!texts.includes(secret), texts);
  }
  assert.ok(errors.every((error) => error instanceof ApiError));
  const texts = inspect(token, { depth: 9, showHidden: true }) + String(token);
  for (const secret of secrets) assert.ok(!texts.includes(secret), texts);
});
