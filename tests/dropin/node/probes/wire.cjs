'use strict';

// What goes over the wire, to the last header.

const FORM = ['application/x-www-form-urlencoded'];

/** Basic credentials through callApi, which sends them in both packages. */
const basic = (username, password) => async (sdk, context) => {
  const client = context.client();
  Object.assign(client.authentications.basic, { username, password });
  await context.answers({ status: 200, json: {} });
  const { error } = await context.call(client, { auth: ['basic'] });
  return error instanceof Error;
};

/** Basic credentials through oauthToken. */
const tokenBasic = (username, password) => async (sdk, context) => {
  const client = context.client();
  Object.assign(client.authentications.basic, { username, password });
  await context.answers({ status: 200, json: { access_token: 'a', token_type: 'bearer', expires_in: 1, scope: '' } });
  const { error } = await context.token(client, 'client_credentials');
  return error instanceof Error;
};

/** A call to a base path; where it arrived. */
const base = (path) => async (sdk, context) => {
  await context.answers({ status: 200, json: {} });
  const { error } = await context.call(context.client(`${context.addresses.http}${path}`), {});
  return error;
};

module.exports = {
  every_header: [
    { everyHeader: true },
    async (sdk, context) => {
      await context.answers({ status: 200, json: {} });
      const { error } = await context.call(context.client(), {});
      return error;
    },
  ],

  every_header_of_a_post: [
    { everyHeader: true },
    async (sdk, context) => {
      await context.answers({ status: 200, json: {} });
      const { error } = await context.call(context.client(), { method: 'POST', form: { a: 1 }, contentTypes: FORM });
      return error;
    },
  ],

  user_agent_of_ones_own: [
    { everyHeader: true, unseen: ['accept-encoding', 'connection'] },
    async (sdk, context) => {
      const client = context.client();
      client.defaultHeaders['User-Agent'] = 'mine/1';
      await context.answers({ status: 200, json: {} });
      const { error } = await context.call(client, {});
      return error;
    },
  ],

  user_agent_of_ones_own_in_a_token_call: [
    { everyHeader: true, unseen: ['accept-encoding', 'connection', 'authorization'] },
    async (sdk, context) => {
      const client = context.appClient();
      client.defaultHeaders = { 'User-Agent': 'mine/1', 'X-Mine': 'yes' };
      await context.answers({ status: 400, json: {} });
      const { error } = await context.token(client, 'client_credentials');
      return error.status;
    },
  ],

  default_headers_in_a_token_call: [
    { unseen: ['authorization'] },
    async (sdk, context) => {
      const client = context.appClient();
      client.defaultHeaders['X-Mine'] = 'yes';
      await context.answers({ status: 400, json: {} });
      const { error } = await context.token(client, 'client_credentials');
      return error.status;
    },
  ],

  basic_credentials: basic('1234567', '0123456789abcdef0123456789abcdef01234567'),
  basic_credentials_in_unicode: basic('ï', 'ß🙂'),
  basic_credentials_with_colons: basic('a', 'b:c:d'),
  basic_credentials_with_a_number: basic(1234567, 'p'),
  basic_credentials_without_a_password: basic('u', ''),
  basic_credentials_of_a_token_call_in_unicode: tokenBasic('ï', 'ß🙂'),
  basic_credentials_of_a_token_call_without_a_password: tokenBasic('u', undefined),

  base_path_with_a_trailing_slash: base('/v5/'),
  base_path_that_is_longer: base('/proxy/v5'),
  base_path_that_is_empty: base(''),
  base_path_set_later: async (sdk, context) => {
    const client = context.client('http://127.0.0.1:1');
    client.basePath = context.baseUrl;
    await context.answers({ status: 200, json: {} });
    const { error } = await context.call(client, {});
    return error;
  },
  base_path_with_a_trailing_slash_set_later: async (sdk, context) => {
    const client = context.client();
    client.basePath = `${context.baseUrl}/`;
    await context.answers({ status: 200, json: {} });
    const { error } = await context.call(client, {});
    return error;
  },
  base_path_with_credentials: async (sdk, context) => {
    await context.answers({ status: 200, json: {} });
    const { error } = await context.call(context.client(context.baseUrl.replace('//', '//u:p@')), {});
    return error instanceof Error;
  },

  path_with_dots: async (sdk, context) => {
    await context.answers({ status: 200, json: {} });
    const { error } = await context.call(context.client(), { path: '/boards/{id}', pathParams: { id: '../user_account' } });
    return error;
  },

  no_second_request_after_a_failure: async (sdk, context) => {
    await context.answers({ status: 503, json: {} }, { status: 200, json: {} });
    const { error } = await context.call(context.client(), {});
    return error.status;
  },

  no_second_request_after_a_reset: async (sdk, context) => {
    await context.answers({ fault: 'reset' }, { status: 200, json: {} });
    const { error } = await context.call(context.client(), { method: 'POST' });
    return error instanceof Error;
  },

  fifty_at_once: async (sdk, context) => {
    await context.control('POST', 'standing', { status: 200, json: {} });
    const client = context.client();
    const calls = Array.from({ length: 50 }, (_, number) => context.call(client, { path: '/same' }).then(() => number));
    return (await Promise.all(calls)).length;
  },
};
