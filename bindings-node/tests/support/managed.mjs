// What the tests of the token manager have in common.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PinterestSdk } from './installed.mjs';

const SECRET = '0123456789abcdef0123456789abcdef01234567';

/** An empty folder, gone with the test. */
export function emptyFolder(t) {
  const folder = mkdtempSync(join(tmpdir(), 'pinterest-tokens-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A sandbox at its start, where a refresh token ends once it is used. */
export async function strict(sandbox) {
  await sandbox.control('POST', '/_sandbox/reset', { rotation: 'invalidate_on_use' });
}

/** The answer to a code. */
export async function answer(sandbox) {
  const { code } = await sandbox.control('POST', '/_sandbox/codes', {});
  return sandbox.api().oauthToken('authorization_code', { code, redirectUri: 'http://localhost:8085/' });
}

/** The same, as it is when its access token has ended, and the sandbox would give another one now. */
export async function ended(sandbox) {
  const old = await answer(sandbox);
  old.expires_at = Math.floor(Date.now() / 1000) - 60;
  await nextSecond(sandbox);
  return old;
}

/** Lets the sandbox give another access token than in the second before. */
export function nextSecond(sandbox) {
  return sandbox.control('POST', '/_sandbox/clock', { advance_seconds: 2 });
}

export async function renewals(sandbox) {
  const requests = await sandbox.requests();
  return requests.filter(({ body }) => body?.includes('grant_type=refresh')).length;
}

/** A manager of an account in a store. */
export function managed(sandbox, store, options = {}) {
  return new PinterestSdk.TokenManager({ client: sandbox.client(), store, account: 'shop-1', ...options });
}

/** Waits, up to ten seconds, until something is so. */
export async function until(so) {
  for (let look = 0; look < 500; look += 1) {
    if (await so()) return;
    await sleep(20);
  }
  throw new Error('it was not so after ten seconds');
}

/** The start of a program in CommonJS, with a manager of a folder's files. */
export function program(sandbox, folder, options = '') {
  return `
    const PinterestSdk = require('pinterest-sdk');
    const client = new PinterestSdk.ApiClient('${sandbox.http}/v5');
    Object.assign(client.authentications.basic, { username: '1234567', password: '${SECRET}' });
    const store = new PinterestSdk.FileStore({ folder: ${JSON.stringify(folder)} });
    const tokens = new PinterestSdk.TokenManager({ client, store, account: 'shop-1', ${options} });`;
}
