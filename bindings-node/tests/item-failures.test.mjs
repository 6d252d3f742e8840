// What failed of the items of an answer of success.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PinterestSdk } from './support/installed.mjs';
import { Sandbox } from './support/sandbox.mjs';

const { AdGroupsApi, ApiClient, BoardsApi, CampaignsApi, CustomerListsApi, failuresIn } = PinterestSdk;
const sandbox = await Sandbox.start();

const CAMPAIGNS = {
  items: [
    { data: { id: '626736533506' }, exceptions: [] },
    { data: null, exceptions: [{ code: 2463, message: 'Invalid objective.', field: 'objective_type' }] },
    { exceptions: null },
  ],
};
const FAILED = [
  {
    place: 'items[1].exceptions[0]',
    item: 1,
    code: 2463,
    message: 'Invalid objective.',
    value: { code: 2463, message: 'Invalid objective.', field: 'objective_type' },
  },
];

function userClient() {
  const client = sandbox.client();
  client.authentications.pinterest_oauth2.accessToken = 'pina_x';
  return client;
}

async function answered(...answers) {
  await sandbox.reset();
  await sandbox.script(...answers);
}

const given = { adAccountId: '549755885175', body: [{ ad_account_id: '549755885175', name: 'n', objective_type: 'AWARENESS' }] };

test('items that failed are told beside the answer, whichever form the call has', async () => {
  await answered(...Array.from({ length: 3 }, () => ({ json: CAMPAIGNS })));
  const campaigns = new CampaignsApi(userClient());
  const { data, response } = await campaigns.campaignsCreateWithHttpInfo(given);
  assert.deepEqual(data, CAMPAIGNS);
  assert.deepEqual(response.failures, FAILED);
  const called = await new Promise((resolve) => {
    campaigns.campaignsCreate(given, (...told) => resolve(told));
  });
  assert.deepEqual([called[0], called[2].failures], [null, FAILED]);
  const alone = await campaigns.campaignsCreate(given);
  assert.deepEqual(failuresIn(campaigns, 'campaignsCreate', alone), FAILED);
  class Mine extends CampaignsApi {}
  assert.deepEqual(failuresIn(new Mine(), 'campaignsCreate', alone), FAILED);
});

test('each operation says it in its own place', () => {
  const of = (Api, method, data) => failuresIn(new Api(), method, data).map(({ place, item, code, message }) => [place, item, code, message]);
  assert.deepEqual(of(CustomerListsApi, 'customerListsGet', { exceptions: { code: 5, message: 'm' } }), [['exceptions', null, 5, 'm']]);
  assert.deepEqual(of(CustomerListsApi, 'customerListsList', { items: [{ exceptions: ['in words'] }] }), [['items[0].exceptions[0]', 0, null, 'in words']]);
  assert.deepEqual(of(AdGroupsApi, 'adGroupsUpdate', { items: [{}, { exceptions: [{ code: 'NEW' }, {}] }] }), [['items[1].exceptions[0]', 1, null, null]]);
});

test('half a character hides no failure', async () => {
  const campaigns = new CampaignsApi(userClient());
  const half = { items: [{ data: { name: 'a\ud83d' }, exceptions: [{ code: 1, message: 'b\ud83d' }] }] };
  const told = (failures) => failures.map(({ item, code, message }) => [item, code, message]);
  assert.deepEqual(told(failuresIn(campaigns, 'campaignsCreate', half)), [[0, 1, 'b\ufffd']]);
  await answered({ status: 200, body: JSON.stringify(half) });
  const { data, response } = await campaigns.campaignsCreateWithHttpInfo(given);
  assert.equal(data.items[0].data.name, 'a\ud83d');
  assert.deepEqual(told(response.failures), [[0, 1, 'b\ufffd']]);
});

test('answers of any other shape have none, and so have other operations', async () => {
  const campaigns = new CampaignsApi();
  for (const odd of [undefined, null, 5, 'text', '{"items":[{"exceptions":[{"code":1}]}]}', [], [CAMPAIGNS], { items: {} }, { items: [null, 1] }]) {
    assert.deepEqual(failuresIn(campaigns, 'campaignsCreate', odd), [], JSON.stringify(odd));
  }
  assert.deepEqual(failuresIn(new BoardsApi(), 'boardsCreate', CAMPAIGNS), []);
  assert.deepEqual(failuresIn(new PinterestSdk.CatalogsApi(), 'itemsGet', CAMPAIGNS), []);
  await answered({ status: 204 }, { status: 200, body: '' }, { status: 400, json: CAMPAIGNS }, { json: CAMPAIGNS });
  const real = new CampaignsApi(userClient());
  for (let call = 0; call < 2; call += 1) assert.deepEqual((await real.campaignsCreateWithHttpInfo(given)).response.failures, []);
  await assert.rejects(real.campaignsCreate(given), (error) => {
    assert.deepEqual(error.response.failures, []);
    return true;
  });
  const { response } = await real.apiClient.callApi('/boards', 'GET', {}, {}, {}, {}, null, ['pinterest_oauth2'], [], ['application/json'], Object);
  assert.deepEqual(response.failures, []);
});

test('an answer of a callApi of its own is read as well', async () => {
  const client = new ApiClient();
  client.callApi = (...args) => args[12](null, CAMPAIGNS, { status: 200 });
  const campaigns = new CampaignsApi(client);
  assert.deepEqual(failuresIn(campaigns, 'campaignsUpdate', await campaigns.campaignsUpdate({ ...given, checks: 'off' })), FAILED);
});

test('what is no operation, and what JSON cannot hold, is a TypeError', () => {
  const campaigns = new CampaignsApi();
  const cycle = {};
  cycle.self = cycle;
  assert.throws(() => failuresIn(campaigns, campaigns.campaignsCreate, {}), /no name of an operation: give the API and the name/);
  assert.throws(() => failuresIn(campaigns, 'noSuch', {}), { name: 'TypeError', message: /`noSuch` is no operation of this API/ });
  assert.throws(() => failuresIn(undefined, 'campaignsCreate', {}), TypeError);
  assert.throws(() => failuresIn(campaigns, 'campaignsCreate', cycle), { name: 'TypeError', message: /`data` holds itself/ });
  assert.throws(() => failuresIn(campaigns, 'campaignsCreate', { items: [1n] }), TypeError);
});
