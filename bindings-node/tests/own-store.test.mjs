// Stores of a program's own: their promises, their slowness, and what they throw.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { PinterestSdk, run } from './support/installed.mjs';
import { answer, ended, managed, nextSecond, renewals, strict, until } from './support/managed.mjs';
import { Sandbox } from './support/sandbox.mjs';

const { ApiError } = PinterestSdk;
const sandbox = await Sandbox.start();

/** Texts in memory, as a database keeps them; every method with and without promises. */
class Texts {
  texts = new Map();
  tails = new Map();
  locked = 0;
  asked = [];

  load(key) {
    this.asked.push('load');
    return this.texts.get(key);
  }

  compareAndSwap(key, expected, text) {
    this.asked.push('compareAndSwap');
    if ((this.texts.get(key) ?? null) !== expected) return false;
    if (text === null) this.texts.delete(key);
    else this.texts.set(key, text);
    return true;
  }

  async lock(key, seconds) {
    assert.ok(seconds > 1 && seconds < 600, `${seconds}`);
    const before = this.tails.get(key);
    let release;
    this.tails.set(key, new Promise((resolve) => { release = resolve; }));
    await before;
    this.locked += 1;
    return () => {
      this.locked -= 1;
      release();
    };
  }
}

class Promised extends Texts {
  async load(key) {
    await sleep(1);
    return super.load(key) ?? null;
  }

  async compareAndSwap(...given) {
    await sleep(1);
    return super.compareAndSwap(...given);
  }
}

/** As a database's transaction: what is read and written goes through the lock. */
class Transactions extends Texts {
  inside = 0;

  async lock(key, seconds) {
    const release = await super.lock(key, seconds);
    const seen = () => { this.inside += 1; };
    return {
      release,
      load: (...given) => (seen(), super.load(...given)),
      compareAndSwap: async (...given) => (seen(), super.compareAndSwap(...given)),
    };
  }
}

for (const Store of [Texts, Promised, Transactions]) {
  test(`${Store.name}: adopted, renewed once for a thousand calls, forgotten, every lock given up`, async () => {
    await strict(sandbox);
    const store = new Store();
    const managers = [managed(sandbox, store), managed(sandbox, store)];
    const old = await ended(sandbox);
    await managers[0].adopt(old);
    const given = await Promise.all(Array.from({ length: 1000 }, (_, at) => managers[at % 2].accessToken()));
    assert.deepEqual([new Set(given).size, await renewals(sandbox)], [1, 1]);
    const [[key, text]] = store.texts;
    assert.equal(key, `${sandbox.http}/v5 1234567 shop-1`);
    assert.equal(JSON.parse(text).access_token, given[0]);
    assert.equal((await managers[1].status()).store, `store ${Store.name}`);
    if (store.inside !== undefined) assert.ok(store.inside > 3);
    assert.equal(await managers[0].forget(), true);
    assert.equal(store.texts.size, 0);
    assert.equal(store.locked, 0);
  });
}

/** A store whose method does something else. */
function with_(method, does) {
  const store = new Texts();
  store[method] = does;
  return store;
}

test('what a store throws is the cause of an error that says which method, and shows no token', async () => {
  await strict(sandbox);
  for (const method of ['load', 'compareAndSwap', 'lock']) {
    const thrown = new Error('no route to pina_canary0000000000000000 and on');
    for (const does of [() => { throw thrown; }, async () => { throw thrown; }]) {
      const tokens = managed(sandbox, with_(method, does));
      await assert.rejects(tokens.adopt(await answer(sandbox)).then(() => tokens.status()), (error) => {
        assert.ok(error instanceof ApiError);
        assert.deepEqual([error.kind, error.cause], ['Store', thrown], inspect(error));
        assert.match(error.message, new RegExp(`the store's \`${method}\` failed: no route to`));
        assert.doesNotMatch(error.message, /canary/);
        return true;
      });
    }
  }
});

test('whatever a program throws is a Store error or a warning, also what has no words', async () => {
  await strict(sandbox);
  const unspeakable = Object.defineProperty(new Error(), 'message', { get() { throw unspeakable; } });
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const all = [Object.create(null), unspeakable, Symbol('x'), { message: Symbol('x') }, { message: { toString: () => ({}) } }, proxy, null, undefined];
  for (const thrown of all) {
    const warned = once(process, 'warning');
    const onEvent = () => { throw thrown; };
    const tokens = managed(sandbox, new Texts(), { onEvent });
    await tokens.adopt(await ended(sandbox));
    await tokens.refresh();
    const [{ name, message }] = await warned;
    assert.equal(name, 'PinterestTokenWarning');
    assert.match(message, /^onEvent threw for `\w+`: ./);
    const failing = managed(sandbox, with_('load', () => { throw thrown; }));
    await failing.status().then(assert.fail, (error) => {
      assert.equal(error.kind, 'Store');
      assert.match(error.message, /the store's `load` failed: ./);
      assert.ok(Object.is(error.cause, thrown));
    });
  }
});

test('a refused connection without words of its own is told by its code', async () => {
  const refused = Object.assign(new AggregateError([new Error('connect ECONNREFUSED ::1:1')]), { code: 'ECONNREFUSED' });
  for (const [thrown, words] of [[refused, 'ECONNREFUSED'], [new RangeError(), 'RangeError']]) {
    const failing = managed(sandbox, with_('load', () => { throw thrown; }));
    await assert.rejects(failing.status(), (error) => error.message.startsWith(`the store's \`load\` failed: ${words}`));
  }
});

test('two accounts that are one to a store do not get each other’s tokens', async () => {
  await strict(sandbox);
  class Caseless extends Texts {
    load(key) {
      return super.load(key.toLowerCase());
    }

    compareAndSwap(key, ...given) {
      return super.compareAndSwap(key.toLowerCase(), ...given);
    }
  }
  const store = new Caseless();
  const tokens = managed(sandbox, store);
  const token = await tokens.adopt(await answer(sandbox));
  const kept = new Map(store.texts);
  const other = tokens.account('Shop-1');
  for (const ask of [() => other.accessToken(), () => other.forget(), async () => other.adopt(await answer(sandbox))]) {
    await assert.rejects(ask(), (error) => {
      assert.equal(error.kind, 'Store');
      return / Shop-1` the store gave what it keeps for/.test(error.message);
    });
  }
  assert.deepEqual(store.texts, kept);
  assert.equal(await tokens.accessToken(), token);
});

test('what a store gives that is none of what it should is named', async () => {
  await strict(sandbox);
  const wrong = [
    ['load', () => ({ access_token: 'a' }), /gave no text/], ['load', () => 'pina_canary', /cannot be used/],
    ['load', () => '{"access_token":"pina_canary\ud800"}', /gave no text/],
    ['compareAndSwap', () => undefined, /neither true nor false/], ['lock', () => true, /nothing that releases/],
  ];
  for (const [method, does, says] of wrong) {
    const tokens = managed(sandbox, with_(method, does));
    const error = await tokens.adopt(await answer(sandbox)).then(() => tokens.status()).catch((failed) => failed);
    assert.equal(error.kind, 'Store', inspect(error));
    assert.match(error.message, says);
    assert.doesNotMatch(error.message, /canary/);
  }
});

test('what is no record is forgotten, and says how', async () => {
  await strict(sandbox);
  const store = new Texts();
  await managed(sandbox, store).adopt(await answer(sandbox));
  for (const key of store.texts.keys()) store.texts.set(key, 'damaged');
  const tokens = managed(sandbox, store);
  await assert.rejects(tokens.accessToken(), (error) => error.hint.includes('call `forget`'));
  assert.deepEqual([...store.texts.values()], ['damaged']);
  assert.equal(await tokens.forget(), true);
  assert.equal(store.texts.size, 0);
});

test('new tokens that a store does not take are used, told of, and kept once it takes them', async () => {
  await strict(sandbox);
  const store = new Texts();
  const told = [];
  const tokens = managed(sandbox, store, { onEvent: ({ kind, error }) => told.push([kind, error?.cause?.message]) });
  const first = await answer(sandbox);
  await tokens.adopt(first);
  await nextSecond(sandbox);
  const swap = store.compareAndSwap;
  let writes = 0;
  store.compareAndSwap = (...given) => {
    writes += 1;
    // It is asked three times at once, and later again.
    if (writes > 1 && writes < 6) throw new Error('the disk is full');
    return swap.apply(store, given);
  };
  const second = await tokens.refresh();
  assert.notEqual(second, first.access_token);
  assert.ok(told.some(([kind, cause]) => kind === 'NotKept' && cause === 'the disk is full'), inspect(told));
  assert.equal(await tokens.accessToken(), second);
  await until(async () => !(await tokens.status()).unsaved);
  assert.equal(JSON.parse([...store.texts.values()][0]).access_token, second);
});

test('a store that blocks for a minute is waited for thirty seconds, and others are served meanwhile', async () => {
  await strict(sandbox);
  const store = new Texts();
  const tokens = managed(sandbox, store);
  const token = await tokens.adopt(await answer(sandbox));
  await nextSecond(sandbox);
  const load = store.load;
  const over = new AbortController();
  store.load = () => sleep(60_000, null, { signal: over.signal }).catch(() => null);
  const started = performance.now();
  const asked = tokens.status();
  const others = managed(sandbox, new Texts());
  await others.adopt(await ended(sandbox));
  assert.ok(await others.accessToken());
  assert.equal(await tokens.accessToken(), token);
  assert.ok(performance.now() - started < 5000);
  await assert.rejects(asked, (error) => {
    assert.deepEqual([error.kind, error.outcome], ['Store', 'NotSent']);
    assert.match(error.message, /the store did not answer within 30 s/);
    return true;
  });
  assert.ok(performance.now() - started < 35_000);
  over.abort();
  store.load = load;
  assert.notEqual(await tokens.refresh(), token);
});

test('a lock that comes when nobody waits for it any more is given up, and the old token is given out meanwhile', async () => {
  await strict(sandbox);
  const store = new Texts();
  const told = [];
  const tokens = managed(sandbox, store, { onEvent: ({ kind, error }) => told.push([kind, error?.message]) });
  const old = await answer(sandbox);
  old.expires_at = Math.floor(Date.now() / 1000) + 120;
  await tokens.adopt(old);
  const lock = store.lock;
  let asked = 0;
  // An early renewal waits for two seconds, and the store gets half a minute more.
  store.lock = async (key, seconds) => {
    asked += 1;
    if (asked === 1) await sleep(34_000);
    return lock.call(store, key, seconds);
  };
  assert.equal(await tokens.accessToken(), old.access_token);
  await sleep(31_500);
  await until(() => told.some(([kind]) => kind === 'RefreshFailed'));
  assert.match(told.at(-1)[1], /`lock` took longer than the 2 s/);
  assert.equal(await tokens.accessToken(), old.access_token);
  await sleep(3000);
  assert.deepEqual([store.locked, await renewals(sandbox)], [0, 0]);
  await nextSecond(sandbox);
  assert.notEqual(await tokens.refresh(), old.access_token);
});

test('a store that is in a worker thread is asked there', async () => {
  await strict(sandbox);
  const { code, stdout, stderr } = await run(`
    const { Worker, isMainThread, threadId } = require('node:worker_threads');
    if (isMainThread) {
      Promise.all([1, 2].map(() => new Promise((resolve) => new Worker(__filename).on('exit', resolve)))).then((codes) => console.log(codes.join()));
    } else {
      const PinterestSdk = require('pinterest-sdk');
      const client = new PinterestSdk.ApiClient('${sandbox.http}/v5');
      Object.assign(client.authentications.basic, { username: '1234567', password: '0123456789abcdef0123456789abcdef01234567' });
      let kept = null;
      const store = {
        load: () => kept,
        compareAndSwap: (_key, expected, text) => kept === expected && ((kept = text), true),
        lock: () => () => {},
      };
      const tokens = new PinterestSdk.TokenManager({ client, store, account: 'of' + threadId });
      tokens.adopt({ access_token: 'pina_' + threadId }).then(async (token) => {
        if (!kept.includes(token) || await tokens.accessToken() !== token) process.exit(9);
      });
    }`, { extension: '.cjs' });
  assert.deepEqual([code, stdout, stderr], [0, '0,0\n', '']);
});

test('a store and a listener run in no context of a call’s, such as the first one’s', async () => {
  await sandbox.reset();
  const source = `
    import { AsyncLocalStorage } from 'node:async_hooks';
    import PinterestSdk from 'pinterest-sdk';
    const request = new AsyncLocalStorage();
    const client = new PinterestSdk.ApiClient('${sandbox.http}/v5');
    Object.assign(client.authentications.basic, { username: '1234567', password: '0123456789abcdef0123456789abcdef01234567' });
    const scope = 'user_accounts:read';
    await request.run('first', () => new PinterestSdk.OauthApi(client).oauthToken('client_credentials', { scope }));
    const seen = [];
    const texts = new Map();
    const store = {
      load: (key) => void seen.push(request.getStore()) ?? texts.get(key),
      compareAndSwap: (key, _, text) => Boolean(texts.set(key, text)),
      lock: () => () => seen.push(request.getStore()),
    };
    const heard = new Promise((resolve) => {
      const onEvent = ({ kind }) => resolve([kind, request.getStore()]);
      const tokens = new PinterestSdk.TokenManager({ client, store, account: 'a', clientCredentials: scope, onEvent });
      request.run('second', async () => {
        await tokens.accessToken();
        seen.push(request.getStore());
        await tokens.close();
      });
    });
    const event = await heard;
    process.on('exit', () => console.log([...new Set(seen)].map(String).sort().join(), event.map(String).join()));`;
  const { stdout, stderr } = await run(source);
  assert.deepEqual([stdout, stderr], ['second,undefined Refreshed,undefined\n', '']);
});
