// The example of the reference page, to the letter, against https://api.pinterest.com/v5: answered by
// the sandbox, which is reached as a proxy and holds a certificate of its own authority.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from './support/installed.mjs';
import { Sandbox } from './support/sandbox.mjs';

const REST_OF_THE_PAGE = `
let defaultClient = PinterestSdk.ApiClient.instance;
// Configure HTTP basic authorization: basic
let basic = defaultClient.authentications['basic'];
basic.username = 'YOUR USERNAME';
basic.password = 'YOUR PASSWORD';

let apiInstance = new PinterestSdk.OauthApi();
let grantType = "grantType_example"; // String | 
apiInstance.oauthToken(grantType, (error, data, response) => {
  if (error) {
    console.error(error);
  } else {
    console.log('API called successfully. Returned data: ' + data);
  }
});
`;
const IMPORTS = {
  '.mjs': "import PinterestSdk from 'pinterest-sdk';",
  '.cjs': "var PinterestSdk = require('pinterest-sdk');",
};

const sandbox = await Sandbox.start();

for (const [extension, first] of Object.entries(IMPORTS)) {
  for (const variable of ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE']) {
    const env = { HTTPS_PROXY: sandbox.http, [variable]: sandbox.authority };

    test(`the page's placeholders are refused with a hint (${extension}, ${variable})`, async () => {
      await sandbox.reset();
      const { code, stdout, stderr } = await run(first + REST_OF_THE_PAGE, { env, extension });
      assert.equal(code, 0, stderr);
      assert.equal(stdout, '');
      assert.match(stderr, /^ApiError: https:\/\/api\.pinterest\.com refused: /);
      assert.match(stderr, /hint: '`grantType` is not one that Pinterest knows/);

      const [request, ...more] = await sandbox.requests();
      assert.deepEqual(more, []);
      assert.equal(request.connect_target, 'api.pinterest.com:443');
      assert.equal(request.path, '/v5/oauth/token');
      assert.equal(request.body, 'grant_type=grantType_example');
      const headers = Object.fromEntries(request.headers);
      assert.equal(headers.authorization, `Basic ${btoa('YOUR USERNAME:YOUR PASSWORD')}`);
      assert.match(headers['user-agent'], /^pinterest-sdk\/\d+\.\d+\.\d+ node\/\d+\.\d+\.\d+$/);
    });

    test(`the page's success prints as it says (${extension}, ${variable})`, async () => {
      await sandbox.reset();
      await sandbox.script({ json: { access_token: 'pina_x' } });
      const { code, stdout, stderr } = await run(first + REST_OF_THE_PAGE, { env, extension });
      assert.deepEqual({ code, stdout, stderr }, {
        code: 0,
        stdout: 'API called successfully. Returned data: [object Object]\n',
        stderr: '',
      });
    });
  }
}

test('without the authority the certificate is refused and nothing is sent', async () => {
  await sandbox.reset();
  const { stderr } = await run(IMPORTS['.mjs'] + REST_OF_THE_PAGE, { env: { HTTPS_PROXY: sandbox.http } });
  assert.match(stderr, /phase: 'tls'/);
  assert.match(stderr, /outcome: 'NotSent'/);
  assert.deepEqual(await sandbox.requests(), []);
});
