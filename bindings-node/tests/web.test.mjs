// The web example, as a person with a browser meets it.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { folder } from './support/installed.mjs';
import { decide, freePort } from './support/person.mjs';
import { Sandbox } from './support/sandbox.mjs';

const sandbox = await Sandbox.start();
const port = await freePort();
const home = `http://localhost:${port}/`;
const app = { app_id: 'web-app', app_secret: 'canary-secret', redirect_uris: [`${home}callback`] };
await sandbox.control('POST', '/_sandbox/apps', app);

/** Starts the example; gives its process, the line that it prints when it is ready, and all its output. */
async function start(changes = {}) {
  const env = {
    PATH: process.env.PATH,
    PINTEREST_APP_ID: app.app_id,
    PINTEREST_APP_SECRET: app.app_secret,
    PINTEREST_REDIRECT_URI: app.redirect_uris[0],
    PINTEREST_API_URI: `${sandbox.http}/v5`,
    PINTEREST_OAUTH_URI: `${sandbox.http}/oauth/`,
    ...changes,
  };
  const child = spawn(process.execPath, [join(folder, 'web/app.mjs')], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  after(() => child.kill('SIGKILL'));
  const output = [];
  child.stderr.on('data', (text) => output.push(String(text)));
  const lines = createInterface(child.stdout).on('line', (line) => output.push(line));
  await Promise.race([once(lines, 'line'), once(child, 'close')]);
  return { child, output };
}

const server = await start();

/** A browser with cookies of its own, which follows redirects on this site. */
class Browser {
  cookie = '';
  seen = [];

  async open(address, method = 'GET') {
    let url = new URL(address, home);
    for (let redirects = 0; redirects < 5; redirects += 1) {
      const answer = await fetch(url, { method, redirect: 'manual', headers: this.cookie ? { cookie: this.cookie } : {} });
      const text = await answer.text();
      const [set] = answer.headers.getSetCookie();
      if (set) {
        assert.match(set, /; HttpOnly/);
        assert.match(set, /; SameSite=Lax/);
        this.cookie = set.split(';', 1)[0];
      }
      this.seen.push(String(url), text, set ?? '');
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      const location = answer.headers.get('location');
      if (!location) return text;
      url = new URL(location, url);
      if (url.port !== String(port)) return String(url);
      method = 'GET';
    }
    throw new Error('too many redirects');
  }

  /** Presses the button, decides on the consent page, and gives where that leads. */
  async callback(decision) {
    return decide(await this.open('/login'), decision);
  }
}

const LINK = /<a href="\/login">Connect with Pinterest<\/a>/;

test('it says when it is ready', () => assert.deepEqual(server.output, [home]));

test('login, greeting, logout', async () => {
  const browser = new Browser();
  assert.match(await browser.open('/'), LINK);
  assert.equal(browser.cookie, '', 'a visitor needs no cookie');
  const callback = await browser.callback();
  const before = browser.cookie;
  const page = await browser.open(callback);
  assert.match(page, /Hello, sandbox_user!/);
  assert.doesNotMatch(page, LINK);
  assert.notEqual(browser.cookie, before, 'a new session after login');
  const former = Object.assign(new Browser(), { cookie: before });
  assert.match(await former.open('/'), LINK);
  assert.match(await browser.open('/'), /Hello, sandbox_user!/);
  assert.match(page, /<form method="post" action="\/logout"><button>Log out<\/button>/);
  assert.match(await browser.open('/logout', 'POST'), LINK);
  assert.match(await browser.open('/'), LINK);
});

test('a denial is told once, and the next login works', async () => {
  const browser = new Browser();
  const callback = await browser.callback('deny');
  const page = await browser.open(callback);
  assert.match(page, /access_denied.*ask again.*Connect with Pinterest/s);
  assert.doesNotMatch(await browser.open('/'), /access_denied/);
  assert.match(await browser.open(callback), /There is no login to complete here/);
  assert.match(await browser.open(await browser.callback()), /Hello, sandbox_user!/);
});

test('two browsers at once; a callback in a foreign session is refused', async () => {
  const [mine, yours] = [new Browser(), new Browser()];
  const [myCallback, yourCallback] = await Promise.all([mine.callback(), yours.callback()]);
  const foreign = new Browser();
  await foreign.callback();
  assert.match(await foreign.open(myCallback), /`state` is not the one of this authorization/);
  assert.match(await foreign.open('/'), LINK);
  const pages = await Promise.all([mine.open(myCallback), yours.open(yourCallback)]);
  for (const page of pages) assert.match(page, /Hello, sandbox_user!/);
});

test('a callback that nobody waits for, and one a second time', async () => {
  const browser = new Browser();
  assert.match(await browser.open('/callback?code=c&state=s'), /There is no login to complete here.*Connect with Pinterest/s);
  const callback = await browser.callback();
  await browser.open(callback);
  await browser.open('/logout', 'POST');
  assert.match(await browser.open(callback), /There is no login to complete here/);
});

test('what came from outside is escaped', async () => {
  const browser = new Browser();
  const state = new URL(await browser.callback()).searchParams.get('state');
  const markup = encodeURIComponent('<script>alert("1")</script>');
  const page = await browser.open(`/callback?error=${markup}&state=${state}`);
  assert.match(page, /&#60;script&#62;alert\(&#34;1&#34;\)/);
  assert.doesNotMatch(page, /<script>/);
  const other = new Browser();
  const callback = await other.callback();
  await sandbox.script({ pass: true }, { pass: true }, { json: { username: '<b>&' } });
  assert.match(await other.open(callback), /Hello, &#60;b&#62;&#38;!/);
});

test('no token is in a page, an address, a cookie or the output', async () => {
  const browser = new Browser();
  await browser.open(await browser.callback());
  const { body } = (await sandbox.requests()).findLast(({ path }) => path === '/v5/oauth/token');
  const token = (await sandbox.requests()).at(-1).headers.find(([name]) => name === 'authorization')[1].split(' ')[1];
  assert.match(token, /^pina_/);
  const seen = [...browser.seen, ...server.output].join('\n');
  for (const secret of [token, 'pinr.', 'canary-secret']) assert.ok(!seen.includes(secret), seen);
  assert.match(body, /^grant_type=authorization_code&/);
});

test('a token that ends while somebody is signed in is renewed, and one that cannot be is told', async () => {
  const lives = (seconds) => sandbox.control('PATCH', '/_sandbox/switches', { access_token_lifetime_seconds: seconds });
  const token = async () => (await sandbox.requests()).findLast(({ path }) => path === '/v5/user_account').headers.find(([name]) => name === 'authorization')[1];
  await lives(2);
  const browser = new Browser();
  assert.match(await browser.open(await browser.callback()), /Hello, sandbox_user!/);
  const first = await token();
  await sleep(2200);
  assert.match(await browser.open('/'), /Hello, sandbox_user!/);
  assert.notEqual(await token(), first);
  await lives(2_592_000);
  await sleep(2200);
  await sandbox.script({ status: 401, json: { code: 283, message: 'The authorization grant is invalid' } });
  assert.match(await browser.open('/'), /authoriz.*Connect with Pinterest/s);
  // Whoever connects again is let in, and so is their other browser.
  const other = new Browser();
  assert.match(await other.open(await other.callback()), /Hello, sandbox_user!/);
  assert.match(await browser.open('/'), /Hello, sandbox_user!/);
});

test('without an app id it does not start, and says so', async () => {
  const { child, output } = await start({ PINTEREST_APP_ID: '' });
  assert.equal(child.exitCode, 1);
  assert.match(output.join(''), /needs the app id and secret/);
});

test('a redirect URI that is the home page is refused', async () => {
  const { child, output } = await start({ PINTEREST_REDIRECT_URI: home });
  assert.equal(child.exitCode, 1);
  assert.match(output.join(''), /PINTEREST_REDIRECT_URI needs a path of its own/);
});

test('it ends promptly on SIGINT and SIGTERM, with a visitor connected', async () => {
  for (const signal of ['SIGINT', 'SIGTERM']) {
    const own = await freePort();
    const { child } = await start({ PINTEREST_REDIRECT_URI: `http://localhost:${own}/callback` });
    await fetch(`http://localhost:${own}/`);
    const started = performance.now();
    child.kill(signal);
    const [code] = await once(child, 'close');
    assert.equal(code, 0);
    assert.ok(performance.now() - started < 1000);
  }
});
