// The consent page by itself: what it says, weighs and asks for, and how the keyboard gets on.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { after, before, describe, test } from 'node:test';

import { VIEWS, fits, launch, person, picture, weigh } from './support/browser.mjs';
import { Sandbox } from './support/process.mjs';

const SCOPES = 'user_accounts:read,boards:read,boards:write_secret,pins:read,some:thing';

let browser;
let sandbox;
let app;
let redirectUri;

before(async () => {
  browser = await launch();
  sandbox = await Sandbox.start();
  app = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end('<!doctype html><link rel="icon" href="data:,"><p>Back at the app');
  });
  app.listen(0, 'localhost');
  await once(app, 'listening');
  redirectUri = `http://localhost:${app.address().port}/callback`;
  await sandbox.register(redirectUri);
});

after(async () => {
  app.close();
  await browser.close();
  await sandbox.stop();
});

function asking(parameters = {}) {
  const query = { client_id: '1234567', redirect_uri: redirectUri, response_type: 'code', scope: SCOPES, state: 's&"<t' };
  return `${sandbox.address}/oauth/?${new URLSearchParams({ ...query, ...parameters })}`;
}

/** How the focused element's text reads, and whether one sees that it has the focus. */
const focused = (page) => page.evaluate(() => {
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  return [document.activeElement.textContent, outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2];
});

for (const [view, screen] of Object.entries(VIEWS)) {
  describe(view, () => {
    for (const colorScheme of ['light', 'dark']) {
      test(`it asks in plain words, fits and is light in weight (${colorScheme})`, async () => {
        const { page, leave } = await person(browser, screen, { colorScheme });
        const weight = weigh(page);
        await page.goto(asking());
        await page.getByText('Sandbox app wants to connect to your Pinterest account').waitFor();
        for (const words of ['See your account and followers', 'See your public boards', 'some:thing']) {
          await page.getByText(words).waitFor();
        }
        await fits(page);
        await picture(page, `consent-${view}-${colorScheme}`);
        assert.ok(await weight() < 50_000, `${await weight()} bytes`);
        assert.ok(await contrast(page) >= 4.5, `contrast ${await contrast(page)}`);
        await leave();
      });
    }

    test('the keyboard alone allows, and alone denies', async () => {
      for (const [decision, field] of [['Allow', 'code'], ['Deny', 'error']]) {
        const { page, leave } = await person(browser, screen);
        await page.goto(asking());
        for (let press = 0; press < 4; press += 1) {
          await page.keyboard.press('Tab');
          const [text, visible] = await focused(page);
          assert.ok(visible, text);
          if (text === decision) break;
        }
        assert.equal((await focused(page))[0], decision);
        await page.keyboard.press('Enter');
        await page.getByText('Back at the app').waitFor();
        const back = new URL(page.url());
        assert.equal(`${back.origin}${back.pathname}`, redirectUri);
        assert.ok(back.searchParams.get(field));
        assert.equal(back.searchParams.get('state'), 's&"<t');
        await leave();
      }
    });

    test('what is wrong with a request is on the page', async () => {
      for (const [name, parameters, text] of [
        ['client-id', { client_id: '' }, 'You must pass a value for client_id'],
        ['app', { client_id: 'nobody' }, 'Invalid Application ID'],
        ['redirect-uri', { redirect_uri: 'http://localhost/other' }, 'does not match any of the registered redirect URIs'],
        ['scope', { scope: '' }, 'Missing required field'],
      ]) {
        const { context, page } = await person(browser, screen);
        await page.goto(asking(parameters));
        assert.ok((await page.locator('body').innerText()).includes(text), name);
        await fits(page);
        await picture(page, `consent-${view}-wrong-${name}`);
        // Chromium complains of every page with a status of 400 and more.
        await context.close();
      }
    });
  });
}

/** The lowest contrast of any text on the page with what is behind it (WCAG 2.2 section 1.4.3). */
async function contrast(page) {
  return page.evaluate(() => {
    const rgb = (colour) => colour.match(/[\d.]+/g).map(Number);
    const light = (colour) => rgb(colour).slice(0, 3).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
    const behind = (element) => {
      const colour = getComputedStyle(element).backgroundColor;
      return rgb(colour)[3] === 0 && element.parentElement ? behind(element.parentElement) : colour;
    };
    const ratios = [...document.querySelectorAll('body *')].filter((element) => element.innerText).map((element) => {
      const [low, high] = [light(getComputedStyle(element).color), light(behind(element))].sort((a, b) => a - b);
      return (high + 0.05) / (low + 0.05);
    });
    return Math.min(...ratios);
  });
}
