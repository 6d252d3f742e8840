'use strict';

// The arguments of a call, checked before anything is sent. A mistake in them is a TypeError, thrown
// at once: no server could make the call succeed.

const { checkHeader, wellFormed } = require('./text.cjs');

/** Options of every call. */
const COMMON = { signal: readSignal, timeout: readTimeout, connectTimeout: readTimeout, headers: headerPairs };

/** Each call's own options: name in camelCase and how it is read. */
const TOKEN = {
  code: readText,
  redirectUri: readText,
  refreshToken: readText,
  scope: readText,
  continuousRefresh: readFlag,
  refreshOn: readFlag,
  ...COMMON,
};
const REVOCATION = { tokenTypeHint: readHint, ...COMMON };
/** Those of every operation of the table. */
const OPERATION = { ...COMMON, checks: readChecks, tokens: readTokens };

const CAMEL_CASE = {
  __proto__: null,
  redirect_uri: 'redirectUri',
  refresh_token: 'refreshToken',
  continuous_refresh: 'continuousRefresh',
  refresh_on: 'refreshOn',
  token_type_hint: 'tokenTypeHint',
  connect_timeout: 'connectTimeout',
  lifetime_seconds: 'lifetimeSeconds',
  comma_separated_scopes: 'commaSeparatedScopes',
  client_credentials: 'clientCredentials',
  on_event: 'onEvent',
};

/**
 * Splits `(opts, callback)`, either of which may be left out.
 *
 * @throws {TypeError} naming the option that is unknown, given twice or of a wrong type.
 */
function readArguments(known, opts, callback, aliases = CAMEL_CASE) {
  if (typeof opts === 'function' && callback === undefined) return [{}, opts];
  if (callback !== undefined && callback !== null && typeof callback !== 'function') {
    throw new TypeError('the callback is not a function');
  }
  return [readOptions(known, opts, aliases), callback ?? undefined];
}

function readOptions(known, opts, aliases = CAMEL_CASE) {
  const read = {};
  if (opts === undefined || opts === null) return read;
  if (typeof opts !== 'object') throw new TypeError(`the options are not an object: give { ${some(Object.keys(known))} }`);
  refuseUnnamed('the options are', opts);
  for (const given of Object.keys(opts)) {
    const name = aliases[given] ?? given;
    if (!Object.hasOwn(known, name)) {
      throw new TypeError(`unknown option \`${given}\`; the options are ${Object.keys(known).join(', ')}`);
    }
    const value = opts[given];
    if (value === undefined || value === null) continue;
    if (Object.hasOwn(read, name)) throw new TypeError(`the option \`${name}\` is given twice`);
    read[name] = known[name](given, value);
  }
  return read;
}

/** Refuses what has no names that anybody would read: a Map, or a promise of an object. */
function refuseUnnamed(what, value) {
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  if (Object.keys(value).length > 0 || ['Object', 'Module'].includes(kind)) return;
  throw new TypeError(`${what} not a plain object but: ${kind}`);
}

/** A few of them. */
function some(names) {
  return names.length > 4 ? [...names.slice(0, 4), '…'].join(', ') : names.join(', ');
}

/** Names in camelCase by those with underscores: of these, or of the options that calls have. */
function camelCased(names) {
  if (names === undefined) return CAMEL_CASE;
  const many = names.filter((name) => name?.includes('_'));
  return Object.fromEntries(many.map((name) => [name, name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase())]));
}

/** A parameter that a call cannot be made without, as the published package checks it. */
function readRequired(operation, name, value, read = readText) {
  if (value === undefined || value === null) {
    throw new Error(`Missing the required parameter '${name}' when calling ${operation}`);
  }
  return read(name, value);
}

function readText(name, value) {
  if (typeof value !== 'string') throw new TypeError(`\`${name}\` is not a string`);
  return wellFormed(name, value);
}

function readFlag(name, value) {
  if (typeof value !== 'boolean') throw new TypeError(`\`${name}\` is not true or false`);
  return value;
}

function readFunction(name, value) {
  if (typeof value !== 'function') throw new TypeError(`\`${name}\` is not a function`);
  return value;
}

/** Scopes in an array, or in a text that separates them by commas or spaces. */
function readScopes(name, value) {
  const scopes = typeof value === 'string' ? [value] : value;
  if (!Array.isArray(scopes)) throw new TypeError(`\`${name}\` is neither an array nor a string`);
  return scopes.map((scope) => readText(name, scope));
}

/** A nanosecond in milliseconds. The core counts them, and to it none is no limit. */
const SHORTEST = 1e-6;

function readTimeout(name, value) {
  if (typeof value !== 'number' || !(value >= 0)) {
    throw new TypeError(`\`${name}\` is not a number of milliseconds`);
  }
  return value === 0 ? 0 : Math.max(value, SHORTEST);
}

function readHint(name, value) {
  if (value !== 'access_token' && value !== 'refresh_token') {
    throw new TypeError(`\`${name}\` is neither access_token nor refresh_token`);
  }
  return value;
}

const CHECKS = ['off', 'usual', 'strict'];

function readChecks(name, value) {
  if (!CHECKS.includes(value)) throw new TypeError(`\`${name}\` is none of ${CHECKS.join(', ')}`);
  return value;
}

function readTokens(name, value) {
  if (typeof value.accessToken !== 'function' || typeof value.refused !== 'function') {
    throw new TypeError(`\`${name}\` is not a TokenManager`);
  }
  return value;
}

function readSignal(name, value) {
  if (typeof value.aborted !== 'boolean' || typeof value.addEventListener !== 'function') {
    throw new TypeError(`\`${name}\` is not an AbortSignal`);
  }
  return value;
}

/**
 * Names and values, from a plain object, a Headers or a list of pairs.
 *
 * @throws {TypeError} for what cannot be sent.
 */
function headerPairs(name, value) {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'object') throw new TypeError(`\`${name}\` is not an object`);
  const areListed = typeof value[Symbol.iterator] === 'function';
  if (!areListed) refuseUnnamed(`\`${name}\` is`, value);
  const pairs = areListed ? [...value] : Object.entries(value);
  return pairs.map((pair) => {
    const [header, text] = Array.isArray(pair) ? pair : [];
    if (typeof header !== 'string' || !['string', 'number'].includes(typeof text)) {
      throw new TypeError(`\`${name}\` does not map names to strings`);
    }
    checkHeader(header, String(text));
    return [header, String(text)];
  });
}

/** This call's headers over the client's own; the native half takes `User-Agent` as a setting. */
function splitHeaders(client, own) {
  let userAgent;
  let headers;
  for (const pair of [...(headerPairs('defaultHeaders', client.defaultHeaders) ?? []), ...(own ?? [])]) {
    if (pair[0].toLowerCase() === 'user-agent') userAgent = pair[1];
    else (headers ??= []).push(pair);
  }
  return { userAgent, headers };
}

module.exports = {
  COMMON,
  OPERATION,
  REVOCATION,
  TOKEN,
  camelCased,
  headerPairs,
  readArguments,
  readChecks,
  readFlag,
  readFunction,
  readOptions,
  readRequired,
  readScopes,
  readSignal,
  readText,
  readTimeout,
  readTokens,
  splitHeaders,
};
