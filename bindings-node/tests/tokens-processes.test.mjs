// The token manager and processes: one of many renews, none loses a token, whatever ends it.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { PinterestSdk, folder as installed, run } from './support/installed.mjs';
import { answer, emptyFolder, ended, managed, nextSecond, program, renewals, strict, until } from './support/managed.mjs';
import { Sandbox } from './support/sandbox.mjs';

const sandbox = await Sandbox.start();
const KILLS = Number(process.env.PINTEREST_ROUNDS ?? 30);

/** A manager of a folder's files, whose token has ended. */
async function kept(folder, key) {
  await strict(sandbox);
  const tokens = managed(sandbox, new PinterestSdk.FileStore({ folder, ...(key && { key }) }));
  await tokens.adopt(await ended(sandbox));
  return tokens;
}

for (const [files, key] of Object.entries({ files: undefined, 'sealed files': randomBytes(32).toString('base64') })) {
  test(`fifty processes at the end of a token renew it once, in ${files}`, async (t) => {
    const folder = emptyFolder(t);
    await kept(folder, key);
    const source = `${program(sandbox, folder, '', key)} tokens.accessToken().then(console.log);`;
    const ran = await Promise.all(Array.from({ length: 50 }, () => run(source, { extension: '.cjs' })));
    const failed = ran.find(({ code, stderr }) => code !== 0 || stderr !== '');
    assert.equal(failed, undefined, JSON.stringify(failed));
    assert.equal(new Set(ran.map(({ stdout }) => stdout)).size, 1);
    assert.equal(await renewals(sandbox), 1);
  });
}

test('a renewal that nobody waits for keeps the process alive until it is kept, and no longer', async (t) => {
  const folder = emptyFolder(t);
  const waits = {
    aborted: ['', 'tokens.accessToken({ signal: AbortSignal.timeout(200) }).catch((error) => console.log(error.name));', 'TimeoutError\n'],
    late: ['wait: 200', 'tokens.accessToken().catch((error) => console.log(error.kind));', 'Network\n'],
    dropped: ['', 'void tokens.accessToken();', ''],
  };
  for (const [options, source, says] of Object.values(waits)) {
    const tokens = await kept(folder);
    await sandbox.script({ pass: true, delay_ms: 1000 });
    const ran = await run(`${program(sandbox, folder, options)} ${source}`, { extension: '.cjs' });
    assert.deepEqual([ran.code, ran.stdout, ran.stderr], [0, says, '']);
    assert.ok(ran.seconds > 1 && ran.seconds < 8, `${ran.seconds}`);
    assert.ok(await tokens.accessToken());
    assert.equal(await renewals(sandbox), 1);
  }
});

test('an early renewal does so as well', async (t) => {
  await strict(sandbox);
  const folder = emptyFolder(t);
  const tokens = managed(sandbox, new PinterestSdk.FileStore({ folder }));
  const old = await answer(sandbox);
  old.expires_at = Math.floor(Date.now() / 1000) + 90;
  await tokens.adopt(old);
  await nextSecond(sandbox);
  await sandbox.script({ pass: true, delay_ms: 1000 });
  const ran = await run(`${program(sandbox, folder)} tokens.accessToken().then(() => tokens.accessToken()).then(console.log);`, { extension: '.cjs' });
  assert.deepEqual([ran.code, ran.stdout, ran.stderr], [0, `${old.access_token}\n`, '']);
  assert.equal(await renewals(sandbox), 1);
  assert.equal((await tokens.status()).state, 'Fresh');
});

test('a manager that has nothing to do keeps nothing alive', async (t) => {
  await strict(sandbox);
  const folder = emptyFolder(t);
  await managed(sandbox, new PinterestSdk.FileStore({ folder })).adopt(await answer(sandbox));
  const ran = await run(`${program(sandbox, folder)} tokens.accessToken().then(() => tokens.accessToken());`, { extension: '.cjs' });
  assert.deepEqual([ran.code, ran.stderr], [0, '']);
  assert.ok(ran.seconds < 5, `${ran.seconds}`);
});

test('a process that is killed anywhere in a renewal loses no token, or says that it may have', async (t) => {
  const folder = emptyFolder(t);
  await strict(sandbox);
  const tokens = managed(sandbox, new PinterestSdk.FileStore({ folder }));
  await tokens.adopt(await answer(sandbox));
  const place = mkdtempSync(join(installed, 'program-'));
  t.after(() => rmSync(place, { recursive: true }));
  const file = join(place, 'renews.cjs');
  writeFileSync(file, `${program(sandbox, folder)}
    (async () => {
      process.stdout.write('.');
      for (;;) {
        await fetch('${sandbox.http}/_sandbox/clock', { method: 'POST', body: '{"advance_seconds": 2}' });
        await tokens.refresh();
      }
    })();`);
  const ends = { unbroken: 0, unknown: 0 };
  for (let round = 0; round < KILLS; round += 1) {
    const child = spawn(process.execPath, [file], { env: { PATH: process.env.PATH }, stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    await sleep(10 + Math.random() * 60);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await nextSecond(sandbox);
    const next = managed(sandbox, new PinterestSdk.FileStore({ folder }));
    const { asked } = await next.status();
    try {
      await next.refresh();
      ends.unbroken += 1;
    } catch (error) {
      assert.equal(error.kind, 'ReauthorizationRequired', error.message);
      assert.match(error.message, /cut off/);
      ends.unknown += 1;
      await next.adopt(await answer(sandbox));
    }
    assert.equal(typeof asked, 'boolean');
  }
  t.diagnostic(JSON.stringify(ends));
  assert.ok(ends.unbroken > 0);
});

const WORKERS = `
  const { Worker, isMainThread, parentPort } = require('node:worker_threads');
  const ended = (worker) => new Promise((resolve, reject) => worker.on('error', reject).on('exit', resolve));`;

test('worker threads and the main thread renew once, and get the same', async (t) => {
  const folder = emptyFolder(t);
  await kept(folder);
  const { code, stdout, stderr } = await run(`${WORKERS} ${program(sandbox, folder)}
    const mine = Promise.all(Array.from({ length: 50 }, () => tokens.accessToken()));
    if (isMainThread) {
      const given = new Set();
      const workers = Array.from({ length: 4 }, () => new Worker(__filename));
      for (const worker of workers) worker.on('message', (all) => all.forEach((token) => given.add(token)));
      Promise.all([mine, ...workers.map(ended)]).then(([all, ...codes]) => {
        all.forEach((token) => given.add(token));
        console.log(given.size, codes.join());
      });
    } else {
      mine.then((all) => parentPort.postMessage(all));
    }`, { extension: '.cjs' });
  assert.deepEqual([code, stdout, stderr], [0, '1 0,0,0,0\n', '']);
  assert.equal(await renewals(sandbox), 1);
});

test('a renewal outlives the thread that began it, as long as the process lives', async (t) => {
  const folder = emptyFolder(t);
  await kept(folder);
  await sandbox.script({ pass: true, delay_ms: 800 });
  const { code, stdout, stderr } = await run(`${WORKERS} ${program(sandbox, folder)}
    if (isMainThread) {
      (async () => {
        await tokens.status();
        const worker = new Worker(__filename);
        await new Promise((resolve) => worker.once('message', resolve));
        await new Promise((resolve) => setTimeout(resolve, 300));
        await worker.terminate();
        console.log(typeof await tokens.accessToken());
      })();
    } else {
      void tokens.accessToken();
      parentPort.postMessage('renewing');
    }`, { extension: '.cjs' });
  assert.deepEqual([code, stdout, stderr], [0, 'string\n', '']);
  assert.equal(await renewals(sandbox), 1);
});

test('a process that exits in the middle of a renewal exits at once, and the next one goes on', async (t) => {
  const folder = emptyFolder(t);
  const tokens = await kept(folder);
  await sandbox.script({ fault: 'hang' });
  const ran = await run(`${program(sandbox, folder)} void tokens.accessToken(); setTimeout(() => process.exit(0), 300);`, { extension: '.cjs' });
  assert.equal(ran.code, 0);
  assert.ok(ran.seconds < 5, `${ran.seconds}`);
  await until(async () => (await renewals(sandbox)) === 1);
  assert.ok(await tokens.accessToken());
});
