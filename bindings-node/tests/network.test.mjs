// Connections: kept and replaced, many at once, through proxies, with certificates of one's own.

import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { PinterestSdk, run } from './support/installed.mjs';
import { Sandbox } from './support/sandbox.mjs';

const sandbox = await Sandbox.start();
const SCOPE = { scope: 'user_accounts:read' };

/** A program that makes one call and prints how it ended. */
const program = (basePath, settings = {}) => `
  import PinterestSdk from 'pinterest-sdk';
  const client = new PinterestSdk.ApiClient('${basePath}');
  Object.assign(client.authentications.basic, { username: '1234567', password: '0123456789abcdef0123456789abcdef01234567' });
  Object.assign(client, ${JSON.stringify(settings)});
  new PinterestSdk.OauthApi(client).oauthToken('client_credentials', ${JSON.stringify(SCOPE)}, (error, data) => {
    console.log(error ? error.kind + ' ' + error.phase : data.response_type);
  });`;

/** The same, printing what the error says. */
const messages = (basePath, settings) =>
  program(basePath, settings).replace("error.kind + ' ' + error.phase", '`${error.kind} ${error.outcome} ${error.message}`');
const PRODUCTION = 'https://api.pinterest.com/v5';
const GOOD = 'client_credentials\n';

async function outcome(basePath, env, settings) {
  await sandbox.reset();
  const { stdout, stderr } = await run(program(basePath, settings), { env });
  return { stdout, stderr, requests: await sandbox.requests() };
}

test('a kept connection that the server closed is replaced unseen', async () => {
  await sandbox.reset();
  await sandbox.control('POST', '/_sandbox/standing', { json: { access_token: 'pina_x' }, then: 'close' });
  const api = sandbox.api();
  for (let made = 0; made < 100; made += 1) {
    await api.oauthToken('client_credentials', SCOPE);
    // Time for the server's goodbye to arrive: a request that crosses it must not be sent again.
    await sleep(10);
  }
  const requests = await sandbox.requests();
  assert.equal(requests.length, 100);
  assert.equal(new Set(requests.map(({ connection }) => connection)).size, 100);
});

test('a thousand calls in flight are answered, one request each', async () => {
  await sandbox.reset();
  const api = sandbox.api();
  api.apiClient.timeout = 30_000;
  const calls = Array.from({ length: 1000 }, () => api.oauthToken('client_credentials', SCOPE));
  for (const data of await Promise.all(calls)) assert.equal(data.response_type, 'client_credentials');
  assert.equal((await sandbox.requests()).length, 1000);
});

test('each of many failures reaches its own caller', async () => {
  await sandbox.reset();
  const api = sandbox.api();
  const codes = Array.from({ length: 200 }, (_, index) => `missing-${index}`);
  const settled = await Promise.allSettled(
    codes.map((code, index) =>
      index % 2 === 0
        ? api.oauthToken('authorization_code', { code, redirectUri: 'http://localhost:8085/' })
        : api.oauthToken('client_credentials', SCOPE),
    ),
  );
  settled.forEach(({ status, reason }, index) => {
    assert.equal(status, index % 2 === 0 ? 'rejected' : 'fulfilled');
    if (index % 2 === 0) assert.equal(reason.kind, 'InvalidGrant');
  });
});

test('proxies and authorities of the environment are used', async () => {
  const { http, authority, folder } = sandbox;
  const directory = join(folder, 'authorities');
  mkdirSync(directory);
  copyFileSync(authority, join(directory, 'authority.pem'));
  for (const env of [
    { HTTPS_PROXY: http, SSL_CERT_FILE: authority },
    { https_proxy: http, SSL_CERT_DIR: directory },
    { ALL_PROXY: http, NODE_EXTRA_CA_CERTS: authority },
    { all_proxy: http, CURL_CA_BUNDLE: authority },
    { https_proxy: http, ALL_PROXY: 'socks5h://127.0.0.1:1', REQUESTS_CA_BUNDLE: authority },
  ]) {
    const { stdout, stderr, requests } = await outcome(PRODUCTION, env);
    assert.deepEqual([stdout, stderr], [GOOD, ''], Object.keys(env).join());
    assert.deepEqual(requests.map((request) => request.connect_target), ['api.pinterest.com:443']);
  }
});

test('NO_PROXY is honoured', async () => {
  const env = { HTTPS_PROXY: sandbox.http, SSL_CERT_FILE: sandbox.authority };
  const host = 'https://does-not-exist.invalid/v5';
  const through = await outcome(host, env);
  assert.match(through.stdout, /^Network tls/, 'the sandbox holds no certificate for it');
  const direct = await outcome(host, { ...env, NO_PROXY: '.invalid' });
  assert.match(direct.stdout, /^Network resolve/);
});

test('a proxy that is not used does not matter', async () => {
  const env = { ALL_PROXY: 'socks5h://canary:1', NO_PROXY: '*' };
  assert.match((await outcome('https://does-not-exist.invalid/v5', env)).stdout, /^Network resolve/);
});

test('a proxy that cannot be used is named, and nothing of it is shown', async () => {
  const unusable = ['http://user:se#canary@host:9', 'http://user:se/canary@host:9', 'http://user:se?canary@host:9'];
  for (const url of [...unusable, 'socks5h://user:canary@host:9', 'canary']) {
    for (const [name, env, settings] of [
      ['HTTPS_PROXY', { HTTPS_PROXY: url }],
      ['all_proxy', { all_proxy: url }],
      ['`proxy`', {}, { proxy: url }],
    ]) {
      const { stdout, stderr } = await run(messages(PRODUCTION, settings), { env });
      assert.ok(stdout.startsWith(`InvalidInput NotSent ${name} is not the URL of an HTTP proxy`), stdout);
      assert.doesNotMatch(stdout + stderr, /canary/);
    }
  }
});

test('a dead proxy is named, whatever others are reached without', async () => {
  const env = { HTTPS_PROXY: `http://user:canary@${sandbox.addresses.refused}`, NO_PROXY: 'localhost,127.0.0.1,.example' };
  const { stdout, stderr } = await run(messages(PRODUCTION), { env });
  assert.match(stdout, new RegExp(`^Network NotSent .*through the proxy ${sandbox.addresses.refused}`));
  assert.doesNotMatch(stdout + stderr, /canary/);
});

test('plain http is never sent through a proxy', async () => {
  const { stdout } = await outcome(`${sandbox.http}/v5`, {}, { proxy: `http://${sandbox.addresses.refused}` });
  assert.equal(stdout, GOOD);
});

test('answers have the limit that the caller sets', async () => {
  await sandbox.reset();
  const { apiClient } = sandbox.api();
  const large = { text: 'x'.repeat(1_100_000) };
  const ask = () => apiClient.callApi('/x', 'GET', {}, {}, {}, {}, null, [], [], ['application/json'], Object, null);
  for (const [limit, fits] of [[undefined, true], [2_000_000, true], [1_000_000, false], [0, false], [2 ** 40, true]]) {
    await sandbox.script({ json: large });
    apiClient.maxAnswerBytes = limit;
    if (fits) await ask();
    else await assert.rejects(ask(), { kind: 'Protocol', message: new RegExp(`more than ${limit} bytes`) });
  }
  apiClient.maxAnswerBytes = '64 MiB';
  assert.throws(ask, /`maxAnswerBytes` is not a whole number/);
});

test('loopback is reached directly whatever the environment says', async () => {
  const { stdout } = await outcome(`${sandbox.http}/v5`, { ALL_PROXY: 'http://127.0.0.1:1' });
  assert.equal(stdout, GOOD);
});

test("proxies and authorities of a client's own are used", async () => {
  const proxy = sandbox.http.replace('http://', 'http://user:word@');
  const proxyHeaders = { 'X-Proxy': 'yes' };
  const { stdout, requests } = await outcome(PRODUCTION, {}, { proxy, proxyHeaders, sslCaCert: sandbox.authority });
  assert.equal(stdout, GOOD);
  assert.equal(requests[0].proxy_authorization, `Basic ${btoa('user:word')}`);
  const noProxy = 'does-not-exist.invalid';
  assert.match((await outcome(`https://${noProxy}/v5`, {}, { proxy, noProxy })).stdout, /^Network resolve/);
});

test('a client certificate is shown', async () => {
  for (const settings of [{}, { certFile: sandbox.clientCertificate, keyFile: sandbox.clientCertificate }]) {
    const { stdout, requests } = await outcome(`${sandbox.https}/v5`, { SSL_CERT_FILE: sandbox.authority }, settings);
    assert.equal(stdout, GOOD);
    assert.equal(Boolean(requests[0].client_certificate), 'certFile' in settings);
  }
});

test('extra certificates that cannot be used give a warning, and calls go on', async () => {
  const garbage = join(sandbox.folder, 'garbage.pem');
  writeFileSync(garbage, '-----BEGIN CERTIFICATE-----\nbm8=\n-----END CERTIFICATE-----\n');
  for (const path of ['/does/not/exist.pem', sandbox.folder, garbage]) {
    const { stdout, stderr } = await outcome(`${sandbox.http}/v5`, { NODE_EXTRA_CA_CERTS: path });
    assert.equal(stdout, GOOD);
    assert.ok(stderr.includes(`Warning: Ignoring extra certs from \`${path}\``), stderr);
  }
});

test('authorities from settings and from the environment add up', async () => {
  const env = { NODE_EXTRA_CA_CERTS: sandbox.authority };
  const other = await outcome(`${sandbox.https}/v5`, env, { sslCaCert: sandbox.clientCertificate });
  assert.equal(other.stdout, GOOD);
});

test('authorities of the environment are one copy, whatever clients and settings come and go', async () => {
  await sandbox.reset();
  const bundle = join(sandbox.folder, 'bundle.pem');
  // A company's bundle of 150 authorities.
  writeFileSync(bundle, readFileSync(sandbox.authority, 'utf8').repeat(150));
  const source = `
    import PinterestSdk from 'pinterest-sdk';
    const made = () => {
      const client = new PinterestSdk.ApiClient('${sandbox.https}/v5');
      Object.assign(client.authentications.basic, { username: '1234567', password: '0123456789abcdef0123456789abcdef01234567' });
      return new PinterestSdk.OauthApi(client);
    };
    const one = made();
    const call = (api) => api.oauthToken('client_credentials', ${JSON.stringify(SCOPE)});
    await call(one);
    const before = process.memoryUsage.rss();
    for (let round = 0; round < 4000; round += 1) {
      if (process.argv[2] === 'settings') one.apiClient.authentications.pinterest_oauth2.accessToken = 'pina_' + round;
      const api = process.argv[2] === 'settings' ? one : made();
      const call = api.oauthToken('client_credentials', { ...${JSON.stringify(SCOPE)}, signal: AbortSignal.abort() });
      await call.catch(() => {});
    }
    console.log(Math.round((process.memoryUsage.rss() - before) / 2 ** 20));`;
  for (const what of ['settings', 'clients']) {
    const { code, stdout, stderr } = await run(source, { env: { NODE_EXTRA_CA_CERTS: bundle }, args: [what] });
    assert.deepEqual([code, stderr], [0, '']);
    assert.ok(Number(stdout) < 80, `${what}: ${stdout.trim()} MiB more`);
  }
});

test('changing how connections are made takes effect on the next call', async () => {
  await sandbox.reset();
  const api = sandbox.api(`${sandbox.https}/v5`);
  await assert.rejects(api.oauthToken('client_credentials', SCOPE), { phase: 'tls', outcome: 'NotSent' });
  api.apiClient.sslCaCert = sandbox.authority;
  const data = await api.oauthToken('client_credentials', SCOPE);
  assert.ok(data instanceof PinterestSdk.OauthAccessTokenResponse);
});

test('a setting that is changed in place takes effect on the next call', async () => {
  await sandbox.reset();
  const api = sandbox.api();
  api.apiClient.proxyHeaders = {};
  await api.oauthToken('client_credentials', SCOPE);
  api.apiClient.proxyHeaders['X-Tenant'] = 'a\nb';
  assert.throws(() => api.oauthToken('client_credentials', SCOPE), { name: 'TypeError' });
});

test('a client that could not be used keeps its connection settings', async () => {
  await sandbox.reset();
  const api = sandbox.api('http://api.pinterest.com/v5');
  api.apiClient.sslCaCert = sandbox.authority;
  await assert.rejects(api.oauthToken('client_credentials', SCOPE), { kind: 'InvalidInput' });
  api.apiClient.basePath = `${sandbox.https}/v5`;
  await api.oauthToken('client_credentials', SCOPE);
});

test('what could not be sent is sent again, with pauses', async () => {
  const api = sandbox.api();
  api.apiClient.basePath = 'http://127.0.0.1:1/v5';
  api.apiClient.retries = 2;
  const started = performance.now();
  await assert.rejects(api.oauthToken('client_credentials', SCOPE), { kind: 'Network', outcome: 'NotSent' });
  // Between the three attempts are pauses of 100 and 200 ms.
  assert.ok(performance.now() - started >= 300);
  api.apiClient.retries = 1.5;
  assert.throws(() => api.oauthToken('client_credentials', SCOPE), /`retries` is not a whole number/);
});
