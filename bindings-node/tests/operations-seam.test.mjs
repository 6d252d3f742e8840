// Operations on a client with a `callApi` of its own, and with the tokens of a manager.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PinterestSdk } from './support/installed.mjs';
import { Sandbox } from './support/sandbox.mjs';

const { ApiClient, BoardsApi, CampaignsApi, CatalogReportsApi, CatalogsApi, MemoryStore, PinsApi, TokenManager, paginate } = PinterestSdk;
const sandbox = await Sandbox.start();
const JSON_TYPE = ['application/json'];
const USER = ['pinterest_oauth2'];

/** A client whose calls end in `answer`, and what they were. */
function mocked(answer) {
  const client = sandbox.client();
  const calls = [];
  client.callApi = (...given) => {
    calls.push(given.slice(0, 12));
    given[12](null, answer, { status: 200 });
  };
  return { calls, client };
}

test('an operation gives callApi what the published package gives it', async () => {
  await sandbox.reset();
  const { calls, client } = mocked('made up');
  const boards = new BoardsApi(client);
  assert.equal(await boards.boardsList({ pageSize: 5 }), 'made up');
  const list = ['/boards', 'GET', {}, { bookmark: undefined, page_size: 5, privacy: undefined }, {}, {}, null, USER, [], JSON_TYPE, PinterestSdk.Paginated, null];
  assert.deepEqual(calls[0], list);
  const board = { name: 'n' };
  assert.equal(await boards.boardsUpdate('1', board, { adAccountId: '2', headers: { 'X-A': 'a' } }), 'made up');
  assert.deepEqual(calls[1], ['/boards/{board_id}', 'PATCH', { board_id: '1' }, { ad_account_id: '2' }, { 'X-A': 'a' }, {}, board, USER, JSON_TYPE, JSON_TYPE, PinterestSdk.Board, null]);
  assert.equal(calls[1][6], board);
  await boards.boardsDelete('1');
  assert.deepEqual([calls[2][10], calls[2][8]], [null, []]);
  assert.deepEqual(await boards.boardsGetWithHttpInfo('1'), { data: 'made up', response: { status: 200 } });
  assert.equal((await sandbox.requests()).length, 0);
});

test('so does one that the published package has not', async () => {
  const { calls, client } = mocked({ items: [] });
  await new CampaignsApi(client).campaignsAnalytics({
    adAccountId: '1', startDate: '2022-01-01', endDate: '2022-01-02', campaignIds: ['1', '2'], columns: ['SPEND_IN_DOLLAR', 'CPM_IN_DOLLAR'], granularity: 'DAY',
  });
  const [path, method, pathParams, query] = calls[0];
  assert.deepEqual([path, method, pathParams], ['/ad_accounts/{ad_account_id}/campaigns/analytics', 'GET', { ad_account_id: '1' }]);
  assert.deepEqual([query.campaign_ids, query.columns, 'click_window_days' in query], [['1', '2'], 'SPEND_IN_DOLLAR,CPM_IN_DOLLAR', true]);
  assert.equal(calls[0][10], Object);
  await new CatalogReportsApi(client).reportsStats({ parameters: { catalog_type: 'RETAIL', report: { report_type: 'FEED_INGESTION_ISSUES', feed_id: '1' } } });
  assert.equal(calls[1][3]['parameters[report][feed_id]'], '1');
});

test('what is refused is refused there as well', async () => {
  const { calls, client } = mocked('made up');
  await assert.rejects(new BoardsApi(client).boardsGet('a/b', { checks: 'off' }), { kind: 'InvalidInput' });
  await assert.rejects(new BoardsApi(client).boardsList({ pageSize: 0 }), { kind: 'InvalidInput' });
  assert.throws(() => new BoardsApi(client).boardsCreate({ name: Number.NaN }), TypeError);
  assert.throws(() => new BoardsApi(client).boardsList({ timeout: 5 }), TypeError);
  assert.equal(calls.length, 0);
});

test('an object with a callApi is client enough', async () => {
  const seen = [];
  const client = { callApi: (...given) => { seen.push(given); given[12](null, 'made up', undefined); } };
  assert.equal(await new PinsApi(client).pinsGet('1'), 'made up');
  assert.equal(await new CatalogsApi(client).itemsGet('US', ['a'], 'en'), 'made up');
  assert.deepEqual(seen[1][3], { country: 'US', item_ids: ['a'], language: 'en' });
});

test('a callApi that goes on to the package sends the same request', async () => {
  class Own extends ApiClient {
    callApi(...given) {
      return super.callApi(...given);
    }
  }
  const calls = [
    (client) => new BoardsApi(client).boardsList({ pageSize: 5, bookmark: 'ä b&c' }),
    (client) => new BoardsApi(client).boardsCreate({ name: 'n', description: 'ä', privacy: 'PUBLIC' }),
    (client) => new BoardsApi(client).boardSectionsDelete('1', '2'),
    (client) => new PinsApi(client).pinsAnalytics('1', '2022-01-01', '2022-01-31', ['IMPRESSION', 'SAVE'], { appTypes: 'ALL' }),
    (client) => new CampaignsApi(client).campaignsList({ adAccountId: '1', campaignIds: ['1', '2'] }),
    (client) => new CatalogReportsApi(client).reportsStats({ parameters: { catalog_type: 'RETAIL', report: { report_type: 'FEED_INGESTION_ISSUES', feed_id: '1' } } }),
  ];
  for (const call of calls) {
    await sandbox.reset();
    await sandbox.script({ json: { a: 1 } }, { json: { a: 1 } });
    for (const Kind of [ApiClient, Own]) {
      const client = new Kind(`${sandbox.http}/v5`);
      client.authentications.pinterest_oauth2.accessToken = 'pina_x';
      await call(client);
    }
    const [one, other] = (await sandbox.requests()).map(({ method, path, query, headers, body }) => ({ method, path, query: query.split('&').sort(), body, headers: headers.map(([name, value]) => [name.toLowerCase(), value]).sort() }));
    assert.deepEqual(one, other);
  }
});

test('a part of callApi that a subclass replaces is used', async () => {
  await sandbox.reset();
  await sandbox.script({ json: { items: [] } }, { json: { items: [] } });
  class Own extends ApiClient {
    buildCollectionParam(list, format) {
      return list && `${format}:${list.join('|')}`;
    }

    deserialize(response) {
      return { mine: response.status };
    }
  }
  const client = new Own(`${sandbox.http}/v5`);
  assert.deepEqual(await new CampaignsApi(client).campaignsList({ adAccountId: '1', campaignIds: ['1', '2'] }), { mine: 200 });
  assert.equal(decodeURIComponent((await sandbox.requests())[0].query), 'campaign_ids=multi:1|2');
});

test('operations carry the token of a manager to no other host', async () => {
  await sandbox.reset();
  const client = sandbox.client();
  const tokens = new TokenManager({ client, store: new MemoryStore(), account: 'a', clientCredentials: 'boards:read' });
  await tokens.accessToken();
  const elsewhere = sandbox.client();
  elsewhere.basePath = client.basePath.replace('127.0.0.1', 'localhost');
  assert.notEqual(elsewhere.basePath, client.basePath);
  assert.throws(() => new BoardsApi(elsewhere).boardsList({ tokens }), { name: 'TypeError', message: /the token is for .*send it to/ });
  // It is given another address while the token is waited for.
  const moved = sandbox.client();
  const call = new BoardsApi(moved).boardsList({ tokens });
  moved.basePath = elsewhere.basePath;
  await assert.rejects(call, { name: 'TypeError', message: /the token is for .*send it to/ });
  assert.ok(!(await sandbox.requests()).some(({ path }) => path.includes('boards')));
});

test('operations carry the token of a manager, and a new one if it is refused', async () => {
  await sandbox.reset();
  const client = sandbox.client();
  const tokens = new TokenManager({ client, store: new MemoryStore(), account: 'a', clientCredentials: 'boards:read' });
  const first = await tokens.accessToken();
  await sandbox.script({ json: { items: [] } });
  await new BoardsApi(client).boardsList({ tokens });
  const authorization = async () => (await sandbox.requests()).map(({ path, headers }) => [path, headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1]]).filter(([path]) => path.includes('boards'));
  assert.deepEqual(await authorization(), [['/v5/boards', `Bearer ${first}`]]);

  await sandbox.reset();
  client.tokens = tokens;
  const again = await tokens.accessToken();
  await sandbox.script({ status: 401, json: { code: 2, message: 'Authentication failed.' } }, { pass: true }, { json: { name: 'n' } });
  assert.equal((await new BoardsApi(client).boardsCreate({ name: 'n' })).name, 'n');
  const seen = await authorization();
  assert.equal(seen[0][1], `Bearer ${again}`);
  assert.equal(seen.length, 2);
  assert.notEqual(seen[1][1], seen[0][1]);
});

test('all pages of an operation are given, items or pages', async () => {
  const pages = [{ items: [{ id: '1' }, { id: '2' }], bookmark: 'b1' }, { items: [], bookmark: 'b2' }, { items: [{ id: '3' }], bookmark: null }];
  const client = sandbox.client();
  client.authentications.pinterest_oauth2.accessToken = 'pina_x';
  const collected = async (list) => {
    const found = [];
    for await (const one of list) found.push(one);
    return found;
  };
  const scripted = async () => {
    await sandbox.reset();
    await sandbox.script(...pages.map((json) => ({ json })));
  };
  await scripted();
  assert.deepEqual(await collected(paginate(new BoardsApi(client), 'boardsList', { pageSize: 2 })), [{ id: '1' }, { id: '2' }, { id: '3' }]);
  assert.deepEqual((await sandbox.requests()).map(({ query }) => query), ['page_size=2', 'page_size=2&bookmark=b1', 'page_size=2&bookmark=b2'].map((query) => query.split('&').reverse().join('&')));
  await scripted();
  const whole = await collected(paginate(new BoardsApi(client), 'boardSectionsList', '123', { bookmark: 'b0' }).pages());
  assert.deepEqual(whole.map(({ bookmark }) => bookmark), ['b1', 'b2', null]);
  assert.deepEqual((await sandbox.requests()).map(({ path, query }) => `${path}?${query}`)[0], '/v5/boards/123/sections?bookmark=b0');
  await scripted();
  const campaigns = paginate(new CampaignsApi(client), 'campaignsList', { adAccountId: '1' });
  assert.equal((await collected(campaigns)).length, 3);
});

test('a bookmark that comes again ends the loop with an error, behind the page that has it', async () => {
  const client = sandbox.client();
  client.callApi = (...given) => given[12](null, { items: [given[3].bookmark ?? 'first'], bookmark: 'again' }, { status: 200 });
  for (const pages of [() => paginate(new BoardsApi(client), 'boardsList'), () => paginate(new BoardsApi(client), 'boardsList').pages()]) {
    const seen = [];
    await assert.rejects(async () => {
      for await (const one of pages()) seen.push(one);
    }, { name: 'ApiError', kind: 'Protocol', message: /leads to one that came before/ });
    assert.equal(seen.length, 2);
  }
  for (const answer of [null, [], 'text', { items: 'a' }, { items: null, bookmark: 'b' }]) {
    client.callApi = (...given) => given[12](null, answer, { status: 200 });
    await assert.rejects(async () => {
      for await (const one of paginate(new BoardsApi(client), 'boardsList')) assert.fail(one);
    }, { kind: 'Protocol' });
  }
});

test('a loop ends with its signal, with `break`, and with what a call fails with', async () => {
  const client = sandbox.client();
  let calls = 0;
  client.callApi = (...given) => {
    calls += 1;
    given[12](null, { items: [calls], bookmark: `b${calls}` }, { status: 200 });
  };
  const controller = new AbortController();
  const seen = [];
  await assert.rejects(async () => {
    for await (const item of paginate(new BoardsApi(client), 'boardsList', { signal: controller.signal })) {
      seen.push(item);
      if (item === 3) controller.abort();
    }
  }, { name: 'AbortError' });
  assert.deepEqual(seen, [1, 2, 3]);
  for await (const item of paginate(new BoardsApi(client), 'boardsList')) {
    if (item >= 5) break;
  }
  assert.equal(calls, 5);
  client.callApi = (...given) => given[12](new Error('broken'), null, undefined);
  await assert.rejects(paginate(new BoardsApi(client), 'boardsList').pages().next(), { message: 'broken' });
});

test('what has no pages is refused at once', () => {
  const boards = new BoardsApi(sandbox.client());
  assert.throws(() => paginate(boards, 'boardsGet', '1'), { name: 'TypeError', message: /does not answer in pages/ });
  assert.throws(() => paginate(boards, 'noSuch'), TypeError);
  assert.throws(() => paginate(undefined, 'boardsList'), TypeError);
  assert.throws(() => paginate(boards, 'boardsList', () => {}), TypeError);
  assert.throws(() => paginate(boards, 'boardsList', {}, () => {}), TypeError);
  class Mine extends BoardsApi {}
  assert.ok(paginate(new Mine(sandbox.client()), 'boardsList'));
});
