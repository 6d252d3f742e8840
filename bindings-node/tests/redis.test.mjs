// Tokens in Redis, over the connections that programs have: of node-redis and of ioredis.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { PinterestSdk, root, run } from './support/installed.mjs';
import { answer, ended, managed, renewals, strict, until } from './support/managed.mjs';
import { freePort } from './support/person.mjs';
import { Sandbox } from './support/sandbox.mjs';

const SERVER = '/usr/bin/redis-server';
const CLIENTS = join(root, '.tools/redis/x.js');

const { RedisStore } = PinterestSdk;
const require = createRequire(CLIENTS);
const sandbox = await Sandbox.start();

/** A Redis of the tests' own, on loopback. */
class Redis {
  static async start(...options) {
    const redis = new Redis();
    redis.port = await freePort();
    redis.folder = mkdtempSync(join(tmpdir(), 'pinterest-redis-'));
    redis.options = options;
    after(() => redis.end());
    await redis.serve();
    return redis;
  }

  async serve() {
    const place = ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.folder];
    // Otherwise a write may wait seconds for the disk, and is gone with a server that is killed.
    const options = [...place, '--save', '', '--appendonly', 'yes', '--appendfsync', 'always'];
    this.child = spawn(SERVER, [...options, ...this.options], { stdio: 'ignore' });
    await until(() => CONNECTIONS.ioredis(this.port).then((one) => one.close(), () => false).then((is) => is !== false));
  }

  async stop() {
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
  }

  async end() {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const CONNECTIONS = {
  ioredis: async (port) => {
    const { Redis: Client } = require('ioredis');
    const connection = new Client({ port, host: '127.0.0.1', lazyConnect: true, retryStrategy: () => 50 });
    connection.on('error', () => {});
    try {
      await connection.connect();
      return { connection, close: async () => connection.disconnect() };
    } catch (error) {
      connection.disconnect();
      throw error;
    }
  },
  'node-redis': async (port) => {
    const { createClient } = require('redis');
    const connection = createClient({ socket: { port, host: '127.0.0.1', reconnectStrategy: 50 } });
    connection.on('error', () => {});
    await connection.connect();
    return { connection, close: async () => connection.destroy() };
  },
};

assert.ok(existsSync(SERVER) && existsSync(join(root, '.tools/redis/node_modules')), 'make test-node installs Redis and its clients');
const redis = await Redis.start();

for (const [name, connect] of Object.entries(CONNECTIONS)) {
  test(`${name}: a thousand calls renew once, and what was kept is read, and forgotten`, async (t) => {
    await strict(sandbox);
    const [one, two] = [await connect(redis.port), await connect(redis.port)];
    t.after(() => Promise.all([one.close(), two.close()]));
    const managers = [one, two].map(({ connection }) => managed(sandbox, new RedisStore(connection), { account: name }));
    const old = await ended(sandbox);
    await managers[0].adopt(old);
    const given = await Promise.all(Array.from({ length: 1000 }, (_, at) => managers[at % 2].accessToken()));
    assert.deepEqual([new Set(given).size, given.includes(old.access_token), await renewals(sandbox)], [1, false, 1]);
    assert.equal((await managers[1].status()).store, 'Redis at 127.0.0.1');
    assert.equal(await managers[1].forget(), true);
    await assert.rejects(managers[0].account(`${name}-2`).accessToken(), { kind: 'ReauthorizationRequired' });
  });

  test(`${name}: a Redis that forgot its scripts, and one that is started again, keep the tokens`, async (t) => {
    await strict(sandbox);
    const { connection, close } = await connect(redis.port);
    t.after(close);
    const tokens = managed(sandbox, new RedisStore(connection), { account: `${name}-again` });
    await tokens.adopt(await ended(sandbox));
    await redis.stop();
    await redis.serve();
    assert.ok(await tokens.accessToken());
    assert.equal(await renewals(sandbox), 1);
  });
}

/** A cluster of three servers, each with a third of the keys. */
async function cluster() {
  const nodes = [];
  for (let number = 0; number < 3; number += 1) {
    const bus = await freePort();
    const node = await Redis.start('--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1', '--cluster-port', String(bus));
    nodes.push(Object.assign(node, { bus }));
  }
  const slots = 16_384;
  for (const [number, { port }] of nodes.entries()) {
    const { connection, close } = await CONNECTIONS.ioredis(port);
    const third = (of) => String(Math.floor((slots * of) / 3));
    await connection.call('CLUSTER', 'ADDSLOTSRANGE', third(number), String(third(number + 1) - 1));
    await connection.call('CLUSTER', 'MEET', '127.0.0.1', String(nodes[0].port), String(nodes[0].bus));
    await close();
  }
  for (const { port } of nodes) {
    const { connection, close } = await CONNECTIONS.ioredis(port);
    await until(async () => /cluster_state:ok[^]*cluster_slots_ok:16384/.test(await connection.call('CLUSTER', 'INFO')));
    await close();
  }
  return nodes.map(({ port }) => port);
}

const CLUSTERS = {
  ioredis: async (ports) => {
    const { Cluster } = require('ioredis');
    const connection = new Cluster(ports.map((port) => ({ host: '127.0.0.1', port })));
    connection.on('error', () => {});
    return { connection, close: async () => connection.disconnect() };
  },
  'node-redis': async (ports) => {
    const { createCluster } = require('redis');
    const connection = createCluster({ rootNodes: ports.map((port) => ({ url: `redis://127.0.0.1:${port}` })) });
    connection.on('error', () => {});
    await connection.connect();
    return { connection, close: async () => connection.destroy() };
  },
};

test('a cluster has each account in one place, and each renews once', async (t) => {
  const ports = await cluster();
  for (const [name, connect] of Object.entries(CLUSTERS)) {
    await strict(sandbox);
    const { connection, close } = await connect(ports);
    t.after(close);
    const managers = [0, 1].map(() => managed(sandbox, new RedisStore(connection), { account: name }));
    for (let number = 0; number < 6; number += 1) {
      const accounts = managers.map((manager) => manager.account(`${name}-${number}`));
      const old = await ended(sandbox);
      await accounts[0].adopt(old);
      const given = await Promise.all(Array.from({ length: 20 }, (_, at) => accounts[at % 2].accessToken()));
      assert.deepEqual([new Set(given).size, given.includes(old.access_token), await renewals(sandbox)], [1, false, number + 1], name);
      assert.equal(await accounts[1].forget(), true);
    }
  }
});

test('fifty processes renew once', async () => {
  await strict(sandbox);
  const { connection, close } = await CONNECTIONS.ioredis(redis.port);
  await managed(sandbox, new RedisStore(connection), { account: 'many' }).adopt(await ended(sandbox));
  await close();
  const source = `
    const PinterestSdk = require('pinterest-sdk');
    const { Redis } = require('node:module').createRequire(${JSON.stringify(CLIENTS)})('ioredis');
    const client = new PinterestSdk.ApiClient('${sandbox.http}/v5');
    Object.assign(client.authentications.basic, { username: '1234567', password: '0123456789abcdef0123456789abcdef01234567' });
    const connection = new Redis(${redis.port}, '127.0.0.1');
    const tokens = new PinterestSdk.TokenManager({ client, store: new PinterestSdk.RedisStore(connection), account: 'many' });
    tokens.accessToken().then(console.log).finally(() => connection.disconnect());`;
  const ran = await Promise.all(Array.from({ length: 50 }, () => run(source, { extension: '.cjs' })));
  const failed = ran.find(({ code, stderr }) => code !== 0 || stderr !== '');
  assert.equal(failed, undefined, JSON.stringify(failed));
  assert.deepEqual([new Set(ran.map(({ stdout }) => stdout)).size, await renewals(sandbox)], [1, 1]);
});

test('what Redis refuses is said in its words, with what to do', async () => {
  await strict(sandbox);
  const refuses = (error) => ({ evalsha: async () => { throw new Error(error); }, eval: async () => 1 });
  const tokens = managed(sandbox, new RedisStore(refuses('READONLY You can’t write against a read only replica.')));
  await assert.rejects(tokens.adopt(await answer(sandbox)), (error) => {
    assert.deepEqual([error.kind, error.cause.message.slice(0, 8)], ['Store', 'READONLY']);
    assert.match(error.message, /READONLY.*connect to the primary/);
    return true;
  });
  assert.throws(() => new RedisStore({}), { name: 'TypeError', message: /neither of node-redis nor of ioredis/ });
});
