// Builds the command line and puts it beside `pinterest.cjs`, which starts it. Part of `npm run build`.

import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync } from 'node:fs';
import path from 'node:path';

const { stdout, status } = spawnSync(
  'cargo',
  [
    'build', '--release', '--locked', '--message-format=json-render-diagnostics',
    '--package', 'pinterest-cli',
  ],
  { cwd: import.meta.dirname, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8', maxBuffer: 2 ** 26 },
);
if (status !== 0) {
  process.exit(status ?? 1);
}
// Cargo says where it put the program, whatever the target and the folder are.
const built = stdout
  .split('\n')
  .filter((line) => line.startsWith('{'))
  .map((line) => JSON.parse(line).executable)
  .findLast(Boolean);
const name = `pinterest-${process.platform}-${process.arch}${path.extname(built)}`;
const program = path.join(import.meta.dirname, name);
copyFileSync(built, program);
chmodSync(program, 0o755);
