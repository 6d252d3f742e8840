// Every web example, clicked through by one person and by two.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import examples from './examples.mjs';
import { VIEWS, fits, launch, person, picture } from './support/browser.mjs';
import { Program, Sandbox, freePort } from './support/process.mjs';

const USER = 'sandbox_user';
const SECRETS = /0123456789abcdef0123456789abcdef01234567|pina_|pinr\./;

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

/** From the site's first page to Pinterest's, and what is pressed there. */
async function decide(page, site, decision) {
  await page.goto(site);
  await page.getByText('Connect with Pinterest', { exact: true }).click();
  await page.getByRole('button', { name: decision }).click();
  await page.waitForURL(site);
}

const hello = (page) => page.getByText(`Hello, ${USER}!`).waitFor();
const connect = (page) => page.getByText('Connect with Pinterest', { exact: true }).waitFor();

for (const { name, command } of examples) {
  describe(name, () => {
    let sandbox;
    let program;
    let site;

    before(async () => {
      sandbox = await Sandbox.start();
      const redirectUri = `http://localhost:${await freePort()}/callback`;
      await sandbox.register(redirectUri);
      program = new Program(command, { ...sandbox.environment, PINTEREST_REDIRECT_URI: redirectUri });
      site = await program.line((line) => line.startsWith('http://localhost:'));
      assert.equal(site, redirectUri.replace('callback', ''));
    });

    after(async () => {
      const duration = await program.stop();
      await sandbox.stop();
      assert.ok(duration < 3000, `it ends ${duration} ms after it was asked to`);
      assert.doesNotMatch(program.output, SECRETS);
    });

    for (const [view, screen] of Object.entries(VIEWS)) {
      test(`allow, greet, log out (${view})`, async () => {
        const { context, page, leave } = await person(browser, screen);
        await page.goto(site);
        await picture(page, `${name}-${view}-signed-out`);
        await fits(page);
        await decide(page, site, 'Allow');
        await hello(page);
        await picture(page, `${name}-${view}-signed-in`);
        const answer = await page.reload();
        await hello(page);
        assert.match(answer.headers()['cache-control'], /no-store/);
        assert.doesNotMatch(await answer.text(), SECRETS);
        for (const cookie of await context.cookies()) {
          assert.doesNotMatch(decodeURIComponent(cookie.value), SECRETS);
          if (cookie.domain !== 'localhost') continue;
          assert.deepEqual([cookie.httpOnly, cookie.sameSite], [true, 'Lax'], cookie.name);
        }
        await page.getByText('Log out', { exact: true }).click();
        await connect(page);
        await page.reload();
        await connect(page);
        await leave();
      });

      test(`deny says so (${view})`, async () => {
        const { page, leave } = await person(browser, screen);
        await decide(page, site, 'Deny');
        await connect(page);
        assert.match(await page.locator('body').innerText(), /access_denied/);
        await picture(page, `${name}-${view}-denied`);
        await fits(page);
        await leave();
      });
    }

    test('a second visit to the callback changes nothing', async () => {
      const { page, leave } = await person(browser, VIEWS.desktop);
      const callbacks = [];
      page.on('request', (request) => { if (request.url().includes('code=')) callbacks.push(request.url()); });
      await decide(page, site, 'Allow');
      await hello(page);
      const exchanges = await exchanged(sandbox);
      await page.goto(callbacks.at(-1));
      await page.waitForURL(site);
      await hello(page);
      assert.equal(await exchanged(sandbox), exchanges, 'no second exchange');
      await leave();
    });

    test('a callback that Pinterest never sent says so', async () => {
      const { page, leave } = await person(browser, VIEWS.desktop);
      await page.goto(`${site}callback?code=x&state=<b>y</b>`);
      await page.waitForURL(site);
      await connect(page);
      assert.ok((await page.locator('body').innerText()).length > 'Connect with Pinterest'.length + 10);
      assert.equal(await page.locator('b').count(), 0);
      await leave();
    });

    test('two people at once; neither gets in with the other\'s callback', async () => {
      const mine = await person(browser, VIEWS.desktop);
      const theirs = await person(browser, VIEWS.desktop);
      const exchanges = await exchanged(sandbox);
      for (const { page } of [mine, theirs]) {
        await page.goto(site);
        await page.getByText('Connect with Pinterest', { exact: true }).click();
        await page.getByRole('button', { name: 'Allow' }).waitFor();
      }
      const stolen = await callback(theirs);
      await mine.page.goto(stolen);
      await mine.page.waitForURL(site);
      await connect(mine.page);
      assert.match(await mine.page.locator('body').innerText(), /state/);
      assert.equal(await exchanged(sandbox), exchanges, 'nothing was exchanged');
      await theirs.page.goto(stolen);
      await hello(theirs.page);
      await decide(mine.page, site, 'Allow');
      await hello(mine.page);
      await theirs.page.getByText('Log out', { exact: true }).click();
      await connect(theirs.page);
      await mine.page.reload();
      await hello(mine.page);
      await mine.leave();
      await theirs.leave();
    });

    test('logging in gives the session a new id', async () => {
      const { context, page, leave } = await person(browser, VIEWS.desktop);
      await page.goto(site);
      await page.getByText('Connect with Pinterest', { exact: true }).click();
      const before = await ours(context);
      await page.getByRole('button', { name: 'Allow' }).click();
      await hello(page);
      const now = await ours(context);
      assert.notDeepEqual(now, before);
      // The old one does not open the door.
      const stranger = await person(browser, VIEWS.desktop);
      await stranger.context.addCookies(before);
      await stranger.page.goto(site);
      await connect(stranger.page);
      await stranger.leave();
      await leave();
    });
  });
}

/** How many exchanges of a code the sandbox has seen. */
async function exchanged(sandbox) {
  const requests = await sandbox.control('GET', 'requests');
  return requests.filter(({ path }) => path === '/v5/oauth/token').length;
}

/** Allows it, and gives the callback's URL instead of going there. */
async function callback({ context, page }) {
  const form = await page.locator('form').evaluate((element) => Object.fromEntries(new FormData(element)));
  const answer = await context.request.post(page.url(), { form: { ...form, decision: 'allow' }, maxRedirects: 0 });
  return answer.headers().location;
}

/** The site's cookies, not the sandbox's. */
async function ours(context) {
  return (await context.cookies()).filter(({ domain }) => domain === 'localhost');
}
