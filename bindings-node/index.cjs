'use strict';

const { ApiClient } = require('./lib/ApiClient.cjs');
const { OauthApi } = require('./lib/OauthApi.cjs');

const MODELS = [
  'ConversionToken',
  'Error',
  'OauthAccessToken',
  'OauthAccessTokenRequest',
  'OauthAccessTokenRequestClientCredentials',
  'OauthAccessTokenRequestCode',
  'OauthAccessTokenRequestCodeAllOf',
  'OauthAccessTokenRequestRefresh',
  'OauthAccessTokenRequestRefreshAllOf',
  'OauthAccessTokenResponse',
  'OauthAccessTokenResponseClientCredentials',
  'OauthAccessTokenResponseCode',
  'OauthAccessTokenResponseCodeAllOf',
  'OauthAccessTokenResponseEverlastingRefresh',
  'OauthAccessTokenResponseIntegrationRefresh',
  'OauthAccessTokenResponseRefresh',
];

/** Loaded when they are called, for `import` reads every name at once. */
const login = (...given) => require('./lib/login.cjs').login(...given);
const openBrowser = (...given) => require('./lib/login.cjs').openBrowser(...given);

module.exports = { ApiClient, OauthApi, login, openBrowser };
// What the first request can do without is loaded when it is first used.
const later = (name, load) => Object.defineProperty(module.exports, name, { get: load, enumerable: true });
later('ApiError', () => require('./lib/ApiError.cjs').ApiError);
for (const name of ['AuthorizationRequest', 'PendingAuthorization']) {
  later(name, () => require('./lib/authorization.cjs')[name]);
}
for (const name of ['FileStore', 'MemoryStore', 'RedisStore']) later(name, () => require('./lib/stores.cjs')[name]);
later('ManualClock', () => require('./lib/clock.cjs').ManualClock);
later('keyringKey', () => require('./lib/keyringKey.cjs').keyringKey);
later('TokenManager', () => require('./lib/TokenManager.cjs').TokenManager);
later('Scopes', () => require('./lib/scopes.cjs').Scopes);
for (const name of MODELS) later(name, () => require('./lib/models.cjs')[name]);

// `import PinterestSdk from 'pinterest-sdk'` means the same everywhere, compiled code included.
Object.defineProperty(module.exports, '__esModule', { value: true });
module.exports.default = module.exports;
