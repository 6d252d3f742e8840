// Runs every case of tests/vectors from Node. See tests/vectors/README.md for their form.

import assert from 'node:assert/strict';
import { File } from 'node:buffer';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { PinterestSdk, root } from './support/installed.mjs';
import { Sandbox } from './support/sandbox.mjs';

const { ApiClient, ApiError, AuthorizationRequest, OauthApi, PendingAuthorization, Scopes } = PinterestSdk;
const folder = join(root, 'tests/vectors');
const sandbox = await Sandbox.start();

/** The fields that each part of a case may have; an unknown one fails. */
const KNOWN = {
  case: ['name', 'configuration', 'call', 'server', 'outcome', 'within_seconds', 'canary'],
  configuration: ['host', 'username', 'password', 'access_token', 'timeout_seconds', 'connect_timeout_seconds']
    .concat(['environment', 'proxy', 'retries', 'max_answer_bytes']),
  call: ['method', 'grant_type', 'code', 'redirect_uri', 'refresh_token', 'scope', 'continuous_refresh', 'refresh_on']
    .concat(['token', 'token_type_hint', 'times', 'pause_ms'])
    .concat(['scopes', 'pkce', 'comma_separated_scopes', 'lifetime_seconds', 'callback', 'uses', 'merged_with'])
    .concat(['options', 'http_method', 'path', 'json', 'content', 'parts', 'any_type']),
  options: ['timeout_seconds', 'connect_timeout_seconds', 'headers'],
  content: ['content_type', 'text'],
  part: ['name', 'text', 'file_name', 'content_type'],
  server: ['setup', 'respond', 'expect', 'connections'],
  request: ['method', 'path', 'headers', 'body', 'body_contains'],
  outcome: ['response', 'error', 'status', 'text', 'url_contains', 'ends_in'],
  error: ['kind', 'outcome', 'phase', 'status', 'code', 'retry_after_seconds', 'request_id']
    .concat(['setting', 'message_contains', 'hint_contains', 'hint_settings', 'body', 'headers', 'retryable', 'reason']),
};

function known(part, object) {
  for (const name of Object.keys(object ?? {})) {
    assert.ok(KNOWN[part].includes(name), `unknown field \`${name}\` in ${part}`);
  }
}

function checkFields(vector) {
  known('case', vector);
  known('outcome', vector.outcome);
  known('error', vector.outcome.error);
  for (const part of ['configuration', 'call', 'server']) known(part, vector[part]);
  for (const part of ['options', 'content']) known(part, vector.call[part]);
  for (const part of vector.call.parts ?? []) known('part', part);
  for (const request of vector.server.expect ?? []) known('request', request);
}

function client({ timeout_seconds, connect_timeout_seconds, ...settings }) {
  const { host, environment, proxy, username, password, access_token } = settings;
  const made = host === null ? new ApiClient() : new ApiClient(host ?? `${sandbox.http}/v5`);
  if (environment !== undefined) {
    made.environment = environment;
    assert.equal(made.environment, environment);
  }
  if (proxy !== undefined) made.proxy = proxy;
  made.authentications.basic.username = username === undefined ? '1234567' : username;
  made.authentications.basic.password = password === undefined ? '0123456789abcdef0123456789abcdef01234567' : password;
  made.authentications.pinterest_oauth2.accessToken = access_token;
  made.timeout = (timeout_seconds ?? 5) * 1000;
  if (connect_timeout_seconds !== undefined) made.connectTimeout = connect_timeout_seconds * 1000;
  if (settings.retries !== undefined) made.retries = settings.retries;
  if (settings.max_answer_bytes !== undefined) made.maxAnswerBytes = settings.max_answer_bytes;
  return made;
}

const METHODS = {
  oauth_token: (api, { grant_type, ...options }) => api.oauthTokenWithHttpInfo(grant_type, options),
  revoke_token: (api, { token, ...options }) => api.revokeTokenWithHttpInfo(token, options),
  conversion_token: (api, options) => api.conversionTokenWithHttpInfo(options),
  request: ({ apiClient }, given) => request(apiClient, given),
};

/** What one call does differently, in milliseconds. */
function ownOptions({ timeout_seconds: timeout, connect_timeout_seconds: connect, headers } = {}) {
  const milliseconds = (seconds) => (seconds === undefined ? undefined : seconds * 1000);
  return { timeout: milliseconds(timeout), connectTimeout: milliseconds(connect), headers };
}

/** Any endpoint. */
function request(apiClient, { http_method: method, path, json, content, parts, any_type: ofAnyType = false }) {
  const files = parts?.map(({ name, text, file_name: fileName, content_type: type }) => {
    return [name, fileName === undefined ? text : new File([text], fileName, { type })];
  });
  const type = files === undefined ? content?.content_type : 'multipart/form-data';
  const body = json ?? content?.text ?? null;
  const types = type === undefined ? ['application/json'] : [type];
  const accepts = ofAnyType ? ['text/csv'] : ['application/json'];
  const form = Object.fromEntries(files ?? []);
  const returned = ofAnyType ? 'String' : Object;
  return apiClient.callApi(path, method, {}, {}, {}, form, body, ['pinterest_oauth2'], types, accepts, returned);
}

/** A scope, or `constant:NAME`. */
function scope(text) {
  if (!text.startsWith('constant:')) return text;
  const value = Scopes[text.slice('constant:'.length)];
  assert.ok(value, text);
  return value;
}

/** Starts an authorization, keeps it as JSON and completes it as often as the case says. */
async function authorize(apiClient, { callback, uses = 1, ...options }, own, { url_contains: parts = [] }) {
  const started = new AuthorizationRequest({ ...options, scopes: options.scopes.map(scope) }).start(apiClient);
  for (const part of parts) assert.ok(started.url.includes(part), started.url);
  const pending = PendingAuthorization.fromJSON(JSON.stringify(started));
  let data;
  for (let made = 0; made < uses; made += 1) {
    data = await pending.complete(apiClient, callback.replaceAll('{state}', started.state), ownOptions(own));
  }
  return { data };
}

async function call(vector) {
  const { method, times = 1, pause_ms: pause = 0, options, merged_with: old, ...args } = vector.call;
  const apiClient = client(vector.configuration ?? {});
  if (method === 'authorize') return authorize(apiClient, args, options, vector.outcome);
  if (method !== 'request') Object.assign(args, ownOptions(options));
  const api = new OauthApi(apiClient);
  let answer = await METHODS[method](api, args);
  for (let made = 1; made < times; made += 1) {
    await sleep(pause);
    answer = await METHODS[method](api, args);
  }
  if (old) return { ...answer, data: answer.data.mergedWith(old) };
  return answer;
}

/** What the cases call a setting, and what it is called here. */
const NAMES = {
  host: 'basePath',
  username: 'authentications.basic.username',
  password: 'authentications.basic.password',
  access_token: 'authentications.pinterest_oauth2.accessToken',
  redirect_uri: 'redirectUri',
  refresh_token: 'refreshToken',
  grant_type: 'grantType',
  max_answer_bytes: 'maxAnswerBytes',
};

function checkError(expected, error) {
  // What could not succeed anywhere is thrown at once, before there is a call.
  if (error instanceof TypeError) {
    assert.deepEqual([expected.kind, expected.outcome], ['InvalidInput', 'NotSent'], inspect(error));
    for (const part of expected.message_contains ?? []) assert.ok(error.message.includes(part), error.message);
    return;
  }
  assert.ok(error instanceof ApiError && error instanceof Error, inspect(error));
  for (const [field, name] of Object.entries({
    kind: 'kind',
    outcome: 'outcome',
    phase: 'phase',
    reason: 'reason',
    status: 'status',
    code: 'code',
    retry_after_seconds: 'retryAfter',
    request_id: 'requestId',
  })) {
    if (field in expected) assert.equal(error[name] ?? null, expected[field], `${field} of ${inspect(error)}`);
  }
  if ('retryable' in expected) assert.equal(error.retryable, expected.retryable);
  for (const [name, value] of Object.entries(expected.headers ?? {})) {
    assert.equal(error.response.headers[name] ?? null, value, name);
  }
  for (const name of expected.hint_settings ?? []) assert.ok(error.hint?.includes(`\`${NAMES[name] ?? name}\``), error.hint);
  if ('body' in expected) assert.equal(error.response?.text, expected.body);
  for (const part of expected.message_contains ?? []) assert.ok(error.message.includes(part), error.message);
  if (expected.setting) assert.ok(error.message.includes(`\`${NAMES[expected.setting] ?? expected.setting}\``), error.message);
  for (const part of expected.hint_contains ?? []) assert.ok(error.hint?.includes(part), error.hint);
}

function checkResponse(outcome, { data, response }) {
  if (outcome.text !== undefined) assert.deepEqual([data, response.text], [outcome.text, outcome.text]);
  if (outcome.ends_in !== undefined) {
    const left = data.expires_at - Date.now() / 1000;
    assert.ok(outcome.ends_in - 60 <= left && left <= outcome.ends_in, `${left} seconds`);
  }
  for (const [name, value] of Object.entries(outcome.response ?? {})) {
    const given = name === 'odd_fields' ? data.odd_fields.map((odd) => [odd.name, odd.value]) : data?.[name];
    assert.deepEqual(given ?? null, JSON.parse(asWritten(JSON.stringify(value))), name);
  }
  if (outcome.status !== undefined) assert.equal(response.status, outcome.status);
}

function checkRequests({ expect: expected, connections }, requests) {
  if (expected !== undefined) {
    assert.equal(requests.length, expected.length, 'requests that arrived');
    expected.forEach((request, index) => checkRequest(request, requests[index]));
  }
  if (connections !== undefined) {
    assert.equal(new Set(requests.map((request) => request.connection)).size, connections);
  }
}

function checkRequest({ headers = {}, body_contains: parts = [], ...expected }, arrived) {
  for (const part of parts) assert.ok(arrived.body.includes(part), arrived.body);
  for (const [name, value] of Object.entries(expected)) assert.equal(arrived[name], value, name);
  for (const [name, value] of Object.entries(headers)) {
    const found = arrived.headers.find(([header]) => header.toLowerCase() === name);
    const pair = value?.startsWith('basic:') ? value.slice('basic:'.length) : undefined;
    const wanted = pair === undefined ? value : `Basic ${Buffer.from(pair).toString('base64')}`;
    assert.equal(found?.[1] ?? null, wanted, name);
  }
}

async function runCase(vector) {
  checkFields(vector);
  await sandbox.reset();
  for (const [method, path, body] of vector.server.setup ?? []) await sandbox.control(method, path, body);
  if (vector.server.respond) {
    await sandbox.control('POST', '/_sandbox/script', asWritten(JSON.stringify(vector.server.respond)));
  }

  const started = performance.now();
  const result = await call(vector).then(
    (answer) => ({ answer }),
    (error) => ({ error }),
  );
  const limit = vector.within_seconds ?? (vector.configuration?.timeout_seconds ?? 5) + 1;
  const took = (performance.now() - started) / 1000;
  if ((vector.call.times ?? 1) === 1) assert.ok(took <= limit, `took ${took} s`);

  const { answer, error } = result;
  const shown = [inspect(error ?? answer, { depth: 9, showHidden: true }), String(error ?? answer.data)];
  if (error) shown.push(error.stack, JSON.stringify(error));
  for (const secret of vector.canary ?? []) assert.ok(!shown.join('\n').includes(secret), `shows ${secret}: ${shown}`);

  if (vector.outcome.error) {
    assert.ok(error, 'the call succeeded');
    checkError(vector.outcome.error, error);
  } else {
    if (error) throw error;
    checkResponse(vector.outcome, answer);
  }
  checkRequests(vector.server, await sandbox.requests());
}

/** Integers that a JavaScript number cannot hold pass through the runner as marked texts. */
const marked = (text) => text.replaceAll(/(?<=: )\d{16,}(?=[,}])/g, '"integer:$&"');
const asWritten = (text) => text.replaceAll(/"integer:(\d+)"/g, '$1');

let held = 0;
let ran = 0;
for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  let text = readFileSync(join(folder, file), 'utf8');
  held += text.match(/^ {4}"name": /gm).length;
  for (const [name, address] of Object.entries(sandbox.addresses)) text = text.replaceAll(`{${name}}`, address);
  for (const vector of JSON.parse(marked(text))) {
    test(`${file}: ${vector.name}`, async () => {
      ran += 1;
      await runCase(vector);
    });
  }
}

test('every case ran', () => assert.equal(ran, held));
