'use strict';

// A store of a program's own: the native half asks what it keeps, and it may take its time.

const { answerStore } = require('./native.cjs');

const METHODS = ['load', 'compareAndSwap', 'lock'];
/** So many of the last things that were thrown are the cause of an error that may come yet. */
const REMEMBERED = 32;

class OwnStore {
  #store;
  #locks = new Map();
  #thrown = new Map();
  #last = 0;

  constructor(store) {
    for (const method of METHODS) {
      if (typeof store?.[method] !== 'function') throw new TypeError(`the store has no method \`${method}\``);
    }
    this.#store = store;
    this.name = `store ${store.constructor?.name ?? 'of the program'}`;
  }

  /** Answers a question of the native half; the release of a lock may be none. */
  async hear({ ask, method, key, lock, ...given }) {
    let answer;
    try {
      answer = await this[method](this.#locks.get(lock), key, { ask: ask ?? undefined, lock, ...given });
    } catch (error) {
      answer = { failure: String(error?.message ?? error), thrown: this.#remember(error) };
    }
    if (ask === null || answerStore(ask, answer)) return;
    // Nobody waits for this lock any more.
    if (method === 'lock') await this.hear({ ask: null, method: 'release', key, lock: ask });
  }

  async load(held, key) {
    const text = await this.#with(held, 'load').load(key);
    if (text === undefined || text === null) return {};
    if (typeof text !== 'string') throw new TypeError('it gave no text: what it is given is to be kept as it is');
    return { text };
  }

  async compareAndSwap(held, key, { expected, new: text }) {
    const done = await this.#with(held, 'compareAndSwap').compareAndSwap(key, expected, text);
    if (typeof done !== 'boolean') throw new TypeError('it gave neither true nor false');
    return { done };
  }

  async lock(_held, key, { ask, seconds }) {
    const lock = await this.#store.lock(key, seconds);
    if (typeof lock !== 'function' && typeof lock?.release !== 'function') {
      throw new TypeError('it gave nothing that releases the lock');
    }
    this.#locks.set(ask, lock);
    return {};
  }

  async release(held, _key, { lock }) {
    this.#locks.delete(lock);
    await (typeof held === 'function' ? held() : held?.release());
    return {};
  }

  /** A lock may be a transaction, which what is read and written must be a part of. */
  #with(held, method) {
    return typeof held?.[method] === 'function' ? held : this.#store;
  }

  #remember(error) {
    this.#last += 1;
    this.#thrown.set(this.#last, { error });
    this.#thrown.delete(this.#last - REMEMBERED);
    return this.#last;
  }

  /** What was thrown, by the number that the native half was told. */
  thrown(number) {
    return this.#thrown.get(number);
  }
}

module.exports = { OwnStore };
