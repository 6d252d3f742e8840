// What a user writes with `exactOptionalPropertyTypes`: a variable that may not be set. Compiled; not run.

import { ApiClient, AuthorizationRequest, FileStore, OauthApi, TokenManager, type ErrorKind } from 'pinterest-sdk';

const { PINTEREST_APP_ID: set, PROXY: proxy } = process.env;
const signal: AbortSignal | undefined = undefined;
const timeout: number | undefined = undefined;
const pkce: boolean | undefined = undefined;

const client = new ApiClient();
client.authentications.basic.username = set;
client.authentications.basic.password = set;
client.authentications.pinterest_oauth2.accessToken = set;
client.proxy = proxy;
client.retries = timeout;
await new OauthApi(client).oauthToken('authorization_code', { code: set, redirectUri: set, signal, timeout });
new AuthorizationRequest({ redirectUri: 'http://localhost:8085/', scopes: [], pkce, lifetimeSeconds: timeout });
const tokens = new TokenManager({ client, store: new FileStore({ folder: set }), account: 'a', wait: timeout, onEvent: undefined });
await tokens.accessToken({ signal });

/** A release may add a kind. */
export const later: ErrorKind = 'AddedLater';
export function advice(kind: ErrorKind): string {
  switch (kind) {
    case 'RateLimited':
      return 'wait';
    default:
      return 'read the hint';
  }
}
