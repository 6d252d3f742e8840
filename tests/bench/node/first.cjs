'use strict';

// first.cjs [PACKAGE BASE_PATH]: prints how many milliseconds the first answer takes from the
// program's first line (require, client, first HTTPS call), and the process's peak memory in KiB.
// Without arguments: only the memory of a bare Node.

const started = performance.now();
const [folder, basePath] = process.argv.slice(2);

function report() {
  console.log(performance.now() - started, process.resourceUsage().maxRSS);
}

if (folder === undefined) {
  report();
} else {
  const PinterestSdk = require(`${folder}/node_modules/pinterest-sdk`);
  const client = PinterestSdk.ApiClient.instance;
  client.basePath = basePath;
  client.authentications['basic'].username = '1234567';
  client.authentications['basic'].password = '0123456789abcdef0123456789abcdef01234567';
  new PinterestSdk.OauthApi().oauthToken('client_credentials', (error) => {
    if (error) throw error;
    report();
  });
}
