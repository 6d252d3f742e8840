'use strict';

// When the access token of an answer expires: Pinterest sends no such moment, so it is no field of the model.

const models = require('./models.cjs');

/** The token of an answer as it comes over the border. */
function receivedToken({ ends_at: end, ...data }) {
  const token = models.OauthAccessTokenResponse.constructFromObject(data);
  if (typeof end === 'number') token.expires_at = end;
  return token;
}

/** The same for one that came through a client's own `callApi`, just now by its clock; anything else stays as it is. */
function receivedNow(token, { clock }) {
  if (token instanceof models.OauthAccessTokenResponse && Number.isFinite(token.expires_in)) {
    token.expires_at = Math.floor((clock ?? Date).now() / 1000) + token.expires_in;
  }
  return token;
}

module.exports = { receivedNow, receivedToken };
