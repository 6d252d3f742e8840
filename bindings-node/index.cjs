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

/**
 * Classes of operations; the models of the published package, enumerations and others with their lists of values. Their
 * names are written here when it is packed.
 */
const APIS = [/* APIS */];
const ENUMERATIONS = [/* ENUMERATIONS */];
const WIRE_MODELS = {/* WIRE_MODELS */};

/** Loaded when they are called, for `import` reads every name at once. */
const login = (...given) => require('./lib/login.cjs').login(...given);
const openBrowser = (...given) => require('./lib/login.cjs').openBrowser(...given);
const failuresIn = (...given) => require('./lib/failures.cjs').failuresIn(...given);
const paginate = (...given) => require('./lib/paginate.cjs').paginate(...given);

// Without a prototype it is a table from the first name on, which takes half the time that 200 names in an object do.
module.exports = Object.assign(Object.create(null), { ApiClient, OauthApi, failuresIn, login, openBrowser, paginate });
// What the first request can do without is loaded when it is first used.
const getter = { get: undefined, enumerable: true, configurable: true };
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

let classes;
const loadedClasses = () => (classes ??= require('./lib/classes.cjs'));
const methodsOf = (name, Made) => require('./lib/apis.cjs').methodsOf(name, Made);
const wireModels = {
  partsOf: (name, Made) => require('./lib/wireModels.cjs').partsOf(name, Made),
  valuesOf: (place) => require('./lib/wireModels.cjs').valuesOf(place),
};
const api = (name) => loadedClasses().apiClass(name, methodsOf);
const enumeration = (name) => loadedClasses().enumerationClass(name, wireModels);
const wireModel = (name) => loadedClasses().modelClass(name, WIRE_MODELS[name], wireModels);
const listed = [[APIS, api], [ENUMERATIONS, enumeration], [Object.keys(WIRE_MODELS), wireModel]];
for (const [names, of] of listed) {
  for (const name of names) later(name, () => loadedClasses().whole(of(name)));
}
Object.setPrototypeOf(module.exports, Object.prototype);

// All classes for `index.mjs`, which get their parts when they are first used.
Object.defineProperty(module.exports, Symbol.for('pinterest-sdk.classes'), {
  value() {
    // As above.
    const all = Object.create(null);
    for (const [names, of] of listed) {
      for (const name of names) all[name] = of(name);
    }
    return all;
  },
});
// `import PinterestSdk from 'pinterest-sdk'` means the same everywhere, compiled code included.
Object.defineProperty(module.exports, '__esModule', { value: true });
module.exports.default = module.exports;
