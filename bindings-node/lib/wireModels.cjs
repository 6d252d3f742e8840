'use strict';

// The published package's models beside those of OAuth, made of what lib/wireModels.json says of each when they are
// first asked for. An answer is never refused: what a model has no field for is kept, and what is not of a field's
// type stays as it came.

const { fitted, typeOf } = require('./wireTypes.cjs');

/** Written when the package is packed. */
const KNOWN = require('./wireModels.json');

const made = new Map();

/** The class of a name. */
function model(name) {
  if (!made.has(name)) made.set(name, KNOWN[name].fields ? fieldsModel(name, KNOWN[name]) : enumeration(name));
  return made.get(name);
}

/** Known values by name, from lines; one that is not its name comes behind it. */
function valuesOf(place) {
  const pairs = require('./wireValues.json')[place].split('\n').map((line) => line.split(' = '));
  return Object.fromEntries(pairs.map(([name, value]) => [name, value === undefined ? name : JSON.parse(value)]));
}

function enumeration(name) {
  let known;
  const { [name]: Made } = {
    [name]: class {
      constructor() {
        known ??= valuesOf(name);
        Object.assign(this, known);
      }

      /** A value is itself, known or not. */
      static constructFromObject(value) {
        return value;
      }
    },
  };
  return Made;
}

function fieldsModel(name, { takes, fields, defaults = {}, members = [] }) {
  const types = new Map();
  const convert = (field, value) => {
    if (!Object.hasOwn(fields, field)) return value;
    if (!types.has(field)) types.set(field, typeOf(fields[field], model));
    return fitted(value, types.get(field));
  };
  const { [name]: Made } = {
    [name]: class {
      constructor(...values) {
        Made.initialize(this, ...values);
      }

      /** Sets the fields that the constructor sets, on any object. */
      static initialize(object, ...values) {
        takes.forEach((field, at) => {
          object[field] = values[at];
        });
      }

      /** A model from an object as it is on the wire: new, or `filled`. */
      static constructFromObject(data, filled) {
        if (typeof data !== 'object' || data === null || Array.isArray(data)) return filled ?? data ?? undefined;
        const object = filled ?? new Made();
        for (const [field, value] of Object.entries(data)) set(object, field, convert(field, value));
        return object;
      }
    },
  };
  if (takes.length > 0) Object.defineProperty(Made, 'length', { value: takes.length });
  // As in the published package, a field that is not set is still one of the class.
  for (const field of Object.keys(fields)) Made.prototype[field] = defaults[field];
  for (const member of members) later(Made, member, () => valuesOf(`${name}.${member}`));
  return Made;
}

/** A property whose value is made when it is first asked for, for some lists are long. */
function later(object, name, make) {
  const set = (value) => Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  const get = () => {
    const value = make();
    set(value);
    return value;
  };
  Object.defineProperty(object, name, { get, set, enumerable: true, configurable: true });
}

/** Sets an own field; assigning would change the prototype if the name is `__proto__`. */
function set(object, field, value) {
  if (field === '__proto__') Object.defineProperty(object, field, { value, enumerable: true, configurable: true, writable: true });
  else object[field] = value;
}

module.exports = { model };
