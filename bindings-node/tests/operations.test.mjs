// Operations of the table: their classes, what they send, and what they give.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PinterestSdk, folder, root, run } from './support/installed.mjs';
import { Sandbox } from './support/sandbox.mjs';

const { AdAccountsApi, ApiError, BoardsApi, CampaignsApi, CatalogsApi, CatalogItemsApi, CatalogReportsApi, PinsApi, UserAccountApi, failuresIn, paginate } = PinterestSdk;
const sandbox = await Sandbox.start();

/** A client with a token that may do all. */
function userClient() {
  const client = sandbox.client();
  client.authentications.pinterest_oauth2.accessToken = 'pina_of_operations';
  return client;
}

/** The last request, and how many there were. */
async function sent() {
  const requests = await sandbox.requests();
  const { method, path, query, headers, body } = requests.at(-1) ?? {};
  const authorization = headers?.find(([name]) => name.toLowerCase() === 'authorization')?.[1];
  return { count: requests.length, request: `${method} ${path}${query ? `?${query}` : ''}`, authorization, body };
}

async function answered(...answers) {
  await sandbox.reset();
  await sandbox.script(...answers);
}

/** The operations of the table's text: `{name, method, path, api, call, lines}`, without those of OAuth. */
function ofTheTable() {
  const table = readFileSync(join(root, 'core/src/operations/table/operations.txt'), 'utf8');
  const pascal = (text) => text.replace(/(?:^|[/_])(\w)/g, (_, letter) => letter.toUpperCase());
  const blocks = table.trimEnd().split(/\n(?=\S)/).slice(1);
  return blocks.map((block) => block.split('\n')).flatMap(([name, route, ...lines]) => {
    const tag = lines.find((line) => line.startsWith(' tag ')).slice(5);
    const [method, path] = route.slice(1).split(' ');
    const call = pascal(name).replace(/^./, (letter) => letter.toLowerCase());
    return tag === 'oauth' ? [] : [{ name, method, path, api: `${pascal(tag)}Api`, call, lines }];
  });
}

test('every operation of the table has a method in the class of its group, and sends a request to its path', async () => {
  const all = ofTheTable();
  assert.ok(all.length > 200);
  await sandbox.reset();
  await sandbox.control('POST', '/_sandbox/standing', { json: {} });
  const client = userClient();
  for (const { name, method, path, api, call, lines } of all) {
    const instance = new PinterestSdk[api](client);
    assert.equal(typeof instance[`${call}WithHttpInfo`], 'function', name);
    const opts = { checks: 'off' };
    for (const line of lines) {
      const [, , place, parameter] = /^ (path|query!)([,&]|\{\})? (\w+) /.exec(line) ?? [];
      if (parameter !== undefined) opts[parameter] = { ',': ['a', 'b'], '&': ['a', 'b'], '{}': { a: 'b' } }[place] ?? '7';
      if (/^ json/.test(line)) opts.body = {};
    }
    const { positional } = positionalOf(instance[call].length, opts);
    await instance[call](...positional);
    const last = (await sandbox.requests()).at(-1);
    assert.deepEqual([last.method, last.path], [method, `/v5${path.replace(/\{\w+\}/g, '7')}`], name);
    if (opts.body !== undefined) assert.equal(last.body, '{}', name);
    await sandbox.control('POST', '/_sandbox/reset', {});
    await sandbox.control('POST', '/_sandbox/standing', { json: {} });
  }
  await sandbox.control('POST', '/_sandbox/standing', null);
});

/** Arguments for a method of the published package (in order, then options) or for another (options alone). */
function positionalOf(length, opts) {
  if (length === 2) return { positional: [opts] };
  const { checks, ...given } = opts;
  const values = Object.values(given);
  return { positional: [...values.slice(0, length - 2), { checks }] };
}

test('an operation takes an object of options and gives a promise of the data as it came', async () => {
  const answer = { items: [{ id: '1', status: 'INVENTED_TOMORROW', new_field: { a: null } }], bookmark: null };
  await answered({ json: answer }, { json: answer });
  const api = new CampaignsApi(userClient());
  const data = await api.campaignsList({ adAccountId: '549755885175', campaignIds: ['1', '2'], pageSize: 5, headers: { 'X-Mine': '1' } });
  assert.deepEqual(data, answer);
  const { request, authorization } = await sent();
  assert.equal(request, 'GET /v5/ad_accounts/549755885175/campaigns?campaign_ids=1&campaign_ids=2&page_size=5');
  assert.equal(authorization, 'Bearer pina_of_operations');
  const { data: again, response } = await api.campaignsListWithHttpInfo({ ad_account_id: '549755885175', page_size: 5 });
  assert.deepEqual([again, response.status, response.body], [answer, 200, answer]);
});

test('a body goes as it is given, also where it is a list', async () => {
  await answered({ json: { items: [] } });
  const body = [{ status: 'PAUSED', name: 'a', objective_type: 'AWARENESS', ad_account_id: '549755885175' }];
  await new CampaignsApi(userClient()).campaignsCreate({ adAccountId: '549755885175', body });
  assert.equal((await sent()).body, JSON.stringify(body));
});

test('an object in the query is written with its keys in brackets', async () => {
  await answered({ json: { items: [] } });
  const parameters = { catalog_type: 'RETAIL', report: { report_type: 'FEED_INGESTION_ISSUES', feed_id: '1', processing_result_id: '2' } };
  await new CatalogReportsApi(userClient()).reportsStats({ parameters });
  const { request } = await sent();
  assert.match(decodeURIComponent(request), /\?parameters\[catalog_type\]=RETAIL&parameters\[report\]\[feed_id\]=1&parameters\[report\]\[processing_result_id\]=2/);
});

test("the published package's methods take what they took, and what is newer among their options", async () => {
  await answered({ json: { id: '1', name: 'n', pin_count: 4, privacy: 'SHARED_WITH_THE_MOON' } }, { json: {} });
  const api = new BoardsApi(userClient());
  const board = await new Promise((resolve, reject) => {
    api.boardsGet('123', (error, data) => (error ? reject(error) : resolve(data)));
  });
  assert.ok(board instanceof PinterestSdk.Board);
  assert.deepEqual({ ...board }, { id: '1', name: 'n', pin_count: 4, privacy: 'SHARED_WITH_THE_MOON' });
  assert.equal((await sent()).request, 'GET /v5/boards/123');
  assert.deepEqual({ ...(await api.boardsGet('123', { adAccountId: '549755885175' })) }, { name: undefined });
  assert.equal((await sent()).request, 'GET /v5/boards/123?ad_account_id=549755885175');
});

test('an operation that Pinterest has no more is still there', async () => {
  await answered({ json: { items: [] } });
  const data = await new CatalogsApi(userClient()).itemsGet('US', ['a', 'b'], 'en');
  assert.ok(data instanceof PinterestSdk.CatalogsItems);
  assert.equal((await sent()).request, 'GET /v5/catalogs/items?country=US&item_ids=a&item_ids=b&language=en');
});

test('a value that came after the table is given after a POST that took effect', async () => {
  const pin = { id: '1', creative_type: 'HOLOGRAM', media: { media_type: 'smell', notes: ['rose'] }, link: null };
  await answered({ status: 201, json: pin }, { status: 201, json: pin });
  const api = new PinsApi(userClient());
  const body = { board_id: '1', media_source: { source_type: 'image_url', url: 'https://example.com/a.png' } };
  const created = await api.pinsCreate(body);
  assert.ok(created instanceof PinterestSdk.Pin);
  assert.deepEqual([created.creative_type, { ...created.media }, created.link], ['HOLOGRAM', pin.media, null]);
  assert.deepEqual(await api.pinsSave({ pinId: '1', body: {} }), pin);
  assert.equal((await sent()).count, 2);
});

test('an answer of another shape is given as it came', async () => {
  const shapes = [[], ['a'], null, 'text', 0, false, { items: { a: 1 } }, { items: null }];
  const boards = new BoardsApi(userClient());
  for (const json of shapes) {
    await answered({ body: JSON.stringify(json), headers: { 'content-type': 'application/json' } }, { body: JSON.stringify(json), headers: { 'content-type': 'application/json' } });
    for (const data of [await boards.boardsList(), await new UserAccountApi(userClient()).boardsUserFollowsList()]) {
      assert.deepEqual(JSON.parse(JSON.stringify(data)), json);
    }
  }
  await answered({ status: 204 }, { status: 200, body: '' }, { status: 200, json: { deleted: true } });
  assert.equal(await boards.boardsDelete('1'), null);
  assert.equal(await boards.boardsGet('1'), null);
  assert.equal(await boards.boardsDelete('1'), null);
});

test('a text that was cut in the middle of a character makes no answer unreadable', async () => {
  const json = { headers: { 'content-type': 'application/json' } };
  await answered({ ...json, body: '{"name":"n \\ud83d"}' }, { ...json, body: '{"items":[{"exceptions":[{"code":1,"message":"\\ud83d"}]}]}' });
  const boards = new BoardsApi(userClient());
  assert.equal((await boards.boardsCreate({ name: 'n' })).name, 'n \ud83d');
  const campaigns = new CampaignsApi(userClient());
  const body = [{ ad_account_id: '1', name: 'n', objective_type: 'AWARENESS' }];
  const data = await campaigns.campaignsCreate({ adAccountId: '1', body });
  assert.equal(failuresIn(campaigns, 'campaignsCreate', data)[0].code, 1);
});

test('a field named __proto__ is a field of a model like any other', async () => {
  await answered({ body: '{"name":"n","__proto__":{"polluted":1},"constructor":2}', headers: { 'content-type': 'application/json' } });
  const board = await new BoardsApi(userClient()).boardsGet('1');
  assert.ok(board instanceof PinterestSdk.Board);
  assert.ok(Object.hasOwn(board, '__proto__'));
  assert.equal(board.polluted, undefined);
});

test('what lacks an argument throws at once, as with the published package', () => {
  const boards = new BoardsApi(userClient());
  for (const missing of [undefined, null]) {
    assert.throws(() => boards.boardsGet(missing), { name: 'Error', message: "Missing the required parameter 'boardId' when calling boardsGet" });
  }
  assert.throws(() => boards.boardSectionsUpdate('1', '2', undefined), /'boardSection' when calling boardSectionsUpdate/);
  assert.throws(() => new CampaignsApi(userClient()).campaignsList(), /'adAccountId' when calling campaignsList/);
  assert.throws(() => new CampaignsApi(userClient()).campaignsCreate({ adAccountId: '1' }), /'body' when calling campaignsCreate/);
});

test('bad input is refused in plain words, and nothing is sent', async () => {
  await sandbox.reset();
  const client = userClient();
  const boards = new BoardsApi(client);
  const campaigns = new CampaignsApi(client);
  const cycle = { name: 'n' };
  cycle.self = cycle;
  const cyclic = [];
  cyclic.push(cyclic);
  let far = '1';
  for (let level = 0; level < 20_000; level += 1) far = [far];
  const deep = JSON.parse(`${'[{"a":'.repeat(100)}1${'}]'.repeat(100)}`);
  const thrown = [
    [() => boards.boardsList({ pageSise: 5 }), /unknown option `pageSise`; the options are bookmark, pageSize,/],
    [() => boards.boardsList({ pageSize: 5, page_size: 6 }), /`pageSize` is given twice/],
    [() => boards.boardsList(5), /the options are not an object: give { bookmark, pageSize/],
    [() => boards.boardsList({ pageSize: Number.NaN }), /`pageSize` is NaN, which JSON cannot hold/],
    [() => boards.boardsList({ bookmark: () => {} }), /`bookmark` is a function/],
    [() => boards.boardsGet(Symbol('a')), /`boardId` is a symbol/],
    [() => boards.boardsGet(() => {}), /`boardId` is a function/],
    [() => boards.boardsCreate(cycle), /`board` holds itself, which JSON cannot/],
    [() => boards.boardsCreate({ name: 5n }), /`board…name` is a BigInt/],
    [() => boards.boardsCreate({ name: 'n', extra: [Number.POSITIVE_INFINITY] }), /is Infinity, which JSON cannot hold/],
    [() => boards.boardsCreate({ name: 'n', tags: new Set(['a']) }), /`board…tags` is a Set, which JSON cannot hold/],
    [() => boards.boardsCreate(new Map([['name', 'n']])), /`board` is a Map/],
    [() => boards.boardsCreate({ name: Buffer.from('n') }), /`board…name` is bytes/],
    [() => boards.boardsCreate({ name: 'n', at: new Date('someday') }), /`board…at` is a date that is none/],
    [() => campaigns.campaignsList({ adAccountId: '1', bookmark: new Date(Number.NaN) }), /`bookmark` is a date that is none/],
    [() => boards.boardsCreate({ name: new Number(Number.NaN) }), /`board…name` is NaN/],
    [() => boards.boardsCreate({ name: Symbol('n') }), /`board…name` is a symbol/],
    [() => boards.boardsUpdate('1', Promise.resolve({ name: 'n' })), /is a Promise, which JSON cannot hold/],
    [() => boards.boardsCreate({ name: 'n', at: new URLSearchParams('a=1') }), /`board…at` is a URLSearchParams/],
    [() => boards.boardsCreate({ name: 'n', at: new ArrayBuffer(1) }), /`board…at` is an ArrayBuffer/],
    [() => boards.boardsGet(cyclic), /`boardId` holds itself, which JSON cannot/],
    [() => campaigns.campaignsList({ adAccountId: '1', campaignIds: far }), /`campaignIds` is nested too deeply for JSON/],
    [() => boards.boardsList(new Map([['pageSize', 5]])), /the options are not a plain object but: Map/],
    [() => boards.boardsList(Promise.resolve({ pageSize: 5 })), /the options are not a plain object but: Promise/],
    [() => boards.boardsGet(549755885175123456), /`boardId` is 549755885175123460, a number that has lost digits/],
    [() => campaigns.campaignsList({ adAccountId: '1', campaignIds: [549755885175123456] }), /has lost digits/],
    [() => boards.boardsGet('1', {}, 'callback'), /the callback is not a function/],
    [() => boards.boardsList({ checks: 'none' }), /`checks` is none of off, usual, strict/],
    [() => boards.boardsList({ tokens: {} }), /`tokens` is not a TokenManager/],
    [() => boards.boardsList({ headers: { 'a b': '1' } }), TypeError],
  ];
  for (const [call, expected] of thrown) {
    assert.throws(call, (error) => {
      assert.ok(error instanceof TypeError, String(error));
      if (expected !== TypeError) assert.match(error.message, expected);
      return true;
    });
  }
  const refused = [
    [() => boards.boardsGet('../user_account'), /`board_id` of boards\/get/],
    [() => boards.boardsGet('a/b', { checks: 'off' }), /cannot be a part of a path/],
    [() => boards.boardsGet('..', { checks: 'off' }), /cannot be a part of a path/],
    [() => boards.boardsGet('', { checks: 'off' }), /cannot be a part of a path/],
    [() => boards.boardsList({ pageSize: 251 }), /`page_size` of boards\/list is above 250/],
    [() => boards.boardsList({ pageSize: 'many' }), /is a text, not a whole number/],
    [() => boards.boardsCreate([]), /`body` of boards\/create is a list, not an object/],
    [() => boards.boardsCreate('{"name":'), /the body of the call is not JSON/],
    [() => boards.boardsCreate({ name: 5 }), /`body.name` of boards\/create is a number, not a text/],
    [() => boards.boardsCreate({ name: 'n', description: deep }), /nested more than 127 levels deep, which cannot be sent/],
    [() => campaigns.campaignsCreate({ adAccountId: '1', body: {} }), /is an object, not a list/],
    [() => campaigns.campaignsList({ adAccountId: '1', campaignIds: 'one' }), /is a text, not a list/],
    [() => campaigns.campaignsList({ adAccountId: '1', campaignIds: Array(2) }), /`campaign_ids\[0\]` of campaigns\/list is null/],
    [() => paginate(boards, 'boardsList', { bookmark: true })[Symbol.asyncIterator]().next(), /`bookmark` of boards\/list is true or false, not a text/],
    [() => campaigns.campaignsList({ adAccountId: '1', order: 'UPWARDS', checks: 'strict' }), /none of the values that are known/],
  ];
  for (const [call, message] of refused) {
    await assert.rejects(call(), (error) => {
      assert.ok(error instanceof ApiError, String(error));
      assert.deepEqual([error.kind, error.outcome], ['InvalidInput', 'NotSent']);
      assert.match(error.message, message);
      return true;
    });
  }
  assert.equal((await sandbox.requests()).length, 0);
});

test('checks can be switched off for a call and for a client', async () => {
  await answered({ json: {} }, { json: {} }, { json: {} });
  const client = userClient();
  await new BoardsApi(client).boardsGet('a b', { checks: 'off' });
  assert.equal((await sent()).request, 'GET /v5/boards/a%20b');
  client.checks = 'off';
  await new BoardsApi(client).boardsList({ pageSize: 1000 });
  assert.equal((await sent()).request, 'GET /v5/boards?page_size=1000');
  await assert.rejects(new BoardsApi(client).boardsList({ pageSize: 1000, checks: 'usual' }), { kind: 'InvalidInput' });
});

test('ids may be numbers and counts may be texts, as with the published package', async () => {
  await answered({ json: {} }, { json: {} }, { json: [] });
  const client = userClient();
  await new BoardsApi(client).boardsGet(123);
  assert.equal((await sent()).request, 'GET /v5/boards/123');
  await new BoardsApi(client).boardSectionsList(549755885175123456n, { pageSize: '5' });
  assert.equal((await sent()).request, 'GET /v5/boards/549755885175123456/sections?page_size=5');
  await new AdAccountsApi(client).adAccountAnalytics(1, new Date('2022-01-01T00:00:00Z'), '2022-01-31', ['SPEND_IN_DOLLAR'], 'DAY', { clickWindowDays: '30' });
  assert.match((await sent()).request, /accounts\/1\/analytics\?start_date=2022-01-01T00%3A00%3A00.000Z&.*click_window_days=30/);
});

test('what only reads is asked for again as often as the client says; what changes something is not', async () => {
  const client = userClient();
  client.retries = 2;
  await answered({ status: 503 }, { status: 503 }, { json: { items: [] } });
  assert.deepEqual((await new BoardsApi(client).boardsList()).items, []);
  assert.equal((await sent()).count, 3);
  await answered({ status: 503 }, { json: {} });
  await assert.rejects(new BoardsApi(client).boardsCreate({ name: 'n' }), { status: 503 });
  assert.equal((await sent()).count, 1);
});

test('a signal and `abort` end a call', async () => {
  await answered({ json: {}, delay_ms: 2000 }, { json: {}, delay_ms: 2000 });
  const boards = new BoardsApi(userClient());
  await assert.rejects(boards.boardsList({ signal: AbortSignal.timeout(50) }), { name: 'TimeoutError' });
  const call = boards.boardsGet('1');
  setTimeout(() => call.abort(), 30);
  await assert.rejects(call, { name: 'AbortError' });
  assert.throws(() => boards.boardsList({ signal: 5 }), TypeError);
});

test('neither requiring nor importing the package loads an operation or a model', async () => {
  const look = (load) => `
    ${load}
    const { createRequire } = await import('node:module');
    const require = createRequire(import.meta.url);
    const files = Object.keys(require.cache).map((file) => file.replaceAll('\\\\', '/'));
    console.log(files.filter((file) => /apis|apiMethods|wireModels|\\.node$/.test(file)).map((file) => file.split('/').at(-1)).sort().join());`;
  const cold = await run(look("import { createRequire as make } from 'node:module'; make(import.meta.url)('pinterest-sdk');"));
  assert.deepEqual([cold.stderr, cold.stdout], ['', '\n']);
  const named = await run(look("import { BoardsApi, Board, Country } from 'pinterest-sdk'; console.assert(BoardsApi.name + Board.name + Country.name === 'BoardsApiBoardCountry');"));
  assert.deepEqual([named.stderr, named.stdout], ['', '\n']);
  const used = await run(look("import { BoardsApi } from 'pinterest-sdk'; new BoardsApi();"));
  assert.deepEqual([used.stderr, used.stdout], ['', 'apiMethods.cjs,apis.cjs\n']);
});

test('the packed package has the types and classes of all operations', () => {
  const installed = (file) => readFileSync(join(folder, 'node_modules/pinterest-sdk', file), 'utf8');
  const types = installed('operations.d.ts');
  for (const name of Object.keys(PinterestSdk).filter((one) => one.endsWith('Api') && one !== 'OauthApi')) {
    assert.ok(types.includes(`export declare class ${name} {`), name);
    for (const method of Object.getOwnPropertyNames(PinterestSdk[name].prototype)) {
      assert.ok(method === 'constructor' || types.includes(`  ${method}(`), `${name}.${method}`);
    }
  }
  assert.match(types, /type Country = "AD" \| .* \| "ZW";/);
  assert.doesNotMatch(installed('index.d.ts') + installed('index.cjs') + installed('index.mjs'), /\/\* [A-Z_]+ \*\//);
  assert.ok(new CatalogItemsApi(userClient()).itemsBatchPost);
});

test('the code of docs/operations.md runs as printed', async () => {
  await sandbox.reset();
  await sandbox.control('POST', '/_sandbox/standing', { json: { id: '7', name: 'a board', items: [{ id: '5', name: 'an item' }], bookmark: null } });
  const [, code] = /## In Node\n\n```javascript\n(.*?)```/s.exec(readFileSync(join(root, 'docs/operations.md'), 'utf8'));
  const { stdout, stderr } = await run(code, { env: { PINTEREST_API_URI: `${sandbox.http}/v5`, PINTEREST_ACCESS_TOKEN: 'pina_x' } });
  assert.deepEqual([stderr, stdout.split('\n').sort().join()], ['', ',7,an item']);
  await sandbox.control('POST', '/_sandbox/standing', null);
});
