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
  #body;

  constructor(status, pairs, text) {
    this.status = status;
    this.#pairs = pairs;
    this.#text = text ?? '';
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

  /** The parsed body; an empty object for a body that is not JSON, as superagent gives. */
  get body() {
    this.#body ??= parsed(this.#text);
    return this.#body;
  }

  get type() {
    return (this.headers['content-type'] ?? '').split(';', 1)[0].trim();
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
