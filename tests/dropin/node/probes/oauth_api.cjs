'use strict';

// OauthApi: the published program calls `oauthToken(grant, callback)`; everything else was missing.

const TOKEN = { access_token: 'pina_a', token_type: 'bearer', expires_in: 2592000, scope: 'boards:read' };
const REDIRECT_URI = 'http://localhost:8085/';

/** That credentials are sent is `sends_the_app_id_and_secret`; these probes are about the rest. */
const aside = (run) => [{ unseen: ['authorization'] }, run];

/** The callback's arguments after one scripted answer to a token call. */
async function answered(context, answer) {
  await context.answers(answer);
  return context.token(context.appClient(), 'client_credentials');
}

/** What programs look at in a failed call. */
const failure = ({ error, data }) => ({
  failed: error instanceof Error,
  status: error?.status,
  data,
});

/** A probe of a success answer that is none. */
const bad = (answer) => aside(async (sdk, context) => failure(await answered(context, { status: 200, ...answer })));

/** A probe of what the callback is given for one kind of answer. */
const kind = (answer) =>
  aside(async (sdk, context) => {
    const { error, data } = await answered(context, { status: 200, json: { ...TOKEN, ...answer } });
    return { error, token: data?.access_token, kind: data?.response_type, refresh: data?.refresh_token };
  });

module.exports = {
  client_by_default: (sdk) => new sdk.OauthApi().apiClient === sdk.ApiClient.instance,

  client_given: (sdk, context) => {
    const client = context.client();
    return new sdk.OauthApi(client).apiClient === client;
  },

  client_can_be_exchanged: aside(async (sdk, context) => {
    const api = new sdk.OauthApi(context.appClient('http://127.0.0.1:1/v5'));
    api.apiClient = context.appClient();
    await context.answers({ status: 200, json: TOKEN });
    const { data } = await context.called((callback) => api.oauthToken('client_credentials', callback));
    return data.access_token;
  }),

  operations: (sdk) => Object.getOwnPropertyNames(sdk.OauthApi.prototype).sort(),

  sends_the_grant_type: aside(async (sdk, context) => {
    const { error } = await answered(context, { status: 200, json: TOKEN });
    return error;
  }),

  sends_the_app_id_and_secret: async (sdk, context) => {
    const { error } = await answered(context, { status: 200, json: TOKEN });
    return error;
  },

  callback_is_given_three_arguments: aside(async (sdk, context) => {
    const { given } = await answered(context, { status: 200, json: TOKEN });
    return [given.length, given[0], typeof given[1], typeof given[2]];
  }),

  callback_comes_later: aside(async (sdk, context) => {
    await context.answers({ status: 200, json: TOKEN });
    const order = [];
    const done = context.token(context.appClient(), 'client_credentials').then(() => order.push('callback'));
    order.push('returned');
    await done;
    return order;
  }),

  callback_is_called_once: aside(async (sdk, context) => {
    await context.answers({ status: 200, json: TOKEN });
    let calls = 0;
    new sdk.OauthApi(context.appClient()).oauthToken('client_credentials', () => (calls += 1));
    await context.pause(300);
    return calls;
  }),

  without_a_callback_the_request_is_sent: aside(async (sdk, context) => {
    await context.answers({ status: 200, json: TOKEN });
    new sdk.OauthApi(context.appClient()).oauthToken('client_credentials');
    await context.pause(300);
  }),

  data: aside(async (sdk, context) => {
    const { data } = await answered(context, { status: 200, json: TOKEN });
    return [data.access_token, data.token_type, data.expires_in, data.scope, data instanceof sdk.OauthAccessTokenResponse];
  }),

  data_class: aside(async (sdk, context) => {
    const { data } = await answered(context, { status: 200, json: { ...TOKEN, response_type: 'authorization_code' } });
    return data.constructor.name;
  }),

  data_has_the_refresh_token: aside(async (sdk, context) => {
    const refresh = { refresh_token: 'pinr_r', refresh_token_expires_in: 5184000, refresh_token_expires_at: 1700000000 };
    const json = { ...TOKEN, response_type: 'authorization_code', ...refresh };
    const { data } = await answered(context, { status: 200, json });
    return [data.refresh_token, data.refresh_token_expires_in, data.refresh_token_expires_at];
  }),

  data_without_a_token_type: aside(async (sdk, context) => {
    const { data } = await answered(context, { status: 200, json: { ...TOKEN, token_type: undefined } });
    return data.token_type;
  }),

  data_with_text_for_a_number: aside(async (sdk, context) => {
    const { data } = await answered(context, { status: 200, json: { ...TOKEN, expires_in: '12' } });
    return data.expires_in;
  }),

  response_has_the_whole_body: aside(async (sdk, context) => {
    const { response } = await answered(context, { status: 200, json: { ...TOKEN, later: [1, { a: null }] } });
    return [response.body, JSON.parse(response.text)];
  }),

  response_status_and_headers: aside(async (sdk, context) => {
    const headers = { 'X-Request-Id': '123', 'Content-Type': 'application/json; charset=utf-8' };
    const { response } = await answered(context, { status: 200, headers, json: TOKEN });
    const { status, statusCode, ok, type } = response;
    return [status, statusCode, ok, type, response.headers['x-request-id'], response.header['x-request-id'], response.get('X-Request-Id')];
  }),

  compressed_answer: aside(async (sdk, context) => {
    const { data } = await answered(context, { status: 200, json: TOKEN, gzip: true });
    return data.access_token;
  }),

  kind_authorization_code: kind({ response_type: 'authorization_code' }),
  kind_refresh_token: kind({ response_type: 'refresh_token' }),
  kind_client_credentials: kind({ response_type: 'client_credentials' }),
  kind_everlasting_refresh: kind({ response_type: 'everlasting_refresh' }),
  kind_integration_refresh: kind({ response_type: 'integration_refresh' }),
  kind_of_the_future: kind({ response_type: 'later' }),
  kind_missing: kind({}),

  code_exchange: async (sdk, context) => {
    await context.control('POST', 'codes', { code: 'the-code' });
    const api = new sdk.OauthApi(context.appClient());
    const opts = { code: 'the-code', redirectUri: REDIRECT_URI };
    const call = context.called((callback) => api.oauthToken('authorization_code', opts, callback));
    const answer = await context.within(700, call);
    return answer.data === undefined ? answer : [answer.error, answer.data?.response_type, typeof answer.data?.refresh_token];
  },

  refresh: async (sdk, context) => {
    await context.control('POST', 'tokens', { refresh_token: 'pinr_r', scope: 'boards:read' });
    const api = new sdk.OauthApi(context.appClient());
    const call = context.called((callback) => api.oauthToken('refresh_token', { refreshToken: 'pinr_r' }, callback));
    const answer = await context.within(700, call);
    return answer.data === undefined ? answer : [answer.error, answer.data?.response_type];
  },

  client_credentials: async (sdk, context) => {
    const api = new sdk.OauthApi(context.appClient());
    const call = context.called((callback) => api.oauthToken('client_credentials', { scope: 'boards:read' }, callback));
    const answer = await context.within(700, call);
    return answer.data === undefined ? answer : [answer.error, answer.data?.response_type];
  },

  awaited: aside(async (sdk, context) => {
    await context.answers({ status: 200, json: TOKEN });
    try {
      const data = await new sdk.OauthApi(context.appClient()).oauthToken('client_credentials');
      return data.access_token;
    } catch (error) {
      return error;
    }
  }),

  grant_type_missing: (sdk, context) =>
    [undefined, null].map((grant) => {
      const thrown = context.thrown(() => new sdk.OauthApi(context.client()).oauthToken(grant, () => {}));
      return { error: thrown instanceof Error, text: thrown.message, code: thrown.code, stack: typeof thrown.stack };
    }),

  grant_type_unknown: aside(async (sdk, context) => {
    const answer = await context.token(context.appClient(), 'bogus_grant');
    return failure(answer);
  }),

  authorization_code_without_a_code: aside(async (sdk, context) => {
    const { error, data } = await context.token(context.appClient(), 'authorization_code');
    return [error instanceof Error, data];
  }),

  without_credentials: aside(async (sdk, context) => {
    const { error, data } = await context.token(context.client(), 'client_credentials');
    return [error instanceof Error, data];
  }),

  answer_is_html: bad({ headers: { 'content-type': 'text/html' }, body: '<html>maintenance</html>' }),
  answer_is_empty: bad({ body: '' }),
  answer_is_a_list: bad({ json: [] }),
  answer_is_text: bad({ json: '' }),
  answer_is_a_number: bad({ json: 5 }),
  answer_is_null: bad({ json: null }),
  answer_has_no_token: bad({ json: { token_type: 'bearer' } }),
  answer_has_an_empty_token: bad({ json: { ...TOKEN, access_token: '' } }),
  answer_is_broken_json: bad({ body: '{"access_token": "pina_a"' }),
  answer_is_not_utf_8: bad({ body_base64: Buffer.from('{"access_token":"\xff"}', 'latin1').toString('base64') }),
  answer_is_201: aside(async (sdk, context) => failure(await answered(context, { status: 201, json: TOKEN }))),
  answer_is_204: aside(async (sdk, context) => failure(await answered(context, { status: 204, body: '' }))),

  redirects_are_followed: aside(async (sdk, context) => {
    const redirect = { status: 307, headers: { location: `${context.baseUrl}/elsewhere` }, body: '' };
    await context.answers(redirect, { status: 200, json: TOKEN });
    return failure(await context.token(context.appClient(), 'client_credentials'));
  }),

  callback_that_throws: aside(async (sdk, context) => {
    await context.answers({ status: 200, json: TOKEN });
    let calls = 0;
    new sdk.OauthApi(context.appClient()).oauthToken('client_credentials', () => {
      calls += 1;
      throw new TypeError('the callback broke');
    });
    await context.pause(300);
    return calls;
  }),

  call_api_of_a_subclass_is_used: (sdk, context) => {
    // How programs are tested without a network.
    const calls = [];
    class Fake extends sdk.ApiClient {
      callApi(...args) {
        calls.push(args.slice(0, 12));
        args[12](null, 'made up', { status: 200 });
      }
    }
    const client = new Fake(context.baseUrl);
    client.authentications.basic.username = 'u';
    client.authentications.basic.password = 'p';
    return context
      .within(700, context.called((callback) => new sdk.OauthApi(client).oauthToken('client_credentials', callback)))
      .then(({ data }) => ({ used: calls.length, path: calls[0]?.[0], method: calls[0]?.[1], form: calls[0]?.[5], data }));
  },

  returned_request_can_be_aborted: aside(async (sdk, context) => {
    await context.answers({ status: 200, json: TOKEN, delay_ms: 400 });
    let called = 0;
    const request = new sdk.OauthApi(context.appClient()).oauthToken('client_credentials', () => (called += 1));
    await context.pause(50);
    request?.abort?.();
    await context.pause(600);
    return { can: typeof request?.abort, called };
  }),

  twenty_at_once: aside(async (sdk, context) => {
    await context.control('POST', 'standing', { status: 200, json: TOKEN });
    const client = context.appClient();
    const answers = await Promise.all(Array.from({ length: 20 }, () => context.token(client, 'client_credentials')));
    return answers.map(({ data }) => data.access_token).filter((token) => token === 'pina_a').length;
  }),
};
