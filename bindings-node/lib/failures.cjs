'use strict';

// What failed of an answer of success.

const { methodOf } = require('./apis.cjs');
const native = require('./native.cjs');
const { jsonOf } = require('./operationJson.cjs');

/**
 * What failed of the items that a call was about, as its answer says.
 *
 * @param {object} api
 * @param {string} name of the method of it that gave the answer.
 * @param {unknown} data the answer.
 * @throws {TypeError} for another method, and for data that JSON cannot hold.
 */
function failuresIn(api, name, data) {
  const { operation } = methodOf(api, name);
  return operation === undefined ? [] : native.failuresIn(operation, jsonOf('data', data ?? null, true));
}

module.exports = { failuresIn };
