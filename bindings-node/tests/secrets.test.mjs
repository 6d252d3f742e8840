// Unique secrets in every field; nothing that is printed, logged or raised shows one.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { PinterestSdk, run } from './support/installed.mjs';
import { Sandbox } from './support/sandbox.mjs';

const sandbox = await Sandbox.start();

/** Prints every text form of everything, after calls that succeed and calls that fail in every way. */
const PROGRAM = `
  import { format, inspect } from 'node:util';
  import PinterestSdk from 'pinterest-sdk';
  const [http, refused] = process.argv.slice(2);

  const show = (value) => {
    console.log(value, String(value), format('%s %o %O %j', value, value, value, value));
    console.log(inspect(value, { depth: 9, showHidden: true, getters: true }), JSON.stringify(value), value?.stack);
    if (value instanceof Error) for (const name in value) console.log(name, value[name]);
  };
  /** JSON.stringify of a token keeps the token: that is how it is stored. */
  const showModel = (model) => console.log(model, String(model), inspect(model, { depth: 9, showHidden: true }));

  const client = (basePath) => {
    const made = new PinterestSdk.ApiClient(basePath);
    made.authentications.basic.username = '1234567';
    made.authentications.basic.password = 'canary-password';
    made.authentications.pinterest_oauth2.accessToken = 'canary-access-token';
    made.defaultHeaders['X-Default'] = 'canary-default-header';
    return made;
  };
  const replaced = client(http);
  replaced.authentications = { basic: { type: 'basic', username: '1234567', password: 'canary-replaced' } };
  const proxied = client('https://api.pinterest.com/v5');
  proxied.proxy = 'http://user:canary-proxy@' + refused;
  proxied.proxyHeaders = { 'Proxy-Authorization': 'canary-proxy-header' };
  const broken = client(http);
  broken.authentications.basic.password = 'canary-broken\\r\\nx';
  const userinfo = client(http.replace('//', '//user:canary-userinfo@'));

  const fields = {
    code: 'canary-code',
    refreshToken: 'canary-refresh-token',
    redirectUri: 'http://localhost:8085/',
    headers: { 'X-Call': 'canary-call-header' },
  };
  for (const one of [client(http), replaced, client('http://' + refused), proxied, broken, userinfo]) {
    show(one);
    const api = new PinterestSdk.OauthApi(one);
    show(api);
    for (let made = 0; made < 4; made += 1) {
      try {
        const { data, response } = await api.oauthTokenWithHttpInfo('authorization_code', fields);
        showModel(data);
        show(response);
        console.log('answered');
      } catch (error) {
        show(error);
        show(error.response);
        console.log(error.response?.body, error.response?.headers, error.response?.text);
        console.log('failed', error.name);
      }
    }
    await api.revokeToken('canary-revoked').catch(show);
    await api.conversionToken().catch(show);
  }
  for (const wrong of [{ code: ['canary-wrong'] }, { 'scope ': 'canary-wrong' }, { timeout: 'canary-wrong' }]) {
    try {
      new PinterestSdk.OauthApi().oauthToken('refresh_token', wrong);
    } catch (error) {
      show(error);
    }
  }
  show(new PinterestSdk.OauthApi());
  await new PinterestSdk.OauthApi(client('http://' + refused)).oauthToken('canary-grant', fields).catch(() => {});
  throw await new PinterestSdk.OauthApi(broken).oauthToken('refresh_token', fields).catch((error) => error);`;

test('no text form of anything shows a secret', async () => {
  await sandbox.reset();
  const echo = 'canary-code canary-refresh-token canary-password canary-access-token';
  await sandbox.script(
    {
      json: {
        access_token: 'canary-token',
        refresh_token: 'canary-new-refresh-token',
        id_token: 'canary-unknown-field',
        expires_in: 5,
        response_type: 'authorization_code',
      },
      headers: { 'Set-Cookie': 'canary-cookie' },
    },
    { status: 401, json: { code: 2, message: echo, token: 'canary-extra' }, headers: { 'X-Echo': echo, 'Set-Cookie': 'canary-cookie' } },
    { json: { access_token: 'canary-token', expires_in: 'canary-integer' } },
    { body: `{"access_token":"canary-token","scope":"canary-cut` },
  );
  const env = { RUST_LOG: 'trace', RUST_BACKTRACE: 'full' };
  const args = [`${sandbox.http}/v5`, sandbox.addresses.refused];
  const { stdout, stderr, code } = await run(PROGRAM, { env, args });
  assert.equal(code, 1, 'ends with the uncaught error');
  const printed = stdout + stderr;
  assert.deepEqual([...new Set(printed.match(/canary-[\w-]+/g))], []);
  // The program did what it says: otherwise the silence would prove nothing.
  assert.ok(printed.includes('answered') && printed.includes("access_token: '[redacted]'"), printed);
  assert.ok(printed.match(/failed ApiError/g).length >= 20, printed);
  assert.ok(printed.includes('[redacted] [redacted]'), 'the echo was cleared');
});

test('a client that is printed without its own form, or cloned, has no secret', () => {
  const client = new PinterestSdk.ApiClient();
  client.authentications.basic.password = 'canary-password';
  client.authentications.pinterest_oauth2.accessToken = 'canary-token';
  client.proxy = 'http://user:canary-proxy@localhost:3128';
  client.proxyHeaders = { 'Proxy-Authorization': 'canary-header' };
  const deeply = { customInspect: false, depth: 9, showHidden: true };
  const api = new PinterestSdk.OauthApi(client);
  const shown = [client, api, globalThis.structuredClone(client), { ...client }, Object.create(client), new Proxy(client, {})]
    .flatMap((one) => [inspect(one, deeply), inspect(one, { ...deeply, showProxy: true }), JSON.stringify(one)]);
  assert.deepEqual(shown.join().match(/canary[\w-]+/g), null);
  for (const one of [client, Object.create(client), new Proxy(client, {})]) {
    assert.equal(one.proxy, 'http://user:canary-proxy@localhost:3128');
    assert.deepEqual(one.proxyHeaders, { 'Proxy-Authorization': 'canary-header' });
  }
  client.proxy = undefined;
  assert.equal(client.proxy, undefined);
});

test('an address is shown without what people put into it', () => {
  for (const [address, shown] of [
    ['https://user:can/ary@a.example/v5', 'https://[redacted]@a.example/v5'],
    ['https://a.example/v5?key=canary', 'https://a.example/v5?[redacted]'],
    ['https://a.example/v5#canary', 'https://a.example/v5#[redacted]'],
    ['user:canary@a.example', '[redacted]@a.example'],
    ['https://a.example/v5', 'https://a.example/v5'],
  ]) {
    assert.equal(new PinterestSdk.ApiClient(address).toJSON().basePath, shown);
  }
});
