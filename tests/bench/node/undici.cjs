'use strict';

// undici.cjs FOLDER BASE_PATH IN_FLIGHT CALLS: the same request by Node's own HTTP client, as a program
// without any SDK would make it; see lanes.cjs for what it prints.

const { measure } = require('./lanes.cjs');

const [folder, basePath, inFlight, calls] = process.argv.slice(2);
const { Agent, request } = require(`${folder}/node_modules/undici`);
const dispatcher = new Agent({ connections: Number(inFlight) });
const authorization = `Basic ${Buffer.from('1234567:0123456789abcdef0123456789abcdef01234567').toString('base64')}`;
const headers = { authorization, accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' };

async function call() {
  const answer = await request(`${basePath}/oauth/token`, {
    method: 'POST',
    headers,
    body: 'grant_type=client_credentials',
    dispatcher,
  });
  const { access_token: token } = await answer.body.json();
  if (token === undefined) throw new Error('no token');
}

measure(call, inFlight, calls).then(() => dispatcher.close());
