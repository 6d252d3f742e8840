// A sandbox for one test file, and its control requests.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after } from 'node:test';
import { PinterestSdk, root } from './installed.mjs';

const PROGRAM = process.env.PINTEREST_SANDBOX ?? join(root, 'target/release/pinterest-sandbox');

export class Sandbox {
  #child;

  /** Starts one, to be ended with the tests of this file. */
  static async start() {
    const sandbox = new Sandbox();
    sandbox.folder = mkdtempSync(join(tmpdir(), 'pinterest-sandbox-'));
    /** Its certificate authority, a PEM file. */
    sandbox.authority = join(sandbox.folder, 'authority.pem');
    /** A certificate and key that it accepts, a PEM file. */
    sandbox.clientCertificate = join(sandbox.folder, 'client.pem');
    const options = ['--port', '0', '--json', '--until-stdin-closes', '--write-ca', sandbox.authority];
    options.push('--write-client-certificate', sandbox.clientCertificate);
    sandbox.#child = spawn(PROGRAM, options, { stdio: ['pipe', 'pipe', 'inherit'] });
    for await (const line of createInterface(sandbox.#child.stdout)) {
      sandbox.addresses = JSON.parse(line);
      break;
    }
    after(() => sandbox.#end());
    return sandbox;
  }

  #end() {
    this.#child.stdin.end();
    rmSync(this.folder, { recursive: true });
  }

  get http() {
    return this.addresses.http;
  }

  get https() {
    return this.addresses.https;
  }

  /** A control request with a body as JSON or as its text; gives the parsed answer. */
  async control(method, path, body) {
    const sent = request(`${this.http}${path}`, { method, headers: { 'content-type': 'application/json' } });
    sent.end(body === undefined || typeof body === 'string' ? body : JSON.stringify(body));
    const [answer] = await once(sent, 'response');
    let text = '';
    for await (const part of answer.setEncoding('utf8')) text += part;
    if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  reset() {
    return this.control('POST', '/_sandbox/reset', {});
  }

  script(...answers) {
    return this.control('POST', '/_sandbox/script', answers);
  }

  /** What has arrived since the last reset. */
  requests() {
    return this.control('GET', '/_sandbox/requests');
  }

  /** A client for the sandbox's own app. */
  client(basePath = `${this.http}/v5`) {
    const client = new PinterestSdk.ApiClient(basePath);
    client.authentications.basic.username = '1234567';
    client.authentications.basic.password = '0123456789abcdef0123456789abcdef01234567';
    client.timeout = 5000;
    return client;
  }

  /** The OAuth operations over such a client. */
  api(basePath) {
    return new PinterestSdk.OauthApi(this.client(basePath));
  }
}
