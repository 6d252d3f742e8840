// The package's own files: they use each other in one direction.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PinterestSdk, folder, root } from './support/installed.mjs';

const LIB = join(root, 'bindings-node/lib');
/** Written when the package is packed, and listed beside the rest. */
const PACKED = readFileSync(join(folder, 'node_modules/pinterest-sdk/lib/apiMethods.cjs'), 'utf8');
const texts = new Map(readdirSync(LIB).map((file) => [file, readFileSync(join(LIB, file), 'utf8')])).set('apiMethods.cjs', PACKED);
const LOADED = /require\('\.\/([^']+\.cjs)'\)/g;
const uses = new Map([...texts].map(([file, text]) => [file, [...text.matchAll(LOADED)].map(([, used]) => used)]));

/** All that a file uses, itself or through others. */
function below(file, found = new Set()) {
  for (const used of uses.get(file)) {
    if (found.has(used)) continue;
    found.add(used);
    below(used, found);
  }
  return found;
}

test('no file of the JavaScript half uses itself through others, lazily or not', () => {
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

test('the README lists every file of the JavaScript half, and what it uses', () => {
  const readme = readFileSync(join(root, 'bindings-node/README.md'), 'utf8');
  const lines = [...readme.matchAll(/^ {2}(\w+\.cjs) [^→\n]*(?:→ (.*))?$/gm)];
  const listed = lines.map(([, file, used]) => [file, (used?.split(', ') ?? []).map((name) => `${name}.cjs`).sort()]);
  const there = [...uses].map(([file, used]) => [file, [...new Set(used)].sort()]);
  assert.deepEqual(new Map(listed), new Map(there));
  const files = lines.map(([, file]) => file);
  for (const [file, used] of listed) {
    assert.deepEqual(used.filter((name) => files.indexOf(name) < files.indexOf(file)), [], `${file} uses what is above it`);
  }
});

/** Calls of a class's methods on one of its objects, by the methods' names. */
function callsOf(methods, text) {
  const onObject = text.replace(LOADED, '').replace(/\b(parameters|conversion)\(\)/g, '');
  const called = [...onObject.matchAll(/[\w)\]]\??\.(\w+)\(/g)].map(([, name]) => name);
  return called.filter((name) => methods.includes(name));
}

for (const name of ['ApiClient', 'OauthApi']) {
  test(`what ${name} is made of calls none of its methods: nothing goes back up`, () => {
    const methods = Object.getOwnPropertyNames(PinterestSdk[name].prototype).filter((method) => !['constructor', 'toJSON'].includes(method));
    assert.ok(methods.length > 5);
    for (const file of below(`${name}.cjs`)) {
      assert.deepEqual(callsOf(methods, texts.get(file)), [], file);
    }
  });
}

test('one file loads the native half, and one talks to it', () => {
  const talking = [...texts].filter(([, text]) => text.includes("platform.cjs')") || /require\('[^']*\.node/.test(text));
  assert.deepEqual(talking.map(([file]) => file), ['native.cjs']);
});
