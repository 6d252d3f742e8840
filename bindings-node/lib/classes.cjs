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

/** Classes by name. */
const made = new Map();

function known(name, declare) {
  if (!made.has(name)) made.set(name, declare());
  return made.get(name).Made;
}

/** A class with its parts. */
function whole(Made) {
  made.get(Made.name).parts();
  return Made;
}

/** Stands behind a prototype without methods, and has them made for whoever looks for one. */
const BEHIND = {
  get: (waiting, name, receiver) => Reflect.get(waiting.parts(), name, receiver),
  set: (waiting, name, value, receiver) => Reflect.set(waiting.parts(), name, value, receiver),
  has: (waiting, name) => Reflect.has(waiting.parts(), name),
  getOwnPropertyDescriptor: (waiting, name) => Reflect.getOwnPropertyDescriptor(waiting.parts(), name),
  ownKeys: (waiting) => Reflect.ownKeys(waiting.parts()),
  getPrototypeOf: () => Api.prototype,
};

/**
 * The class of a group of operations.
 *
 * @param {(name: string) => Function} methodsOf gives a class with its methods.
 */
function apiClass(name, methodsOf) {
  return known(name, () => {
    const waiting = new Waiting(name, (_, Made) => withMethods(Made, methodsOf(name).prototype));
    const Made = class extends Api {
      static get name() {
        return name;
      }

      constructor(apiClient) {
        super(apiClient);
        waiting.parts();
      }
    };
    waiting.Made = Made;
    Object.setPrototypeOf(Made.prototype, new Proxy(waiting, BEHIND));
    return waiting;
  });
}

/**
 * Gives a class its methods. They stay behind its prototype too: who puts something over one, as tests do, and takes it
 * away again has the method back.
 */
function withMethods({ prototype }, source) {
  const methods = Object.getOwnPropertyDescriptors(source);
  delete methods.constructor;
  const behind = Object.create(Api.prototype, methods);
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
function modelClass(name, members, { partsOf, valuesOf }) {
  return known(name, () => {
    const waiting = new Waiting(name, partsOf);
    const Made = class {
      static get name() {
        return name;
      }

      constructor(...values) {
        waiting.parts();
        Made.initialize(this, ...values);
      }

      /** Sets the fields that the constructor sets, on any object. */
      static initialize(object, ...values) {
        waiting.parts().initialize(object, values);
      }

      /** A model from an object as it is on the wire: new, or `filled`. */
      static constructFromObject(data, filled) {
        return waiting.parts().constructFromObject(data, filled);
      }
    };
    for (const member of members) later(Made, member, () => valuesOf(`${name}.${member}`));
    waiting.Made = Made;
    return waiting;
  });
}

/** The class of an enumeration; as `modelClass`. */
function enumerationClass(name, { partsOf }) {
  return known(name, () => {
    const waiting = new Waiting(name, partsOf);
    waiting.Made = class {
      static get name() {
        return name;
      }

      constructor() {
        Object.assign(this, waiting.parts().values());
      }

      /** A value is itself, known or not. */
      static constructFromObject(value) {
        return value;
      }
    };
    return waiting;
  });
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
  const found = [...made].find(([, { Made }]) => Made.prototype === prototype);
  return found?.[0];
}

module.exports = { Api, apiClass, enumerationClass, modelClass, nameOf, whole };
