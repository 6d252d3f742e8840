'use strict';

const { authentications, shownAuthentications } = require('./authentications.cjs');
const settings = require('./settings.cjs');

const inspect = Symbol.for('nodejs.util.inspect.custom');

/** Pinterest's two worlds. Tokens of one are not valid in the other. */
const ENVIRONMENTS = ['production', 'sandbox'];

// Loaded when they are first used: a program that asks for tokens needs none of them.
const parameters = () => require('./parameters.cjs');
const conversion = () => require('./conversion.cjs');
const hostOf = (name) => require('./native.cjs').hostOfEnvironment(name);

/** What a client keeps where neither a printed nor a cloned client has it. */
const hidden = Symbol('hidden');

/** Keeps values by name: `(name)` gives one, `(name, value)` sets it. */
function keeper() {
  const kept = new Map();
  return (name, ...given) => (given.length === 0 ? kept.get(name) : void kept.set(name, given[0]));
}

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

  /** A client with what the environment names, as the command line reads it. */
  static fromEnv() {
    const variables = Object.entries(process.env).filter(([name]) => name.startsWith('PINTEREST_'));
    const found = require('./native.cjs').settingsOfEnvironment(Object.fromEntries(variables));
    const client = new this(found.basePath);
    client.authorizationUrl = found.authorizationUrl;
    const { basic, pinterest_oauth2: bearer } = client.authentications;
    if (found.username !== undefined) basic.username = found.username;
    if (found.password !== undefined) basic.password = found.password;
    if (found.accessToken !== undefined) bearer.accessToken = found.accessToken;
    return client;
  }

  /** How the items of a list are joined; see `buildCollectionParam`. */
  static CollectionFormatEnum = { CSV: ',', SSV: ' ', TSV: '\t', PIPES: '|', MULTI: 'multi' };

  constructor(basePath = 'https://api.pinterest.com/v5') {
    if (typeof basePath !== 'string') throw new TypeError('`basePath` is not a string');
    Object.defineProperty(this, hidden, { value: keeper() });
    this.basePath = basePath.replace(/\/+$/, '');
    this.authentications = authentications();
    this.defaultHeaders = { 'User-Agent': settings.USER_AGENT };
    this.timeout = settings.TIMEOUT;
    this.connectTimeout = settings.CONNECT_TIMEOUT;
    this.cache = true;
    this.enableCookies = false;
    this.requestAgent = null;
    this.plugins = null;
  }

  /** The environment that `basePath` is the base URL of, if it is one's. */
  get environment() {
    return ENVIRONMENTS.find((name) => hostOf(name) === this.basePath);
  }

  set environment(name) {
    if (!ENVIRONMENTS.includes(name)) throw new TypeError(`\`environment\` is none of ${ENVIRONMENTS.join(', ')}`);
    this.basePath = hostOf(name);
  }

  /** A password may be in it. */
  get proxy() {
    return this[hidden]('proxy');
  }

  set proxy(url) {
    this[hidden]('proxy', url);
  }

  /** Each may be a credential. */
  get proxyHeaders() {
    return this[hidden]('proxyHeaders');
  }

  set proxyHeaders(headers) {
    this[hidden]('proxyHeaders', headers);
  }

  callApi(
    path,
    httpMethod,
    pathParams,
    queryParams,
    headerParams,
    formParams,
    bodyParam,
    authNames,
    contentTypes,
    accepts,
    returnType,
    apiBasePath,
    callback,
  ) {
    const { AppliedAuthentications, FORMS, callApi } = require('./callApi.cjs');
    const url = this.buildUrl(path, pathParams, apiBasePath);
    const applied = new AppliedAuthentications();
    this.applyAuthToRequest(applied, authNames);
    const query = this.normalizeParams(queryParams);
    const headers = this.normalizeParams(headerParams);
    const contentType = this.jsonPreferredMime(contentTypes);
    const accept = this.jsonPreferredMime(accepts);
    const written = { method: httpMethod, url, applied, query, headers, contentType, accept, body: bodyParam, returnType };
    if (FORMS.includes(contentType)) {
      const form = this.normalizeParams(formParams);
      written.form = parameters().formFields(form, (value) => this.isFileParam(value), (value) => this.paramToString(value));
    }
    written.ofAnyType = Boolean(accept) && !this.isJsonMime(accept);
    return callApi(this, written, (response) => this.deserialize(response, returnType), callback);
  }

  paramToString(param) {
    return parameters().paramToString(param);
  }

  buildUrl(path, pathParams, apiBasePath) {
    return parameters().buildUrl(apiBasePath ?? this.basePath, path, pathParams, (value) => this.paramToString(value));
  }

  isJsonMime(contentType) {
    return parameters().isJsonMime(contentType);
  }

  jsonPreferredMime(contentTypes) {
    return parameters().jsonPreferredMime(contentTypes, (type) => this.isJsonMime(type));
  }

  isFileParam(param) {
    return parameters().isFileParam(param);
  }

  normalizeParams(params) {
    const { normalizeParams } = parameters();
    return normalizeParams(params, (value) => this.isFileParam(value), (value) => this.paramToString(value));
  }

  buildCollectionParam(param, collectionFormat) {
    return parameters().buildCollectionParam(param, collectionFormat, (value) => this.paramToString(value));
  }

  applyAuthToRequest(request, authNames) {
    parameters().applyAuthToRequest(this.authentications, request, authNames);
  }

  deserialize(response, returnType) {
    const nothing = response === undefined || response === null || response.status === 204;
    if (nothing || returnType === undefined || returnType === null) return null;
    return conversion().deserialize(response, returnType);
  }

  hostSettings() {
    return [{ url: 'https://api.pinterest.com/v5', description: 'No description provided' }];
  }

  getBasePathFromSettings(index, variables = {}) {
    return parameters().hostUrl(this.hostSettings(), index, variables);
  }

  static canBeJsonified(value) {
    return parameters().canBeJsonified(value);
  }

  static parseDate(text) {
    return conversion().parseDate(text);
  }

  static convertToType(data, type) {
    return conversion().convertToType(data, type);
  }

  static constructFromObject(data, target, itemType) {
    conversion().constructFromObject(data, target, itemType);
  }

  /** Without credentials; headers are shown by name, for one may be a credential. */
  toJSON() {
    return {
      basePath: withoutSecrets(this.basePath),
      authorizationUrl: withoutSecrets(this.authorizationUrl),
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

/** A URL without what stands before an `@` or in its query: people put passwords there, allowed or not. */
function withoutSecrets(url) {
  if (typeof url !== 'string') return url;
  return url.replace(/^((?:[^:/?#]*:\/\/)?).*@/s, '$1[redacted]@').replace(/([?#]).*$/s, '$1[redacted]');
}

module.exports = { ApiClient };
