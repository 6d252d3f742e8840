'use strict';

// The classes of all operations, loaded when one is first asked for.

const { describe } = require('./api.cjs');

/** Written when the package is packed. */
const CLASSES = require('./apiClasses.cjs');

/** The class of a name. */
function api(name) {
  return CLASSES[name];
}

/**
 * What is known of a method of an API, or of a class that extends one.
 *
 * @throws {TypeError} for what is none.
 */
function methodOf(object, method) {
  for (let at = Object.getPrototypeOf(object ?? {}); at !== null; at = Object.getPrototypeOf(at)) {
    const name = Object.keys(CLASSES).find((one) => CLASSES[one].prototype === at);
    const found = name && describe(name, method);
    if (found) return found;
  }
  throw new TypeError(`\`${String(method)}\` is no operation of this API`);
}

module.exports = { api, methodOf };
