'use strict';

// A store of a program's own: the native half asks what it keeps, and it may take its time.

const { Asked } = require('./asked.cjs');
const { lend, takeBack } = require('./native.cjs');
const { notOurs } = require('./otherCopy.cjs');

/** Classes of stores that the native half has. */
const OURS = ['FileStore', 'MemoryStore', 'RedisStore'];
const METHODS = ['load', 'compareAndSwap', 'lock'];

class OwnStore extends Asked {
  #store;
  #locks = new Map();

  constructor(store) {
    super();
    for (const method of METHODS) {
      if (typeof store?.[method] === 'function') continue;
      if (OURS.includes(store?.constructor?.name)) throw notOurs(`\`store\` is no ${store.constructor.name}`, store, ...OURS);
      throw new TypeError(`the store has no method \`${method}\``);
    }
    this.#store = store;
  }

  async load({ lock, key }) {
    const text = await this.#with(lock, 'load').load(key);
    if (text === undefined || text === null) return {};
    if (typeof text !== 'string' || !text.isWellFormed()) throw new TypeError('it gave no text: what it is given is to be kept as it is');
    return { text };
  }

  async compareAndSwap({ lock, key, expected = null, new: text = null }) {
    const done = await this.#with(lock, 'compareAndSwap').compareAndSwap(key, expected, text);
    if (typeof done !== 'boolean') throw new TypeError('it gave neither true nor false');
    return { done };
  }

  async lock({ key, seconds }, ask) {
    const lock = await this.#store.lock(key, seconds);
    if (typeof lock !== 'function' && typeof lock?.release !== 'function') {
      throw new TypeError('it gave nothing that releases the lock');
    }
    const held = { lock };
    this.#locks.set(ask, held);
    lend(held);
    return {};
  }

  async release({ lock }) {
    const held = this.#locks.get(lock);
    if (held === undefined) return {};
    this.#locks.delete(lock);
    takeBack(held);
    await (typeof held.lock === 'function' ? held.lock() : held.lock.release());
    return {};
  }

  /** Nobody waits for this lock any more. */
  async late(method, ask) {
    if (method === 'lock') await this.hear({ method: 'release', lock: ask });
  }

  /** A lock may be a transaction, which what is read and written must be a part of. */
  #with(lock, method) {
    const held = this.#locks.get(lock)?.lock;
    return typeof held?.[method] === 'function' ? held : this.#store;
  }
}

module.exports = { OwnStore };
