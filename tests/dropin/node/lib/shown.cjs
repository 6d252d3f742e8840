'use strict';

// What a probe saw, as JSON that is the same in every run.

const DEEPEST = 12;

/**
 * A value as JSON. What JSON has no word for stands in angle brackets: `<undefined>`, `<NaN>`,
 * `<Date …>`, `<Buffer …>`, `<function …>`. An object of a class names it under `<class>`; an error
 * gives its classes and its message only, for a probe asks for the fields it is about.
 */
function shown(value, above = []) {
  switch (typeof value) {
    case 'undefined':
      return '<undefined>';
    case 'string':
      return masked(value);
    case 'number':
      return Number.isFinite(value) ? value : `<${value}>`;
    case 'bigint':
      return `<${value}n>`;
    case 'symbol':
      return `<${String(value)}>`;
    case 'function':
      return `<function ${value.name}>`;
    case 'object':
      return value === null ? null : shownObject(value, above);
    default:
      return value;
  }
}

function shownObject(value, above) {
  if (above.includes(value)) return '<cycle>';
  if (above.length > DEEPEST) return '<deeper>';
  const here = [...above, value];
  if (value instanceof Date) return `<Date ${Number.isNaN(value.getTime()) ? 'invalid' : value.toISOString()}>`;
  if (Buffer.isBuffer(value)) return `<Buffer ${value.toString('hex')}>`;
  if (value instanceof Error) return { '<error>': classes(value), message: masked(value.message) };
  if (Array.isArray(value)) return value.map((item) => shown(item, here));
  const fields = Object.keys(value).map((name) => [masked(name), shown(value[name], here)]);
  const named = classes(value).split(' < ')[0];
  if (named !== 'Object') fields.unshift(['<class>', named]);
  return Object.fromEntries(fields);
}

/** Names of the classes that a value is an instance of, the nearest first. */
function classes(value) {
  const names = [];
  for (let at = Object.getPrototypeOf(value); at !== null; at = Object.getPrototypeOf(at)) {
    if (at !== Object.prototype || names.length === 0) names.push(at.constructor?.name);
  }
  return names.join(' < ') || 'no class';
}

/** Ports and versions differ between runs and releases; nothing else is taken away. */
function masked(text) {
  return text
    .replace(/\b(127\.0\.0\.1|localhost):\d{2,5}\b/g, '$1:PORT')
    .replace(/\bnode\/\d+\.\d+\.\d+/g, 'node/VERSION')
    .replace(/\b_=\d{13}\b/g, '_=MILLISECONDS')
    .replace(/\bpinterest-sdk\/\d+\.\d+\.\d+/g, 'pinterest-sdk/VERSION');
}

module.exports = { classes, masked, shown };
