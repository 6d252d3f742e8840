// A clock that a test moves: tokens age by it, and so do authorizations.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { PinterestSdk } from './support/installed.mjs';
import { answer, emptyFolder, managed, nextSecond, renewals, strict, until } from './support/managed.mjs';
import { Sandbox } from './support/sandbox.mjs';

const { ApiClient, AuthorizationRequest, FileStore, ManualClock, MemoryStore, OauthApi } = PinterestSdk;
const sandbox = await Sandbox.start();
const DAY = 86_400_000;
const LIFE = 2_592_000;
const LAST = 253_402_300_799_999;

/** A client of the sandbox with a clock. */
function clocked(clock) {
  return Object.assign(sandbox.client(), { clock });
}

for (const [name, store] of [['memory', () => new MemoryStore()], ['files', (t) => new FileStore({ folder: emptyFolder(t) })]]) {
  test(`a token in ${name} ages by it and is renewed once each time`, async (t) => {
    await strict(sandbox);
    const clock = new ManualClock();
    const tokens = managed(sandbox, store(t), { client: clocked(clock) });
    const first = await tokens.adopt(await answer(sandbox));
    await nextSecond(sandbox);
    clock.advance(LIFE * 1000 - 2 * DAY);
    assert.deepEqual([await tokens.accessToken(), (await tokens.status()).state], [first, 'Fresh']);
    // Within its last day the old one is given out, and renewed behind that.
    clock.advance(1.85 * DAY);
    assert.equal((await tokens.status()).state, 'Stale');
    assert.equal(await tokens.accessToken(), first);
    await until(async () => (await tokens.accessToken()) !== first);
    const second = await tokens.accessToken();
    assert.equal(await renewals(sandbox), 1);
    await nextSecond(sandbox);
    clock.advance(30.1 * DAY);
    assert.equal((await tokens.status()).state, 'Expired');
    const given = await Promise.all(Array.from({ length: 20 }, () => tokens.accessToken()));
    assert.equal(new Set(given).size, 1);
    assert.ok(![first, second].includes(given[0]));
    assert.equal(await tokens.accessToken(), given[0]);
    assert.equal(await renewals(sandbox), 2);
    assert.equal((await tokens.status()).accessLife.expiresAt, Math.floor(clock.now() / 1000) + LIFE);
    clock.advance(61 * DAY);
    await assert.rejects(tokens.accessToken(), { kind: 'ReauthorizationRequired', message: /expired by this machine's clock/ });
    assert.equal(await renewals(sandbox), 2);
  });
}

test('one that is set back gives the token that there is', async () => {
  await strict(sandbox);
  const clock = new ManualClock();
  const tokens = managed(sandbox, new MemoryStore(), { client: clocked(clock) });
  const token = await tokens.adopt(await answer(sandbox));
  for (const moment of [clock.now() - DAY, clock.now() - 40 * 365 * DAY, 0]) {
    clock.set(moment);
    assert.equal(await tokens.accessToken(), token);
  }
  assert.equal(await renewals(sandbox), 0);
});

test('a token in memory is looked at by it, without the native half', async (t) => {
  await strict(sandbox);
  const clock = new ManualClock();
  const client = clocked(clock);
  const tokens = managed(sandbox, new MemoryStore(), { client });
  await tokens.adopt(await answer(sandbox));
  const known = await tokens.accessToken();
  // The manager has the clock that its client had when it was made.
  client.clock = undefined;
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 400 * DAY });
  assert.equal(tokens.accessToken(), tokens.accessToken(), 'the same promise');
  assert.equal(await tokens.accessToken(), known);
  clock.advance(30 * DAY);
  const asking = [tokens.accessToken(), tokens.accessToken()];
  assert.notEqual(asking[0], asking[1]);
  await Promise.all(asking);
});

test('all that has an end goes by it', async () => {
  await strict(sandbox);
  const clock = new ManualClock(2_000_000_000_500);
  const client = clocked(clock);
  const { code } = await sandbox.control('POST', '/_sandbox/codes', {});
  const token = await new OauthApi(client).oauthToken('authorization_code', { code, redirectUri: 'http://localhost:8085/' });
  assert.equal(token.expires_at, 2_000_000_000 + LIFE);
  const pending = new AuthorizationRequest({ redirectUri: 'http://localhost:8085/', scopes: ['ads:read'] }).start(client);
  clock.advance(601_000);
  const state = new URL(pending.url).searchParams.get('state');
  await assert.rejects(pending.complete(client, `http://localhost:8085/?code=x&state=${state}`), { reason: 'Late' });
  // Through a `callApi` of the client's own as well.
  client.callApi = async () => ({ data: PinterestSdk.OauthAccessTokenResponse.constructFromObject({ access_token: 'pina_1', expires_in: 10 }) });
  assert.equal((await new OauthApi(client).oauthToken('client_credentials', { scope: 'ads:read' })).expires_at, 2_000_000_000 + 601 + 10);
  client.clock = undefined;
  assert.ok((await new OauthApi(client).oauthToken('client_credentials', { scope: 'ads:read' })).expires_at < 2_000_000_000);
});

test('what it takes and gives', () => {
  assert.ok(Math.abs(new ManualClock().now() - Date.now()) < 60_000);
  const clock = new ManualClock(1.9);
  assert.equal(clock.now(), 1);
  assert.equal(inspect(new ManualClock(0)), 'ManualClock(1970-01-01T00:00:00.000Z)');
  for (const [set, is] of [[LAST + 1, LAST], [Infinity, LAST], [-1, 0], [-Infinity, 0]]) {
    clock.set(set);
    assert.equal(clock.now(), is);
  }
  clock.advance(Infinity);
  assert.equal(clock.now(), LAST);
  for (const wrong of [NaN, '1', new Date(), null, 1n]) assert.throws(() => clock.set(wrong), TypeError);
  assert.throws(() => clock.advance(-1), /`set` sets the clock back/);
  assert.throws(() => new ManualClock('now'), TypeError);
  assert.throws(() => managed(sandbox, new MemoryStore(), { client: clocked({ now: () => 5 }) }), /`clock` is not a ManualClock/);
  assert.throws(() => new OauthApi(Object.assign(new ApiClient(), { clock: Date.now })).conversionToken(), /`clock` is not a ManualClock/);
});
