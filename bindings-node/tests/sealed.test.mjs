// Files of tokens that are sealed: where the keys come from, and what is said without them.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PinterestSdk } from './support/installed.mjs';
import { answer, emptyFolder, ended, managed, renewals, strict } from './support/managed.mjs';
import { Sandbox } from './support/sandbox.mjs';

const { FileStore } = PinterestSdk;
const sandbox = await Sandbox.start();

test('a sealed file shows no token, and is opened by every way to its key', async (t) => {
  await strict(sandbox);
  const folder = emptyFolder(t);
  const key = randomBytes(32);
  const file = join(emptyFolder(t), 'key');
  writeFileSync(file, key, { mode: 0o600 });
  process.env.TOKEN_KEY_OF_TEST = key.toString('base64');
  t.after(() => delete process.env.TOKEN_KEY_OF_TEST);
  const token = await managed(sandbox, new FileStore({ folder, key })).adopt(await answer(sandbox));
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1')).join();
  assert.ok(!texts.includes(token) && !texts.includes('pinr.'), texts);
  const ways = {
    bytes: new Uint8Array(key), text: key.toString('base64'), lines: `${key.toString('base64')}\n${randomBytes(32).toString('base64')}\n`, list: [randomBytes(32), key], file: { file },
    variable: { variable: 'TOKEN_KEY_OF_TEST' }, given: () => key, later: async () => [key.toString('base64')],
  };
  for (const [name, way] of Object.entries(ways)) {
    assert.equal(await managed(sandbox, new FileStore({ folder, key: way })).accessToken(), token, name);
  }
});

test('a thousand calls renew a sealed token once, and the key is asked for once', async (t) => {
  await strict(sandbox);
  const folder = emptyFolder(t);
  const key = randomBytes(32);
  let asked = 0;
  const tokens = managed(sandbox, new FileStore({ folder, key: () => { asked += 1; return key; } }));
  await tokens.adopt(await ended(sandbox));
  const given = await Promise.all(Array.from({ length: 1000 }, () => tokens.accessToken()));
  assert.deepEqual([new Set(given).size, await renewals(sandbox), asked], [1, 1, 1]);
});

test('a key that is lost, wrong or not given is one clear sentence', async (t) => {
  await strict(sandbox);
  const folder = emptyFolder(t);
  await managed(sandbox, new FileStore({ folder, key: randomBytes(32) })).adopt(await answer(sandbox));
  const thrown = new Error('the keyring is locked');
  for (const [key, kind, says] of [
    [randomBytes(32), 'Store', /key/], [() => { throw thrown; }, 'Store', /keyring is locked/],
    [() => undefined, 'Store', /key/], [{ file: '/nonexistent/key' }, 'Store', /nonexistent/],
  ]) {
    await assert.rejects(managed(sandbox, new FileStore({ folder, key })).accessToken(), (error) => {
      assert.equal(error.kind, kind, error.message);
      assert.match(error.message, says);
      return true;
    });
  }
  await assert.rejects(managed(sandbox, new FileStore({ folder })).accessToken(), { kind: 'Store', message: /key/ });
  // A variable that is not set is no wish for plain files.
  for (const key of [process.env.NO_SUCH_KEY, null]) {
    assert.throws(() => new FileStore({ folder, key }), { name: 'TypeError', message: /`key` is not set/ });
  }
  assert.throws(() => managed(sandbox, new FileStore({ folder, key: 'too short' })), { kind: 'InvalidInput' });
  assert.throws(() => managed(sandbox, new FileStore({ folder, key: Buffer.from('a word that somebody thought of!') })), { kind: 'InvalidInput' });
  assert.throws(() => new FileStore({ key: 5 }), TypeError);
  assert.throws(() => new FileStore({ key: { file: 'a', variable: 'b' } }), TypeError);
  assert.throws(() => new FileStore({ key: { path: 'a' } }), TypeError);
});
