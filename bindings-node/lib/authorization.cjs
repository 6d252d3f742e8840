'use strict';

const { ApiClient } = require('./ApiClient.cjs');
const { exchange } = require('./calls.cjs');
const { restore } = require('./native.cjs');
const { connection } = require('./connection.cjs');
const options = require('./options.cjs');
const { notOurs } = require('./otherCopy.cjs');
const { hasOwnCallApi, refuseLimits, throughCallApi } = require('./ownCallApi.cjs');

const inspect = Symbol.for('nodejs.util.inspect.custom');

/** For HttpResponse: the request that an authorization ends with. */
const EXCHANGE = { method: 'POST', path: '/oauth/token' };

const REQUEST = {
  redirectUri: options.readText,
  scopes: options.readScopes,
  pkce: options.readFlag,
  continuousRefresh: options.readFlag,
  commaSeparatedScopes: options.readFlag,
  lifetimeSeconds: readLifetime,
};

/** A request's fields as the native half takes them. */
let fieldsOf;

/** What to ask a person for. `types.d.ts` explains the options. */
class AuthorizationRequest {
  #fields;

  static {
    fieldsOf = (request) => {
      if (typeof request === 'object' && request !== null && #fields in request) return request.#fields;
      throw notOurs('the request is not an AuthorizationRequest', request, 'AuthorizationRequest');
    };
  }

  constructor(opts) {
    const fields = options.readOptions(REQUEST, opts);
    for (const name of ['redirectUri', 'scopes']) {
      if (fields[name] === undefined) throw new TypeError(`the option \`${name}\` is missing`);
    }
    this.#fields = fields;
  }

  /** Makes the URL to send the person to, and what is needed when they come back. */
  start(apiClient) {
    const { connection } = connected(apiClient);
    return new PendingAuthorization(dataOf(JSON.parse(connection.startAuthorization(this.#fields))));
  }

  toJSON() {
    return { ...this.#fields };
  }

  [inspect](_depth, opts, inspectValue) {
    return `AuthorizationRequest ${inspectValue(this.toJSON(), opts)}`;
  }
}

/** What to remember while a person is at Pinterest. It holds no secret. */
class PendingAuthorization {
  /** As the core writes it. */
  #kept;

  constructor(kept) {
    this.#kept = kept;
  }

  /** Restores what `toJSON` gave: the object, or its JSON text. Take it out of the session for good first. */
  static fromJSON(kept) {
    const text = typeof kept === 'string' ? kept : JSON.stringify(kept);
    return new PendingAuthorization(dataOf(restore(String(text))));
  }

  get url() {
    return this.#kept.url;
  }

  get state() {
    return this.#kept.state;
  }

  get redirectUri() {
    return this.#kept.redirect_uri;
  }

  get expiresAt() {
    return this.#kept.expires_at;
  }

  /** Checks the callback and exchanges its code. */
  complete(apiClient, callback, opts) {
    const address = callback instanceof URL || callback instanceof URLSearchParams ? String(callback) : callback;
    const text = options.readText('callback', address);
    const own = options.readOptions(options.COMMON, opts);
    const { client, connection, headers } = connected(apiClient, own.headers);
    const kept = JSON.stringify(this.#kept);
    if (hasOwnCallApi(client)) {
      refuseLimits(own);
      return checked(client, connection, kept, text, own);
    }
    const how = { ...own, client, connection, headers, ...EXCHANGE };
    return token(exchange(how, (calls, over, changes) => calls.completeAuthorization(over, kept, text, changes), {}));
  }

  toJSON() {
    return { ...this.#kept };
  }

  [inspect](_depth, opts, inspectValue) {
    const { url, state, redirectUri, expiresAt } = this;
    return `PendingAuthorization ${inspectValue({ url, state, redirectUri, expiresAt }, opts)}`;
  }
}

/** For a client, or the default one: the native client for its settings, and a call's headers, with its own. */
function connected(apiClient, own) {
  const client = apiClient ?? ApiClient.instance;
  if (!(client instanceof ApiClient)) throw notOurs('the client is not an ApiClient', client, 'ApiClient');
  const { userAgent, headers } = options.splitHeaders(client, own);
  return { client, connection: connection(client, { userAgent }), headers };
}

/** An outcome's data. A timeout in it is not one of the client's. */
function dataOf({ error, data }) {
  if (error) {
    const { ApiError } = require('./ApiError.cjs');
    throw new ApiError(error, EXCHANGE);
  }
  return data;
}

/** The token of an answer. It is an async function so that an error's stack leads to the line that awaits it. */
async function token(answer) {
  const { data } = await answer;
  return require('./tokenEnd.cjs').receivedToken(data);
}

/** `complete` for a client with a `callApi` of its own. */
async function checked(client, connected, kept, callback, own) {
  if (own.signal?.aborted) throw own.signal.reason;
  return exchanged(client, dataOf(JSON.parse(connected.tokenForm(kept, callback))), own, {});
}

/** The token for a form, as names and values, through the client's own `callApi`. */
async function exchanged(client, form, own, handle) {
  const returnType = require('./models.cjs').OauthAccessTokenResponse;
  const request = { path: '/oauth/token', form: Object.fromEntries(form), auth: 'basic', returnType };
  const { error, data } = await throughCallApi(client, request, own, handle);
  if (error !== undefined) throw error;
  return require('./tokenEnd.cjs').receivedNow(data, client);
}

/** The moment of the end, in milliseconds, must be a whole number that JavaScript can hold. */
function readLifetime(name, value) {
  if (typeof value !== 'number' || !(value >= 0 && value <= Number.MAX_SAFE_INTEGER / 2000)) {
    throw new TypeError(`\`${name}\` is not a number of seconds`);
  }
  return value;
}

module.exports = { AuthorizationRequest, PendingAuthorization, connected, dataOf, exchanged, fieldsOf, token };
