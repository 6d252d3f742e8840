'use strict';

const fs = require('node:fs');
const path = require('node:path');

const FOLDER = path.join(__dirname, '..', 'probes');

/**
 * Every probe, by room and name.
 *
 * A room exports functions `(sdk, context) => observation` by name, or `[options, function]`.
 *
 * @returns {{name: string, run: Function, unseen: string[], everyHeader: boolean}[]} `unseen`: the
 *   headers that this probe is not about, because another one is.
 */
function probes() {
  return fs
    .readdirSync(FOLDER)
    .sort()
    .flatMap((file) => {
      const room = path.basename(file, '.cjs');
      return Object.entries(require(path.join(FOLDER, file))).map(([name, given]) => {
        const [options, run] = Array.isArray(given) ? given : [{}, given];
        return { name: `${room}.${name}`, run, unseen: [], everyHeader: false, ...options };
      });
    });
}

module.exports = { probes };
