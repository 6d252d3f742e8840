// npm run packages -- [FOLDER] [PLATFORM…]: writes the tarballs that are published into FOLDER (`packages`
// unless said): the main package, and one for each platform, by default those that have been built.

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { declarations } from './generate/declarations.mjs';
import { runtimeFiles, withNames } from './generate/runtime.mjs';
import { MAIN, PLATFORMS } from './platforms.mjs';

const HERE = import.meta.dirname;
const [folder = path.join(HERE, 'packages'), ...asked] = process.argv.slice(2);

/** What every package says alike. */
const { version, license, repository, engines } = MAIN;
const COMMON = { version, license, repository, engines };

/** The files of a built platform by their names here, and the names that they are packed under. */
const binaries = ({ library, program, suffix }) => ({
  [library]: 'pinterest-sdk.node',
  [`${program}${suffix}`]: `pinterest${suffix}`,
});
const lacking = (one) => Object.keys(binaries(one)).filter((file) => !existsSync(path.join(HERE, file)));

/** Ends with a sentence for what cannot be packed. */
function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

function chosen() {
  const names = PLATFORMS.map(({ name }) => name);
  const unknown = asked.find((name) => !names.includes(name));
  if (unknown) fail(`${unknown} is none of ${names.join(', ')}: add its Rust target to \`napi.targets\` in package.json`);
  const found = PLATFORMS.filter((one) => (asked.length > 0 ? asked.includes(one.name) : lacking(one).length === 0));
  if (found.length === 0) fail('nothing is built: run `npm run build` first');
  for (const one of found) {
    const files = lacking(one).join(' and ');
    if (files) fail(`${one.name} is not built: run \`npm run build\` on such a machine and bring ${files} into bindings-node`);
  }
  return found;
}

/** Packs `files`, by their places here and in the package, with the licence, what is given and what is written now. */
function pack(manifest, readme, files, written = {}) {
  const place = mkdtempSync(path.join(tmpdir(), 'pinterest-sdk-'));
  try {
    const all = { ...files, '../LICENSE': 'LICENSE', '../NOTICE': 'NOTICE' };
    const whole = { ...manifest, files: [...new Set([...Object.values(all), ...Object.keys(written)])] };
    writeFileSync(path.join(place, 'package.json'), `${JSON.stringify(whole, null, 2)}\n`);
    writeFileSync(path.join(place, 'README.md'), readme);
    for (const [from, to] of Object.entries(all)) cpSync(path.join(HERE, from), path.join(place, to), { recursive: true });
    for (const [file, text] of Object.entries(written)) writeFileSync(path.join(place, file), text);
    execFileSync('npm', ['pack', '--silent', '--pack-destination', path.resolve(folder)], {
      cwd: place,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
  } finally {
    rmSync(place, { recursive: true });
  }
}

const platforms = chosen();
mkdirSync(folder, { recursive: true });

/** What only the sources need stays with them. */
const main = { ...MAIN, scripts: undefined, devDependencies: undefined, napi: undefined };
const optionalDependencies = Object.fromEntries(PLATFORMS.map(({ packageName }) => [packageName, version]));
const readme = readFileSync(path.join(HERE, 'README.md'), 'utf8');
const indexes = ['index.cjs', 'index.mjs', 'index.d.ts'].map((file) => [file, withNames(readFileSync(path.join(HERE, file), 'utf8'))]);
const written = { ...Object.fromEntries(indexes), ...runtimeFiles(), 'operations.d.ts': declarations() };
pack({ ...main, optionalDependencies }, readme, Object.fromEntries(MAIN.files.map((file) => [file, file])), written);

for (const one of platforms) {
  const { name, packageName, os, cpu, libc } = one;
  const description = `The part of pinterest-sdk for ${name}`;
  const manifest = {
    name: packageName,
    description,
    ...COMMON,
    main: 'pinterest-sdk.node',
    os: [os],
    cpu: [cpu],
    libc: libc && [libc],
  };
  pack(manifest, `# ${packageName}\n\n${description}, which brings it by itself: install that.\n`, binaries(one));
}
