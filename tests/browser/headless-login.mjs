// A person who allows everything: opens the URL in Chromium without a window, presses Allow, waits
// until the app's page is there, and says what is on it.

import { launch } from './support/browser.mjs';

const PATIENCE_MS = 30_000;

const [url] = process.argv.slice(2);
if (!url) {
  console.error('usage: headless-login URL');
  process.exit(2);
}

const browser = await launch();
try {
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(url);
  const asking = new URL(page.url());
  await page.getByRole('button', { name: 'Allow', exact: true }).click();
  await page.waitForURL(({ host }) => host !== asking.host);
  console.log((await page.locator('body').innerText()).trim());
} catch (error) {
  // The first line says what; the rest is Playwright's own.
  console.error(`headless-login: ${String(error.message).split('\n')[0]}`);
  process.exitCode = 1;
} finally {
  await browser.close();
}
