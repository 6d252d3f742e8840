'use strict';

// callApi: any endpoint. It is how programs got past the published oauthToken, too.

const fs = require('node:fs');
const http = require('node:http');

const { callApi } = require('../lib/context.cjs');
const { isMissing } = require('../lib/missing.cjs');

const FORM = ['application/x-www-form-urlencoded'];
const JSON_TYPE = ['application/json'];

/** One call with a scripted answer. */
async function answered(context, answer, options, client = context.client()) {
  await context.answers(answer);
  return context.call(client, options);
}

/** A probe of how one call looks on the wire. */
const sent = (options) => async (sdk, context) => {
  const { error } = await answered(context, { status: 200, json: {} }, typeof options === 'function' ? options() : options);
  return error;
};

/** A probe of what becomes of an answer for a return type. */
const read = (json, returnType) => async (sdk, context) => {
  const type = typeof returnType === 'string' && sdk[returnType] ? sdk[returnType] : returnType;
  const { error, data } = await answered(context, { status: 200, json }, { returnType: type });
  return error ? [error, data] : data;
};

/** A probe of one authentication. */
const authenticated = (authentication) => async (sdk, context) => {
  const client = context.client();
  client.authentications.one = authentication;
  const { error } = await answered(context, { status: 200, json: {} }, { auth: ['one'] }, client);
  return error;
};

module.exports = {
  user_account: async (sdk, context) => {
    const client = await context.userClient();
    const { error, data, response } = await context.call(client, { auth: ['pinterest_oauth2'] });
    return [error, Object.keys(data).sort(), response.status];
  },

  user_account_without_the_scope: async (sdk, context) => {
    const client = await context.userClient('boards:read');
    const { error, data } = await context.call(client, { auth: ['pinterest_oauth2'] });
    return [error.status, error.response.body.code, data];
  },

  boards_page_by_page: async (sdk, context) => {
    const client = await context.userClient();
    const pages = [];
    let bookmark;
    do {
      const query = { page_size: 25, bookmark };
      const { data } = await context.call(client, { path: '/boards', query, auth: ['pinterest_oauth2'] });
      pages.push(data.items.length);
      bookmark = data.bookmark ?? undefined;
    } while (bookmark !== undefined && pages.length < 20);
    return pages;
  },

  code_exchange: async (sdk, context) => {
    await context.control('POST', 'codes', { code: 'the-code' });
    const form = { grant_type: 'authorization_code', code: 'the-code', redirect_uri: 'http://localhost:8085/' };
    const request = { path: '/oauth/token', method: 'POST', form, auth: ['basic'], contentTypes: FORM };
    const { error, data } = await context.call(context.appClient(), request);
    return [error, data.response_type, typeof data.refresh_token];
  },

  code_exchange_into_the_model: async (sdk, context) => {
    await context.control('POST', 'codes', { code: 'the-code' });
    const form = { grant_type: 'authorization_code', code: 'the-code', redirect_uri: 'http://localhost:8085/' };
    const returnType = sdk.OauthAccessTokenResponseCode;
    const request = { path: '/oauth/token', method: 'POST', form, auth: ['basic'], contentTypes: FORM, returnType };
    const { data } = await context.call(context.appClient(), request);
    return [data.constructor.name, typeof data.access_token, typeof data.refresh_token];
  },

  path_parameters: sent({ path: '/boards/{board_id}/pins/{pin}', pathParams: { board_id: 'a b/ü', pin: 5 } }),
  base_path_of_the_call: async (sdk, context) => {
    const base = `${context.addresses.http}/v6`;
    const { error } = await answered(context, { status: 200, json: {} }, { base });
    return error;
  },

  query: sent({ query: { a: 'x y', b: 'ü&=+', c: 5, d: true, none: null, absent: undefined } }),
  query_with_a_list: sent({ query: { ids: ['1', '2', 'x y'] } }),
  query_with_an_object: sent({ query: { filter: { a: [1] } } }),
  query_with_a_date: sent(() => ({ query: { since: new Date(0) } })),
  query_with_empty_text: sent({ query: { q: '', list: [] } }),
  query_after_one_in_the_path: sent({ path: '/boards?page_size=1', query: { bookmark: 'b' } }),

  headers_of_the_call: sent({ headers: { 'X-One': 'a', 'X-Number': 5, 'X-None': null } }),
  headers_by_default: async (sdk, context) => {
    const client = context.client();
    client.defaultHeaders['X-Mine'] = 'by default';
    const { error } = await answered(context, { status: 200, json: {} }, {}, client);
    return error;
  },
  headers_of_the_call_win: async (sdk, context) => {
    const client = context.client();
    client.defaultHeaders['X-Mine'] = 'by default';
    const { error } = await answered(context, { status: 200, json: {} }, { headers: { 'X-Mine': 'of the call' } }, client);
    return error;
  },
  authorization_header_of_ones_own: sent({ headers: { Authorization: 'Bearer mine' } }),
  authorization_header_of_ones_own_and_authentication: async (sdk, context) => {
    const client = context.appClient();
    const { error } = await answered(context, { status: 200, json: {} }, { headers: { Authorization: 'Bearer mine' }, auth: ['basic'] }, client);
    return error;
  },

  json_body: sent({ method: 'POST', body: { a: 1, b: [null, 'ü'], c: { d: true } }, contentTypes: JSON_TYPE }),
  json_body_without_a_type: sent({ method: 'POST', body: { a: 1 } }),
  json_body_that_is_a_list: sent({ method: 'POST', body: [1, { a: 2 }], contentTypes: JSON_TYPE }),
  json_body_that_is_text: sent({ method: 'POST', body: '{"a":1}', contentTypes: JSON_TYPE }),
  json_body_that_is_a_model: async (sdk, context) => {
    const body = new sdk.Error(7, 'm');
    const { error } = await answered(context, { status: 200, json: {} }, { method: 'POST', body, contentTypes: JSON_TYPE });
    return error;
  },
  json_body_with_dates: sent(() => ({ method: 'POST', body: { at: new Date(0) }, contentTypes: JSON_TYPE })),
  json_body_with_undefined: sent({ method: 'POST', body: { a: undefined, b: [undefined] }, contentTypes: JSON_TYPE }),
  json_content_type_without_a_body: sent({ method: 'POST', contentTypes: JSON_TYPE }),
  no_body: sent({ method: 'POST' }),

  form_body: sent({ method: 'POST', form: { a: 'x y', b: 'ü&=+%', c: 5, none: null }, contentTypes: FORM }),
  form_body_with_a_list: sent({ method: 'POST', form: { a: ['1', 'x y'] }, contentTypes: FORM }),
  form_body_with_an_object: sent({ method: 'POST', form: { a: { b: 1 } }, contentTypes: FORM }),
  form_body_that_is_empty: sent({ method: 'POST', contentTypes: FORM }),
  form_wins_over_body: sent({ method: 'POST', form: { a: 1 }, body: { b: 2 }, contentTypes: FORM }),
  json_wins_among_content_types: sent({ method: 'POST', form: { a: 1 }, body: { b: 2 }, contentTypes: [...FORM, ...JSON_TYPE] }),

  multipart_fields: sent({ method: 'POST', form: { a: 'x', b: 5, c: ['1', '2'] }, contentTypes: ['multipart/form-data'] }),
  multipart_with_bytes: sent(() => ({ method: 'POST', form: { file: Buffer.from('bytes') }, contentTypes: ['multipart/form-data'] })),
  multipart_with_a_file: sent(() => ({
    method: 'POST',
    form: { file: fs.createReadStream(require.resolve('../published/package.json')) },
    contentTypes: ['multipart/form-data'],
  })),

  bytes_as_body: sent(() => ({ method: 'POST', body: Buffer.from('\x00\xffbytes', 'latin1'), contentTypes: ['application/octet-stream'] })),
  text_as_body: sent({ method: 'POST', body: 'plain words', contentTypes: ['text/plain'] }),

  put: sent({ method: 'PUT', body: { a: 1 }, contentTypes: JSON_TYPE }),
  patch: sent({ method: 'PATCH', body: { a: 1 }, contentTypes: JSON_TYPE }),
  delete: sent({ method: 'DELETE' }),
  head: async (sdk, context) => {
    const { error, data, response } = await answered(context, { status: 200, body: '' }, { method: 'HEAD' });
    return [error, data, response?.status];
  },
  get_with_a_body: sent({ method: 'GET', body: { a: 1 } }),
  method_in_lower_case: sent({ method: 'get' }),

  accepts: sent({ accepts: ['text/plain', 'application/json'] }),
  accepts_text: sent({ accepts: ['text/plain', 'text/html'] }),
  accepts_nothing: sent({ accepts: [] }),

  auth_basic: authenticated({ type: 'basic', username: 'u', password: 'p:ü' }),
  auth_bearer: authenticated({ type: 'bearer', accessToken: 't' }),
  auth_bearer_by_function: authenticated({ type: 'bearer', accessToken: () => 'made' }),
  auth_oauth2: authenticated({ type: 'oauth2', accessToken: 't' }),
  auth_api_key_in_a_header: authenticated({ type: 'apiKey', in: 'header', name: 'X-Key', apiKey: 'k', apiKeyPrefix: 'Token' }),
  auth_api_key_in_the_query: authenticated({ type: 'apiKey', in: 'query', name: 'key', apiKey: 'k&' }),
  auth_without_a_value: authenticated({ type: 'oauth2' }),
  auth_of_an_unknown_type: async (sdk, context) => {
    const client = context.client();
    client.authentications.one = { type: 'digest' };
    return failedOrThrown(context, client, { auth: ['one'] });
  },
  auth_by_two_names: async (sdk, context) => {
    const client = context.appClient();
    client.authentications.pinterest_oauth2.accessToken = 't';
    const { error } = await answered(context, { status: 200, json: {} }, { auth: ['basic', 'pinterest_oauth2'] }, client);
    return error;
  },

  returns_an_object: read({ a: 1, b: [true, null] }, Object),
  returns_an_empty_object: read({}, Object),
  returns_a_list: read([1, 2], Object),
  returns_an_empty_list: read([], Object),
  returns_text: read('plain', 'String'),
  returns_a_number: read(12.5, 'Number'),
  returns_zero: read(0, 'Number'),
  returns_a_boolean: read(true, 'Boolean'),
  returns_false: read(false, 'Boolean'),
  returns_a_date: read('2024-02-03T04:05:06Z', 'Date'),
  returns_a_list_of_numbers: read(['1', 2], ['Number']),
  returns_a_map: read({ a: '1' }, { String: 'Number' }),
  returns_a_model: read({ code: 7, message: 'm', x: 1 }, 'Error'),
  returns_a_list_of_models: async (sdk, context) => {
    const { data } = await answered(context, { status: 200, json: [{ code: 7, message: 'm' }] }, { returnType: [sdk.Error] });
    return data;
  },
  returns_nothing: read({ a: 1 }, null),
  returns_what_does_not_fit: async (sdk, context) => {
    const { error, data, response } = await answered(context, { status: 200, json: { a: 1 } }, { returnType: ['Number'] });
    return [error instanceof Error, data, response?.status];
  },
  returns_bytes: async (sdk, context) => {
    const answer = { status: 200, headers: { 'content-type': 'image/png' }, body_base64: 'iVBORw==' };
    const { error, data } = await answered(context, answer, { returnType: 'Blob', accepts: ['image/png'] });
    return [error, Buffer.isBuffer(data) ? data.toString('hex') : typeof data];
  },
  returns_plain_text: async (sdk, context) => {
    const answer = { status: 200, headers: { 'content-type': 'text/plain' }, body: 'words' };
    const { error, data, response } = await answered(context, answer, { returnType: Object });
    return [error instanceof Error, data, response?.text];
  },
  returns_plain_text_as_a_string: async (sdk, context) => {
    const seen = [];
    for (const [type, body] of [['text/plain', 'words'], ['text/csv', 'a,b\n1,2\n'], ['text/html', '<p>']]) {
      const answer = { status: 200, headers: { 'content-type': type }, body };
      const { error, data } = await answered(context, answer, { returnType: 'String' });
      seen.push([error, data]);
    }
    return seen;
  },
  returns_no_content: async (sdk, context) => {
    const { error, data, response } = await answered(context, { status: 204, body: '' }, { method: 'DELETE' });
    return [error, data, response?.status];
  },
  returns_an_empty_body: async (sdk, context) => {
    const { error, data } = await answered(context, { status: 200, body: '' }, {});
    return [error, data];
  },
  returns_broken_json: async (sdk, context) => {
    const { error, data } = await answered(context, { status: 200, body: '{"a":' }, {});
    return [error instanceof Error, data];
  },
  returns_big_numbers_and_unicode: read({ big: 12345678901234567890, text: 'ü\u2028🙂' }, Object),

  rate_limit_headers: async (sdk, context) => {
    const headers = { 'X-RateLimit-Limit': '100', 'X-RateLimit-Remaining': '99', 'X-RateLimit-Reset': '60' };
    const { response } = await answered(context, { status: 200, headers, json: {} }, {});
    return ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'].map((name) => response.headers[name]);
  },

  headers_that_occur_twice: async (sdk, context) => {
    const headers = [['X-A', '1'], ['X-A', '2'], ['Set-Cookie', 'a=1'], ['Set-Cookie', 'b=2']];
    const { response } = await answered(context, { status: 200, headers, json: {} }, {});
    return [response.headers['x-a'], response.headers['set-cookie']];
  },

  response_in_words: async (sdk, context) => {
    const { response } = await answered(context, { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, json: {} }, {});
    const { ok, type, charset, statusType, info, redirect, clientError, serverError, error } = response;
    return { ok, type, charset, statusType, info, redirect, clientError, serverError, error };
  },

  links_of_a_response: async (sdk, context) => {
    const headers = { Link: '<https://h/next>; rel="next"' };
    const { response } = await answered(context, { status: 200, headers, json: {} }, {});
    return response.links;
  },

  without_a_callback: async (sdk, context) => {
    await context.answers({ status: 200, json: {} });
    callApi(context.client(), {}, undefined);
    await context.pause(300);
  },

  cookies_are_kept_if_enabled: async (sdk, context) => {
    const client = context.client();
    client.enableCookies = true;
    await context.answers({ status: 200, headers: { 'Set-Cookie': 'a=1; Path=/' }, json: {} }, { status: 200, json: {} });
    return cookieCalls(context, client);
  },
  cookies_are_not_kept_otherwise: async (sdk, context) => {
    const client = context.client();
    await context.answers({ status: 200, headers: { 'Set-Cookie': 'a=1; Path=/' }, json: {} }, { status: 200, json: {} });
    await context.call(client);
    const { error } = await context.call(client);
    return error;
  },
  cookies_of_a_path_stay_there: async (sdk, context) => {
    const client = context.client();
    client.enableCookies = true;
    await context.answers({ status: 200, headers: { 'Set-Cookie': 'a=1; Path=/v5/other' }, json: {} }, { status: 200, json: {} });
    return cookieCalls(context, client);
  },

  without_a_cache: async (sdk, context) => {
    const client = context.client();
    client.cache = false;
    await context.answers({ status: 200, json: {} }, { status: 200, json: {} });
    await context.call(client, { query: { a: 1 } });
    const { error } = await context.call(client, { method: 'POST' });
    return error;
  },

  plugins: async (sdk, context) => {
    const client = context.client();
    client.plugins = [(request) => request.set('X-Plugin', 'was here')];
    const { error } = await context.settled(() => answered(context, { status: 200, json: {} }, {}, client));
    return error;
  },

  request_agent: async (sdk, context) => {
    const client = context.client();
    let used = 0;
    class Agent extends http.Agent {
      createConnection(...args) {
        used += 1;
        return super.createConnection(...args);
      }
    }
    client.requestAgent = new Agent();
    const { error } = await context.settled(() => answered(context, { status: 200, json: {} }, {}, client));
    return [error, used];
  },

  redirect_of_a_get: async (sdk, context) => {
    const client = await context.userClient();
    const redirect = { status: 302, headers: { location: `${context.baseUrl}/elsewhere` }, body: '' };
    await context.answers(redirect, { status: 200, json: { a: 1 } });
    const { error, data } = await context.call(client, { auth: ['pinterest_oauth2'] });
    return [error?.status, data];
  },

  connections_are_used_again: async (sdk, context) => {
    const client = context.client();
    await context.control('POST', 'standing', { status: 200, json: {} });
    for (let count = 0; count < 3; count += 1) await context.call(client);
    const log = await context.control('GET', 'requests');
    return new Set(log.map(({ connection }) => connection)).size;
  },

  calls_keep_their_settings: async (sdk, context) => {
    // Settings that change while a call is under way are the next call's.
    const client = await context.userClient();
    await context.answers({ status: 200, json: {}, delay_ms: 100 });
    const call = context.call(client, { auth: ['pinterest_oauth2'] });
    client.authentications.pinterest_oauth2.accessToken = 'changed';
    client.basePath = 'http://127.0.0.1:1/changed';
    client.defaultHeaders['X-Changed'] = 'yes';
    const { error } = await call;
    return error;
  },
};

/** Two calls, one after the other; the error of the last. */
async function cookieCalls(context, client) {
  await context.settled(() => context.call(client));
  const { error } = await context.settled(() => context.call(client));
  return error;
}

/** How a call that cannot be made fails: thrown or through the callback. */
async function failedOrThrown(context, client, options) {
  try {
    const { error, data } = await context.call(client, options);
    return { passed: error, data };
  } catch (error) {
    if (isMissing(error)) throw error;
    return { thrown: error };
  }
}
