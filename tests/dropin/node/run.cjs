'use strict';

// run.cjs --package FOLDER --sandbox PROGRAM --write FILE
// Runs every probe on the `pinterest-sdk` that is installed in FOLDER, and writes what each saw.

const fs = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');
const { parseArgs } = require('node:util');

const { Context } = require('./lib/context.cjs');
const { probes } = require('./lib/probes.cjs');
const { Sandbox } = require('./lib/sandbox.cjs');
const { shown } = require('./lib/shown.cjs');

/** A probe that takes longer than this did not run, in milliseconds. */
const LIMIT = 10_000;

/** The probe that runs now: what nobody catches is its own. */
let current;

for (const event of ['uncaughtException', 'unhandledRejection']) {
  process.on(event, (error) => {
    if (current === undefined) fail(error);
    else current.loose.push({ [event]: shown(error) });
  });
}

for (const stream of [process.stdout, process.stderr]) {
  const write = stream.write.bind(stream);
  stream.write = (text, ...rest) => {
    if (current === undefined) return write(text, ...rest);
    // The first line: stacks differ.
    current.loose.push({ printed: shown(String(text).split('\n', 1)[0]) });
    return true;
  };
}

function fail(error) {
  console.error(error);
  process.exit(1);
}

async function main() {
  const { values } = parseArgs({
    options: { package: { type: 'string' }, sandbox: { type: 'string' }, write: { type: 'string' }, only: { type: 'string' } },
  });
  const folder = path.resolve(values.package);
  const sdk = createRequire(path.join(folder, 'package.json'))('pinterest-sdk');
  const records = {};
  for (const probe of probes()) {
    if (values.only !== undefined && !probe.name.startsWith(values.only)) continue;
    records[probe.name] = await record(probe, sdk, values.sandbox);
  }
  fs.mkdirSync(path.dirname(values.write), { recursive: true });
  fs.writeFileSync(values.write, `${JSON.stringify(records, null, 2)}\n`);
  // What a probe left under way is nobody's now.
  process.exit(0);
}

/** `{observed, wire, loose?}`, or `{failed}` for a probe that did not run. */
async function record(probe, sdk, program) {
  const sandbox = await Sandbox.start(path.resolve(program));
  const context = new Context(sdk, sandbox);
  current = context;
  try {
    const observed = shown(await limited(probe.run(sdk, context)));
    // The callback may have thrown just now.
    await context.pause(5);
    const wire = await sandbox.wire(probe.unseen, probe.everyHeader);
    return { observed, wire, ...(context.loose.length > 0 && { loose: context.loose }) };
  } catch (error) {
    return { failed: shown(`${error?.name}: ${error?.message}`) };
  } finally {
    current = undefined;
    sandbox.stop();
  }
}

async function limited(running) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${LIMIT} ms`)), LIMIT);
  });
  try {
    return await Promise.race([running, late]);
  } finally {
    clearTimeout(timer);
  }
}

main().catch(fail);
