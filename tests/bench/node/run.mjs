// run.mjs OUT: measures the Node package beside the published one, in one run, over HTTPS on
// loopback, against one sandbox that gives both the same answer. Rounds alternate; medians count.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../../..');
const ours = join(root, 'build/node');
const theirs = join(root, '.tools/published-node');
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
  execFileSync('npm', ['install', '--silent', '--no-save', '--no-package-lock', 'pinterest-sdk@1.1.0'], { cwd: theirs });
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

/** The numbers that a measuring program prints, in a Node of its own. */
function measure(program, ...args) {
  const env = { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: authority, SSL_CERT_FILE: authority };
  const output = execFileSync(process.execPath, [join(here, program), ...args.map(String)], { env, encoding: 'utf8' });
  return output.trim().split(' ').map(Number);
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
  const first = sideBySide(11, 'first.cjs', [basePath], [basePath]);
  const [, bare] = measure('first.cjs');
  const added = (kibibytes) => (kibibytes - bare) / 1024;
  const package_ = join(ours, 'node_modules/pinterest-sdk');
  const library = readdirSync(package_).find((name) => name.endsWith('.node'));
  const rows = [
    row('64 calls in flight', 'calls/s', many.ours[0], many.theirs[0], many.ours[0] / many.theirs[0], '≥ 30 ×'),
    row('one call after another', 'calls/s', one.ours[0], one.theirs[0], one.ours[0] / one.theirs[0], null),
    row('require', 'ms', loading.ours[0], loading.theirs[0], loading.theirs[0] / loading.ours[0], '≥ 20 ×'),
    row('first answer', 'ms', first.ours[0], first.theirs[0], first.theirs[0] / first.ours[0], '≥ 10 ×'),
    row('memory added by the first answer', 'MiB', added(first.ours[1]), added(first.theirs[1]), null, '< 20 MiB'),
    row('memory added by 500 calls', 'MiB', added(one.ours[1]), added(one.theirs[1]), null, '< 20 MiB'),
    // Forty times as many calls as the published package makes in its row above.
    row('memory added with 64 in flight', 'MiB', added(many.ours[1]), added(many.theirs[1]), null, null),
    row('native library', 'MiB', statSync(join(package_, library)).size / 1024 / 1024, null, null, '< 4 MiB'),
  ];
  writeFileSync(process.argv[2], `${JSON.stringify({ rows }, null, 1)}\n`);
  for (const { name, unit, ours: a, theirs: b, ratio, target } of rows) console.log(name, unit, a, b, ratio, target);
} finally {
  sandbox.end();
}
