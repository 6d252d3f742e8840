'use strict';

const assert = require('node:assert/strict');
const test = require('node:test');

const { difference, listed } = require('./lib/difference.cjs');
const { shown } = require('./lib/shown.cjs');
const { complaints } = require('./lib/verdict.cjs');

const saw = (observed) => ({ room: { observed, wire: [] } }).room;
const ENTRY = { probe: 'a', published: { observed: 1 }, ours: { observed: 2 }, reason: 'because', kind: 'mended' };

const judged = (published, ours, list) => complaints(['a'], { a: published }, { a: ours }, list);

test('equal runs and an empty list', () => assert.deepEqual(judged(saw(1), saw(1), []), []));

test('a listed difference', () => assert.deepEqual(judged(saw(1), saw(2), [ENTRY]), []));

test('an unlisted difference', () => assert.match(judged(saw(1), saw(2), [])[0], /^a: not listed/));

test('a listed difference that is gone', () => assert.match(judged(saw(1), saw(1), [ENTRY])[0], /do not differ/));

test('a listed difference that has changed', () => assert.match(judged(saw(1), saw(3), [ENTRY])[0], /not as listed/));

test('a difference on the wire alone', () => {
  const other = { observed: 1, wire: [{ request: 'GET /', headers: {}, body: '' }] };
  assert.match(judged(saw(1), other, [])[0], /not listed/);
});

test('a difference in what nobody caught', () => {
  assert.match(judged(saw(1), { ...saw(1), loose: [{ printed: 'oops' }] }, [])[0], /not listed/);
});

test('a probe that did not run', () => {
  assert.match(judged(saw(1), { failed: 'TypeError: x' }, [])[0], /did not run on ours: TypeError/);
  assert.match(judged({ failed: 'late' }, saw(1), [])[0], /did not run on the published/);
  assert.match(judged(saw(1), undefined, [])[0], /did not run on ours/);
});

test('entries that are not in order', () => {
  const list = [ENTRY, ENTRY, { ...ENTRY, probe: 'b', reason: ' ', kind: 'other', more: 1 }];
  const text = judged(saw(1), saw(2), list).join('\n');
  for (const what of [/listed twice/, /no such probe/, /no reason/, /kind is none/, /unknown fields: more/]) {
    assert.match(text, what);
  }
});

test('only the fields that differ are listed', () => {
  assert.deepEqual(difference({ a: 1, b: { c: 2, d: 3 } }, { a: 1, b: { c: 4, d: 3 }, e: 5 }), [
    { b: { c: 2 } },
    { b: { c: 4 }, e: 5 },
  ]);
});

test('a long observation is listed by its digest', () => {
  assert.deepEqual(Object.keys(listed('x'.repeat(5000))), ['sha256', 'begins']);
});

test('what JSON has no word for', () => {
  class Mine {
    field = undefined;
  }
  const cycle = {};
  cycle.again = cycle;
  assert.deepEqual(shown([NaN, undefined, new Mine(), cycle, new RangeError('127.0.0.1:40001')]), [
    '<NaN>',
    '<undefined>',
    { '<class>': 'Mine', field: '<undefined>' },
    { again: '<cycle>' },
    { '<error>': 'RangeError < Error', message: '127.0.0.1:PORT' },
  ]);
});
