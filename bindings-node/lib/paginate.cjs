'use strict';

// All pages of an operation, and what is on them.

const { methodOf } = require('./apis.cjs');
const { ApiError } = require('./ApiError.cjs');
const { pageMarks } = require('./native.cjs');

/**
 * The items of every page of an operation, each page asked for when the one before is used up; `.pages()` gives the
 * pages themselves.
 *
 * @param {object} api
 * @param {string} name of a method of it that answers in pages.
 * @param {unknown[]} given what the method is called with, no callback.
 * @throws {TypeError} for another method.
 */
function paginate(api, name, ...given) {
  const method = methodOf(api, name);
  if (!method.pages) throw new TypeError(`\`${name}\` does not answer in pages: call it once`);
  const { length } = method.positional;
  const opts = given[length] ?? {};
  if (given.length > length + 1 || typeof opts !== 'object') throw new TypeError('pages are iterated, not called back: give options alone');
  const call = (bookmark) => api[name](...given.slice(0, length), bookmark === undefined ? opts : { ...opts, bookmark });
  return new Pages(method, call, opts);
}

class Pages {
  #method;
  #call;
  #opts;

  constructor(method, call, opts) {
    this.#method = method;
    this.#call = call;
    this.#opts = opts;
  }

  /** Every page as the method gives it. */
  async *pages() {
    const { bookmark: first } = this.#opts;
    // What is no text, the call itself refuses.
    const marks = pageMarks(typeof first === 'string' ? first : undefined);
    let bookmark;
    do {
      const page = await this.#call(bookmark);
      yield page;
      const { data, error } = JSON.parse(marks.after(skeleton(page)));
      if (error) throw new ApiError(error, this.#request);
      bookmark = data ?? undefined;
    } while (bookmark !== undefined);
  }

  async *[Symbol.asyncIterator]() {
    const { signal } = this.#opts;
    for await (const page of this.pages()) {
      if (!Array.isArray(page?.items)) throw this.#noPage();
      for (const item of page.items) {
        signal?.throwIfAborted();
        yield item;
      }
    }
  }

  get #request() {
    return { method: this.#method.verb, path: this.#method.path };
  }

  #noPage() {
    const message = `the answer to \`${this.#method.name}\` is no page: it has no list of items`;
    return new ApiError({ kind: 'Protocol', outcome: 'Unknown', retryable: false, message }, this.#request);
  }
}

/** A page without its items, as JSON: what is not there stays so. */
function skeleton(page) {
  if (typeof page !== 'object' || page === null || Array.isArray(page)) return 'null';
  return JSON.stringify({ bookmark: page.bookmark });
}

module.exports = { paginate };
