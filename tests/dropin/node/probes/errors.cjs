'use strict';

// What programs look at when a call fails: through callApi, and through oauthToken.

const { inspect } = require('node:util');

const { classes } = require('../lib/shown.cjs');

const REFUSAL = { status: 401, json: { code: 2, message: 'Authentication failed.' } };

/** The error of a callApi call with one scripted answer. */
async function refused(context, answer = REFUSAL, client = context.client()) {
  await context.answers(answer);
  return context.call(client, {});
}

/** A probe of a status, through callApi. */
const status = (code) => async (sdk, context) => {
  const { error, data, response } = await refused(context, { status: code, json: { code: 7, message: 'no' } });
  return { error: error instanceof Error, status: error.status, body: error.response?.body, data, given: response?.status };
};

/** The same through oauthToken; that credentials are sent is another probe's. */
const tokenStatus = (code) => [
  { unseen: ['authorization'] },
  async (sdk, context) => {
    await context.answers({ status: code, json: { code: 7, message: 'no' } });
    const { error, data, response } = await context.token(context.appClient(), 'client_credentials');
    return { error: error instanceof Error, status: error.status, body: error.response?.body, data, given: response?.status };
  },
];

/** A probe of a call to an address where something is wrong. */
const broken = (address) => async (sdk, context) => {
  const { error, data, response } = await context.call(context.client(address(context)), {});
  return { error: error instanceof Error, code: error.code, status: error.status, data, response };
};

const at = (name, scheme) => broken((context) => `${scheme}://${context.addresses[name]}/v5`);

/** A probe of an answer that breaks off. */
const fault = (answer) => async (sdk, context) => {
  const { error, data } = await refused(context, answer);
  return { error: error instanceof Error, code: error?.code, data };
};

/** A probe of a client's timeout, in an answer that takes a second. */
const timeout = (value, answer) => async (sdk, context) => {
  const client = context.client();
  client.timeout = value;
  const start = () => refused(context, { status: 200, json: { a: 1 }, delay_ms: 1000, ...answer }, client);
  const { error, data, response } = await context.settled(start);
  return { code: error?.code, errno: error?.errno, timeout: error?.timeout, data, response: response?.status };
};

module.exports = {
  status_400: status(400),
  status_401: status(401),
  status_403: status(403),
  status_404: status(404),
  status_409: status(409),
  status_429: status(429),
  status_500: status(500),
  status_503: status(503),
  status_of_a_token_call_400: tokenStatus(400),
  status_of_a_token_call_401: tokenStatus(401),
  status_of_a_token_call_429: tokenStatus(429),
  status_of_a_token_call_503: tokenStatus(503),

  message: async (sdk, context) => (await refused(context)).error.message,

  class: async (sdk, context) => classes((await refused(context)).error),

  name: async (sdk, context) => (await refused(context)).error.name,

  own_fields: async (sdk, context) => Object.keys((await refused(context)).error).sort(),

  stack: async (sdk, context) => typeof (await refused(context)).error.stack,

  rate_limit_in_the_error: async (sdk, context) => {
    const headers = { 'Retry-After': '17', 'X-RateLimit-Reset': '17' };
    const { error } = await refused(context, { status: 429, headers, json: { code: 8, message: 'slow down' } });
    return { code: error.code, retryAfter: error.retryAfter, reset: error.response.headers['x-ratelimit-reset'], rateLimit: error.rateLimit };
  },

  response_of_the_error_is_the_third_argument: async (sdk, context) => {
    const { error, response } = await refused(context);
    return error.response === response;
  },

  response_text_and_headers: async (sdk, context) => {
    const { error } = await refused(context, { ...REFUSAL, headers: { 'X-Request-Id': '123' } });
    const { response } = error;
    return [JSON.parse(response.text), response.headers['x-request-id'], response.get('X-REQUEST-ID'), response.type, response.ok];
  },

  response_in_words: async (sdk, context) => {
    const seen = [];
    for (const code of [400, 401, 403, 404, 500]) {
      const { response } = await refused(context, { status: code, json: {} });
      const { badRequest, unauthorized, forbidden, notFound, clientError, serverError } = response;
      seen.push([code, badRequest, unauthorized, forbidden, notFound, clientError, serverError]);
    }
    return seen;
  },

  error_of_the_response: async (sdk, context) => {
    const { error } = (await refused(context)).response;
    return { error: error instanceof Error, status: error?.status, method: error?.method, path: error?.path };
  },

  body_is_html: async (sdk, context) => {
    const answer = { status: 502, headers: { 'content-type': 'text/html' }, body: '<h1>Bad gateway</h1>' };
    const { error } = await refused(context, answer);
    return [error.status, error.response.body, error.response.text];
  },

  body_as_it_came: async (sdk, context) => {
    const seen = [];
    for (const body of ['{ "code": 1,\t"message": "bad",\n "details": [{ "field": "scope" }] }\n', '{"error":"invalid_grant"}', '["one"]']) {
      const { error } = await refused(context, { status: 400, headers: { 'content-type': 'application/json' }, body });
      seen.push([error.response.body, error.response.text]);
    }
    return seen;
  },

  body_is_empty: async (sdk, context) => {
    const { error } = await refused(context, { status: 500, body: '' });
    return [error.status, error.response.body, error.response.text];
  },

  body_is_broken_json: async (sdk, context) => {
    const { error } = await refused(context, { status: 400, body: '{"code":' });
    return [error instanceof Error, error.status ?? error.statusCode];
  },

  token_error_model: [
    { unseen: ['authorization'] },
    async (sdk, context) => {
      await context.answers(REFUSAL);
      const { error } = await context.token(context.appClient(), 'client_credentials');
      const { code, message } = sdk.Error.constructFromObject(error.response.body);
      return [code, message];
    },
  ],

  connection_refused: at('refused', 'http'),
  connection_closed: at('slam', 'http'),
  host_unknown: broken(() => 'http://nowhere.invalid/v5'),
  certificate_unknown: broken((context) => `${context.addresses.https}/v5`),
  certificate_expired: at('tls_expired', 'https'),
  certificate_self_signed: at('tls_self_signed', 'https'),
  certificate_of_another_host: at('tls_wrong_host', 'https'),
  plain_text_where_tls_belongs: at('plain', 'https'),

  connection_reset_after_the_request: fault({ fault: 'reset' }),
  connection_closed_after_the_request: fault({ fault: 'close' }),
  body_breaks_off: fault({ raw: 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"a":', then: 'close' }),
  answer_is_not_http: fault({ raw: 'hello\r\n\r\n', then: 'close' }),

  connection_refused_in_a_token_call: async (sdk, context) => {
    const client = context.appClient(`http://${context.addresses.refused}/v5`);
    const { error, data, response } = await context.token(client, 'client_credentials');
    return { error: error instanceof Error, code: error.code, data, response };
  },

  timeout: timeout(250),
  timeout_of_a_silent_peer: async (sdk, context) => {
    const client = context.client(`http://${context.addresses.silent}/v5`);
    client.timeout = 250;
    const { error, data, response } = await context.call(client, {});
    return { code: error.code, errno: error.errno, timeout: error.timeout, data, response };
  },
  timeout_of_zero: timeout(0),
  timeout_taken_away: timeout(undefined),
  timeout_in_parts: timeout({ response: 250, deadline: 5000 }),
  timeout_of_a_slow_body: timeout(300, { delay_ms: 0, json: { a: 'long enough' }, drip_ms: 100 }),
  timeout_in_a_token_call: [
    { unseen: ['authorization'] },
    async (sdk, context) => {
      const client = context.appClient();
      client.timeout = 250;
      await context.answers({ status: 200, json: {}, delay_ms: 1000 });
      const { error, data, response } = await context.token(client, 'client_credentials');
      return { code: error.code, errno: error.errno, timeout: error.timeout, data, response };
    },
  ],

  secret_in_the_text_of_an_error: async (sdk, context) => {
    const client = context.appClient();
    await context.answers(REFUSAL);
    const { error } = await context.call(client, { auth: ['basic'] });
    const texts = [inspect(error, { depth: 10 }), String(error.stack), json(error)];
    return texts.map((text) => /0123456789abcdef0123456789abcdef01234567|MTIzNDU2NzowMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3/.test(text));
  },

  code_in_the_text_of_an_error: async (sdk, context) => {
    await context.answers(REFUSAL);
    const form = { grant_type: 'authorization_code', code: 'the-code' };
    const contentTypes = ['application/x-www-form-urlencoded'];
    const { error } = await context.call(context.client(), { path: '/oauth/token', method: 'POST', form, contentTypes });
    return [inspect(error, { depth: 10 }), json(error)].map((text) => text.includes('the-code'));
  },
};

function json(value) {
  try {
    return JSON.stringify(value) ?? '';
  } catch (error) {
    return error.message;
  }
}
