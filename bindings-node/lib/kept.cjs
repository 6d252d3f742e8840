'use strict';

// What a program kept of a token, in whatever form its database gives it back.

const { isDate } = require('node:util/types');
const { wellFormed } = require('./text.cjs');

/** A number of seconds, also as databases give it back: as a text, a BigInt or a date. */
function seconds(value) {
  if (isDate(value)) return seconds(Math.floor(value.getTime() / 1000));
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  return /^-?\d+(\.\d+)?$/.test(value) ? Math.floor(Number(value)) : undefined;
}

/** What of a token may outlast it, also as a database kept it, for the native half. */
function lasting(token) {
  const text = (name) => (typeof token[name] === 'string' ? wellFormed(name, token[name]) : undefined);
  return {
    accessToken: '',
    scope: text('scope'),
    refreshToken: text('refresh_token'),
    expiresIn: seconds(token.expires_in),
    expiresAt: seconds(token.expires_at),
    refreshTokenExpiresIn: seconds(token.refresh_token_expires_in),
    refreshTokenExpiresAt: seconds(token.refresh_token_expires_at),
  };
}

module.exports = { lasting, seconds };
