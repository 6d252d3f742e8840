// A worker of `tests/soak` (see its README), with the package that is installed in `build/node`: uses the tokens of its
// accounts until its input ends.

import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const PinterestSdk = createRequire(fileURLToPath(new URL('../../../build/node/x.js', import.meta.url)))('pinterest-sdk');

const [store, ...accounts] = process.argv.slice(2);
const folder = store.replace(/^file:/, '');
const client = PinterestSdk.ApiClient.fromEnv();
const manager = new PinterestSdk.TokenManager({ client, store: new PinterestSdk.FileStore({ folder }), account: accounts[0] });
const api = new PinterestSdk.OauthApi(client);

let isOver = false;
const input = createInterface(process.stdin).on('close', () => { isOver = true; });
const codes = input[Symbol.asyncIterator]();

const say = (line) => process.stdout.write(`${line}\n`);
const fail = (account, error) => say(`failed ${account} ${error.kind ?? 'Network'} ${error.message}`);

/** Whether the API took the account's token. */
async function use(tokens) {
  const response = await tokens.fetch(`${client.basePath}/user_account`);
  await response.arrayBuffer();
  return response.ok;
}

async function logIn(tokens) {
  const { value: code } = await codes.next();
  if (code === undefined) return;
  await tokens.adopt(await api.oauthToken('authorization_code', { code, redirectUri: 'http://localhost:8085/' }));
}

let used = 0;
for (let turn = 0; !isOver; turn += 1) {
  const account = accounts[turn % accounts.length];
  const tokens = manager.account(account);
  try {
    used += Number(await use(tokens));
  } catch (error) {
    if (error.kind === 'ReauthorizationRequired') {
      say(`login ${account} ${error.message}`);
      await logIn(tokens).catch((failed) => fail(account, failed));
    } else {
      fail(account, error);
    }
  }
  await sleep(5);
}
await manager.close(30_000);
say(`done ${used}`);
