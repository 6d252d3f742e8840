// The token manager: one renewal for everybody who asks, whatever they do meanwhile.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { inspect } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { PinterestSdk } from './support/installed.mjs';
import { answer, emptyFolder, ended, managed, nextSecond, renewals, strict, until } from './support/managed.mjs';
import { Sandbox } from './support/sandbox.mjs';

const { ApiClient, ApiError, FileStore, MemoryStore, TokenManager } = PinterestSdk;
const sandbox = await Sandbox.start();
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

const STORES = { memory: () => new MemoryStore(), files: (t) => new FileStore({ folder: emptyFolder(t) }) };

const failsWith = (kind) => (error) => {
  assert.ok(error instanceof ApiError, inspect(error));
  assert.equal(error.kind, kind, error.message);
  return true;
};

for (const [name, make] of Object.entries(STORES)) {
  test(`${name}: a token is adopted, given out, renewed, read by another manager and forgotten`, async (t) => {
    await strict(sandbox);
    const store = make(t);
    const tokens = managed(sandbox, store);
    await assert.rejects(tokens.accessToken(), failsWith('ReauthorizationRequired'));
    assert.equal((await tokens.status()).state, 'ReauthorizationRequired');
    const first = await answer(sandbox);
    assert.equal(await tokens.adopt(first), first.access_token);
    assert.equal(await tokens.authorizationHeader(), `Bearer ${first.access_token}`);
    const other = managed(sandbox, store);
    assert.equal(await other.accessToken(), first.access_token);
    assert.equal(await other.accessToken(), first.access_token);
    await nextSecond(sandbox);
    const second = await tokens.refresh();
    assert.notEqual(second, first.access_token);
    assert.equal(await tokens.accessToken(), second);
    // What the other asks for was just renewed.
    assert.equal(await other.refresh(), second);
    assert.equal(await renewals(sandbox), 1);
    const status = await tokens.status();
    assert.deepEqual([status.state, status.asked, status.unsaved, status.failure], ['Fresh', false, false, undefined]);
    assert.ok(status.accessLife.expiresAt > status.accessLife.issuedAt && status.refreshLife.expiresAt > 0);
    assert.match(status.store, name === 'memory' ? /^memory$/ : /^file \/.*pinterest-tokens-/);
    assert.equal(await tokens.forget(), true);
    assert.equal(await tokens.forget(), false);
    await assert.rejects(tokens.accessToken(), failsWith('ReauthorizationRequired'));
    assert.equal(await tokens.close(), true);
  });

  test(`${name}: a thousand calls at the end of a token renew it once`, async (t) => {
    await strict(sandbox);
    const store = make(t);
    const managers = [managed(sandbox, store), managed(sandbox, store)];
    const old = await ended(sandbox);
    await managers[0].adopt(old);
    const given = await Promise.all(Array.from({ length: 1000 }, (_, at) => managers[at % 2].accessToken()));
    assert.deepEqual(new Set(given).size, 1);
    assert.notEqual(given[0], old.access_token);
    assert.equal(await renewals(sandbox), 1);
  });
}

test('a renewal has the client’s headers', async () => {
  await strict(sandbox);
  const client = sandbox.client();
  Object.assign(client.defaultHeaders, { 'X-Mine': 1, 'User-Agent': 'mine/1' });
  const tokens = managed(sandbox, new MemoryStore(), { client });
  await tokens.adopt(await answer(sandbox));
  await nextSecond(sandbox);
  await tokens.refresh();
  const headers = Object.fromEntries((await sandbox.requests()).at(-1).headers);
  assert.deepEqual([headers['x-mine'], headers['user-agent']], ['1', 'mine/1']);
});

test('a token that is about to end is given out, and renewed behind', async () => {
  await strict(sandbox);
  const events = [];
  const tokens = managed(sandbox, new MemoryStore(), { onEvent: (event) => events.push(event) });
  const first = await answer(sandbox);
  first.expires_at = Math.floor(Date.now() / 1000) + 60;
  await nextSecond(sandbox);
  await tokens.adopt(first);
  assert.equal(await tokens.accessToken(), first.access_token);
  await until(async () => (await tokens.accessToken()) !== first.access_token);
  assert.equal(await renewals(sandbox), 1);
  assert.deepEqual(events, [{ kind: 'Refreshed', account: 'shop-1' }, { kind: 'Refreshed', account: 'shop-1' }]);
});

test('a token that the API refused is renewed once, through whichever handle of its account it is said', async () => {
  await strict(sandbox);
  const tokens = managed(sandbox, new MemoryStore());
  const same = tokens.account('shop-1');
  const { access_token: first } = await tokens.adopt(await answer(sandbox)).then((token) => ({ access_token: token }));
  assert.equal(await same.accessToken(), first);
  await nextSecond(sandbox);
  same.invalidate(first);
  const second = await tokens.accessToken();
  assert.notEqual(second, first);
  tokens.invalidate(first);
  assert.equal(await same.accessToken(), second);
  assert.equal(await renewals(sandbox), 1);
});

test('nobody who stops waiting ends a renewal', async () => {
  await strict(sandbox);
  const tokens = managed(sandbox, new MemoryStore(), { wait: 5000 });
  await tokens.adopt(await ended(sandbox));
  await sandbox.script({ pass: true, delay_ms: 600 });
  const stopped = new AbortController();
  const first = tokens.accessToken({ signal: stopped.signal });
  const second = tokens.authorizationHeader({ signal: AbortSignal.timeout(100) });
  stopped.abort(new Error('enough'));
  await assert.rejects(first, /enough/);
  await assert.rejects(second, { name: 'TimeoutError' });
  await assert.rejects(tokens.accessToken({ signal: AbortSignal.abort() }), { name: 'AbortError' });
  assert.ok(await tokens.accessToken({ signal: AbortSignal.timeout(5000) }));
  assert.equal(await renewals(sandbox), 1);
});

test('a token in memory is given at once, whatever options a call has; a signal that has fired ends even that', async () => {
  await strict(sandbox);
  const tokens = managed(sandbox, new MemoryStore());
  await tokens.adopt(await answer(sandbox));
  const token = await tokens.accessToken();
  // The same promise: nothing was asked of the native half.
  const given = tokens.accessToken();
  for (const options of [{}, null, { signal: undefined }, { signal: new AbortController().signal }]) {
    assert.equal(tokens.accessToken(options), given);
  }
  assert.equal(await given, token);
  await assert.rejects(tokens.accessToken({ signal: AbortSignal.abort() }), { name: 'AbortError' });
  assert.throws(() => tokens.accessToken({ signals: 5 }), /unknown option/);
});

test('close waits ten seconds unless told', async () => {
  await strict(sandbox);
  const texts = new Map();
  let isDown = true;
  const tokens = managed(sandbox, {
    load: (key) => texts.get(key),
    compareAndSwap(key, _expected, text) {
      if (isDown) throw new Error('the database is gone');
      texts.set(key, text);
      return true;
    },
    lock: () => () => {},
  });
  await assert.rejects(tokens.adopt(await answer(sandbox)), failsWith('Store'));
  const start = performance.now();
  assert.equal(await tokens.close(), false);
  const waited = performance.now() - start;
  assert.ok(waited > 9900 && waited < 11_000, `${waited}`);
  isDown = false;
  assert.equal(await tokens.close(5000), true);
});

test('a call waits as long as it is told, and the renewal goes on', async () => {
  await strict(sandbox);
  const tokens = managed(sandbox, new MemoryStore(), { wait: 100 });
  await tokens.adopt(await ended(sandbox));
  await sandbox.script({ pass: true, delay_ms: 600 });
  await assert.rejects(tokens.accessToken(), (error) => {
    assert.deepEqual([error.kind, error.outcome, error.phase], ['Network', 'Unknown', 'timeout']);
    return /goes on/.test(error.message);
  });
  assert.equal(await tokens.close(), true);
  assert.ok(await tokens.accessToken());
  assert.equal(await renewals(sandbox), 1);
});

test('accounts and apps never get each other’s tokens', async (t) => {
  await strict(sandbox);
  const store = new FileStore({ folder: emptyFolder(t) });
  const tokens = managed(sandbox, store);
  const first = await tokens.adopt(await answer(sandbox));
  await nextSecond(sandbox);
  const other = tokens.account('shop-2');
  assert.deepEqual([tokens.name, other.name], ['shop-1', 'shop-2']);
  await assert.rejects(other.accessToken(), /shop-2/);
  assert.notEqual(await other.adopt(await answer(sandbox)), first);
  assert.equal(await tokens.account('shop-1').accessToken(), first);
  const client = sandbox.client();
  client.authentications.basic.username = '7654321';
  await assert.rejects(new TokenManager({ client, store, account: 'shop-1' }).accessToken(), failsWith('Store'));
});

test('of ten thousand accounts those are known that somebody has, or had lately', async () => {
  await strict(sandbox);
  const tokens = managed(sandbox, new MemoryStore());
  const kept = tokens.account('kept');
  const first = await kept.adopt(await answer(sandbox));
  const memory = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const before = memory();
  for (let number = 0; number < 30_000; number += 1) {
    tokens.account(`shop-${number}`);
    // The native half of what is gone goes in a turn of its own.
    if (number % 1000 === 0) await nextTurn();
  }
  await until(async () => {
    await nextTurn();
    return memory() - before < 30_000 * 50;
  });
  await nextSecond(sandbox);
  assert.equal(await kept.accessToken(), first);
  const second = await tokens.account('kept').refresh();
  assert.notEqual(second, first);
  assert.equal(await kept.accessToken(), second);
});

test('an app’s own tokens are asked for with its credentials, and a person’s row is adopted', async () => {
  await strict(sandbox);
  const tokens = managed(sandbox, new MemoryStore(), { client_credentials: ['ads:read', 'pins:read'] });
  assert.ok(await tokens.accessToken());
  assert.equal((await tokens.status()).scope.split(/[ ,]/).length, 2);
  const row = { access_token: 'pina_row', refresh_token: 'pinr.row', expires_at: 4_000_000_000, expires_in: null, scope: undefined };
  assert.equal(await tokens.account('row').adopt(row), 'pina_row');
  // What databases give back for numbers.
  for (const end of [4_000_000_000, '4000000000', '4000000000.25', 4_000_000_000n, new Date(4_000_000_000_000)]) {
    const account = tokens.account('row');
    await account.adopt({ ...row, expires_at: end, refresh_token_expires_at: end });
    const { accessLife, refreshLife } = await account.status();
    assert.deepEqual([accessLife.expiresAt, refreshLife.expiresAt], [4_000_000_000, 4_000_000_000]);
  }
  // An end that is not understood would be held for a token that never ends.
  for (const end of ['2026-12-01T00:00:00Z', 'soon', new Date('soon'), Number.NaN, true, { toMillis: () => 4e12 }]) {
    for (const name of ['expires_at', 'refresh_token_expires_at']) {
      assert.throws(() => tokens.adopt({ ...row, [name]: end }), new RegExp(`TypeError: \\\`${name}\\\` is neither seconds`));
    }
  }
  const lasting = { access_token: 'pina_row', refresh_token: 'pinr.row' };
  for (const life of [3600, '3600', 3600n, 3600.25]) {
    const account = tokens.account('life');
    await account.adopt({ ...lasting, expires_in: life, refresh_token_expires_in: life });
    const { accessLife, refreshLife } = await account.status();
    assert.deepEqual([accessLife, refreshLife].map(({ expiresAt, issuedAt }) => expiresAt - issuedAt), [3600, 3600]);
    await account.forget();
  }
  for (const life of ['an hour', '3600 s', '2026-12-01', new Date(), Number.NaN, Number.POSITIVE_INFINITY, true, '']) {
    for (const name of ['expires_in', 'refresh_token_expires_in']) {
      assert.throws(() => tokens.adopt({ ...lasting, [name]: life }), new RegExp(`TypeError: \\\`${name}\\\` is not a number of seconds`));
    }
  }
});

test('only texts of a row are tokens and scopes, and what is inherited counts', async () => {
  const tokens = managed(sandbox, new MemoryStore());
  for (const wrong of [Buffer.from('pina_x'), 5, 5n, true, ['pina_x'], Promise.resolve('pina_x'), { a: 1 }, new URL('http://localhost/')]) {
    for (const name of ['access_token', 'refresh_token', 'scope', 'response_type']) {
      assert.throws(() => tokens.adopt({ access_token: 'pina_x', [name]: wrong }), { name: 'TypeError', message: `\`${name}\` is not a string` });
    }
  }
  // As object mappers have columns.
  class Row {
    get access_token() {
      return 'pina_mapped';
    }
  }
  assert.equal(await tokens.adopt(new Row()), 'pina_mapped');
  await assert.rejects(tokens.adopt({ access_token: 'pinr.canary' }), (error) => {
    assert.deepEqual([error.kind, error.outcome, String(error).includes('canary')], ['InvalidInput', 'NotSent', false]);
    return error.message.startsWith('the access token to adopt is a refresh token');
  });
  await assert.rejects(tokens.adopt({ access_token: 'pina x' }), /^ApiError: the access token to adopt holds U\+0020/);
});

test('a refused refresh token is said to every call, to the listener, and asks once', async () => {
  await strict(sandbox);
  const events = [];
  const tokens = managed(sandbox, new MemoryStore(), { on_event: (event) => events.push(event) });
  await tokens.adopt(await ended(sandbox));
  await sandbox.script({ status: 401, json: { code: 283, message: 'The authorization grant is invalid' } });
  for (let again = 0; again < 3; again += 1) await assert.rejects(tokens.accessToken(), failsWith('ReauthorizationRequired'));
  assert.equal(await renewals(sandbox), 1);
  const told = events.find(({ kind }) => kind === 'ReauthorizationNeeded');
  assert.ok(told.error instanceof ApiError && /adopt/.test(told.error.hint));
  assert.equal((await tokens.status()).failure.kind, 'ReauthorizationRequired');
});

test('what a listener throws is a warning and harms nobody', async () => {
  await strict(sandbox);
  const warned = once(process, 'warning');
  const tokens = managed(sandbox, new MemoryStore(), { onEvent: () => { throw new Error('the listener’s own fault'); } });
  assert.ok(await tokens.adopt(await answer(sandbox)));
  assert.match((await warned)[0].message, /Refreshed.*own fault/);
  assert.ok(await tokens.accessToken());
});

test('revoking ends the tokens at Pinterest, and keeps them if it refuses', async () => {
  await strict(sandbox);
  const tokens = managed(sandbox, new MemoryStore());
  await tokens.adopt(await answer(sandbox));
  await assert.rejects(tokens.revoke(), failsWith('Forbidden'));
  assert.equal((await tokens.status()).state, 'Fresh');
  const system = await sandbox.control('POST', '/_sandbox/tokens', { kind: 'system' });
  await tokens.adopt(system);
  await tokens.revoke();
  await assert.rejects(tokens.accessToken(), failsWith('ReauthorizationRequired'));
});

test('mistakes are said at once, and nothing is sent', async () => {
  const store = new MemoryStore();
  const client = sandbox.client();
  const wrong = [
    [{}, /`store` is missing/], [{ store }, /`account` is missing/], [{ store, account: 5 }, /`account` is not a string/],
    [{ store, account: 'a', client: {} }, /not an ApiClient/], [{ store, account: 'a', waits: 5 }, /unknown option `waits`/],
    [{ store, account: 'a', wait: -1 }, /`wait`/], [{ store: {}, account: 'a' }, /no method `load`/],
    [{ store, account: 'a', onEvent: 5 }, /`onEvent` is not a function/],
  ];
  for (const [options, says] of wrong) assert.throws(() => new TokenManager({ client, ...options }), { name: 'TypeError', message: says });
  assert.throws(() => new TokenManager({ client: new ApiClient(), store, account: 'a' }), failsWith('InvalidInput'));
  assert.throws(() => new TokenManager({ client, store, account: '../a' }), failsWith('InvalidInput'));
  const mocked = sandbox.client();
  mocked.callApi = () => {};
  assert.throws(() => new TokenManager({ client: mocked, store, account: 'a' }), /callApi of its own/);
  const tokens = new TokenManager({ client, store, account: 'a' });
  assert.throws(() => tokens.account('a b'), failsWith('InvalidInput'));
  assert.throws(() => tokens.adopt({}), /no `access_token`/);
  assert.throws(() => tokens.adopt(undefined), /no `access_token`/);
  for (const field of ['access_token', 'refresh_token', 'scope', 'response_type']) {
    const half = { access_token: 'pina_canary', [field]: 'pina_canary\ud800' };
    assert.throws(() => tokens.adopt(half), { name: 'URIError', message: `\`${field}\` holds half a surrogate pair` });
  }
  assert.throws(() => tokens.invalidate(), TypeError);
  assert.throws(() => tokens.accessToken({ signals: 5 }), /unknown option/);
  assert.throws(() => tokens.close('soon'), TypeError);
  assert.throws(() => new FileStore({ folder: 5 }), TypeError);
  assert.throws(() => new FileStore({ path: 'a' }), /unknown option/);
});

test('no text form shows a token', async () => {
  await strict(sandbox);
  const tokens = managed(sandbox, new MemoryStore());
  const token = await tokens.adopt(await answer(sandbox));
  await tokens.accessToken();
  const shown = [tokens, await tokens.status(), new MemoryStore()].map((one) => inspect(one, { depth: 9, showHidden: true }) + JSON.stringify(one)).join();
  assert.ok(!shown.includes(token) && !shown.includes('pinr.'), shown);
});
