// Greets the account that a token belongs to, and lists all its boards. Settings come from the
// environment: PINTEREST_ACCESS_TOKEN (scopes user_accounts:read and boards:read), and
// PINTEREST_API_URI if it differs from the default.

import { ApiClient, BoardsApi, UserAccountApi, paginate } from 'pinterest-sdk';

const client = ApiClient.fromEnv();

try {
  const account = await new UserAccountApi(client).userAccountGet();
  console.log(`Hello, ${account.username}`);
  for await (const board of paginate(new BoardsApi(client), 'boardsList', { pageSize: 25 })) console.log(board.name);
} catch (error) {
  // What happened and what to do; never a token.
  console.error(error.message);
  process.exitCode = 1;
}
