// How calls are made: callback, promise, both; arguments; abort; settings that change.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { AsyncLocalStorage } from 'node:async_hooks';
import { PinterestSdk, run } from './support/installed.mjs';
import { Sandbox } from './support/sandbox.mjs';

const { ApiClient, ApiError, OauthApi } = PinterestSdk;
const sandbox = await Sandbox.start();
const SCOPE = { scope: 'user_accounts:read' };

const arrived = async () => (await sandbox.requests()).length;

test('callback, promise and both send once', async () => {
  await sandbox.reset();
  const api = sandbox.api();
  const byCallback = await new Promise((resolve, reject) => {
    api.oauthToken('client_credentials', SCOPE, (error, data, response) => {
      if (error) reject(error);
      else resolve({ error, data, response });
    });
  });
  assert.equal(byCallback.error, null);
  assert.equal(byCallback.response.body.access_token, byCallback.data.access_token);
  assert.equal(await arrived(), 1);

  let called = 0;
  const both = api.oauthToken('client_credentials', SCOPE, () => {
    called += 1;
  });
  const [first, second] = [await both, await both];
  assert.equal(first, second);
  await sleep(10);
  assert.deepEqual([called, await arrived()], [1, 2]);

  await Promise.all([both.then(() => {}), both.then(() => {}), api.oauthToken('client_credentials', null, null)]
    .map((promise) => promise.catch(() => {})));
  assert.equal(await arrived(), 3);
});

test('a failure reaches the callback with its response, and leaves no unhandled rejection', async () => {
  await sandbox.script({ status: 401, json: { code: 2, message: 'Authentication failed.' } });
  const unhandled = [];
  process.on('unhandledRejection', (reason) => unhandled.push(reason));
  const [error, data, response] = await new Promise((resolve) => {
    sandbox.api().oauthToken('client_credentials', (...given) => resolve(given));
  });
  assert.ok(error instanceof ApiError);
  assert.equal(data, null);
  assert.equal(response, error.response);
  assert.equal(response.body.code, 2);
  await sleep(20);
  assert.deepEqual(unhandled, []);
});

test("the caller's asynchronous context is the callback's", async () => {
  const storage = new AsyncLocalStorage();
  const seen = await new Promise((resolve) => {
    storage.run('mine', () => sandbox.api().oauthToken('client_credentials', SCOPE, () => resolve(storage.getStore())));
  });
  assert.equal(seen, 'mine');
});

test('a callback that throws is an uncaught exception, and other calls go on', async () => {
  const source = `
    import PinterestSdk from 'pinterest-sdk';
    const client = new PinterestSdk.ApiClient('${sandbox.http}/v5');
    Object.assign(client.authentications.basic, { username: '1234567', password: '0123456789abcdef0123456789abcdef01234567' });
    const api = new PinterestSdk.OauthApi(client);
    process.on('unhandledRejection', () => console.log('unhandled rejection'));
    if (process.argv[2] !== 'bare') process.on('uncaughtException', (error) => console.log('uncaught', error.message));
    const calls = Array.from({ length: 20 }, (_, index) =>
      api.oauthToken('client_credentials', ${JSON.stringify(SCOPE)}, () => {
        throw new Error('thrown by callback ' + index);
      }));
    console.log((await Promise.all(calls)).length, 'answers');`;
  const { code, stdout, stderr } = await run(source);
  assert.equal(code, 0, stderr);
  const lines = stdout.trim().split('\n').sort();
  assert.equal(lines.filter((line) => line.startsWith('uncaught thrown by callback')).length, 20, stdout);
  assert.ok(lines.includes('20 answers'));
  assert.equal(lines.length, 21);

  const bare = await run(source.replace("process.argv[2] !== 'bare'", 'false'));
  assert.equal(bare.code, 1);
  assert.match(bare.stderr, /Error: thrown by callback/);
});

test('a missing parameter is an Error at once, as with the published package', async () => {
  await sandbox.reset();
  const api = sandbox.api();
  for (const nothing of [undefined, null]) {
    assert.throws(() => api.oauthToken(nothing, () => {}), {
      name: 'Error',
      message: "Missing the required parameter 'grantType' when calling oauthToken",
    });
    assert.throws(() => api.revokeToken(nothing), /Missing the required parameter 'token' when calling revokeToken/);
  }
  assert.equal(await arrived(), 0);
});

test('what else a grant needs is asked of the server, whose refusal names it in the hint', async () => {
  await sandbox.reset();
  for (const options of [{}, { code: undefined, redirectUri: 'http://localhost:8085/' }]) {
    await assert.rejects(sandbox.api().oauthToken('authorization_code', options), (error) => {
      assert.ok(error instanceof ApiError);
      assert.match(error.hint, /code/);
      return true;
    });
  }
  assert.equal(await arrived(), 2);
});

test('an unknown option or one of a wrong type is a TypeError at once', async () => {
  await sandbox.reset();
  const api = sandbox.api();
  const wrong = [
    { redirect: 'x' },
    { Code: 'x' },
    { grant_type: 'x' },
    JSON.parse('{"__proto__": 1}'),
    { constructor: 'x' },
    { code: 5 },
    { scope: ['pins:read'] },
    { refreshToken: {} },
    { continuousRefresh: 'true' },
    { refresh_on: 1 },
    { redirectUri: 'a', redirect_uri: 'b' },
    { timeout: '5' },
    { timeout: -1 },
    { timeout: NaN },
    { signal: {} },
    { signal: true },
    { headers: 'a: b' },
    { headers: { a: {} } },
    { headers: ['ab'] },
    { headers: Promise.resolve({ a: 'b' }) },
    { headers: new Date() },
    { tokenTypeHint: 'access_token' },
    'code',
    5,
  ];
  for (const options of wrong) {
    assert.throws(() => api.oauthToken('refresh_token', options), TypeError, JSON.stringify(options));
    assert.throws(() => api.oauthTokenWithHttpInfo('refresh_token', options), TypeError, JSON.stringify(options));
  }
  for (const grant of [5, {}, true, Symbol('x'), () => {}]) assert.throws(() => api.oauthToken(grant), TypeError);
  assert.throws(() => api.oauthToken('refresh_token', {}, 'callback'), TypeError);
  assert.throws(() => api.oauthToken('refresh_token', () => {}, () => {}), TypeError);
  assert.throws(() => api.revokeToken('pina_x', { tokenTypeHint: 'id_token' }), TypeError);
  assert.throws(() => api.revokeToken('pina_x', { code: 'x' }), TypeError);
  assert.throws(() => api.conversionToken({ scope: 'x' }), TypeError);
  assert.equal(await arrived(), 0);
});

test('options may be null, and in either case of letters', async () => {
  await sandbox.reset();
  await sandbox.control('POST', '/_sandbox/codes', { code: 'code-1' });
  await sandbox.control('POST', '/_sandbox/codes', { code: 'code-2' });
  const redirect = 'http://localhost:8085/';
  const api = sandbox.api();
  await api.oauthToken('authorization_code', { code: 'code-1', redirectUri: redirect, continuousRefresh: true, scope: null });
  await api.oauthToken('authorization_code', { code: 'code-2', redirect_uri: redirect, continuous_refresh: true });
  const [first, second] = await sandbox.requests();
  assert.equal(first.body.replace('code-1', 'code-2'), second.body);
  assert.match(first.body, /continuous_refresh=true/);
});

test('the newer names are the same operations', async () => {
  await sandbox.reset();
  await sandbox.control('POST', '/_sandbox/tokens', { kind: 'system', access_token: 'pina_system' });
  await sandbox.control('POST', '/_sandbox/tokens', { kind: 'user', scope: 'ads:write', access_token: 'pina_ads' });
  const api = sandbox.api();
  api.apiClient.authentications.pinterest_oauth2.accessToken = () => 'pina_ads';
  assert.equal(await api.tokenRevoke('pina_system', { token_type_hint: 'access_token' }), null);
  assert.equal((await api.oauthConversionToken()).constructor, PinterestSdk.ConversionToken);
  const byCallback = await new Promise((resolve) => {
    api.conversionToken((...given) => resolve(given));
  });
  assert.equal(byCallback[1].token_type, 'conversion');
  const [revoked] = await new Promise((resolve) => {
    api.revokeToken('pina_ads', (...given) => resolve(given));
  });
  assert.equal(revoked.kind, 'Forbidden');
});

test('an abort rejects with its reason and ends the request', async () => {
  await sandbox.reset();
  await sandbox.script({ fault: 'hang' }, { fault: 'hang' });
  const controller = new AbortController();
  const aborted = sandbox.api().oauthToken('client_credentials', { ...SCOPE, signal: controller.signal });
  while ((await arrived()) === 0) await sleep(5);
  controller.abort();
  await assert.rejects(aborted, { name: 'AbortError' });

  const started = performance.now();
  const signal = AbortSignal.timeout(50);
  const [error, data, response] = await new Promise((resolve) => {
    sandbox.api().oauthToken('client_credentials', { ...SCOPE, signal }, (...given) => resolve(given));
  });
  assert.deepEqual([error.name, data, response], ['TimeoutError', null, undefined]);
  assert.ok(performance.now() - started < 1000);

  const reason = new Error('changed my mind');
  await assert.rejects(sandbox.api().oauthToken('client_credentials', { signal: AbortSignal.abort(reason) }), reason);
  assert.equal(await arrived(), 2);
});

test('to a callback an abort without a reason is no success', async () => {
  for (const reason of [null, 0, '']) {
    const controller = new AbortController();
    const told = new Promise((resolve) => {
      sandbox.api().oauthToken('client_credentials', { ...SCOPE, signal: controller.signal }, (...given) => resolve(given));
    });
    controller.abort(reason);
    const [error, data] = await told;
    assert.deepEqual([error?.name, data], ['AbortError', null]);
  }
});

test('an abort closes the connection', async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const connected = once(server, 'connection');
  const controller = new AbortController();
  const api = sandbox.api(`http://127.0.0.1:${server.address().port}/v5`);
  const aborted = api.oauthToken('client_credentials', { ...SCOPE, signal: controller.signal });
  const [socket] = await connected;
  const closed = once(socket.resume(), 'close', { signal: AbortSignal.timeout(2000) });
  controller.abort();
  await assert.rejects(aborted, { name: 'AbortError' });
  await closed;
  server.close();
});

test('a signal that outlives its calls keeps none of them', async () => {
  await sandbox.reset();
  const { signal } = new AbortController();
  let listeners = 0;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (...given) => {
    listeners += 1;
    add(...given);
  };
  signal.removeEventListener = (...given) => {
    listeners -= 1;
    remove(...given);
  };
  await sandbox.api().oauthToken('client_credentials', { ...SCOPE, signal });
  assert.equal(listeners, 0);
});

test('one signal serves any number of calls without a warning, and drops them all', async () => {
  await sandbox.reset();
  await sandbox.control('POST', '/_sandbox/standing', { fault: 'hang' });
  const { code, stdout, stderr } = await run(`
    import PinterestSdk from 'pinterest-sdk';
    const client = new PinterestSdk.ApiClient('${sandbox.http}/v5');
    Object.assign(client.authentications.basic, { username: '1234567', password: '0123456789abcdef0123456789abcdef01234567' });
    const api = new PinterestSdk.OauthApi(client);
    const controller = new AbortController();
    const { signal } = controller;
    const calls = Array.from({ length: 40 }, () => api.oauthToken('client_credentials', { signal }));
    setTimeout(() => controller.abort(), 300);
    const ended = await Promise.allSettled(calls);
    console.log(ended.filter(({ reason }) => reason === signal.reason).length);`);
  assert.deepEqual([code, stdout, stderr], [0, '40\n', '']);
});

test('a callback comes while timers and ticks are stopped, as a test stops them', async () => {
  await sandbox.reset();
  const { code, stdout, stderr } = await run(`
    for (const name of ['setTimeout', 'setImmediate', 'setInterval', 'queueMicrotask']) globalThis[name] = () => {};
    const { nextTick } = process;
    process.nextTick = () => {};
    const PinterestSdk = require('pinterest-sdk');
    const client = new PinterestSdk.ApiClient('${sandbox.http}/v5');
    Object.assign(client.authentications.basic, { username: '1234567', password: '0123456789abcdef0123456789abcdef01234567' });
    new PinterestSdk.OauthApi(client).oauthToken('client_credentials', ${JSON.stringify(SCOPE)}, (error, data) => {
      process.nextTick = nextTick;
      console.log(error ?? typeof data.access_token);
    });`, { extension: '.cjs' });
  assert.deepEqual([code, stdout, stderr], [0, 'string\n', '']);
});

test('settings are read when a call is made', async () => {
  await sandbox.reset();
  const client = new ApiClient('http://127.0.0.1:1/v5');
  const api = new OauthApi(client);
  const call = (options = SCOPE) => api.oauthToken('client_credentials', options);
  await assert.rejects(call(), { kind: 'InvalidInput', outcome: 'NotSent' });
  client.authentications['basic'].username = '1234567';
  client.authentications['basic'].password = 'wrong';
  await assert.rejects(call(), { kind: 'Network', phase: 'connect' });
  client.basePath = `${sandbox.http}/v5`;
  await assert.rejects(call(), { kind: 'Authentication', status: 401 });
  client.authentications = { basic: { type: 'basic', username: '1234567', password: '0123456789abcdef0123456789abcdef01234567' } };
  await call();
  client.defaultHeaders['X-Mine'] = 1;
  client.defaultHeaders['User-Agent'] = 'mine/1';
  await call();
  await call({ ...SCOPE, headers: { 'X-Mine': '2', 'user-agent': 'mine/2' } });
  await call({ ...SCOPE, headers: new Headers({ 'x-mine': '3' }) });
  const sent = (await sandbox.requests()).slice(-3).map(({ headers }) => Object.fromEntries(headers));
  assert.deepEqual(sent.map((headers) => headers['x-mine']), ['1', '2', '3']);
  assert.deepEqual(sent.map((headers) => headers['user-agent']), ['mine/1', 'mine/2', 'mine/1']);
  assert.equal(new Set((await sandbox.requests()).map(({ connection }) => connection)).size, 1);
});

test('a setting of a wrong type is a TypeError at once', async () => {
  await sandbox.reset();
  for (const [name, value] of [['basePath', {}], ['timeout', 'soon'], ['connectTimeout', -1], ['proxy', {}],
    ['poolMaxIdle', 1.5], ['defaultHeaders', 'x'], ['proxyHeaders', { a: {} }], ['defaultHeaders', { 'X-A': 'a\nb' }],
    ['enableCookies', true], ['requestAgent', {}], ['plugins', [() => {}]]]) {
    const api = sandbox.api();
    api.apiClient[name] = value;
    assert.throws(() => api.oauthToken('client_credentials', SCOPE, () => {}), TypeError, name);
  }
  for (const secret of [{}, Symbol('x'), true]) {
    const api = sandbox.api();
    api.apiClient.authentications.basic.password = secret;
    assert.throws(() => api.oauthToken('client_credentials'), TypeError);
  }
  assert.equal(await arrived(), 0);
});

test('a setting that cannot be used fails the call, where the page catches it', async () => {
  await sandbox.reset();
  for (const [name, value] of [['sslCaCert', '/does/not/exist'], ['certFile', '/does/not/exist'], ['basePath', undefined]]) {
    const api = sandbox.api();
    api.apiClient[name] = value;
    const [error, data] = await new Promise((resolve) => {
      api.oauthToken('client_credentials', SCOPE, (...given) => resolve(given));
    });
    assert.ok(error instanceof ApiError, `${name}: ${error}`);
    assert.deepEqual([error.kind, error.outcome, data], ['InvalidInput', 'NotSent', null], name);
  }
  assert.equal(await arrived(), 0);
});

test('app ids may be numbers; zero is no limit; a limit of one call is its own', async () => {
  await sandbox.reset();
  const slow = { delay_ms: 300, json: { access_token: 'pina_x' } };
  await sandbox.script(slow, slow, slow, slow);
  const api = sandbox.api();
  api.apiClient.authentications.basic.username = 1234567;
  api.apiClient.timeout = 0;
  await api.oauthToken('client_credentials');
  const [{ headers }] = await sandbox.requests();
  assert.equal(Object.fromEntries(headers).authorization, `Basic ${btoa('1234567:0123456789abcdef0123456789abcdef01234567')}`);
  await assert.rejects(api.oauthToken('client_credentials', { timeout: 50 }), { phase: 'timeout', outcome: 'Unknown' });
  await assert.rejects(api.oauthToken('client_credentials', { timeout: 1e-30 }), { phase: 'timeout' });
  api.apiClient.timeout = 1e-30;
  await assert.rejects(api.oauthToken('client_credentials'), { phase: 'timeout' });
});
