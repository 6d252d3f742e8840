'use strict';

// Arguments and bodies as JSON. What JSON cannot hold is refused: written without a word it would be something else.

// By these, what comes of another realm is what it is: Jest's own, a context of `node:vm`.
const { isDate, isMap, isNumberObject, isSet, isUint8Array } = require('node:util/types');

/**
 * A value as JSON text.
 *
 * @param {string} what it is called in an error.
 * @param {unknown} value
 * @param {boolean} [came] it is an answer, which may have numbers that JSON has not: `null` is in their place then.
 * @throws {TypeError} for a cycle, a number or a date that is none, a BigInt, a Map, bytes, and what has no text at all.
 */
function jsonOf(what, value, came = false) {
  let text;
  try {
    text = JSON.stringify(value, function replacer(key, item) {
      if (came && typeof item === 'number') return item;
      const wrong = whyNot(this[key], item);
      if (wrong !== undefined) throw new TypeError(`\`${key === '' ? what : `${what}…${key}`}\` is ${wrong}`);
      return item;
    });
  } catch (error) {
    if (error instanceof RangeError) throw new TypeError(`\`${what}\` is nested too deeply for JSON`, { cause: error });
    if (/circular/i.test(error?.message)) throw new TypeError(`\`${what}\` holds itself, which JSON cannot`, { cause: error });
    throw error;
  }
  if (text === undefined) throw new TypeError(`\`${what}\` is a ${typeof value}, which JSON cannot hold`);
  return text;
}

/** What JSON has, boxed as well, by the name that an object's class has; all others that have no fields are no objects of it. */
const IN_JSON = ['Object', 'Array', 'Module', 'Number', 'String', 'Boolean'];

/** Why an item cannot be written: it, or what was `given` before its own `toJSON`, would be another thing. */
function whyNot(given, item) {
  const plain = isNumberObject(item) ? item.valueOf() : item;
  if (typeof plain === 'number' && !Number.isFinite(plain)) return `${plain}, which JSON cannot hold`;
  if (typeof item === 'bigint') return 'a BigInt, which JSON cannot hold: give a text';
  if (typeof item === 'symbol') return 'a symbol, which JSON cannot hold';
  if (typeof given !== 'object' || given === null) return undefined;
  if (isDate(given) && Number.isNaN(given.getTime())) return 'a date that is none';
  if (ArrayBuffer.isView(given)) return 'bytes, which JSON cannot hold: give them in Base64';
  if (given !== item) return undefined;
  const kind = kindOf(given);
  // They hold what no field of theirs says.
  const isLost = isMap(given) || isSet(given) || (!IN_JSON.includes(kind) && Object.keys(given).length === 0);
  return isLost ? `${/^[AEIO]/.test(kind) ? 'an' : 'a'} ${kind}, which JSON cannot hold: give an object or an array` : undefined;
}

/** The name of what a value is: `Map` for one of another realm as well. */
function kindOf(value) {
  return Object.prototype.toString.call(value).slice(8, -1);
}

/** A body as JSON text; a text and bytes are JSON already. */
function bodyOf(name, body) {
  if (typeof body === 'string') return body;
  return isUint8Array(body) ? Buffer.from(body).toString() : jsonOf(name, body);
}

/** An argument for path or query. A BigInt is an id there. */
function argumentOf(name, value) {
  return jsonOf(name, Array.isArray(value) ? Array.from(value, (item) => idOf(name, item)) : idOf(name, value));
}

function idOf(name, value) {
  if (typeof value === 'bigint') return String(value);
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new TypeError(`\`${name}\` is ${value}, a number that has lost digits: give a text or a BigInt`);
  }
  return value;
}

/** An object of arguments, by the names that they have on the wire. */
function argumentsOf(pairs) {
  return `{${pairs.map(([wire, name, value]) => `${JSON.stringify(wire)}:${argumentOf(name, value)}`).join()}}`;
}

module.exports = { argumentsOf, bodyOf, jsonOf };
