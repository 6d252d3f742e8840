// The package as its users have it: the packed tarball, installed into an empty folder.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../../', import.meta.url));
export const folder = process.env.PINTEREST_SDK_INSTALLED ?? join(root, 'build/node');

// The machine's own proxy, certificates and app stay out of the tests.
for (const name of Object.keys(process.env)) {
  const ours = name.startsWith('PINTEREST_') && !['PINTEREST_SANDBOX', 'PINTEREST_SDK_INSTALLED', 'PINTEREST_ROUNDS'].includes(name);
  if (ours || /_proxy$/i.test(name) || name.startsWith('SSL_CERT_')) delete process.env[name];
}

const require = createRequire(join(folder, 'x.js'));
export const PinterestSdk = require('pinterest-sdk');

/**
 * Runs a program of its own beside the installed package.
 *
 * @param {string} source
 * @param {object} [how] `env`: in place of ours; `extension`: `.mjs` or `.cjs`; `args` of the program;
 *   `onOutput`: called with each piece of its standard output, and the process.
 * @returns {Promise<{code: number | null, signal: string | null, stdout: string, stderr: string, seconds: number}>}
 */
export function run(source, { env = {}, extension = '.mjs', args = [], onOutput = () => {} } = {}) {
  const place = mkdtempSync(join(folder, 'program-'));
  const program = join(place, `program${extension}`);
  writeFileSync(program, source);
  const started = performance.now();
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) {
    child[name].setEncoding('utf8').on('data', (text) => {
      output[name] += text;
    });
  }
  child.stdout.on('data', (text) => onOutput(text, child));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      rmSync(place, { recursive: true });
      resolve({ code, signal, ...output, seconds: (performance.now() - started) / 1000 });
    });
  });
}
