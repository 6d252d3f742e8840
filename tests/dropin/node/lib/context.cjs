'use strict';

const { isMissing } = require('./missing.cjs');
const { shown } = require('./shown.cjs');

/** How long a probe waits for a callback before it gives up, in milliseconds. */
const PATIENCE = 4_000;

/** What a probe is given besides the package: a sandbox, and short words for what programs do. */
class Context {
  #sdk;
  #sandbox;
  /** What reached nobody's `catch`, and what was printed. */
  loose = [];

  constructor(sdk, sandbox) {
    this.#sdk = sdk;
    this.#sandbox = sandbox;
    this.addresses = sandbox.addresses;
    this.baseUrl = `${sandbox.addresses.http}/v5`;
  }

  /** A new client for the sandbox, without credentials. */
  client(basePath = this.baseUrl) {
    return new this.#sdk.ApiClient(basePath);
  }

  /** A new client with the sandbox's app id and secret. */
  appClient(basePath) {
    const client = this.client(basePath);
    client.authentications.basic.username = '1234567';
    client.authentications.basic.password = '0123456789abcdef0123456789abcdef01234567';
    return client;
  }

  /** A new client with a user's access token that the sandbox knows. */
  async userClient(scope = 'user_accounts:read boards:read') {
    await this.control('POST', 'tokens', { access_token: 'pina_user', scope });
    const client = this.client();
    client.authentications.pinterest_oauth2.accessToken = 'pina_user';
    return client;
  }

  control(method, path, body) {
    return this.#sandbox.control(method, path, body);
  }

  /** The next answers, one for each request. */
  answers(...answers) {
    return this.control('POST', 'script', answers);
  }

  /** `callApi` with its thirteen arguments by name; what the callback was given. */
  call(client, options = {}) {
    return this.called((callback) => callApi(client, options, callback));
  }

  /** `oauthToken(...args, callback)`; what the callback was given. */
  token(client, ...args) {
    return this.called((callback) => new this.#sdk.OauthApi(client).oauthToken(...args, callback));
  }

  /** Gives `start` a callback; what the callback was given. */
  called(start) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no callback within ${PATIENCE} ms`)), PATIENCE);
      start((...given) => {
        clearTimeout(timer);
        const [error, data, response] = given;
        resolve({ error, data, response, given });
      });
    });
  }

  /** What the callback was given, or the error that was thrown in its place. */
  async settled(start) {
    try {
      return await start();
    } catch (error) {
      if (isMissing(error)) throw error;
      return { error, thrown: true };
    }
  }

  /** `promise`, or a text if it takes longer than so many milliseconds. */
  async within(milliseconds, promise) {
    let timer;
    const late = new Promise((resolve) => {
      timer = setTimeout(() => resolve(`<nothing within ${milliseconds} ms>`), milliseconds);
    });
    try {
      return await Promise.race([promise, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** What `act` throws, or `<returned …>`. */
  thrown(act) {
    try {
      return { '<returned>': shown(act()) };
    } catch (error) {
      if (isMissing(error)) throw error;
      return error;
    }
  }

  pause(milliseconds) {
    return new Promise((resolve) => setTimeout(resolve, milliseconds));
  }
}

/** Calls `callApi` as the published package's own operations do. */
function callApi(client, options, callback) {
  const { path = '/user_account', method = 'GET', pathParams = {}, query = {}, headers = {}, form = {}, body = null } =
    options;
  const { auth = [], contentTypes = [], accepts = ['application/json'], returnType = Object, base = null } = options;
  return client.callApi(
    path,
    method,
    pathParams,
    query,
    headers,
    form,
    body,
    auth,
    contentTypes,
    accepts,
    returnType,
    base,
    callback,
  );
}

module.exports = { Context, callApi };
