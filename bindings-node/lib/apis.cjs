'use strict';

// The classes of all operations, made of lib/apis.json when they are first asked for.

const { ApiClient } = require('./ApiClient.cjs');

/** Written when the package is packed: the methods of each class. */
const KNOWN = require('./apis.json');

const made = new Map();

const dataOf = ({ data }) => data;
const wholeOf = ({ data, response }) => ({ data, response });

/** The class of a name. */
function api(name) {
  if (!made.has(name)) made.set(name, apiClass(name));
  return made.get(name);
}

function apiClass(name) {
  const { [name]: Made } = {
    [name]: class {
      /** Calls go over `apiClient`. */
      constructor(apiClient) {
        this.apiClient = apiClient || ApiClient.instance;
      }
    },
  };
  for (const [method, said] of Object.entries(KNOWN[name])) addMethods(Made.prototype, method, said);
  return Made;
}

/** A method, and the one that gives the response too. */
function addMethods(prototype, method, said) {
  let described;
  const invoke = (api, given, pick) => {
    described ??= require('./methods.cjs').describe(method, said);
    return require('./operationCall.cjs').invoke(api.apiClient, described, given, pick);
  };
  const whole = `${method}WithHttpInfo`;
  if (typeof said === 'string') {
    define(prototype, method, function (opts, callback) {
      return invoke(this, [opts, callback], dataOf);
    });
    define(prototype, whole, function (opts) {
      return invoke(this, [opts], wholeOf);
    });
    return;
  }
  // Options and callback come after what the published package takes before them.
  const positional = said.arguments.filter(([argument]) => !argument.endsWith('?')).length;
  const published = function (...given) {
    return invoke(this, given, dataOf);
  };
  const publishedWhole = function (...given) {
    return invoke(this, given.slice(0, positional + 1), wholeOf);
  };
  define(prototype, method, setProperty(published, 'length', positional + 2));
  define(prototype, whole, setProperty(publishedWhole, 'length', positional + 1));
}

function define(prototype, name, method) {
  setProperty(prototype, name, setProperty(method, 'name', name));
}

/** One for all: making each anew took most of the time that a class is made in. */
const descriptor = { value: undefined, configurable: true, writable: true, enumerable: false };

function setProperty(object, name, value) {
  descriptor.value = value;
  return Object.defineProperty(object, name, descriptor);
}

/** What is known of a method of an API or of a class that is made from one. */
function methodOf(object, name) {
  for (let at = Object.getPrototypeOf(object ?? {}); at !== null; at = Object.getPrototypeOf(at)) {
    const said = [...made].find(([, Made]) => Made.prototype === at)?.[0];
    if (said !== undefined && Object.hasOwn(KNOWN[said], name)) return require('./methods.cjs').describe(name, KNOWN[said][name]);
  }
  return undefined;
}

module.exports = { api, methodOf };
