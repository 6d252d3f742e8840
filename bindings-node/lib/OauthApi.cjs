'use strict';

const { ApiClient } = require('./ApiClient.cjs');
const { send } = require('./border.cjs');
const options = require('./options.cjs');
const { headers } = require('./settings.cjs');

/** Pinterest's OAuth operations. `types.d.ts` explains each with its options. */
class OauthApi {
  /** Calls go over `apiClient`. */
  constructor(apiClient) {
    this.apiClient = apiClient ?? ApiClient.instance;
  }

  oauthToken(grantType, opts, callback) {
    const [read, done] = tokenArguments(grantType, opts, callback);
    return finish(token(this.apiClient, grantType, read), done);
  }

  oauthTokenWithHttpInfo(grantType, opts) {
    const [read] = tokenArguments(grantType, opts);
    return token(this.apiClient, grantType, read);
  }

  revokeToken(tokenToRevoke, opts, callback) {
    const [read, done] = revocationArguments(tokenToRevoke, opts, callback);
    return finish(revocation(this.apiClient, tokenToRevoke, read), done);
  }

  revokeTokenWithHttpInfo(tokenToRevoke, opts) {
    const [read] = revocationArguments(tokenToRevoke, opts);
    return revocation(this.apiClient, tokenToRevoke, read);
  }

  conversionToken(opts, callback) {
    const [read, done] = options.readArguments(options.COMMON, opts, callback);
    return finish(conversion(this.apiClient, read), done);
  }

  conversionTokenWithHttpInfo(opts) {
    const [read] = options.readArguments(options.COMMON, opts);
    return conversion(this.apiClient, read);
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

function token(client, grantType, { signal, timeout, headers: own, ...fields }) {
  return exchange(
    client,
    { signal, timeout, headers: own },
    (border, connection, call) => border.oauthToken(connection, { grantType, ...fields }, call),
    (data, models) => models.OauthAccessTokenResponse.constructFromObject(data),
  );
}

function revocation(client, tokenToRevoke, { tokenTypeHint, ...own }) {
  const ofRefreshToken = tokenTypeHint === undefined ? undefined : tokenTypeHint === 'refresh_token';
  return exchange(
    client,
    own,
    (border, connection, call) => border.revokeToken(connection, tokenToRevoke, ofRefreshToken, call),
    () => null,
  );
}

function conversion(client, own) {
  return exchange(
    client,
    own,
    (border, connection, call) => border.conversionToken(connection, call),
    (data, models) => models.ConversionToken.constructFromObject(data),
  );
}

/**
 * One call. It is an async function so that an error's stack leads to the line that awaits it.
 *
 * @throws {ApiError} or the signal's reason.
 */
async function exchange(client, { signal, timeout, headers: own }, start, construct) {
  const { userAgent, others } = splitHeaders(client, own);
  const connection = client.connection(userAgent);
  const sent = send((border) => start(border, connection, { timeout, headers: others }), signal);
  // Loading takes a while the first time; the request is under way meanwhile.
  const { ApiError, HttpResponse, models } = answers();
  const outcome = await sent;
  if (outcome.error) throw new ApiError(outcome.error);
  return {
    data: construct(outcome.data, models),
    response: new HttpResponse(outcome.status, outcome.headers, outcome.text),
  };
}

let loaded;

/** What reads answers, loaded when it is first used. */
function answers() {
  loaded ??= { ...require('./ApiError.cjs'), ...require('./HttpResponse.cjs'), models: require('./models.cjs') };
  return loaded;
}

/** This call's headers over the client's own; the native half takes `User-Agent` as a setting. */
function splitHeaders(client, own) {
  let userAgent;
  let others;
  for (const pair of [...(headers('defaultHeaders', client.defaultHeaders) ?? []), ...(own ?? [])]) {
    if (pair[0].toLowerCase() === 'user-agent') userAgent = pair[1];
    else (others ??= []).push(pair);
  }
  return { userAgent, others };
}

/** The answer's data as a promise, and to the callback if there is one. */
function finish(answer, callback) {
  const data = dataOf(answer);
  if (callback !== undefined) {
    // On the next tick and outside of any promise, so that what the callback throws is an
    // uncaught exception, as in Node.
    answer.then(
      ({ data: value, response }) => process.nextTick(callback, null, value, response),
      (error) => process.nextTick(callback, error, null, error?.response),
    );
    // The callback has been told.
    data.catch(() => {});
  }
  return data;
}

async function dataOf(answer) {
  return (await answer).data;
}

module.exports = { OauthApi };
