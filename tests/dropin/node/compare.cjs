'use strict';

// compare.cjs PUBLISHED OURS LIST
// Compares two runs; every difference must be in LIST, and everything in LIST must be a difference.

const fs = require('node:fs');

const { probes } = require('./lib/probes.cjs');
const { complaints } = require('./lib/verdict.cjs');

/** The probes that drop-in was promised on; a list that shrinks below this fails. */
const FEWEST = 450;

const [published, ours, list] = process.argv.slice(2).map((file) => JSON.parse(fs.readFileSync(file, 'utf8')));
const names = probes().map(({ name }) => name);
const wrong = complaints(names, published, ours, list);
if (names.length < FEWEST) wrong.push(`${names.length} probes are fewer than ${FEWEST}`);
if (wrong.length > 0) {
  console.error(wrong.join('\n'));
  console.error(`${wrong.length} complaints about ${names.length} probes`);
  process.exit(1);
}
console.log(`${names.length} probes, ${list.length} listed differences, no other`);
