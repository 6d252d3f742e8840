'use strict';

// The classes of operations and of the published package's models, empty until one is first used: `import` reads the
// names of all of them. Giving each a name of its own costs as much as the class; a getter in what all share does not.

const { ApiClient } = require('./ApiClient.cjs');

/** What every class of operations is. */
class Api {
  /** Calls go over `apiClient`. */
  constructor(apiClient) {
    this.apiClient = apiClient || ApiClient.instance;
  }
}

/** A class that gets its parts when they are first asked for. */
class Waiting {
  constructor(name, make) {
    this.name = name;
    this.make = make;
    this.Made = undefined;
    this.given = undefined;
  }

  /** Its parts, as `make` gives them. */
  parts() {
    if (this.given === undefined) {
      this.given = this.make(this.name, this.Made);
      // As every class has its name.
      Object.defineProperty(this.Made, 'name', { value: this.name, configurable: true });
    }
    return this.given;
  }
}

/** Classes by name, as they wait. */
const waiting = new Map();

/** A class with its parts. */
function whole(Made) {
  waiting.get(Made.name).parts();
  return Made;
}

/** Stands behind a prototype without methods, and has them made for whoever looks for one. */
const BEHIND = {
  get: (one, name, receiver) => Reflect.get(one.parts(), name, receiver),
  set: (one, name, value, receiver) => Reflect.set(one.parts(), name, value, receiver),
  has: (one, name) => Reflect.has(one.parts(), name),
  getOwnPropertyDescriptor: (one, name) => Reflect.getOwnPropertyDescriptor(one.parts(), name),
  ownKeys: (one) => Reflect.ownKeys(one.parts()),
  getPrototypeOf: () => Api.prototype,
};

/**
 * The class of a group of operations.
 *
 * @param {(name: string, Made: Function) => object} methodsOf gives a class its methods, by `withMethods`.
 */
function apiClass(name, methodsOf) {
  const known = waiting.get(name);
  if (known !== undefined) return known.Made;
  const one = new Waiting(name, methodsOf);
  one.Made = class extends Api {
    static get name() {
      return name;
    }

    constructor(apiClient) {
      super(apiClient);
      one.parts();
    }
  };
  Object.setPrototypeOf(one.Made.prototype, new Proxy(one, BEHIND));
  waiting.set(name, one);
  return one.Made;
}

/**
 * Gives a class the methods of another. They stay behind its prototype too: who puts something over one, as tests do, and
 * takes it away again has the method back.
 */
function withMethods({ prototype }, source) {
  const methods = Object.getOwnPropertyDescriptors(source.prototype);
  delete methods.constructor;
  const behind = Object.create(Api.prototype, methods);
  // One that a program froze meanwhile goes on asking.
  if (!Object.isExtensible(prototype)) return behind;
  Object.setPrototypeOf(prototype, behind);
  Object.defineProperties(prototype, methods);
  return behind;
}

/**
 * The class of a model.
 *
 * @param {string[]} members its lists of values.
 * @param {{partsOf: (name: string, Made: Function) => object, valuesOf: (place: string) => object}} source gives what
 *   it does, and its lists.
 */
function modelClass(name, members, source) {
  const known = waiting.get(name);
  if (known !== undefined) return known.Made;
  const one = new Waiting(name, source.partsOf);
  const Made = class {
    static get name() {
      return name;
    }

    constructor(...values) {
      one.parts();
      Made.initialize(this, ...values);
    }

    /** Sets the fields that the constructor sets, on any object. */
    static initialize(object, ...values) {
      one.parts().initialize(object, values);
    }

    /** A model from an object as it is on the wire: new, or `filled`. */
    static constructFromObject(data, filled) {
      return one.parts().constructFromObject(data, filled);
    }
  };
  for (const member of members) later(Made, member, () => source.valuesOf(`${name}.${member}`));
  one.Made = Made;
  waiting.set(name, one);
  return Made;
}

/** The class of an enumeration; as `modelClass`. */
function enumerationClass(name, source) {
  const known = waiting.get(name);
  if (known !== undefined) return known.Made;
  const one = new Waiting(name, source.partsOf);
  one.Made = class {
    static get name() {
      return name;
    }

    constructor() {
      Object.assign(this, one.parts().values());
    }

    /** A value is itself, known or not. */
    static constructFromObject(value) {
      return value;
    }
  };
  waiting.set(name, one);
  return one.Made;
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

/** The name of the class that an object is the prototype of, if it is one of these. */
function nameOf(prototype) {
  const found = [...waiting].find(([, { Made }]) => Made.prototype === prototype);
  return found?.[0];
}

module.exports = { Api, apiClass, enumerationClass, modelClass, nameOf, whole, withMethods };
