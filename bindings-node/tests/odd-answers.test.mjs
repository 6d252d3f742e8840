// Answers that are not as they are described: each is given as it came, in both forms of a call, and the call has
// taken effect.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PinterestSdk } from './support/installed.mjs';
import { Sandbox } from './support/sandbox.mjs';

const { ApiError, Board, BoardsApi, CampaignsApi, failuresIn, Paginated, PinsApi, UserAccountApi, paginate } = PinterestSdk;
const sandbox = await Sandbox.start();

async function boards() {
  await sandbox.reset();
  const { access_token: token } = await sandbox.control('POST', '/_sandbox/tokens', { scope: 'boards:read boards:write user_accounts:read' });
  const client = sandbox.client();
  client.authentications.pinterest_oauth2.accessToken = token;
  return new BoardsApi(client);
}

const oddly = (...odd) => sandbox.script(...odd.map((one) => ({ pass: true, odd: one })));

/** Both forms of a call: what each gives. */
const FORMS = {
  promise: (api, method, ...given) => api[method](...given),
  callback: (api, method, ...given) =>
    new Promise((resolve, reject) => {
      api[method](...given, (error, data) => (error === null ? resolve(data) : reject(error)));
    }),
};

for (const [form, call] of Object.entries(FORMS)) {
  test(`what a POST answers is given whatever it is, as a ${form}`, async () => {
    const api = await boards();
    const made = async (odd) => {
      await oddly(odd);
      return call(api, 'boardsCreate', { name: odd, privacy: 'PUBLIC' });
    };
    const added = await made('new_enum_value');
    assert.ok(added instanceof Board);
    assert.equal(added.privacy, 'NEW_IN_2027');
    const more = await made('unknown_field');
    assert.ok(Object.hasOwn(more, 'new_in_2027') && more.name === 'unknown_field');
    const nulls = await made('nulls');
    assert.deepEqual([nulls.id, nulls.name], [null, null]);
    const lacking = await made('missing_fields');
    assert.equal(lacking.name, undefined);
    assert.ok(Array.isArray(await made('other_shape')));
    for (const nothing of ['204_with_body', 'no_body']) assert.equal(await made(nothing), null);
    const names = (await api.boardsList({ pageSize: 250 })).items.map(({ name }) => name);
    const all = ['new_enum_value', 'unknown_field', 'nulls', 'missing_fields', 'other_shape', '204_with_body', 'no_body'];
    assert.deepEqual(all.map((odd) => names.filter((name) => name === odd).length), all.map(() => 1));
  });

  test(`half a character of an answer spoils nothing, as a ${form}`, async () => {
    const api = await boards();
    await sandbox.script({ status: 201, body: '{"id":"1","name":"a\\ud83d"}' });
    const made = await call(api, 'boardsCreate', { name: 'a' });
    assert.deepEqual([made.id, made.name], ['1', 'a\ud83d']);
  });

  test(`neither does a number that is too large, nor depth, as a ${form}`, async () => {
    const api = await boards();
    const deep = `${'['.repeat(500)}${']'.repeat(500)}`;
    for (const [text, expected] of [
      ['1e400', Infinity],
      [deep, JSON.parse(deep)],
    ]) {
      await sandbox.script({ status: 201, body: `{"id":"1","new_in_2027":${text}}` });
      const made = await call(api, 'boardsCreate', { name: 'a' });
      assert.deepEqual([made.id, JSON.stringify(made.new_in_2027)], ['1', JSON.stringify(expected)]);
      const one = `{"data":{"name":${text}},"exceptions":[{"code":2}]}`;
      await sandbox.script({ body: `{"items":[${one}],"bookmark":"b"}` });
      const campaigns = new CampaignsApi(api.apiClient);
      const data = await call(campaigns, 'campaignsCreate', { adAccountId: '1', body: [{ ad_account_id: '1', name: 'n', objective_type: 'AWARENESS' }] });
      assert.deepEqual(
        failuresIn(campaigns, 'campaignsCreate', data).map(({ item, code }) => [item, code]),
        [[0, 2]],
      );
      await sandbox.script({ body: `{"items":[1,${text}],"bookmark":"b"}` }, { json: { items: [2], bookmark: null } });
      const items = [];
      for await (const item of paginate(api, 'boardsList')) items.push(item);
      assert.deepEqual([items[0], items.at(-1), items.length], [1, 2, 3]);
    }
  });

  test(`what is no JSON at all comes with the error, as a ${form}`, async () => {
    const api = await boards();
    await sandbox.script({ status: 201, body: '<html>made</html>', headers: { 'x-note': 'n' } });
    await assert.rejects(call(api, 'boardsCreate', { name: 'a' }), (error) => {
      assert.ok(error instanceof ApiError);
      assert.deepEqual([error.kind, error.outcome, error.status], ['Protocol', 'Unknown', 201]);
      assert.deepEqual([error.response.text, error.response.header['x-note']], ['<html>made</html>', 'n']);
      assert.ok(!error.message.includes('made'));
      return true;
    });
  });

  test(`so is a page, and the answer of a method that takes one object, as a ${form}`, async () => {
    const api = await boards();
    await oddly('new_enum_value', 'nulls', 'missing_fields', 'other_shape', 'no_body');
    const page = await call(api, 'boardsList', { pageSize: 1 });
    assert.ok(page instanceof Paginated);
    assert.equal(page.items[0].privacy, 'NEW_IN_2027');
    const nulls = await call(api, 'boardsList');
    assert.deepEqual([nulls.bookmark, nulls.items[0].id], [null, null]);
    assert.equal((await call(api, 'boardsList')).items[0].name, undefined);
    assert.ok(Array.isArray(await call(api, 'boardsList')));
    assert.equal(await call(api, 'boardsList'), null);
    await oddly('new_enum_value', 'nulls', 'other_shape', 'no_body');
    const account = new UserAccountApi(api.apiClient);
    const one = () => call(account, 'boardsUserFollowsList', {});
    assert.equal(typeof (await one()), 'object');
    assert.equal((await one()).bookmark, null);
    assert.ok(Array.isArray(await one()));
    assert.equal(await one(), null);
  });

  test(`what is not fit to be sent is refused, as a ${form}`, async () => {
    const api = await boards();
    const cycle = { name: 'n' };
    cycle.self = cycle;
    for (const given of [{ name: Number.NaN }, cycle, { name: 1n }, Symbol('a')]) {
      await assert.rejects(async () => call(api, 'boardsCreate', given), TypeError);
    }
    await assert.rejects(async () => call(api, 'boardsCreate', undefined), /Missing the required parameter 'board'/);
    await assert.rejects(async () => call(api, 'boardsList', { pageSise: 1 }), /unknown option `pageSise`/);
    const refused = [
      ['boardsGet', '..'],
      ['boardsGet', 'a/b'],
      ['boardsGet', ''],
      ['boardsGet', ['1']],
      ['boardsList', { pageSize: 251 }],
      ['boardsList', { pageSize: 0 }],
      ['boardsList', { pageSize: 1.5 }],
      ['boardsList', { pageSize: true }],
      ['boardsCreate', { name: 'n', description: 'x'.repeat(1e8) }],
      ['boardsCreate', 5],
      ['boardsCreate', '{"name":'],
      ['boardsCreate', {}],
    ];
    for (const [method, ...given] of refused) {
      await assert.rejects(call(api, method, ...given), { name: 'ApiError', kind: 'InvalidInput', outcome: 'NotSent' }, `${method} ${JSON.stringify(given).slice(0, 50)}`);
    }
    await assert.rejects(call(new PinsApi(api.apiClient), 'pinsSave', { pinId: '1/2', body: {} }), { kind: 'InvalidInput' });
    assert.equal((await sandbox.requests()).length, 0);
  });
}

test('pages end with an error where they cannot go on', async () => {
  const api = await boards();
  const again = { json: { items: [{ id: '1' }], bookmark: 'again' } };
  for (const [odd, items, ...behind] of [['same_bookmark', 2, again], ['other_shape', 0], ['no_body', 0]]) {
    await sandbox.script({ pass: true, odd }, ...behind);
    let seen = 0;
    await assert.rejects(async () => {
      for await (const item of paginate(api, 'boardsList', { pageSize: 1 })) seen += item ? 1 : 0;
    }, { kind: 'Protocol' }, odd);
    assert.equal(seen, items, odd);
  }
});
