'use strict';

// Login on this machine.

const { connected, dataOf, fieldsOf, token } = require('./authorization.cjs');
const { send } = require('./border.cjs');
const options = require('./options.cjs');

const LOGIN = { show: readFunction, signal: options.readSignal };

/** Logs a person in: shows the URL, waits for the callback, exchanges its code. */
function login(apiClient, request, opts) {
  const fields = fieldsOf(request);
  const { show = showInBrowser, signal } = options.readOptions(LOGIN, opts);
  const { connection } = connected(apiClient);
  const handle = {};
  let url;
  const listening = send(
    (border) => {
      const started = border.login(connection, fields);
      url = started.url;
      return started.number;
    },
    signal,
    handle,
    true,
  );
  // The wait goes on meanwhile: the person may be quicker than `show`.
  if (url !== undefined) called(show, url).catch((error) => handle.cancel(error));
  return token(listening);
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
  dataOf(await send((border) => border.openBrowser(text), undefined, {}));
}

function readFunction(name, value) {
  if (typeof value !== 'function') throw new TypeError(`\`${name}\` is not a function`);
  return value;
}

module.exports = { login, openBrowser };
