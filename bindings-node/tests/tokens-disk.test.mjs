// Files of tokens on a disk that takes nothing: full, or not to be written to.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { text } from 'node:stream/consumers';
import { PinterestSdk, folder as installed } from './support/installed.mjs';
import { answer, emptyFolder, ended, managed, nextSecond, program, renewals, strict } from './support/managed.mjs';
import { Sandbox } from './support/sandbox.mjs';

const { FileStore } = PinterestSdk;
const sandbox = await Sandbox.start();
/** A user whom files keep out, which they do not do to root. */
const NOBODY = 65_534;

/** Runs a program that a shell prepares, and gives the lines that it printed. */
async function prepared(t, preparation, source) {
  const place = mkdtempSync(join(installed, 'program-'));
  t.after(() => rmSync(place, { recursive: true }));
  const file = join(place, 'program.cjs');
  writeFileSync(file, source);
  const command = ['-c', `${preparation} exec "$0" "$1"`, process.execPath, file];
  const child = spawn('sh', command, { env: { PATH: process.env.PATH }, stdio: ['ignore', 'pipe', 'pipe'], timeout: 30_000 });
  const [printed, complaints] = await Promise.all([text(child.stdout), text(child.stderr)]);
  assert.equal(complaints, '');
  return printed.trim().split('\n');
}

const TRIES = `
  const show = (call) => call.then((given) => console.log(given), (error) => console.log(error.kind, error.outcome, error.message));
  (async () => {
    await show(tokens.accessToken());
    await show(tokens.refresh());
    await show(tokens.accessToken());
    await show(tokens.account('shop-2').accessToken());
  })();`;

/** A folder with a token that is good, and one that is over. */
async function kept(t, key) {
  await strict(sandbox);
  const folder = emptyFolder(t);
  const tokens = managed(sandbox, new FileStore({ folder, ...(key && { key }) }));
  await tokens.account('shop-2').adopt(await ended(sandbox));
  const token = await tokens.adopt(await answer(sandbox));
  await nextSecond(sandbox);
  return { folder, token };
}

const contents = (folder) => Object.fromEntries(readdirSync(folder).filter((name) => name.includes('.json')).map((name) => [name, readFileSync(join(folder, name), 'latin1')]));

for (const [name, key] of Object.entries({ files: undefined, 'sealed files': randomBytes(32).toString('base64') })) {
  test(`a full disk: ${name} give what they have, and Pinterest is not asked for what could not be kept`, async (t) => {
    const { folder, token } = await kept(t, key);
    const before = contents(folder);
    const full = "trap '' XFSZ; ulimit -f 0;";
    const lines = await prepared(t, full, `${program(sandbox, folder, '', key)} ${TRIES}`);
    assert.deepEqual([lines[0], lines[2]], [token, token]);
    for (const refused of [lines[1], lines[3]]) assert.match(refused, /^Store NotSent /);
    assert.deepEqual(contents(folder), before);
    assert.equal(await renewals(sandbox), 0);
    assert.notEqual(await managed(sandbox, new FileStore({ folder, ...(key && { key }) })).refresh(), token);
  });
}

test('a folder that is not to be written to gives what it has, and says which it is', async (t) => {
  const { folder, token } = await kept(t);
  const isRoot = process.getuid() === 0;
  for (const name of readdirSync(folder)) {
    if (name.endsWith('.lock')) rmSync(join(folder, name));
    else if (isRoot) chownSync(join(folder, name), NOBODY, NOBODY);
  }
  if (isRoot) chownSync(folder, NOBODY, NOBODY);
  chmodSync(folder, 0o500);
  const drop = isRoot ? `process.setgid(${NOBODY}); process.setuid(${NOBODY});` : '';
  const lines = await prepared(t, '', `${program(sandbox, folder)} ${drop} ${TRIES}`).finally(() => chmodSync(folder, 0o700));
  assert.deepEqual([lines[0], lines[2]], [token, token]);
  for (const refused of [lines[1], lines[3]]) {
    assert.match(refused, /^Store NotSent /);
    assert.ok(refused.includes(folder), refused);
  }
  assert.equal(await renewals(sandbox), 0);
});
