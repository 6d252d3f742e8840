// callApi: any endpoint, as programs for the published package call it.

import assert from 'node:assert/strict';
import { createReadStream, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { PinterestSdk, root, run } from './support/installed.mjs';
import { Sandbox } from './support/sandbox.mjs';

const { ApiClient, ApiError, OauthApi } = PinterestSdk;
const sandbox = await Sandbox.start();

const FORM = ['application/x-www-form-urlencoded'];
const JSON_TYPE = ['application/json'];

/** The thirteen arguments by name. */
function call(client, options = {}, callback = undefined) {
  const { path = '/user_account', method = 'GET', pathParams = {}, query = {}, headers = {}, form = {}, body = null } = options;
  const { auth = [], contentTypes = [], accepts = JSON_TYPE, returnType = Object, base = null } = options;
  const parameters = [pathParams, query, headers, form, body, auth, contentTypes, accepts, returnType, base];
  return client.callApi(path, method, ...parameters, callback);
}

async function lastRequest() {
  return (await sandbox.requests()).at(-1);
}

async function userClient(scope) {
  await sandbox.reset();
  await sandbox.control('POST', '/_sandbox/tokens', { access_token: 'pina_user', scope });
  const client = sandbox.client();
  client.authentications.pinterest_oauth2.accessToken = () => 'pina_user';
  return client;
}

test('a bearer token reads the account; a scope that it lacks is an error with the code', async () => {
  const client = await userClient('user_accounts:read');
  const { data, response } = await call(client, { auth: ['pinterest_oauth2'] });
  assert.equal(typeof data.username, 'string');
  assert.deepEqual([response.status, response.body], [200, data]);
  const error = await call(client, { path: '/boards', auth: ['pinterest_oauth2'] }).catch((reason) => reason);
  assert.ok(error instanceof ApiError);
  assert.deepEqual([error.kind, error.code, error.response.body.code], ['Scope', 3, 3]);
  assert.deepEqual([error.response.error.method, error.response.error.path], ['GET', '/v5/boards']);
});

test('callback and promise tell the same, once', async () => {
  await sandbox.reset();
  await sandbox.script({ json: { a: 1 } }, { status: 404, json: { code: 50, message: 'no such board' } });
  const told = [];
  const { data, response } = await call(sandbox.client(), {}, (...given) => told.push(given));
  await new Promise((resolve) => { setTimeout(resolve, 20); });
  assert.deepEqual(told, [[null, data, response]]);
  const failure = await new Promise((resolve) => { call(sandbox.client(), {}, (...given) => resolve(given)); });
  assert.deepEqual([failure[0].code, failure[1], failure[2]], [50, null, failure[0].response]);
  assert.equal((await sandbox.requests()).length, 2);
});

test('rate limits are read from the headers of answers and refusals', async () => {
  await sandbox.reset();
  const headers = { 'X-RateLimit-Limit': '100', 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': '17' };
  const expected = { limit: 100, remaining: 0, reset: 17 };
  await sandbox.script({ headers, json: {} }, { status: 429, headers, json: { code: 8, message: 'slow down' } }, { json: {} });
  assert.deepEqual((await call(sandbox.client())).response.rateLimit, expected);
  const error = await call(sandbox.client()).catch((reason) => reason);
  assert.deepEqual([error.rateLimit, error.response.rateLimit, error.retryAfter], [expected, expected, 17]);
  assert.equal((await call(sandbox.client())).response.rateLimit, undefined);
});

test('a form, JSON, text and bytes arrive as they were given', async () => {
  await sandbox.reset();
  await sandbox.control('POST', '/_sandbox/standing', { json: {} });
  const client = sandbox.client();
  const post = async (options) => {
    await call(client, { method: 'post', ...options });
    const { headers, body, body_base64: bytes } = await lastRequest();
    return [Object.fromEntries(headers)['content-type'], body ?? bytes];
  };
  assert.deepEqual(await post({ form: { a: ['1', 'ü'], b: null }, contentTypes: FORM }), [FORM[0], 'a=1&a=%C3%BC']);
  assert.deepEqual(await post({ body: { a: 'ü', b: undefined } }), [JSON_TYPE[0], '{"a":"ü"}']);
  assert.deepEqual(await post({ body: 'words', contentTypes: ['text/plain'] }), ['text/plain', 'words']);
  const bytes = Buffer.from([0, 255, 128]);
  assert.deepEqual(await post({ body: bytes, contentTypes: ['image/png'] }), ['image/png', bytes.toString('base64')]);
});

test('multipart/form-data carries fields, bytes, Blobs and files, and no name breaks out of it', async () => {
  await sandbox.reset();
  await sandbox.control('POST', '/_sandbox/standing', { json: {} });
  const path = join(sandbox.folder, 'a.csv');
  writeFileSync(path, 'x,y\n');
  const form = { 'a"\r\nb': 'ü', file: createReadStream(path), blob: new Blob(['z'], { type: 'text/plain' }), raw: Buffer.from('r') };
  await call(sandbox.client(), { method: 'POST', form, contentTypes: ['multipart/form-data'] });
  const { headers, body } = await lastRequest();
  const boundary = Object.fromEntries(headers)['content-type'].split('boundary=')[1];
  const parts = body.split(`--${boundary}`).slice(1, -1).map((part) => part.trim().split('\r\n'));
  assert.deepEqual(parts, [
    ['Content-Disposition: form-data; name="a%22%0D%0Ab"', '', 'ü'],
    ['Content-Disposition: form-data; name="file"; filename="a.csv"', 'Content-Type: text/csv', '', 'x,y'],
    ['Content-Disposition: form-data; name="blob"; filename="blob"', 'Content-Type: text/plain', '', 'z'],
    ['Content-Disposition: form-data; name="raw"', 'Content-Type: application/octet-stream', '', 'r'],
  ]);
  const missing = { file: createReadStream(join(sandbox.folder, 'missing')) };
  const error = await call(sandbox.client(), { method: 'POST', form: missing, contentTypes: ['multipart/form-data'] })
    .catch((reason) => reason);
  assert.equal(error.code, 'ENOENT');
  assert.equal((await sandbox.requests()).length, 1);
});

test('answers of other types come as text and as bytes', async () => {
  await sandbox.reset();
  const png = { headers: { 'content-type': 'image/png' }, body_base64: 'iVBORw==' };
  await sandbox.script(png, { headers: { 'content-type': 'text/csv' }, body: 'x,y' }, { body: '<html>' });
  const client = sandbox.client();
  const { data, response } = await call(client, { accepts: ['image/png'], returnType: 'Blob' });
  assert.deepEqual([data, response.bytes()], [Buffer.from('iVBORw==', 'base64'), data]);
  assert.equal((await call(client, { accepts: ['text/csv'], returnType: 'String' })).data, 'x,y');
  await assert.rejects(call(client), { kind: 'Protocol', status: 200 });
  await sandbox.control('POST', '/_sandbox/standing', { body: '{"a": 1}' });
  assert.deepEqual((await call(client, { returnType: 'Blob' })).data, Buffer.from('{"a": 1}'));
  assert.equal((await call(client, { returnType: 'String' })).data, '{"a": 1}');
});

test('what cannot be sent throws at once, and nothing is sent', async () => {
  await sandbox.reset();
  const client = sandbox.client();
  client.authentications.evil = { type: 'bearer', accessToken: 't\r\nX-Evil: 1' };
  const self = {};
  self.self = self;
  for (const options of [
    { method: null }, { method: 'GET /x' }, { path: null }, { pathParams: null, path: '/{a}' }, { auth: null },
    { auth: ['unknown'] }, { auth: ['evil'] }, { contentTypes: null }, { accepts: null }, { accepts: ['a\nb'] },
    { headers: { 'X-A': 'a\r\nX-Evil: 1' } }, { headers: { 'X A': 'a' } }, { headers: { 'X-A': '\ud83d' } },
    { method: 'POST', body: self }, { method: 'POST', body: { a: 1n } }, { method: 'POST', body: new Blob(['x']) },
    { method: 'POST', form: { a: Buffer.from('x') }, contentTypes: FORM },
  ]) {
    assert.throws(() => call(client, options), TypeError, inspect(options));
  }
  for (const options of [
    { query: { a: '\ud800' } }, { query: { '\ud800': 1 } }, { path: '/{a}', pathParams: { a: '\ud800' } }, { path: '/\ud800' },
    { method: 'POST', form: { a: '\ud800' }, contentTypes: FORM }, { method: 'POST', body: '\ud800' },
  ]) {
    assert.throws(() => call(client, options), URIError, inspect(options));
  }
  for (const [grant, options] of [['\ud800', {}], ['authorization_code', { code: '\ud800' }]]) {
    assert.throws(() => new OauthApi(client).oauthToken(grant, options), URIError);
  }
  assert.equal((await sandbox.requests()).length, 0);
});

test('a subclass adds an authentication of its own', async () => {
  await sandbox.reset();
  await sandbox.script({ json: {} });
  class Mine extends ApiClient {
    applyAuthToRequest(request, names) {
      super.applyAuthToRequest(request, names.filter((name) => name !== 'mine'));
      request.set('X-Mine', 'key').query({ key: 'a b' });
    }
  }
  await call(new Mine(`${sandbox.http}/v5`), { auth: ['mine'] });
  const { headers, query } = await lastRequest();
  assert.deepEqual([Object.fromEntries(headers)['x-mine'], query], ['key', 'key=a%20b']);
});

test('a call leads to no other host than its base path names', async () => {
  await sandbox.reset();
  await sandbox.control('POST', '/_sandbox/standing', { json: {} });
  for (const path of ['@nowhere.invalid/', '//nowhere.invalid/', '.nowhere.invalid', ':1/']) {
    await call(sandbox.client(), { path });
  }
  assert.equal((await sandbox.requests()).length, 4);
  await assert.rejects(call(sandbox.client(), { base: 'http://nowhere.invalid' }), { kind: 'InvalidInput' });
});

test('after abort the callback is not called, and the promise says so', async () => {
  await sandbox.reset();
  await sandbox.script({ fault: 'hang' }, { fault: 'hang' });
  let called = 0;
  const request = call(sandbox.client(), {}, () => { called += 1; });
  const token = sandbox.api().oauthToken('client_credentials', () => { called += 1; });
  await new Promise((resolve) => { setTimeout(resolve, 100); });
  request.abort();
  token.abort();
  await assert.rejects(request, { name: 'AbortError' });
  await assert.rejects(token, { name: 'AbortError' });
  await new Promise((resolve) => { setTimeout(resolve, 20); });
  assert.equal(called, 0);
});

test("network failures have Node's codes", async () => {
  const { refused, slam, tls_expired: expired } = sandbox.addresses;
  const codes = { [`http://${refused}`]: 'ECONNREFUSED', [`http://${slam}`]: 'ECONNRESET', [`https://${expired}`]: 'CERT_HAS_EXPIRED' };
  codes['https://nowhere.invalid'] = 'ENOTFOUND';
  for (const [base, code] of Object.entries(codes)) {
    const error = await call(sandbox.client(base)).catch((reason) => reason);
    assert.deepEqual([error.code, error.kind], [code, 'Network'], base);
  }
  const client = sandbox.client(`http://${sandbox.addresses.silent}`);
  client.timeout = 150;
  const late = { code: 'ECONNABORTED', errno: 'ETIME', timeout: 150, kind: 'Network', phase: 'timeout' };
  await assert.rejects(call(client), late);
});

test('no text form of a call shows a secret', async () => {
  await sandbox.reset();
  await sandbox.script({ status: 401, json: { code: 2, message: 'bad 0123456789abcdef0123456789abcdef01234567' } });
  const client = sandbox.client();
  const form = { grant_type: 'authorization_code', code: 'the-code' };
  const error = await call(client, { method: 'POST', path: '/oauth/token', form, auth: ['basic'], contentTypes: FORM })
    .catch((reason) => reason);
  const texts = [inspect(error, { depth: 10, showHidden: true }), JSON.stringify(error), error.stack, String(error)];
  for (const text of texts) assert.doesNotMatch(text, /0123456789abcdef0123456789abcdef01234567|the-code|MTIzNDU2NzowMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3/);
});

test('a failure that nobody looks at is an unhandled rejection; a callback looks', async () => {
  await sandbox.reset();
  await sandbox.control('POST', '/_sandbox/standing', { status: 500, json: {} });
  const source = (callback) => `
    const { ApiClient } = require('pinterest-sdk');
    new ApiClient('${sandbox.http}/v5').callApi('/x', 'GET', {}, {}, {}, {}, null, [], [], [], null, null, ${callback});`;
  const silent = await run(source('undefined'), { extension: '.cjs' });
  assert.equal(silent.code, 1);
  assert.match(silent.stderr, /ApiError/);
  const told = await run(source('(error) => console.log(error.status)'), { extension: '.cjs' });
  assert.deepEqual([told.code, told.stdout, told.stderr], [0, '500\n', '']);
});

test('the example greets the account and lists every board, page by page', async () => {
  await userClient('user_accounts:read boards:read');
  const source = readFileSync(join(root, 'examples/node/boards.mjs'), 'utf8');
  const env = { PINTEREST_API_URI: `${sandbox.http}/v5`, PINTEREST_ACCESS_TOKEN: 'pina_user' };
  const { code, stdout, stderr } = await run(source, { env });
  assert.deepEqual([code, stderr], [0, '']);
  const [greeting, ...boards] = stdout.trim().split('\n');
  assert.match(greeting, /^Hello, \w+/);
  const pages = (await sandbox.requests()).filter(({ path }) => path === '/v5/boards');
  assert.ok(pages.length > 1 && boards.length > 25, `${pages.length} pages, ${boards.length} boards`);
  assert.equal(new Set(boards).size, boards.length);
  const wrong = await run(source, { env: { ...env, PINTEREST_ACCESS_TOKEN: 'pina_other' } });
  assert.equal(wrong.code, 1);
  assert.match(wrong.stderr, /Hint: /);
  assert.doesNotMatch(wrong.stderr, /pina_other/);
});

test('hostile answers are errors in time, and nothing is sent twice', async () => {
  const redirect = { status: 307, headers: { location: 'https://nowhere.invalid/' }, body: '' };
  const answers = [redirect, { fault: 'reset' }, { fault: 'hang' }, { body: '[1' }, { raw: 'hello\r\n\r\n', then: 'close' }];
  answers.push({ body: '['.repeat(100_000) }, { body: `"${'x'.repeat(2_000_000)}"` });
  for (const answer of answers) {
    await sandbox.reset();
    await sandbox.script(answer, { json: {} });
    const client = sandbox.client();
    client.timeout = 1000;
    client.maxAnswerBytes = 1_000_000;
    const error = await call(client, { method: 'POST', auth: ['basic'] }).catch((reason) => reason);
    assert.ok(error instanceof ApiError, JSON.stringify(answer).slice(0, 100));
    assert.equal((await sandbox.requests()).length, 1);
  }
});

test('as a String an answer is its text, JSON or not', async () => {
  await sandbox.reset();
  const client = sandbox.client();
  for (const [text, type] of [['plain words', 'text/plain'], ['<p>', 'application/json'], ['{"a": 1}', 'application/json'], ['', 'text/html']]) {
    await sandbox.script({ body: text, headers: { 'content-type': type } });
    const { data } = await call(client, { returnType: 'String' });
    assert.equal(data ?? '', text);
  }
});
