// A lock of a program's own store, from when the native half has it until it has given it back. The native half
// here is a pretended one: the real one gives up on a store after minutes.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { beforeEach, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { folder } from './support/installed.mjs';

const lib = createRequire(join(folder, 'node_modules/pinterest-sdk/lib/x.cjs'));
const happened = [];
let deliver;
let isWaitedFor;
let last = 0;

class Calls {
  constructor(given) {
    deliver = (...batch) => given(JSON.stringify(batch));
  }

  cancel() {}

  rest() {
    happened.push('rest');
  }

  answerStore() {
    return isWaitedFor;
  }
}
lib('./platform.cjs').library = () => ({ Calls });
const { listen, send } = lib('./native.cjs');
const { OwnStore } = lib('./ownStore.cjs');

const store = new OwnStore({
  load: () => null,
  compareAndSwap: () => true,
  lock: () => () => { happened.push('released'); },
});
const to = listen(store);

beforeEach(() => {
  happened.length = 0;
  isWaitedFor = true;
});

/** A call that ends while the native half has a lock; gives the question that the lock answered. */
async function callWithLock() {
  last += 1;
  const ended = send(() => last, undefined, {});
  deliver(0, { to, ask: last, method: 'lock', key: 'a', seconds: 2 });
  await turn();
  deliver(last, { data: false });
  await ended;
  await turn();
  return last;
}

test('the thread listens until the native half has given a lock back, whoever has given up, and rests then', async () => {
  const lock = await callWithLock();
  assert.deepEqual(happened, []);
  deliver(0, { to, method: 'release', lock });
  await turn();
  assert.deepEqual([...new Set(happened)], ['released', 'rest']);
});

test('a call that is dropped meanwhile has nobody rest', async () => {
  const lock = await callWithLock();
  const dropped = new AbortController();
  const call = send(() => 1000, dropped.signal, {});
  dropped.abort();
  await assert.rejects(call);
  await turn();
  assert.deepEqual(happened, []);
  deliver(0, { to, method: 'release', lock });
  await turn();
  assert.deepEqual([...new Set(happened)], ['released', 'rest']);
});

test('a lock that nobody waits for any more is given up, and keeps nobody', async () => {
  isWaitedFor = false;
  await callWithLock();
  assert.deepEqual([...new Set(happened)], ['released', 'rest']);
});
