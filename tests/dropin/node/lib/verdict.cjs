'use strict';

const { isDeepStrictEqual } = require('node:util');

const { differences } = require('./difference.cjs');

const KINDS = ['mended', 'changed', 'added'];

/**
 * What is wrong with two runs and the list of their differences, one sentence each.
 *
 * @param {string[]} names of the probes that must have run.
 * @param {object} published, ours: records by probe.
 * @param {{probe, published, ours, reason, kind}[]} list the reviewed differences.
 */
function complaints(names, published, ours, list) {
  const found = differences(published, ours);
  return [
    ...names.flatMap((name) => notRun(name, 'the published package', published[name])),
    ...names.flatMap((name) => notRun(name, 'ours', ours[name])),
    ...list.flatMap((entry, index) => malformed(entry, names, list.slice(0, index))),
    ...list.flatMap((entry) => outdated(entry, found.get(entry.probe))),
    ...[...found.keys()]
      .filter((name) => !list.some(({ probe }) => probe === name))
      .map((name) => `${name}: not listed: ${JSON.stringify({ probe: name, ...found.get(name) })}`),
  ];
}

function notRun(name, whose, record) {
  if (record === undefined) return [`${name}: did not run on ${whose}`];
  return record.failed ? [`${name}: did not run on ${whose}: ${record.failed}`] : [];
}

function malformed({ probe, reason, kind, published, ours, ...unknown }, names, before) {
  const wrong = [];
  if (!names.includes(probe)) wrong.push('there is no such probe');
  if (before.some((other) => other.probe === probe)) wrong.push('listed twice');
  if (typeof reason !== 'string' || reason.trim() === '') wrong.push('no reason is given');
  if (!KINDS.includes(kind)) wrong.push(`the kind is none of ${KINDS.join(', ')}`);
  if (published === undefined || ours === undefined) wrong.push('an observation is missing');
  if (Object.keys(unknown).length > 0) wrong.push(`unknown fields: ${Object.keys(unknown).join(', ')}`);
  return wrong.map((what) => `${probe}: in the list: ${what}`);
}

function outdated({ probe, published, ours }, now) {
  if (now === undefined) return [`${probe}: listed, but the two do not differ`];
  if (isDeepStrictEqual({ published, ours }, now)) return [];
  return [`${probe}: differs, but not as listed: ${JSON.stringify(now)}`];
}

module.exports = { complaints };
