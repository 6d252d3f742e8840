'use strict';

// Objects that another copy of the package made: npm leaves one in each of two folders, Jest loads one for each file of
// tests, and the classes of one are unknown to the other.

/**
 * Why an object is none of a class of ours.
 *
 * @param {string} what it is given as, and is not: "`client` is not an ApiClient".
 * @param {unknown} value
 * @param {string[]} classes it might be of, by name.
 */
function notOurs(what, value, ...classes) {
  for (let at = value; typeof at === 'object' && at !== null; at = Object.getPrototypeOf(at)) {
    if (!classes.includes(at.constructor?.name)) continue;
    return new TypeError(`${what} of this copy of pinterest-sdk but of another: load the package once (\`npm ls pinterest-sdk\` lists its copies)`);
  }
  return new TypeError(what);
}

module.exports = { notOurs };
