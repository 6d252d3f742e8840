'use strict';

// Each of the published package's operations: with what it has to be given, and with all that it takes.

const { methods, models } = require('../lib/published.cjs');

const MODELS = new Map(models().map((model) => [model.name, model]));

/** Arguments that Pinterest would take. */
const VALUES = {
  startDate: '2022-01-01',
  endDate: '2022-01-31',
  columns: ['SPEND_IN_MICRO_DOLLAR', 'TOTAL_CLICKTHROUGH'],
  granularity: 'DAY',
  clickWindowDays: 30,
  engagementWindowDays: 7,
  viewWindowDays: 1,
  conversionReportTime: 'TIME_OF_CONVERSION',
  pageSize: 25,
  limit: 25,
  bookmark: 'a b&c=d/é',
  order: 'ASCENDING',
  entityStatuses: ['ACTIVE', 'PAUSED'],
  includeSharedAccounts: true,
  translateInterestsToNames: false,
  metricTypes: ['IMPRESSION', 'PIN_CLICK'],
  appTypes: 'ALL',
  splitField: 'NO_SPLIT',
  fromClaimedContent: 'BOTH',
  pinFormat: 'ALL',
  country: 'US',
  language: 'en',
  itemIds: ['a', 'b,c'],
  privacy: 'PUBLIC',
  token: 'a token/with signs',
};

const FILTERS = { any_of: [{ ITEM_ID: { values: ['a'], negated: false } }] };
const FEED = { name: 'a feed', format: 'TSV', location: 'sftp://example.com/feed.tsv', default_currency: 'USD' };
const BODIES = {
  adsAnalyticsCreateAsyncRequest: { start_date: '2022-01-01', end_date: '2022-01-31', granularity: 'DAY', columns: ['SPEND_IN_MICRO_DOLLAR'], level: 'CAMPAIGN' },
  board: { name: 'a board', description: 'ä "quoted"', privacy: 'PUBLIC' },
  boardUpdate: { name: 'another', privacy: 'SECRET' },
  boardSection: { name: 'a section' },
  catalogsFeedsCreateRequest: FEED,
  catalogsFeedsUpdateRequest: { name: 'a feed', status: 'ACTIVE' },
  catalogsItemsBatchRequest: { country: 'US', language: 'en', operation: 'UPDATE', items: [{ item_id: 'a', attributes: { title: 't' } }] },
  catalogsProductGroupCreateRequest: { feed_id: '2680059592705', name: 'a group', filters: FILTERS },
  catalogsProductGroupUpdateRequest: { name: 'a group', filters: FILTERS },
  mediaUploadRequest: { media_type: 'video' },
  pin: { title: 'z before a', board_id: '1234567890', media_source: { source_type: 'image_url', url: 'https://example.com/a.png' }, alt_text: 'a' },
};

function value({ name, place }) {
  if (place === 'body') return BODIES[name];
  if (name in VALUES) return VALUES[name];
  if (/Ids$/.test(name)) return ['1234567890', '2345678901'];
  if (/Id$/.test(name)) return '1234567890';
  throw new Error(`no sample of ${name}`);
}

/** An answer with nothing that the published package has no field for. */
function answer(returns) {
  if (returns === 'Paginated') return { items: [{ id: '1' }, { id: '2' }], bookmark: 'next' };
  if (returns.startsWith('[')) return [{ AD_ACCOUNT_ID: '1', SPEND_IN_MICRO_DOLLAR: 5 }];
  if (returns === '-' || returns === 'any' || returns.startsWith('{')) return { all: { daily_metrics: [] } };
  const texts = Object.entries(MODELS.get(returns).fields).filter(([, type]) => type === 'string');
  return Object.fromEntries(texts.map(([field]) => [field, `the ${field}`]));
}

/** Calls a method, with all its options or with none in their place. */
const probe = ({ api, method, returns, arguments: all }, whole) => async (sdk, context) => {
  const client = await context.userClient();
  await context.answers({ status: 200, json: answer(returns) });
  const given = all.filter(({ required }) => required).map(value);
  const options = all.filter(({ required }) => !required).map((one) => [one.name, value(one)]);
  if (options.length > 0) given.push(whole ? Object.fromEntries(options) : null);
  const instance = new sdk[api](client);
  const { error, data } = await context.called((callback) => instance[method](...given, callback));
  return { error, data };
};

const room = {};
for (const one of methods()) {
  room[`${one.api}_${one.method}_required`] = probe(one, false);
  if (one.arguments.some(({ required }) => !required)) room[`${one.api}_${one.method}_all`] = probe(one, true);
}

/** What each method throws for each argument that it has to be given, and how many arguments it names. */
room.missing_arguments = (sdk, context) =>
  methods().flatMap(({ api, method, arguments: all }) => {
    const before = all.filter(({ required }) => required);
    const instance = new sdk[api](context.client());
    return before.map((_, at) => {
      const given = before.slice(0, at).map(value);
      const error = context.thrown(() => instance[method](...given, undefined, undefined));
      return error.message ?? error.code;
    });
  });

room.names_of_methods = (sdk) => {
  const names = [...new Set(methods().map(({ api }) => api))];
  return names.map((api) => [api, methods().filter((one) => one.api === api && typeof sdk[api].prototype[one.method] === 'function').length]);
};

/** The thirteen arguments that `callApi` is given. */
room.arguments_of_call_api = (sdk) =>
  methods().map(({ api, method, arguments: all }) => {
    const client = new sdk.ApiClient('http://127.0.0.1:1/v5');
    let given;
    client.callApi = (...parts) => {
      given = parts.slice(0, 10);
    };
    const before = all.filter(({ required }) => required).map(value);
    const options = all.filter(({ required }) => !required).map((one) => [one.name, value(one)]);
    if (options.length > 0) before.push(Object.fromEntries(options));
    new sdk[api](client)[method](...before, () => {});
    return given;
  });

/** The same without options: which of them are there without a value. */
room.arguments_of_call_api_without_options = (sdk) =>
  methods().map(({ api, method, arguments: all }) => {
    const client = new sdk.ApiClient('http://127.0.0.1:1/v5');
    let query;
    client.callApi = (...parts) => {
      query = parts[3];
    };
    const before = all.filter(({ required }) => required).map(value);
    new sdk[api](client)[method](...before, null, () => {});
    return query;
  });

/** A status of refusal. */
room.refused = async (sdk, context) => {
  const client = await context.userClient();
  await context.answers({ status: 404, json: { code: 40, message: 'Board not found.' } });
  const { error, data, response } = await context.called((callback) => new sdk.BoardsApi(client).boardsGet('1', callback));
  return [error.status, data, response?.body ?? error.response.body];
};

module.exports = room;
