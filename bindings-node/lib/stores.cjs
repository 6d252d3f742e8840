'use strict';

// The stores that the native half has.

const { stores } = require('./native.cjs');
const options = require('./options.cjs');

const FILE = { folder: options.readText };

let nativeOf;

/** What stands for a native store, which is made when a manager first wants it. */
class Kept {
  #make;
  #native;

  static {
    nativeOf = (store) => {
      if (typeof store !== 'object' || store === null || !(#make in store)) return undefined;
      store.#native ??= store.#make();
      return store.#native;
    };
  }

  constructor(make) {
    this.#make = make;
  }
}

/** Tokens that live as long as the process. */
class MemoryStore extends Kept {
  constructor() {
    super(() => stores().memory());
  }
}

/** Files in a folder, or in that of the command line. */
class FileStore extends Kept {
  constructor(opts) {
    const { folder } = options.readOptions(FILE, opts);
    super(() => stores().file(folder));
  }
}

/** The native store, if it is one that the native half has. */
const nativeStore = (store) => nativeOf(store);

module.exports = { FileStore, MemoryStore, nativeStore };
