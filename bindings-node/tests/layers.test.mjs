// The package's own files: they use each other in one direction.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './support/installed.mjs';

const LIB = join(root, 'bindings-node/lib');

test('no file of the JavaScript half uses itself through others, lazily or not', () => {
  const uses = new Map(readdirSync(LIB).map((file) => {
    const found = readFileSync(join(LIB, file), 'utf8').matchAll(/require\('\.\/([^']+)'\)/g);
    return [file, [...found].map(([, used]) => used)];
  }));
  assert.ok([...uses.values()].flat().length > 20, 'the search is right');
  const seen = new Set();
  const walk = (file, path) => {
    assert.ok(!path.includes(file), `a circle: ${[...path, file].join(' → ')}`);
    if (seen.has(file)) return;
    for (const used of uses.get(file)) walk(used, [...path, file]);
    seen.add(file);
  };
  for (const file of uses.keys()) walk(file, []);
});
