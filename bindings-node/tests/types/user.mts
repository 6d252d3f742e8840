// What a user of ES modules writes. Compiled with `tsc --strict`; not run.

import PinterestSdk, { ApiClient, ApiError, OauthApi, type OauthAccessTokenResponse } from 'pinterest-sdk';

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
// @ts-expect-error: no such kind
const wrong: boolean = new Object() instanceof ApiError && new ApiError().kind === 'Nothing';
// @ts-expect-error: may be absent
const always: number = data.expires_in;

export { account, always, again, conversion, expires, kept, model, nothing, real, refresh, separator, status, unknown, wrong };
