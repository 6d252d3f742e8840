'use strict';

// The platform's own `fetch` with an account's token.

const { clearTimeout: notLater, setTimeout: later } = require('node:timers');
const { isAnyArrayBuffer } = require('node:util/types');
const { ApiError } = require('./ApiError.cjs');

/** The status of an answer that may be its token's fault; of another one the body is not read. */
const UNAUTHORIZED = 401;
/** Refusals are short, and come as a whole: more bytes, and milliseconds, tell nothing about the token. */
const READ_BYTES = 65_536;
const READ_TIME = 3000;

/**
 * `fetch` with the token in its header. A 401 has the token renewed, and the request is sent once more if its
 * body can be.
 *
 * @throws {TypeError} for an address that is not to have the token.
 */
async function fetchWithToken(tokens, check, input, given) {
  const request = snapshot(input, given);
  check(request.url);
  const token = await tokens.accessToken({ signal: request.signal });
  const response = await send(request, token);
  if (response.status !== UNAUTHORIZED) return response;
  if (!tokens.refused(token, response.status, await beginning(response))) return response;
  if (!request.again) return response;
  const fresh = await another(tokens, token, request.signal);
  if (fresh === undefined) return response;
  response.body?.cancel().catch(() => {});
  return send(request, fresh);
}

/**
 * The request, read once: what is checked is what is sent, whatever the program's objects say next. An answer that
 * leads elsewhere is given as it is.
 */
function snapshot(input, given) {
  const init = { ...given };
  init.redirect = init.redirect === 'error' ? 'error' : 'manual';
  if (!(input instanceof Request)) {
    const url = new URL(input).href;
    return { target: url, url, init, headers: new Headers(init.headers), signal: init.signal, again: canBeSentAgain(init.body) };
  }
  const headers = new Headers(init.headers ?? input.headers);
  const again = canBeSentAgain(init.body ?? input.body);
  // The platform's own, whatever a subclass says of itself. A body in its place comes when it is sent.
  const target = new Request(input, (init.body ?? undefined) === undefined ? init : { ...init, body: '' });
  return { target, url: target.url, init, headers, signal: init.signal ?? input.signal, again };
}

function send({ target, init, headers }, token) {
  const all = new Headers(headers);
  all.set('Authorization', `Bearer ${token}`);
  return fetch(target, { ...init, headers: all });
}

/** The beginning of an answer's body, which stays the answer's. */
async function beginning(response) {
  const reader = response.clone().body?.getReader();
  if (reader === undefined) return '';
  let timer;
  const late = new Promise((resolve) => { timer = later(resolve, READ_TIME, { done: true }); });
  const parts = [];
  try {
    for (let size = 0; size < READ_BYTES; size += parts.at(-1).length) {
      const { done, value } = await Promise.race([reader.read(), late]);
      if (done) break;
      parts.push(value);
    }
  } catch {
    // What has come has to do.
  } finally {
    notLater(timer);
    // It ends once the answer's own is read or dropped.
    reader.cancel().catch(() => {});
  }
  return Buffer.concat(parts).toString();
}

/** A token other than the one that was refused, if there is one: who asks for a token next hears why not. */
async function another(tokens, token, signal) {
  try {
    const fresh = await tokens.accessToken({ signal });
    return fresh === token ? undefined : fresh;
  } catch (error) {
    if (signal?.aborted || !(error instanceof ApiError)) throw error;
    return undefined;
  }
}

/** A stream is gone once it was sent. */
function canBeSentAgain(given) {
  const body = given ?? undefined;
  return (
    body === undefined || typeof body === 'string' || ArrayBuffer.isView(body) || isAnyArrayBuffer(body)
    || body instanceof Blob || body instanceof FormData || body instanceof URLSearchParams
  );
}

module.exports = { fetchWithToken };
