'use strict';

const { ApiClient } = require('./ApiClient.cjs');
const { exchange, finish } = require('./calls.cjs');
const { connection: connectionOf } = require('./connection.cjs');
const options = require('./options.cjs');

const { hasOwnCallApi, throughCallApi } = require('./ownCallApi.cjs');

const { splitHeaders } = options;

const dataOf = ({ data }) => data;
const wholeOf = ({ data, response }) => ({ data, response });

/** Pinterest's OAuth operations. `types.d.ts` explains each with its options. */
class OauthApi {
  /** Calls go over `apiClient`. */
  constructor(apiClient) {
    this.apiClient = apiClient ?? ApiClient.instance;
  }

  oauthToken(grantType, opts, callback) {
    const [read, done] = tokenArguments(grantType, opts, callback);
    const handle = {};
    return finish(token(this.apiClient, grantType, read, handle), done, handle, dataOf);
  }

  oauthTokenWithHttpInfo(grantType, opts) {
    const [read] = tokenArguments(grantType, opts);
    const handle = {};
    return finish(token(this.apiClient, grantType, read, handle), undefined, handle, wholeOf);
  }

  revokeToken(tokenToRevoke, opts, callback) {
    const [read, done] = revocationArguments(tokenToRevoke, opts, callback);
    const handle = {};
    return finish(revocation(this.apiClient, tokenToRevoke, read, handle), done, handle, dataOf);
  }

  revokeTokenWithHttpInfo(tokenToRevoke, opts) {
    const [read] = revocationArguments(tokenToRevoke, opts);
    const handle = {};
    return finish(revocation(this.apiClient, tokenToRevoke, read, handle), undefined, handle, wholeOf);
  }

  conversionToken(opts, callback) {
    const [read, done] = options.readArguments(options.COMMON, opts, callback);
    const handle = {};
    return finish(conversion(this.apiClient, read, handle), done, handle, dataOf);
  }

  conversionTokenWithHttpInfo(opts) {
    const [read] = options.readArguments(options.COMMON, opts);
    const handle = {};
    return finish(conversion(this.apiClient, read, handle), undefined, handle, wholeOf);
  }

  /** `revokeToken` under its newer name. */
  tokenRevoke(tokenToRevoke, opts, callback) {
    return this.revokeToken(tokenToRevoke, opts, callback);
  }

  /** `conversionToken` under its newer name. */
  oauthConversionToken(opts, callback) {
    return this.conversionToken(opts, callback);
  }
}

function tokenArguments(grantType, opts, callback) {
  options.readRequired('oauthToken', 'grantType', grantType);
  return options.readArguments(options.TOKEN, opts, callback);
}

function revocationArguments(tokenToRevoke, opts, callback) {
  options.readRequired('revokeToken', 'token', tokenToRevoke);
  return options.readArguments(options.REVOCATION, opts, callback);
}

function token(client, grantType, read, handle) {
  const { signal, timeout, connectTimeout, headers, ...fields } = read;
  const own = { signal, timeout, connectTimeout, headers };
  if (hasOwnCallApi(client)) {
    const returnType = models().OauthAccessTokenResponse;
    const request = { path: '/oauth/token', form: tokenForm({ grantType, ...fields }), auth: 'basic', returnType };
    const { receivedNow } = require('./tokenEnd.cjs');
    return throughCallApi(client, request, own, handle).then((answer) => ({ ...answer, data: receivedNow(answer.data, client) }));
  }
  return call(
    client,
    '/oauth/token',
    own,
    (calls, connection, options) => calls.oauthToken(connection, { grantType, ...fields }, options),
    (data) => require('./tokenEnd.cjs').receivedToken(data),
    handle,
  );
}

/** A token request's fields as the published package gives them to `callApi`. */
function tokenForm(request) {
  return Object.fromEntries(require('./native.cjs').fieldsOfTokenRequest(request));
}

function revocation(client, tokenToRevoke, { tokenTypeHint, ...own }, handle) {
  if (hasOwnCallApi(client)) {
    const form = { token: tokenToRevoke };
    if (tokenTypeHint !== undefined) form.token_type_hint = tokenTypeHint;
    const request = { path: '/oauth/token/revoke', form, auth: 'basic', returnType: null };
    return throughCallApi(client, request, own, handle);
  }
  const ofRefreshToken = tokenTypeHint === undefined ? undefined : tokenTypeHint === 'refresh_token';
  return call(
    client,
    '/oauth/token/revoke',
    own,
    (calls, connection, options) => calls.revokeToken(connection, tokenToRevoke, ofRefreshToken, options),
    () => null,
    handle,
  );
}

function conversion(client, own, handle) {
  if (hasOwnCallApi(client)) {
    const request = { path: '/oauth/conversion_token', auth: 'pinterest_oauth2', returnType: models().ConversionToken };
    return throughCallApi(client, request, own, handle);
  }
  return call(
    client,
    '/oauth/conversion_token',
    own,
    (calls, connection, options) => calls.conversionToken(connection, options),
    (data) => models().ConversionToken.constructFromObject(data),
    handle,
  );
}

/** Settings and headers are read now; what is wrong with them is thrown now. */
function call(client, path, { signal, timeout, connectTimeout, headers: own }, start, construct, handle) {
  const { userAgent, headers } = splitHeaders(client, own);
  const connection = connectionOf(client, { userAgent });
  const how = { client, connection, signal, timeout, connectTimeout, headers, method: 'POST', path };
  const answer = exchange(how, start, handle);
  // Loading takes a while the first time; the request is under way meanwhile.
  models();
  return constructed(answer, construct);
}

async function constructed(answer, construct) {
  const { data, response } = await answer;
  return { data: construct(data), response };
}

/** What answers are made of, loaded when it is first used. */
function models() {
  return require('./models.cjs');
}

module.exports = { OauthApi };
