// How many system calls a call makes. Machines differ tenfold in what one costs, and not in their number.

import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';

/** Whether they can be counted: strace is there, and allowed. */
export function canBeCounted() {
  return spawnSync('strace', ['-f', '-c', '-o', '/dev/null', 'true']).status === 0;
}

/** The system calls of a command by name, and `total`. */
function counted(command, env, file) {
  execFileSync('strace', ['-f', '-c', '-o', file, ...command], { env, timeout: 120_000 });
  const rows = readFileSync(file, 'utf8').split('\n').map((line) => line.trim().split(/\s+/));
  rmSync(file);
  return Object.fromEntries(rows.filter(([share]) => /^\d/.test(share)).map((row) => [row.at(-1), Number(row[3])]));
}

/**
 * The system calls of each of 1,000 calls, without those of a start and an end, by name and in `total`.
 *
 * @param {(calls: number) => string[]} command makes so many.
 * @param {string} file to write to for a while.
 */
export function ofEachCall(command, env, file) {
  const [some, more] = [500, 1500].map((calls) => counted(command(calls), env, file));
  return Object.fromEntries(Object.entries(more).map(([name, count]) => [name, (count - (some[name] ?? 0)) / 1000]));
}
