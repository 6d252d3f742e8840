'use strict';

// A request to any endpoint, from what ApiClient has written of it.

const { isUint8Array } = require('node:util/types');
const { exchange, finish } = require('./calls.cjs');
const { connection: connectionOf } = require('./connection.cjs');
const { checkHeader, wellFormed } = require('./text.cjs');

const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';
/** The types whose body is a form. */
const FORMS = [FORM, MULTIPART];
const METHOD = /^[\w!#$%&'*+.^`|~-]+$/;

/**
 * Everything is checked now, and what is wrong is thrown now; the rest goes to the promise and the
 * callback.
 *
 * @param {ApiClient} client for its settings.
 * @param {object} written `method`, `url`, `applied`, `query`, `headers`, `contentType`, `accept`,
 *   `ofAnyType`, `form` (names and values), `body`, `returnType`.
 * @param {(response: HttpResponse) => unknown} read gives an answer's data.
 * @param {Function} [callback]
 */
function callApi(client, written, read, callback) {
  if (callback !== undefined && callback !== null && typeof callback !== 'function') {
    throw new TypeError('the callback is not a function');
  }
  const request = assembled(client, written);
  const handle = {};
  const answer = answered(request, read, handle);
  return finish(answer, callback ?? undefined, handle, ({ data, response }) => ({ data, response }));
}

async function answered({ how, native, later }, read, handle) {
  if (later !== undefined) Object.assign(native, await later);
  // It was aborted while its files were read.
  if (handle.aborted) throw new DOMException('The call was aborted', 'AbortError');
  const start = (calls, connection, options) => calls.request(connection, native, options);
  const { response } = await exchange(how, start, handle);
  try {
    return { data: read(response), response };
  } catch (error) {
    return { error, data: null, response };
  }
}

/** The request as the native half takes it, and the connection that it goes over. */
function assembled(client, written) {
  const { applied, accept, returnType } = written;
  const method = methodOf(written.method);
  const { basePath, path } = split(written.url);
  const query = { ...applied.params, ...written.query };
  if (method === 'GET' && client.cache === false) query._ = Date.now();

  const headers = new HeaderList(applied.headers);
  headers.set(client.defaultHeaders);
  headers.set(written.headers);
  const { later, ...content } = contentOf(written, headers);
  if (accept) headers.set({ Accept: accept });
  const credential = headers.get('authorization') === undefined ? applied.credential : { auth: 'none' };

  const { auth, ...secrets } = credential;
  const connection = connectionOf(client, { basePath, userAgent: headers.take('user-agent'), ...secrets });
  const target = withQuery(path, query);
  const ofAnyType = written.ofAnyType || returnType === 'Blob' || returnType === 'String';
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
function contentOf({ contentType, form, body: given }, headers) {
  const fields = form?.map(([name, value]) => [wellFormed('a field name', name), value]);
  if (contentType === MULTIPART) return { later: require('./parts.cjs').readParts(fields) };
  if (contentType === FORM) return { form: fields.map(([name, value]) => [name, formText(name, value)]) };
  if (contentType) headers.set({ 'Content-Type': contentType });
  if (given === undefined || given === null) return {};
  const body = bytesOf(given);
  return body === undefined ? {} : { contentType: headers.take('content-type') ?? 'application/json', body };
}

function formText(name, value) {
  if (typeof value === 'string') return value;
  throw new TypeError(`\`${name}\` is a file, which only ${MULTIPART} can carry`);
}

function bytesOf(body) {
  if (typeof body === 'string') return Buffer.from(wellFormed('body', body));
  if (isUint8Array(body)) return body;
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

module.exports = { AppliedAuthentications, FORMS, callApi };
