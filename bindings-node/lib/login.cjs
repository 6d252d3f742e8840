'use strict';

// Login on this machine.

const { connected, dataOf, exchanged, fieldsOf, token } = require('./authorization.cjs');
const { send } = require('./native.cjs');
const options = require('./options.cjs');
const { hasOwnCallApi } = require('./ownCallApi.cjs');
const { wordsOf } = require('./words.cjs');

const LOGIN = { show: options.readFunction, signal: options.readSignal };

/** Logs a person in: shows the URL, waits for the callback, exchanges its code. */
function login(apiClient, request, opts) {
  const fields = fieldsOf(request);
  const { show = showInBrowser, signal } = options.readOptions(LOGIN, opts);
  const { client, connection, headers } = connected(apiClient);
  const formAlone = hasOwnCallApi(client);
  const handle = {};
  let number;
  let url;
  const listening = send(
    (calls) => {
      const started = calls.login(connection, fields, formAlone, { headers });
      ({ number, url } = started);
      return number;
    },
    signal,
    handle,
    true,
  );
  // The wait goes on meanwhile: the person may be quicker than `show`.
  if (url !== undefined) called(show, url).catch((error) => handle.cancel(error));
  return formAlone ? exchangedAndTold(client, listening, signal, handle, () => number) : token(outcome(listening));
}

/** An outcome as an answer. */
async function outcome(listening) {
  return { data: dataOf(await listening) };
}

/** The token through the client's own `callApi`; the person's browser is told how that went. */
async function exchangedAndTold(client, listening, signal, handle, number) {
  const form = dataOf(await listening);
  const tell = (why) => send((calls) => calls.tell(number(), why), undefined, {});
  try {
    const given = await exchanged(client, form, { signal }, handle);
    await tell();
    return given;
  } catch (error) {
    await tell(wordsOf(error));
    throw error;
  }
}

/** What `show` gives, or throws, as a promise. */
async function called(show, url) {
  await show(url);
}

/** For a person at this machine, and for one who copies the URL from a terminal. */
async function showInBrowser(url) {
  process.stderr.write(`Open this page to log in: ${url}\n`);
  // Without a browser there is still the line above.
  await openBrowser(url).catch(() => {});
}

/** Opens a URL in the person's browser. */
async function openBrowser(url) {
  const text = options.readText('url', url instanceof URL ? url.href : url);
  dataOf(await send((calls) => calls.openBrowser(text), undefined, {}));
}

module.exports = { login, openBrowser };
