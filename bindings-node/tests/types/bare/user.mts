// What a user writes whose program knows neither Node's types nor the DOM's. Compiled; not run.

import PinterestSdk, { OauthApi } from 'pinterest-sdk';

const { data, response } = await new OauthApi().oauthTokenWithHttpInfo('client_credentials', { scope: 'pins:read' });
const bytes: Uint8Array = response.bytes();
const signal = { aborted: false, addEventListener() {} };
await new PinterestSdk.OauthApi().revokeToken(data.access_token, { signal });
// @ts-expect-error: not a signal
await new PinterestSdk.OauthApi().revokeToken(data.access_token, { signal: 'abort' });

export { bytes };
