'use strict';

// What is known of an operation's method: from lib/apis.json the published package's names, from the core's table
// all the rest.

const { operation: factsOf } = require('./native.cjs');
const { OPERATION, camelCased } = require('./options.cjs');

/** What is said of a method: written when the package is packed, and read at the first call. */
function saidOf(api, method) {
  const methods = require('./apis.json')[api];
  return Object.hasOwn(methods, method) ? methods[method] : undefined;
}

/**
 * @param {string} name of the method.
 * @param {string | object} said the operation's name, or what the published package says of the method.
 */
function describe(name, said) {
  const published = typeof said === 'object' ? said : undefined;
  const operation = published === undefined ? said : published.operation;
  const facts = operation === undefined ? undefined : JSON.parse(factsOf(operation));
  const all = published === undefined ? ofTable(facts) : [...ofPublished(published), ...newer(published, facts)];
  const options = all.filter((one) => published === undefined || !one.required);
  return {
    name,
    operation,
    verb: published?.verb ?? facts.method,
    path: published?.path ?? facts.path,
    auth: published?.auth ?? [facts.basic ? 'basic' : 'pinterest_oauth2'],
    returns: published?.returns ?? 'any',
    pages: facts?.pages === true,
    isForm: facts?.body?.form === true,
    arguments: all,
    /** Those that come before the options. */
    positional: published === undefined ? [] : all.filter((one) => one.required),
    known: { ...Object.fromEntries(options.map((one) => [one.name, readValue])), ...OPERATION },
    aliases: { __proto__: null, ...camelCased(options.map((one) => one.wire)), ...camelCased() },
  };
}

function ofPublished({ arguments: list }) {
  return list.map(([name, place, wire]) => ({ name: name.replace('?', ''), place, wire, required: !name.endsWith('?') }));
}

/** Parameters that the published package does not know yet; it never gives them to `callApi`. */
function newer(published, facts) {
  const known = published.arguments.map(([, , wire]) => wire);
  return ofTable(facts)
    .filter(({ wire }) => wire !== undefined && !known.includes(wire))
    .map((one) => ({ ...one, required: false, late: true }));
}

function ofTable(facts) {
  const parameters = (facts?.parameters ?? []).map(({ name, place, required }) => ({ name: camel(name), place, wire: name, required }));
  return facts?.body ? [...parameters, { name: 'body', place: 'body', required: facts.body.required }] : parameters;
}

function camel(name) {
  return name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
}

/** What a parameter or a body may be is the core's to say, once it is JSON. */
function readValue(name, value) {
  if (typeof value === 'function' || typeof value === 'symbol') throw new TypeError(`\`${name}\` is a ${typeof value}`);
  return value;
}

module.exports = { describe, readValue, saidOf };
