// Greets the account that a token belongs to, and lists its boards page by page. Settings come from
// the environment: PINTEREST_ACCESS_TOKEN (scopes user_accounts:read and boards:read), and
// PINTEREST_API_URI if it differs from the default.

import PinterestSdk from 'pinterest-sdk';

const client = PinterestSdk.ApiClient.fromEnv();

/** `GET`s any path; the thirteen arguments are those of the published package. */
async function get(path, query = {}) {
  const accepts = ['application/json'];
  const { data } = await client.callApi(path, 'GET', {}, query, {}, {}, null, ['pinterest_oauth2'], [], accepts, Object, null);
  return data;
}

try {
  const account = await get('/user_account');
  console.log(`Hello, ${account.username}`);
  let bookmark;
  do {
    const page = await get('/boards', { page_size: 25, bookmark });
    for (const board of page.items) console.log(board.name);
    bookmark = page.bookmark;
  } while (bookmark);
} catch (error) {
  // What happened and what to do; never a token.
  console.error(error.message);
  process.exitCode = 1;
}
