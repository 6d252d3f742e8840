// "Connect with Pinterest" in a web application, with Express.
//
// It sends a person to Pinterest's consent page, takes the callback, and greets them by name. To run
// it from a checkout:
//
//   make build-web-node
//   PINTEREST_APP_ID=… PINTEREST_APP_SECRET=… node build/node/web/app.mjs
//
// The app must have the redirect URI http://localhost:8085/callback, or the one in
// PINTEREST_REDIRECT_URI. PINTEREST_API_URI and PINTEREST_OAUTH_URI lead to a sandbox in place of
// Pinterest.

import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import express from 'express';
import session from 'express-session';
import { ApiClient, ApiError, AuthorizationRequest, MemoryStore, PendingAuthorization, TokenManager } from 'pinterest-sdk';

const { PINTEREST_REDIRECT_URI: redirectUri = 'http://localhost:8085/callback' } = process.env;
const { pathname, port } = new URL(redirectUri);
if (pathname === '/') throw new Error('PINTEREST_REDIRECT_URI needs a path of its own: / is the home page');
const connect = new AuthorizationRequest({ redirectUri, scopes: ['user_accounts:read'] });

const client = ApiClient.fromEnv();
// Valid tokens of everybody who connected, renewed in time. They are forgotten when the program ends; a `FileStore`, or a
// store of your own over your database, keeps them.
const tokens = new TokenManager({ client, store: new MemoryStore(), account: 'nobody' });

/** Whose an access token is. */
async function username(accessToken) {
  const theirs = ApiClient.fromEnv();
  theirs.authentications['pinterest_oauth2'].accessToken = accessToken;
  const [auth, accepts] = [['pinterest_oauth2'], ['application/json']];
  const { data } = await theirs.callApi('/user_account', 'GET', {}, {}, {}, {}, null, auth, [], accepts, Object, null);
  return data.username;
}

const app = express().disable('x-powered-by').disable('etag');
// Sessions are in this process's memory, under a signed cookie. Keep them in a database, and the
// secret in the environment, so that people stay signed in when the program starts again.
const cookie = { httpOnly: true, sameSite: 'lax', secure: 'auto' };
app.use(session({ secret: randomBytes(32).toString('hex'), resave: false, saveUninitialized: false, cookie }));
app.use((_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
});

app.get('/', async (request, response) => {
  let { failure } = request.session;
  if (failure) delete request.session.failure;
  const { person } = request.session;
  let name;
  try {
    if (person) name = await username(await tokens.account(person).accessToken());
  } catch (error) {
    failure = said(error);
  }
  const connected = `<p>Hello, ${escaped(name)}!</p><form method="post" action="/logout"><button>Log out</button></form>`;
  const disconnected = `<p>${escaped(failure)}</p><p><a href="/login">Connect with Pinterest</a></p>`;
  response.send(HEAD + (name ? connected : disconnected));
});

app.get('/login', (request, response) => {
  const pending = connect.start(client);
  request.session.pending = pending; // Kept as JSON; it holds no secret.
  response.redirect(303, pending.url);
});

app.get(pathname, async (request, response) => {
  const { pending } = request.session;
  // And kept so at once: a callback that comes again, to whichever process, finds nothing to complete.
  delete request.session.pending;
  await promisify(request.session.save).call(request.session);
  if (!pending) {
    request.session.failure = 'There is no login to complete here. Start it again.';
    return response.redirect(303, '/');
  }
  const answer = await PendingAuthorization.fromJSON(pending).complete(client, request.originalUrl);
  const person = await username(answer.access_token);
  await tokens.account(person).adopt(answer);
  // A new session id, so that nobody who knew the old one is signed in as well (session fixation).
  await promisify(request.session.regenerate).call(request.session);
  request.session.person = person;
  return response.redirect(303, '/');
});

// The person's tokens stay, for their other browsers; `forget` ends them.
app.post('/logout', async (request, response) => {
  await promisify(request.session.destroy).call(request.session);
  response.redirect(303, '/');
});

// Express knows an error handler by its four parameters.
app.use((error, request, response, next) => {
  if (response.headersSent) return next(error);
  request.session.failure = said(error);
  return response.redirect(303, '/');
});

/** What the SDK says is fit to show; what else goes wrong is the log's business. */
function said(error) {
  if (error instanceof ApiError) return error.message;
  console.error(error);
  return 'That did not work.';
}

const HEAD = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Connect with Pinterest</title><style>:root { color-scheme: light dark; font: 1.1rem/1.5 system-ui }
body { max-width: 32rem; margin: 10vh auto; padding: 0 1rem }</style>`;

function escaped(text = '') {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit());
app.listen(port, '127.0.0.1', (error) => {
  if (error) throw error;
  // The name localhost may lead here too; a machine without IPv6 does without.
  app.listen(port, '::1', () => console.log(`http://localhost:${port}/`));
});
