'use strict';

// Where tokens rest: the native half's stores, and what it asks a program for meanwhile.

const { listen, send, stores } = require('./native.cjs');
const options = require('./options.cjs');

const FILE = { folder: options.readText, key: readKey };
const KEY = { file: options.readText, variable: options.readText };

let partsOf;

/** What stands for a store until a manager wants its native one, and who answers that one's questions. */
class Store {
  #make;
  #native;
  #asked;

  static {
    partsOf = (store) => {
      if (typeof store !== 'object' || store === null || !(#make in store)) return undefined;
      store.#native ??= store.#make();
      return { native: store.#native, asked: store.#asked?.() };
    };
  }

  constructor(make, asked) {
    this.#make = make;
    this.#asked = asked;
  }
}

/** Tokens that live as long as the process. */
class MemoryStore extends Store {
  constructor() {
    super(() => stores().memory());
  }
}

/** Files in a folder, or in that of the command line, as they are or sealed with a key. */
class FileStore extends Store {
  constructor(opts) {
    // Such as a variable that is not set: no wish for plain files.
    if (Object.hasOwn(opts ?? {}, 'key') && (opts.key ?? undefined) === undefined) {
      throw new TypeError('`key` is not set: give a key, or leave it out for files that are not sealed');
    }
    const { folder, key } = options.readOptions(FILE, opts);
    const asked = key?.give && (() => new (require('./askedKey.cjs').AskedKey)(key.give, texts));
    super(() => stores().file(folder, key?.native), asked);
  }

  async reseal(account) {
    const name = account === undefined || account === null ? undefined : options.readText('account', account);
    const { native, asked } = partsOf(this);
    const listener = asked === undefined ? 0 : listen(asked);
    const { error, data } = await send((calls) => calls.reseal(native, listener, name), undefined, {});
    if (error) throw require('./failed.cjs').failed(error, asked);
    return data;
  }
}

/** Redis, over a connection of the program's own. */
class RedisStore extends Store {
  constructor(connection) {
    const { OwnRedis, nameOf } = require('./ownRedis.cjs');
    const one = new OwnRedis(connection);
    super(() => stores().redis(nameOf(connection)), () => one);
  }
}

/**
 * A store's native half, and who answers its questions.
 *
 * @returns {{native: object, asked?: {hear: Function, thrown: Function}}}
 */
function storeParts(store) {
  const known = partsOf(store);
  if (known !== undefined) return known;
  const { OwnStore } = require('./ownStore.cjs');
  const asked = new OwnStore(store);
  return { native: stores().own(`store ${store.constructor?.name ?? 'of the program'}`), asked };
}

/** Where keys come from: themselves, a function that gives them, a file or a variable. */
function readKey(name, value) {
  if (typeof value === 'function') return { native: {}, give: value };
  if (typeof value === 'string' || Array.isArray(value) || ArrayBuffer.isView(value)) return { native: { texts: texts(name, value) } };
  const { file, variable } = options.readOptions(KEY, value);
  if ((file === undefined) === (variable === undefined)) throw new TypeError(`\`${name}\` has either \`file\` or \`variable\``);
  return { native: { file, variable } };
}

/** Keys in Base64, the current one first; each is that, or its 32 bytes. */
function texts(name, value) {
  const keys = Array.isArray(value) ? value : [value];
  return keys.map((key) => {
    if (ArrayBuffer.isView(key)) return Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString('base64');
    return options.readText(name, key);
  });
}

module.exports = { FileStore, MemoryStore, RedisStore, storeParts };
