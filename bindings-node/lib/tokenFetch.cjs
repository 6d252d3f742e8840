'use strict';

// The platform's own `fetch` with an account's token.

const { hostOfEnvironment } = require('./native.cjs');

/** The status of an answer that may be its token's fault; of another one the body is not read. */
const UNAUTHORIZED = 401;

/**
 * `fetch` with the token in its header. A 401 has the token renewed, and the request is sent once more if its
 * body can be.
 *
 * @throws {TypeError} for an address that is not to have the token.
 */
async function fetchWithToken(tokens, basePath, input, given) {
  const init = given ?? {};
  check(new URL(input?.url ?? input), basePath);
  const signal = init.signal ?? input?.signal ?? undefined;
  const waiting = signal && { signal };
  const token = await tokens.accessToken(waiting);
  const response = await send(input, init, token);
  if (response.status !== UNAUTHORIZED) return response;
  if (!tokens.refused(token, response.status, await response.clone().text().catch(() => ''))) return response;
  if (!canBeSentAgain(input, init)) return response;
  const fresh = await tokens.accessToken(waiting);
  if (fresh === token) return response;
  await response.body?.cancel();
  return send(input, init, fresh);
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

/** A stream is gone once it was sent. */
function canBeSentAgain(input, init) {
  const body = init.body ?? input?.body ?? undefined;
  return (
    body === undefined || typeof body === 'string' || ArrayBuffer.isView(body) || body instanceof ArrayBuffer
    || body instanceof Blob || body instanceof FormData || body instanceof URLSearchParams
  );
}

module.exports = { fetchWithToken };
