'use strict';

// Arguments and bodies as JSON. What JSON cannot hold is refused: written without a word it would be something else.

/**
 * A value as JSON text.
 *
 * @param {string} what it is called in an error.
 * @throws {TypeError} for a cycle, a number that is none, a BigInt, and what has no text at all.
 */
function jsonOf(what, value) {
  let text;
  try {
    text = JSON.stringify(value, (key, item) => held(what, key, item));
  } catch (error) {
    if (error instanceof RangeError) throw new TypeError(`\`${what}\` is nested too deeply for JSON`, { cause: error });
    if (/circular/i.test(error?.message)) throw new TypeError(`\`${what}\` holds itself, which JSON cannot`, { cause: error });
    throw error;
  }
  if (text === undefined) throw new TypeError(`\`${what}\` is a ${typeof value}, which JSON cannot hold`);
  return text;
}

function held(what, key, item) {
  const place = key === '' ? what : `${what}…${key}`;
  if (typeof item === 'number' && !Number.isFinite(item)) throw new TypeError(`\`${place}\` is ${item}, which JSON cannot hold`);
  if (typeof item === 'bigint') throw new TypeError(`\`${place}\` is a BigInt, which JSON cannot hold: give a text`);
  return item;
}

/** A body as JSON text; a text and bytes are JSON already. */
function bodyOf(name, body) {
  if (typeof body === 'string') return body;
  return body instanceof Uint8Array ? Buffer.from(body).toString() : jsonOf(name, body);
}

/** An argument for path or query. A BigInt is an id there. */
function argumentOf(name, value) {
  if (typeof value === 'bigint') return jsonOf(name, String(value));
  if (Array.isArray(value)) return `[${value.map((item) => argumentOf(name, item ?? null)).join()}]`;
  return jsonOf(name, value);
}

/** An object of arguments, by the names that they have on the wire. */
function argumentsOf(pairs) {
  return `{${pairs.map(([wire, name, value]) => `${JSON.stringify(wire)}:${argumentOf(name, value)}`).join()}}`;
}

module.exports = { argumentsOf, bodyOf, jsonOf };
