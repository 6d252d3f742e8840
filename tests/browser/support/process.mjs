// Programs under test: started, heard, ended.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';

/** The repository's folder. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** How long a program may take to say that it is ready, and to end. */
const PATIENCE_MS = 30_000;

/** A promise that fails with `what` if it takes too long. */
export async function within(milliseconds, what, promise) {
  let timer;
  const late = new Promise((resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: nothing within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A port that nobody listens on, for both families of `localhost`. */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => { server.listen(0, 'localhost', resolve); });
  const { port } = server.address();
  await new Promise((resolve) => { server.close(resolve); });
  return port;
}

/** A running program with its output so far. */
export class Program {
  constructor(command, environment = {}) {
    this.name = command.join(' ');
    this.output = '';
    this.child = spawn(command[0], command.slice(1), { cwd: ROOT, env: { ...process.env, ...environment } });
    this.ended = once(this.child, 'close').then(([code, signal]) => ({ code, signal }));
    // Whoever awaits it sees the failure; until then it is nobody's.
    this.ended.catch(() => {});
    this.child.stderr.setEncoding('utf8').on('data', (text) => { this.output += text; });
    this.lines = createInterface({ input: this.child.stdout });
    this.lines.on('line', (line) => { this.output += `${line}\n`; });
  }

  /** The first line of its output for which `wanted` is true. */
  async line(wanted = () => true) {
    const found = new Promise((resolve) => {
      this.lines.on('line', (line) => { if (wanted(line)) resolve(line); });
    });
    const tooEarly = this.ended.then(() => { throw new Error(`${this.name} ended early:\n${this.output}`); });
    return within(PATIENCE_MS, this.name, Promise.race([found, tooEarly]));
  }

  /** How it ended. */
  async end() {
    return within(PATIENCE_MS, `the end of ${this.name}`, this.ended);
  }

  /** Asks it to end and says after how many milliseconds it did. */
  async stop(signal = 'SIGTERM') {
    const started = performance.now();
    this.child.kill(signal);
    await this.end();
    return performance.now() - started;
  }
}

/** A sandbox of its own. */
export class Sandbox {
  static async start() {
    const sandbox = new Sandbox();
    const command = ['target/release/pinterest-sandbox', '--port', '0', '--json', '--until-stdin-closes'];
    sandbox.program = new Program(command);
    sandbox.address = JSON.parse(await sandbox.program.line()).http;
    return sandbox;
  }

  /** One request to `/_sandbox/…`. */
  async control(method, path, body) {
    const answer = await fetch(`${this.address}/_sandbox/${path}`, { method, body: body && JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  /** Replaces the first app by one with this redirect URI. */
  async register(redirectUri) {
    const app = { app_id: '1234567', app_secret: '0123456789abcdef0123456789abcdef01234567', name: 'Sandbox app', redirect_uris: [redirectUri] };
    await this.control('POST', 'apps', app);
  }

  /** What a program needs to talk to it instead of Pinterest. */
  get environment() {
    return {
      PINTEREST_APP_ID: '1234567',
      PINTEREST_APP_SECRET: '0123456789abcdef0123456789abcdef01234567',
      PINTEREST_API_URI: `${this.address}/v5`,
      PINTEREST_OAUTH_URI: `${this.address}/oauth/`,
    };
  }

  async stop() {
    this.program.child.stdin.end();
    await this.program.end();
  }
}
