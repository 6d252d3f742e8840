'use strict';

// From an ApiClient's properties to what the native half takes.

const { headerPairs } = require('./options.cjs');
const { version } = require('../package.json');

const USER_AGENT = `pinterest-sdk/${version} node/${process.versions.node}`;
/** Milliseconds, as in the core. */
const CONNECT_TIMEOUT = 10_000;
const TIMEOUT = 60_000;

/** The properties that say how connections are made. */
const NETWORK = ['proxy', 'noProxy', 'proxyHeaders', 'sslCaCert', 'sslCaPem', 'certFile', 'keyFile', 'poolMaxIdle'];

/**
 * @throws {ApiError} of kind InvalidInput for a setting of a wrong type.
 */
function nativeSettings([host, username, password, accessToken, userAgent, connectTimeout, timeout]) {
  return {
    host: text('basePath', host) ?? '',
    username: text("authentications['basic'].username", username),
    password: text("authentications['basic'].password", password),
    accessToken: text("authentications['pinterest_oauth2'].accessToken", accessToken),
    userAgent: userAgent ?? USER_AGENT,
    connectTimeout: milliseconds('connectTimeout', connectTimeout) ?? CONNECT_TIMEOUT,
    timeout: milliseconds('timeout', timeout) ?? TIMEOUT,
  };
}

/** As `nativeSettings`, with the authorities of NODE_EXTRA_CA_CERTS. */
function networkSettings([proxy, noProxy, proxyHeaders, sslCaCert, sslCaPem, certFile, keyFile, poolMaxIdle]) {
  const authorities = [text('sslCaPem', sslCaPem), extraAuthorities()].filter((pem) => pem !== undefined);
  return {
    proxy: text('proxy', proxy),
    noProxy: text('noProxy', noProxy),
    proxyHeaders: headers('proxyHeaders', proxyHeaders),
    sslCaCert: text('sslCaCert', sslCaCert),
    sslCaPem: authorities.length > 0 ? authorities.join('\n') : undefined,
    certFile: text('certFile', certFile),
    keyFile: text('keyFile', keyFile),
    poolMaxIdle: count('poolMaxIdle', poolMaxIdle),
  };
}

function extraAuthorities() {
  const path = process.env.NODE_EXTRA_CA_CERTS;
  return path ? require('./extraAuthorities.cjs').extraAuthorities(path) : undefined;
}

/** App ids are numbers, and some settings hold them as such. */
function text(name, value) {
  if (value === undefined || value === null || typeof value === 'string') return value ?? undefined;
  if (Number.isSafeInteger(value)) return String(value);
  throw invalidInput(`\`${name}\` is not a string`);
}

function milliseconds(name, value) {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && value >= 0) return value;
  throw invalidInput(`\`${name}\` is not a number of milliseconds`);
}

function count(name, value) {
  if (value === undefined || value === null) return undefined;
  if (Number.isInteger(value) && value >= 0 && value < 2 ** 32) return value;
  throw invalidInput(`\`${name}\` is not a whole number`);
}

function headers(name, value) {
  try {
    return headerPairs(name, value);
  } catch (error) {
    throw invalidInput(error.message);
  }
}

function invalidInput(message) {
  return require('./ApiError.cjs').ApiError.invalidInput(message);
}

module.exports = { CONNECT_TIMEOUT, NETWORK, TIMEOUT, USER_AGENT, headers, nativeSettings, networkSettings };
