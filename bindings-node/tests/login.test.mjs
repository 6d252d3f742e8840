// Login on this machine: a listener on loopback, a page in a browser, a token.

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { PinterestSdk, root, run } from './support/installed.mjs';
import { close, decide, freePort, isFree, listen, visit } from './support/person.mjs';
import { Sandbox } from './support/sandbox.mjs';

const { ApiError, AuthorizationRequest, login, openBrowser } = PinterestSdk;
const sandbox = await Sandbox.start();
// By its name: in this variable a space would end a path.
const BROWSER = {
  BROWSER: 'browser.mjs',
  PATH: [fileURLToPath(new URL('support', import.meta.url)), dirname(process.execPath), process.env.PATH].join(':'),
};

/** An app of its own on a free port: tests of other files and languages may run at the same time. */
async function place() {
  const port = await freePort();
  const redirectUri = `http://localhost:${port}/`;
  const app_id = `app-${port}`;
  await sandbox.control('POST', '/_sandbox/apps', { app_id, app_secret: '0123456789abcdef0123456789abcdef01234567', redirect_uris: [redirectUri] });
  const client = Object.assign(sandbox.client(), { authorizationUrl: `${sandbox.http}/oauth/` });
  client.authentications.basic.username = app_id;
  return { port, client, redirectUri, request: new AuthorizationRequest({ redirectUri, scopes: ['user_accounts:read'] }) };
}

/** A program's beginning, which logs in at such a place. */
function beginning({ client, redirectUri }) {
  return `
    const PinterestSdk = require('pinterest-sdk');
    const client = new PinterestSdk.ApiClient('${sandbox.http}/v5');
    client.authorizationUrl = '${sandbox.http}/oauth/';
    Object.assign(client.authentications.basic, { username: '${client.authentications.basic.username}', password: '0123456789abcdef0123456789abcdef01234567' });
    const request = new PinterestSdk.AuthorizationRequest({ redirectUri: '${redirectUri}', scopes: 'user_accounts:read' });`;
}

/** A promise's end, which must come within a second. */
async function soon(promise) {
  const ended = await Promise.race([promise.then((value) => ({ value }), (error) => ({ error })), sleep(1000)]);
  assert.ok(ended, 'it did not end within a second');
  return ended;
}

test('a person allows it: a token, and a page that says so', async () => {
  const { port, client, request } = await place();
  let page;
  const token = await login(client, request, {
    show: (url) => {
      page = visit(url);
    },
  });
  assert.ok(token instanceof PinterestSdk.OauthAccessTokenResponseCode, inspect(token));
  const { status, text } = await page;
  assert.equal(status, 200);
  assert.match(text, /You are connected to Pinterest/);
  assert.ok(await isFree(port));
});

test('show may take as long as the person does', async () => {
  const { client, request } = await place();
  const seen = [];
  const token = await login(client, request, {
    show: async (url) => {
      seen.push(await visit(url));
    },
  });
  assert.match(token.access_token, /^pina_/);
  // Such a `show` that never ends is no hindrance either.
  const again = await login(client, request, { show: (url) => visit(url).then(() => new Promise(() => {})) });
  assert.match(again.access_token, /^pina_/);
});

test('a person denies it', async () => {
  const { port, client, request } = await place();
  let page;
  await assert.rejects(login(client, request, { show: (url) => void (page = visit(url, 'deny')) }), (error) => {
    assert.ok(error instanceof ApiError);
    assert.deepEqual([error.kind, error.outcome], ['Authorization', 'NotSent']);
    assert.match(error.message, /access_denied/);
    assert.match(error.hint, /ask again/);
    return true;
  });
  assert.match((await page).text, /That did not work/);
  assert.ok(await isFree(port));
});

test('a callback of somebody else gets an answer, and the wait goes on', async () => {
  const { client, redirectUri, request } = await place();
  const token = await login(client, request, {
    show: async (url) => {
      assert.equal((await fetch(`${redirectUri}?code=c&state=forged`)).status, 400);
      assert.equal((await fetch(`${redirectUri}favicon.ico`)).status, 404);
      await visit(url);
    },
  });
  assert.match(token.access_token, /^pina_/);
});

test('a signal ends the wait at once, and the port is free in the next line', async () => {
  const { port, client, request } = await place();
  for (let round = 0; round < 50; round += 1) {
    const controller = new AbortController();
    // Each round takes the port that the one before has left.
    const waiting = login(client, request, { show: () => {}, signal: controller.signal });
    if (round === 0) assert.equal(await isFree(port), false);
    const reason = new Error('changed my mind');
    controller.abort(reason);
    assert.equal((await soon(waiting)).error, reason, `round ${round}`);
  }
  assert.ok(await isFree(port));
});

test('what ended a login first is what it rejects with', async () => {
  const { client, request } = await place();
  const controller = new AbortController();
  let fail;
  const failing = new Promise((_resolve, reject) => {
    fail = reject;
  });
  const waiting = login(client, request, { show: () => failing, signal: controller.signal });
  controller.abort();
  fail(new Error('too late'));
  assert.equal((await soon(waiting)).error, controller.signal.reason);
});

test('a signal ends it while a visitor is talking and while show is under way', async () => {
  const { port, client, redirectUri, request } = await place();
  const controller = new AbortController();
  const waiting = login(client, request, { show: () => new Promise(() => {}), signal: controller.signal });
  assert.equal((await fetch(redirectUri)).status, 400);
  controller.abort();
  assert.equal((await soon(waiting)).error.name, 'AbortError');
  assert.ok(await isFree(port));
  // One that has fired already: nothing is opened or shown.
  const shown = [];
  const { error } = await soon(login(client, request, { show: (url) => shown.push(url), signal: controller.signal }));
  assert.equal(error, controller.signal.reason);
  assert.deepEqual(shown, []);
});

test('a signal that outlives many logins keeps nothing of them', async () => {
  const { client, request } = await place();
  const controller = new AbortController();
  let listeners = 0;
  const { signal } = controller;
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (...all) => void ((listeners += 1), addEventListener.apply(signal, all));
  signal.removeEventListener = (...all) => void ((listeners -= 1), removeEventListener.apply(signal, all));
  await login(client, request, { show: visit, signal });
  await assert.rejects(login(client, request, { show: () => Promise.reject(new Error('no screen')), signal }));
  assert.equal(listeners, 0);
});

test('show that throws or rejects ends the login with its error, and the port is free', async () => {
  const { port, client, request } = await place();
  const wrong = new RangeError('no screen');
  for (const show of [
    () => {
      throw wrong;
    },
    () => Promise.reject(wrong),
    async () => {
      await sleep(20);
      throw wrong;
    },
  ]) {
    assert.equal((await soon(login(client, request, { show }))).error, wrong);
    assert.ok(await isFree(port));
  }
});

test('a port in use is an error before anything is shown', async () => {
  const { port, client, request } = await place();
  const other = await listen(port);
  const shown = [];
  const { error } = await soon(login(client, request, { show: (url) => shown.push(url) }));
  await close(other);
  assert.ok(error instanceof ApiError);
  assert.equal(error.kind, 'InvalidInput');
  assert.ok(error.message.includes(`port ${port} is in use`), error.message);
  assert.deepEqual(shown, []);
});

test('a redirect URI that does not lead here, and arguments of a wrong type', async () => {
  const { client, request } = await place();
  const elsewhere = new AuthorizationRequest({ redirectUri: 'https://app.example/back', scopes: ['pins:read'] });
  await assert.rejects(login(client, elsewhere), { kind: 'InvalidInput', name: 'ApiError' });
  assert.throws(() => login(client, { redirectUri: 'http://localhost:1/', scopes: [] }), TypeError);
  assert.throws(() => login({}, request), { name: 'TypeError', message: 'the client is not an ApiClient' });
  assert.throws(() => login(client, request, { show: 'browser' }), TypeError);
  assert.throws(() => login(client, request, { signal: {} }), TypeError);
  assert.throws(() => login(client, request, { timeout: 5 }), TypeError);
});

test('two at once, on a port each', async () => {
  const places = await Promise.all([place(), place()]);
  const urls = [];
  const waiting = places.map(({ client, request }) => login(client, request, { show: (url) => void urls.push(url) }));
  const callbacks = await Promise.all(urls.map((url) => decide(url)));
  // One's callback at the other's port is refused.
  const strayed = new URL(callbacks[0]);
  strayed.port = places[1].port;
  assert.equal((await fetch(strayed)).status, 400);
  for (const callback of callbacks.reverse()) assert.equal((await fetch(callback)).status, 200);
  for (const token of await Promise.all(waiting)) assert.match(token.access_token, /^pina_/);
});

test('nobody comes back in time', async () => {
  const { port, client, redirectUri } = await place();
  const short = new AuthorizationRequest({ redirectUri, scopes: ['pins:read'], lifetimeSeconds: 1 });
  await assert.rejects(login(client, short, { show: () => {} }), (error) => {
    assert.deepEqual([error.kind, error.phase, error.outcome, error.timeout], ['Network', 'timeout', 'NotSent', undefined]);
    return true;
  });
  assert.ok(await isFree(port));
});

test('unless told otherwise it prints the URL and opens a browser', async () => {
  const here = await place();
  const source = `${beginning(here)}
    PinterestSdk.login(client, request).then((token) => console.log(token.constructor.name));`;
  const ended = await run(source, { extension: '.cjs', env: BROWSER });
  assert.deepEqual([ended.code, ended.stdout], [0, 'OauthAccessTokenResponseCode\n'], JSON.stringify(ended));
  assert.match(ended.stderr, /^Open this page to log in: http:\/\/127\.0\.0\.1:\d+\/oauth\/\?\S+\n$/);
  assert.ok(ended.seconds < 10, `${ended.seconds}`);
});

test('without a browser the printed URL is enough', async () => {
  const here = await place();
  const source = `${beginning(here)}
    process.stderr.write = (text) => {
      const url = text.split(' ').at(-1).trim();
      import('${new URL('support/person.mjs', import.meta.url)}').then(({ visit }) => setTimeout(visit, 300, url));
    };
    (async () => {
      const error = await PinterestSdk.openBrowser('http://localhost:1/').catch((error) => error);
      console.log(error.name, error.kind, error.hint);
      console.log((await PinterestSdk.login(client, request)).constructor.name);
    })();`;
  // An empty PATH: no browser is found.
  const { stdout } = await run(source, { extension: '.cjs', env: { PATH: '/nonexistent' } });
  assert.equal(stdout, 'ApiError Authorization open the URL by hand\nOauthAccessTokenResponseCode\n');
});

test('the browser is told no secret', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pinterest-browser-'));
  const seen = join(folder, 'seen');
  // By its name: in this variable a space would end a path.
  writeFileSync(
    join(folder, 'browser.mjs'),
    `#!/usr/bin/env node
    import { renameSync, writeFileSync } from 'node:fs';
    writeFileSync(${JSON.stringify(`${seen}.part`)}, JSON.stringify(process.env));
    renameSync(${JSON.stringify(`${seen}.part`)}, ${JSON.stringify(seen)});`,
    { mode: 0o700 },
  );
  const source = `require('pinterest-sdk').openBrowser('http://localhost:1/').then(() => console.log('opened'));`;
  const env = {
    BROWSER: 'browser.mjs',
    PATH: [folder, dirname(process.execPath), process.env.PATH].join(delimiter),
    PINTEREST_APP_SECRET: 'canary',
    Pinterest_Token: 'canary',
    KEPT: 'kept',
  };
  const { stdout } = await run(source, { extension: '.cjs', env });
  assert.equal(stdout, 'opened\n');
  const until = performance.now() + 10_000;
  while (!existsSync(seen) && performance.now() < until) await sleep(10);
  const told = readFileSync(seen, 'utf8');
  rmSync(folder, { recursive: true });
  assert.equal(JSON.parse(told).KEPT, 'kept');
  assert.ok(!told.includes('canary'), told);
});

test('openBrowser takes a URL or its text and nothing else', async () => {
  await assert.rejects(openBrowser(5), TypeError);
  await assert.rejects(openBrowser('javascript:alert(1)'), { kind: 'Authorization' });
});

test('a waiting login keeps the process alive, and Ctrl-C ends it as usual', async () => {
  const here = await place();
  const source = `${beginning(here)} PinterestSdk.login(client, request, { show: console.log }).then(console.log, console.log);`;
  const onOutput = (_url, child) => setTimeout(() => child.kill('SIGINT'), 500);
  const ended = await run(source, { extension: '.cjs', onOutput });
  assert.deepEqual([ended.signal, ended.stderr], ['SIGINT', ''], JSON.stringify(ended));
  assert.match(ended.stdout, /^http:\S+\n$/);
  assert.ok(ended.seconds > 0.5 && ended.seconds < 5, `${ended.seconds}`);
  assert.ok(await isFree(here.port));
});

test('a process with nothing else to do waits for the person', async () => {
  const here = await place();
  const source = `${beginning(here)}
    PinterestSdk.login(client, request, { show: console.log }).then((token) => console.log(token.constructor.name));`;
  let page;
  const onOutput = (text) => {
    page ??= sleep(300).then(() => visit(text.trim()));
  };
  const ended = await run(source, { extension: '.cjs', onOutput });
  assert.equal((await page).status, 200);
  assert.match(ended.stdout, /\nOauthAccessTokenResponseCode\n$/);
  assert.equal(ended.code, 0);
});

test('a program that handles Ctrl-C ends its login with a signal', async () => {
  const here = await place();
  const source = `${beginning(here)}
    const controller = new AbortController();
    process.once('SIGINT', () => controller.abort());
    const show = () => void setTimeout(() => process.kill(process.pid, 'SIGINT'), 100);
    PinterestSdk.login(client, request, { show, signal: controller.signal }).catch((error) => console.log(error.name));`;
  const ended = await run(source, { extension: '.cjs' });
  assert.deepEqual([ended.code, ended.stdout, ended.stderr], [0, 'AbortError\n', ''], JSON.stringify(ended));
  assert.ok(ended.seconds < 5, `${ended.seconds}`);
});

test('process.exit during a login does not crash', async () => {
  const here = await place();
  for (const delay of [0, 100]) {
    const source = `${beginning(here)}
      PinterestSdk.login(client, request, { show: () => void setTimeout(() => process.exit(7), ${delay}) });`;
    const ended = await run(source, { extension: '.cjs' });
    assert.deepEqual([ended.code, ended.signal, ended.stdout, ended.stderr], [7, null, '', ''], JSON.stringify(ended));
    assert.ok(await isFree(here.port));
  }
});

test('a worker thread logs in; one that is ended in mid-login frees the port', async () => {
  const here = await place();
  const source = `
    const { Worker, isMainThread, workerData, parentPort } = require('node:worker_threads');
    ${beginning(here)}
    const person = import('${new URL('support/person.mjs', import.meta.url)}');
    if (isMainThread) {
      (async () => {
        const ended = (worker) => new Promise((resolve, reject) => worker.on('error', reject).on('exit', resolve));
        for (let round = 0; round < 5; round += 1) {
          const waiting = new Worker(__filename, { workerData: 'waits' });
          await new Promise((resolve) => waiting.once('message', resolve));
          await waiting.terminate();
        }
        const { isFree } = await person;
        for (let tries = 0; tries < 100 && !(await isFree(${here.port})); tries += 1) await new Promise(setImmediate);
        const worker = new Worker(__filename, { workerData: 'logs in' });
        worker.on('message', (name) => console.log(name));
        console.log(await ended(worker));
      })();
    } else if (workerData === 'waits') {
      PinterestSdk.login(client, request, { show: () => parentPort.postMessage('shown') });
    } else {
      const show = async (url) => (await person).visit(url);
      PinterestSdk.login(client, request, { show }).then((token) => parentPort.postMessage(token.constructor.name));
    }`;
  const ended = await run(source, { extension: '.cjs' });
  assert.deepEqual([ended.stdout, ended.stderr, ended.code], ['OauthAccessTokenResponseCode\n0\n', '', 0]);
});

test('what a login gives and fails with shows no secret', async () => {
  const { client, request } = await place();
  let callback;
  const show = async (url) => {
    callback = new URL(await decide(url));
    await sandbox.script({ status: 401, json: { code: 283, message: `no ${callback.searchParams.get('code')} 0123456789abcdef0123456789abcdef01234567` } });
    await fetch(callback);
  };
  const error = await login(client, request, { show }).catch((failed) => failed);
  assert.equal(error.kind, 'InvalidGrant');
  const token = await login(client, request, { show: visit });
  const texts = [error, token].map((one) => [inspect(one, { depth: 9, showHidden: true }), String(one)]);
  texts.push(JSON.stringify(error), error.stack);
  for (const secret of ['0123456789abcdef0123456789abcdef01234567', callback.searchParams.get('code'), token.access_token, token.refresh_token]) {
    assert.ok(!texts.flat().join('\n').includes(secret), texts.join('\n'));
  }
});

test('the example greets the person by name', async () => {
  const { client, redirectUri } = await place();
  const env = {
    ...BROWSER,
    PINTEREST_APP_ID: client.authentications.basic.username,
    PINTEREST_APP_SECRET: '0123456789abcdef0123456789abcdef01234567',
    PINTEREST_REDIRECT_URI: redirectUri,
    PINTEREST_API_URI: `${sandbox.http}/v5`,
    PINTEREST_OAUTH_URI: `${sandbox.http}/oauth/`,
  };
  const source = readFileSync(join(root, 'examples/node/login.mjs'), 'utf8');
  const ended = await run(source, { env });
  assert.deepEqual([ended.code, ended.stdout], [0, 'Hello, sandbox_user!\n'], JSON.stringify(ended));
  const failed = await run(source, { env: { ...env, PINTEREST_APP_ID: '' } });
  assert.deepEqual([failed.code, failed.stdout], [1, ''], JSON.stringify(failed));
  assert.match(failed.stderr, /^`authentications\.basic\.username` \(the app id\) is not set/);
});
