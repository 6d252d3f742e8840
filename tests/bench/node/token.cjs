// token.cjs FOLDER: prints how many nanoseconds an access token from memory takes, awaited.

'use strict';

const { createRequire } = require('node:module');
const { join } = require('node:path');

const PinterestSdk = createRequire(join(process.argv[2], 'x.js'))('pinterest-sdk');

const CALLS = 1_000_000;

const client = new PinterestSdk.ApiClient('http://127.0.0.1:1/v5');
Object.assign(client.authentications.basic, { username: '1', password: 'secret' });
const tokens = new PinterestSdk.TokenManager({ client, store: new PinterestSdk.MemoryStore(), account: 'bench' });

async function round() {
  const started = process.hrtime.bigint();
  let characters = 0;
  for (let call = 0; call < CALLS; call += 1) characters += (await tokens.accessToken()).length;
  if (characters === 0) throw new Error('no token came');
  return Number(process.hrtime.bigint() - started) / CALLS;
}

(async () => {
  await tokens.adopt({ access_token: 'pina_x', expires_in: 2_592_000 });
  await round();
  console.log(await round());
})();
