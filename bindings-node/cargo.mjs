// What cargo builds, and where it put it. Part of `npm run build`.

import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync } from 'node:fs';
import path from 'node:path';
import { platform } from './platforms.mjs';

/** What a program prints; ends this one if it fails. */
function printed(program, ...args) {
  const { stdout, status } = spawnSync(program, args, {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) process.exit(status ?? 1);
  return stdout;
}

const [, machine] = /^host: (.+)$/m.exec(printed('rustc', '-vV'));

/** The platform that this one is. */
export const HOST = platform(machine);

/** Builds a package, with what else is given to cargo; the files that came of it. */
function built(name, ...args) {
  return printed('cargo', 'build', '--release', '--locked', '--message-format=json-render-diagnostics', '--package', name, ...args)
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
    .filter(({ reason, manifest_path: manifest }) => reason === 'compiler-artifact' && manifest.startsWith(path.dirname(import.meta.dirname)));
}

/** Builds the command line and puts it beside the native library. */
export function buildProgram(...args) {
  const place = path.join(import.meta.dirname, `${HOST.program}${HOST.suffix}`);
  copyFileSync(built('pinterest-cli', ...args).findLast(({ executable }) => executable).executable, place);
  chmodSync(place, 0o755);
}

/** Builds the native library for this platform. */
export function buildLibrary(...args) {
  const { filenames } = built('pinterest-sdk-node', ...args).findLast(({ target }) => target.kind.includes('cdylib') && target.name === 'pinterest_sdk_node');
  copyFileSync(filenames[0], path.join(import.meta.dirname, HOST.library));
}
