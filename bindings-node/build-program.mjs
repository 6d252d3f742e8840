// Builds the command line and puts it beside the native library. Part of `npm run build`.

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

const built = ['build', '--release', '--locked', '--message-format=json-render-diagnostics', '--package', 'pinterest-cli'];
// Cargo says where it put the program, whatever the target and the folder are.
const executable = printed('cargo', ...built)
  .split('\n')
  .filter((line) => line.startsWith('{'))
  .map((line) => JSON.parse(line).executable)
  .findLast(Boolean);
const [, machine] = /^host: (.+)$/m.exec(printed('rustc', '-vV'));
const { program, suffix } = platform(machine);
const place = path.join(import.meta.dirname, `${program}${suffix}`);
copyFileSync(executable, place);
chmodSync(place, 0o755);
