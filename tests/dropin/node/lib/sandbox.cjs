'use strict';

// A sandbox of one probe's own: its state, its queue of answers and its log are empty at the start.

const { spawn } = require('node:child_process');
const { createInterface } = require('node:readline');

const { masked } = require('./shown.cjs');

/** Headers that the transport adds by itself; the probe `wire.every_header` compares them. */
const TRANSPORT = ['accept-encoding', 'connection', 'content-length', 'host', 'user-agent'];

class Sandbox {
  #process;

  /** Resolves when it is ready to answer. */
  static async start(program) {
    const sandbox = new Sandbox();
    sandbox.#process = spawn(program, ['--port', '0', '--json', '--until-stdin-closes'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    sandbox.addresses = JSON.parse(await firstLine(sandbox.#process));
    return sandbox;
  }

  /** A control request; its answer. */
  async control(method, path, body) {
    const response = await fetch(`${this.addresses.http}/_sandbox/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`the sandbox refused ${method} ${path}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  /**
   * What arrived, in order.
   *
   * @param {string[]} unseen headers that the probe is not about.
   * @param {boolean} everyHeader the transport's own too.
   */
  async wire(unseen, everyHeader) {
    const hidden = everyHeader ? unseen : [...TRANSPORT, ...unseen];
    const logged = await this.control('GET', 'requests');
    return logged.map((request) => seen(request, hidden));
  }

  stop() {
    this.#process.stdin.end();
  }
}

function seen({ method, path, query, headers, body, body_base64: bytes }, hidden) {
  const kept = headers.map(([name, value]) => [name.toLowerCase(), value]).filter(([name]) => !hidden.includes(name));
  // A boundary is made of random digits.
  const boundary = /boundary="?([^";]+)/.exec(new Map(kept).get('content-type') ?? '')?.[1];
  const plain = (text) => masked(boundary === undefined ? text : text.replaceAll(boundary, 'BOUNDARY'));
  return {
    request: masked(`${method} ${path}${query ? `?${query}` : ''}`),
    headers: Object.fromEntries(kept.map(([name, value]) => [name, plain(value)]).sort()),
    body: bytes === undefined ? plain(body ?? '') : `<base64 ${bytes}>`,
  };
}

function firstLine(process) {
  return new Promise((resolve, reject) => {
    createInterface({ input: process.stdout }).once('line', resolve);
    process.once('error', reject);
    process.once('exit', (status) => reject(new Error(`the sandbox ended with status ${status}`)));
  });
}

module.exports = { Sandbox };
