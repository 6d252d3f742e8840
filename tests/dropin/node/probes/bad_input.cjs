'use strict';

// What no program should pass: how it fails, and that nothing is lost.

const { inspect } = require('node:util');

const { callApi } = require('../lib/context.cjs');
const { isMissing } = require('../lib/missing.cjs');

const TOKEN = { access_token: 'pina_a', token_type: 'bearer', expires_in: 2592000, scope: 'boards:read' };
const JSON_TYPE = ['application/json'];
const FORM = ['application/x-www-form-urlencoded'];

/** Thrown or given to the callback: which class of error, and which of both. */
async function outcome(context, options, client = context.client()) {
  await context.answers({ status: 200, json: { a: 1 }, delay_ms: 50 });
  return failure(context, () => context.call(client, options));
}

async function failure(context, start) {
  try {
    const answer = await context.within(1500, start());
    if (typeof answer === 'string') return answer;
    const { error, data } = answer;
    return error ? { passed: kindOf(error), data } : { succeeded: data };
  } catch (error) {
    if (isMissing(error)) throw error;
    return { thrown: kindOf(error) };
  }
}

/** The builtin class: texts of errors are the engine's. */
function kindOf(error) {
  const builtins = [TypeError, RangeError, SyntaxError, URIError, Error];
  return builtins.find((builtin) => error instanceof builtin)?.name ?? typeof error;
}

const post = (body) => (sdk, context) =>
  outcome(context, { method: 'POST', body: typeof body === 'function' ? body() : body, contentTypes: JSON_TYPE });

const posted = (form) => (sdk, context) =>
  outcome(context, { method: 'POST', form: typeof form === 'function' ? form() : form, contentTypes: FORM });

const argument = (options) => (sdk, context) => outcome(context, options);

/** A token call with a wrong grant or setting; whether anything went out is on the wire. */
const token = (grant, change = () => {}) => [
  { unseen: ['authorization'] },
  async (sdk, context) => {
    await context.answers({ status: 200, json: TOKEN });
    const client = context.appClient();
    change(client);
    return failure(context, () => context.token(client, grant));
  },
];

/** A timeout that is no time, to a peer that says nothing: whether the call ends. */
const lateness = (timeout) => async (sdk, context) => {
  const client = context.client(`http://${context.addresses.silent}/v5`);
  client.timeout = timeout;
  return failure(context, () => context.call(client, {}));
};

const cyclic = () => {
  const object = { a: 1 };
  object.self = object;
  return object;
};

module.exports = {
  body_that_is_cyclic: post(cyclic),
  body_with_nan: post({ a: NaN, b: Infinity }),
  body_with_a_bigint: post(() => ({ a: 10n })),
  body_with_a_function: post(() => ({ a: () => 1, b: 2 })),
  body_with_a_symbol: post(() => ({ a: Symbol('s') })),
  body_with_half_a_character: post({ a: '\ud800' }),
  body_with_a_broken_property: post(() => ({
    get a() {
      throw new RangeError('broken');
    },
  })),
  body_that_is_a_number: post(5),
  body_that_is_false: post(false),
  body_that_is_empty_text: post(''),

  form_that_is_cyclic: posted(() => ({ a: cyclic() })),
  form_with_nan: posted({ a: NaN }),
  form_with_half_a_character: posted({ a: '\ud800' }),
  form_with_bytes: posted(() => ({ a: Buffer.from('x y') })),
  form_with_a_function: posted(() => ({ a: Object.assign(() => 1, { toString: () => 'fn' }) })),
  form_with_an_object_without_a_prototype: posted(() => ({ a: Object.create(null) })),
  form_without_a_prototype: posted(() => Object.assign(Object.create(null), { a: 1 })),
  form_that_is_null: posted(null),

  query_that_is_cyclic: argument({ query: { a: cyclic() } }),
  query_with_half_a_character: argument({ query: { a: '\ud800' } }),
  query_that_is_null: argument({ query: null }),
  query_without_a_prototype: (sdk, context) => outcome(context, { query: Object.assign(Object.create(null), { a: 1 }) }),

  path_parameters_that_are_null: argument({ path: '/boards/{id}', pathParams: null }),
  path_parameter_with_half_a_character: argument({ path: '/boards/{id}', pathParams: { id: '\ud800' } }),
  path_that_is_null: argument({ path: null }),
  path_with_a_space: argument({ path: '/user account' }),
  path_with_a_newline: argument({ path: '/user\r\nX-Evil: 1' }),

  method_that_is_null: argument({ method: null }),
  method_with_a_space: argument({ method: 'GET /x' }),
  method_of_ones_own: argument({ method: 'PURGE' }),

  header_with_a_newline: argument({ headers: { 'X-A': 'a\r\nX-Evil: 1' } }),
  header_name_with_a_space: argument({ headers: { 'X A': 'a' } }),
  header_in_unicode: argument({ headers: { 'X-A': '🙂' } }),
  headers_that_are_null: argument({ headers: null }),

  auth_names_that_are_null: argument({ auth: null }),
  auth_name_that_is_unknown: argument({ auth: ['no such'] }),
  content_types_that_are_null: argument({ contentTypes: null }),
  accepts_that_are_null: argument({ accepts: null }),

  return_type_that_is_a_number: async (sdk, context) => outcome(context, { returnType: 5 }),
  return_type_that_is_broken: async (sdk, context) => {
    await context.answers({ status: 200, json: { a: 1 } });
    const returnType = {
      constructFromObject() {
        throw new RangeError('broken');
      },
    };
    return failure(context, () => context.call(context.client(), { returnType }));
  },

  callback_that_is_not_a_function: async (sdk, context) => {
    await context.answers({ status: 200, json: {} });
    const thrown = context.thrown(() => new sdk.OauthApi(context.appClient()).oauthToken('client_credentials', {}, 'text'));
    await context.pause(200);
    return thrown instanceof Error ? kindOf(thrown) : 'returned';
  },
  callback_that_throws: async (sdk, context) => {
    await context.answers({ status: 200, json: {} });
    let calls = 0;
    callApi(context.client(), {}, () => {
      calls += 1;
      throw new RangeError('the callback broke');
    });
    await context.pause(200);
    return calls;
  },

  authentications_that_are_gone: async (sdk, context) => {
    const client = context.client();
    client.authentications = undefined;
    return outcome(context, { auth: ['basic'] }, client);
  },
  default_headers_that_are_gone: async (sdk, context) => {
    const client = context.client();
    client.defaultHeaders = undefined;
    return outcome(context, {}, client);
  },
  default_header_with_a_newline: async (sdk, context) => {
    const client = context.client();
    client.defaultHeaders['X-A'] = 'a\nb';
    return outcome(context, {}, client);
  },
  base_path_that_is_no_address: async (sdk, context) => outcome(context, {}, context.client('not an address')),
  base_path_of_another_scheme: async (sdk, context) => outcome(context, {}, context.client('ftp://127.0.0.1/v5')),
  base_path_that_is_gone: async (sdk, context) => {
    const client = context.client();
    client.basePath = undefined;
    return outcome(context, {}, client);
  },
  password_with_a_newline: async (sdk, context) => {
    const client = context.client();
    Object.assign(client.authentications.basic, { username: 'u', password: 'p\nq' });
    return outcome(context, { auth: ['basic'] }, client);
  },
  access_token_with_a_newline: async (sdk, context) => {
    const client = context.client();
    client.authentications.pinterest_oauth2.accessToken = 't\r\nX-Evil: 1';
    return outcome(context, { auth: ['pinterest_oauth2'] }, client);
  },
  access_token_function_that_throws: async (sdk, context) => {
    const client = context.client();
    client.authentications.own = {
      type: 'bearer',
      accessToken() {
        throw new RangeError('broken');
      },
    };
    return outcome(context, { auth: ['own'] }, client);
  },
  password_of_bytes: async (sdk, context) => {
    const client = context.client();
    Object.assign(client.authentications.basic, { username: 'u', password: Buffer.from('p') });
    return outcome(context, { auth: ['basic'] }, client);
  },
  timeout_that_is_text: lateness('soon'),
  timeout_that_is_negative: lateness(-5),
  timeout_that_is_nan: lateness(NaN),

  grant_type_that_is_a_number: token(5),
  grant_type_that_is_an_object: token({ a: 1 }),
  grant_type_of_bytes: token(Buffer.from('client_credentials')),
  grant_type_that_is_empty: token(''),
  grant_type_with_half_a_character: token('\ud800'),
  grant_type_with_specials: token('a&b=c d'),
  token_call_with_a_broken_base_path: token('client_credentials', (client) => (client.basePath = 'not an address')),
  token_call_with_a_header_with_a_newline: token('client_credentials', (client) => (client.defaultHeaders['X-A'] = 'a\nb')),

  model_from_a_list: (sdk) => Object.keys(sdk.OauthAccessTokenResponse.constructFromObject(['a'])).sort(),
  model_from_half_a_character: (sdk) =>
    sdk.OauthAccessTokenResponse.constructFromObject({ access_token: '\ud800' }).access_token.codePointAt(0),
  model_from_bytes: (sdk) =>
    sdk.OauthAccessTokenResponse.constructFromObject({ access_token: Buffer.from('bytes') }).access_token,
  model_from_nan: (sdk) => sdk.OauthAccessTokenResponse.constructFromObject({ expires_in: NaN }).expires_in,
  model_from_text: (sdk) => sdk.OauthAccessTokenResponse.constructFromObject('text').token_type,
  model_from_falsehoods: (sdk) => [0, '', false].map((data) => sdk.OauthAccessTokenResponse.constructFromObject(data)),
  model_from_an_object_without_a_prototype: (sdk, context) => {
    const data = Object.assign(Object.create(null), { access_token: 'a' });
    const made = context.thrown(() => sdk.OauthAccessTokenResponse.constructFromObject(data).access_token);
    return made instanceof Error ? kindOf(made) : made['<returned>'];
  },
  model_from_inherited_fields: (sdk) =>
    sdk.OauthAccessTokenResponse.constructFromObject(Object.create({ access_token: 'inherited' })).access_token,
  model_from_a_broken_property: (sdk, context) => {
    const data = {
      get access_token() {
        throw new RangeError('broken');
      },
    };
    return context.thrown(() => sdk.OauthAccessTokenResponse.constructFromObject(data));
  },
  model_from_values_without_text: (sdk, context) => {
    const data = { access_token: Object.create(null) };
    return kindOf(context.thrown(() => sdk.OauthAccessTokenResponse.constructFromObject(data)));
  },
  model_with_a_broken_setter: (sdk, context) => {
    class Broken extends sdk.OauthAccessTokenResponse {
      set scope(value) {
        if (value !== undefined) throw new RangeError('broken');
      }
    }
    return context.thrown(() => sdk.OauthAccessTokenResponse.constructFromObject({ scope: 's' }, new Broken()));
  },
  answer_that_means_to_change_prototypes: async (sdk, context) => {
    await context.answers({ status: 200, body: '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"a":1}' });
    const { data } = await context.call(context.client(), {});
    return [{}.polluted, Object.keys(data).sort()];
  },

  json_of_a_client: (sdk, context) => {
    const client = context.appClient();
    client.authentications.pinterest_oauth2.accessToken = 'pina_a';
    const made = context.thrown(() => JSON.stringify(client));
    const text = made instanceof Error ? made.message : made['<returned>'];
    return { password: text.includes('0123456789abcdef0123456789abcdef01234567'), accessToken: text.includes('pina_a') };
  },
  console_of_a_client: (sdk, context) => {
    const client = context.appClient();
    client.authentications.pinterest_oauth2.accessToken = 'pina_a';
    const text = inspect(client, { depth: 10 });
    return { password: text.includes('0123456789abcdef0123456789abcdef01234567'), accessToken: text.includes('pina_a') };
  },
  settings_of_a_running_token_call: [
    { unseen: ['authorization'] },
    async (sdk, context) => {
      const client = context.appClient();
      await context.answers({ status: 200, json: TOKEN, delay_ms: 100 });
      const call = context.token(client, 'client_credentials');
      client.basePath = 'http://127.0.0.1:1';
      client.defaultHeaders['X-Late'] = 'yes';
      const { error, data } = await call;
      return [error, data.access_token];
    },
  ],
};
