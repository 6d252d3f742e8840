'use strict';

const inspect = Symbol.for('nodejs.util.inspect.custom');

/** App id and secret. The secret is in no text form. */
class BasicAuthentication {
  #password;

  constructor() {
    this.type = 'basic';
    this.username = undefined;
  }

  get password() {
    return this.#password;
  }

  set password(secret) {
    this.#password = secret;
  }

  [inspect](_depth, options, inspectValue) {
    return inspectValue(shown(this), options);
  }
}

/** A user's access token, or a function that gives it. It is in no text form. */
class OauthAuthentication {
  #accessToken;

  constructor() {
    this.type = 'oauth2';
  }

  get accessToken() {
    return this.#accessToken;
  }

  set accessToken(token) {
    this.#accessToken = token;
  }

  [inspect](_depth, options, inspectValue) {
    return inspectValue(shown(this), options);
  }
}

/** What a client starts with; a user may replace any of it by a plain object. */
function authentications() {
  return { basic: new BasicAuthentication(), pinterest_oauth2: new OauthAuthentication() };
}

/** The part that may be seen, of ours and of plain objects alike. */
function shownAuthentications(all) {
  return Object.fromEntries(Object.entries(all ?? {}).map(([name, one]) => [name, shown(one)]));
}

function shown(one) {
  return { type: one?.type, username: one?.username };
}

module.exports = { authentications, shownAuthentications };
