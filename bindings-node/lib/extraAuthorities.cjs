'use strict';

const { readFileSync } = require('node:fs');
const { authorities } = require('./native.cjs');

/** Authorities by the path they were read from: once a process, as Node does, and once in memory. */
const read = new Map();

/**
 * The authorities of NODE_EXTRA_CA_CERTS. A file that cannot be used gives a warning, as it does in
 * Node, and calls go on without it.
 */
function extraAuthorities(path) {
  if (!read.has(path)) read.set(path, load(path));
  return read.get(path);
}

function load(path) {
  const Authorities = authorities();
  try {
    return new Authorities(readFileSync(path, 'utf8'));
  } catch (error) {
    process.emitWarning(`Ignoring extra certs from \`${path}\`, load failed: ${error.message}`);
    return undefined;
  }
}

module.exports = { extraAuthorities };
