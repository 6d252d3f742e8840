'use strict';

const { authentications, shownAuthentications } = require('./authentications.cjs');
const { Connection } = require('./border.cjs');
const settings = require('./settings.cjs');

const inspect = Symbol.for('nodejs.util.inspect.custom');

/**
 * Settings, and the connections that calls go over. They are read when a call is made, so that they
 * may be changed between calls. `types.d.ts` explains each.
 */
class ApiClient {
  static #instance;

  /** The client that an API uses unless it is given another. */
  static get instance() {
    ApiClient.#instance ??= new ApiClient();
    return ApiClient.#instance;
  }

  static set instance(client) {
    ApiClient.#instance = client;
  }

  #connection;
  #settings = [];
  #network = [];

  constructor(basePath = 'https://api.pinterest.com/v5') {
    this.basePath = String(basePath).replace(/\/+$/, '');
    this.authentications = authentications();
    this.defaultHeaders = { 'User-Agent': settings.USER_AGENT };
    this.timeout = settings.TIMEOUT;
    this.connectTimeout = settings.CONNECT_TIMEOUT;
  }

  /**
   * The native client for the settings as they are now.
   *
   * @param {string} [userAgent] from this call's headers.
   * @throws {ApiError} of kind InvalidInput for a setting of a wrong type.
   */
  connection(userAgent) {
    const { basic, pinterest_oauth2: bearer } = this.authentications ?? {};
    const now = [
      this.basePath,
      basic?.username,
      basic?.password,
      typeof bearer?.accessToken === 'function' ? bearer.accessToken() : bearer?.accessToken,
      userAgent,
      this.connectTimeout,
      this.timeout,
    ];
    const network = settings.NETWORK.map((name) => this[name]);
    const sameNetwork = same(network, this.#network) && this.#connection !== undefined;
    if (sameNetwork && same(now, this.#settings)) return this.#connection;

    const native = settings.nativeSettings(now);
    if (!sameNetwork) native.network = settings.networkSettings(network);
    this.#connection = this.#connection?.reconfigured(native) ?? new Connection(native);
    this.#settings = now;
    this.#network = network;
    return this.#connection;
  }

  /** Without credentials; headers are shown by name, for one may be a credential. */
  toJSON() {
    return {
      basePath: withoutUser(this.basePath),
      authentications: shownAuthentications(this.authentications),
      defaultHeaders: Object.keys(this.defaultHeaders ?? {}),
      timeout: this.timeout,
      connectTimeout: this.connectTimeout,
    };
  }

  [inspect](_depth, options, inspectValue) {
    return `ApiClient ${inspectValue(this.toJSON(), options)}`;
  }
}

/** A base URL is not to hold a user name and password; one that does is not shown with them. */
function withoutUser(url) {
  return typeof url === 'string' ? url.replace(/\/\/[^/]*@/, '//[redacted]@') : url;
}

function same(now, before) {
  return now.length === before.length && now.every((value, index) => Object.is(value, before[index]));
}

module.exports = { ApiClient };
