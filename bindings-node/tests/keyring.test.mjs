// The key of sealed files in the system's keyring: a real one, on a bus of the tests' own.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PinterestSdk, folder, root } from './support/installed.mjs';
import { answer, emptyFolder, managed, program, strict } from './support/managed.mjs';
import { Sandbox } from './support/sandbox.mjs';

const { FileStore, keyringKey } = PinterestSdk;
const LIBRARY = join(root, '.tools/keyring/node_modules');
const sandbox = await Sandbox.start();

/** Runs a program beside an unlocked keyring that is empty, and gives the lines that it printed. */
function beside(home, source) {
  const env = { PATH: process.env.PATH, HOME: home, XDG_RUNTIME_DIR: home, NODE_PATH: `${LIBRARY}:${join(folder, 'node_modules')}` };
  const command = ['unlocked', process.execPath, '-e', source];
  const options = { env, encoding: 'utf8', timeout: 30_000, stdio: ['ignore', 'pipe', 'pipe'] };
  return execFileSync(join(root, 'tests/keyring/beside'), command, options).trim().split('\n');
}

const KEYS = `
  const { Entry } = require('@napi-rs/keyring');
  const show = (error) => console.log(error.kind, error.message, '|', error.cause?.message);`;

test('a key of the keyring seals files, and what it lacks is one sentence', async (t) => {
  assert.ok(existsSync(LIBRARY) && existsSync('/usr/bin/gnome-keyring-daemon'), 'make test-node installs both');
  await strict(sandbox);
  const [home, files] = [emptyFolder(t), emptyFolder(t)];
  const key = randomBytes(32).toString('base64');
  const { access_token, refresh_token } = await answer(sandbox);
  const [given, other, lacks] = beside(home, `${KEYS}
    ${program(sandbox, files)}
    const at = (name) => new PinterestSdk.TokenManager({
      client, account: 'shop-1', store: new PinterestSdk.FileStore({ folder: ${JSON.stringify(files)}, key: PinterestSdk.keyringKey(name) }),
    });
    (async () => {
      const entry = new Entry('pinterest-sdk', 'token key');
      entry.setPassword('${key}');
      await at().adopt(${JSON.stringify({ access_token, refresh_token })});
      console.log(await at({ service: 'pinterest-sdk' }).accessToken());
      await at({ name: 'another' }).accessToken().catch(show);
      entry.deletePassword();
      await at().accessToken().catch(show);
    })();`);
  assert.equal(given, access_token);
  assert.match(lacks, /^Store .*\| the keyring has no `token key` of `pinterest-sdk`: put the key there that tokens are sealed with/);
  assert.match(other, /no `another` of `pinterest-sdk`: put/);
  const kept = readdirSync(files).map((name) => readFileSync(join(files, name), 'latin1')).join();
  assert.ok(kept.length > 0 && !kept.includes(access_token) && !kept.includes('pinr.'), kept);
  assert.equal(await managed(sandbox, new FileStore({ folder: files, key })).accessToken(), access_token);
});

test('without the library, and with other names, it says so', async (t) => {
  const folderOfFiles = emptyFolder(t);
  await managed(sandbox, new FileStore({ folder: folderOfFiles, key: randomBytes(32) })).adopt({ access_token: 'pina_1' });
  const tokens = managed(sandbox, new FileStore({ folder: folderOfFiles, key: keyringKey() }));
  await assert.rejects(tokens.accessToken(), (error) => {
    assert.equal(error.kind, 'Store');
    assert.match(error.message, /@napi-rs\/keyring is missing: npm install @napi-rs\/keyring/);
    return true;
  });
  assert.throws(() => keyringKey({ account: 'a' }), { name: 'TypeError', message: /unknown option `account`; the options are service, name/ });
  assert.throws(() => keyringKey({ name: 5 }), TypeError);
});
