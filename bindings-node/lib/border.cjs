'use strict';

// The border to the native half. Calls go over it by number; their outcomes come back in batches,
// as JSON text (see src/outcome.rs for its shape).

const { Border, Connection } = require('../native.cjs');

/** Resolvers of the calls under way, by number. */
const pending = new Map();

/** One for this JavaScript thread; made when it is first needed. */
let border;

function deliver(text) {
  const batch = JSON.parse(text);
  for (let at = 0; at < batch.length; at += 2) {
    const resolve = pending.get(batch[at]);
    pending.delete(batch[at]);
    resolve?.(batch[at + 1]);
  }
  if (pending.size === 0) border.rest();
}

/**
 * Starts a call.
 *
 * @param {(border: Border) => number} start makes the native call and gives its number.
 * @param {AbortSignal} [signal] drops the call; nothing is sent if it has already fired.
 * @returns {Promise<object>} the outcome; rejects with the signal's reason and nothing else.
 */
function send(start, signal) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    border ??= new Border(deliver);
    const number = start(border);
    if (signal === undefined) {
      pending.set(number, resolve);
      return;
    }
    const abort = () => {
      pending.delete(number);
      border.cancel(number);
      if (pending.size === 0) border.rest();
      reject(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
    pending.set(number, (outcome) => {
      signal.removeEventListener('abort', abort);
      resolve(outcome);
    });
  });
}

module.exports = { Connection, send };
