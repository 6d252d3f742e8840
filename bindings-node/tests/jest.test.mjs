// Jest as users run it: it finds no handle that a client left open.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { folder, root } from './support/installed.mjs';
import { Sandbox } from './support/sandbox.mjs';

const sandbox = await Sandbox.start();
const JEST = join(root, '.tools/jest/node_modules/jest/bin/jest.js');

const USER = `
  const PinterestSdk = require('pinterest-sdk');
  const client = new PinterestSdk.ApiClient('${sandbox.http}/v5');
  Object.assign(client.authentications.basic, { username: '1234567', password: '0123456789abcdef0123456789abcdef01234567' });
  const api = new PinterestSdk.OauthApi(client);
  const scope = 'user_accounts:read';
  test('a promise', async () => {
    expect(await api.oauthToken('client_credentials', { scope })).toHaveProperty('token_type', 'bearer');
  });
  test('a callback', (done) => {
    api.oauthToken('client_credentials', { scope }, (error) => done(error));
  });
  test('a call that is dropped', async () => {
    const call = api.oauthToken('client_credentials', { scope });
    call.abort();
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  });
  const texts = new Map();
  const own = {
    load: async (key) => texts.get(key),
    compareAndSwap: async (key, expected, text) => (texts.get(key) ?? null) === expected && Boolean(texts.set(key, text)),
    lock: async () => () => {},
  };
  describe.each([['memory', new PinterestSdk.MemoryStore()], ['own', own]])('a token manager, %s', (_name, store) => {
    const tokens = new PinterestSdk.TokenManager({ client, store, account: 'a', client_credentials: scope });
    test('renews', async () => {
      const token = await tokens.accessToken();
      expect(await tokens.accessToken()).toBe(token);
      expect((await tokens.status()).state).toBe('Fresh');
    });
    test('renews under fake timers, also years later', async () => {
      jest.useFakeTimers();
      jest.setSystemTime(Date.now() + 1e11);
      tokens.invalidate(await tokens.accessToken());
      expect(await tokens.accessToken()).toBe(await tokens.accessToken());
      jest.useRealTimers();
    });
    test('is not waited for', async () => {
      await expect(tokens.refresh({ signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
      void tokens.refresh();
    });
  });`;

test('Jest with --detectOpenHandles lists nothing and ends by itself', async () => {
  await sandbox.reset();
  const place = mkdtempSync(join(folder, 'jest-'));
  try {
    writeFileSync(join(place, 'user.test.cjs'), USER);
    writeFileSync(join(place, 'jest.config.cjs'), "module.exports = { testMatch: ['**/*.test.cjs'], haste: {} };\n");
    const args = [JEST, '--ci', '--no-watchman', '--no-cache', '--detectOpenHandles', '--rootDir', place];
    const { error, told } = await new Promise((resolve) => {
      execFile(process.execPath, args, { cwd: place, timeout: 60_000 }, (failed, stdout, stderr) => {
        resolve({ error: failed, told: `${stdout}${stderr}` });
      });
    });
    assert.equal(error, null, told);
    assert.match(told, /9 passed/);
    assert.doesNotMatch(told, /open handle/, told);
  } finally {
    rmSync(place, { recursive: true });
  }
});
