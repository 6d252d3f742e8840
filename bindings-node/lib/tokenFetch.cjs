'use strict';

// The platform's own `fetch` with an account's token.

const { hostOfEnvironment } = require('./native.cjs');

/** Milliseconds for which a token that was refused as soon as it was issued is not blamed again. */
const INNOCENT = 60_000;

/** By account: a token that the API refuses for another reason than its age. */
const innocent = new WeakMap();

/**
 * `fetch` with the token in its header. A 401 has the token renewed, and the request is sent once more if its
 * body can be.
 *
 * @throws {TypeError} for an address that is not to have the token.
 */
async function fetchWithToken(tokens, { basePath, account }, input, given) {
  const init = given ?? {};
  check(new URL(input?.url ?? input), basePath);
  const signal = init.signal ?? input?.signal ?? undefined;
  const waiting = signal && { signal };
  const token = await tokens.accessToken(waiting);
  const response = await send(input, init, token);
  if (response.status !== 401 || isInnocent(account, token) || (await lacksScope(response))) return response;
  tokens.invalidate(token);
  if (!canBeSentAgain(input, init)) return response;
  const fresh = await tokens.accessToken(waiting);
  if (fresh === token) return response;
  await response.body?.cancel();
  const second = await send(input, init, fresh);
  if (second.status === 401) innocent.set(account, { token: fresh, until: Date.now() + INNOCENT });
  return second;
}

/** Whoever has the token can act for the person. */
function check(url, basePath) {
  const own = URL.canParse(basePath) ? [basePath] : [];
  const hosts = [...own, ...['production', 'sandbox'].map((name) => hostOfEnvironment(name))];
  if (hosts.some((host) => new URL(host).origin === url.origin)) return;
  throw new TypeError(`the token is not for ${url.origin}: only for Pinterest's API, over https, and the client's own host`);
}

/** An answer that leads elsewhere is given as it is: the token is for this host. */
function send(input, init, token) {
  const headers = new Headers(init.headers ?? input?.headers);
  headers.set('Authorization', `Bearer ${token}`);
  return fetch(input, { ...init, headers, redirect: init.redirect === 'error' ? 'error' : 'manual' });
}

/** Pinterest's code for a token that is good, and not for this: another one would be no better. */
const SCOPE = 3;

async function lacksScope(response) {
  try {
    return (await response.clone().json()).code === SCOPE;
  } catch {
    return false;
  }
}

/** A stream is gone once it was sent. */
function canBeSentAgain(input, init) {
  const body = init.body ?? input?.body ?? undefined;
  return (
    body === undefined || typeof body === 'string' || ArrayBuffer.isView(body) || body instanceof ArrayBuffer
    || body instanceof Blob || body instanceof FormData || body instanceof URLSearchParams
  );
}

function isInnocent(account, token) {
  const one = innocent.get(account);
  return one?.token === token && Date.now() < one.until;
}

module.exports = { fetchWithToken };
