'use strict';

// A client whose `callApi`, or a part of it, is not the package's own: a program replaces it to run without a
// network, or to see every call. Each call that would send a request then goes through it.

const { ApiClient } = require('./ApiClient.cjs');
const { whenAborted } = require('./signals.cjs');

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

/** What makes a request and reads its answer, as it is before a program replaces any of it, on the class too. */
const PARTS = [
  'callApi', 'buildUrl', 'applyAuthToRequest', 'normalizeParams', 'paramToString', 'isFileParam', 'isJsonMime',
  'jsonPreferredMime', 'buildCollectionParam', 'deserialize',
].map((name) => [name, ApiClient.prototype[name]]);

function hasOwnCallApi(client) {
  return PARTS.some(([name, original]) => client[name] !== original);
}

/** Whether what a promise gave is an answer, and not the end of one that calls back later. */
function isAnswer(given) {
  return typeof given === 'object' && given !== null && ('data' in given || 'response' in given);
}

/**
 * The published package's `callApi` has no place for a call's own limits.
 *
 * @throws {TypeError} if there is one.
 */
function refuseLimits({ timeout, connectTimeout }) {
  for (const [name, limit] of Object.entries({ timeout, connectTimeout })) {
    if (limit !== undefined) {
      throw new TypeError(`\`${name}\` cannot be given to a client with a callApi of its own: set its \`${name}\``);
    }
  }
}

/**
 * One request through the client's own `callApi`, given as the published package gives it. The answer
 * is what its callback is told, or what its promise holds, whichever comes first.
 *
 * @param {ApiClient} client
 * @param {object} asked `path`, `auth`, `returnType`; `method`, `pathParams`, `queryParams`, `form`, `body`, `contentTypes`.
 * @param {{signal?: AbortSignal, timeout?: number, connectTimeout?: number, headers?: [string, string][]}} own the call's options.
 * @param {{cancel?: Function}} handle is given what drops the call.
 * @returns {Promise<{error?, data, response}>} rejects with the reason why the call was dropped.
 */
function throughCallApi(client, asked, { signal, headers = [], ...limits }, handle) {
  const { path, method = 'POST', pathParams = {}, queryParams = {}, form, body = null, auth, returnType } = asked;
  if (typeof client.callApi !== 'function') throw new TypeError('the client is not an ApiClient, and has no `callApi`');
  refuseLimits(limits);
  if (signal?.aborted) return Promise.reject(signal.reason);
  let resolve;
  let reject;
  const answer = new Promise((...settle) => {
    [resolve, reject] = settle;
  });
  const types = asked.contentTypes ?? (form === undefined ? [] : [FORM]);
  const own = Object.fromEntries(headers);
  const parts = [pathParams, queryParams, own, form ?? {}, body, [auth].flat(), types, [JSON_TYPE], returnType, null];
  const returned = client.callApi(path, method, ...parts, (error, data, response) => {
    resolve({ error: error ?? undefined, data, response });
  });
  if (typeof returned?.then === 'function') {
    returned.then(
      (given) => isAnswer(given) && resolve({ data: given.data ?? null, response: given.response }),
      (error) => resolve({ error, data: null, response: error?.response }),
    );
  }
  handle.cancel = (reason) => {
    reject(reason);
    returned?.abort?.();
  };
  const forget = whenAborted(signal, (reason) => handle.cancel(reason));
  answer.then(forget, forget);
  return answer;
}

module.exports = { hasOwnCallApi, refuseLimits, throughCallApi };
