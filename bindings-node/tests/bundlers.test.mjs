// Bundles made with the settings that the README names run beside the installed package.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { folder, root, run } from './support/installed.mjs';
import { Sandbox } from './support/sandbox.mjs';

const sandbox = await Sandbox.start();
const require = createRequire(join(root, 'bindings-node/package.json'));
const README = readFileSync(join(root, 'bindings-node/README.md'), 'utf8');

const SOURCE = `
  import PinterestSdk, { Board, BoardsApi, OauthApi } from 'pinterest-sdk';
  const client = new PinterestSdk.ApiClient(process.env.PINTEREST_API_URI);
  Object.assign(client.authentications.basic, { username: '1234567', password: '0123456789abcdef0123456789abcdef01234567' });
  new OauthApi(client).oauthToken('client_credentials', { scope: 'user_accounts:read' }, (error, data) => {
    console.log(error ?? [data.token_type, data instanceof PinterestSdk.OauthAccessTokenResponse, typeof new BoardsApi(client).boardsList, new Board('n').name].join());
  });`;

/** A row of the README's table as the settings that it shows. */
function documented(bundler) {
  const row = README.split('\n').find((line) => line.startsWith(`| ${bundler} |`));
  const settings = [...row.matchAll(/`(\w+: [^`]+)`/g)].map(([, setting]) => setting);
  return new Function(`return { ${settings.join(', ')} };`)();
}

/** Writes the program and has `bundle(entry, output, place)` make one file of it, which is then run. */
async function bundled(name, bundle) {
  await sandbox.reset();
  const place = join(folder, `bundle-${name}`);
  mkdirSync(place, { recursive: true });
  const entry = join(place, 'entry.mjs');
  writeFileSync(entry, SOURCE);
  await bundle(entry, 'bundle.cjs', place);
  const source = readFileSync(join(place, 'bundle.cjs'), 'utf8');
  const { code, stdout, stderr } = await run(source, { extension: '.cjs', env: { PINTEREST_API_URI: `${sandbox.http}/v5` } });
  assert.deepEqual([code, stdout, stderr], [0, 'bearer,true,function,n\n', '']);
}

test('esbuild', async () => {
  const { build } = require('esbuild');
  await bundled('esbuild', (entry, output, place) =>
    build({ entryPoints: [entry], bundle: true, outfile: join(place, output), ...documented('esbuild') }));
});

test('webpack', async () => {
  const webpack = require('webpack');
  await bundled('webpack', async (entry, filename, path) => {
    const settings = { mode: 'production', entry, output: { path, filename }, ...documented('webpack') };
    const stats = await new Promise((resolve, reject) => {
      webpack(settings, (error, made) => (error ? reject(error) : resolve(made)));
    });
    assert.equal(stats.hasErrors(), false, stats.toString());
  });
});

test('Next.js takes the name of the package', () => {
  assert.deepEqual(documented('Next.js'), { serverExternalPackages: ['pinterest-sdk'] });
});
