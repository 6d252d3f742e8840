'use strict';

// ApiClient.callApi: from the published package's thirteen arguments to a request to any endpoint.

const { exchange, finish } = require('./calls.cjs');
const { connection: connectionOf } = require('./connection.cjs');
const { checkHeader, wellFormed } = require('./text.cjs');

const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';
const METHOD = /^[\w!#$%&'*+.^`|~-]+$/;

/**
 * Arguments are read and checked now, and what is wrong with them is thrown now; the rest goes to
 * the promise and the callback.
 *
 * @param {ApiClient} client
 * @param {object} given the arguments by name.
 * @param {Function} [callback]
 */
function callApi(client, given, callback) {
  if (callback !== undefined && callback !== null && typeof callback !== 'function') {
    throw new TypeError('the callback is not a function');
  }
  const request = assembled(client, given);
  const handle = {};
  const answer = answered(client, request, given.returnType, handle);
  return finish(answer, callback ?? undefined, handle, ({ data, response }) => ({ data, response }));
}

async function answered(client, { how, native, later }, returnType, handle) {
  if (later !== undefined) Object.assign(native, await later);
  // It was aborted while its files were read.
  if (handle.aborted) throw new DOMException('The call was aborted', 'AbortError');
  const start = (calls, connection, options) => calls.request(connection, native, options);
  const { response } = await exchange(how, start, handle);
  try {
    return { data: client.deserialize(response, returnType), response };
  } catch (error) {
    return { error, data: null, response };
  }
}

/** The request as the native half takes it, and the connection that it goes over. */
function assembled(client, given) {
  const method = methodOf(given.httpMethod);
  const { basePath, path } = split(client.buildUrl(given.path, given.pathParams, given.apiBasePath));
  const applied = new AppliedAuthentications();
  client.applyAuthToRequest(applied, given.authNames);
  const query = { ...applied.params, ...client.normalizeParams(given.queryParams) };
  if (method === 'GET' && client.cache === false) query._ = Date.now();

  const headers = new HeaderList(applied.headers);
  headers.set(client.defaultHeaders);
  headers.set(client.normalizeParams(given.headerParams));
  const contentType = client.jsonPreferredMime(given.contentTypes);
  const accept = client.jsonPreferredMime(given.accepts);
  const { later, ...content } = contentOf(client, contentType, headers, given);
  if (accept) headers.set({ Accept: accept });
  const credential = headers.get('authorization') === undefined ? applied.credential : { auth: 'none' };

  const { auth, ...secrets } = credential;
  const connection = connectionOf(client, { basePath, userAgent: headers.take('user-agent'), ...secrets });
  const target = withQuery(path, query);
  const asItCame = given.returnType === 'Blob' || given.returnType === 'String';
  const ofAnyType = asItCame || (Boolean(accept) && !client.isJsonMime(accept));
  return {
    how: { client, connection, headers: headers.pairs(), method, path },
    native: { method, path: target, auth, contentType: '', ofAnyType, ...content },
    later,
  };
}

function methodOf(method) {
  if (typeof method !== 'string' || !METHOD.test(method)) throw new TypeError('the method is not an HTTP method');
  return method.toUpperCase();
}

/** The scheme and host of a URL, and its path. What is no URL is left whole, to be refused. */
function split(url) {
  const [, basePath, path] = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)(.*)$/is.exec(wellFormed('path', url)) ?? [null, url, '/'];
  return { basePath, path: path.startsWith('/') ? path : `/${path}` };
}

/** What `applyAuthToRequest` tells a request. */
class AppliedAuthentications {
  /** How the native half authenticates; the last one that is told counts. */
  credential = { auth: 'none' };
  headers = {};
  params = {};

  auth(username, password) {
    this.credential = { auth: 'basic', username, password };
    return this;
  }

  /** `(headers)` or `(name, value)`. */
  set(headers, only) {
    const all = typeof headers === 'string' ? { [headers]: only } : headers;
    for (const [name, value] of Object.entries(all)) {
      checkHeader(name, String(value));
      const token = name === 'Authorization' && /^Bearer (.*)$/s.exec(value)?.[1];
      if (token) this.credential = { auth: 'bearer', accessToken: token };
      else this.headers[name] = value;
    }
    return this;
  }

  query(params) {
    Object.assign(this.params, params);
    return this;
  }
}

/** Headers by name in any case; one that is set again replaces the other. */
class HeaderList {
  #pairs = new Map();

  constructor(headers) {
    this.set(headers);
  }

  set(headers) {
    for (const [name, value] of Object.entries(headers)) {
      checkHeader(name, String(value));
      this.#pairs.set(name.toLowerCase(), [name, String(value)]);
    }
  }

  get(name) {
    return this.#pairs.get(name)?.[1];
  }

  take(name) {
    const value = this.get(name);
    this.#pairs.delete(name);
    return value;
  }

  pairs() {
    return [...this.#pairs.values()];
  }
}

/** The body for the native half, or a promise of it; its type goes to the headers if it is alone. */
function contentOf(client, contentType, headers, { formParams, bodyParam }) {
  if (contentType === MULTIPART) {
    const fields = fieldsOf(client, formParams, (file) => file);
    return { later: require('./parts.cjs').readParts(fields) };
  }
  if (contentType === FORM) return { form: fieldsOf(client, formParams, formText) };
  if (contentType) headers.set({ 'Content-Type': contentType });
  if (bodyParam === undefined || bodyParam === null) return {};
  const body = bytesOf(bodyParam);
  return body === undefined ? {} : { contentType: headers.take('content-type') ?? 'application/json', body };
}

/** Names and values; the items of a list under the same name. */
function fieldsOf(client, params, read) {
  return Object.entries(client.normalizeParams(params)).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((item) => {
      const text = client.isFileParam(item) ? read(item, name) : wellFormed(name, client.paramToString(item));
      return [wellFormed('a field name', name), text];
    }),
  );
}

function formText(_file, name) {
  throw new TypeError(`\`${name}\` is a file, which only ${MULTIPART} can carry`);
}

function bytesOf(body) {
  if (typeof body === 'string') return Buffer.from(wellFormed('body', body));
  if (body instanceof Uint8Array) return body;
  if (body instanceof Blob || typeof body.pipe === 'function') {
    throw new TypeError('the body is a stream or Blob: read it into a Buffer first');
  }
  const json = JSON.stringify(body);
  return json === undefined ? undefined : Buffer.from(json);
}

function withQuery(path, params) {
  const pairs = Object.entries(params).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((item) => `${escaped(name)}=${escaped(itemText(item))}`),
  );
  if (pairs.length === 0) return path;
  return `${path}${path.includes('?') ? '&' : '?'}${pairs.join('&')}`;
}

function itemText(item) {
  return require('./parameters.cjs').paramToString(item);
}

/** RFC 3986: everything but the unreserved characters. */
function escaped(text) {
  return encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

module.exports = { callApi };
