'use strict';

// calls.cjs PACKAGE BASE_PATH IN_FLIGHT CALLS: makes the calls with so many in flight and prints
// calls per second and the peak memory in KiB. The first hundred warm up and are not counted.

const [folder, basePath, inFlight, calls] = process.argv.slice(2);
const PinterestSdk = require(`${folder}/node_modules/pinterest-sdk`);
const client = PinterestSdk.ApiClient.instance;
client.basePath = basePath;
client.authentications['basic'].username = 'app-id';
client.authentications['basic'].password = 'app-secret';
const api = new PinterestSdk.OauthApi();

const call = () =>
  new Promise((resolve, reject) => {
    api.oauthToken('client_credentials', (error, data) => {
      if (error) reject(error);
      else if (data.access_token === undefined) reject(new Error('no token'));
      else resolve();
    });
  });

async function make(count) {
  let left = count;
  const lane = async () => {
    while (left > 0) {
      left -= 1;
      await call();
    }
  };
  await Promise.all(Array.from({ length: Number(inFlight) }, lane));
}

async function main() {
  await make(100);
  const started = performance.now();
  await make(Number(calls));
  console.log(Number(calls) / ((performance.now() - started) / 1000), process.resourceUsage().maxRSS);
}

main();
