'use strict';

// What `require('pinterest-sdk')` gives.

/** The exports that OAuth, and calls of any endpoint, need. */
const WANTED = [
  'ApiClient',
  'Error',
  'OauthAccessTokenRequestCode',
  'OauthAccessTokenRequestCodeAllOf',
  'OauthAccessTokenRequestRefresh',
  'OauthAccessTokenRequestRefreshAllOf',
  'OauthAccessTokenResponse',
  'OauthAccessTokenResponseCode',
  'OauthAccessTokenResponseCodeAllOf',
  'OauthAccessTokenResponseRefresh',
  'OauthApi',
];

module.exports = {
  oauth_exports: (sdk) => WANTED.filter((name) => typeof sdk[name] === 'function'),

  oauth_names_that_were_missing: (sdk) => Object.keys(sdk).filter((name) => /oauth/i.test(name) && !WANTED.includes(name)),

  /** The OAuth package leaves the other operations to `callApi`. */
  api_classes: (sdk) => Object.keys(sdk).filter((name) => name.endsWith('Api')),

  models_of_other_operations: (sdk) => ['Board', 'Pin', 'Account', 'Country', 'Paginated'].filter((name) => name in sdk),

  es_module_mark: (sdk) => sdk.__esModule,

  default_export: (sdk) => typeof sdk.default,

  default_import_as_the_readme_writes_it: (sdk) => {
    // What Babel and TypeScript make of `import PinterestSdk from 'pinterest-sdk'`.
    const imported = sdk.__esModule ? sdk.default : sdk;
    return typeof imported?.OauthApi;
  },

  exported_error_is_not_the_builtin: (sdk) => [sdk.Error === Error, new sdk.Error() instanceof Error],

  class_names: (sdk) => WANTED.filter((name) => sdk[name]).map((name) => [name, sdk[name].name]),
};
