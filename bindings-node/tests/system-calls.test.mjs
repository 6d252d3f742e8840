// What a call over a kept connection costs in system calls, which a slow machine and a fast one agree on.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { canBeCounted, ofEachCall } from '../../tests/bench/node/systemCalls.mjs';
import { folder, root } from './support/installed.mjs';
import { Sandbox } from './support/sandbox.mjs';

const skip = canBeCounted() ? false : 'strace is not installed, or not allowed';
const sandbox = await Sandbox.start();

before(() => sandbox.control('POST', '/_sandbox/standing', { json: { access_token: 'pina_x', token_type: 'bearer' } }));

function each(inFlight) {
  const program = join(root, 'tests/bench/node/calls.cjs');
  const command = (calls) => [process.execPath, program, folder, `${sandbox.https}/v5`, String(inFlight), String(calls)];
  const env = { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: sandbox.authority };
  return ofEachCall(command, env, join(sandbox.folder, 'strace'));
}

test('one call after another: each thread wakes the other once, and itself never', { skip }, () => {
  const { write, read, writev, recvfrom, epoll_wait: waits } = each(1);
  // To the runtime, and back to JavaScript.
  assert.ok(write < 2.2 && read < 1.2, `${write}, ${read}`);
  assert.ok(writev < 1.1 && recvfrom < 1.2, `${writev}, ${recvfrom}`);
  assert.ok(waits < 2.4, `${waits}`);
});

test('64 calls in flight: answers come in batches', { skip }, () => {
  const { total } = each(64);
  assert.ok(total < 4, `${total}`);
});
