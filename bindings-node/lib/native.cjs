'use strict';

// The one file that talks to the native half. Calls go to it by number; their outcomes come back in
// batches, as JSON text (see src/answer_json.rs for its shape).

const { whenAborted } = require('./signals.cjs');

let loaded;

/** The native half, loaded when it is first used: a program may only want the models. */
function native() {
  loaded ??= require('./platform.cjs').library();
  return loaded;
}

/** A native client for these settings, that trusts more authorities and may have a clock of its own. */
function connect(settings, extra, clock) {
  return new (native().Connection)(settings, extra, clock);
}

/** The native half of a clock that stands at so many milliseconds since 1970. */
function nativeClock(now) {
  return new (native().ManualClock)(now);
}

/** The class of certificate authorities, of which any number of native clients have one copy. */
function authorities() {
  return native().ExtraAuthorities;
}

/**
 * The form that a token request comes to, as names and values.
 *
 * @param {object} request `grantType` and its fields.
 */
function fieldsOfTokenRequest(request) {
  return native().fieldsOfTokenRequest(request);
}

/** What is known of an operation, as JSON text; `null` for a name that there is not. */
function operation(name) {
  return native().operation(name);
}

/** The outcome of checking a call of an operation. */
function checkOperation(call) {
  return JSON.parse(native().checkOperation(call));
}

/**
 * What failed, as an answer of success of an operation says.
 *
 * @param {string} answer JSON text; any other text has none.
 * @returns {{place: string, item: number | null, code: number | null, message: string | null, value: any}[]}
 */
function failuresIn(operationName, answer) {
  return JSON.parse(native().failuresIn(operationName, answer));
}

/** Follows the bookmarks of pages, from `first` on. */
function pageMarks(first) {
  return new (native().PageMarks)(first);
}

/** The base URL of `production` or `sandbox`; `null` for another name. */
function hostOfEnvironment(name) {
  return native().hostOfEnvironment(name);
}

/** The settings that the environment's variables name. */
function settingsOfEnvironment(variables) {
  return native().settingsOfEnvironment(variables);
}

/** What to keep after a refresh, of its answer and of the token before. */
function mergeTokens(fresh, old) {
  return native().mergeTokens(fresh, old);
}

/** The scopes that have names of their own. */
function knownScopes() {
  return native().knownScopes();
}

/** Resolvers of the calls under way, by number. */
const pending = new Map();

/** One for this JavaScript thread; made when it is first needed. */
let calls;

function thread() {
  calls ??= new (native().Calls)(deliver);
  return calls;
}

/** Locks of a program's store that the native half has: the word that gives one back must find this thread listening. */
const lent = new Set();

/** Keeps this thread listening until the lock is taken back. */
function lend(lock) {
  lent.add(lock);
}

function takeBack(lock) {
  lent.delete(lock);
  if (isIdle()) void restUnlessCalled();
}

function isIdle() {
  return pending.size === 0 && lent.size === 0;
}

/** Managers of tokens and what else is asked meanwhile, by the number that the native half tells them things by. */
const listeners = new Map();
const forgotten = new FinalizationRegistry((number) => listeners.delete(number));
let lastListener = 0;

/**
 * Has a manager told what concerns it, as long as somebody has it.
 *
 * @param {{hear: (word: object) => void}} listener
 * @returns {number} what to call it in the native half.
 */
function listen(listener) {
  lastListener += 1;
  listeners.set(lastListener, new WeakRef(listener));
  forgotten.register(listener, lastListener);
  return lastListener;
}

async function tell(word) {
  const listener = listeners.get(word.to)?.deref();
  if (listener !== undefined) listener.hear(word);
  else if (word.ask) answerStore(word.ask, { failure: 'its manager is gone' });
}

/** What is to be told, in turn. */
let words = [];
let wake;

/**
 * Tells it. This function began when the package was loaded, and what it calls runs in the context of then: an
 * AsyncLocalStorage of the program's holds nothing of the call that happened to be the first.
 */
async function tellInTurn() {
  for (;;) {
    await new Promise((resolve) => {
      wake = resolve;
    });
    const told = words;
    words = [];
    for (const word of told) void tell(word);
  }
}

void tellInTurn();

function deliver(text) {
  const batch = JSON.parse(text);
  for (let at = 0; at < batch.length; at += 2) {
    if (batch[at] === 0) {
      words.push(batch[at + 1]);
      wake();
      continue;
    }
    const resolve = pending.get(batch[at]);
    pending.delete(batch[at]);
    resolve?.(batch[at + 1]);
  }
  if (isIdle()) void restUnlessCalled();
}

/** Turns of promises between an outcome and what its caller does next; more than any caller needs. */
const TURNS = 64;

/**
 * Closes what keeps the process alive, unless the next call begins before this thread waits for anything:
 * making it anew for every one of many calls would cost each a tenth of its time.
 */
async function restUnlessCalled() {
  for (let turn = 0; turn < TURNS; turn += 1) {
    await undefined;
    if (!isIdle()) return;
  }
  calls.rest();
}

/**
 * Starts a call.
 *
 * @param {(calls: Calls) => number} start makes the native call and gives its number.
 * @param {AbortSignal} [signal] drops the call; nothing is sent if it has already fired.
 * @param {{cancel?: (reason: unknown) => void}} handle is given what drops the call.
 * @param {boolean} [tillFreed] a dropped call rejects once the native half has let go of all it held,
 *   and not before: a port, say, that the next line may want to use.
 * @returns {Promise<object>} the outcome; rejects with the reason why it was dropped and nothing else.
 */
function send(start, signal, handle, tillFreed = false) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const number = start(thread());
    handle.cancel = (reason) => {
      if (!pending.delete(number)) return;
      forget();
      calls.cancel(number);
      if (tillFreed) {
        handle.cancel = () => {};
        pending.set(number, () => {
          // It may have ended just before, with something in its hands.
          calls.cancel(number);
          reject(reason);
        });
        return;
      }
      if (isIdle()) calls.rest();
      reject(reason);
    };
    const forget = whenAborted(signal, (reason) => handle.cancel(reason));
    pending.set(number, (outcome) => {
      forget();
      resolve(outcome);
    });
  });
}

/** The class of the stores that the native half has. */
function stores() {
  return native().Store;
}

/**
 * The native half of a manager of tokens.
 *
 * @param {object} store of the class above.
 */
function openTokens(connection, store, settings) {
  return thread().openTokens(connection, store, settings);
}

/** Answers a question to a manager's own store; `false` if nobody waits for that any more. */
function answerStore(ask, answer) {
  return thread().answerStore(ask, answer);
}

/**
 * Restores an authorization that was kept.
 *
 * @param {string} kept JSON text.
 * @returns {object} the outcome.
 */
function restore(kept) {
  return JSON.parse(native().Connection.restoreAuthorization(kept));
}

module.exports = {
  answerStore,
  authorities,
  checkOperation,
  connect,
  failuresIn,
  fieldsOfTokenRequest,
  hostOfEnvironment,
  knownScopes,
  lend,
  listen,
  mergeTokens,
  nativeClock,
  openTokens,
  operation,
  pageMarks,
  restore,
  send,
  settingsOfEnvironment,
  stores,
  takeBack,
};
