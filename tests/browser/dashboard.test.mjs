// The dashboard by itself: what it shows, hides and weighs, and how it does with 100,000 requests.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { VIEWS, fits, launch, person, picture, weigh } from './support/browser.mjs';
import { DEEDS, duration } from './support/dashboard.mjs';
import { Sandbox } from './support/process.mjs';
import { many } from './support/requests.mjs';

const MANY = 100_000;

let browser;
let sandbox;
let tokens;

before(async () => {
  browser = await launch();
  sandbox = await Sandbox.start();
});

after(async () => {
  await browser.close();
  await sandbox.stop();
});

const open = (page) => page.goto(`${sandbox.address}/_sandbox/`);
// The list's, not those of what the next call gets.
const rows = (page) => page.getByRole('listbox').getByRole('option');
const row = (page, text) => rows(page).filter({ hasText: text }).first();

/** A refresh with a token of the sandbox's, as an SDK sends it, and two calls that fail. */
async function someRequests() {
  await sandbox.control('POST', 'reset');
  await sandbox.control('POST', 'codes', { code: 'a-code-of-some-length' });
  tokens = await sandbox.control('POST', 'tokens');
  const basic = Buffer.from('1234567:0123456789abcdef0123456789abcdef01234567').toString('base64');
  await fetch(`${sandbox.address}/v5/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token }),
  });
  await fetch(`${sandbox.address}/v5/boards?page_size=5&bookmark=<b>x</b>`, { headers: { authorization: 'Bearer wrong' } });
  const headers = { 'content-type': 'application/json' };
  await fetch(`${sandbox.address}/v5/pins`, { method: 'POST', headers, body: JSON.stringify({ title: '<img src=x>', access_token: 'a-secret-in-json' }) });
}

for (const [view, screen] of Object.entries(VIEWS)) {
  describe(view, () => {
    test('nothing yet: it says where to send requests', async () => {
      await sandbox.control('POST', 'reset');
      const { page, leave } = await person(browser, screen);
      const weight = weigh(page);
      await open(page);
      await page.getByText(`${sandbox.address}/v5`).waitFor();
      await picture(page, `dashboard-${view}-empty`);
      await fits(page);
      assert.ok(await weight() < 50_000, `${await weight()} bytes`);
      await leave();
    });

    for (const colorScheme of ['light', 'dark']) {
      test(`requests come by themselves, Enter opens one, secrets are hidden (${colorScheme})`, async () => {
        await sandbox.control('POST', 'reset');
        const { page, leave } = await person(browser, screen, { colorScheme });
        await open(page);
        await page.getByText('Nothing has arrived yet').waitFor();
        await someRequests();
        await row(page, '/v5/pins').waitFor();
        await picture(page, `dashboard-${view}-${colorScheme}-requests`);
        await page.getByRole('listbox').focus();
        await page.keyboard.press('End');
        await page.keyboard.press('Enter');
        const details = page.getByLabel('One request');
        await details.getByText('refresh_token', { exact: true }).first().waitFor();
        const hidden = await details.innerText();
        assert.ok(hidden.includes('1234567 : 012345678…'), hidden);
        assert.ok(!hidden.includes(tokens.refresh_token) && !hidden.includes('0123456789abcdef0123456789abcdef01234567'), hidden);
        await picture(page, `dashboard-${view}-${colorScheme}-details`);
        await fits(page);
        if (view === 'desktop') {
          await page.keyboard.press('ArrowUp');
          await details.getByText('GET /v5/boards').waitFor();
        }
        await page.keyboard.press('Escape');
        await details.waitFor({ state: 'hidden' });
        assert.equal(await page.evaluate(() => document.activeElement.id), 'list');
        await page.getByLabel('Show secrets').check();
        await row(page, '/v5/oauth/token').click();
        await details.getByText(tokens.refresh_token, { exact: true }).waitFor();
        await details.getByRole('button', { name: 'Close' }).click();
        await page.getByLabel('Show secrets').uncheck();
        await row(page, '/v5/pins').click();
        await details.getByText('<img src=x>').waitFor();
        assert.ok(!(await details.innerText()).includes('a-secret-in-json'));
        await page.keyboard.press('Escape');
        await leave();
      });

      test(`codes, tokens and apps are a key away (${colorScheme})`, async () => {
        await someRequests();
        const { page, leave } = await person(browser, screen, { colorScheme });
        await open(page);
        await page.getByRole('tab', { name: 'Requests' }).focus();
        await page.keyboard.press('ArrowRight');
        await page.getByText('refresh token').first().waitFor();
        const panel = page.locator('#tokens');
        assert.ok(!(await panel.innerText()).includes(tokens.access_token));
        await picture(page, `dashboard-${view}-${colorScheme}-tokens`);
        await fits(page);
        await page.getByLabel('Show secrets').check();
        assert.ok((await panel.innerText()).includes(tokens.access_token));
        await fits(page);
        await page.getByRole('tab', { name: 'Apps' }).click();
        await page.getByText('0123456789abcdef0123456789abcdef01234567').waitFor();
        await picture(page, `dashboard-${view}-${colorScheme}-apps`);
        await fits(page);
        await leave();
      });
    }

    test('a filter, failures only, and a log that is forgotten', async () => {
      await someRequests();
      const { page, leave } = await person(browser, screen);
      await open(page);
      await row(page, '/v5/pins').waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type('post oauth');
      await page.getByText('1 of 3').waitFor();
      assert.equal(await rows(page).count(), 1);
      await page.getByLabel('Filter the requests').fill('');
      await page.getByLabel('Failures only').check();
      await page.getByText('2 of 3').waitFor();
      await page.getByLabel('Filter the requests').fill('nowhere');
      await page.getByText('No request is like that.').waitFor();
      await page.getByLabel('Filter the requests').fill('');
      await page.getByRole('button', { name: 'Forget them' }).click();
      await page.getByText('Nothing has arrived yet').waitFor();
      await leave();
    });

    test('a row tells why, and an open one what was wanted', async () => {
      await someRequests();
      const { page, leave } = await person(browser, screen);
      await open(page);
      await row(page, 'Authentication failed.').waitFor();
      await row(page, 'refresh_token · 1234567').click();
      const details = page.getByLabel('One request');
      await details.getByText('What Pinterest wants').waitFor();
      await details.getByText('one that is valid, of this app').waitFor();
      await details.getByText('"expires_in": 2592000').waitFor();
      await leave();
    });

    test('the clock, the next answer, codes and tokens are in a person\u2019s hands', async () => {
      await someRequests();
      const { page, leave } = await person(browser, screen);
      await open(page);
      const call = () => fetch(`${sandbox.address}/v5/user_account`, { headers: { authorization: `Bearer ${tokens.access_token}` } });
      assert.equal((await call()).status, 200);
      const { now } = await sandbox.control('GET', 'clock');
      await page.getByRole('button', { name: '+30 days' }).click();
      await page.getByText('The clock went +30 days.').waitFor();
      assert.ok((await sandbox.control('GET', 'clock')).now >= now + 30 * 86_400);
      assert.equal((await call()).status, 401);
      await page.getByRole('button', { name: 'Stop' }).click();
      await page.getByRole('button', { name: 'Run' }).waitFor();
      assert.ok((await sandbox.control('GET', 'clock')).frozen);

      await page.getByLabel('What the next call gets').selectOption({ label: '429, too many requests' });
      await page.getByRole('button', { name: 'Answer the next call' }).click();
      await page.getByText('The next call gets 429').waitFor();
      await picture(page, `dashboard-${view}-deeds`);
      await fits(page);
      assert.equal((await call()).status, 429);

      tokens = await sandbox.control('POST', 'tokens');
      await page.getByRole('tab', { name: 'Tokens' }).click();
      await page.getByLabel('Show secrets').check();
      const card = (text) => page.locator('#tokens li').filter({ hasText: text });
      assert.equal((await call()).status, 200);
      await card(tokens.access_token).getByRole('button', { name: 'Expire' }).click();
      await card(tokens.access_token).getByText(', over').waitFor();
      assert.equal((await call()).status, 401);
      await card(tokens.refresh_token).getByRole('button', { name: 'Revoke' }).click();
      await card(tokens.refresh_token).waitFor({ state: 'detached' });

      await page.getByRole('tab', { name: 'Apps' }).click();
      await page.getByRole('button', { name: 'Issue a code' }).click();
      await page.getByText('A code: ').waitFor();
      await page.getByRole('tab', { name: 'Tokens' }).click();
      await page.getByRole('heading', { name: 'code' }).first().waitFor();
      await leave();
    });

    test(`${MANY} requests`, async () => {
      await sandbox.control('POST', 'reset');
      const { page, leave } = await person(browser, screen);
      await open(page);
      await many(sandbox.address, 'early', MANY);
      await page.waitForFunction((count) => document.querySelector('#list [role=option]')?.ariaSetSize === String(count), MANY);
      await picture(page, `dashboard-${view}-many`);
      assert.ok(await rows(page).count() < 100);

      for (const deed of DEEDS) {
        await duration(page, deed);
        // Only what is on the screen is drawn; `make bench` measures how long it takes.
        assert.ok(await rows(page).count() < 100, JSON.stringify(deed));
      }

      // What is being read stays where it is when more arrives, and the oldest make room.
      await duration(page, { scrollTo: 0.5 });
      const middle = `/v5/early/${MANY / 2}`;
      const place = await page.getByText(middle, { exact: true }).boundingBox();
      const weight = weigh(page);
      await many(sandbox.address, 'late', 10);
      await page.waitForTimeout(2500);
      const moved = await page.getByText(middle, { exact: true }).boundingBox();
      assert.ok(Math.abs(moved.y - place.y) <= 1, `${place.y} → ${moved.y}`);
      assert.ok(await weight() < 50_000, `${await weight()} bytes for 10 requests`);
      await page.getByRole('listbox').focus();
      await page.keyboard.press('Home');
      await page.getByText('/v5/late/10', { exact: true }).waitFor();
      await page.keyboard.press('End');
      await page.getByText('/v5/early/11', { exact: true }).waitFor();
      await page.keyboard.press('Enter');
      await page.getByLabel('One request').getByText('GET /v5/early/11').waitFor();
      await leave();
    });
  });
}
