'use strict';

// What the classes of operations do.

const { nameOf, withMethods } = require('./classes.cjs');
const { notOurs } = require('./otherCopy.cjs');

const dataOf = ({ data }) => data;
const wholeOf = ({ data, response }) => ({ data, response });

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

/** Gives the class of a name its methods. */
function methodsOf(name, Made) {
  return withMethods(Made, require('./apiMethods.cjs')[name](data, whole));
}

/**
 * What is known of a method of an API, or of a class that extends one.
 *
 * @throws {TypeError} for what is none.
 */
function methodOf(object, method) {
  for (let at = Object.getPrototypeOf(object ?? {}); at !== null; at = Object.getPrototypeOf(at)) {
    const name = nameOf(at);
    const found = name?.endsWith('Api') && describe(name, method);
    if (found) return found;
  }
  if (typeof object?.apiClient === 'object' && typeof object[method] === 'function' && /Api$/.test(object.constructor?.name)) {
    throw notOurs(`the API is no ${object.constructor.name}`, object, object.constructor.name);
  }
  const what = typeof method === 'string' ? `\`${method}\` is no operation of this API` : 'there is no name of an operation';
  throw new TypeError(`${what}: give the API and the name of its method, such as (boards, 'boardsList')`);
}

module.exports = { methodOf, methodsOf };
