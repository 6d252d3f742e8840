'use strict';

// ApiClient without a request: its settings, its statics, and the methods that build a request.

const { Readable } = require('node:stream');
const fs = require('node:fs');

/** Names of functions on an object, sorted. */
const functions = (object) =>
  Object.getOwnPropertyNames(object)
    .filter((name) => typeof Object.getOwnPropertyDescriptor(object, name).value === 'function')
    .filter((name) => !['constructor', 'prototype'].includes(name))
    .sort();

/** What superagent's request would be told: applyAuthToRequest is given such an object. */
function recorder() {
  const told = [];
  const record = (name) => (...args) => told.push([name, ...args]);
  return { told, auth: record('auth'), set: record('set'), query: record('query') };
}

/** What applyAuthToRequest makes of one authentication. */
function applied(sdk, authentication, names = ['one']) {
  const client = new sdk.ApiClient();
  client.authentications.one = authentication;
  const request = recorder();
  client.applyAuthToRequest(request, names);
  return request.told;
}

module.exports = {
  base_path_by_default: (sdk) => new sdk.ApiClient().basePath,

  base_path_loses_its_trailing_slashes: (sdk) =>
    ['http://h/v5/', 'http://h/v5///', 'http://h', '/', ''].map((path) => new sdk.ApiClient(path).basePath),

  base_path_that_is_not_a_string: (sdk, context) =>
    [5, null, {}].map((path) => {
      const thrown = context.thrown(() => new sdk.ApiClient(path).basePath);
      return [thrown instanceof TypeError, thrown instanceof Error];
    }),

  /** The class is callable with `new` only. */
  class_called_without_new: (sdk, context) => {
    const thrown = context.thrown(() => sdk.ApiClient());
    return thrown instanceof TypeError;
  },

  timeout_by_default: (sdk) => new sdk.ApiClient().timeout,

  default_headers_by_default: (sdk) => new sdk.ApiClient().defaultHeaders,

  default_headers_are_each_clients_own: (sdk) => {
    const [one, other] = [new sdk.ApiClient(), new sdk.ApiClient()];
    one.defaultHeaders['x-one'] = '1';
    return [one.defaultHeaders['x-one'], other.defaultHeaders['x-one']];
  },

  cache_and_cookies_by_default: (sdk) => {
    const { cache, enableCookies, requestAgent, plugins } = new sdk.ApiClient();
    return { cache, enableCookies, requestAgent, plugins };
  },

  agent_by_default: (sdk) => {
    const { agent } = new sdk.ApiClient();
    return { type: typeof agent, attaches: typeof agent?._attachCookies, saves: typeof agent?._saveCookies };
  },

  authentications_by_default: (sdk) => {
    const { authentications } = new sdk.ApiClient();
    return Object.entries(authentications).map(([name, { type }]) => [name, type]);
  },

  authentications_are_each_clients_own: (sdk) => {
    const [one, other] = [new sdk.ApiClient(), new sdk.ApiClient()];
    one.authentications.basic.username = 'u';
    return [one.authentications.basic.username, other.authentications.basic.username];
  },

  authentications_give_back_what_was_set: (sdk) => {
    const client = new sdk.ApiClient();
    client.authentications['basic'].username = 'u';
    client.authentications['basic'].password = 'p';
    client.authentications['pinterest_oauth2'].accessToken = 't';
    const { basic, pinterest_oauth2: bearer } = client.authentications;
    return [basic.username, basic.password, bearer.accessToken];
  },

  own_properties: (sdk) => Object.keys(new sdk.ApiClient()).sort(),

  methods: (sdk) => functions(sdk.ApiClient.prototype),

  statics: (sdk) => functions(sdk.ApiClient),

  instance_is_one_client: (sdk) => [
    sdk.ApiClient.instance === sdk.ApiClient.instance,
    sdk.ApiClient.instance instanceof sdk.ApiClient,
    sdk.ApiClient.instance.basePath,
  ],

  instance_can_be_replaced: (sdk) => {
    const before = sdk.ApiClient.instance;
    const mine = new sdk.ApiClient('http://mine');
    sdk.ApiClient.instance = mine;
    const used = new sdk.OauthApi().apiClient;
    sdk.ApiClient.instance = before;
    return [used === mine, new sdk.OauthApi().apiClient === before];
  },

  param_to_string: (sdk) => {
    const client = new sdk.ApiClient();
    const values = [undefined, null, '', 'text', 'é', 0, 1.5, true, false, { a: 1 }, [1, 'b'], new Date(0), 10n];
    return values.map((value) => client.paramToString(value));
  },

  param_to_string_with_its_own_to_string: (sdk) => {
    class Money {
      toString() {
        return '3 EUR';
      }
    }
    return new sdk.ApiClient().paramToString(new Money());
  },

  build_url_fills_in_and_escapes: (sdk) => {
    const client = new sdk.ApiClient('http://h/v5');
    return [
      client.buildUrl('/boards/{board_id}', { board_id: 'a b/c?d=é' }),
      client.buildUrl('boards', {}),
      client.buildUrl('/x/{a-b.c}/{missing}', { 'a-b.c': 1 }),
      client.buildUrl('/x/{when}/{what}', { when: new Date(0), what: { a: [1] } }),
    ];
  },

  build_url_with_a_base_path_of_its_own: (sdk) =>
    new sdk.ApiClient('http://h/v5').buildUrl('/oauth/token', {}, 'http://other/v6'),

  is_json_mime: (sdk) => {
    const client = new sdk.ApiClient();
    const types = [
      'application/json',
      'APPLICATION/JSON; charset=UTF8',
      'application/json-patch+json',
      'text/json',
      '',
      null,
      undefined,
    ];
    return types.map((type) => client.isJsonMime(type));
  },

  json_preferred_mime: (sdk) => {
    const client = new sdk.ApiClient();
    return [
      client.jsonPreferredMime(['text/plain', 'application/json']),
      client.jsonPreferredMime(['text/plain', 'text/html']),
      client.jsonPreferredMime([]),
    ];
  },

  is_file_param: (sdk) => {
    const client = new sdk.ApiClient();
    const stream = fs.createReadStream(__filename);
    stream.destroy();
    const values = [Buffer.from('x'), stream, new Blob(['x']), Readable.from('x'), 'x', {}, new Uint8Array(1)];
    return values.map((value) => client.isFileParam(value));
  },

  normalize_params: (sdk) => {
    const client = new sdk.ApiClient();
    const params = { none: null, absent: undefined, text: 'a', number: 1, list: ['a', 1], when: new Date(0) };
    return client.normalizeParams({ ...params, object: { a: 1 }, file: Buffer.from('x'), no: false, zero: 0 });
  },

  normalize_params_leaves_out_what_is_inherited: (sdk) =>
    new sdk.ApiClient().normalizeParams(Object.create({ inherited: 1 }, { own: { value: 2, enumerable: true } })),

  collection_formats: (sdk) => sdk.ApiClient.CollectionFormatEnum,

  collection_param_by_name: (sdk) => {
    const client = new sdk.ApiClient();
    const list = ['a', 1, null, { b: 2 }];
    return ['csv', 'ssv', 'tsv', 'pipes', 'multi', 'passthrough'].map((format) =>
      client.buildCollectionParam(list, format),
    );
  },

  collection_param_by_enum: (sdk, context) => {
    const client = new sdk.ApiClient();
    return Object.entries(sdk.ApiClient.CollectionFormatEnum).map(([name, format]) => {
      const made = context.thrown(() => client.buildCollectionParam(['a', 1], format));
      return [name, made instanceof Error ? made : made['<returned>']];
    });
  },

  collection_param_of_nothing: (sdk) => {
    const client = new sdk.ApiClient();
    return [client.buildCollectionParam(null, 'csv'), client.buildCollectionParam(undefined, 'no such format')];
  },

  collection_param_of_an_unknown_format: (sdk, context) =>
    context.thrown(() => new sdk.ApiClient().buildCollectionParam(['a'], 'commas')),

  auth_basic: (sdk) => [
    applied(sdk, { type: 'basic', username: 'u', password: 'p' }),
    applied(sdk, { type: 'basic', username: 'u' }),
    applied(sdk, { type: 'basic', password: 'p' }),
    applied(sdk, { type: 'basic' }),
  ],

  auth_bearer: (sdk) => [
    applied(sdk, { type: 'bearer', accessToken: 't' }),
    applied(sdk, { type: 'bearer', accessToken: () => 'made' }),
    applied(sdk, { type: 'bearer' }),
  ],

  auth_oauth2: (sdk) => [applied(sdk, { type: 'oauth2', accessToken: 't' }), applied(sdk, { type: 'oauth2' })],

  auth_oauth2_with_a_function: (sdk) =>
    applied(sdk, { type: 'oauth2', accessToken: () => 'made' }).map(([method, headers]) => [
      method,
      headers.Authorization.replace(/\s+/g, ' '),
    ]),

  auth_api_key: (sdk) => [
    applied(sdk, { type: 'apiKey', in: 'header', name: 'X-Key', apiKey: 'k' }),
    applied(sdk, { type: 'apiKey', in: 'query', name: 'key', apiKey: 'k', apiKeyPrefix: 'Token' }),
    applied(sdk, { type: 'apiKey', in: 'header', name: 'X-Key' }),
  ],

  auth_of_an_unknown_type: (sdk, context) => context.thrown(() => applied(sdk, { type: 'digest' })),

  auth_that_is_not_there: (sdk, context) => {
    const thrown = context.thrown(() => applied(sdk, {}, ['no such name']));
    return thrown instanceof TypeError;
  },

  deserialize: (sdk) => {
    const client = new sdk.ApiClient();
    const { OauthAccessTokenResponse } = sdk;
    return [
      client.deserialize(null, Object),
      client.deserialize({ status: 200, body: { a: 1 } }, null),
      client.deserialize({ status: 204, body: { a: 1 } }, Object),
      client.deserialize({ status: 200, body: { a: 1 } }, Object),
      client.deserialize({ status: 200, body: { access_token: 't' } }, OauthAccessTokenResponse),
      client.deserialize({ status: 200, body: ['1', 2] }, ['Number']),
      client.deserialize({ status: 200, body: null, text: 'plain' }, 'String'),
    ];
  },

  deserialize_an_empty_object: (sdk) =>
    new sdk.ApiClient().deserialize({ status: 200, body: {}, text: '{}' }, Object),

  can_be_jsonified: (sdk) =>
    [{}, [], [1, 2], 'text', '[object Object]', 5, true, null, undefined, new Date(0), () => 1].map((value) =>
      sdk.ApiClient.canBeJsonified(value),
    ),

  parse_date: (sdk) => {
    const texts = ['2024-02-03T04:05:06Z', '2024-02-03T04:05:06.789+02:00', '0', '1700000000000', 1700000000000];
    return texts.map((text) => sdk.ApiClient.parseDate(text));
  },

  parse_date_of_no_date: (sdk) => sdk.ApiClient.parseDate('tomorrow'),

  convert_to_type_plain: (sdk) => {
    const { convertToType } = sdk.ApiClient;
    return [
      convertToType(null, 'String'),
      convertToType(undefined, 'Number'),
      convertToType(5, 'String'),
      convertToType('12.5', 'Number'),
      convertToType('12.5', 'Integer'),
      convertToType('no number', 'Number'),
      convertToType('2024-02-03', 'Date'),
      convertToType('bytes', 'Blob'),
      convertToType({ a: 1 }, Object),
      convertToType('as it is', 'SomeModelName'),
    ];
  },

  convert_to_type_boolean: (sdk) =>
    ['true', 'false', '', 0, 1, true, false].map((value) => sdk.ApiClient.convertToType(value, 'Boolean')),

  convert_to_type_lists_and_maps: (sdk) => {
    const { convertToType } = sdk.ApiClient;
    return [
      convertToType(['1', '2'], ['Integer']),
      convertToType({ a: '1', b: 2 }, { String: 'Number' }),
      convertToType([{ code: '7' }], [sdk.Error]),
      convertToType({ a: [{ code: 1, message: 'm', unknown: 1 }] }, { String: [sdk.Error] }),
    ];
  },

  convert_to_type_calls_construct_from_object: (sdk) => {
    const Mine = { constructFromObject: (data) => ({ mine: data }) };
    return sdk.ApiClient.convertToType({ a: 1 }, Mine);
  },

  construct_from_object: (sdk) => {
    const list = [];
    sdk.ApiClient.constructFromObject(['1', '2'], list, 'Number');
    const map = {};
    sdk.ApiClient.constructFromObject({ a: 1 }, map, 'String');
    return { list, map };
  },

  host_settings: (sdk) => new sdk.ApiClient().hostSettings().map(({ url, variables }) => ({ url, variables })),

  host_setting_by_index: (sdk) => [
    new sdk.ApiClient().getBasePathFromSettings(0),
    new sdk.ApiClient().getBasePathFromSettings(0, { unused: 'x' }),
  ],

  host_setting_out_of_bounds: (sdk, context) =>
    [-1, 99].map((index) => context.thrown(() => new sdk.ApiClient().getBasePathFromSettings(index))),

  host_setting_with_variables_in_a_subclass: (sdk, context) => {
    class Regional extends sdk.ApiClient {
      hostSettings() {
        const region = { default_value: 'eu', enum_values: ['eu', 'us'] };
        return [{ url: 'https://{region}.example/v5', variables: { region } }];
      }
    }
    const client = new Regional();
    return [
      client.getBasePathFromSettings(0),
      client.getBasePathFromSettings(0, { region: 'us' }),
      context.thrown(() => client.getBasePathFromSettings(0, { region: 'moon' })),
    ];
  },

  subclass_keeps_its_own: (sdk) => {
    class Mine extends sdk.ApiClient {
      constructor() {
        super('http://mine/');
        this.extra = 1;
      }
    }
    const client = new Mine();
    return [client.basePath, client.extra, client instanceof sdk.ApiClient];
  },
};
