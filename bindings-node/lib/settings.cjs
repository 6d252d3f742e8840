'use strict';

// From an ApiClient's properties to what the native half takes.

const { headerPairs, readFlag, readTimeout } = require('./options.cjs');
const { wellFormed } = require('./text.cjs');
const { version } = require('../package.json');

const USER_AGENT = `pinterest-sdk/${version} node/${process.versions.node}`;
/** Milliseconds, as in the core. */
const CONNECT_TIMEOUT = 10_000;
const TIMEOUT = 60_000;

/** The properties that say how connections are made. */
const NETWORK = ['proxy', 'noProxy', 'proxyHeaders', 'sslCaCert', 'sslCaPem', 'certFile', 'keyFile', 'poolMaxIdle'];

/**
 * @throws {TypeError} for a setting of a wrong type.
 */
function nativeSettings([host, authorizationUrl, username, password, accessToken, userAgent, connectTimeout, timeout, retries, keepRateLimits, rateLimitWait, maxAnswerBytes]) {
  return {
    host: text('basePath', host) ?? '',
    authorizationUrl: text('authorizationUrl', authorizationUrl),
    username: text("authentications['basic'].username", username),
    password: text("authentications['basic'].password", password),
    accessToken: text("authentications['pinterest_oauth2'].accessToken", accessToken),
    userAgent: userAgent ?? USER_AGENT,
    connectTimeout: milliseconds('connectTimeout', connectTimeout) ?? CONNECT_TIMEOUT,
    timeout: milliseconds('timeout', timeout) ?? TIMEOUT,
    retries: count('retries', retries) ?? 0,
    keepRateLimits: flag('keepRateLimits', keepRateLimits) ?? true,
    rateLimitWait: milliseconds('rateLimitWait', rateLimitWait),
    maxAnswerBytes: count('maxAnswerBytes', maxAnswerBytes),
  };
}

/** The values of those, as they are now: what can be changed in place is copied. */
function network(client) {
  return NETWORK.map((name) => (name === 'proxyHeaders' ? headerPairs(name, client[name]) : client[name]));
}

/** As `nativeSettings`. */
function networkSettings([proxy, noProxy, proxyHeaders, sslCaCert, sslCaPem, certFile, keyFile, poolMaxIdle]) {
  return {
    proxy: text('proxy', proxy),
    noProxy: text('noProxy', noProxy),
    proxyHeaders,
    sslCaCert: text('sslCaCert', sslCaCert),
    sslCaPem: text('sslCaPem', sslCaPem),
    certFile: text('certFile', certFile),
    keyFile: text('keyFile', keyFile),
    poolMaxIdle: count('poolMaxIdle', poolMaxIdle),
  };
}

/**
 * What the published package can do with its own HTTP client, and this one does not.
 *
 * @throws {TypeError} if it is asked for.
 */
function refuseUnsupported({ enableCookies, plugins, requestAgent }) {
  if (enableCookies) {
    throw new TypeError('`enableCookies` is not supported: calls need no cookies; send your own in a `Cookie` header');
  }
  if (plugins !== null && plugins !== undefined && Object.keys(plugins).length > 0) {
    throw new TypeError('`plugins` is not supported: requests are not made by superagent; use `defaultHeaders`');
  }
  if (requestAgent) {
    throw new TypeError('`requestAgent` is not supported: use `proxy`, `sslCaCert`, `certFile` or `poolMaxIdle`');
  }
}

/** The authorities of NODE_EXTRA_CA_CERTS, if there are any. */
function extraAuthorities() {
  const path = process.env.NODE_EXTRA_CA_CERTS;
  return path ? require('./extraAuthorities.cjs').extraAuthorities(path) : undefined;
}

/** App ids are numbers, and some settings hold them as such. */
function text(name, value) {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return wellFormed(name, value);
  if (Number.isSafeInteger(value)) return String(value);
  throw new TypeError(`\`${name}\` is not a string`);
}

function milliseconds(name, value) {
  return value === undefined || value === null ? undefined : readTimeout(name, value);
}

function flag(name, value) {
  return value === undefined || value === null ? undefined : readFlag(name, value);
}

/** What is below zero is zero, and what the core's number cannot hold is the most that it can. */
function count(name, value) {
  if (value === undefined || value === null) return undefined;
  if (Number.isInteger(value)) return Math.min(Math.max(value, 0), 2 ** 32 - 1);
  throw new TypeError(`\`${name}\` is not a whole number`);
}

module.exports = { CONNECT_TIMEOUT, TIMEOUT, USER_AGENT, extraAuthorities, nativeSettings, network, networkSettings, refuseUnsupported };
