#!/usr/bin/env node
'use strict';

// Starts the command line, an executable of its own beside this file.

const { spawn } = require('node:child_process');
const path = require('node:path');

const suffix = process.platform === 'win32' ? '.exe' : '';
const program = path.join(__dirname, `pinterest-${process.platform}-${process.arch}${suffix}`);
const child = spawn(program, process.argv.slice(2), { stdio: 'inherit' });

// The terminal sends Ctrl-C to both; the program decides when it ends.
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP']) {
  process.on(signal, () => child.kill(signal));
}
child.on('error', (error) => {
  const why = error.code === 'ENOENT' ? 'this package was built for another platform' : error.message;
  process.stderr.write(`pinterest cannot be started: ${why}\n`);
  process.exitCode = 1;
});
child.on('exit', (code, signal) => {
  if (signal) {
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  } else {
    process.exitCode = code;
  }
});
