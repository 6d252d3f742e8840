'use strict';

const { knownScopes } = require('./native.cjs');

/** Scopes by name, as the core knows them. Pinterest adds some without notice: any other text is a scope too. */
class Scopes {}

let read = false;

function known() {
  if (!read) {
    for (const scope of knownScopes()) {
      const name = scope.toUpperCase().replace(':', '_');
      Object.defineProperty(Scopes, name, { value: scope, enumerable: true });
    }
    read = true;
  }
  return Scopes;
}

/** They are read when one is looked up: `import` takes every export, and is not to load the native library. */
const lookups = ['get', 'getOwnPropertyDescriptor', 'has', 'ownKeys'];
const traps = lookups.map((name) => [name, (_scopes, ...how) => Reflect[name](known(), ...how)]);

module.exports = { Scopes: new Proxy(Scopes, Object.fromEntries(traps)) };
