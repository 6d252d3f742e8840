// Answers that no server should give, beyond those in the vectors: an ApiError in time, one request,
// no token, and little memory.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PinterestSdk, run } from './support/installed.mjs';
import { Sandbox } from './support/sandbox.mjs';

const sandbox = await Sandbox.start();
const MIB = 1024 * 1024;

/** By name: what the server does, and the kind of error that it gives. */
const ANSWERS = {
  'no bytes, then the end': [{ fault: 'close' }, 'Network'],
  'a reset': [{ fault: 'reset' }, 'Network'],
  silence: [{ fault: 'hang' }, 'Network'],
  'nothing but a line break': [{ raw: '\r\n', then: 'close' }, 'Network'],
  'an HTTP version of its own': [{ raw: 'HTTP/9.9 200 OK\r\n\r\n{}', then: 'close' }, 'Protocol'],
  'a status of four digits': [{ raw: 'HTTP/1.1 2000 OK\r\n\r\n', then: 'close' }, 'Protocol'],
  'a status of zero': [{ raw: 'HTTP/1.1 000 \r\nContent-Length: 0\r\n\r\n', then: 'close' }, 'Protocol'],
  'a NUL in a header': [{ raw: 'HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n{}', then: 'close' }, 'Protocol'],
  'a header without a colon': [{ raw: 'HTTP/1.1 200 OK\r\nnonsense\r\n\r\n{}', then: 'close' }, 'Protocol'],
  'a head that breaks off': [{ raw: 'HTTP/1.1 200 OK\r\nContent-', then: 'close' }, 'Network'],
  'a chunk that breaks off': [{ raw: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"', then: 'close' }, 'Network'],
  'a chunk without an end': [
    { raw: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n{}', then: 'close' },
    'Protocol',
  ],
  'a thousand headers': [{ headers: Array.from({ length: 1000 }, (_, at) => [`X-${at}`, 'v']), body: '{}' }, 'Protocol'],
  'a header of a megabyte': [{ headers: { 'X-Long': 'v'.repeat(MIB) }, body: '{}' }, 'Protocol'],
  'headers without an end': [{ endless: 'headers' }, 'Protocol'],
  'a body without an end': [{ endless: 'body' }, 'Protocol'],
  'chunks without an end': [{ endless: 'chunks' }, 'Protocol'],
  'a compressed bomb': [{ endless: 'gzip' }, 'Protocol'],
  'more than a megabyte of a string': [{ json: { access_token: 'p'.repeat(MIB) } }, 'Protocol'],
  'deep arrays': [{ body: `{"access_token":"a","x":${'['.repeat(100_000)}` }, 'Protocol'],
  'deep objects': [{ body: `{"access_token":"a","x":${'{"a":'.repeat(100_000)}` }, 'Protocol'],
  'a half surrogate': [{ body: '{"access_token":"pina_\\ud800"}' }, 'Protocol'],
  'a token in an array': [{ json: [{ access_token: 'a' }] }, 'Protocol'],
  'a token that is an object': [{ json: { access_token: { a: 1 } } }, 'Protocol'],
  'a token that is null': [{ json: { access_token: null } }, 'Protocol'],
  'a byte every 200 ms': [{ json: { access_token: 'pina_x' }, drip_ms: 200 }, 'Network'],
  'a redirect to itself': [{ status: 307, headers: { Location: '/v5/oauth/token' } }, 'Protocol'],
  'a switch of protocols': [{ raw: 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n', then: 'close' }, undefined],
  'no content': [{ raw: 'HTTP/1.1 204 No Content\r\n\r\n' }, 'Protocol'],
};

for (const [name, [answer, kind]] of Object.entries(ANSWERS)) {
  test(`${name}: an error in time, one request, no token`, async () => {
    await sandbox.reset();
    await sandbox.script(answer);
    const api = sandbox.api();
    api.apiClient.timeout = 1500;
    const started = performance.now();
    const [error, data] = await new Promise((resolve) => {
      api.oauthToken('authorization_code', { code: 'code-1', redirectUri: 'http://localhost:8085/' }, (...given) => resolve(given));
    });
    assert.ok(performance.now() - started < 2000);
    assert.ok(error instanceof PinterestSdk.ApiError, String(error));
    assert.equal(data, null);
    if (kind !== undefined) assert.equal(error.kind, kind, error.message);
    assert.notEqual(error.outcome, 'NotSent');
    assert.equal((await sandbox.requests()).length, 1);
  });
}

test('all of them together take less than 16 MiB', async () => {
  await sandbox.reset();
  const { stdout, stderr, code } = await run(`
    import { request } from 'node:http';
    import PinterestSdk from 'pinterest-sdk';
    const control = (path, body) => new Promise((resolve) => {
      const sent = request('${sandbox.http}' + path, { method: 'POST', headers: { 'content-type': 'application/json' } });
      sent.on('response', (answer) => answer.resume().on('end', resolve));
      sent.end(JSON.stringify(body));
    });
    const client = new PinterestSdk.ApiClient('${sandbox.http}/v5');
    Object.assign(client.authentications.basic, { username: '1234567', password: '0123456789abcdef0123456789abcdef01234567' });
    client.timeout = 1000;
    const api = new PinterestSdk.OauthApi(client);
    const call = () => api.oauthToken('authorization_code').then(() => 'token', (error) => error.kind);
    const answers = [{ endless: 'headers' }, { endless: 'body' }, { endless: 'chunks' }, { endless: 'gzip' },
      { json: { access_token: 'p'.repeat(100_000) + ' ' } }, { body: '{"access_token":"a","x":' + '['.repeat(100_000) }];
    // What any first call needs does not count, nor does making the answers.
    await control('/_sandbox/script', [...answers].reverse().map(() => ({ status: 400, json: { code: 1, message: 'm' } })));
    for (const answer of answers) await call();
    await control('/_sandbox/script', [...answers, ...answers, ...answers]);
    const before = process.resourceUsage().maxRSS;
    const kinds = [];
    for (let made = 0; made < 3 * answers.length; made += 1) kinds.push(await call());
    console.log(JSON.stringify({ kinds, grown: process.resourceUsage().maxRSS - before }));`);
  assert.deepEqual([code, stderr], [0, '']);
  const { kinds, grown } = JSON.parse(stdout);
  assert.deepEqual([...new Set(kinds)], ['Protocol']);
  assert.ok(grown < 16 * 1024, `${grown} KiB`);
});
