// Sealed files that change their key: a rotation, and what may happen meanwhile.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setImmediate as immediately } from 'node:timers/promises';
import { PinterestSdk, folder as installed } from './support/installed.mjs';
import { emptyFolder, managed } from './support/managed.mjs';
import { Sandbox } from './support/sandbox.mjs';

const { FileStore } = PinterestSdk;
const sandbox = await Sandbox.start();

/** Gives each account tokens of its own name. */
async function keep(store, ...accounts) {
  const tokens = managed(sandbox, store);
  for (const account of accounts) await tokens.account(account).adopt({ access_token: `pina_${account}`, expires_in: 2_592_000 });
}

function token(folder, account, key) {
  return managed(sandbox, new FileStore({ folder, key })).account(account).accessToken();
}

test('another key takes the place of the old one', async (t) => {
  const folder = emptyFolder(t);
  const [old, next] = [randomBytes(32), randomBytes(32)];
  await keep(new FileStore({ folder, key: old }), 'a', 'b', 'c');
  const store = new FileStore({ folder, key: [next, old] });
  assert.deepEqual(await store.reseal('b'), ['b']);
  assert.deepEqual(await store.reseal('nobody'), []);
  assert.deepEqual(await Promise.all([store.reseal(null), store.reseal('b')]), [['a', 'c'], []]);
  assert.deepEqual(await store.reseal(), []);
  for (const account of ['a', 'b', 'c']) {
    assert.equal(await token(folder, account, next), `pina_${account}`);
    await assert.rejects(token(folder, account, old), { kind: 'Store', message: /is sealed with another key/ });
  }
});

test('where the keys come from is asked anew', async (t) => {
  const folder = emptyFolder(t);
  const file = join(emptyFolder(t), 'key');
  const [old, next] = [randomBytes(32), randomBytes(32)].map((key) => key.toString('base64'));
  writeFileSync(file, old);
  let keys = [old];
  for (const [name, key] of [['of-a-file', { file }], ['of-a-function', async () => keys]]) {
    const store = new FileStore({ folder, key });
    await keep(store, name);
    writeFileSync(file, `${next}\n${old}\n`);
    keys = [next, old];
    assert.deepEqual(await store.reseal(name), [name]);
    assert.equal(await token(folder, name, next), `pina_${name}`);
    writeFileSync(file, old);
    keys = [old];
  }
});

test('plain files are sealed', async (t) => {
  const folder = emptyFolder(t);
  const key = randomBytes(32);
  await keep(new FileStore({ folder }), 'a');
  await assert.rejects(token(folder, 'a', key), { kind: 'Store', message: /is not sealed/ });
  assert.deepEqual(await new FileStore({ folder, key }).reseal(), ['a']);
  assert.ok(!readFileSync(join(folder, 'a.json'), 'utf8').includes('pina_'));
  assert.equal(await token(folder, 'a', key), 'pina_a');
});

test('without the right keys a file stays as it is, and the others are sealed', async (t) => {
  const folder = emptyFolder(t);
  const [old, next, stranger] = [randomBytes(32), randomBytes(32), randomBytes(32)];
  await keep(new FileStore({ folder, key: stranger }), 'b');
  await keep(new FileStore({ folder, key: old }), 'a', 'c');
  const before = readFileSync(join(folder, 'b.json'));
  const refused = { name: 'ApiError', kind: 'Store', message: /b\.json is sealed with another key/ };
  await assert.rejects(new FileStore({ folder, key: [next, old] }).reseal(), refused);
  assert.deepEqual(readFileSync(join(folder, 'b.json')), before);
  for (const account of ['a', 'c']) assert.equal(await token(folder, account, next), `pina_${account}`);
  assert.deepEqual(await new FileStore({ folder, key: [next, stranger] }).reseal(), ['b']);

  await assert.rejects(new FileStore({ folder }).reseal(), { kind: 'Store', message: /no keys to seal with/ });
  const cause = new Error('the keyring is locked');
  const locked = new FileStore({ folder, key: () => { throw cause; } });
  await assert.rejects(locked.reseal(), { kind: 'Store', message: /the keyring is locked/, cause });
  await assert.rejects(new FileStore({ folder, key: next }).reseal('no name/'), { kind: 'InvalidInput' });
  await assert.rejects(new FileStore({ folder, key: next }).reseal(5), TypeError);
});

test('whoever is killed leaves files that one of both keys opens', async (t) => {
  const folder = emptyFolder(t);
  const accounts = Array.from({ length: 30 }, (_, number) => `shop-${number}`);
  let old = randomBytes(32).toString('base64');
  await keep(new FileStore({ folder, key: old }), ...accounts);
  const place = mkdtempSync(join(installed, 'program-'));
  t.after(() => rmSync(place, { recursive: true }));
  const file = join(place, 'reseals.cjs');
  const texts = () => accounts.map((account) => readFileSync(join(folder, `${account}.json`), 'utf8'));
  let cut = 0;
  // By how many files are done and not by the time, which is another on each machine. Where this process is too late, once more.
  for (let round = 0; round < 8 || (cut === 0 && round < 100); round += 1) {
    const before = texts();
    const done = () => texts().filter((text, number) => text !== before[number]).length;
    const next = randomBytes(32).toString('base64');
    writeFileSync(file, `
      const { FileStore } = require('pinterest-sdk');
      const store = new FileStore(${JSON.stringify({ folder, key: [next, old] })});
      process.stdout.write('begins', () => store.reseal());`);
    const child = spawn(process.execPath, [file], { env: { PATH: process.env.PATH }, stdio: ['ignore', 'pipe', 'inherit'] });
    const closed = once(child, 'close');
    await once(child.stdout, 'data');
    const ended = () => child.exitCode !== null || child.signalCode !== null;
    while (!ended() && done() < (round * 3) % accounts.length) await immediately();
    child.kill('SIGKILL');
    await closed;
    for (const account of accounts) assert.equal(await token(folder, account, [next, old]), `pina_${account}`);
    const left = await new FileStore({ folder, key: [next, old] }).reseal();
    if (left.length > 0 && left.length < accounts.length) cut += 1;
    for (const account of accounts) assert.equal(await token(folder, account, next), `pina_${account}`);
    old = next;
  }
  assert.ok(cut > 0, 'no one was killed in the middle');
});
