'use strict';

const { knownScopes } = require('./native.cjs');

/** Scopes by name, as the core knows them. Pinterest adds some without notice: any other text is a scope too. */
class Scopes {
  static {
    for (const scope of knownScopes()) {
      const name = scope.toUpperCase().replace(':', '_');
      Object.defineProperty(Scopes, name, { value: scope, enumerable: true });
    }
  }
}

module.exports = { Scopes };
