'use strict';

// Valid tokens of many accounts. The native half keeps and renews them; what is here is the token in memory,
// which a call that needs nothing else gets without crossing the border.

const { isDate } = require('node:util/types');
const { ApiClient } = require('./ApiClient.cjs');
const { Account, Accounts } = require('./accounts.cjs');
const { connection: connectionOf } = require('./connection.cjs');
const { failed } = require('./failed.cjs');
const { seconds } = require('./kept.cjs');
const { listen, openTokens, send } = require('./native.cjs');
const options = require('./options.cjs');
const { notOurs } = require('./otherCopy.cjs');
const { hasOwnCallApi } = require('./ownCallApi.cjs');
const { whenAborted } = require('./signals.cjs');
const { storeParts } = require('./stores.cjs');
const { wordsOf } = require('./words.cjs');

const inspect = Symbol.for('nodejs.util.inspect.custom');

/** Those of the process's start, whatever a test puts in their place: what the native half goes by stays as it is. */
const { now } = Date;
const { setTimeout: later } = require('node:timers');

const MANAGER = {
  client: readClient,
  store: (_name, store) => store,
  account: options.readText,
  wait: options.readTimeout,
  clientCredentials: options.readScopes,
  onEvent: options.readFunction,
};
const WAIT = { signal: options.readSignal };

/** Milliseconds after which a store that did not take new tokens is asked again. */
const AGAIN = 60_000;

/** What all accounts of a manager share. */
class Shared {
  #accounts = new Accounts();
  #settling = false;
  #again = false;
  #onEvent;
  #asked;
  #client;

  constructor({ client, store, account, wait, clientCredentials, onEvent }) {
    this.#client = client;
    this.checkClient();
    const { userAgent, headers } = options.splitHeaders(client);
    const { native, asked } = storeParts(store);
    this.#asked = asked;
    this.#onEvent = onEvent;
    this.now = client.clock ? clockOf(client.clock) : now;
    const settings = { number: listen(this), account, wait, clientCredentials, headers };
    this.first = this.#opened(account, openTokens(connectionOf(client, { userAgent }), native, settings));
  }

  /** What is known of an account. */
  account(name) {
    return this.#accounts.use(this.#accounts.get(name) ?? this.#opened(name, this.first.native.account(name)));
  }

  #opened(name, native) {
    const problem = native.problem();
    if (problem !== null) throw failed(JSON.parse(problem).error);
    const account = new Account(name, native, this.now);
    this.#accounts.add(account);
    return account;
  }

  /** What the native half says without having been asked. */
  hear(word) {
    if (word.event === undefined) void this.#asked.hear(word);
    else this.#tell(word.event);
  }

  #tell({ kind, account, error, at }) {
    if (kind === 'Refreshed') this.#accounts.get(account)?.drop();
    if (this.#onEvent === undefined) return;
    const event = { kind, account };
    if (error !== null) event.error = this.error(error);
    if (at !== null) event.at = at;
    void told(this.#onEvent, event);
  }

  /**
   * @throws {TypeError} for a client whose requests a program's own code must see, also since the manager was made.
   */
  checkClient() {
    if (hasOwnCallApi(this.#client)) {
      throw new TypeError('a client with a callApi of its own renews no tokens: give the manager one that the package made');
    }
  }

  error(failure) {
    return failed(failure, this.#asked);
  }

  /** Keeps the process alive, for a while, until what a call left behind is done and kept. */
  async settle() {
    this.#again = this.#settling;
    if (this.#settling) return;
    this.#settling = true;
    const { data: settled } = await send((calls) => calls.settle(this.first.native), undefined, {});
    this.#settling = false;
    if (this.#again) void this.settle();
    // It may take the tokens later, if the process lives on.
    else if (settled === false) later(() => void this.settle(), AGAIN).unref();
  }
}

/** What a clock of the program's own says, once the native half has taken it. */
function clockOf(clock) {
  return () => clock.now();
}

/** What a listener does, and throws, harms nobody. */
async function told(listener, event) {
  try {
    await listener(event);
  } catch (error) {
    process.emitWarning(`onEvent threw for \`${event.kind}\`: ${wordsOf(error)}`, 'PinterestTokenWarning');
  }
}

/** Why an address is not to have a manager's token; nothing if it is, or for an object that only looks like a manager. */
let foreignTo;

/** Gives out valid access tokens of an account, and renews them in time. `tokens.d.ts` explains all of it. */
class TokenManager {
  #shared;
  #account;

  static {
    foreignTo = (tokens, url) => (#shared in tokens ? tokens.#account.native.foreign(url) : null);
  }

  /** A property, for libraries take it as their own `fetch`. */
  fetch = (input, init) => {
    const { fetchWithToken } = require('./tokenFetch.cjs');
    return fetchWithToken(this, (url) => check(this, url), input, init);
  };

  constructor(opts) {
    if (opts instanceof Shared) {
      this.#shared = opts;
      this.#account = opts.first;
      return;
    }
    const read = options.readOptions(MANAGER, opts);
    for (const name of ['store', 'account']) {
      if (read[name] === undefined) throw new TypeError(`the option \`${name}\` is missing`);
    }
    this.#shared = new Shared({ ...read, client: read.client ?? ApiClient.instance });
    this.#account = this.#shared.first;
  }

  /** Another account of the same manager. */
  account(name) {
    const other = new TokenManager(this.#shared);
    other.#account = this.#shared.account(options.readText('name', name));
    return other;
  }

  get name() {
    return this.#account.name;
  }

  accessToken(opts) {
    const account = this.#account;
    const { signal } = options.readOptions(WAIT, opts);
    if (!signal?.aborted && account.now() < account.freshUntil) return account.given;
    return this.#token((calls) => calls.accessToken(this.#asking()), account.keeper(), signal);
  }

  async authorizationHeader(opts) {
    return `Bearer ${await this.accessToken(opts)}`;
  }

  invalidate(token) {
    this.#account.native.invalidate(options.readText('token', token));
    this.#account.change();
  }

  refused(token, status, body) {
    const account = this.#account;
    if (!Number.isInteger(status)) throw new TypeError('`status` is not a whole number');
    const refused = account.native.refused(options.readText('token', token), status, options.readText('body', body));
    if (refused) account.change();
    return refused;
  }

  refresh(opts) {
    const { signal } = options.readOptions(WAIT, opts);
    return this.#changed(this.#token((calls) => calls.refresh(this.#asking()), undefined, signal));
  }

  adopt(response) {
    const account = this.#account;
    const answer = answered(response);
    return this.#changed(this.#token((calls) => calls.adopt(account.native, answer)));
  }

  async status() {
    const status = await this.#call((calls) => calls.status(this.#account.native));
    return withoutNothing(status);
  }

  async revoke() {
    await this.#changed(this.#call((calls) => calls.revoke(this.#asking())));
  }

  forget() {
    return this.#changed(this.#call((calls) => calls.forget(this.#account.native)));
  }

  close(timeout) {
    const limit = timeout === undefined || timeout === null ? undefined : options.readTimeout('timeout', timeout);
    return this.#call((calls) => calls.close(this.#account.native, limit));
  }

  [inspect](_depth, opts, inspectValue) {
    return `TokenManager ${inspectValue({ account: this.name }, opts)}`;
  }

  /** The native half, for what may send a request. */
  #asking() {
    this.#shared.checkClient();
    return this.#account.native;
  }

  /** A token from the native half. Whoever stops waiting ends nothing. */
  #token(start, keep, signal) {
    if (signal?.aborted) return Promise.reject(signal.reason);
    const given = this.#given(start, keep);
    return signal === undefined ? given : waited(given, signal);
  }

  async #given(start, keep) {
    const given = await this.#call(start);
    keep?.(given);
    return given.token;
  }

  /** What the call gives; what is known of the token counts no more once it has ended. */
  async #changed(called) {
    const account = this.#account;
    account.change();
    try {
      return await called;
    } finally {
      account.change();
    }
  }

  async #call(start) {
    const shared = this.#shared;
    const { error, data, busy } = await send(start, undefined, {});
    if (busy) void shared.settle();
    if (error) throw shared.error(error);
    return data;
  }
}

/** What a promise gives, unless the signal fires before; the promise goes on. */
function waited(promise, signal) {
  return new Promise((resolve, reject) => {
    const forget = whenAborted(signal, reject);
    promise.then(resolve, reject).finally(forget);
  });
}

/** An answer's fields as the native half takes them: of a model, or of a row that says the same. */
function answered(response) {
  if (!response?.access_token) throw new TypeError('the response has no `access_token`');
  // Read as they are: what would be made texts, a promise or encrypted bytes, is no token.
  const text = (name) => (response[name] === undefined || response[name] === null ? undefined : options.readText(name, response[name]));
  return {
    accessToken: text('access_token'),
    expiresIn: life('expires_in', response),
    expiresAt: end('expires_at', response),
    scope: text('scope'),
    responseType: text('response_type'),
    refreshToken: text('refresh_token'),
    refreshTokenExpiresIn: life('refresh_token_expires_in', response),
    refreshTokenExpiresAt: end('refresh_token_expires_at', response),
  };
}

/** When a token ends. */
function end(name, response) {
  return understood(name, response, seconds, 'neither seconds since 1970 nor a Date: give new Date(text) for a text');
}

/** How long it lives. */
function life(name, response) {
  return understood(name, response, (value) => (isDate(value) ? undefined : seconds(value)), 'not a number of seconds');
}

/** What a field says of a token's end: one whose end is not understood would be held for one that never does. */
function understood(name, response, read, otherwise) {
  const value = response[name];
  const found = read(value);
  // What an answer had in the place of a number is none of a program's.
  const isOdd = typeof value === 'number' && response instanceof require('./models.cjs').OauthAccessTokenResponse;
  if (found === undefined && value !== undefined && value !== null && !isOdd) {
    throw new TypeError(`\`${name}\` is ${otherwise}`);
  }
  return found;
}

/** The same object without what is not known. */
function withoutNothing(value) {
  if (typeof value !== 'object' || value === null) return value;
  const known = Object.entries(value).filter(([, field]) => field !== null);
  return Object.fromEntries(known.map(([name, field]) => [name, withoutNothing(field)]));
}

function readClient(name, value) {
  if (!(value instanceof ApiClient)) throw notOurs(`\`${name}\` is not an ApiClient`, value, 'ApiClient');
  return value;
}

/** Whoever has the token can act for the person. */
function check(tokens, url) {
  const why = foreignTo(tokens, url);
  if (why !== null) throw new TypeError(why);
}

module.exports = { TokenManager, check };
