// Values that another realm made, as Jest has one beside Node's own: classes of the one are unknown to the other.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { PinterestSdk } from './support/installed.mjs';
import { Sandbox } from './support/sandbox.mjs';

const { BoardsApi, CampaignsApi, MemoryStore, OauthAccessTokenResponse, TokenManager } = PinterestSdk;
const sandbox = await Sandbox.start();
const foreign = runInNewContext(`({
  date: new Date(4e12), none: new Date(NaN), bytes: new Uint8Array([123, 125]), infinite: new Number(Infinity),
  board: new Uint8Array(given), buffer: new Uint8Array([123, 125]).buffer,
})`, { given: [...Buffer.from('{"name": "x"}')] });

test('a date is when a token ends', async () => {
  assert.ok(!(foreign.date instanceof Date));
  const tokens = new TokenManager({ client: sandbox.client(), store: new MemoryStore(), account: 'shop-1' });
  await tokens.adopt({ access_token: 'pina_x', expires_at: foreign.date });
  assert.equal((await tokens.status()).accessLife.expiresAt, 4e9);
  const fresh = OauthAccessTokenResponse.constructFromObject({ access_token: 'pina_y' });
  const merged = fresh.mergedWith({ refresh_token: 'pinr.x', refresh_token_expires_at: foreign.date });
  assert.equal(merged.refresh_token_expires_at, 4e9);
});

test('what callApi is given is sent as it is', async () => {
  const client = sandbox.client();
  await sandbox.script({ json: {} });
  const types = ['application/json'];
  await client.callApi('/x', 'POST', {}, { since: foreign.date }, {}, {}, foreign.bytes, [], types, types, Object, null);
  const { body, query } = (await sandbox.requests()).at(-1);
  assert.deepEqual([body, query], ['{}', 'since=2096-10-02T07%3A06%3A40.000Z']);
});

test('what an operation is given is checked as any other', async () => {
  const client = sandbox.client();
  client.authentications.pinterest_oauth2.accessToken = 'pina_x';
  await sandbox.script({ json: {} });
  await new BoardsApi(client).boardsCreate(foreign.board);
  assert.equal((await sandbox.requests()).at(-1).body, '{"name": "x"}');
  const campaigns = new CampaignsApi(client);
  const call = (value) => campaigns.campaignsCreate({ adAccountId: '1', body: [{ name: value }] });
  assert.throws(() => call(foreign.none), /is a date that is none/);
  assert.throws(() => call(foreign.infinite), /is Infinity, which JSON cannot hold/);
});

test('a body that can be sent again is, with a token in place of one that is refused', async () => {
  const tokens = new TokenManager({
    client: sandbox.client(), store: new MemoryStore(), account: 'shop-1', clientCredentials: ['pins:read'],
  });
  await tokens.accessToken();
  await sandbox.control('POST', '/_sandbox/clock', { advance_seconds: 2 });
  await sandbox.script({ status: 401, json: { code: 2, message: 'Authentication failed.' } }, { pass: true }, { json: {} });
  assert.ok(!(foreign.buffer instanceof ArrayBuffer));
  const { status } = await tokens.fetch(`${sandbox.http}/v5/pins`, { method: 'POST', body: foreign.buffer });
  assert.deepEqual([status, (await sandbox.requests()).at(-1).body], [200, '{}']);
});
