// How the package lives in a process: worker threads, keeping it alive and letting it end.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from './support/installed.mjs';
import { Sandbox } from './support/sandbox.mjs';

const sandbox = await Sandbox.start();

const CLIENT = `
  const PinterestSdk = require('pinterest-sdk');
  const client = new PinterestSdk.ApiClient('${sandbox.http}/v5');
  Object.assign(client.authentications.basic, { username: '1234567', password: '0123456789abcdef0123456789abcdef01234567' });
  const api = new PinterestSdk.OauthApi(client);
  const call = (options) => api.oauthToken('client_credentials', { scope: 'user_accounts:read', ...options });`;

/** A program in CommonJS; gives what it printed, and fails unless it ended well. */
async function program(source, options = {}) {
  const result = await run(source, { extension: '.cjs', ...options });
  assert.deepEqual([result.code, result.signal, result.stderr], [0, null, ''], JSON.stringify(result));
  return result;
}

test('requiring the package and making a client keeps nothing alive', async () => {
  const { seconds } = await program(CLIENT);
  assert.ok(seconds < 5, `${seconds}`);
});

test('a pending call keeps the process alive; an idle connection does not', async () => {
  await sandbox.reset();
  await sandbox.script({ delay_ms: 700, pass: true });
  const { stdout, seconds } = await program(`${CLIENT} call().then(() => console.log('answered'));`);
  assert.equal(stdout, 'answered\n');
  assert.ok(seconds > 0.7 && seconds < 5, `${seconds}`);
});

test('an aborted call does not keep the process alive', async () => {
  await sandbox.reset();
  await sandbox.script({ fault: 'hang' });
  const { stdout, seconds } = await program(
    `${CLIENT} call({ signal: AbortSignal.timeout(200) }).catch((error) => console.log(error.name));
     setTimeout(() => {}, 300);`,
  );
  assert.equal(stdout, 'TimeoutError\n');
  assert.ok(seconds < 5, `${seconds}`);
});

test('a process that exits in mid-call exits at once', async () => {
  await sandbox.reset();
  await sandbox.control('POST', '/_sandbox/standing', { fault: 'hang' });
  const { seconds } = await program(
    `${CLIENT} for (let made = 0; made < 50; made += 1) call(); setTimeout(() => process.exit(0), 200);`,
  );
  assert.ok(seconds < 5, `${seconds}`);
});

const WORKERS = `
  const { Worker, isMainThread, parentPort } = require('node:worker_threads');
  const ended = (worker) => new Promise((resolve, reject) => worker.on('error', reject).on('exit', resolve));`;

test('workers each load the package and call', async () => {
  await sandbox.reset();
  const { stdout } = await program(`${WORKERS}
    if (isMainThread) {
      const workers = Array.from({ length: 6 }, () => new Worker(__filename));
      let answers = 0;
      for (const worker of workers) worker.on('message', (count) => { answers += count; });
      Promise.all(workers.map(ended)).then((codes) => console.log(answers, codes.join()));
    } else {
      ${CLIENT}
      Promise.all(Array.from({ length: 20 }, () => call())).then((all) => parentPort.postMessage(all.length));
    }`);
  assert.equal(stdout, '120 0,0,0,0,0,0\n');
});

test('the main thread and workers call at once', async () => {
  await sandbox.reset();
  const { stdout } = await program(`${WORKERS}
    ${CLIENT}
    const all = Promise.all(Array.from({ length: 30 }, () => call()));
    if (isMainThread) {
      const workers = Array.from({ length: 3 }, () => new Worker(__filename));
      Promise.all([all, ...workers.map(ended)]).then(([mine, ...codes]) => console.log(mine.length, codes.join()));
    } else {
      all.then((mine) => { if (mine.length !== 30) process.exit(9); });
    }`);
  assert.equal(stdout, '30 0,0,0\n');
});

test('workers terminated in mid-call, again and again, neither crash nor hang', async () => {
  await sandbox.reset();
  // Some answers are under way while the thread ends, others never come.
  await sandbox.control('POST', '/_sandbox/standing', { delay_ms: 30, json: { access_token: 'pina_x' } });
  for (const mainLoads of ['', `${CLIENT} call().then(() => {});`]) {
    const { stdout } = await program(`${WORKERS}
      if (isMainThread) {
        ${mainLoads}
        const { setTimeout: sleep } = require('node:timers/promises');
        (async () => {
          for (let round = 0; round < 12; round += 1) {
            const workers = Array.from({ length: 3 }, () => new Worker(__filename));
            await sleep(60 + round * 10);
            await Promise.all(workers.map((worker) => worker.terminate()));
          }
          console.log('done');
        })();
      } else {
        ${CLIENT}
        const lane = () => call().then(lane);
        for (let lanes = 0; lanes < 16; lanes += 1) lane();
      }`);
    assert.equal(stdout, 'done\n');
  }
});

test('the package works again after every thread that used it has ended', async () => {
  await sandbox.reset();
  const { stdout } = await program(`${WORKERS}
    if (isMainThread) {
      (async () => {
        const codes = [];
        for (let round = 0; round < 5; round += 1) codes.push(await ended(new Worker(__filename)));
        console.log(codes.join());
      })();
    } else {
      ${CLIENT}
      call().then(() => {});
    }`);
  assert.equal(stdout, '0,0,0,0,0\n');
  assert.equal((await sandbox.requests()).length, 5);
});

/** Counts what is open, as Jest's `--detectOpenHandles` does. */
const OPEN = `
  const open = new Map();
  require('node:async_hooks').createHook({
    init: (id, type) => open.set(id, type),
    destroy: (id) => open.delete(id),
  }).enable();
  const ours = () => [...open.values()].filter((type) => type.startsWith('napi')).length;`;

test('a client holds a handle while calls are pending, and none once the last is settled', async () => {
  await sandbox.reset();
  const slow = { delay_ms: 1500, pass: true };
  await sandbox.script(slow, slow);
  const { stdout } = await program(`${OPEN} ${CLIENT}
    const { setTimeout: sleep } = require('node:timers/promises');
    (async () => {
      const before = process.getActiveResourcesInfo().join();
      const seen = [ours()];
      // Several turns of the loop: on a busy machine one may come late and all at once.
      const look = async () => { for (let turn = 0; turn < 5; turn += 1) await sleep(10); seen.push(ours()); };
      const answered = call();
      await look();
      await answered;
      await look();
      const dropped = new AbortController();
      const refused = call({ signal: dropped.signal }).catch(() => {});
      await look();
      dropped.abort();
      await refused;
      await look();
      await Promise.all(Array.from({ length: 40 }, () => call()));
      await look();
      for (let made = 0; made < 40; made += 1) await call();
      await look();
      console.log(seen.join(), process.getActiveResourcesInfo().join() === before, process._getActiveHandles().length);
    })();`);
  assert.equal(stdout, '0,1,0,1,0,0,0 true 0\n');
});

test('a process ends as soon as its last call is settled', async () => {
  await sandbox.reset();
  const { stdout } = await program(`${CLIENT}
    call().then(() => {
      const answered = performance.now();
      process.on('exit', () => console.log(performance.now() - answered < 2000));
    });`);
  assert.equal(stdout, 'true\n');
});

test('worker threads end by themselves, and are ended in mid-call', async () => {
  await sandbox.reset();
  await sandbox.control('POST', '/_sandbox/standing', { delay_ms: 100, json: { access_token: 'pina_x' } });
  const { stdout } = await program(`${WORKERS} ${OPEN}
    if (isMainThread) {
      (async () => {
        console.log(await ended(new Worker(__filename, { argv: ['once'] })));
        for (const wait of [0, 50, 100, 101, 102, 103, 150]) {
          const worker = new Worker(__filename);
          await new Promise((resolve) => worker.once('message', resolve));
          await new Promise((resolve) => setTimeout(resolve, wait));
          await worker.terminate();
        }
        console.log(ours());
      })();
    } else {
      ${CLIENT}
      for (let made = 0; made < 8; made += 1) call();
      parentPort.postMessage('calling');
    }`);
  assert.equal(stdout, '0\n0\n');
});

test('children of fork and cluster call beside their parent', async () => {
  await sandbox.reset();
  const { stdout } = await program(`
    const cluster = require('node:cluster');
    const { fork } = require('node:child_process');
    ${CLIENT}
    const exited = (child) => new Promise((resolve) => child.on('exit', resolve));
    (async () => {
      await call();
      if (!cluster.isPrimary) process.exit(0);
      if (process.argv[2] === 'child') return;
      const pending = call();
      console.log(await Promise.all([exited(fork(__filename, ['child'])), exited(cluster.fork())]));
      await pending;
    })();`);
  assert.equal(stdout, '[ 0, 0 ]\n');
  assert.equal((await sandbox.requests()).length, 4);
});

test("under Node's permissions the package needs addons, and says so", async () => {
  await sandbox.reset();
  const flag = Number(process.versions.node.split('.')[0]) < 23 ? '--experimental-permission' : '--permission';
  const inner = JSON.stringify(`try { ${CLIENT} call().then(() => console.log('answered')); } catch (error) { console.log(error.message); }`);
  const { stdout } = await program(`
    const { spawnSync } = require('node:child_process');
    for (const allowed of [[], ['--allow-addons']]) {
      const args = ['${flag}', '--no-warnings', '--allow-fs-read=*', '--allow-net', ...allowed, '--eval', ${inner}];
      const known = args.filter((arg) => arg !== '--allow-net' || process.allowedNodeEnvironmentFlags.has(arg));
      console.log(spawnSync(process.execPath, known, { cwd: __dirname, encoding: 'utf8' }).stdout.trim());
    }`);
  assert.match(stdout, /^pinterest-sdk cannot load its native library: .*`--allow-addons`.*\nanswered\n$/);
});
