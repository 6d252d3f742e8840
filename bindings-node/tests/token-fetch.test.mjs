// `fetch` with a token: renewed after a 401, and never sent to anybody else.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import { inspect } from 'node:util';
import { PinterestSdk } from './support/installed.mjs';
import { answer, managed, nextSecond, renewals, strict } from './support/managed.mjs';
import { Sandbox } from './support/sandbox.mjs';

const sandbox = await Sandbox.start();
const account = () => `${sandbox.http}/v5/user_account`;
const boards = () => `${sandbox.http}/v5/boards`;

async function fetching() {
  await strict(sandbox);
  const tokens = managed(sandbox, new PinterestSdk.MemoryStore());
  const token = await tokens.adopt(await answer(sandbox));
  await nextSecond(sandbox);
  return { tokens, token };
}

/** The requests of the API that arrived, with the token of each. */
async function arrived() {
  const requests = (await sandbox.requests()).filter(({ path }) => path !== '/v5/oauth/token');
  return requests.map(({ method, body, headers }) => ({
    method,
    body,
    token: headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1].replace('Bearer ', ''),
  }));
}

test('the header is set, whatever is asked with, and a library may take `fetch` for its own', async () => {
  const { tokens, token } = await fetching();
  const { fetch } = tokens;
  for (const input of [account(), new URL(account()), new Request(account(), { headers: { 'x-mine': '1' } })]) {
    const response = await fetch(input);
    assert.equal(response.status, 200);
    assert.ok((await response.json()).username);
  }
  await fetch(account(), { headers: { authorization: 'Bearer other' }, signal: AbortSignal.timeout(5000) });
  assert.deepEqual((await arrived()).map((one) => one.token), [token, token, token, token]);
});

test('a 401 renews the token once, and what can be sent again is sent once more', async () => {
  const { tokens, token } = await fetching();
  await sandbox.control('POST', '/_sandbox/tokens/expire', { token });
  // In memory, so that all three begin with it.
  await tokens.accessToken();
  const body = new URLSearchParams({ name: 'a' });
  const all = await Promise.all([tokens.fetch(account()), tokens.fetch(account()), tokens.fetch(boards(), { method: 'POST', body })]);
  assert.deepEqual(all.map(({ status }) => status), [200, 200, 401]);
  assert.equal(await renewals(sandbox), 1);
  const posts = (await arrived()).filter(({ method }) => method === 'POST');
  assert.deepEqual(posts.map((post) => post.body), ['name=a', 'name=a']);
  assert.notEqual(posts[1].token, token);
  // That token lacks the scope, which no other one has either.
  assert.equal((await all[2].json()).code, 3);
  assert.equal((await tokens.fetch(boards(), { method: 'POST', body })).status, 401);
  assert.equal(await renewals(sandbox), 1);
});

test('a stream is sent once: the 401 comes back, and the next call has a new token', async () => {
  const { tokens, token } = await fetching();
  await sandbox.control('POST', '/_sandbox/tokens/expire', { token });
  const body = new Blob(['stream']).stream();
  const response = await tokens.fetch(boards(), { method: 'POST', body, duplex: 'half' });
  assert.equal(response.status, 401);
  assert.ok((await response.json()).message);
  assert.equal((await tokens.fetch(account())).status, 200);
  assert.equal(await renewals(sandbox), 1);
});

test('an API that refuses every token is asked twice, and no token is blamed for it again', async () => {
  const { tokens } = await fetching();
  const refuses = { status: 401, json: { code: 2, message: 'Authentication failed.' } };
  await sandbox.script(refuses, { pass: true }, refuses, refuses, refuses);
  for (let call = 0; call < 3; call += 1) assert.equal((await tokens.fetch(account())).status, 401);
  assert.equal(await renewals(sandbox), 1);
  assert.equal((await arrived()).length, 4);
});

test('what refuses a token says whether another one may help', async () => {
  const { tokens, token } = await fetching();
  const lacking = { code: 3, message: 'Your token lacks a scope.' };
  await sandbox.script({ status: 401, json: lacking });
  assert.deepEqual(await (await tokens.fetch(account())).json(), lacking);
  assert.equal(tokens.refused(token, 401, JSON.stringify(lacking)), false);
  assert.equal(tokens.refused(token, 403, ''), false);
  assert.equal(await tokens.accessToken(), token);
  assert.equal(tokens.refused(token, 401, ''), true);
  assert.notEqual(await tokens.accessToken(), token);
  assert.equal(await renewals(sandbox), 1);
  assert.throws(() => tokens.refused(token, 401), TypeError);
  for (const status of ['401', 401.5, undefined]) assert.throws(() => tokens.refused(token, status, ''), { name: 'TypeError', message: /`status`/ });
  for (const status of [-1, 70_000]) assert.equal(tokens.refused(token, status, ''), false);
});

test('the token goes to the client’s own host alone', async () => {
  const { tokens } = await fetching();
  const port = Number(new URL(sandbox.http).port);
  for (const url of [
    'https://example.com/', 'http://api.pinterest.com/v5/pins', 'https://api.pinterest.com.evil.example/', 'https://pinterest.com/',
    'https://api.pinterest.com/v5/pins', 'https://api-sandbox.pinterest.com/v5/pins', 'https://api.pinterest.com:444/v5',
    `http://127.0.0.2:${port}/v5`, `http://localhost:${port}/v5`, 'file:///etc/passwd', 'data:,x',
  ]) {
    await assert.rejects(tokens.fetch(url), { name: 'TypeError', message: /the token is for .*send it to http/ }, url);
  }
  await assert.rejects(tokens.fetch('/v5/pins'), TypeError);
  assert.equal((await sandbox.requests()).filter(({ path }) => path !== '/v5/oauth/token').length, 0);
});

/** A server that answers each request as it is told to; gives its address and what arrived. */
async function server(answers) {
  const seen = [];
  const listening = createServer((request, response) => {
    seen.push(request.headers.authorization);
    answers(response, request);
  }).listen(0, '127.0.0.1');
  after(() => { listening.closeAllConnections(); listening.close(); });
  await once(listening, 'listening');
  return { address: `http://127.0.0.1:${listening.address().port}`, seen };
}

test('what is checked is what is sent, whatever an object says of itself, or becomes meanwhile', async () => {
  const { tokens, token } = await fetching();
  const thief = await server((response) => response.end());
  class Liar extends Request {
    get url() {
      return account();
    }
  }
  const two = { url: account(), toString: () => `${thief.address}/` };
  for (const input of [two, Object.assign(new URL(thief.address), { url: account() }), new Liar(thief.address)]) {
    await assert.rejects(tokens.fetch(input), { name: 'TypeError', message: /the token is for/ });
  }
  let asked = 0;
  const first = { toString: () => { asked += 1; return asked === 1 ? account() : thief.address; } };
  assert.equal((await tokens.fetch(first)).status, 200);
  await sandbox.control('POST', '/_sandbox/tokens/expire', { token });
  const changed = new URL(account());
  const calling = tokens.fetch(changed);
  changed.port = new URL(thief.address).port;
  assert.equal((await calling).status, 200);
  assert.deepEqual(thief.seen, []);
});

/** A manager whose API is a server of the test's own. */
async function fetchingFrom(address, fields = {}) {
  const tokens = managed(sandbox, new PinterestSdk.MemoryStore(), { client: sandbox.client(`${address}/v5`) });
  await tokens.adopt({ access_token: 'pina_first', expires_in: 2_592_000, ...fields });
  return tokens;
}

test('a 401 that no newer token follows is the answer, with its body; whoever stops waiting hears that', async () => {
  const body = JSON.stringify({ code: 2, message: 'Authentication failed.' });
  const api = await server((response) => response.writeHead(401).end(body));
  const response = await (await fetchingFrom(api.address)).fetch(`${api.address}/v5/pins`);
  assert.deepEqual([response.status, await response.text()], [401, body]);
  const renewing = await server((answer, { url }) => {
    if (url !== '/v5/oauth/token') answer.writeHead(401).end(body);
  });
  const tokens = await fetchingFrom(renewing.address, { refresh_token: 'pinr_first' });
  const signal = AbortSignal.timeout(300);
  await assert.rejects(tokens.fetch(`${renewing.address}/v5/pins`, { signal }), { name: 'TimeoutError' });
});

test('a 401 whose body does not end, or is long, is read for a while, and stays whole', async () => {
  const fresh = JSON.stringify({ access_token: 'pina_second', token_type: 'bearer', expires_in: 2_592_000 });
  const endless = await server((response, { url, headers }) => {
    if (url === '/v5/oauth/token') response.writeHead(200, { 'content-type': 'application/json' }).end(fresh);
    else if (headers.authorization === 'Bearer pina_second') response.end('{}');
    else response.writeHead(401).write('{"co');
  });
  const tokens = await fetchingFrom(endless.address, { refresh_token: 'pinr_first' });
  assert.equal((await tokens.fetch(`${endless.address}/v5/pins`, { signal: AbortSignal.timeout(20_000) })).status, 200);
  const long = 'x'.repeat(3_000_000);
  const api = await server((response) => response.writeHead(401).end(long));
  const response = await (await fetchingFrom(api.address)).fetch(`${api.address}/v5/pins`);
  assert.equal((await response.text()).length, long.length);
});

test('a request with a body in another’s place is sent twice with that, a form’s boundary included', async () => {
  const { tokens, token } = await fetching();
  await sandbox.control('POST', '/_sandbox/tokens/expire', { token });
  const body = new FormData();
  body.set('name', 'a');
  await tokens.fetch(new Request(boards(), { method: 'POST', body: 'b' }), { body, headers: { 'x-mine': '1' } });
  const requests = (await sandbox.requests()).filter(({ path }) => path === '/v5/boards');
  assert.equal(requests.length, 2);
  for (const request of requests) {
    const type = request.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
    const boundary = type.split('boundary=')[1];
    assert.ok(request.body.includes(boundary) && request.body.includes('name="name"'), inspect(request));
  }
});

test('a redirect is given as it is: nobody else sees the token', async () => {
  const { tokens } = await fetching();
  let seen = 0;
  const thief = createServer((_request, response) => { seen += 1; response.end(); }).listen(0, '127.0.0.1');
  after(() => thief.close());
  await once(thief, 'listening');
  const location = `http://127.0.0.1:${thief.address().port}/`;
  for (const input of [account(), new Request(account(), { redirect: 'follow' })]) {
    await sandbox.script({ status: 307, headers: { Location: location } });
    const response = await tokens.fetch(input, { redirect: 'follow' });
    assert.deepEqual([response.status, response.headers.get('location')], [307, location]);
  }
  await sandbox.script({ status: 307, headers: { Location: location } });
  await assert.rejects(tokens.fetch(account(), { redirect: 'error' }), TypeError);
  assert.equal(seen, 0);
});

test('without tokens nothing is sent, and the error says what to do', async () => {
  await strict(sandbox);
  const tokens = managed(sandbox, new PinterestSdk.MemoryStore());
  await assert.rejects(tokens.fetch(account()), { kind: 'ReauthorizationRequired' });
  assert.equal((await sandbox.requests()).length, 0);
});
