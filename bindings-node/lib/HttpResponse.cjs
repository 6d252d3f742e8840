'use strict';

const inspect = Symbol.for('nodejs.util.inspect.custom');

/**
 * The HTTP part of an answer, under the names that superagent gives its parts. Headers and body are
 * read when they are asked for, and left out of every text form: they may hold tokens.
 */
class HttpResponse {
  #pairs;
  #headers;
  #text;
  #bytes;
  #body;
  #failures;
  #request;

  /**
   * @param {object} answer as it comes over the border.
   * @param {{method: string, path: string, operation?: string}} request
   */
  constructor({ status, headers, text, bytes, rateLimit }, request) {
    this.status = status;
    this.#pairs = headers;
    this.#text = text ?? '';
    this.#bytes = bytes ?? undefined;
    this.#request = request;
    if (rateLimit) this.rateLimit = rateLimit;
  }

  get statusCode() {
    return this.status;
  }

  get ok() {
    return this.status >= 200 && this.status < 300;
  }

  /** Names in lower case; values of a name that occurs more than once are joined, as Node does. */
  get headers() {
    this.#headers ??= headersObject(this.#pairs);
    return this.#headers;
  }

  get header() {
    return this.headers;
  }

  get text() {
    return this.#text;
  }

  /** The parsed body; bytes as a Buffer; an empty object for other text, as superagent gives. */
  get body() {
    this.#body ??= this.#bytes === undefined ? parsed(this.#text) : this.bytes();
    return this.#body;
  }

  /** The body as it came. */
  bytes() {
    return this.#bytes === undefined ? Buffer.from(this.#text) : Buffer.from(this.#bytes, 'latin1');
  }

  /** What failed of the items of an operation that succeeded; the native half reads it when it is asked for. */
  get failures() {
    const { operation } = this.#request;
    this.#failures ??= operation === undefined || !this.ok ? [] : require('./native.cjs').failuresIn(operation, this.#text);
    return this.#failures;
  }

  get type() {
    return (this.headers['content-type'] ?? '').split(';', 1)[0].trim();
  }

  get charset() {
    return /;\s*charset="?([^\s;"]+)/i.exec(this.headers['content-type'] ?? '')?.[1] ?? '';
  }

  /** Targets of the `Link` header by relation. */
  get links() {
    const found = (this.headers.link ?? '').matchAll(/<([^>]*)>[^,]*?;\s*rel="?([^\s;",]+)/g);
    return Object.fromEntries([...found].map(([, target, relation]) => [relation, target]));
  }

  get statusType() {
    return Math.floor(this.status / 100);
  }

  /** For a status of refusal an Error that says where it came from; otherwise `false`. */
  get error() {
    if (!this.clientError && !this.serverError) return false;
    const { method, path } = this.#request;
    const error = new Error(`cannot ${method} ${path} (${this.status})`);
    return Object.assign(error, { status: this.status, method, path });
  }

  get(name) {
    return this.headers[name.toLowerCase()];
  }

  toJSON() {
    return { status: this.status };
  }

  [inspect]() {
    return `HttpResponse { status: ${this.status} }`;
  }
}

/** superagent's words for a status. */
const CLASSES = { info: 1, redirect: 3, clientError: 4, serverError: 5 };
const STATUSES = {
  created: 201,
  accepted: 202,
  noContent: 204,
  badRequest: 400,
  unauthorized: 401,
  forbidden: 403,
  notFound: 404,
  notAcceptable: 406,
  unprocessableEntity: 422,
};

function word(name, holds) {
  Object.defineProperty(HttpResponse.prototype, name, { get: holds, configurable: true });
}

for (const [name, kind] of Object.entries(CLASSES)) {
  word(name, function () {
    return this.statusType === kind;
  });
}
for (const [name, status] of Object.entries(STATUSES)) {
  word(name, function () {
    return this.status === status;
  });
}

function headersObject(pairs) {
  const headers = { __proto__: null };
  for (const [name, value] of pairs) {
    if (name === 'set-cookie') (headers[name] ??= []).push(value);
    else headers[name] = Object.hasOwn(headers, name) ? `${headers[name]}, ${value}` : value;
  }
  return headers;
}

function parsed(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

module.exports = { HttpResponse };
