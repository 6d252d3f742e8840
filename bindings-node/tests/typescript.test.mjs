// The example in TypeScript: compiled as strictly as users do, and run.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { folder, root, run } from './support/installed.mjs';
import { Sandbox } from './support/sandbox.mjs';

const sandbox = await Sandbox.start();

test('the example in TypeScript compiles, prints what it got, and says what to do', async () => {
  await sandbox.reset();
  const place = join(folder, 'typescript');
  mkdirSync(place, { recursive: true });
  copyFileSync(join(root, 'examples/node/typescript.mts'), join(place, 'program.mts'));
  const tools = join(root, 'bindings-node/node_modules');
  const strict = ['--strict', '--exactOptionalPropertyTypes', '--module', 'nodenext', '--target', 'es2022'];
  const types = ['--types', 'node', '--typeRoots', join(tools, '@types')];
  execFileSync(process.execPath, [join(tools, 'typescript/bin/tsc'), ...strict, ...types, join(place, 'program.mts')], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const source = readFileSync(join(place, 'program.mjs'), 'utf8');
  const env = { PINTEREST_API_URI: `${sandbox.http}/v5`, PINTEREST_APP_ID: '1234567', PINTEREST_APP_SECRET: '0123456789abcdef0123456789abcdef01234567' };
  const good = await run(source, { env });
  assert.deepEqual([good.code, good.stderr], [0, '']);
  assert.match(good.stdout, /^A token for user_accounts:read, valid for \d+ seconds\n$/);
  const bad = await run(source, { env: { ...env, PINTEREST_APP_SECRET: 'wrong' } });
  assert.equal(bad.code, 1);
  assert.match(bad.stderr, /What to do: check the app id and secret/);
});
