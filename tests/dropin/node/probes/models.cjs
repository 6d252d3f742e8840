'use strict';

// The OAuth models: what the constructors set, what is read from the wire, and what is written.

const { classes } = require('../lib/shown.cjs');

const ANSWER = {
  response_type: 'authorization_code',
  access_token: 'pina_a',
  token_type: 'bearer',
  expires_in: 2592000,
  scope: 'boards:read',
  refresh_token: 'pinr_r',
  refresh_token_expires_in: 5184000,
  refresh_token_expires_at: 1700000000,
};

const ALL = [
  'OauthAccessTokenResponse',
  'OauthAccessTokenResponseCode',
  'OauthAccessTokenResponseCodeAllOf',
  'OauthAccessTokenResponseRefresh',
  'OauthAccessTokenRequestCode',
  'OauthAccessTokenRequestCodeAllOf',
  'OauthAccessTokenRequestRefresh',
  'OauthAccessTokenRequestRefreshAllOf',
  'Error',
];

/** The own fields that have a value. */
const held = (model) => Object.fromEntries(Object.entries(model).filter(([, value]) => value !== undefined));

module.exports = {
  new_response: (sdk) => held(new sdk.OauthAccessTokenResponse('a', 'bearer', 5, 's')),

  new_response_without_arguments: (sdk) => held(new sdk.OauthAccessTokenResponse()),

  new_response_has_its_fields_as_own_keys: (sdk) => Object.keys(new sdk.OauthAccessTokenResponse()).sort(),

  new_response_code: (sdk) => held(new sdk.OauthAccessTokenResponseCode('a', undefined, 5, 's', 'r', 6)),

  new_response_refresh: (sdk) => held(new sdk.OauthAccessTokenResponseRefresh('a', undefined, 5, 's')),

  new_response_code_all_of: (sdk) => held(new sdk.OauthAccessTokenResponseCodeAllOf('r', 6)),

  new_request_code: (sdk) => {
    const { code, redirect_uri: redirectUri } = new sdk.OauthAccessTokenRequestCode('authorization_code', 'c', 'u');
    return { code, redirectUri };
  },

  new_request_code_keeps_its_grant_type: (sdk) =>
    new sdk.OauthAccessTokenRequestCode('authorization_code', 'c', 'u').grant_type,

  new_request_refresh: (sdk) => new sdk.OauthAccessTokenRequestRefresh('refresh_token', 'r').refresh_token,

  new_request_refresh_keeps_its_grant_type: (sdk) =>
    new sdk.OauthAccessTokenRequestRefresh('refresh_token', 'r').grant_type,

  new_request_all_of: (sdk) => [
    held(new sdk.OauthAccessTokenRequestCodeAllOf('c', 'u')),
    held(new sdk.OauthAccessTokenRequestRefreshAllOf('r')),
  ],

  new_error: (sdk) => held(new sdk.Error(7, 'm')),

  token_type_by_default: (sdk) => [
    new sdk.OauthAccessTokenResponse().token_type,
    new sdk.OauthAccessTokenResponse('a', null).token_type,
    new sdk.OauthAccessTokenResponse('a', '').token_type,
    sdk.OauthAccessTokenResponse.constructFromObject({}).token_type,
  ],

  token_type_on_the_prototype: (sdk) => sdk.OauthAccessTokenResponse.prototype.token_type,

  prototype_names_every_field: (sdk) =>
    ALL.filter((name) => sdk[name]).map((name) => [
      name,
      Object.keys(ANSWER)
        .concat('grant_type', 'code', 'redirect_uri', 'message')
        .filter((field) => field in sdk[name].prototype),
    ]),

  initialize_fills_an_object: (sdk) => {
    const object = {};
    sdk.OauthAccessTokenResponse.initialize(object, 'a', undefined, 5, 's');
    sdk.OauthAccessTokenResponseCode.initialize(object, 'a', undefined, 5, 's', 'r', 6);
    return object;
  },

  initialize_of_requests_and_errors: (sdk) => {
    const [code, refresh, error] = [{}, {}, {}];
    sdk.OauthAccessTokenRequestCode.initialize(code, 'authorization_code', 'c', 'u');
    sdk.OauthAccessTokenRequestRefresh.initialize(refresh, 'refresh_token', 'r');
    sdk.Error.initialize(error, 7, 'm');
    return [code.code, code.redirect_uri, refresh.refresh_token, error];
  },

  initialize_mixes_into_a_subclass: (sdk) => {
    class Mine {
      constructor(token) {
        sdk.OauthAccessTokenResponse.initialize(this, token);
        this.saved = true;
      }
    }
    return held(new Mine('a'));
  },

  construct_from_object: (sdk) => {
    const { access_token, token_type, expires_in, scope, response_type } =
      sdk.OauthAccessTokenResponse.constructFromObject(ANSWER);
    return { access_token, token_type, expires_in, scope, response_type };
  },

  construct_from_object_keeps_the_refresh_token: (sdk) => {
    const response = sdk.OauthAccessTokenResponse.constructFromObject(ANSWER);
    return [response.refresh_token, response.refresh_token_expires_in, response.refresh_token_expires_at];
  },

  construct_from_object_of_a_code_response: (sdk) => {
    const response = sdk.OauthAccessTokenResponseCode.constructFromObject(ANSWER);
    return [response.access_token, response.refresh_token, response.refresh_token_expires_in];
  },

  construct_from_object_of_a_refresh_response: (sdk) =>
    sdk.OauthAccessTokenResponseRefresh.constructFromObject({ ...ANSWER, response_type: 'refresh_token' }).access_token,

  construct_from_object_chooses_the_class: (sdk) =>
    ['authorization_code', 'refresh_token', undefined].map(
      (response_type) => sdk.OauthAccessTokenResponse.constructFromObject({ ...ANSWER, response_type }).constructor.name,
    ),

  construct_from_object_is_an_instance: (sdk) => {
    const response = sdk.OauthAccessTokenResponse.constructFromObject(ANSWER);
    return response instanceof sdk.OauthAccessTokenResponse;
  },

  code_response_is_an_instance_of_response: (sdk) =>
    sdk.OauthAccessTokenResponseCode.constructFromObject(ANSWER) instanceof sdk.OauthAccessTokenResponse,

  construct_from_object_fills_the_one_given: (sdk) => {
    const mine = new sdk.OauthAccessTokenResponse('old', undefined, 1, 'old scope');
    const returned = sdk.OauthAccessTokenResponse.constructFromObject({ access_token: 'new' }, mine);
    return [returned === mine, mine.access_token, mine.scope];
  },

  construct_from_object_of_nothing: (sdk) => [
    sdk.OauthAccessTokenResponse.constructFromObject(undefined),
    sdk.OauthAccessTokenResponse.constructFromObject(null),
    sdk.Error.constructFromObject(undefined, 'the second argument'),
  ],

  construct_from_object_converts: (sdk) => {
    const response = sdk.OauthAccessTokenResponseCode.constructFromObject({
      access_token: 5,
      expires_in: '12',
      refresh_token_expires_in: '34.5 days',
      scope: true,
    });
    return [response.access_token, response.expires_in, response.refresh_token_expires_in, response.scope];
  },

  construct_from_object_with_null_fields: (sdk) => {
    const response = sdk.OauthAccessTokenResponse.constructFromObject({ access_token: null, expires_in: null });
    return [response.access_token ?? 'none', response.expires_in ?? 'none'];
  },

  construct_from_object_with_unknown_fields: (sdk) => {
    const response = sdk.OauthAccessTokenResponse.constructFromObject({ access_token: 'a', later: 1 });
    return ['later' in response, response.later];
  },

  construct_from_object_keeps_unknown_fields_aside: (sdk) =>
    sdk.OauthAccessTokenResponse.constructFromObject({ access_token: 'a', later: 1 }).additional_properties,

  construct_from_object_of_requests: (sdk) => {
    const code = { grant_type: 'authorization_code', code: 'c', redirect_uri: 'u' };
    const refresh = { grant_type: 'refresh_token', refresh_token: 'r', scope: 's' };
    return [
      held(sdk.OauthAccessTokenRequestCode.constructFromObject(code)),
      held(sdk.OauthAccessTokenRequestRefresh.constructFromObject(refresh)),
    ];
  },

  construct_from_object_of_all_of: (sdk) => [
    held(sdk.OauthAccessTokenRequestCodeAllOf.constructFromObject({ code: 'c', redirect_uri: 'u', x: 1 })),
    held(sdk.OauthAccessTokenRequestRefreshAllOf.constructFromObject({ refresh_token: 'r', scope: 's' })),
    held(sdk.OauthAccessTokenResponseCodeAllOf.constructFromObject({ refresh_token: 'r', refresh_token_expires_in: 6 })),
  ],

  construct_from_object_of_an_error: (sdk) =>
    held(sdk.Error.constructFromObject({ code: '7', message: 'no', status: 'failure' })),

  json_of_a_response: (sdk) => {
    const text = JSON.stringify(new sdk.OauthAccessTokenResponseCode('a', 'bearer', 5, 's', 'r', 6));
    return Object.entries(JSON.parse(text)).sort();
  },

  json_there_and_back: (sdk) => {
    const { OauthAccessTokenResponseCode: Code } = sdk;
    const response = Code.constructFromObject(ANSWER);
    const again = Code.constructFromObject(JSON.parse(JSON.stringify(response)));
    return [again.access_token, again.refresh_token, again.expires_in, again.scope];
  },

  object_assign_and_spread: (sdk) => {
    const response = sdk.OauthAccessTokenResponseCode.constructFromObject(ANSWER);
    const { access_token, refresh_token } = { ...response };
    return [access_token, refresh_token, Object.assign({}, response).scope];
  },

  structured_clone: (sdk) => structuredClone(sdk.OauthAccessTokenResponseCode.constructFromObject(ANSWER)).access_token,

  fields_can_be_set_and_deleted: (sdk) => {
    const response = new sdk.OauthAccessTokenResponse('a');
    response.access_token = 'b';
    response.mine = 1;
    delete response.scope;
    return [response.access_token, response.mine, response.scope];
  },

  shown_in_a_console: (sdk) => {
    const text = require('node:util').inspect(sdk.OauthAccessTokenResponseCode.constructFromObject(ANSWER));
    return { accessToken: text.includes('pina_a'), refreshToken: text.includes('pinr_r'), scope: text.includes('boards:read') };
  },

  ancestors_of_the_models: (sdk) =>
    ALL.filter((name) => sdk[name]).map((name) => [name, classes(new sdk[name]())]),

  response_type_enum_members: (sdk) => {
    const { ResponseTypeEnum: types } = sdk.OauthAccessTokenResponse;
    return [types.authorization_code, types.refresh_token];
  },

  response_type_enum: (sdk) => sdk.OauthAccessTokenResponse.ResponseTypeEnum,

  request_model: (sdk) => typeof sdk.OauthAccessTokenRequest,

  grant_type_enum: (sdk) => sdk.OauthAccessTokenRequest?.GrantTypeEnum,

  newer_name_oauth_access_token: (sdk) => [
    typeof sdk.OauthAccessToken,
    sdk.OauthAccessToken?.RequiredProperties,
    sdk.OauthAccessToken?.constructFromObject(ANSWER).refresh_token,
  ],

  newer_validate_json: (sdk, context) => {
    const { OauthAccessToken: Token } = sdk;
    if (Token === undefined) return 'no such class';
    return [
      context.thrown(() => Token.validateJSON({ access_token: 'a', expires_in: 5, token_type: 'bearer' })),
      context.thrown(() => Token.validateJSON({ access_token: 'a' })),
      context.thrown(() => Token.validateJSON({ access_token: 5, expires_in: 5, token_type: 'bearer' })),
    ];
  },

  newer_validate_json_on_the_older_models: (sdk) =>
    ALL.filter((name) => sdk[name]).filter((name) => typeof sdk[name].validateJSON === 'function'),

  newer_token_grant_type: (sdk) => sdk.TokenGrantType,

  classes_called_without_new: (sdk, context) =>
    ALL.filter((name) => sdk[name]).map((name) => context.thrown(() => sdk[name]()) instanceof TypeError),
};
