#!/usr/bin/env node
'use strict';

// Starts the command line, an executable of its own in the platform's package.

const { spawn } = require('node:child_process');
const { isatty } = require('node:tty');
const platform = require('./lib/platform.cjs');

let program;
try {
  program = platform.program();
} catch (error) {
  process.stderr.write(`pinterest cannot be started: ${error.message}\n`);
  process.exit(1);
}

// The program decides when it ends: it may have a token to keep first. A signal that reaches it
// twice, from the terminal and from here, counts once. On Windows a console tells both by itself,
// and to send a signal would be to kill.
const windows = process.platform === 'win32';
const started = { onTerminal: [0, 1, 2].some(isatty) };
const signals = windows
  ? ['SIGINT', 'SIGBREAK', 'SIGHUP']
  : ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGALRM', 'SIGUSR2'];
for (const signal of signals) {
  process.on(signal, () => {
    started.hungUp ||= signal === 'SIGHUP';
    if (!windows) {
      started.child.kill(signal);
    }
  });
}

const child = spawn(program, process.argv.slice(2), { stdio: 'inherit' });
started.child = child;
child.on('error', (error) => {
  process.stderr.write(`pinterest cannot be started: ${error.message}\n`);
  process.exitCode = 1;
});
child.on('exit', (code, endedBy) => {
  // Node aborts where it cannot put a terminal back that is gone, unless the signal ends it.
  const signal = endedBy ?? (started.hungUp && started.onTerminal && !windows ? 'SIGHUP' : null);
  if (signal) {
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  } else {
    process.exitCode = code;
  }
});
