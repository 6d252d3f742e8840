// `pinterest login`: the command line opens a browser, and shows its own page at the end.

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';

import { VIEWS, fits, launch, person, picture } from './support/browser.mjs';
import { Program, ROOT, Sandbox, freePort, within } from './support/process.mjs';

const PINTEREST = process.env.PINTEREST_PROGRAM ?? 'target/release/pinterest';
const HAND_OVER = join(ROOT, 'tests/browser/support/hand-over');
const SECRETS = /0123456789abcdef0123456789abcdef01234567|pina_|pinr\./;

let browser;
let sandbox;
before(async () => {
  browser = await launch();
  sandbox = await Sandbox.start();
});
after(async () => {
  await browser.close();
  await sandbox.stop();
});

let home;
let redirectUri;
beforeEach(async () => {
  await mkdir(join(ROOT, 'build/browser'), { recursive: true });
  home = await mkdtemp(join(ROOT, 'build/browser/home-'));
  redirectUri = `http://localhost:${await freePort()}/`;
  await sandbox.register(redirectUri);
});
afterEach(() => rm(home, { recursive: true }));

/** Starts a login whose browser is `opener`. */
function login(opener) {
  return new Program([PINTEREST, 'login', '--scopes', 'user_accounts:read'], {
    ...sandbox.environment,
    PINTEREST_REDIRECT_URI: redirectUri,
    // By its name: in this variable a space would end a path.
    BROWSER: basename(opener),
    PATH: `${dirname(opener)}:${process.env.PATH}`,
    HAND_OVER_TO: join(home, 'urls'),
    HOME: home,
    XDG_DATA_HOME: join(home, 'data'),
  });
}

/** The URL that the program opened. */
async function opened() {
  const look = async () => {
    for (;;) {
      const urls = await readFile(join(home, 'urls'), 'utf8').catch(() => '');
      if (urls.endsWith('\n')) return urls.split('\n')[0];
      await new Promise((resolve) => { setTimeout(resolve, 20); });
    }
  };
  return within(10_000, 'the program opens a browser', look());
}

for (const [view, screen] of Object.entries(VIEWS)) {
  describe(view, () => {
    test('allowed: the page and the terminal say so', async () => {
      const program = login(HAND_OVER);
      const { page, leave } = await person(browser, screen);
      await page.goto(await opened());
      await page.getByRole('button', { name: 'Allow' }).click();
      await page.getByText('You are connected to Pinterest').waitFor();
      await picture(page, `login-${view}-allowed`);
      await fits(page);
      assert.deepEqual(await program.end(), { code: 0, signal: null }, program.output);
      assert.match(program.output, /sandbox_user/);
      assert.doesNotMatch(program.output, SECRETS);
      await leave();
    });

    test('denied: the page and the terminal say so', async () => {
      const program = login(HAND_OVER);
      const { page, leave } = await person(browser, screen);
      await page.goto(await opened());
      await page.getByRole('button', { name: 'Deny' }).click();
      await page.getByText('access_denied').waitFor();
      await picture(page, `login-${view}-denied`);
      await fits(page);
      assert.equal((await program.end()).code, 4, program.output);
      assert.match(program.output, /access_denied/);
      await leave();
    });

    test('another login\'s callback is turned away, and the right one still counts', async () => {
      const program = login(HAND_OVER);
      const url = await opened();
      const stranger = await person(browser, screen);
      await stranger.page.goto(`${redirectUri}?code=theirs&state=theirs`);
      await stranger.page.getByText('This is not the answer').waitFor();
      await picture(stranger.page, `login-${view}-foreign`);
      await fits(stranger.page);
      // Chromium complains of the page's status of 400, rightly.
      await stranger.context.close();
      const { page, leave } = await person(browser, screen);
      await page.goto(url);
      await page.getByRole('button', { name: 'Allow' }).click();
      await page.getByText('You are connected to Pinterest').waitFor();
      assert.equal((await program.end()).code, 0, program.output);
      await leave();
    });
  });
}

test('headless-login is a browser that allows', async () => {
  const program = login(join(ROOT, 'tests/browser/headless-login'));
  assert.equal((await program.end()).code, 0, program.output);
  assert.match(program.output, /sandbox_user/);
});

test('Ctrl-C ends a waiting login at once and frees its port', async () => {
  const program = login(HAND_OVER);
  await opened();
  assert.ok(await program.stop('SIGINT') < 1000);
  assert.equal((await program.ended).code, 130, program.output);
  await assert.rejects(fetch(redirectUri));
});
