// A person with a browser: walks the sandbox's consent page, and back to where it sends them.

import { once } from 'node:events';
import { createServer } from 'node:net';

/** Presses `allow` or `deny` on the consent page; gives where the person is sent. */
export async function decide(url, decision = 'allow') {
  const page = await (await fetch(url)).text();
  const fields = [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
  const form = new URLSearchParams(fields.map(([, name, value]) => [unescaped(name), unescaped(value)]));
  form.append('decision', decision);
  const answer = await fetch(new URL('/oauth/', url), { method: 'POST', body: form, redirect: 'manual' });
  if (answer.status !== 303) throw new Error(`the consent page answered ${answer.status}: ${await answer.text()}`);
  return answer.headers.get('location');
}

/** As `decide`, and goes there; gives the page that greets the person. */
export async function visit(url, decision) {
  const answer = await fetch(await decide(url, decision));
  return { status: answer.status, text: await answer.text() };
}

function unescaped(text) {
  const characters = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };
  return text.replaceAll(/&(?:lt|gt|quot|#39|amp);/g, (entity) => characters[entity]);
}

/** Listens on a port of 127.0.0.1 (0: any) and gives it; rejects if it is in use. */
export async function listen(port = 0) {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** A port that nobody listens on, below those that the system gives out by itself: nobody is given it meanwhile. */
export async function freePort() {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    if (await isFree(port)) return port;
  }
}

export async function close(server) {
  server.close();
  await once(server, 'close');
}

/** Whether nobody listens on a port. */
export async function isFree(port) {
  try {
    await close(await listen(port));
    return true;
  } catch (error) {
    if (error.code === 'EADDRINUSE') return false;
    throw error;
  }
}
