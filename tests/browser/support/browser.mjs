// Debian's Chromium, with what every page here must keep to: no error, no other host.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

import { ROOT } from './process.mjs';

const CHROMIUM = '/usr/bin/chromium';
const PICTURES = join(ROOT, 'build/browser');
/** Chromium asks its maker's hosts for this and that at every start unless told not to. */
const FLAGS = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

/** Where every test is run. */
export const VIEWS = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
};

/** Starts Chromium with a new profile under `build/`, which goes with it. */
export async function launch() {
  if (!existsSync(CHROMIUM)) throw new Error(`${CHROMIUM} is missing: make browser-tools`);
  // Playwright puts the profile into the system's folder for such things.
  process.env.TMPDIR = join(PICTURES, 'profiles');
  mkdirSync(process.env.TMPDIR, { recursive: true });
  // Chromium's own sandbox does not work for root, nor in many containers; it only sees our own pages here.
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS, chromiumSandbox: false });
}

/** One person's browser: cookies of its own, and a list of what went wrong. */
export async function person(browser, view, options = {}) {
  const context = await browser.newContext({ ...view, ...options });
  context.setDefaultTimeout(10_000);
  const complaints = [];
  context.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol !== 'data:' && !['localhost', '127.0.0.1'].includes(hostname)) complaints.push(request.url());
  });
  context.on('console', (message) => {
    // Chromium asks every site for an icon and says so if there is none; that is no fault of a page.
    if (message.location().url.endsWith('/favicon.ico')) return;
    if (message.type() === 'error') complaints.push(message.text());
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
  const page = await context.newPage();
  return {
    context,
    page,
    /** Ends it; fails if any page complained or asked another host for something. */
    async leave() {
      await context.close();
      assert.deepEqual(complaints, []);
    },
  };
}

/** Keeps what is on the screen as `build/browser/NAME.png`, for eyes. */
export async function picture(page, name) {
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

/** Fails if something sticks out at the side, so that a phone would scroll sideways. */
export async function fits(page) {
  // Not `innerWidth`: a phone zooms out from what is too wide, and then has more of it.
  const { width } = page.viewportSize();
  const content = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(content <= width, `${content} px of content on ${width} px: ${page.url()}`);
}

/** Counts the bytes of every answer from now on. */
export function weigh(page) {
  const answers = [];
  page.on('response', (response) => answers.push(response.body().then((body) => body.length, () => 0)));
  return async () => (await Promise.all(answers)).reduce((sum, length) => sum + length, 0);
}
