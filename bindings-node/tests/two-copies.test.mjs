// Two copies of the package in one process, as npm has them where two versions are wanted.

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { PinterestSdk as ours, folder } from './support/installed.mjs';
import { emptyFolder } from './support/managed.mjs';
import { Sandbox } from './support/sandbox.mjs';

const sandbox = await Sandbox.start();
const place = mkdtempSync(join(folder, 'copy-'));
after(() => rmSync(place, { recursive: true }));
for (const name of ['pinterest-sdk', '@pinterest-sdk']) {
  cpSync(join(folder, 'node_modules', name), join(place, 'node_modules', name), { recursive: true });
}
const other = createRequire(join(place, 'x.js'))('pinterest-sdk');

/** A client of the other copy. */
function otherClient() {
  const made = new other.ApiClient(`${sandbox.http}/v5`);
  Object.assign(made.authentications.basic, { username: '1234567', password: '0123456789abcdef0123456789abcdef01234567' });
  return made;
}

test('each copy works, and knows the errors of the other', async () => {
  assert.notEqual(ours.ApiClient, other.ApiClient);
  for (const [sdk, client] of [[ours, sandbox.client()], [other, otherClient()], [ours, otherClient()]]) {
    const api = new sdk.OauthApi(client);
    assert.equal((await api.oauthToken('client_credentials', { scope: 'pins:read' })).token_type, 'bearer');
    const error = await api.oauthToken('refresh_token', { refreshToken: 'pinr.none' }).catch((thrown) => thrown);
    assert.deepEqual([error instanceof ours.ApiError, error instanceof other.ApiError, error.kind], [true, true, 'InvalidGrant']);
  }
});

test('nothing else is such an error', () => {
  class Mine extends ours.ApiError {}
  const error = Object.create(other.ApiError.prototype);
  assert.deepEqual([error instanceof ours.ApiError, error instanceof Mine], [true, false]);
  assert.ok(Object.create(Mine.prototype) instanceof Mine);
  for (const value of [undefined, null, 1, 'x', {}, new Error('x'), { name: 'ApiError' }]) assert.ok(!(value instanceof ours.ApiError));
});

test('what the other copy made is refused, and why', async (t) => {
  const { ApiClient, AuthorizationRequest, OauthApi, TokenManager } = ours;
  const store = new ours.MemoryStore();
  const client = sandbox.client();
  const clocked = Object.assign(sandbox.client(), { clock: new other.ManualClock() });
  const request = new AuthorizationRequest({ redirectUri: 'http://localhost:8085/', scopes: ['pins:read'] });
  const theirs = new other.AuthorizationRequest({ redirectUri: 'http://localhost:8085/', scopes: ['pins:read'] });
  const words = /of this copy of pinterest-sdk but of another: load the package once/;
  const refused = {
    client: () => new TokenManager({ client: otherClient(), store, account: 'shop-1' }),
    memory: () => new TokenManager({ client, store: new other.MemoryStore(), account: 'shop-1' }),
    files: () => new TokenManager({ client, store: new other.FileStore({ folder: emptyFolder(t) }), account: 'shop-1' }),
    clock: () => new OauthApi(clocked).oauthToken('client_credentials', { scope: 'pins:read' }),
    'client of a request': () => request.start(otherClient()),
    'request of a login': () => ours.login(client, theirs),
    'subclass of a client': () => request.start(new (class extends other.ApiClient {})()),
    'api of pages': () => ours.paginate(new other.BoardsApi(client), 'boardsList'),
    'api of failures': () => ours.failuresIn(new other.CampaignsApi(client), 'campaignsCreate', {}),
  };
  for (const [what, mistake] of Object.entries(refused)) {
    await assert.rejects(async () => mistake(), (error) => error instanceof TypeError && words.test(error.message), what);
  }
  for (const value of [{}, null, 5, new ApiClient(), { constructor: null }]) {
    assert.throws(() => new TokenManager({ client, store: value ?? {}, account: 'shop-1' }), /has no method `load`/);
  }
});
