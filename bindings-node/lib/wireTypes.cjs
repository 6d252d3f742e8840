'use strict';

// Types as lib/wireModels.json and lib/apis.json spell them: `string`, `Board`, `[Board]`, `{any}`.

const WORDS = { __proto__: null, '-': null, any: Object, string: 'String', number: 'Number', boolean: 'Boolean', date: 'Date' };

/** A type as `callApi` takes it; `model` gives the class of a name. */
function typeOf(spelled, model) {
  if (spelled in WORDS) return WORDS[spelled];
  const inner = spelled.slice(1, -1);
  if (spelled.startsWith('[')) return [typeOf(inner, model)];
  if (spelled.startsWith('{')) return { String: typeOf(inner, model) };
  return model(spelled);
}

/** A value as the type, where that loses nothing of it; otherwise as it came. */
function fitted(value, type) {
  if (value === undefined || value === null) return value;
  switch (type) {
    case 'String':
      return ['number', 'boolean'].includes(typeof value) ? String(value) : value;
    case 'Number':
      return isNumeral(value) ? Number.parseFloat(value) : value;
    case 'Boolean':
      return value === 'true' || value === 'false' ? value === 'true' : value;
    case 'Date':
      return dated(value);
    default:
      return fittedWhole(value, type);
  }
}

function fittedWhole(value, type) {
  if (typeof type === 'function') return type === Object ? value : type.constructFromObject(value);
  if (typeof value !== 'object' || Array.isArray(value) !== Array.isArray(type)) return value;
  if (Array.isArray(type)) return value.map((item) => fitted(item, type[0]));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fitted(item, type.String)]));
}

function isNumeral(value) {
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value));
}

function dated(value) {
  if (typeof value !== 'string') return value;
  const date = require('./conversion.cjs').parseDate(value);
  return Number.isNaN(date.getTime()) ? value : date;
}

module.exports = { fitted, typeOf };
