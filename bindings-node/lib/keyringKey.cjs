'use strict';

// A key of the system's keyring, over the program's own `@napi-rs/keyring`, which is loaded when it is asked.

const options = require('./options.cjs');

const KEYRING = { service: options.readText, name: options.readText };

/** What gives a store its key. */
function keyringKey(opts) {
  const { service = 'pinterest-sdk', name = 'token key' } = options.readOptions(KEYRING, opts);
  return async () => {
    const { AsyncEntry } = library();
    const key = await new AsyncEntry(service, name).getPassword();
    if (key === null) {
      throw new Error(`the keyring has no \`${name}\` of \`${service}\`: put the key there that tokens are sealed with, or, where none are yet, a new one`);
    }
    return key;
  };
}

function library() {
  try {
    return require('@napi-rs/keyring');
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
    throw new Error('the package @napi-rs/keyring is missing: npm install @napi-rs/keyring', { cause: error });
  }
}

module.exports = { keyringKey };
