// What a user of CommonJS writes. Compiled with `tsc --strict`; not run.

import PinterestSdk = require('pinterest-sdk');
import Default, { ApiClient, OauthApi } from 'pinterest-sdk';

const client: ApiClient = Default.ApiClient.instance;
client.authentications['basic'].password = 'app secret';

const api: PinterestSdk.OauthApi = new OauthApi(client);
api.oauthToken('authorization_code', { code: 'code', redirect_uri: 'http://localhost:8085/' }).then(
  (data) => console.log(data.access_token.length, data.refresh_token_expires_at),
  (error: PinterestSdk.ApiError) => console.log(error.kind, error.requestId),
);
const kind: PinterestSdk.ErrorKind = 'RateLimited';
const denied: PinterestSdk.ErrorKind = 'Authorization';
const request = new Default.AuthorizationRequest({ redirectUri: 'http://localhost:8085/', scopes: ['pins:read'] });
PinterestSdk.login(client, request).then((token) => console.log(token.access_token.length));
const same: typeof PinterestSdk.OauthApi = PinterestSdk.default.OauthApi;

// @ts-expect-error: no such option
api.oauthToken('refresh_token', { token: 'pinr.' });
// @ts-expect-error: not a string
api.revokeToken(5);
// @ts-expect-error: no such name
PinterestSdk.OauthClient;

export { denied, kind, same };
const required: typeof PinterestSdk = Default;
const bytes = async (): Promise<Buffer> => (await api.conversionTokenWithHttpInfo()).response.bytes();
export { bytes, required };
