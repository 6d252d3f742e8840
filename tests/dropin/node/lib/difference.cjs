'use strict';

// Where two records of one probe differ.

const { createHash } = require('node:crypto');
const { isDeepStrictEqual } = require('node:util');

/** Longer observations are listed by their digest and their beginning, in characters of JSON. */
const LONGEST = 1200;

const plain = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** `[left, right]` reduced to the fields that differ, or `undefined` if none does. */
function difference(left, right) {
  if (isDeepStrictEqual(left, right)) return undefined;
  if (!plain(left) || !plain(right)) return [left, right];
  const [lefts, rights] = [{}, {}];
  for (const name of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const inside = difference(left[name], right[name]);
    if (inside === undefined) continue;
    if (name in left) lefts[name] = inside[0];
    if (name in right) rights[name] = inside[1];
  }
  return [lefts, rights];
}

/** What the list holds of an observation. */
function listed(observation) {
  const text = JSON.stringify(observation);
  if (text.length <= LONGEST) return observation;
  return { sha256: createHash('sha256').update(text).digest('hex'), begins: text.slice(0, 200) };
}

/**
 * The differences of two runs, by probe.
 *
 * @returns {Map<string, {published: object, ours: object}>}
 */
function differences(published, ours) {
  const found = new Map();
  for (const name of Object.keys(published)) {
    if (!ours[name] || !published[name] || published[name].failed || ours[name].failed) continue;
    const pair = difference(published[name], ours[name]);
    if (pair) found.set(name, { published: listed(pair[0]), ours: listed(pair[1]) });
  }
  return found;
}

module.exports = { difference, differences, listed };
