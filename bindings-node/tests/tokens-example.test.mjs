// The example of a token manager: logged in once, and greeted ever after.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { PinterestSdk, root, run } from './support/installed.mjs';
import { emptyFolder, nextSecond, renewals, strict } from './support/managed.mjs';
import { freePort } from './support/person.mjs';
import { Sandbox } from './support/sandbox.mjs';

const sandbox = await Sandbox.start();

test('the example logs in once, greets, and greets again with a token that was renewed meanwhile', async (t) => {
  await strict(sandbox);
  const folder = emptyFolder(t);
  const redirectUri = `http://localhost:${await freePort()}/`;
  await sandbox.control('POST', '/_sandbox/redirect-uris', { redirect_uri: redirectUri });
  const { username, password } = sandbox.client().authentications.basic;
  const env = {
    BROWSER: 'browser.mjs',
    PATH: [fileURLToPath(new URL('support', import.meta.url)), dirname(process.execPath), process.env.PATH].join(':'),
    XDG_DATA_HOME: folder,
    PINTEREST_APP_ID: username,
    PINTEREST_APP_SECRET: password,
    PINTEREST_REDIRECT_URI: redirectUri,
    PINTEREST_API_URI: `${sandbox.http}/v5`,
    PINTEREST_OAUTH_URI: `${sandbox.http}/oauth/`,
  };
  const source = readFileSync(join(root, 'examples/node/tokens.mjs'), 'utf8');
  const first = await run(source, { env });
  assert.deepEqual([first.code, first.stdout.startsWith('Hello, ')], [0, true], JSON.stringify(first));
  assert.match(first.stderr, /Open this page to log in/);
  const store = new PinterestSdk.FileStore({ folder: join(folder, 'pinterest-sdk') });
  const tokens = new PinterestSdk.TokenManager({ client: sandbox.client(), store, account: 'default' });
  await sandbox.control('POST', '/_sandbox/tokens/expire', { token: await tokens.accessToken() });
  await nextSecond(sandbox);
  const again = await run(source, { env });
  assert.deepEqual([again.code, again.stdout, again.stderr.trim()], [0, first.stdout, 'Refreshed default'], JSON.stringify(again));
  assert.equal(await renewals(sandbox), 1);
});
