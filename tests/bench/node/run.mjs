// run.mjs OUT: measures the Node package beside the published one, and what a call costs beside undici, in
// one run, over HTTPS on loopback, against one sandbox that gives all the same answer. Rounds alternate;
// medians count.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { canBeCounted, ofEachCall } from './systemCalls.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../../..');
const ours = join(root, 'build/node');
const theirs = join(root, '.tools/published-node');
const withoutOperations = join(root, 'build/bench/node-without-operations');
const authority = join(root, 'build/bench/node-authority.pem');

/** As Pinterest answers; the published package can ask for nothing better than this. */
const ANSWER = {
  access_token: `pinc_${'x'.repeat(90)}`,
  token_type: 'bearer',
  expires_in: 2_592_000,
  scope: 'user_accounts:read',
  response_type: 'client_credentials',
};

function installPublished() {
  mkdirSync(theirs, { recursive: true });
  writeFileSync(join(theirs, 'package.json'), '{"private": true}\n');
  const packages = ['pinterest-sdk@1.1.0', 'undici@7.30.2'];
  execFileSync('npm', ['install', '--silent', '--no-save', '--no-package-lock', ...packages], { cwd: theirs });
}

async function startSandbox() {
  const options = ['--port', '0', '--json', '--until-stdin-closes', '--write-ca', authority, '--log-limit', '10'];
  const child = spawn(join(root, 'target/release/pinterest-sandbox'), options, { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = await once(createInterface(child.stdout), 'line');
  const addresses = JSON.parse(line);
  const body = JSON.stringify({ json: ANSWER });
  const answer = await fetch(`${addresses.http}/_sandbox/standing`, { method: 'POST', body });
  if (!answer.ok) throw new Error(`the sandbox does not take the standing answer: ${answer.status}`);
  return { basePath: `${addresses.https}/v5`, end: () => child.stdin.end() };
}

const env = { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: authority, SSL_CERT_FILE: authority };
const command = (program, ...args) => [process.execPath, join(here, program), ...args.map(String)];

/** The numbers that a measuring program prints, in a Node of its own. */
function measure(...args) {
  const [node, ...rest] = command(...args);
  return execFileSync(node, rest, { env, encoding: 'utf8' }).trim().split(' ').map(Number);
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Medians of what each program prints, measured in turn. */
function sideBySide(rounds, program, ourArgs, theirArgs) {
  const results = { ours: [], theirs: [] };
  for (let round = 0; round < rounds; round += 1) {
    results.ours.push(measure(program, ours, ...ourArgs));
    results.theirs.push(measure(program, theirs, ...theirArgs));
  }
  const columns = (all) => all[0].map((_, column) => median(all.map((result) => result[column])));
  return { ours: columns(results.ours), theirs: columns(results.theirs) };
}

/** Milliseconds that the operations' names add to `require`: the names are written into a file when it is packed. */
function addedByOperations() {
  rmSync(withoutOperations, { recursive: true, force: true });
  cpSync(join(ours, 'node_modules'), join(withoutOperations, 'node_modules'), { recursive: true });
  cpSync(join(root, 'bindings-node/index.cjs'), join(withoutOperations, 'node_modules/pinterest-sdk/index.cjs'));
  const rounds = Array.from({ length: 31 }, () => [ours, withoutOperations].map((place) => measure('load.cjs', place)[0]));
  const [all, without] = [0, 1].map((which) => median(rounds.map((round) => round[which])));
  return all - without;
}

/** What a call costs beside Node's own HTTP client. */
function costs(basePath) {
  const programs = [['calls.cjs', ours], ['undici.cjs', theirs]];
  const counted = canBeCounted();
  if (!counted) console.log('system calls are not counted: strace is not installed, or not allowed');
  const system = ([program, folder], inFlight) =>
    ofEachCall((calls) => command(program, folder, basePath, inFlight, calls), env, `${authority}.strace`).total;
  return [['one after another', 1, 2000, '≤ 8'], ['64 in flight', 64, 20_000, '≤ 4']].flatMap(([name, inFlight, calls, target]) => {
    const rounds = Array.from({ length: 5 }, () =>
      programs.map(([program, folder]) => measure(program, folder, basePath, inFlight, calls)[2]));
    const [mine, undicis] = programs.map((_, which) => median(rounds.map((round) => round[which])));
    const rows = [row(`processor time of a call, ${name}, beside undici`, 'µs', mine, undicis, undicis / mine, null)];
    if (!counted) return rows;
    const [few, many] = programs.map((program) => system(program, inFlight));
    return [...rows, row(`system calls of a call, ${name}, beside undici`, 'calls', few, many, many / few, target)];
  });
}

/** Microseconds of an operation, and of the same request through callApi. */
function ofAnOperation(basePath) {
  const forms = ['operation', 'callApi'];
  const rounds = Array.from({ length: 5 }, () => forms.map((form) => measure('operation.cjs', ours, basePath, form, 1, 2000)[2]));
  return forms.map((_, which) => median(rounds.map((round) => round[which])));
}

function row(name, unit, mine, published, ratio, target) {
  return { name, unit, ours: mine, theirs: published, ratio, target };
}

installPublished();
mkdirSync(dirname(process.argv[2]), { recursive: true });
const sandbox = await startSandbox();
try {
  const { basePath } = sandbox;
  const many = sideBySide(7, 'calls.cjs', [basePath, 64, 20_000], [basePath, 64, 500]);
  const one = sideBySide(5, 'calls.cjs', [basePath, 1, 500], [basePath, 1, 500]);
  const loading = sideBySide(15, 'load.cjs', [], []);
  const importing = sideBySide(15, 'import.mjs', [], []);
  const first = sideBySide(11, 'first.cjs', [basePath], [basePath]);
  const [, bare] = measure('first.cjs');
  const added = (kibibytes) => (kibibytes - bare) / 1024;
  const fromMemory = median(Array.from({ length: 5 }, () => measure('token.cjs', ours)[0]));
  const [operation, throughCallApi] = ofAnOperation(basePath);
  const parts = join(ours, 'node_modules/@pinterest-sdk');
  const library = join(parts, readdirSync(parts)[0], 'pinterest-sdk.node');
  const rows = [
    row('64 calls in flight', 'calls/s', many.ours[0], many.theirs[0], many.ours[0] / many.theirs[0], '≥ 30 ×'),
    row('one call after another', 'calls/s', one.ours[0], one.theirs[0], one.ours[0] / one.theirs[0], null),
    row('require', 'ms', loading.ours[0], loading.theirs[0], loading.theirs[0] / loading.ours[0], '≥ 20 ×'),
    row('what operations add to require', 'ms', addedByOperations(), null, null, '≤ 0.5 ms'),
    row('import', 'ms', importing.ours[0], importing.theirs[0], importing.theirs[0] / importing.ours[0], null),
    row('first answer', 'ms', first.ours[0], first.theirs[0], first.theirs[0] / first.ours[0], '≥ 10 ×'),
    row('memory added by the first answer', 'MiB', added(first.ours[1]), added(first.theirs[1]), null, '< 20 MiB'),
    row('memory added by 500 calls', 'MiB', added(one.ours[1]), added(one.theirs[1]), null, '< 20 MiB'),
    // Forty times as many calls as the published package makes in its row above.
    row('memory added with 64 in flight', 'MiB', added(many.ours[1]), added(many.theirs[1]), null, null),
    row('access token of a manager, from memory', 'ns', fromMemory, null, null, '≤ 200 ns'),
    row('processor time of an operation, beside the same through callApi', 'µs', operation, throughCallApi, throughCallApi / operation, '≥ 0.87'),
    ...costs(basePath),
    row('native library', 'MiB', statSync(library).size / 1024 / 1024, null, null, '< 4 MiB'),
  ];
  writeFileSync(process.argv[2], `${JSON.stringify({ rows }, null, 1)}\n`);
  for (const { name, unit, ours: a, theirs: b, ratio, target } of rows) console.log(name, unit, a, b, ratio, target);
} finally {
  sandbox.end();
}
