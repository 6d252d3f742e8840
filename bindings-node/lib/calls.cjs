'use strict';

// What every call has in common: it goes over the border, and its answer comes back as a promise
// and to a callback.

const { send } = require('./native.cjs');

/**
 * One call. It is an async function so that an error's stack leads to the line that awaits it.
 *
 * @param {object} how `client`, `connection`, `signal`, `timeout`, `connectTimeout`, `headers`, and for the response
 *   `method`, `path` and, of the table's, `operation`.
 * @param {(calls, connection, options) => number} start makes the native call.
 * @param {{cancel?: Function}} handle is given what drops the call.
 * @throws {ApiError} or the reason why the call was dropped.
 */
async function exchange({ client, connection, signal, timeout, connectTimeout, headers, ...request }, start, handle) {
  const limits = { timeout: timeout ?? client.timeout, connectTimeout: connectTimeout ?? client.connectTimeout };
  const sent = send((calls) => start(calls, connection, { timeout, connectTimeout, headers }), signal, handle);
  // Loading takes a while the first time; the request is under way meanwhile.
  const { ApiError, HttpResponse } = answers();
  const outcome = await sent;
  if (outcome.error) throw new ApiError(outcome.error, request, limits);
  return { data: outcome.data, response: new HttpResponse(outcome, request) };
}

let loaded;

/** What reads answers, loaded when it is first used. */
function answers() {
  loaded ??= { ...require('./ApiError.cjs'), ...require('./HttpResponse.cjs') };
  return loaded;
}

/**
 * An answer as a promise, and to the callback if there is one.
 *
 * @param {Promise<{error?, data, response}>} answer
 * @param {Function} [callback]
 * @param {object} handle from `exchange`.
 * @param {(answer: object) => unknown} pick what the promise gives of the answer.
 * @returns {Promise & {abort: () => void}} after `abort` the callback is not called.
 */
function finish(answer, callback, handle, pick) {
  const promise = picked(answer, pick);
  if (callback !== undefined) {
    const tell = (...outcome) => {
      if (!handle.aborted) outside(() => callback(...outcome));
    };
    answer.then(
      ({ error = null, data, response }) => tell(error, data, response),
      // The reason of an abort may be nothing, which to a callback is success.
      (error) => tell(error || aborted(), null, error?.response),
    );
    // The callback has been told.
    promise.catch(() => {});
  }
  promise.abort = () => {
    handle.aborted = true;
    promise.catch(() => {});
    handle.cancel?.(aborted());
  };
  return promise;
}

function aborted() {
  return new DOMException('The call was aborted', 'AbortError');
}

/**
 * Calls `callback` outside of any promise, so that what it throws is an uncaught exception. Node does that
 * for listeners; timers and ticks would do too, but tests stop those by the name of fake timers.
 */
function outside(callback) {
  const told = new EventTarget();
  told.addEventListener('told', () => void callback(), { once: true });
  told.dispatchEvent(new Event('told'));
}

async function picked(answer, pick) {
  const all = await answer;
  if (all.error !== undefined) throw all.error;
  return pick(all);
}

module.exports = { exchange, finish };
