'use strict';

const path = require('node:path');

const HERE = path.join(__dirname, '..');

/**
 * Whether an error says that a probe used a method or a class that the package does not have: such a
 * probe did not run. The same sentence from inside the package is an observation.
 */
function isMissing(error) {
  if (!(error instanceof TypeError) || !/is not a (function|constructor)/.test(error.message)) return false;
  const raised = String(error.stack).split('\n').find((line) => line.startsWith('    at '));
  return raised !== undefined && raised.includes(HERE);
}

module.exports = { isMissing };
