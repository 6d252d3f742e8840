// What a user of ES modules writes. Compiled with `tsc --strict`; not run.

import PinterestSdk, { ApiClient, ApiError, OauthApi, openBrowser, type OauthAccessTokenResponse } from 'pinterest-sdk';

const client: PinterestSdk.ApiClient = PinterestSdk.ApiClient.instance;
client.authentications['basic'].username = 'app id';
client.authentications.basic.username = 1234567;
client.authentications['basic'].password = 'app secret';
client.authentications['pinterest_oauth2'].accessToken = () => 'pina_';
client.timeout = 5000;
client.defaultHeaders = { 'X-Trace': 1 };

const api = new OauthApi();
new PinterestSdk.OauthApi(new ApiClient('https://api-sandbox.pinterest.com/v5'));

// As on the reference page.
api.oauthToken('grantType_example', (error, data, response) => {
  if (error) {
    const status: number | undefined = error.status;
    console.error(error.kind, error.response?.body.code, status, response?.headers['x-pinterest-rid']);
  } else {
    const token: string | undefined = data?.access_token;
    console.log('API called successfully. Returned data: ' + data, token);
  }
});
api.oauthToken('refresh_token', { refresh_token: 'pinr.' }, (error) => console.log(error?.hint));
api.oauthToken('client_credentials', undefined, null);

const data: OauthAccessTokenResponse = await api.oauthToken('authorization_code', {
  code: 'code',
  redirectUri: 'http://localhost:8085/',
  continuousRefresh: true,
  signal: AbortSignal.timeout(1000),
  timeout: 1000,
  headers: new Headers({ 'X-Trace': 'a' }),
});
const expires: number | undefined = data.expires_in;
const unknown: unknown = data.additional_properties['brand_new'];
const refresh: string | undefined = data instanceof PinterestSdk.OauthAccessTokenResponseCode ? data.refresh_token : '';

const { data: again, response } = await api.oauthTokenWithHttpInfo('client_credentials', { scope: 'pins:read' });
const status: number = response.status;
const nothing: null = await api.revokeToken('pina_', { tokenTypeHint: 'access_token' });
await api.tokenRevoke('pina_', (error) => console.log(error));
const conversion: string = (await api.oauthConversionToken()).access_token;

const other = new PinterestSdk.ApiClient();
other.authentications['own'] = { type: 'bearer', accessToken: () => 'pina_' };
const request = other.callApi<{ username: string }>('/user_account', 'GET', {}, { a: [1] }, {}, {}, null, ['own'], [],
  ['application/json'], Object, null, (error, account) => console.log(error?.rateLimit?.reset, account?.username));
request.abort();
const account: string = (await request).data.username;
const separator: ',' = PinterestSdk.ApiClient.CollectionFormatEnum.CSV;

const connect = new PinterestSdk.AuthorizationRequest({ redirectUri: 'http://localhost:8085/', scopes: ['pins:read'] });
new PinterestSdk.AuthorizationRequest({ redirect_uri: 'http://localhost:8085/', scopes: 'pins:read', lifetime_seconds: 60 });
client.authorizationUrl = 'http://127.0.0.1:8080/oauth/';
const pending: PinterestSdk.PendingAuthorization = connect.start();
const session = { pending: connect.start(other).toJSON(), ends: new Date(pending.expiresAt * 1000) };
const restored = PinterestSdk.PendingAuthorization.fromJSON(session.pending);
const callback = new URL(`${restored.redirectUri}?code=c&state=${restored.state}`);
const granted: OauthAccessTokenResponse = await restored.complete(null, callback, { signal: AbortSignal.timeout(1) });
const loggedIn: string = (await PinterestSdk.login(client, connect, { show: (url: string) => openBrowser(url) })).access_token;

try {
  await api.conversionToken({ timeout: 1 });
} catch (error) {
  if (error instanceof ApiError && error.outcome === 'NotSent') console.log(error.retryAfter ?? 0, error.stack);
}
const real: globalThis.Error = new globalThis.Error('not shadowed');
const model = new PinterestSdk.Error(2, 'Authentication failed.');
const kept = PinterestSdk.OauthAccessTokenResponse.constructFromObject(JSON.parse('{}'));

// @ts-expect-error: no such option
api.oauthToken('refresh_token', { refreshTokens: 'pinr.' });
// @ts-expect-error: a wrong type
api.oauthToken('refresh_token', { refreshToken: 5 });
// @ts-expect-error: a wrong type
api.oauthToken('authorization_code', { continuousRefresh: 'true' });
// @ts-expect-error: no grant
api.oauthToken();
// @ts-expect-error: not a callback
api.oauthToken('refresh_token', {}, 'callback');
// @ts-expect-error: neither of the two
api.revokeToken('pina_', { tokenTypeHint: 'token' });
// @ts-expect-error: no such operation
api.oauthTokens('refresh_token');
// @ts-expect-error: not a client
new OauthApi('https://api.pinterest.com/v5');
// @ts-expect-error: calls make it, programs do not
const wrong: boolean = new Object() instanceof ApiError && new ApiError().kind === 'Nothing';
// @ts-expect-error: scopes are missing
new PinterestSdk.AuthorizationRequest({ redirectUri: 'http://localhost:8085/' });
// @ts-expect-error: no redirect URI
new PinterestSdk.AuthorizationRequest({ scopes: [] });
// @ts-expect-error: no such option
new PinterestSdk.AuthorizationRequest({ redirectUri: 'http://localhost:8085/', scopes: [], scope: 'pins:read' });
// @ts-expect-error: made by `start` and `fromJSON` only
new PinterestSdk.PendingAuthorization({});
// @ts-expect-error: cannot be changed
pending.state = 'other';
// @ts-expect-error: not a request
PinterestSdk.login(client, { redirectUri: 'http://localhost:8085/', scopes: [] });
// @ts-expect-error: may be absent
const always: number = data.expires_in;

const fromEnvironment: PinterestSdk.ApiClient = PinterestSdk.ApiClient.fromEnv();
const first = await PinterestSdk.login(fromEnvironment, new PinterestSdk.AuthorizationRequest({ redirectUri: 'x', scopes: [] }));
const second: typeof first = first.mergedWith({ refresh_token: 'pinr.a', refresh_token_expires_at: null });
const end: number | undefined = second.expires_at;

const store: PinterestSdk.TokenStore = {
  load: (key: string) => sessionOf(key),
  compareAndSwap: async (_key, expected, text) => expected !== text,
  lock: (_key, seconds: number) => ({ release: () => seconds, load: () => null }),
};
function sessionOf(key: string): string | undefined {
  return key.length > 1 ? undefined : key;
}
const tokens = new PinterestSdk.TokenManager({ client, store: new PinterestSdk.FileStore({ folder: '/tmp' }), account: 'a' });
new PinterestSdk.TokenManager({ store: new PinterestSdk.MemoryStore(), account: 'a', wait: 5, clientCredentials: ['ads:read'] });
new PinterestSdk.TokenManager({
  store,
  account: 'a',
  onEvent: async ({ kind, account: whose, error, at }) => console.log(kind === 'NotKept', whose, error?.kind, (at ?? 0) + 1),
});
const managed: string = await tokens.account('b').accessToken({ signal: AbortSignal.timeout(1) });
const header: string = await tokens.authorizationHeader();
await tokens.adopt(data);
await tokens.adopt({ access_token: 'pina_', refresh_token: 'pinr.', expires_at: null });
tokens.invalidate(managed);
const otherMayHelp: boolean = tokens.refused(managed, 401, '');
const { state, accessLife, failure }: PinterestSdk.TokenStatus = await tokens.status();
const left: number | undefined = accessLife?.expiresAt ?? failure?.until;
const ok: boolean = (await tokens.fetch('https://api.pinterest.com/v5/pins', { method: 'POST', body: '{}' })).ok;
const own: typeof fetch = tokens.fetch;
const closed: boolean = (await tokens.close(5000)) && (await tokens.forget());

const keys: PinterestSdk.StoreKey[] = [new Uint8Array(32), 'Base64', ['new', 'old'], async () => Buffer.alloc(32), { file: '/key' }];
for (const key of keys) new PinterestSdk.FileStore({ key });
new PinterestSdk.FileStore({ key: PinterestSdk.keyringKey({ service: 'shop' }) });
const resealed: string[] = [...(await new PinterestSdk.FileStore().reseal()), ...(await new PinterestSdk.FileStore().reseal('a'))];
const clock: PinterestSdk.ManualClock = new PinterestSdk.ManualClock(Date.now());
client.clock = clock;
client.clock = undefined;
clock.advance(clock.now());
clock.set(0);
const connection = { evalSha: async (sha1: string) => sha1, eval: async () => 1 };
new PinterestSdk.TokenManager({ store: new PinterestSdk.RedisStore(connection), account: 'a' });

// @ts-expect-error: not a connection
new PinterestSdk.RedisStore({ get: () => 5 });
// @ts-expect-error: not a name
PinterestSdk.keyringKey({ account: 'shop' });
// @ts-expect-error: not a clock of the package
client.clock = Date;
// @ts-expect-error: not a key
new PinterestSdk.FileStore({ key: 5 });
// @ts-expect-error: no store
new PinterestSdk.TokenManager({ account: 'a' });
// @ts-expect-error: no account
new PinterestSdk.TokenManager({ store });
// @ts-expect-error: a store keeps texts
new PinterestSdk.TokenManager({ store: { ...store, load: () => ({}) }, account: 'a' });
// @ts-expect-error: an answer has a token
await tokens.adopt({});

export { closed, header, left, ok, own, state };
export { account, always, again, conversion, end, expires, granted, kept, loggedIn, model, nothing, real, refresh, separator, status, unknown, wrong };
