'use strict';

// From an ApiClient as it is now to the native client that its next call goes over.

const { connect } = require('./native.cjs');
const settings = require('./settings.cjs');

/** What each client's last call went over, and the settings that it was made for. */
const last = new WeakMap();

/**
 * The native client for a client's settings as they are now.
 *
 * @param {ApiClient} client
 * @param {object} call what one call sets for itself: `userAgent`, `basePath`, `username`,
 *   `password`, `accessToken`.
 * @throws {TypeError} for a setting of a wrong type.
 */
function connection(client, call) {
  settings.refuseUnsupported(client);
  const { basic, pinterest_oauth2: bearer } = client.authentications ?? {};
  const now = [
    call.basePath ?? client.basePath,
    client.authorizationUrl,
    call.username ?? basic?.username,
    call.password ?? basic?.password,
    call.accessToken ?? (typeof bearer?.accessToken === 'function' ? bearer.accessToken() : bearer?.accessToken),
    call.userAgent,
    client.connectTimeout,
    client.timeout,
    client.retries,
    client.keepRateLimits,
    client.rateLimitWait,
    client.maxAnswerBytes,
    client.clock,
  ];
  const network = settings.network(client);
  const before = last.get(client);
  const sameNetwork = before !== undefined && same(network, before.network);
  if (sameNetwork && same(now, before.now)) return before.native;

  const changed = settings.nativeSettings(now);
  if (!sameNetwork) changed.network = settings.networkSettings(network);
  const extra = sameNetwork ? undefined : settings.extraAuthorities();
  const clock = client.clock ? require('./clock.cjs').nativeClockOf(client.clock) : undefined;
  const native = before?.native.reconfigured(changed, extra, clock) ?? connect(changed, extra, clock);
  last.set(client, { native, now, network });
  return native;
}

function same(now, before) {
  return now.length === before.length && now.every((value, index) => isSame(value, before[index]));
}

function isSame(now, before) {
  return Object.is(now, before) || (Array.isArray(now) && Array.isArray(before) && same(now, before));
}

module.exports = { connection };
