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

/** Classes of operations and the models of the published package, of both of which the names are written here when it is packed. */
const APIS = [/* APIS */];
const WIRE_MODELS = [/* WIRE_MODELS */];

/** Loaded when they are called, for `import` reads every name at once. */
const login = (...given) => require('./lib/login.cjs').login(...given);
const openBrowser = (...given) => require('./lib/login.cjs').openBrowser(...given);
const failuresIn = (...given) => require('./lib/failures.cjs').failuresIn(...given);
const paginate = (...given) => require('./lib/paginate.cjs').paginate(...given);

// Without a prototype it is a table from the first name on, which takes half the time that 200 names in an object do.
module.exports = Object.assign(Object.create(null), { ApiClient, OauthApi, failuresIn, login, openBrowser, paginate });
// What the first request can do without is loaded when it is first used.
const getter = { get: undefined, enumerable: true };
const later = (name, load) => {
  getter.get = load;
  Object.defineProperty(module.exports, name, getter);
};
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
for (const name of APIS) later(name, () => require('./lib/apis.cjs').api(name));
for (const name of WIRE_MODELS) later(name, () => require('./lib/wireModels.cjs').model(name));
Object.setPrototypeOf(module.exports, Object.prototype);

// `import PinterestSdk from 'pinterest-sdk'` means the same everywhere, compiled code included.
Object.defineProperty(module.exports, '__esModule', { value: true });
module.exports.default = module.exports;
