// A worker of the soak test in Node (see README.md): uses the tokens of its accounts until its input ends.

import { createRequire } from 'node:module';
import process from 'node:process';
import readline from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import PinterestSdk from 'pinterest-sdk';

const [store, ...accounts] = process.argv.slice(2);

/** Lets go of the store's connection, which would keep the process alive. */
let closing = () => {};

/** The store of `file:FOLDER` or `redis://…`. */
async function opened() {
  if (store.startsWith('file:')) {
    return new PinterestSdk.FileStore({ folder: store.slice('file:'.length) });
  }
  const { createClient } = createRequire(process.env.SOAK_REDIS_CLIENT)('redis');
  const connection = createClient({ url: store });
  // It connects again by itself.
  connection.on('error', () => {});
  closing = () => connection.destroy();
  return new PinterestSdk.RedisStore(await connection.connect());
}

const client = PinterestSdk.ApiClient.fromEnv();
const manager = new PinterestSdk.TokenManager({
  client,
  store: await opened(),
  account: accounts[0],
});

const codes = [];
let isOver = false;
let wake = () => {};
readline
  .createInterface({ input: process.stdin })
  .on('line', (line) => {
    codes.push(line);
    wake();
  })
  .on('close', () => {
    isOver = true;
    wake();
  });

async function nextCode() {
  while (codes.length === 0 && !isOver) {
    await new Promise((resolve) => {
      wake = resolve;
    });
  }
  return codes.shift();
}

function say(word, account, error) {
  const kind = word === 'failed' ? ` ${error.kind ?? error.name}` : '';
  process.stdout.write(`${word} ${account}${kind} ${String(error.message).split('\n')[0]}\n`);
}

/** Uses a token; whether the API took it. One that it refused is given back. */
async function useOne(tokens) {
  const token = await tokens.accessToken();
  const answer = await fetch(`${process.env.PINTEREST_API_URI}/v5/user_account`, {
    headers: { Authorization: `Bearer ${token}` },
  }).catch(() => null);
  if (answer?.status === 401) {
    tokens.invalidate(token);
  }
  await answer?.arrayBuffer().catch(() => null);
  return answer?.status === 200;
}

let used = 0;
for (let turn = 0; !isOver; turn += 1) {
  const account = accounts[turn % accounts.length];
  const tokens = manager.account(account);
  try {
    used += Number(await useOne(tokens));
  } catch (error) {
    if (error.kind === 'ReauthorizationRequired') {
      say('login', account, error);
      const code = await nextCode();
      if (code === undefined) {
        break;
      }
      try {
        const redirectUri = 'http://localhost:8085/';
        const api = new PinterestSdk.OauthApi(client);
        await tokens.adopt(await api.oauthToken('authorization_code', { code, redirectUri }));
      } catch (failure) {
        say('failed', account, failure);
      }
    } else {
      say('failed', account, error);
    }
  }
  await sleep(5);
}
await manager.close(30_000);
closing();
process.stdout.write(`done ${used}\n`);
