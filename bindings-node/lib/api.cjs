'use strict';

// What the classes of operations have in common.

const { ApiClient } = require('./ApiClient.cjs');

const dataOf = ({ data }) => data;
const wholeOf = ({ data, response }) => ({ data, response });

/** What every class of operations is. */
class Api {
  /** Calls go over `apiClient`. */
  constructor(apiClient) {
    this.apiClient = apiClient || ApiClient.instance;
  }
}

/** Methods that were called, by class and name. */
const described = new Map();

/** What is known of a method of a class; nothing of one that there is not. */
function describe(api, method) {
  const key = `${api}.${method}`;
  if (!described.has(key)) {
    const { describe: read, saidOf } = require('./methods.cjs');
    const said = saidOf(api, method);
    described.set(key, said === undefined ? undefined : read(method, said));
  }
  return described.get(key);
}

function invoke(api, name, method, given, pick) {
  return require('./operationCall.cjs').invoke(api.apiClient, describe(name, method), given, pick);
}

/** Calls a method of a class with what it was given: the answer's data. */
function data(api, name, method, given) {
  return invoke(api, name, method, [...given], dataOf);
}

/** The same with the response, and with so many arguments: there is no callback. */
function whole(api, name, method, given, count) {
  return invoke(api, name, method, [...given].slice(0, count), wholeOf);
}

module.exports = { Api, data, describe, whole };
