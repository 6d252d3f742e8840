// What the package exports, and the classes of what calls give.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { PinterestSdk, folder, run } from './support/installed.mjs';
import { Sandbox } from './support/sandbox.mjs';

const { ApiClient, ApiError, OauthApi } = PinterestSdk;
const sandbox = await Sandbox.start();

test('ES modules and CommonJS export the same, by name and as default', async () => {
  const source = `
    import assert from 'node:assert/strict';
    import { createRequire } from 'node:module';
    import Default, * as named from 'pinterest-sdk';
    const common = createRequire(import.meta.url)('pinterest-sdk');
    assert.equal(Default, common);
    assert.equal(common.default, common);
    assert.deepEqual(Object.keys(named).sort(), Object.keys(common).sort());
    for (const name of Object.keys(common)) assert.equal(named[name], common[name], name);
    console.log(Object.keys(common).sort().join());`;
  const { stdout, stderr } = await run(source);
  assert.equal(stderr, '');
  assert.equal(stdout.trim(), Object.keys(PinterestSdk).sort().join());
});

test('the types name every export and nothing else', () => {
  const installed = join(folder, 'node_modules/pinterest-sdk');
  const types = ['types.d.ts', 'authorization.d.ts', 'errors.d.ts', 'models.d.ts', 'operations.d.ts', 'pages.d.ts', 'tokens.d.ts'].map((file) => readFileSync(join(installed, file), 'utf8')).join('\n');
  const named = [...types.matchAll(/^export declare (?:class|function) (\w+)/gm)].map(([, name]) => name);
  // HttpResponse is a type only: nobody but the package makes one.
  const exported = Object.keys(PinterestSdk).filter((name) => name !== 'default');
  assert.deepEqual(named.filter((name) => name !== 'HttpResponse').sort(), exported.sort());
});

test('the tarball holds the native library and no sources', () => {
  const { version } = JSON.parse(readFileSync(join(folder, 'node_modules/pinterest-sdk/package.json'), 'utf8'));
  assert.match(version, /^\d/);
  assert.throws(() => readFileSync(join(folder, 'node_modules/pinterest-sdk/src/lib.rs')), { code: 'ENOENT' });
});

test("the client's settings are where the published package has them", () => {
  const client = new ApiClient();
  assert.equal(client.basePath, 'https://api.pinterest.com/v5');
  assert.equal(new ApiClient('http://127.0.0.1:1/v5//').basePath, 'http://127.0.0.1:1/v5');
  assert.equal(client.timeout, 60_000);
  assert.equal(client.authentications['basic'].type, 'basic');
  assert.equal(client.authentications['pinterest_oauth2'].type, 'oauth2');
  assert.equal(ApiClient.instance, ApiClient.instance);
  assert.equal(new OauthApi().apiClient, ApiClient.instance);
  assert.equal(new OauthApi(null).apiClient, ApiClient.instance);
  assert.equal(new OauthApi(client).apiClient, client);
});

test('response_type chooses the class', async () => {
  const kinds = {
    authorization_code: PinterestSdk.OauthAccessTokenResponseCode,
    refresh_token: PinterestSdk.OauthAccessTokenResponseRefresh,
    client_credentials: PinterestSdk.OauthAccessTokenResponseClientCredentials,
    everlasting_refresh: PinterestSdk.OauthAccessTokenResponseEverlastingRefresh,
    integration_refresh: PinterestSdk.OauthAccessTokenResponseIntegrationRefresh,
    constructor: PinterestSdk.OauthAccessTokenResponse,
    brand_new: PinterestSdk.OauthAccessTokenResponse,
  };
  for (const [response_type, kind] of Object.entries(kinds)) {
    await sandbox.script({ json: { access_token: 'pina_x', response_type } });
    const data = await sandbox.api().oauthToken('client_credentials');
    assert.equal(data.constructor, kind);
    assert.ok(data instanceof PinterestSdk.OauthAccessTokenResponse);
    assert.ok(data instanceof PinterestSdk.OauthAccessToken);
    assert.equal(data.response_type, response_type);
    assert.equal(data.token_type, 'bearer');
  }
});

test('a model survives being stored as JSON', async () => {
  const wire = {
    access_token: 'pina_x',
    token_type: 'bearer',
    expires_in: 2_592_000,
    scope: 'pins:read',
    response_type: 'authorization_code',
    refresh_token: 'pinr.x',
    refresh_token_expires_in: 5_184_000,
    refresh_token_expires_at: 1_730_000_000,
  };
  await sandbox.script({ json: { ...wire, brand_new: { a: [1] } } });
  const data = await sandbox.api().oauthToken('authorization_code');
  assert.deepEqual(JSON.parse(JSON.stringify(data)), { ...wire, additional_properties: { brand_new: { a: [1] } } });
  const again = PinterestSdk.OauthAccessTokenResponse.constructFromObject(JSON.parse(JSON.stringify(data)));
  assert.deepEqual(again, data);
  assert.equal(again.constructor, PinterestSdk.OauthAccessTokenResponseCode);
});

test('models are made as with the published package', () => {
  const { OauthAccessTokenResponse, OauthAccessTokenResponseCode, OauthAccessTokenRequestCode } = PinterestSdk;
  const filled = new OauthAccessTokenResponse();
  assert.equal(OauthAccessTokenResponse.constructFromObject({ access_token: 'a', expires_in: '12' }, filled), filled);
  assert.equal(filled.expires_in, 12);
  assert.equal(OauthAccessTokenResponse.constructFromObject(null, filled), filled);
  assert.equal(new OauthAccessTokenResponse().token_type, 'bearer');
  assert.deepEqual(new OauthAccessTokenResponse().additional_properties, {});
  const code = new OauthAccessTokenResponseCode('a', 'bearer', 1, 's', 'r', 2);
  assert.deepEqual([code.access_token, code.scope, code.refresh_token, code.refresh_token_expires_in], ['a', 's', 'r', 2]);
  const request = new OauthAccessTokenRequestCode('authorization_code', 'c', 'u');
  assert.equal(JSON.stringify(request), '{"grant_type":"authorization_code","code":"c","redirect_uri":"u"}');
  assert.ok(!inspect(request).includes("'c'"));
  const model = PinterestSdk.Error.constructFromObject({ code: 2, message: 'm' });
  assert.deepEqual([model.code, model.message, model instanceof Error], [2, 'm', false]);
  assert.equal(OauthAccessTokenResponse.constructFromObject(null), undefined);
  assert.equal(inspect(model), "Error { code: 2, message: 'm' }");
});

test('a field named __proto__ is a field like any other', async () => {
  await sandbox.script({ body: '{"access_token":"pina_x","__proto__":{"polluted":true},"constructor":1}' });
  const data = await sandbox.api().oauthToken('client_credentials');
  assert.deepEqual(Object.keys(data.additional_properties).sort(), ['__proto__', 'constructor']);
  assert.equal(data.polluted, undefined);
  assert.equal({}.polluted, undefined);
});

test("the response is read as superagent's users read it", async () => {
  const headers = [['X-Pinterest-Rid', '77'], ['Set-Cookie', 'a=1'], ['Set-Cookie', 'b=2'], ['X-Two', '1'], ['X-Two', '2']];
  await sandbox.script({ status: 201, json: { access_token: 'pina_x', expires_in: '7' }, headers });
  const { response } = await sandbox.api().oauthTokenWithHttpInfo('client_credentials');
  assert.deepEqual([response.status, response.statusCode, response.ok], [201, 201, true]);
  assert.deepEqual(response.body, { access_token: 'pina_x', expires_in: '7' });
  assert.deepEqual(JSON.parse(response.text), response.body);
  assert.equal(response.headers['x-pinterest-rid'], '77');
  assert.deepEqual(response.headers['set-cookie'], ['a=1', 'b=2']);
  assert.equal(response.get('X-Two'), '1, 2');
  assert.equal(response.get('constructor'), undefined);
  assert.equal(response.header, response.headers);
  assert.equal(response.type, 'application/json');
});

test('an error carries what is known, and is a real Error', async () => {
  const headers = { 'x-pinterest-rid': '99', 'retry-after': '7' };
  await sandbox.script({ status: 429, json: { code: 8, message: 'too many' }, headers });
  const error = await sandbox.api().oauthToken('client_credentials', { scope: 'pins:read' }).catch((reason) => reason);
  assert.ok(error instanceof ApiError && error instanceof Error);
  const { name, kind, status, code, outcome, retryAfter, requestId, retryable, phase } = error;
  assert.deepEqual({ name, kind, status, code, outcome, retryAfter, requestId, retryable, phase }, {
    name: 'ApiError',
    kind: 'RateLimited',
    status: 429,
    code: 8,
    outcome: 'Refused',
    retryAfter: 7,
    requestId: '99',
    retryable: true,
    phase: undefined,
  });
  assert.match(error.message, /too many.*HTTP 429.*Hint: /);
  assert.ok(error.message.endsWith(error.hint));
  assert.match(error.stack, /shape\.test\.mjs/);
  assert.deepEqual(error.response.body, { code: 8, message: 'too many' });
  assert.equal(error.response.status, 429);
  assert.equal(error.response.headers['x-pinterest-rid'], '99');
});

test('what is odd in an answer is listed beside the token, kept in JSON, and not shown', async () => {
  const json = { access_token: 'pina_x', refresh_token: ['pinr.canary'], scope: ['canary'], expires_in: '' };
  await sandbox.script({ json });
  const data = await sandbox.api().oauthToken('client_credentials');
  assert.equal(data.access_token, 'pina_x');
  for (const name of ['refresh_token', 'scope', 'expires_in']) assert.equal(data[name], undefined);
  const odd = [['expires_in', ''], ['scope', ['canary']], ['refresh_token', ['pinr.canary']]];
  const pairs = (token) => token.odd_fields.map(({ name, value }) => [name, value]);
  assert.deepEqual(pairs(data), odd);
  assert.equal(data.odd_fields[2].reason, 'not a string');
  for (const shown of [inspect(data, { depth: 9, showHidden: true }), String(data)]) assert.doesNotMatch(shown, /canary/);
  assert.match(inspect(data, { depth: 9 }), /OddField \{ name: 'scope', reason: 'not a string' \}/);
  const again = PinterestSdk.OauthAccessTokenResponse.constructFromObject(JSON.parse(JSON.stringify(data)));
  assert.deepEqual(pairs(again), odd);

  await sandbox.script({ json: { access_token: 'pina_x' } });
  const plain = await sandbox.api().oauthToken('client_credentials');
  assert.deepEqual([plain.odd_fields, Object.hasOwn(plain, 'odd_fields')], [[], false]);
});

test("an error's response has the text as it came, which no text form of the error has", async () => {
  const text = '{ "code": 1,\n "message": "bad",\t"details": ["words-of-the-body"] }\n';
  await sandbox.script({ status: 400, body: text }, { status: 500, body: '' });
  const error = await sandbox.api().oauthToken('client_credentials').catch((reason) => reason);
  assert.equal(error.response.text, text);
  assert.deepEqual(error.response.body.details, ['words-of-the-body']);
  const options = { depth: 9, showHidden: true };
  const shown = [String(error), error.stack, JSON.stringify(error), inspect(error, options), inspect(error.response, options)];
  assert.doesNotMatch(shown.join('\n'), /words-of-the-body/);
  const empty = await sandbox.api().oauthToken('client_credentials').catch((reason) => reason);
  assert.equal(empty.response.text, '');
});

test('scopes are listed and looked up by name', () => {
  const { Scopes } = PinterestSdk;
  assert.ok(Object.keys(Scopes).includes('USER_ACCOUNTS_READ'));
  assert.equal(Scopes.USER_ACCOUNTS_READ, 'user_accounts:read');
  assert.equal('PINS_WRITE' in Scopes, true);
  assert.equal(Scopes.NO_SUCH_SCOPE, undefined);
  assert.throws(() => {
    Scopes.PINS_WRITE = 'other';
  }, TypeError);
});
