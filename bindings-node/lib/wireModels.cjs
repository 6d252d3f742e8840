'use strict';

// The published package's models beside those of OAuth, as lib/wireModels.json says of each. An answer is never refused: what a model has no field for is kept, and what is not of a field's
// type stays as it came.

const { enumerationClass, modelClass } = require('./classes.cjs');
const { fitted, typeOf } = require('./wireTypes.cjs');

/** Written when the package is packed. */
const KNOWN = require('./wireModels.json');

const source = { partsOf, valuesOf };

/** The class of a name. */
function model(name) {
  const { fields, members = [] } = KNOWN[name];
  return fields ? modelClass(name, members, source) : enumerationClass(name, source);
}

/** Known values by name, from lines; one that is not its name comes behind it. */
function valuesOf(place) {
  const pairs = require('./wireValues.json')[place].split('\n').map((line) => line.split(' = '));
  return Object.fromEntries(pairs.map(([name, value]) => [name, value === undefined ? name : JSON.parse(value)]));
}

/** What a class does; its prototype gets its fields. */
function partsOf(name, Made) {
  return KNOWN[name].fields ? partsOfModel(KNOWN[name], Made) : partsOfEnumeration(name);
}

function partsOfEnumeration(name) {
  let known;
  const values = () => (known ??= valuesOf(name));
  return { values };
}

function partsOfModel({ takes, fields, defaults = {} }, Made) {
  const types = new Map();
  const convert = (field, value) => {
    if (!Object.hasOwn(fields, field)) return value;
    if (!types.has(field)) types.set(field, typeOf(fields[field], model));
    return fitted(value, types.get(field));
  };
  if (takes.length > 0) Object.defineProperty(Made, 'length', { value: takes.length });
  // As in the published package, a field that is not set is still one of the class.
  for (const field of Object.keys(fields)) Made.prototype[field] = defaults[field];
  return {
    initialize(object, values) {
      takes.forEach((field, at) => {
        object[field] = values[at];
      });
    },
    constructFromObject(data, filled) {
      if (typeof data !== 'object' || data === null || Array.isArray(data)) return filled ?? data ?? undefined;
      const object = filled ?? new Made();
      for (const [field, value] of Object.entries(data)) set(object, field, convert(field, value));
      return object;
    },
  };
}

/** Sets an own field; assigning would change the prototype if the name is `__proto__`. */
function set(object, field, value) {
  if (field === '__proto__') Object.defineProperty(object, field, { value, enumerable: true, configurable: true, writable: true });
  else object[field] = value;
}

module.exports = { model, partsOf, valuesOf };
