// Pinterest's limits: kept, waited for, or left to Pinterest.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PinterestSdk } from './support/installed.mjs';
import { Sandbox } from './support/sandbox.mjs';

const { BoardsApi } = PinterestSdk;
const sandbox = await Sandbox.start();

/** An answer after which nothing is left for so many seconds. */
const last = (seconds) => ({ json: {}, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(seconds) } });

/** A client whose last call used up its category, for so many seconds. */
async function usedUp(seconds, settings = {}) {
  await sandbox.reset();
  await sandbox.script(last(seconds), { json: { items: [] } });
  const client = Object.assign(sandbox.client(), settings);
  client.authentications.pinterest_oauth2.accessToken = `pina_${Math.random().toString(36).slice(2)}`;
  await new BoardsApi(client).boardsList();
  return client;
}

const arrived = async () => (await sandbox.requests()).length;

test('a call waits until it may go', async () => {
  const client = await usedUp(1);
  const start = performance.now();
  await new BoardsApi(client).boardsList();
  assert.ok(performance.now() - start > 800);
  assert.equal(await arrived(), 2);
});

test('what would wait longer than it may fails at once, and was not sent', async () => {
  const refused = { name: 'ApiError', kind: 'RateLimited', outcome: 'NotSent', retryable: true };
  const client = await usedUp(3600);
  const error = await new BoardsApi(client).boardsList().catch((one) => one);
  assert.throws(() => {
    throw error;
  }, refused);
  assert.ok(error.retryAfter > 3500 && error.status === undefined, String(error.retryAfter));
  client.timeout = 0;
  client.rateLimitWait = 50;
  await assert.rejects(new BoardsApi(client).boardsList(), refused);
  client.rateLimitWait = 0;
  await new Promise((resolve) => {
    new BoardsApi(client).boardsList((told) => resolve(assert.equal(told.kind, 'RateLimited')));
  });
  assert.equal(await arrived(), 1);
});

test('a signal ends the wait', async () => {
  const client = await usedUp(3600, { timeout: 0 });
  await assert.rejects(new BoardsApi(client).boardsList({ signal: AbortSignal.timeout(50) }), { name: 'TimeoutError' });
  assert.equal(await arrived(), 1);
});

test('limits that are not kept are left to Pinterest', async () => {
  const client = await usedUp(3600);
  client.keepRateLimits = false;
  assert.deepEqual((await new BoardsApi(client).boardsList()).items, []);
  assert.equal(await arrived(), 2);
});

test('a setting of a wrong type is a TypeError', () => {
  const settings = { keepRateLimits: ['yes', 0, 'false'], rateLimitWait: [-1, Number.NaN, '5'] };
  for (const [name, values] of Object.entries(settings)) {
    for (const value of values) {
      const client = Object.assign(sandbox.client(), { [name]: value });
      assert.throws(() => new BoardsApi(client).boardsList(), { name: 'TypeError', message: new RegExp(name) });
    }
  }
});
